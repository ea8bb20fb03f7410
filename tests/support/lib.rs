//! What the tests of the running program share: where it is, how to start it,
//! and how to end it the hard way.

use std::{
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
};

/// The workspace's folder.
pub fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().map(Path::to_path_buf).unwrap_or_default()
}

/// The built program: `TALKOOT_BIN`, else the workspace's release build.
///
/// Where it is missing, says so loudly and gives `None`; in CI that is a failure.
///
/// # Panics
/// In CI, where a missing program would let every test of it pass unseen.
pub fn program() -> Option<PathBuf> {
    let path = std::env::var_os("TALKOOT_BIN")
        .map_or_else(|| workspace().join("target/release/talkoot"), PathBuf::from);
    if path.is_file() {
        return Some(path);
    }
    let said = format!("{} is not built: run `cargo dev build` first", path.display());
    assert!(std::env::var_os("CI").is_none(), "{said}");
    eprintln!("SKIPPED: {said}");
    None
}

/// Imports the sample drive into `data`, its project file changed by `change`.
///
/// # Panics
/// When the sample is not there or is refused.
#[expect(clippy::expect_used, reason = "a test without its drive has failed")]
pub fn import_sample(program: &Path, data: &Path, change: impl FnOnce(&mut serde_json::Value)) {
    let folder = data.join("sample");
    copy_folder(&workspace().join("sample"), &folder).expect("the sample drive is copied");
    let file = folder.join("project.json");
    let text = std::fs::read_to_string(&file).expect("the sample has a project file");
    let mut project = serde_json::from_str(&text).expect("the project file is JSON");
    change(&mut project);
    std::fs::write(&file, project.to_string()).expect("the project file is written");
    let done = Command::new(program)
        .arg("import")
        .arg("--data")
        .arg(data)
        .arg("--project")
        .arg(&file)
        .output()
        .expect("the program starts");
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
}

fn copy_folder(from: &Path, to: &Path) -> std::io::Result<()> {
    std::fs::create_dir_all(to)?;
    for entry in std::fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy_folder(&entry.path(), &target)?;
        } else {
            std::fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}

/// The program while it runs.
pub struct Running {
    child: Child,
    /// Where it listens: `http://127.0.0.1:PORT`.
    pub base: String,
}

impl Running {
    /// Serves what lies in `data`, on a free port.
    ///
    /// # Panics
    /// When it does not come up.
    #[expect(clippy::expect_used, reason = "a test that cannot start its server has failed")]
    pub fn serve(program: &Path, data: &Path) -> Self {
        let mut child = Command::new(program)
            .args(["serve", "--listen", "127.0.0.1:0", "--data"])
            .arg(data)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("the program starts");
        let mut lines = BufReader::new(child.stdout.take().expect("its output is piped")).lines();
        let base = lines
            .by_ref()
            .map_while(Result::ok)
            .find_map(|line| {
                line.split_once("listening on ").map(|(_, rest)| rest.trim().to_owned())
            })
            .expect("the program says where it listens");
        // Somebody must go on reading, or the pipe fills and the program waits.
        std::thread::spawn(move || lines.map_while(Result::ok).for_each(drop));
        Self { child, base }
    }

    /// Ends it at once (SIGKILL), as a power cut or the kernel would.
    pub fn kill(mut self) {
        self.end();
    }

    fn end(&mut self) {
        // It may have ended by itself; that is as good.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.end();
    }
}
