//! Pictures: decoded once a page, cut, and kept under the hash of their content.

mod cut;

pub(crate) use cut::{Cut, page_picture, strip, whole};

use crate::error::{Error, Result};
use domain::{Fault, Size};
use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits, metadata::Orientation};
use object_store::{
    ObjectStore, ObjectStoreExt, PutPayload, local::LocalFileSystem, path::Path as Key,
};
use std::{io::Cursor, path::Path, sync::Arc};

/// The largest image taken, in pixels.
const LARGEST: u64 = 50_000_000;
/// The most memory that decoding an image may take, in bytes.
const MEMORY: u64 = 512 << 20;

/// A file that is to be served at `/media/{hash}.webp`.
#[derive(Clone, Debug)]
pub(crate) struct MediaFile {
    /// The content's hash, in hex.
    pub(crate) hash: String,
    /// The content: WebP.
    pub(crate) bytes: Vec<u8>,
}

/// The place where pictures are kept.
#[derive(Clone)]
pub(crate) struct Media {
    store: Arc<dyn ObjectStore>,
}

impl Media {
    /// A folder on this machine.
    pub(crate) fn folder(path: &Path) -> Result<Self> {
        std::fs::create_dir_all(path).map_err(Error::internal)?;
        let store =
            LocalFileSystem::new_with_prefix(path).map_err(Error::internal)?.with_fsync(true);
        Ok(Self { store: Arc::new(store) })
    }

    /// Keeps files. One that is there already is the same, by its name.
    pub(crate) async fn keep(&self, files: Vec<MediaFile>) -> Result<()> {
        use futures_util::{StreamExt, TryStreamExt};
        futures_util::stream::iter(files)
            .map(|file| async move {
                let key = key(&file.hash);
                if self.store.head(&key).await.is_ok() {
                    return Ok(());
                }
                self.store.put(&key, PutPayload::from(file.bytes)).await.map(|_| ())
            })
            .buffer_unordered(8)
            .try_collect::<()>()
            .await
            .map_err(Error::internal)
    }

    /// The file of that hash, if there is one.
    pub(crate) async fn get(&self, hash: &str) -> Result<Option<axum::body::Bytes>> {
        match self.store.get(&key(hash)).await {
            Ok(found) => Ok(Some(found.bytes().await.map_err(Error::internal)?)),
            Err(object_store::Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(Error::internal(error)),
        }
    }
}

fn key(hash: &str) -> Key {
    Key::from(format!("{}/{hash}.webp", hash.get(..2).unwrap_or("00")))
}

/// A decoded image and how its camera was held.
pub(crate) struct Decoded {
    image: DynamicImage,
    orientation: Orientation,
}

impl Decoded {
    /// The image, turned as its camera says only if that makes it fit a page of
    /// this shape: most programs read scans without regard to that.
    pub(crate) fn fitting(mut self, page: Option<Size>) -> DynamicImage {
        let (w, h) = (f64::from(self.image.width()), f64::from(self.image.height()));
        let turned = matches!(
            self.orientation,
            Orientation::Rotate90
                | Orientation::Rotate270
                | Orientation::Rotate90FlipH
                | Orientation::Rotate270FlipH
        );
        let fits = page.is_some_and(|page| {
            let shape = f64::from(page.width) / f64::from(page.height.max(1));
            let near = |other: f64| (other / shape - 1.0).abs() < 0.02;
            near(h / w) && !near(w / h)
        });
        if turned && fits {
            self.image.apply_orientation(self.orientation);
        }
        self.image
    }
}

/// Decodes an image by its content, within limits.
pub(crate) fn decode(name: &str, bytes: &[u8]) -> Result<Decoded, Fault> {
    let refused = |code, why: &str| Fault::new(code, format!("{name}: {why}"));
    if let Some(why) = other_format(bytes) {
        return Err(refused("image-format", why));
    }
    let mut reader = ImageReader::new(Cursor::new(bytes))
        .with_guessed_format()
        .map_err(|_| refused("image-format", "This file could not be read."))?;
    if !matches!(reader.format(), Some(ImageFormat::Jpeg | ImageFormat::Png | ImageFormat::Tiff)) {
        return Err(refused(
            "image-format",
            "This is not an image that can be read here. Export it as JPEG, PNG or TIFF.",
        ));
    }
    let mut limits = Limits::default();
    limits.max_alloc = Some(MEMORY);
    reader.limits(limits);
    let broken = |error: &image::ImageError| {
        refused(
            "image-broken",
            &format!(
                "This image could not be decoded ({error}). Open it and export it again as JPEG, PNG or TIFF."
            ),
        )
    };
    let mut decoder = reader.into_decoder().map_err(|e| broken(&e))?;
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > LARGEST {
        return Err(refused(
            "image-large",
            &format!(
                "This image has {width} × {height} pixels; 50 million are taken at the most. Export it smaller."
            ),
        ));
    }
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let image = DynamicImage::from_decoder(decoder).map_err(|e| broken(&e))?;
    // Eight bits a channel, and grey stays one channel: a page is large.
    let image = if image.color().has_color() || image.color().has_alpha() {
        DynamicImage::ImageRgb8(image.into_rgb8())
    } else {
        DynamicImage::ImageLuma8(image.into_luma8())
    };
    Ok(Decoded { image, orientation })
}

/// What a file is that libraries have and this program cannot decode.
fn other_format(bytes: &[u8]) -> Option<&'static str> {
    const JP2: &[u8] = b"\x00\x00\x00\x0cjP  \r\n\x87\n";
    const CODESTREAM: &[u8] = b"\xff\x4f\xff\x51";
    if bytes.starts_with(JP2) || bytes.starts_with(CODESTREAM) {
        Some(
            "This is a JPEG 2000, which browsers and this program cannot show. Export it as JPEG or TIFF.",
        )
    } else if bytes.starts_with(b"%PDF") {
        Some("This is a PDF. Export its page as JPEG or TIFF.")
    } else if bytes.starts_with(b"AT&TFORM") {
        Some("This is a DjVu. Export its page as JPEG or TIFF.")
    } else if bytes.is_empty() {
        Some("This file is empty.")
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn png(width: u32, height: u32) -> Vec<u8> {
        let mut bytes = Cursor::new(Vec::new());
        DynamicImage::new_luma8(width, height).write_to(&mut bytes, ImageFormat::Png).unwrap();
        bytes.into_inner()
    }

    #[test]
    fn what_is_no_image_is_refused_in_words() {
        for (bytes, said) in [
            (&b"\x00\x00\x00\x0cjP  \r\n\x87\n...."[..], "JPEG 2000"),
            (b"\xff\x4f\xff\x51....", "JPEG 2000"),
            (b"%PDF-1.4", "PDF"),
            (b"", "empty"),
            (b"GIF89a......", "Export it as"),
            (b"hello, I am no image at all", "Export it as"),
        ] {
            let fault = decode("scan.jpg", bytes).err().unwrap();
            assert!(fault.detail.contains(said), "{}", fault.detail);
            assert!(fault.detail.contains("scan.jpg"));
        }
    }

    #[test]
    fn the_content_counts_and_not_the_name() {
        assert!(decode("scan.jpg", &png(20, 10)).is_ok());
    }

    #[test]
    fn half_an_image_is_refused() {
        let whole = png(200, 100);
        assert!(decode("scan.png", &whole[..whole.len() / 2]).is_err());
    }

    #[test]
    fn a_bomb_is_refused_before_it_is_decoded() {
        // A PNG header that claims 60,000 × 60,000 pixels.
        let mut bytes = png(8, 8);
        bytes[16..20].copy_from_slice(&60_000u32.to_be_bytes());
        bytes[20..24].copy_from_slice(&60_000u32.to_be_bytes());
        assert!(decode("bomb.png", &bytes).is_err());
    }

    #[test]
    fn an_image_is_turned_only_to_fit_its_page() {
        let turned = |page: Option<Size>| {
            let image = DynamicImage::new_luma8(200, 100);
            let decoded = Decoded { image, orientation: Orientation::Rotate90 };
            let image = decoded.fitting(page);
            (image.width(), image.height())
        };
        assert_eq!(turned(None), (200, 100));
        assert_eq!(turned(Some(Size { width: 400, height: 200 })), (200, 100));
        assert_eq!(turned(Some(Size { width: 1000, height: 2000 })), (100, 200));
    }
}
