//! Cutting words out of a page, with their line around them.

use super::{Held, MediaFile, pyramid};
use crate::error::{Error, Result};
use domain::{Image, ImageRegion, PagePicture, Picture, PictureSource, Rect, Size};
use image::{DynamicImage, imageops::FilterType};

/// Widths of a cut, in pixels: for a phone, and for a sharp one.
const CUT_WIDTHS: [u32; 2] = [480, 960];
/// Widths of a page, in pixels.
const PAGE_WIDTHS: [u32; 2] = [1200, 2000];
/// Widths of a whole image, in pixels; one without tiles comes in its own size too.
const IMAGE_WIDTHS: [u32; 3] = [640, 1280, u32::MAX];
/// Images of more pixels than this come in tiles.
const WHOLE: u64 = 4_000_000;
/// The longest side that WebP has, with some room.
const LONGEST: u32 = 16_000;
/// libwebp's quality, 0 to 100.
const QUALITY: f32 = 70.0;
/// Least, best and greatest width of a cut, over its height.
const SHAPE: [f64; 3] = [3.0, 4.0, 5.0];

/// What is to be cut.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Cut {
    /// The word or line, in pixels of the page.
    pub(crate) mark: Rect,
    /// The line it stands in.
    pub(crate) line: Option<Rect>,
    /// Degrees to turn the cut clockwise so that its text is upright; the nearest of 0, 90, 180, 270 is taken.
    pub(crate) rotation: f64,
}

/// A picture in its sizes, and the files that hold it.
pub(crate) struct Shown<T> {
    /// What volunteers are told.
    pub(crate) shown: T,
    /// What has to be kept for it.
    pub(crate) files: Vec<MediaFile>,
}

/// Cuts a strip: the word in its line.
pub(crate) fn strip(
    page: &DynamicImage,
    cut: &Cut,
    shown: Option<&PagePicture>,
) -> Result<Shown<ImageRegion>> {
    let size = Size { width: page.width(), height: page.height() };
    let turned = quarter(cut.rotation);
    let frame = frame(cut, size, turned);
    let (x, y, width, height) = pixels(&frame, size);
    let part = page.crop_imm(x, y, width, height);
    let part = match turned {
        90 => part.rotate90(),
        180 => part.rotate180(),
        270 => part.rotate270(),
        _ => part,
    };
    let Shown { shown: picture, files } = picture(&part, &CUT_WIDTHS)?;
    let frame = Rect {
        x: f64::from(x),
        y: f64::from(y),
        width: f64::from(width),
        height: f64::from(height),
    };
    let region = ImageRegion { picture, frame, mark: cut.mark, turned, page: shown.cloned() };
    Ok(Shown { shown: region, files })
}

/// A picture that is shown whole, such as a warm-up's.
pub(crate) fn whole(image: &DynamicImage, mark: Rect) -> Result<Shown<ImageRegion>> {
    let Shown { shown: picture, files } = picture(image, &CUT_WIDTHS)?;
    let frame =
        Rect { x: 0.0, y: 0.0, width: f64::from(image.width()), height: f64::from(image.height()) };
    Ok(Shown { shown: ImageRegion { picture, frame, mark, turned: 0, page: None }, files })
}

/// The page itself, for `Show the page`.
pub(crate) fn page_picture(page: &DynamicImage, label: &str) -> Result<Shown<PagePicture>> {
    let Shown { shown: picture, files } = picture(page, &PAGE_WIDTHS)?;
    let size = Size { width: page.width(), height: page.height() };
    Ok(Shown { shown: PagePicture { picture, size, label: label.to_owned() }, files })
}

/// The nearest quarter turn.
fn quarter(degrees: f64) -> u16 {
    let quarters = (degrees / 90.0).round().rem_euclid(4.0);
    if quarters < 0.5 {
        0
    } else if quarters < 1.5 {
        90
    } else if quarters < 2.5 {
        180
    } else {
        270
    }
}

/// The part of the page to show: the mark with as much of its line to both
/// sides as makes a strip of a good shape, and some room above and below.
fn frame(cut: &Cut, page: Size, turned: u16) -> Rect {
    if turned.is_multiple_of(180) {
        return upright(cut.mark, cut.line, f64::from(page.width), f64::from(page.height));
    }
    // Text that runs up or down: the same with the axes swapped.
    let swap = |r: Rect| Rect { x: r.y, y: r.x, width: r.height, height: r.width };
    let (width, height) = (f64::from(page.height), f64::from(page.width));
    swap(upright(swap(cut.mark), cut.line.map(swap), width, height))
}

fn upright(mark: Rect, line: Option<Rect>, page_width: f64, page_height: f64) -> Rect {
    let line = line.unwrap_or(mark).union(&mark);
    // A line that is much taller than its word is askew, or is no line: only
    // as much of it is taken as the word needs. A dash needs it all.
    let line_height = line.height.min((mark.height * 2.5).max(page_height / 60.0));
    let mut height = line_height + 0.8 * line_height;
    let needed = mark.width + line_height;
    let width = (height * SHAPE[1]).max(needed).min(page_width);
    height = height.max(width / SHAPE[2]).min(page_height);
    let middle = if line.height <= line_height {
        line.y + line.height / 2.0
    } else {
        mark.y + mark.height / 2.0
    };
    // Along the line: centred on the mark, but rather more of the line than of
    // the margin beyond its ends.
    let (first, last) = (line.x - line_height, line.right() + line_height);
    let centred = mark.x + mark.width / 2.0 - width / 2.0;
    let x = if last - first > width {
        centred.clamp(first, last - width)
    } else {
        f64::midpoint(first, last) - width / 2.0
    };
    Rect {
        x: x.clamp(0.0, (page_width - width).max(0.0)),
        y: (middle - height / 2.0).clamp(0.0, (page_height - height).max(0.0)),
        width,
        height,
    }
}

/// Whole pixels that hold a rectangle, inside the page, never empty.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "clamped to the page, whose sides are u32"
)]
fn pixels(frame: &Rect, page: Size) -> (u32, u32, u32, u32) {
    let within = |value: f64, most: u32| value.clamp(0.0, f64::from(most)) as u32;
    let x = within(frame.x.floor(), page.width.saturating_sub(1));
    let y = within(frame.y.floor(), page.height.saturating_sub(1));
    let right = within(frame.right().ceil(), page.width).max(x + 1);
    let bottom = within(frame.bottom().ceil(), page.height).max(y + 1);
    (x, y, right - x, bottom - y)
}

/// A whole image, in tiles where it is large. `source` is the file that it was read from.
pub(crate) fn image(held: Held, source: &[u8], alt: &str) -> Result<Shown<Image>> {
    let size = held.size();
    let Held { image, turn: _turn } = held;
    let large = u64::from(size.width) * u64::from(size.height) > WHOLE
        || size.width.max(size.height) > LONGEST;
    let widths = if large { &IMAGE_WIDTHS[..2] } else { &IMAGE_WIDTHS[..] };
    let Shown { shown: picture, mut files } = picture(&image, widths)?;
    let tiles = if large {
        let tiled = pyramid::pyramid(image, source)?;
        files.extend(tiled.files);
        Some(tiled.shown)
    } else {
        None
    };
    Ok(Shown { shown: Image { picture, size, alt: alt.to_owned(), tiles }, files })
}

/// A whole image of which only a smaller picture is to be had; places are told in pixels of the
/// original, whose size is `size`.
pub(crate) fn shrunk(held: &Held, size: Size, alt: &str) -> Result<Shown<Image>> {
    let Shown { shown: picture, files } = picture(&held.image, &IMAGE_WIDTHS)?;
    Ok(Shown { shown: Image { picture, size, alt: alt.to_owned(), tiles: None }, files })
}

/// A picture of a whole image whose tiles are elsewhere.
pub(crate) fn overview(image: &DynamicImage) -> Result<Shown<Picture>> {
    picture(image, &IMAGE_WIDTHS[..2])
}

/// A small picture beside something else: for help, for a choice, before a film starts.
pub(crate) fn picture_of(image: &DynamicImage) -> Result<Shown<Picture>> {
    picture(image, &CUT_WIDTHS)
}

/// A picture in its own size only, such as a map's tile.
pub(crate) fn tile(image: &DynamicImage) -> Result<Shown<Picture>> {
    picture(image, &IMAGE_WIDTHS[2..])
}

/// A picture at some widths, none wider than it is.
fn picture(image: &DynamicImage, widths: &[u32]) -> Result<Shown<Picture>> {
    let mut sources: Vec<PictureSource> = Vec::new();
    let mut files = Vec::new();
    let native = image.width();
    for wanted in widths {
        let last = sources.last().map_or(0, |source| source.width);
        // The next size only where there is more to see in it.
        if native <= last {
            break;
        }
        let tallest = u64::from(LONGEST) * u64::from(native) / u64::from(image.height().max(1));
        let most = native.min(u32::try_from(tallest).unwrap_or(u32::MAX)).max(1);
        // Where its own size comes too, a size that is nearly its own is its own.
        let whole = widths.last() == Some(&u32::MAX);
        let width = if whole && most / 5 * 4 <= *wanted { most } else { most.min(*wanted) };
        if width <= last {
            break;
        }
        let scale = f64::from(width) / f64::from(native);
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "scaled down")]
        let height = ((f64::from(image.height()) * scale).round() as u32).max(1);
        let sized = if width == native {
            image.to_rgb8()
        } else if scale < 0.5 {
            // Far smaller: every pixel counts alike, and it is many times faster.
            image.thumbnail_exact(width, height).into_rgb8()
        } else {
            image.resize_exact(width, height, FilterType::CatmullRom).into_rgb8()
        };
        let (file, url) = MediaFile::named_by_content(webp(&sized, width, height)?, "webp");
        sources.push(PictureSource { url, width, height });
        files.push(file);
    }
    Ok(Shown { shown: Picture { sources }, files })
}

/// Pixels as WebP.
pub(super) fn webp(rgb: &[u8], width: u32, height: u32) -> Result<Vec<u8>> {
    let encoded = webp::Encoder::from_rgb(rgb, width, height)
        .encode_simple(false, QUALITY)
        .map_err(|error| Error::internal(format!("WebP: {error:?}")))?;
    Ok(encoded.to_vec())
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: Size = Size { width: 2000, height: 3000 };

    fn held(width: u32, height: u32) -> Held {
        Held { image: DynamicImage::new_luma8(width, height), turn: None }
    }

    fn cut(mark: Rect, line: Option<Rect>) -> Cut {
        Cut { mark, line, rotation: 0.0 }
    }

    #[test]
    fn a_word_keeps_its_line_around_it() {
        let line = Rect::new(200.0, 1000.0, 1600.0, 40.0);
        let word = Rect::new(900.0, 1005.0, 120.0, 30.0);
        let frame = frame(&cut(word, Some(line)), PAGE, 0);
        let shape = frame.width / frame.height;
        assert!((SHAPE[0]..=SHAPE[2]).contains(&shape), "{shape}");
        assert_eq!(frame.union(&word), frame, "the word is in it");
        assert!(frame.y < line.y && frame.bottom() > line.bottom(), "with room above and below");
    }

    #[test]
    fn the_first_word_of_a_line_shows_the_line_and_not_the_margin() {
        let line = Rect::new(500.0, 1000.0, 1000.0, 40.0);
        let word = Rect::new(500.0, 1000.0, 80.0, 40.0);
        let frame = frame(&cut(word, Some(line)), PAGE, 0);
        assert!(frame.x >= line.x - 41.0, "{frame:?}");
    }

    #[test]
    fn corners_clamp_to_the_page() {
        for word in [
            Rect::new(0.0, 0.0, 50.0, 20.0),
            Rect::new(1960.0, 2985.0, 40.0, 15.0),
            Rect::new(0.0, 0.0, 2000.0, 3000.0),
        ] {
            let frame = frame(&cut(word, None), PAGE, 0);
            assert_eq!(frame.within(PAGE), Some(frame), "{word:?}");
            assert!(frame.union(&word).area() - frame.area() < 1.0, "{word:?} in {frame:?}");
        }
    }

    #[test]
    fn text_that_runs_up_is_cut_along_itself() {
        let word = Rect::new(1000.0, 500.0, 30.0, 150.0);
        let up = Cut { mark: word, line: None, rotation: 270.0 };
        assert_eq!(quarter(up.rotation), 270);
        let frame = frame(&up, PAGE, 270);
        assert!(frame.height > frame.width * SHAPE[0]);
        let page = DynamicImage::new_luma8(PAGE.width, PAGE.height);
        let region = strip(&page, &up, None).unwrap().shown;
        let source = &region.picture.sources[0];
        assert!(source.width > source.height, "turned upright");
    }

    #[test]
    fn nothing_is_blown_up() {
        let page = DynamicImage::new_luma8(300, 400);
        let word = Rect::new(100.0, 100.0, 40.0, 12.0);
        let cut = strip(&page, &cut(word, None), None).unwrap();
        assert_eq!(cut.files.len(), 1);
        let source = &cut.shown.picture.sources[0];
        assert!(source.width <= 300);
        assert!((f64::from(source.width) - cut.shown.frame.width).abs() < 0.1);
        assert!(cut.files[0].bytes.starts_with(b"RIFF"));
    }

    #[test]
    fn a_large_strip_comes_in_two_sizes() {
        let page = DynamicImage::new_luma8(4000, 4000);
        let word = Rect::new(1000.0, 1000.0, 900.0, 160.0);
        let cut = strip(&page, &cut(word, None), None).unwrap();
        let widths: Vec<_> = cut.shown.picture.sources.iter().map(|s| s.width).collect();
        assert_eq!(widths, [480, 960]);
    }

    #[test]
    fn a_whole_image_comes_in_its_own_size_too() {
        let widths = |width, height| {
            let image = image(held(width, height), b"", "").unwrap().shown;
            assert_eq!(image.size, Size { width, height });
            image.picture.sources.iter().map(|s| s.width).collect::<Vec<_>>()
        };
        assert_eq!(widths(2000, 1500), [640, 1280, 2000]);
        assert_eq!(widths(1300, 900), [640, 1300], "1280 would be nearly the same");
        assert_eq!(widths(300, 200), [300]);
        assert_eq!(widths(1, 1), [1]);
    }

    #[test]
    fn a_very_long_image_is_one_all_the_same() {
        let image = image(held(100, 30_000), b"x", "").unwrap().shown;
        assert!(image.tiles.is_some());
        assert!(image.picture.sources.iter().all(|s| s.height <= LONGEST));
    }

    #[test]
    fn the_nearest_quarter_is_taken() {
        for (degrees, turned) in [
            (0.0, 0),
            (3.5, 0),
            (-2.0, 0),
            (88.0, 90),
            (181.0, 180),
            (-90.0, 270),
            (359.0, 0),
            (450.0, 90),
        ] {
            assert_eq!(quarter(degrees), turned, "{degrees}");
        }
    }
}
