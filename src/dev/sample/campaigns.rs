//! One drive for each kind of campaign that people really run: what it asks,
//! its pictures, and the answers that its first tasks teach by. The truth is
//! known, because the same code drew the scene.

mod chorus;
mod expenses;
mod fair;
mod fire;
mod flood;
mod harbour;
mod lines;
mod market;
mod pairs;
mod rumour;
mod same;
mod shelter;
mod sms;
mod steppe;
mod storm;
mod villages;

use super::face::Face;
use super::land::Tiled;
use super::{Made, jpeg, pretty, save};
use crate::command::Trouble;
use image::RgbImage;
use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};

/// What every campaign draws and writes with.
pub(super) struct Kit<'a> {
    /// A quick hand.
    pub(super) hand: Face<'a>,
    /// A typewriter.
    pub(super) typed: Face<'a>,
    /// Old print.
    pub(super) print: Face<'a>,
    /// The three as files, for PDF.
    pub(super) fonts: Fonts,
    /// The newspaper, page by page.
    pub(super) pages: &'a [Made],
}

/// Fonts as PDF wants them: whole files.
pub(super) struct Fonts {
    pub(super) hand: Vec<u8>,
    pub(super) typed: Vec<u8>,
    pub(super) print: Vec<u8>,
}

type Make = fn(&Drive, &Kit) -> Result<(), Trouble>;

const ALL: &[(&str, Make)] = &[
    ("after-the-storm", pairs::storm),
    ("council-expenses", expenses::make),
    ("dawn-chorus", chorus::make),
    ("fair-receipts", fair::make),
    ("fire-watch", fire::make),
    ("flood-damage", flood::make),
    ("forest-pairs", pairs::forest),
    ("harbour-panorama", harbour::make),
    ("market-photos", market::make),
    ("quiet-villages", villages::make),
    ("rumour-desk", rumour::make),
    ("seemuende-lines", lines::make),
    ("seemuende-same", same::make),
    ("shelter-photos", shelter::make),
    ("sms-translations", sms::make),
    ("steppe-cameras", steppe::make),
    ("storm-roofs", storm::make),
];

/// Makes those that are asked for by their slugs, or all.
pub(super) fn make(folder: &Path, kit: &Kit, only: &[String]) -> Result<(), Trouble> {
    for (slug, make) in ALL {
        if only.is_empty() || only.iter().any(|name| name == slug) {
            println!("drawing {slug} …");
            make(&Drive::new(folder.join(slug))?, kit)?;
        }
    }
    Ok(())
}

/// The folder of one drive.
struct Drive {
    folder: PathBuf,
}

impl Drive {
    /// An empty folder: what an older generator left there goes.
    fn new(folder: PathBuf) -> Result<Self, Trouble> {
        if folder.exists() {
            fs::remove_dir_all(&folder).map_err(Trouble::file("empty", &folder))?;
        }
        fs::create_dir_all(&folder).map_err(Trouble::file("make", &folder))?;
        Ok(Self { folder })
    }

    fn file(&self, name: &str, bytes: &[u8]) -> Result<(), Trouble> {
        let path = self.folder.join(name);
        if let Some(above) = path.parent() {
            fs::create_dir_all(above).map_err(Trouble::file("make", above))?;
        }
        save(&path, bytes)
    }

    fn picture(&self, name: &str, picture: &RgbImage, quality: u8) -> Result<(), Trouble> {
        self.file(name, &jpeg(picture, quality)?)
    }

    fn project(&self, project: &Value) -> Result<(), Trouble> {
        self.file("project.json", pretty(project).as_bytes())
    }
}

/// The file of a cut: those of the lessons come first.
fn cut_name(at: usize, lessons: usize) -> String {
    match (at + 1).checked_sub(lessons) {
        None | Some(0) => format!("practice-{}.jpg", at + 1),
        Some(number) => format!("line-{number:02}.jpg"),
    }
}

/// So many of them, spread over all.
fn spread<T>(all: Vec<T>, count: usize) -> Vec<T> {
    let step = (all.len() / count.max(1)).max(1);
    all.into_iter().step_by(step).take(count).collect()
}

/// A number as it stands in a project file: tenths of a pixel are enough.
fn number(value: f32) -> Value {
    json!((f64::from(value) * 10.0).round() / 10.0)
}

/// An entry of the help with a picture.
fn entry(title: &str, body: &str, picture: &str) -> Value {
    json!({ "title": title, "body": body, "picture": picture })
}

/// A tile of a map as a subject.
fn tile(tiled: &Tiled, (column, row): (u32, u32), attribution: &str) -> Value {
    json!({
        "type": "map_tile", "z": tiled.z, "x": tiled.at.0 + column, "y": tiled.at.1 + row,
        "tiles": "tiles/{z}/{x}/{y}.jpg", "around": 1, "attribution": attribution,
    })
}
