//! The drive around the pages: its project file, its warm-ups, its title picture.

use super::compose::{self, Composed};
use super::face::Faces;
use super::sheet::{Bounds, Sheet};
use super::{Made, jpeg, paper, pretty, save};
use crate::command::Trouble;
use image::RgbImage;
use image::imageops::{FilterType, crop_imm, resize};
use serde_json::{Value, json};
use std::path::Path;

/// A line, the word in it that is asked about, its answer, and what it teaches.
const WARM_UPS: &[(&str, usize, &str)] = &[
    ("Der alte Hafen von Seemünde", 2, "Type the word in the frame just as it is printed."),
    (
        "So ging ein weiſer Mann zur See",
        3,
        "ſ is an old s. It only looks like f: its bar stops short. Type s, or tap ſ.",
    ),
    (
        "und alle Dächer waren weiß",
        2,
        "Two small marks make ä, ö and ü. Their keys are just above your keyboard.",
    ),
];

/// Writes everything beside the pages.
pub(super) fn write(folder: &Path, faces: &Faces, pages: &[Made]) -> Result<(), Trouble> {
    let mut warm_ups = vec![];
    for (at, (text, word, hint)) in WARM_UPS.iter().enumerate() {
        let (sheet, words) = compose::strip(faces, text);
        let file = format!("warm-ups/{}.jpg", at + 1);
        let (image, mark) = cut_from_a_page(&sheet, words[*word]);
        save(&folder.join(&file), &jpeg(&image, 84)?)?;
        let answer = text.split(' ').nth(*word).unwrap_or_default();
        warm_ups.push(json!({
            "image": file,
            "mark": { "x": mark.l, "y": mark.t, "width": mark.r - mark.l, "height": mark.b - mark.t },
            "answer": { "text": answer },
            "hint": hint,
        }));
    }
    if let Some(first) = pages.first() {
        save(&folder.join("title.jpg"), &jpeg(&title(first), 82)?)?;
    }
    save(&folder.join("project.json"), pretty(&project(&warm_ups)).as_bytes())
}

/// A strip aged like a page, cut out of the middle of one: the edges of a sheet
/// would darken it.
fn cut_from_a_page(strip: &Sheet, word: Bounds) -> (RgbImage, Bounds) {
    let (left, top) = (320.0, 900.0);
    let mut sheet = Sheet::new(compose::WIDTH, compose::HEIGHT);
    let (width, height) = (strip.width, strip.height);
    for y in 0..height {
        for x in 0..width {
            let to = (y + top as usize) * sheet.width + x + left as usize;
            if let Some(cell) = sheet.ink.get_mut(to) {
                *cell = strip.ink[y * width + x];
            }
        }
    }
    let back = Sheet::new(sheet.width, sheet.height);
    let scan = paper::age(&sheet, &back, &paper::FIRST);
    let image =
        crop_imm(&scan.image, left as u32, top as u32, width as u32, height as u32).to_image();
    (image, scan.place(word.moved(left, top)).moved(-left, -top))
}

/// The head of the paper, at a size for links that are shared.
fn title(page: &Made) -> RgbImage {
    let Composed { head, .. } = &page.composed;
    let at = page.scan.place(*head);
    let (left, top) = ((at.l - 20.0).max(0.0) as u32, at.t.max(0.0) as u32);
    let width = ((at.r - at.l) as u32 + 40).min(page.scan.image.width() - left);
    let height = width * 630 / 1200;
    let cut = crop_imm(&page.scan.image, left, top, width, height).to_image();
    resize(&cut, 1200, 630, FilterType::CatmullRom)
}

fn project(warm_ups: &[Value]) -> Value {
    json!({
        "slug": "seemuende",
        "title": "Seemünde, 1863",
        "purpose": "One issue of a small harbour town's newspaper. A machine has read it and is unsure of \
                    many words; with your eyes it becomes text that can be searched, read aloud and quoted.",
        "voice": "For the people of Seemünde, their geese and their mole",
        "owner": { "name": "The reading room at the harbour" },
        "language": "de-Latf",
        "accent": "#8c3b2e",
        "tone": "playful",
        "layers": ["goal"],
        "kind": "typing",
        "rules": {
            "unit": "word",
            "characters": ["ä", "ö", "ü", "ß", "ſ", "Ä", "Ö", "Ü", "⸗", "„", "“", "Å"],
        },
        "rule": { "rule": "equal", "answers": 2, "at_most": 5 },
        "question": "What is printed in the frame?",
        "help": [
            {
                "title": "The long s",
                "body": "Old print has two kinds of s. The long one stands inside words and looks like an f whose bar stops short. Typing a plain s is fine.",
                "example": "ſ → s",
            },
            {
                "title": "Letters that look alike",
                "body": "B and V, N and R, k and t are easily mixed up, and so are n and u. The rest of the line often tells.",
                "example": "B V · N R",
            },
            {
                "title": "Two letters in one",
                "body": "ch, ck and tz are cast as one piece of type. Type both letters.",
                "example": "ch ck tz",
            },
            {
                "title": "At the end of a line",
                "body": "The double stroke is a hyphen: the word goes on in the next line. Type what stands inside the frame and leave the stroke out where it is outside.",
                "example": "⸗",
            },
            {
                "title": "Commas and full stops",
                "body": "If they are inside the frame, type them too.",
            },
            {
                "title": "Stains and folds",
                "body": "Guess only as far as you can see. “Can't read” is a good answer: somebody else may have better luck.",
            },
        ],
        "picking": { "which": "worst", "percent": 60, "controls_percent": 5 },
        "warm_ups": warm_ups,
        "picture": "title.jpg",
        "pages": [
            { "text": "page-1.xml", "image": "page-1.jpg", "label": "Page 1" },
            { "text": "page-2.xml", "image": "page-2.jpg", "label": "Page 2" },
        ],
    })
}
