//! A short name for the content of files, to see whether anything changed.
//! FNV-1a: no defence against malice, but the same on every machine and in
//! every version of the compiler.

use crate::command::Trouble;
use std::fs;
use std::path::{Path, PathBuf};

/// Bytes taken in one after the other.
#[derive(Clone, Copy)]
pub(crate) struct Fingerprint(u64);

impl Fingerprint {
    pub(crate) fn new() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }

    pub(crate) fn add(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
        // The end of a part counts too: "ab","c" is not "a","bc".
        self.0 = (self.0 ^ 0x1_00).wrapping_mul(0x0000_0100_0000_01b3);
    }

    /// 16 hexadecimal digits.
    pub(crate) fn text(self) -> String {
        format!("{:016x}", self.0)
    }
}

/// The fingerprint of some bytes.
pub(crate) fn of_bytes(bytes: &[u8]) -> String {
    let mut print = Fingerprint::new();
    print.add(bytes);
    print.text()
}

/// The fingerprint of files and folders, by relative name and content; what is
/// missing counts as missing.
pub(crate) fn of_paths(root: &Path, paths: &[&str]) -> Result<String, Trouble> {
    let mut print = Fingerprint::new();
    for path in paths {
        for file in files(&root.join(path))? {
            let name = file.strip_prefix(root).unwrap_or(&file);
            print.add(name.to_string_lossy().as_bytes());
            print.add(&fs::read(&file).map_err(Trouble::file("read", &file))?);
        }
    }
    Ok(print.text())
}

/// Every file under a path, sorted; none where there is no such path.
pub(crate) fn files(path: &Path) -> Result<Vec<PathBuf>, Trouble> {
    if path.is_file() {
        return Ok(vec![path.to_owned()]);
    }
    if !path.is_dir() {
        return Ok(vec![]);
    }
    let mut found = vec![];
    for entry in fs::read_dir(path).map_err(Trouble::file("list", path))? {
        let entry = entry.map_err(Trouble::file("list", path))?.path();
        found.extend(files(&entry)?);
    }
    found.sort();
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_fnv() {
        // The published value of FNV-1a 64 for "a", before the end of the part is mixed in.
        let mut print = Fingerprint(0xcbf2_9ce4_8422_2325);
        print.0 = (print.0 ^ u64::from(b'a')).wrapping_mul(0x0000_0100_0000_01b3);
        assert_eq!(print.0, 0xaf63_dc4c_8601_ec8c);
    }

    #[test]
    fn parts_are_told_apart() {
        let of = |parts: &[&str]| {
            let mut print = Fingerprint::new();
            for part in parts {
                print.add(part.as_bytes());
            }
            print.text()
        };
        assert_ne!(of(&["ab", "c"]), of(&["a", "bc"]));
        assert_eq!(of(&["ab", "c"]), of(&["ab", "c"]));
    }
}
