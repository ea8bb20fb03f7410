//! Files that a project file names: on disk beside it, or built into the program.

use crate::{
    assets,
    error::{Error, Result},
};
use domain::Fault;
use std::path::{Component, Path, PathBuf};

/// Where named files are read from.
pub(crate) enum Files {
    /// A folder.
    Folder(PathBuf),
    /// The sample drive that is built into the program.
    Built,
}

impl Files {
    /// Reads a file by its path from here; never one that lies outside.
    pub(crate) fn read(&self, name: &str) -> Result<Vec<u8>> {
        let missing = || {
            Error::Fault(Fault::new(
                "file-missing",
                format!("{name} cannot be read. It should lie beside the project file."),
            ))
        };
        let inside = Path::new(name)
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
            Self::Folder(folder) => std::fs::read(folder.join(name)).map_err(|_| missing()),
            Self::Built => {
                let name = name.trim_start_matches("./");
                assets::find(assets::SAMPLE, name).map(|a| a.bytes.to_vec()).ok_or_else(missing)
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
        for name in ["../etc/passwd", "/etc/passwd", "a/../../b"] {
            let error = files.read(name).unwrap_err();
            assert!(matches!(error, Error::Fault(f) if f.code == "file-outside"), "{name}");
        }
    }
}
