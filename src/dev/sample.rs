//! The generator of the sample drive: two pages of an invented newspaper,
//! typeset in old faces, aged as a scan of old paper is, with an ALTO that
//! misreads as OCR does; and a drive for each kind of campaign, drawn by hand.
//! The same sources give the same bytes.

#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    clippy::many_single_char_names,
    reason = "pixels and places on a sheet, all far smaller than their types"
)]

mod alto;
mod art;
mod built;
mod campaigns;
mod chance;
mod compose;
mod creature;
mod drive;
mod face;
mod form;
mod land;
mod misread;
mod nature;
mod ornament;
mod paper;
mod sheet;
mod sound;

use crate::command::Trouble;
use crate::fingerprint::{files, of_bytes};
use crate::place::Place;
use campaigns::{Fonts, Kit};
use compose::Composed;
use face::{Face, Faces};
use image::RgbImage;
use jpeg_encoder::{ColorType, Encoder, SamplingFactor};
use std::fs;
use std::path::Path;

/// One page as it was printed and as it was scanned.
struct Made {
    composed: Composed,
    scan: paper::Scan,
}

/// `cargo dev sample`: writes the folder `sample`; or the drives that are named.
pub(crate) fn make(place: &Place, fonts: &Path, only: &[String]) -> Result<(), Trouble> {
    let folder = place.at("sample");
    let load = |family: &str, file: &str| {
        let path = fonts.join(family).join("files").join(file);
        let bytes = fs::read(&path).map_err(Trouble::file("read", &path))?;
        face::unpack(&bytes).ok_or_else(|| Trouble::new(format!("{file} is no WOFF font.")))
    };
    let body = load("unifrakturmaguntia", "unifrakturmaguntia-latin-400-normal.woff")?;
    let head = load("unifrakturcook", "unifrakturcook-latin-700-normal.woff")?;
    let latin = load("im-fell-english", "im-fell-english-latin-400-normal.woff")?;
    let broken = || Trouble::new("A typeface could not be read.");
    let faces = Faces {
        body: Face::new(&body, face::MAGUNTIA).ok_or_else(broken)?,
        head: Face::new(&head, face::COOK).ok_or_else(broken)?,
        latin: Face::new(&latin, face::NO_LONG_S).ok_or_else(broken)?,
    };

    let needed = only.is_empty() || only.iter().any(|name| name.starts_with("seemuende"));
    let pages = if needed { newspaper(&folder, &faces)? } else { vec![] };
    let hand = load("caveat", "caveat-latin-700-normal.woff")?;
    let typed = load("courier-prime", "courier-prime-latin-400-normal.woff")?;
    let kit = Kit {
        hand: Face::new(&hand, face::NO_LONG_S).ok_or_else(broken)?,
        typed: Face::new(&typed, face::NO_LONG_S).ok_or_else(broken)?,
        print: Face::new(&latin, face::NO_LONG_S).ok_or_else(broken)?,
        fonts: Fonts { hand: hand.clone(), typed: typed.clone(), print: latin.clone() },
        pages: &pages,
    };
    campaigns::make(&folder, &kit, only)?;
    manifest(&folder)
}

/// The drive of the newspaper, and its pages for those who want a piece of them.
fn newspaper(folder: &Path, faces: &Faces) -> Result<Vec<Made>, Trouble> {
    fs::create_dir_all(folder.join("warm-ups")).map_err(Trouble::file("make", folder))?;
    println!("setting two pages …");
    let first = compose::front(faces, include_str!("sample/page-1.txt"));
    let second = compose::back(faces, include_str!("sample/page-2.txt"));
    println!("letting them grow old …");
    let scans = [
        paper::age(&first.sheet, &second.sheet, &paper::FIRST),
        paper::age(&second.sheet, &first.sheet, &paper::SECOND),
    ];
    let mut pages = vec![];
    for (composed, scan) in [first, second].into_iter().zip(scans) {
        pages.push(Made { composed, scan });
    }
    let mut truth = serde_json::Map::new();
    for (at, page) in pages.iter().enumerate() {
        let name = format!("page-{}", at + 1);
        let written = alto::write(page, &name, at as u64 + 1);
        save(&folder.join(format!("{name}.jpg")), &jpeg(&page.scan.image, 66)?)?;
        save(&folder.join(format!("{name}.xml")), written.text.as_bytes())?;
        println!(
            "  {name}: {} words, {} misread, {} of those with a confidence above 0.8",
            written.words, written.wrong, written.hidden
        );
        truth.insert(name, written.truth.into());
    }
    save(&folder.join("truth.json"), pretty(&truth.into()).as_bytes())?;
    drive::write(folder, faces, &pages)?;
    Ok(pages)
}

/// As scanners and libraries write it: colour at half the resolution, progressive.
fn jpeg(image: &RgbImage, quality: u8) -> Result<Vec<u8>, Trouble> {
    let size = |length: u32| u16::try_from(length).unwrap_or(u16::MAX);
    let mut bytes = vec![];
    let mut encoder = Encoder::new(&mut bytes, quality);
    encoder.set_sampling_factor(SamplingFactor::F_2_2);
    encoder.set_progressive(true);
    encoder.set_optimized_huffman_tables(true);
    encoder
        .encode(image.as_raw(), size(image.width()), size(image.height()), ColorType::Rgb)
        .map_err(|e| Trouble::new(format!("Could not write a JPEG: {e}.")))?;
    Ok(bytes)
}

fn save(path: &Path, bytes: &[u8]) -> Result<(), Trouble> {
    fs::write(path, bytes).map_err(Trouble::file("write", path))
}

fn pretty(value: &serde_json::Value) -> String {
    format!("{value:#}\n")
}

/// The fingerprint of every file, by which `cargo dev check` sees a change by hand.
fn manifest(folder: &Path) -> Result<(), Trouble> {
    let mut lines = String::new();
    for file in files(folder)? {
        let name = file.strip_prefix(folder).unwrap_or(&file).to_string_lossy().into_owned();
        if matches!(name.as_str(), "manifest.txt" | "README.md") {
            continue;
        }
        let bytes = fs::read(&file).map_err(Trouble::file("read", &file))?;
        lines += &[&of_bytes(&bytes), "  ", &name, "\n"].concat();
    }
    save(&folder.join("manifest.txt"), lines.as_bytes())
}
