//! Pictures: decoded once a page, cut, and kept under the hash of their content.

mod clip;
mod cut;
mod pyramid;

pub(crate) use clip::{Medium, captions, clip, is_clip, media_type};
pub(crate) use cut::{
    Cut, Shown, image, overview, page_picture, picture_of, shrunk, strip, tile, whole,
};

use crate::{
    error::{Error, Result},
    fetch::Fetcher,
};
use domain::{Fault, Size};
use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits, metadata::Orientation};
use object_store::{
    GetOptions, GetRange, GetResult, ObjectStore, ObjectStoreExt, PutPayload,
    local::LocalFileSystem, path::Path as Key,
};
use std::{
    io::Cursor,
    ops::Range,
    path::Path,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

/// Whose turn it is to hold a large image.
static TURN: Mutex<()> = Mutex::new(());

/// The largest image taken where the project says nothing else, in pixels.
pub(crate) const LARGEST: u64 = 50_000_000;
/// The most memory that decoding an image may take, in bytes.
const MEMORY: u64 = 512 << 20;
/// Images of more pixels than this are decoded one at a time.
const LARGE: u64 = 30_000_000;

/// A file that is to be kept and served.
#[derive(Clone, Debug)]
pub(crate) struct MediaFile {
    /// Where it is kept.
    key: String,
    /// The content.
    pub(crate) bytes: Vec<u8>,
}

impl MediaFile {
    /// A file that is served at `/media/{hash}.{ending}`, and that address.
    pub(crate) fn named_by_content(bytes: Vec<u8>, ending: &str) -> (Self, String) {
        let name = format!("{}.{ending}", blake3::hash(&bytes).to_hex());
        let url = format!("/media/{name}");
        (Self { key: content_key(&name), bytes }, url)
    }

    /// A file of an image that comes in tiles, by its name within that image.
    pub(crate) fn of_tiles(id: &str, name: &str, bytes: Vec<u8>) -> Self {
        Self { key: tiles_key(id, name), bytes }
    }
}

/// The place where pictures are kept, and the way to those of others.
#[derive(Clone)]
pub(crate) struct Media {
    store: Arc<dyn ObjectStore>,
    fetcher: Fetcher,
}

impl Media {
    /// A folder on this machine.
    pub(crate) fn folder(path: &Path, fetcher: Fetcher) -> Result<Self> {
        std::fs::create_dir_all(path).map_err(Error::internal)?;
        let store =
            LocalFileSystem::new_with_prefix(path).map_err(Error::internal)?.with_fsync(true);
        Ok(Self { store: Arc::new(store), fetcher })
    }

    /// How files of other servers are fetched.
    pub(crate) fn fetcher(&self) -> Fetcher {
        self.fetcher
    }

    /// Keeps files. One that is there already is the same, by its name.
    pub(crate) async fn keep(&self, files: Vec<MediaFile>) -> Result<()> {
        use futures_util::{StreamExt, TryStreamExt};
        futures_util::stream::iter(files)
            .map(|file| async move {
                let key = Key::from(file.key);
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

    /// A file that is named by its content, or a part of it; `None` where there is none.
    pub(crate) async fn get(
        &self,
        name: &str,
        range: Option<Range<u64>>,
    ) -> Result<Option<GetResult>> {
        self.fetch(content_key(name), range).await
    }

    /// How long a file is, in bytes; `None` where there is none.
    pub(crate) async fn length(&self, name: &str) -> Result<Option<u64>> {
        match self.store.head(&Key::from(content_key(name))).await {
            Ok(found) => Ok(Some(found.size)),
            Err(object_store::Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(Error::internal(error)),
        }
    }

    /// A file of an image that comes in tiles.
    pub(crate) async fn tile(&self, id: &str, name: &str) -> Result<Option<axum::body::Bytes>> {
        match self.fetch(tiles_key(id, name), None).await? {
            Some(found) => Ok(Some(found.bytes().await.map_err(Error::internal)?)),
            None => Ok(None),
        }
    }

    async fn fetch(&self, key: String, range: Option<Range<u64>>) -> Result<Option<GetResult>> {
        let options = GetOptions { range: range.map(GetRange::Bounded), ..GetOptions::default() };
        match self.store.get_opts(&Key::from(key), options).await {
            Ok(found) => Ok(Some(found)),
            Err(object_store::Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(Error::internal(error)),
        }
    }
}

fn content_key(name: &str) -> String {
    format!("{}/{name}", name.get(..2).unwrap_or("00"))
}

fn tiles_key(id: &str, name: &str) -> String {
    format!("iiif/{}/{id}/{name}", id.get(..2).unwrap_or("00"))
}

/// A decoded image and how its camera was held.
pub(crate) struct Decoded {
    image: DynamicImage,
    orientation: Orientation,
    /// Held while a large image is at hand.
    turn: Option<MutexGuard<'static, ()>>,
}

/// An image at hand.
pub(crate) struct Held {
    pub(crate) image: DynamicImage,
    turn: Option<MutexGuard<'static, ()>>,
}

impl Held {
    /// Its size as it is held.
    pub(crate) fn size(&self) -> Size {
        Size { width: self.image.width(), height: self.image.height() }
    }

    /// An image that nobody else waits for.
    pub(crate) fn alone(image: DynamicImage) -> Self {
        Self { image, turn: None }
    }
}

impl Decoded {
    /// The image as its camera says that it is to be held.
    pub(crate) fn upright(mut self) -> Held {
        self.image.apply_orientation(self.orientation);
        Held { image: self.image, turn: self.turn }
    }

    /// The image as its pixels lie.
    pub(crate) fn lying(self) -> Held {
        Held { image: self.image, turn: self.turn }
    }

    /// The image, turned as its camera says only if that makes it fit a page of
    /// this shape: most programs read scans without regard to that.
    pub(crate) fn fitting(mut self, page: Option<Size>) -> Held {
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
        self.lying()
    }
}

/// Decodes an image by its content, of at most `largest` pixels. A large one waits for its turn
/// and keeps it, so that no two of them are in memory at once.
pub(crate) fn decode(name: &str, bytes: &[u8], largest: u64) -> Result<Decoded, Fault> {
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
    let pixels = u64::from(width) * u64::from(height);
    if pixels > largest {
        return Err(refused(
            "image-large",
            &format!(
                "This image has {width} × {height} pixels; {} million are taken at the most. Export it smaller, or let the project take larger ones (“largest_megapixels”, up to 120).",
                largest / 1_000_000
            ),
        ));
    }
    if pixels == 0 {
        return Err(refused("image-broken", "This image has no pixels."));
    }
    let turn = (pixels > LARGE).then(|| TURN.lock().unwrap_or_else(PoisonError::into_inner));
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let image = DynamicImage::from_decoder(decoder).map_err(|e| broken(&e))?;
    // Eight bits a channel, and grey stays one channel: a page is large.
    let image = if image.color().has_color() || image.color().has_alpha() {
        DynamicImage::ImageRgb8(image.into_rgb8())
    } else {
        DynamicImage::ImageLuma8(image.into_luma8())
    };
    Ok(Decoded { image, orientation, turn })
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
            let fault = decode("scan.jpg", bytes, LARGEST).err().unwrap();
            assert!(fault.detail.contains(said), "{}", fault.detail);
            assert!(fault.detail.contains("scan.jpg"));
        }
    }

    #[test]
    fn the_content_counts_and_not_the_name() {
        assert!(decode("scan.jpg", &png(20, 10), LARGEST).is_ok());
    }

    #[test]
    fn half_an_image_is_refused() {
        let whole = png(200, 100);
        assert!(decode("scan.png", &whole[..whole.len() / 2], LARGEST).is_err());
    }

    #[test]
    fn a_bomb_is_refused_before_it_is_decoded() {
        // A PNG header that claims 60,000 × 60,000 pixels.
        let mut bytes = png(8, 8);
        bytes[16..20].copy_from_slice(&60_000u32.to_be_bytes());
        bytes[20..24].copy_from_slice(&60_000u32.to_be_bytes());
        assert!(decode("bomb.png", &bytes, 120_000_000).is_err());
    }

    #[test]
    fn an_image_is_turned_only_to_fit_its_page() {
        let turned = |page: Option<Size>| {
            let image = DynamicImage::new_luma8(200, 100);
            let decoded = Decoded { image, orientation: Orientation::Rotate90, turn: None };
            let image = decoded.fitting(page).image;
            (image.width(), image.height())
        };
        assert_eq!(turned(None), (200, 100));
        assert_eq!(turned(Some(Size { width: 400, height: 200 })), (200, 100));
        assert_eq!(turned(Some(Size { width: 1000, height: 2000 })), (100, 200));
    }
}
