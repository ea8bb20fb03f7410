//! What an image service says of itself: `info.json` of the Image API 2 and 3.

use domain::{Fault, Size, Tiles};
use serde_json::Value;

/// An image service.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Info {
    /// The image's size.
    pub size: Size,
    /// The API's version: 2 or 3.
    pub version: u32,
    /// 0 gives only what is listed, 1 any region in any width, 2 more.
    pub level: u32,
    /// How it is cut, where it says so: a tile's size, and original pixels for one of its.
    cut: Option<(Size, Vec<u32>)>,
    /// The sizes that are there of the whole image, smallest first.
    sizes: Vec<Size>,
    /// The widest, highest and largest image that it gives.
    most: (u32, u32, u64),
}

/// A tile's side where the service leaves it to us.
const SIDE: u32 = 512;
/// The width of a picture of the whole image.
const OVERVIEW: u32 = 1280;

/// Reads an `info.json`.
pub fn info(bytes: &[u8]) -> Result<Info, Fault> {
    let bad = |told: &str| Fault::new("bad-image-service", told);
    let json: Value = serde_json::from_slice(bytes).map_err(|_| {
        bad("The image service does not say what it is: its info.json cannot be read.")
    })?;
    let full = size(&json).ok_or_else(|| {
        bad("The image service does not say how large its image is, so nothing can be asked of it.")
    })?;
    let contexts = match &json["@context"] {
        Value::Array(items) => items.iter().filter_map(Value::as_str).collect(),
        one => one.as_str().into_iter().collect::<Vec<_>>(),
    };
    let named = |part: &str| contexts.iter().any(|context| context.contains(part));
    let version = if named("/image/3") || json["type"] == "ImageService3" {
        3
    } else if named("/image/2") || json["type"] == "ImageService2" {
        2
    } else {
        return Err(bad(
            "The image service speaks a version of the IIIF Image API before 2, which is not read here.",
        ));
    };
    let side =
        |name: &str| json[name].as_u64().and_then(|n| u32::try_from(n).ok()).filter(|n| *n > 0);
    let widest = side("maxWidth").unwrap_or(u32::MAX);
    let most = (
        widest,
        // Without a word of its own the height is limited as the width is.
        side("maxHeight").unwrap_or(widest),
        json["maxArea"].as_u64().filter(|n| *n > 0).unwrap_or(u64::MAX),
    );
    let listed = json["sizes"].as_array().into_iter().flatten();
    let mut sizes: Vec<Size> = listed.filter_map(size).collect();
    sizes.sort_by_key(|size| (size.width, size.height));
    Ok(Info { size: full, version, level: level(&json["profile"]), cut: cut(&json), sizes, most })
}

fn size(value: &Value) -> Option<Size> {
    let side = |name: &str| u32::try_from(value[name].as_u64()?).ok().filter(|side| *side > 0);
    Some(Size { width: side("width")?, height: side("height")? })
}

/// The compliance level, from `level1`, a profile's address or a list that begins with one.
fn level(profile: &Value) -> u32 {
    let first = profile.as_array().and_then(|items| items.first()).unwrap_or(profile);
    let text = first.as_str().unwrap_or_default();
    (1..=2).rev().find(|level| text.contains(&format!("level{level}"))).unwrap_or(0)
}

fn cut(json: &Value) -> Option<(Size, Vec<u32>)> {
    let tile = &json["tiles"][0];
    let side = |name: &str| tile[name].as_u64().and_then(|n| u32::try_from(n).ok());
    let width = side("width").filter(|side| (1..=8192).contains(side))?;
    let height = side("height").unwrap_or(width).clamp(1, 8192);
    let factors = tile["scaleFactors"].as_array()?.iter();
    let fitting = |n: &u64| (1..=1 << 16).contains(n);
    let factors = factors.filter_map(Value::as_u64).filter(fitting);
    let mut factors: Vec<u32> = factors.filter_map(|n| u32::try_from(n).ok()).collect();
    factors.sort_unstable();
    factors.dedup();
    (!factors.is_empty()).then_some((Size { width, height }, factors))
}

impl Info {
    /// How the image is asked for in tiles, under `base`; `None` for a service that only has
    /// whole sizes.
    pub fn tiles(&self, base: &str) -> Option<Tiles> {
        let (tile, factors) = match &self.cut {
            Some((tile, factors)) => (*tile, factors.clone()),
            None if self.level == 0 => return None,
            None => (Size { width: SIDE, height: SIDE }, vec![1]),
        };
        let limited =
            Size { width: tile.width.min(self.most.0), height: tile.height.min(self.most.1) };
        if self.level == 0 && limited != tile {
            return None;
        }
        let mut tiles = Tiles {
            base: base.to_owned(),
            version: self.version,
            format: "jpg".to_owned(),
            tile: limited,
            factors,
        };
        if self.level > 0 {
            // Any region can be had, so that there is always one tile that shows it all.
            let mut last = tiles.factors.last().copied().unwrap_or(1);
            while tiles.grid(self.size, last) != (1, 1) && last < 1 << 15 {
                last *= 2;
                tiles.factors.push(last);
            }
            if tiles.factors.first() != Some(&1) {
                tiles.factors.insert(0, 1);
            }
        }
        // The smallest of a tiny image would be tiles of a pixel or two.
        let first_whole = tiles.factors.iter().position(|f| tiles.grid(self.size, *f) == (1, 1));
        if let Some(at) = first_whole {
            tiles.factors.truncate(at + 1);
        }
        Some(tiles)
    }

    /// Where the whole image may be, best first, as paths under the service's address: about as
    /// wide as a phone's screen is sharp, and never larger than the service gives.
    pub fn overviews(&self) -> Vec<String> {
        let mut wanted = Vec::new();
        if self.level > 0 {
            wanted.push(self.shrunk_to(OVERVIEW));
        }
        let enough = self.sizes.iter().position(|size| size.width >= OVERVIEW / 2);
        let at = enough.unwrap_or(self.sizes.len().saturating_sub(1));
        wanted.extend(self.sizes.get(at).copied());
        wanted.extend(self.sizes.iter().rev().copied().filter(|size| size.width < OVERVIEW * 4));
        let mut paths: Vec<String> = wanted.into_iter().map(|size| self.whole(size)).collect();
        if let Some(tiles) = self.tiles("") {
            let whole = tiles.factors.iter().filter(|f| tiles.grid(self.size, **f) == (1, 1));
            paths.extend(whole.map(|factor| {
                tiles.at(self.size, *factor, 0, 0).0.trim_start_matches('/').to_owned()
            }));
        }
        let mut seen = std::collections::BTreeSet::new();
        paths.retain(|path| seen.insert(path.clone()));
        paths
    }

    /// Where the largest whole image is that the service has, as a path under its address.
    pub fn largest(&self) -> String {
        self.whole(self.sizes.last().copied().unwrap_or(self.size))
    }

    /// The path of the whole image in a size, as the version names it.
    fn whole(&self, size: Size) -> String {
        let scaled = match self.version {
            2 if size == self.size => "full".to_owned(),
            2 => format!("{},", size.width),
            _ if size == self.size => "max".to_owned(),
            _ => format!("{},{}", size.width, size.height),
        };
        format!("full/{scaled}/0/default.jpg")
    }

    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_precision_loss,
        clippy::cast_sign_loss,
        reason = "smaller than the image, whose sides are u32"
    )]
    fn shrunk_to(&self, width: u32) -> Size {
        let (full, most) = (self.size, self.most);
        let (w, h) = (f64::from(full.width), f64::from(full.height));
        let scale = (f64::from(width.min(most.0)) / w)
            .min(f64::from(most.1) / h)
            .min((most.2 as f64 / (w * h)).sqrt())
            .min(1.0);
        Size { width: ((w * scale) as u32).max(1), height: ((h * scale) as u32).max(1) }
    }
}
