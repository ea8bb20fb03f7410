//! Files built into the program: the volunteers' app and the sample drive.

/// One file.
#[derive(Clone, Copy, Debug)]
pub struct Asset {
    /// Its path within its folder, with `/` between the parts.
    pub path: &'static str,
    /// Its content.
    pub bytes: &'static [u8],
}

include!(concat!(env!("OUT_DIR"), "/assets.rs"));

/// The file of that path.
pub fn find(files: &'static [Asset], path: &str) -> Option<&'static Asset> {
    files.binary_search_by(|asset| asset.path.cmp(path)).ok().map(|at| &files[at])
}

/// The media type that a file's name stands for.
pub fn media_type(path: &str) -> &'static str {
    match path.rsplit('.').next().unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "wasm" => "application/wasm",
        "json" | "map" => "application/json",
        "webmanifest" => "application/manifest+json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "webp" => "image/webp",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn built_in_files_are_sorted_so_that_they_are_found() {
        for files in [APP, SAMPLE] {
            assert!(files.is_sorted_by(|a, b| a.path < b.path));
            for asset in files {
                assert!(find(files, asset.path).is_some());
            }
        }
    }

    #[test]
    fn wasm_has_the_type_that_browsers_stream() {
        assert_eq!(media_type("play-0123.wasm"), "application/wasm");
    }
}
