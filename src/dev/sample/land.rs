//! Land seen from above: one plan, drawn once and cut into tiles, so that
//! neighbours fit; or drawn twice, before and after.

mod paint;
mod plan;

pub(super) use paint::{Mood, draw};
pub(super) use plan::{Dwelling, Land, Roof, Wood};

use image::RgbImage;
use image::imageops::crop_imm;

/// The side of a tile in pixels.
pub(super) const TILE: u32 = 256;

/// A map cut into tiles: `at` is the column and row of its first one in the world.
pub(super) struct Tiled {
    pub(super) z: u32,
    pub(super) at: (u32, u32),
    pub(super) size: (u32, u32),
}

impl Tiled {
    /// Every tile with its file's name.
    pub(super) fn cut<'a>(
        &'a self,
        map: &'a RgbImage,
    ) -> impl Iterator<Item = (String, RgbImage)> + 'a {
        (0..self.size.1).flat_map(move |row| {
            (0..self.size.0).map(move |column| {
                let tile = crop_imm(map, column * TILE, row * TILE, TILE, TILE).to_image();
                let name =
                    format!("tiles/{}/{}/{}.jpg", self.z, self.at.0 + column, self.at.1 + row);
                (name, tile)
            })
        })
    }

    /// The tiles that have all eight neighbours.
    pub(super) fn inner(&self) -> Vec<(u32, u32)> {
        let rows = 1..self.size.1 - 1;
        rows.flat_map(|row| (1..self.size.0 - 1).map(move |column| (column, row))).collect()
    }

    /// A point of the map in the pixels of a tile; none where it is not in it.
    pub(super) fn inside(
        &self,
        (column, row): (u32, u32),
        (x, y): (f32, f32),
    ) -> Option<(f32, f32)> {
        if column >= self.size.0 || row >= self.size.1 {
            return None;
        }
        let (x, y) = (x - (column * TILE) as f32, y - (row * TILE) as f32);
        let side = TILE as f32;
        ((0.0..side).contains(&x) && (0.0..side).contains(&y)).then_some((x, y))
    }
}

#[cfg(test)]
mod tests {
    use super::super::art::{Art, PAPER};
    use super::*;

    #[test]
    fn tiles_fit_together_again() {
        let tiled = Tiled { z: 3, at: (4, 5), size: (3, 3) };
        let mut art = Art::new(3 * TILE, 3 * TILE, PAPER, 1);
        draw(&mut art, &Land::village(2, (768.0, 768.0)), &Mood::MEADOW);
        let map = art.finish(1.0);
        let mut again = RgbImage::new(3 * TILE, 3 * TILE);
        for (at, (_, tile)) in tiled.cut(&map).enumerate() {
            let (column, row) = (at as i64 % 3, at as i64 / 3);
            let side = i64::from(TILE);
            image::imageops::replace(&mut again, &tile, column * side, row * side);
        }
        assert_eq!(again, map);
        assert_eq!(tiled.inner(), [(1, 1)]);
    }

    #[test]
    fn a_point_is_in_one_tile() {
        let tiled = Tiled { z: 3, at: (4, 5), size: (3, 3) };
        assert_eq!(tiled.inside((1, 1), (260.0, 300.0)), Some((4.0, 44.0)));
        assert_eq!(tiled.inside((0, 1), (260.0, 300.0)), None);
    }
}
