//! Which formats can be read: one line for each.

use crate::{Parsed, Scan, alto, iiif};
use domain::{Fault, Size};

/// Reads a file's bytes, with the size of its image where that is known.
pub type Read = fn(bytes: &[u8], image: Option<Size>) -> Result<Parsed<Scan>, Fault>;

/// A format that can be read.
#[derive(Clone, Copy, Debug)]
pub struct Import {
    /// Its wire name. Never changes.
    pub id: &'static str,
    /// Whether a file looks like it, by its name and its first bytes (a few thousand are enough).
    pub sniff: fn(name: &str, head: &[u8]) -> bool,
    /// Reads a file. Boxes come in pixels of the image where its size is given.
    pub read: Read,
}

/// Every format that can be read, the most particular first.
pub const ALL: &[Import] = &[alto::IMPORT];

/// A format that lists images instead of describing one page.
#[derive(Clone, Copy, Debug)]
pub struct Listing {
    /// Its wire name. Never changes.
    pub id: &'static str,
    /// Whether a file looks like it, by its name and its first bytes (a few thousand are enough).
    pub sniff: fn(name: &str, head: &[u8]) -> bool,
    /// Reads a file.
    pub read: fn(bytes: &[u8]) -> Result<Parsed<iiif::Manifest>, Fault>,
}

/// Every format that lists images.
pub const LISTINGS: &[Listing] = &[iiif::LISTING];

/// The format of a file that lists images, by its name and its first bytes.
pub fn listing(name: &str, head: &[u8]) -> Option<&'static Listing> {
    LISTINGS.iter().find(|listing| (listing.sniff)(name, head))
}

/// The format called `id`.
pub fn by_id(id: &str) -> Option<&'static Import> {
    ALL.iter().find(|import| import.id == id)
}

/// The format of a file, by its name and its first bytes; else what it seems to be instead.
pub fn find(name: &str, head: &[u8]) -> Result<&'static Import, Fault> {
    ALL.iter().find(|import| (import.sniff)(name, head)).ok_or_else(|| unknown(name, head))
}

/// Says what the file seems to be, so that its owner knows what to send instead.
fn unknown(name: &str, head: &[u8]) -> Fault {
    let text = String::from_utf8_lossy(&head[..head.len().min(4096)]).to_lowercase();
    let seems = if head.is_empty() {
        "it is empty"
    } else if head.starts_with(b"PK\x03\x04") {
        "it is a zip file; unpack it first"
    } else if head.starts_with(b"%PDF") {
        "it is a PDF; export the page's image and its ALTO"
    } else if text.contains("pcgts") {
        "it is PAGE XML; export ALTO instead"
    } else if text.contains("ocr_page") || text.contains("ocr-system") {
        "it is hOCR; export ALTO instead"
    } else if text.contains("<mets") || text.contains(":mets") {
        "it is METS, which only lists files; send the ALTO files themselves"
    } else if text.contains("<html") {
        "it is a web page; perhaps a link led to a page about the file"
    } else if text.trim_start().starts_with('<') {
        "it is XML of a sort that is not read here"
    } else {
        "it is not XML"
    };
    Fault::new("unknown-format", format!("{name} cannot be read as ALTO: {seems}."))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_unique_and_found() {
        for import in ALL {
            assert_eq!(by_id(import.id).map(|i| i.id), Some(import.id));
            assert_eq!(ALL.iter().filter(|other| other.id == import.id).count(), 1);
        }
    }

    #[test]
    fn other_files_are_named_for_what_they_are() {
        let told = |head: &[u8]| find("x.xml", head).expect_err("not ALTO").detail;
        assert!(told(b"").contains("empty"));
        assert!(told(b"PK\x03\x04rest").contains("zip"));
        assert!(told(b"<?xml version=\"1.0\"?><PcGts xmlns=\"x\">").contains("PAGE XML"));
        assert!(told(b"<html><div class='ocr_page'>").contains("hOCR"));
        assert!(told(b"<mets:mets>").contains("METS"));
        assert!(told(b"\xff\xd8\xff").contains("not XML"));
    }
}
