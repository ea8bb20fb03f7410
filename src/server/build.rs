//! Lists the built app and the sample drive, so that they become part of the
//! program. A folder that is not there yet is an empty list.

use std::{
    env,
    fmt::Write,
    fs, io,
    path::{Path, PathBuf},
};

fn main() -> io::Result<()> {
    let here = PathBuf::from(env::var("CARGO_MANIFEST_DIR").map_err(io::Error::other)?);
    let root = here.join("../..");
    let mut code = String::new();
    for (name, folder) in [("APP", "dist/play"), ("SAMPLE", "sample")] {
        let folder = root.join(folder);
        println!("cargo::rerun-if-changed={}", folder.display());
        let mut files = Vec::new();
        if folder.is_dir() {
            collect(&folder, &folder, &mut files)?;
        }
        files.sort();
        let _ = writeln!(code, "/// Built in from `{name}`'s folder, sorted by path.");
        let _ = writeln!(code, "pub const {name}: &[Asset] = &[");
        for (path, file) in files {
            println!("cargo::rerun-if-changed={}", file.display());
            let file = fs::canonicalize(file)?;
            let _ = writeln!(
                code,
                "    Asset {{ path: {path:?}, bytes: include_bytes!({:?}) }},",
                file.display().to_string()
            );
        }
        code.push_str("];\n");
    }
    println!("cargo::rerun-if-changed=migrations");
    let out = PathBuf::from(env::var("OUT_DIR").map_err(io::Error::other)?);
    fs::write(out.join("assets.rs"), code)
}

fn collect(root: &Path, folder: &Path, files: &mut Vec<(String, PathBuf)>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(root, &path, files)?;
        } else if let Ok(within) = path.strip_prefix(root) {
            let parts: Vec<_> =
                within.components().map(|c| c.as_os_str().to_string_lossy()).collect();
            files.push((parts.join("/"), path));
        }
    }
    Ok(())
}
