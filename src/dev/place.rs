//! Where things are.

use crate::command::Trouble;
use std::env;
use std::path::{Path, PathBuf};

/// The folders that the commands work with.
pub(crate) struct Place {
    /// The project's root.
    pub(crate) root: PathBuf,
    /// What is costly to build and kept for next time, outside the project.
    pub(crate) tools: PathBuf,
    /// Cargo's target folder.
    pub(crate) target: PathBuf,
}

impl Place {
    /// The project around the current folder.
    pub(crate) fn find() -> Result<Self, Trouble> {
        let here = env::current_dir().map_err(|e| Trouble::new(format!("No folder here: {e}")))?;
        let root = here
            .ancestors()
            .find(|folder| folder.join("src/dev/Cargo.toml").is_file())
            .ok_or_else(|| Trouble::new("Run this inside the project's folder."))?
            .to_owned();
        let target = match env::var_os("CARGO_TARGET_DIR") {
            Some(folder) => here.join(folder),
            None => root.join("target"),
        };
        Ok(Self { tools: tools_folder()?, root, target })
    }

    /// A path inside the project.
    pub(crate) fn at(&self, path: impl AsRef<Path>) -> PathBuf {
        self.root.join(path)
    }

    /// The program, once built.
    pub(crate) fn program(&self) -> PathBuf {
        self.target.join("release").join("talkoot")
    }
}

fn tools_folder() -> Result<PathBuf, Trouble> {
    let set = |name: &str| env::var_os(name).filter(|v| !v.is_empty()).map(PathBuf::from);
    if let Some(folder) = set("TALKOOT_TOOLS") {
        return Ok(folder);
    }
    let cache = set("XDG_CACHE_HOME").or_else(|| set("HOME").map(|home| home.join(".cache")));
    cache.map(|folder| folder.join("talkoot").join("tools")).ok_or_else(|| {
        Trouble::new("Set TALKOOT_TOOLS to a folder for tools that are kept between runs.")
    })
}
