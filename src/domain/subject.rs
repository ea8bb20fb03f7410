//! What is looked at.

use crate::{Rect, Size};
use serde::{Deserialize, Serialize};

/// What a volunteer looks at to answer a task.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Subject {
    /// A part of a page's image, such as a word in its line.
    ImageRegion(ImageRegion),
    /// A whole image, however large.
    Image(Image),
    /// The same place twice, such as before and after a flood.
    ImagePair(ImagePair),
    /// A text: a post, an SMS, a paragraph.
    Text(Passage),
    /// A sound.
    Audio(Clip),
    /// A film.
    Video(Clip),
    /// A tile of a map with what lies around it.
    MapTile(MapTile),
}

/// A whole image.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Image {
    /// The image, small enough for a phone.
    pub picture: Picture,
    /// Its size in pixels of the original.
    pub size: Size,
    /// What it is, for those who do not see it; may be empty.
    #[serde(default)]
    pub alt: String,
    /// Where it comes in tiles, for an image too large to be fetched whole.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tiles: Option<Tiles>,
}

/// An image in tiles, named as the IIIF Image API names them (versions 2 and 3;
/// every name is canonical, so that a service of level 0 has it too).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Tiles {
    /// The service's address, without a slash at its end.
    pub base: String,
    /// The API's version: 2 or 3.
    pub version: u32,
    /// The ending of file names: `webp`, `jpg`.
    pub format: String,
    /// A tile's size in its own pixels; those at the right and lower edge are smaller.
    pub tile: Size,
    /// Original pixels for one of a tile's, smallest first: 1, 2, 4, …
    pub factors: Vec<u32>,
}

/// The same place twice.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ImagePair {
    /// The first image. Marks are in its pixels.
    pub before: Image,
    /// The second, of the same place.
    pub after: Image,
    /// What people call the first: "March 2024".
    pub before_label: String,
    /// What people call the second.
    pub after_label: String,
}

/// A text to be read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Passage {
    /// The text, with its line breaks. Spans count its UTF-16 code units, as browsers do.
    pub text: String,
    /// BCP 47 tag of its language, where it is not the project's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// Who said it, or where it stood: "SMS, 12 January, 14:02".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
}

/// A sound or a film.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Clip {
    /// Where it is; the name holds the content's hash.
    pub url: String,
    /// Its media type: `audio/wav`, `video/mp4`.
    pub media_type: String,
    /// What it is, for those who do not hear or see it; may be empty.
    #[serde(default)]
    pub alt: String,
    /// A still picture, for a film.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub poster: Option<Picture>,
    /// What is said in it: `WebVTT`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub captions: Option<String>,
}

/// A tile of a map in the XYZ scheme (Web Mercator), with what lies around it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MapTile {
    /// Zoom: the world is 2^z tiles wide.
    pub z: u32,
    /// Column, from the west.
    pub x: u32,
    /// Row, from the north.
    pub y: u32,
    /// The tile. Marks are in its pixels; beyond its edges they are negative or larger than it.
    pub picture: Picture,
    /// The tile's size in its own pixels, usually 256 by 256.
    pub size: Size,
    /// The tiles around it.
    #[serde(default)]
    pub around: Vec<Neighbour>,
    /// Whose map it is.
    #[serde(default)]
    pub attribution: String,
}

/// Where a map tile is, for those who put its marks on a map. In the square of Web Mercator, 0 to
/// 1 from the north-west, a mark at `px`, `py` lies at `(x + px / width) / 2^z`,
/// `(y + py / height) / 2^z`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TilePlace {
    /// Zoom: the world is 2^z tiles wide.
    pub z: u32,
    /// Column, from the west.
    pub x: u32,
    /// Row, from the north.
    pub y: u32,
    /// The tile's size, in the pixels that marks are in.
    pub size: Size,
}

/// A tile beside the one that is asked about.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Neighbour {
    /// Tiles to the east; to the west where negative.
    pub dx: i32,
    /// Tiles to the south; to the north where negative.
    pub dy: i32,
    /// The tile.
    pub picture: Picture,
}

/// A part of an image, cut out with some of its surroundings.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ImageRegion {
    /// The cut itself: the word with its line around it.
    pub picture: Picture,
    /// What the cut shows, in pixels of the original image, before any turn.
    pub frame: Rect,
    /// What the task asks about, in pixels of the original image.
    pub mark: Rect,
    /// Degrees the cut was turned clockwise to be upright: 0, 90, 180 or 270.
    #[serde(default)]
    pub turned: u16,
    /// The whole page, for `Show the page`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page: Option<PagePicture>,
}

/// The page that a region was cut from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PagePicture {
    /// The page, small enough for a phone.
    pub picture: Picture,
    /// The page's size in pixels of the original image.
    pub size: Size,
    /// What people call it: "Page 12", or the scan's file name.
    pub label: String,
}

/// One picture in the sizes there are.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Picture {
    /// The files, smallest first, never empty.
    pub sources: Vec<PictureSource>,
}

/// One file of a picture.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PictureSource {
    /// Where it is, from the server's root; the name holds the content's hash, so it never changes.
    pub url: String,
    /// Its width in its own pixels.
    pub width: u32,
    /// Its height in its own pixels.
    pub height: u32,
}

impl Subject {
    /// The picture that it is first seen by, where it has one.
    pub fn picture(&self) -> Option<&Picture> {
        match self {
            Self::ImageRegion(region) => Some(&region.picture),
            Self::Image(image) => Some(&image.picture),
            Self::ImagePair(pair) => Some(&pair.before.picture),
            Self::MapTile(tile) => Some(&tile.picture),
            Self::Video(clip) => clip.poster.as_ref(),
            Self::Text(_) | Self::Audio(_) => None,
        }
    }

    /// Where on the map it is, if it is a map's tile.
    pub fn tile(&self) -> Option<TilePlace> {
        match self {
            Self::MapTile(MapTile { z, x, y, size, .. }) => {
                Some(TilePlace { z: *z, x: *x, y: *y, size: *size })
            }
            _ => None,
        }
    }
}

impl Picture {
    /// The smallest source at least `device_pixels` wide, else the widest.
    pub fn best_for(&self, device_pixels: u32) -> Option<&PictureSource> {
        self.sources.iter().find(|s| s.width >= device_pixels).or(self.sources.last())
    }
}

impl Tiles {
    /// The tiles of one factor across and down, for an image of `size`.
    pub fn grid(&self, size: Size, factor: u32) -> (u32, u32) {
        let (wide, high) = self.covers(factor);
        (size.width.div_ceil(wide), size.height.div_ceil(high))
    }

    /// One tile: its address, and the part of the original that it shows. `column` and `row`
    /// are within [`Tiles::grid`].
    pub fn at(&self, size: Size, factor: u32, column: u32, row: u32) -> (String, Rect) {
        let (wide, high) = self.covers(factor);
        let (x, y) = (column.saturating_mul(wide), row.saturating_mul(high));
        let (w, h) = (
            wide.min(size.width.saturating_sub(x)).max(1),
            high.min(size.height.saturating_sub(y)).max(1),
        );
        let whole = (x, y, w, h) == (0, 0, size.width, size.height);
        let region = if whole { "full".to_owned() } else { format!("{x},{y},{w},{h}") };
        let factor = factor.max(1);
        let (across, down) = (w.div_ceil(factor), h.div_ceil(factor));
        let scaled = match self.version {
            2 if whole && across == size.width => "full".to_owned(),
            2 => format!("{across},"),
            _ if whole && (across, down) == (size.width, size.height) => "max".to_owned(),
            _ => format!("{across},{down}"),
        };
        let url = format!("{}/{region}/{scaled}/0/default.{}", self.base, self.format);
        let area = Rect { x: x.into(), y: y.into(), width: w.into(), height: h.into() };
        (url, area)
    }

    /// The coarsest factor that is still sharp where one original pixel is `scale` device pixels.
    pub fn factor_for(&self, scale: f64) -> u32 {
        let sharp = |factor: &&u32| f64::from(**factor) * scale <= 1.0;
        self.factors.iter().rev().find(sharp).or(self.factors.first()).copied().unwrap_or(1)
    }

    /// Original pixels that a whole tile of this factor covers.
    fn covers(&self, factor: u32) -> (u32, u32) {
        let side = |side: u32| side.max(1).saturating_mul(factor.max(1));
        (side(self.tile.width), side(self.tile.height))
    }
}

impl ImageRegion {
    /// The mark's place in the cut as shown (after the turn), as fractions of
    /// its width and height: 0 is left or top, 1 right or bottom.
    pub fn mark_in_cut(&self) -> Rect {
        let (frame, mark) = (&self.frame, &self.mark);
        let (across, down) = (frame.width.max(1.0), frame.height.max(1.0));
        let (left, right) = ((mark.x - frame.x) / across, (mark.right() - frame.x) / across);
        let (top, bottom) = ((mark.y - frame.y) / down, (mark.bottom() - frame.y) / down);
        let (left, top, right, bottom) = match self.turned {
            90 => (1.0 - bottom, left, 1.0 - top, right),
            180 => (1.0 - right, 1.0 - bottom, 1.0 - left, 1.0 - top),
            270 => (top, 1.0 - right, bottom, 1.0 - left),
            _ => (left, top, right, bottom),
        };
        Rect { x: left, y: top, width: right - left, height: bottom - top }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn region(turned: u16) -> ImageRegion {
        ImageRegion {
            picture: Picture { sources: vec![] },
            frame: Rect::new(100.0, 200.0, 200.0, 100.0),
            mark: Rect::new(100.0, 200.0, 50.0, 20.0),
            turned,
            page: None,
        }
    }

    #[test]
    #[expect(clippy::cast_possible_truncation, reason = "hundredths of 1")]
    fn the_mark_turns_with_the_cut() {
        let at = |turned| {
            let r = region(turned).mark_in_cut();
            [r.x, r.y, r.width, r.height].map(|v| (v * 100.0).round() as i32)
        };
        assert_eq!(at(0), [0, 0, 25, 20]);
        // Turned right, the top left corner comes to the top right.
        assert_eq!(at(90), [80, 0, 20, 25]);
        assert_eq!(at(180), [75, 80, 25, 20]);
        // Turned left, it comes to the bottom left.
        assert_eq!(at(270), [0, 75, 20, 25]);
    }

    fn tiles(version: u32) -> Tiles {
        Tiles {
            base: "https://example.org/iiif/a".into(),
            version,
            format: "jpg".into(),
            tile: Size { width: 256, height: 256 },
            factors: vec![1, 2, 4],
        }
    }

    #[test]
    fn tiles_have_canonical_names() {
        let size = Size { width: 775, height: 600 };
        let name = |version, factor, column, row| {
            tiles(version)
                .at(size, factor, column, row)
                .0
                .split_off("https://example.org/iiif/a".len())
        };
        assert_eq!(name(3, 1, 0, 0), "/0,0,256,256/256,256/0/default.jpg");
        assert_eq!(name(3, 1, 3, 2), "/768,512,7,88/7,88/0/default.jpg");
        assert_eq!(name(2, 1, 3, 2), "/768,512,7,88/7,/0/default.jpg");
        assert_eq!(name(3, 4, 0, 0), "/full/194,150/0/default.jpg");
        assert_eq!(name(2, 4, 0, 0), "/full/194,/0/default.jpg");
        assert_eq!(tiles(3).grid(size, 1), (4, 3));
        let small = Size { width: 200, height: 100 };
        assert!(tiles(3).at(small, 1, 0, 0).0.ends_with("/full/max/0/default.jpg"));
        assert!(tiles(2).at(small, 1, 0, 0).0.ends_with("/full/full/0/default.jpg"));
    }

    #[test]
    fn the_factor_is_sharp_and_no_sharper() {
        for (scale, factor) in
            [(4.0, 1), (1.0, 1), (0.6, 1), (0.5, 2), (0.3, 2), (0.25, 4), (0.01, 4)]
        {
            assert_eq!(tiles(3).factor_for(scale), factor, "{scale}");
        }
    }

    proptest! {
        #[test]
        fn tiles_cover_the_image_once(
            width in 1u32..3000, height in 1u32..3000, side in 64u32..600, power in 0u32..4,
        ) {
            let size = Size { width, height };
            let tiles = Tiles { tile: Size { width: side, height: side }, ..tiles(3) };
            let factor = 1 << power;
            let (columns, rows) = tiles.grid(size, factor);
            let mut area = 0.0;
            for row in 0..rows {
                for column in 0..columns {
                    let part = tiles.at(size, factor, column, row).1;
                    prop_assert_eq!(part.within(size), Some(part));
                    area += part.area();
                }
            }
            prop_assert!((area - f64::from(width) * f64::from(height)).abs() < 1e-6);
        }

        #[test]
        fn the_best_source_is_the_smallest_that_is_sharp(want in 1u32..3000) {
            let picture = Picture {
                sources: [480, 960].map(|width| PictureSource { url: String::new(), width, height: 1 }).to_vec(),
            };
            let best = picture.best_for(want).unwrap().width;
            prop_assert_eq!(best, if want <= 480 { 480 } else { 960 });
        }
    }
}
