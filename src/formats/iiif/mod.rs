//! IIIF: manifests of the Presentation API 2 and 3, which list the images of a
//! book or a map, and what image services (Image API 2 and 3) say of themselves.
//!
//! Libraries' files are rarely valid to the letter, so what is needed is looked
//! for and all else is passed over. A canvas that cannot be used says why.

mod info;
mod manifest;

pub use info::{Info, info};
pub use manifest::{Canvas, CanvasImage, Manifest, Service};

use crate::imports::Listing;

/// The line of [`crate::imports::LISTINGS`].
pub(crate) const LISTING: Listing = Listing { id: "iiif", sniff, read: manifest::read };

fn sniff(_: &str, head: &[u8]) -> bool {
    let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head);
    let text = String::from_utf8_lossy(&head[..head.len().min(4096)]);
    text.trim_start().starts_with('{')
        && ["iiif.io/api/presentation", "sc:Manifest", "sc:Collection", "sc:Canvas"]
            .iter()
            .any(|word| text.contains(word))
}

#[cfg(test)]
mod tests;
