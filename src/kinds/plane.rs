//! Subjects as pictures on a stage. Everything is laid in pixels of the original image, so that
//! what is drawn there is stored as it is.

use crate::sharp;
use crate::view::sharp_source;
use domain::{
    Image, ImagePair, ImageRegion, MapTile, Picture, PictureSource, Rect, Size, Subject, Tiles,
};
use std::sync::Arc;
use ui::stage::{Area, Piece, Plane, Tiling};

/// What a subject's picture is on a stage; none for what is no picture. Of a pair it is the first.
pub fn plane_of(subject: &Subject) -> Option<Plane> {
    match subject {
        Subject::Image(image) => Some(of_image(image)),
        Subject::ImageRegion(region) => Some(of_region(region)),
        Subject::ImagePair(pair) => Some(plane_of_before(pair)),
        Subject::MapTile(tile) => Some(of_tile(tile)),
        Subject::Text(_) | Subject::Audio(_) | Subject::Video(_) => None,
    }
}

/// The first image of a pair.
pub fn plane_of_before(pair: &ImagePair) -> Plane {
    Plane { place: place(pair), ..of_image(&pair.before) }
}

/// The second image of a pair, in pixels of the first, so that both lie in step.
pub fn plane_of_after(pair: &ImagePair) -> Plane {
    let (before, after) = (pair.before.size, pair.after.size);
    let by = (
        f64::from(before.width) / f64::from(after.width.max(1)),
        f64::from(before.height) / f64::from(after.height.max(1)),
    );
    Plane { place: place(pair), ..of_image_at(&pair.after, before, by) }
}

/// What tells the place of a pair from others.
fn place(pair: &ImagePair) -> String {
    pair.before.picture.sources.last().map(|source| source.url.clone()).unwrap_or_default()
}

/// A whole image.
pub fn of_image(image: &Image) -> Plane {
    of_image_at(image, image.size, (1.0, 1.0))
}

/// An image whose pixels are `by` of the stage's, across and down.
fn of_image_at(image: &Image, size: Size, by: (f64, f64)) -> Plane {
    let whole = whole(size);
    let first = sharp_source(&image.picture);
    // Up to this scale the file that is shown first is as fine as the screen.
    let enough = first.map_or(0.0, |first| f64::from(first.width) / whole.width.max(1.0));
    let tiling = match &image.tiles {
        Some(tiles) => Some(tiled(tiles.clone(), image.size, by, enough)),
        None => finer(&image.picture, first, enough, size),
    };
    let pieces = first.map(|first| Piece { url: first.url.clone(), area: whole, turns: 0 });
    Plane {
        size: (whole.width, whole.height),
        area: whole,
        pieces: pieces.into_iter().collect(),
        tiling,
        alt: image.alt.clone(),
        ..Plane::default()
    }
}

/// The tiles of a large image that are seen, once it is enlarged beyond what is `enough`.
fn tiled(tiles: Tiles, size: Size, by: (f64, f64), enough: f64) -> Tiling {
    let name = tiles.base.clone();
    let at = move |seen: Area, scale: f64| {
        if scale <= enough {
            return vec![];
        }
        let factor = tiles.factor_for(scale * by.0.max(by.1));
        let (columns, rows) = tiles.grid(size, factor);
        let covers = |pixels: u32| f64::from(pixels.max(1)) * f64::from(factor.max(1));
        let (wide, high) = (covers(tiles.tile.width) * by.0, covers(tiles.tile.height) * by.1);
        let mut list = vec![];
        for row in between(seen.y / high, seen.bottom() / high, rows) {
            for column in between(seen.x / wide, seen.right() / wide, columns) {
                let (url, part) = tiles.at(size, factor, column, row);
                list.push((url, area_of(&part.scaled(by.0, by.1))));
            }
        }
        list
    };
    Tiling { name, at: Arc::new(at) }
}

/// The whole numbers from `from` to `to` that are below `count`.
fn between(from: f64, to: f64, count: u32) -> std::ops::Range<u32> {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "tiles")]
    let whole = |at: f64| at.floor().max(0.0).min(f64::from(count)) as u32;
    whole(from)..(whole(to) + 1).min(count)
}

/// The finest file of a picture, once it is enlarged beyond what is `enough`.
fn finer(
    picture: &Picture,
    first: Option<&PictureSource>,
    enough: f64,
    size: Size,
) -> Option<Tiling> {
    let finest = picture.sources.last()?.clone();
    if first?.width >= finest.width {
        return None;
    }
    let name = finest.url.clone();
    let at = move |_: Area, scale: f64| {
        // A little more is no reason to fetch it whole.
        let wanted = scale > enough * 1.15;
        if wanted { vec![(finest.url.clone(), whole(size))] } else { vec![] }
    };
    Some(Tiling { name, at: Arc::new(at) })
}

/// A part of a page: the cut lies where it was cut from, the page, where there is one, around it.
fn of_region(region: &ImageRegion) -> Plane {
    let frame = area_of(&region.frame);
    let mut pieces = vec![];
    let mut area = frame;
    if let Some(page) = &region.page
        && let Some(url) = sharp(&page.picture)
    {
        area = whole(page.size);
        pieces.push(Piece { url, area, turns: 0 });
    }
    let turns = u8::try_from(region.turned / 90 % 4).unwrap_or(0);
    pieces.extend(sharp(&region.picture).map(|url| Piece { url, area: frame, turns }));
    let alt = match &region.page {
        Some(page) => page.label.clone(),
        None => String::new(),
    };
    Plane {
        size: (area.right(), area.bottom()),
        area,
        pieces,
        tiling: None,
        focus: (region.mark != region.frame).then(|| area_of(&region.mark)),
        turns,
        alt,
        place: String::new(),
    }
}

/// A tile in the middle of those around it.
fn of_tile(tile: &MapTile) -> Plane {
    let here = whole(tile.size);
    let mut around = Rect::new(0.0, 0.0, here.width, here.height);
    let mut pieces = vec![];
    for near in &tile.around {
        let place = Rect::new(
            f64::from(near.dx) * here.width,
            f64::from(near.dy) * here.height,
            here.width,
            here.height,
        );
        around = around.union(&place);
        pieces.extend(sharp(&near.picture).map(|url| Piece {
            url,
            area: area_of(&place),
            turns: 0,
        }));
    }
    pieces.extend(sharp(&tile.picture).map(|url| Piece { url, area: here, turns: 0 }));
    Plane {
        size: (here.width, here.height),
        area: area_of(&around),
        pieces,
        alt: "From above, tile ".to_owned() + &place_of(tile),
        focus: (!tile.around.is_empty()).then_some(here),
        ..Plane::default()
    }
}

/// Which tile of the world's map it is, and whose map that is.
pub(crate) fn place_and_owner(tile: &MapTile) -> String {
    let mut text = "Tile ".to_owned() + &place_of(tile);
    if !tile.attribution.is_empty() {
        text += " · ";
        text += &tile.attribution;
    }
    text
}

/// Zoom, column and row.
pub(crate) fn place_of(tile: &MapTile) -> String {
    [tile.z, tile.x, tile.y].map(|number| number.to_string()).join("/")
}

fn whole(size: Size) -> Area {
    Area::new(0.0, 0.0, size.width.into(), size.height.into())
}

fn area_of(rect: &Rect) -> Area {
    Area::new(rect.x, rect.y, rect.width, rect.height)
}

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn tiles_come_once_the_first_file_is_not_fine_enough() {
        let tiles = Tiles {
            base: "/iiif/a".into(),
            version: 3,
            format: "webp".into(),
            tile: Size { width: 512, height: 512 },
            factors: vec![1, 2, 4, 8],
        };
        let size = Size { width: 8000, height: 6000 };
        let tiling = tiled(tiles, size, (1.0, 1.0), 0.2);
        assert_eq!((tiling.at)(whole(size), 0.2), vec![]);
        let corner = Area::new(0.0, 0.0, 2000.0, 1000.0);
        let places: Vec<Area> = (tiling.at)(corner, 0.21).into_iter().map(|(_, at)| at).collect();
        assert_eq!(places, [Area::new(0.0, 0.0, 2048.0, 2048.0)]);
    }
}
