//! `seemuende-same`, after Digitalkoot's "same or not?": does the reading say what is printed?

use super::super::Made;
use super::super::art::{Art, At, INK, WHITE, rect};
use super::super::chance::Chance;
use super::super::creature::mole;
use super::super::misread;
use super::super::sheet::Bounds;
use super::{Drive, Kit, cut_name, number, spread};
use crate::command::Trouble;
use image::imageops::{FilterType, crop_imm, resize};
use serde_json::{Value, json};

/// A printed word: its page, where it is on the scan, its text.
struct Printed<'a> {
    page: &'a Made,
    at: Bounds,
    text: &'a str,
}

const COUNT: usize = 20;
const LESSONS: usize = 3;

pub(super) fn make(drive: &Drive, kit: &Kit) -> Result<(), Trouble> {
    let words = pick(kit.pages, COUNT + LESSONS);
    let (mut subjects, mut warm_ups) = (vec![], vec![]);
    for (at, word) in words.iter().enumerate() {
        let mut chance = Chance::new(at as u64 + 8);
        let reading = if (at * 5 + at / 2) % 2 == 0 {
            None
        } else {
            misread::mistaken(word.text, &mut chance)
        };
        let lesson = at < LESSONS;
        let file = cut_name(at, LESSONS);
        let mark = cut(drive, &file, word.page, word.at)?;
        let mut one = json!({
            "type": "image_region", "file": file, "mark": mark, "label": "A piece of the page",
            "text": reading.as_deref().unwrap_or(word.text),
        });
        if lesson {
            one["answer"] =
                json!({ "choices": [if reading.is_some() { "different" } else { "same" }] });
            one["hint"] = match &reading {
                Some(wrong) => format!(
                    "Printed is “{}”, the machine read “{wrong}”. That is enough: different.",
                    word.text
                ),
                None => format!("“{}” is what is printed, letter by letter: same.", word.text),
            }
            .into();
            warm_ups.push(one);
        } else {
            subjects.push(one);
        }
    }
    drive.picture("title.jpg", &title(&words), 76)?;
    drive.project(&project(&subjects, &warm_ups))
}

/// Words that can be mistaken, spread over both pages.
fn pick(pages: &[Made], count: usize) -> Vec<Printed<'_>> {
    let mut all = vec![];
    for page in pages {
        for line in page.composed.blocks.iter().flat_map(|block| &block.lines) {
            for word in line {
                let letters = word.text.chars().filter(|c| c.is_alphabetic()).count();
                let plain = word.half.is_none() && letters == word.text.chars().count();
                let at = page.scan.place(word.bounds);
                let high = at.b - at.t;
                if plain
                    && (5..=11).contains(&letters)
                    && high < 60.0
                    && page.scan.damage(at) < 0.25
                {
                    all.push(Printed { page, at, text: &word.text });
                }
            }
        }
    }
    spread(all, count)
}

/// Cuts a place of a scan out with its surroundings; where it is in the cut.
pub(super) fn cut(drive: &Drive, file: &str, page: &Made, at: Bounds) -> Result<Value, Trouble> {
    let scan = &page.scan.image;
    let (wide, high) = (at.r - at.l, at.b - at.t);
    let left = (at.l - 150.0).max(0.0);
    let top = (at.t - 62.0).max(0.0);
    let width = (wide + 300.0).min(scan.width() as f32 - left);
    let height = (high + 124.0).min(scan.height() as f32 - top);
    let image = crop_imm(scan, left as u32, top as u32, width as u32, height as u32).to_image();
    drive.picture(file, &image, 74)?;
    let (left, top) = (left.floor(), top.floor());
    Ok(json!({
        "x": number(at.l - left - 3.0), "y": number(at.t - top - 3.0),
        "width": number(wide + 6.0), "height": number(high + 6.0),
    }))
}

fn title(words: &[Printed]) -> image::RgbImage {
    let mut art = Art::new(960, 504, [206, 190, 160], 9);
    if let Some(word) = words.first() {
        let scan = &word.page.scan.image;
        let piece = crop_imm(scan, 120, 520, 1_200, 630).to_image();
        art.paste(&resize(&piece, 960, 504, FilterType::CatmullRom), 0, 0);
    }
    for (at, (x, sign)) in [(360.0, "="), (640.0, "≠")].into_iter().enumerate() {
        let y = 170.0 + at as f32 * 60.0;
        art.fill(&rect(x + 7.0, y + 9.0, 190.0, 150.0), INK, 0.25);
        art.draw(&rect(x, y, 190.0, 150.0), WHITE, 3.2);
        for dy in [56.0, 92.0] {
            art.ink(
                &super::super::art::line(&[(x + 55.0, y + dy), (x + 135.0, y + dy)]),
                11.0,
                [140, 59, 46],
            );
        }
        if sign == "≠" {
            art.ink(
                &super::super::art::line(&[(x + 116.0, y + 26.0), (x + 74.0, y + 124.0)]),
                9.0,
                INK,
            );
        }
    }
    mole(&mut art, At::new(190.0, 490.0, 2.6), [104, 96, 108], [140, 59, 46]);
    art.finish(0.3)
}

fn project(subjects: &[Value], warm_ups: &[Value]) -> Value {
    json!({
        "slug": "seemuende-same",
        "title": "Same or not?",
        "purpose": "A machine has read Seemünde's newspaper of 1863 and is often wrong by a single letter. Look \
                    at the print, look at the reading, and swipe: every yes is a word that need not be typed.",
        "voice": "For readers with one hand free",
        "owner": { "name": "The reading room at the harbour" },
        "language": "en",
        "accent": "#8c3b2e",
        "tone": "playful",
        "kind": "tagging",
        "question": "Does the reading say what is printed?",
        "rules": {
            "screen": "card",
            "questions": [{ "id": "same", "text": "Does the reading say what is printed?", "choices": [
                { "id": "different", "label": "Different" },
                { "id": "same", "label": "Same" } ] }],
            "outcomes": ["unreadable", "bad_subject", "skipped"],
        },
        "rule": { "rule": "equal", "answers": 2, "at_most": 5 },
        "help": [
            { "title": "One letter counts", "body": "The machine is rarely wrong by more than one letter. Go through the word from left to right.", "example": "Hafen ≠ Hasen" },
            { "title": "The long s", "body": "ſ looks like f, but its bar stops short of the stem's right side. A reading with f is different.", "example": "ſo ≠ fo" },
            { "title": "Twins", "body": "n and u, B and V, k and t are the machine's favourites.", "example": "B V · k t · n u" },
            { "title": "The frame", "body": "Only the word in the frame is asked about." },
        ],
        "layers": ["goal"],
        "picture": "title.jpg",
        "warm_ups": warm_ups,
        "subjects": subjects,
    })
}
