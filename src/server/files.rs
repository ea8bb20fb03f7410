//! Files that a project file names: on disk beside it, or built into the program.

use crate::{
    assets,
    error::{Error, Result},
};
use domain::Fault;
use std::{
    collections::HashMap,
    path::{Component, Path, PathBuf},
};

/// Where named files are read from.
pub(crate) enum Files {
    /// A folder.
    Folder(PathBuf),
    /// A folder of the samples that are built into the program; its name ends with `/`, or is
    /// empty.
    Built(&'static str),
    /// Files that came with a request, by their names without folders.
    Sent(HashMap<String, Vec<u8>>),
}

/// The name of a project's file within its folder.
const PROJECT: &str = "project.json";
/// The largest file that is read, in bytes.
const LARGEST: u64 = 512 << 20;

impl Files {
    /// The folders of all built-in projects, in the order of their names.
    pub(crate) fn built() -> impl Iterator<Item = Self> {
        assets::SAMPLE.iter().filter_map(|asset| {
            let folder = asset.path.strip_suffix(PROJECT)?;
            (folder.is_empty() || folder.ends_with('/')).then_some(Self::Built(folder))
        })
    }

    /// The built-in project's own file.
    pub(crate) fn project(&self) -> Result<Vec<u8>> {
        self.read(PROJECT)
    }

    /// Reads a file by its path from here; never one that lies outside.
    pub(crate) fn read(&self, name: &str) -> Result<Vec<u8>> {
        let missing = || {
            Error::Fault(Fault::new(
                "file-missing",
                match self {
                    Self::Sent(_) => format!("{name} cannot be read. Send it along."),
                    _ => {
                        format!("{name} cannot be read. It should lie beside the project file.")
                    }
                },
            ))
        };
        let inside = !name.is_empty()
            && Path::new(name)
                .components()
                .all(|part| matches!(part, Component::Normal(_) | Component::CurDir));
        if !inside {
            return Err(Fault::new(
                "file-outside",
                format!("{name} lies outside the project file's folder, so it is not read."),
            )
            .into());
        }
        match self {
            Self::Folder(folder) => {
                // A link could lead anywhere, too.
                let folder = folder.canonicalize().map_err(|_| missing())?;
                let path = folder.join(name).canonicalize().map_err(|_| missing())?;
                let found = std::fs::metadata(&path).map_err(|_| missing())?;
                if !path.starts_with(&folder) {
                    return Err(Fault::new(
                        "file-outside",
                        format!("{name} is a link to a file elsewhere, so it is not read."),
                    )
                    .into());
                }
                if !found.is_file() {
                    return Err(missing());
                }
                if found.len() > LARGEST {
                    return Err(Fault::new(
                        "file-large",
                        format!("{name} is larger than 512 MB, so it is not read."),
                    )
                    .into());
                }
                std::fs::read(path).map_err(|_| missing())
            }
            Self::Built(folder) => {
                let path = format!("{folder}{}", name.trim_start_matches("./"));
                assets::find(assets::SAMPLE, &path).map(|a| a.bytes.to_vec()).ok_or_else(missing)
            }
            Self::Sent(files) => {
                files.get(crate::import::base_name(name)).cloned().ok_or_else(missing)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_outside_the_folder_is_read() {
        let files = Files::Folder(std::env::temp_dir());
        for name in ["../etc/passwd", "/etc/passwd", "a/../../b", ""] {
            let error = files.read(name).unwrap_err();
            assert!(matches!(error, Error::Fault(f) if f.code == "file-outside"), "{name}");
        }
    }

    #[test]
    #[cfg(unix)]
    fn a_link_leads_nowhere_else() {
        let (inside, outside) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        std::fs::write(outside.path().join("secret"), "x").unwrap();
        let link = inside.path().join("link");
        std::os::unix::fs::symlink(outside.path().join("secret"), link).unwrap();
        std::fs::write(inside.path().join("own"), "y").unwrap();
        let files = Files::Folder(inside.path().to_owned());
        assert_eq!(files.read("./own").unwrap(), b"y");
        let error = files.read("link").unwrap_err();
        assert!(matches!(error, Error::Fault(f) if f.code == "file-outside"));
    }
}
