//! Tiles of a map with those around them, from files beside the project or from a map's server.

use super::{
    off_thread,
    subjects::{Kept, Maker, bad},
};
use crate::{
    error::{Error, Result},
    fetch::NOT_THERE,
    media,
    project::MapTileIn,
};
use domain::{Fault, MapTile, Neighbour, Picture, Size, Subject};
use std::sync::Arc;

/// The largest tile that is fetched, in bytes.
const LARGEST: usize = 8 << 20;
/// Among the pictures that were made, a tile.
const FORM: u8 = 4;

/// A tile, where it lies from the one that is asked about, and where it is.
struct Place {
    dx: i32,
    dy: i32,
    name: String,
}

/// Whether tiles are a server's and no files.
fn is_far(tiles: &str) -> bool {
    tiles.contains("://")
}

/// Every tile that is needed, the one in the middle first.
fn places(tile: &MapTileIn) -> Result<Vec<Place>, Fault> {
    let MapTileIn { z, x, y, tiles, around, .. } = tile;
    let wide = 1u32.checked_shl(*z).filter(|_| *z <= 24);
    let wide = wide.ok_or_else(|| bad("A map's zoom is 0 to 24."))?;
    if *x >= wide || *y >= wide {
        return Err(bad(&format!("At zoom {z}, x and y are 0 to {}.", wide - 1)));
    }
    if *around > 2 {
        return Err(bad("A map's tile is shown with 0, 1 or 2 tiles around it."));
    }
    if !["{z}", "{x}", "{y}"].iter().all(|part| tiles.contains(part)) {
        return Err(bad(
            "“tiles” says where they are, such as tiles/{z}/{x}/{y}.jpg or https://maps.example.org/{z}/{x}/{y}.png.",
        ));
    }
    let name = |x: u32, y: u32| {
        let at = |text: String, part: &str, value: u32| text.replace(part, &value.to_string());
        at(at(at(tiles.clone(), "{z}", *z), "{x}", x), "{y}", y)
    };
    let mut places = vec![Place { dx: 0, dy: 0, name: name(*x, *y) }];
    let reach = i32::try_from(*around).unwrap_or(0);
    for dy in -reach..=reach {
        for dx in -reach..=reach {
            // East of the last column lies the first; beyond the poles lies nothing.
            let column = (i64::from(*x) + i64::from(dx)).rem_euclid(i64::from(wide));
            let row = y.checked_add_signed(dy).filter(|row| *row < wide);
            let (Ok(column), Some(row)) = (u32::try_from(column), row) else { continue };
            if (dx, dy) != (0, 0) && (column, row) != (*x, *y) {
                places.push(Place { dx, dy, name: name(column, row) });
            }
        }
    }
    Ok(places)
}

/// A tile with those around it. One around it that is not there is left away; where its server
/// fails, the whole subject is refused, so that it can be sent again.
pub(super) async fn tile(maker: &Maker, tile: MapTileIn) -> Result<Kept> {
    let mut files = Vec::new();
    let mut found: Vec<(i32, i32, Picture, Size)> = Vec::new();
    for Place { dx, dy, name } in places(&tile)? {
        match one(maker, &tile.tiles, name, &mut files).await {
            Ok((picture, size)) => found.push((dx, dy, picture, size)),
            Err(Error::Fault(fault))
                if !found.is_empty() && ["file-missing", NOT_THERE].contains(&fault.code) => {}
            Err(error) => return Err(error),
        }
    }
    let mut found = found.into_iter();
    let Some((_, _, picture, size)) = found.next() else {
        return Err(Error::internal("a map's tile without a place"));
    };
    let around = found.map(|(dx, dy, picture, _)| Neighbour { dx, dy, picture }).collect();
    let MapTileIn { z, x, y, attribution, .. } = tile;
    Ok((Subject::MapTile(MapTile { z, x, y, picture, size, around, attribution }), files))
}

async fn one(
    maker: &Maker,
    tiles: &str,
    name: String,
    files: &mut Vec<media::MediaFile>,
) -> Result<(Picture, Size)> {
    if !is_far(tiles) {
        return made(maker, name, None, files).await;
    }
    if let Some(known) = maker.fetched(&name) {
        return Ok(known);
    }
    let bytes = maker.media().fetcher().get(&name, LARGEST).await?;
    let picture = made(maker, name.clone(), Some(bytes), files).await?;
    maker.note_fetched(name, picture.clone());
    Ok(picture)
}

/// The picture of a tile, of the file of that name where its bytes are not at hand.
async fn made(
    maker: &Maker,
    name: String,
    bytes: Option<Vec<u8>>,
    files: &mut Vec<media::MediaFile>,
) -> Result<(Picture, Size)> {
    let shared = Arc::clone(&maker.shared);
    let (picture, mut new) = off_thread(move || {
        let mut new = Vec::new();
        let shape = |held: &media::Held| media::tile(&held.image);
        let picture = match bytes {
            Some(bytes) => shared.picture_of(&name, &bytes, FORM, &mut new, shape)?,
            None => shared.picture(&name, FORM, &mut new, shape)?,
        };
        Ok((picture, new))
    })
    .await?;
    files.append(&mut new);
    Ok(picture)
}
