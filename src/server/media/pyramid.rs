//! Large images in tiles, so that a phone fetches only what it shows: the IIIF
//! Image API 3 at level 0, every tile a file under its canonical name.

use super::{
    MediaFile,
    cut::{Shown, webp},
};
use crate::error::Result;
use domain::{Size, Tiles};
use image::{DynamicImage, GenericImageView, GrayImage, ImageBuffer, Pixel, RgbImage};
use std::thread;

/// A tile's side, in its own pixels.
const SIDE: u32 = 512;
/// Changes whenever the same image would give other tiles: they are kept for ever.
const CONTEXT: &str = "talkoot 2026 tile pyramid 1";

/// Cuts an image into tiles of every size, down to one tile that shows it all. `source` is the
/// file that the image was read from: it names the pyramid.
///
/// The image is let go as soon as it is cut, so that it and its quarter are the most that is
/// in memory.
pub(crate) fn pyramid(image: DynamicImage, source: &[u8]) -> Result<Shown<Tiles>> {
    let id = blake3::Hash::from(blake3::derive_key(CONTEXT, source)).to_hex().to_string();
    let size = Size { width: image.width(), height: image.height() };
    let tiles = Tiles {
        base: format!("/iiif/{id}"),
        version: 3,
        format: "webp".into(),
        tile: Size { width: SIDE, height: SIDE },
        factors: factors(size),
    };
    let mut files = Vec::new();
    let mut now = image;
    for factor in &tiles.factors {
        if *factor > 1 {
            now = halved(&now);
        }
        files.extend(cut(&now, &tiles, size, *factor, &id)?);
    }
    let info = serde_json::json!({ "size": size, "tiles": tiles });
    files.push(MediaFile::of_tiles(&id, "info.json", info.to_string().into_bytes()));
    Ok(Shown { shown: tiles, files })
}

/// 1, 2, 4, … until one tile shows it all.
fn factors(size: Size) -> Vec<u32> {
    let mut factors = vec![1];
    let mut shown = SIDE;
    while shown < size.width.max(size.height) {
        shown = shown.saturating_mul(2);
        factors.push(shown / SIDE);
    }
    factors
}

/// All tiles of one factor, from the image at that size; on every processor there is.
fn cut(
    level: &DynamicImage,
    tiles: &Tiles,
    size: Size,
    factor: u32,
    id: &str,
) -> Result<Vec<MediaFile>> {
    let (columns, rows) = tiles.grid(size, factor);
    let one = |column: u32, row: u32| -> Result<MediaFile> {
        let (x, y) = (column * SIDE, row * SIDE);
        let (width, height) = (SIDE.min(level.width() - x), SIDE.min(level.height() - y));
        let part = level.view(x, y, width, height);
        let rgb = RgbImage::from_fn(width, height, |x, y| part.get_pixel(x, y).to_rgb());
        let (url, _) = tiles.at(size, factor, column, row);
        let name = url.strip_prefix(&tiles.base).unwrap_or(&url).trim_start_matches('/');
        Ok(MediaFile::of_tiles(id, name, webp(&rgb, width, height)?))
    };
    let places: Vec<_> = (0..rows).flat_map(|row| (0..columns).map(move |at| (at, row))).collect();
    let workers = thread::available_parallelism().map_or(1, usize::from).min(4);
    let share = places.len().div_ceil(workers).max(1);
    thread::scope(|scope| {
        let work: Vec<_> = places
            .chunks(share)
            .map(|part| {
                scope.spawn(|| part.iter().map(|(column, row)| one(*column, *row)).collect())
            })
            .collect();
        let mut files = Vec::with_capacity(places.len());
        for part in work {
            let done: Result<Vec<_>> =
                part.join().map_err(|_| crate::Error::internal("cutting a tile panicked"))?;
            files.extend(done?);
        }
        Ok(files)
    })
}

/// Half as wide and high, rounded up: every pixel is the mean of four.
fn halved(image: &DynamicImage) -> DynamicImage {
    match image {
        DynamicImage::ImageLuma8(grey) => DynamicImage::ImageLuma8(half(grey) as GrayImage),
        DynamicImage::ImageRgb8(colour) => DynamicImage::ImageRgb8(half(colour)),
        other => DynamicImage::ImageRgb8(half(&other.to_rgb8())),
    }
}

fn half<P: Pixel<Subpixel = u8>>(image: &ImageBuffer<P, Vec<u8>>) -> ImageBuffer<P, Vec<u8>> {
    let channels = usize::from(P::CHANNEL_COUNT);
    let (width, height) = (image.width() as usize, image.height() as usize);
    let (wide, high) = (width.div_ceil(2), height.div_ceil(2));
    let from = image.as_raw();
    let mut to = Vec::with_capacity(wide * high * channels);
    for y in 0..high {
        let above = 2 * y * width;
        let below = (2 * y + 1).min(height - 1) * width;
        for x in 0..wide {
            let (left, right) = (2 * x, (2 * x + 1).min(width - 1));
            for channel in 0..channels {
                let at = |row: usize, column: usize| {
                    u16::from(from[(row + column) * channels + channel])
                };
                let sum = at(above, left) + at(above, right) + at(below, left) + at(below, right);
                to.push(u8::try_from((sum + 2) / 4).unwrap_or(u8::MAX));
            }
        }
    }
    let side = |length: usize| u32::try_from(length).unwrap_or(u32::MAX);
    ImageBuffer::from_raw(side(wide), side(high), to).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use image::{Luma, Rgb};
    use proptest::prelude::*;

    #[test]
    fn factors_end_with_one_tile() {
        let of = |width, height| factors(Size { width, height });
        assert_eq!(of(512, 100), [1]);
        assert_eq!(of(513, 100), [1, 2]);
        assert_eq!(of(10_000, 10_000), [1, 2, 4, 8, 16, 32]);
    }

    #[test]
    fn a_tile_shows_its_part_and_no_other() {
        // One colour a quarter, so that a tile in the wrong place shows.
        let image = RgbImage::from_fn(1024, 1024, |x, y| match (x < 512, y < 512) {
            (true, true) => Rgb([200, 0, 0]),
            (false, true) => Rgb([0, 200, 0]),
            (true, false) => Rgb([0, 0, 200]),
            (false, false) => Rgb([200, 200, 200]),
        });
        let made = pyramid(DynamicImage::ImageRgb8(image), b"four").unwrap();
        assert_eq!(made.shown.factors, [1, 2]);
        let colour = |name: &str| {
            let file = made.files.iter().find(|f| f.key.ends_with(name)).unwrap();
            let decoded = webp::Decoder::new(&file.bytes).decode().unwrap();
            let at = (100 * decoded.width() as usize + 100) * 3;
            [decoded[at], decoded[at + 1], decoded[at + 2]]
        };
        let near = |a: [u8; 3], b: [u8; 3]| a.iter().zip(b).all(|(a, b)| a.abs_diff(b) < 24);
        assert!(near(colour("/512,0,512,512/512,512/0/default.webp"), [0, 200, 0]));
        assert!(near(colour("/0,512,512,512/512,512/0/default.webp"), [0, 0, 200]));
        assert!(near(colour("/full/512,512/0/default.webp"), [200, 0, 0]));
    }

    proptest! {
        #[test]
        fn halving_rounds_up_and_keeps_a_flat_colour(
            width in 1u32..40, height in 1u32..40, colour in any::<u8>(),
        ) {
            let half: GrayImage = half(&GrayImage::from_pixel(width, height, Luma([colour])));
            prop_assert_eq!((half.width(), half.height()), (width.div_ceil(2), height.div_ceil(2)));
            prop_assert!(half.pixels().all(|p| p.0 == [colour]));
        }

        #[test]
        fn every_tile_that_is_asked_for_is_there(
            width in 1u32..1300, height in 1u32..1300,
        ) {
            let size = Size { width, height };
            let made = pyramid(DynamicImage::new_luma8(width, height), b"any").unwrap();
            let mut wanted = 0;
            for factor in &made.shown.factors {
                let (columns, rows) = made.shown.grid(size, *factor);
                for (column, row) in (0..columns).flat_map(|c| (0..rows).map(move |r| (c, r))) {
                    let (url, area) = made.shown.at(size, *factor, column, row);
                    let name = url.strip_prefix("/iiif/").unwrap();
                    let file = made.files.iter().find(|f| f.key.ends_with(name));
                    prop_assert!(file.is_some(), "{}", url);
                    let decoded = webp::Decoder::new(&file.unwrap().bytes).decode().unwrap();
                    let scaled = |length: f64| (length / f64::from(*factor)).ceil();
                    prop_assert!((f64::from(decoded.width()) - scaled(area.width)).abs() < 0.5);
                    prop_assert!((f64::from(decoded.height()) - scaled(area.height)).abs() < 0.5);
                    wanted += 1;
                }
            }
            prop_assert_eq!(made.files.len(), wanted + 1, "tiles and their info");
        }
    }
}
