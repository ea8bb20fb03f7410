//! `seemuende-lines`: what a machine made of whole lines, to be corrected against the print.

use super::super::Made;
use super::super::art::{Art, At, rect};
use super::super::chance::Chance;
use super::super::creature::{GOOSE, bird};
use super::super::misread;
use super::super::sheet::Bounds;
use super::same::cut;
use super::{Drive, Kit, cut_name, spread};
use crate::command::Trouble;
use image::imageops::{FilterType, crop_imm, resize};
use serde_json::{Value, json};

/// A printed line: its page, where it is on the scan, its words.
struct Printed<'a> {
    page: &'a Made,
    at: Bounds,
    words: Vec<&'a str>,
}

const COUNT: usize = 24;
const LESSONS: usize = 2;

pub(super) fn make(drive: &Drive, kit: &Kit) -> Result<(), Trouble> {
    let lines = pick(kit.pages, COUNT + LESSONS);
    let (mut subjects, mut warm_ups) = (vec![], vec![]);
    for (at, line) in lines.iter().enumerate() {
        let right = line.words.join(" ");
        // One line in three was read without a slip; the first lesson's too.
        let wrong = if at % 3 == 0 { None } else { read(line, &mut Chance::new(at as u64 + 31)) };
        let reading = wrong.as_ref().map_or(&right, |(reading, _)| reading);
        let lesson = at < LESSONS;
        let file = cut_name(at, LESSONS);
        let mut one = json!({
            "type": "image_region", "file": file, "mark": cut(drive, &file, line.page, line.at)?,
            "label": "The lines around it", "prefill": { "text": reading },
        });
        if lesson {
            one["answer"] = json!({ "text": right });
            one["hint"] = match &wrong {
                Some((_, (read, printed))) => format!("The machine read “{read}”. Printed is “{printed}”: mend it in the field, then send."),
                None => "The machine read this line well: compare it with the print, then one tap says so.".to_owned(),
            }
            .into();
            warm_ups.push(one);
        } else {
            subjects.push(one);
        }
    }
    drive.picture("title.jpg", &title(&lines), 76)?;
    drive.project(&project(&subjects, &warm_ups))
}

/// Whole lines without a divided word, spread over both pages.
fn pick(pages: &[Made], count: usize) -> Vec<Printed<'_>> {
    let mut all = vec![];
    for page in pages {
        for line in page.composed.blocks.iter().flat_map(|block| &block.lines) {
            let Some(around) = line.iter().map(|word| word.bounds).reduce(Bounds::with) else {
                continue;
            };
            let at = page.scan.place(around);
            let whole = line.iter().all(|word| word.half.is_none());
            if whole
                && (4..=8).contains(&line.len())
                && at.b - at.t < 60.0
                && page.scan.damage(at) < 0.3
            {
                all.push(Printed {
                    page,
                    at,
                    words: line.iter().map(|word| word.text.as_str()).collect(),
                });
            }
        }
    }
    spread(all, count)
}

/// The line with a slip in one of its words: the reading, and that word as read and as printed.
/// None where none of them can be mistaken.
fn read(line: &Printed, chance: &mut Chance) -> Option<(String, (String, String))> {
    let slips: Vec<(usize, String)> = (0..line.words.len())
        .filter_map(|at| Some((at, misread::mistaken(line.words[at], chance)?)))
        .collect();
    let (at, slip) = slips.get(slips.len() / 2)?;
    let mut words = line.words.clone();
    words[*at] = slip;
    Some((words.join(" "), (slip.clone(), line.words[*at].to_owned())))
}

/// A column of print under a marker, and a goose that reads along.
fn title(lines: &[Printed]) -> image::RgbImage {
    let mut art = Art::new(960, 504, [206, 190, 160], 12);
    if let Some(line) = lines.first() {
        let piece = crop_imm(&line.page.scan.image, 110, 900, 800, 420).to_image();
        art.paste(&resize(&piece, 960, 504, FilterType::CatmullRom), 0, 0);
    }
    art.fill(&rect(-8.0, 208.0, 592.0, 46.0), [232, 176, 60], 0.42);
    bird(&mut art, At::new(812.0, 486.0, 2.9), &GOOSE, false);
    art.finish(0.3)
}

fn project(subjects: &[Value], warm_ups: &[Value]) -> Value {
    json!({
        "slug": "seemuende-lines",
        "title": "Line by line",
        "purpose": "A machine has read the columns of Seemünde's newspaper of 1863, and most of it is right. Compare \
                    each line with the print: one tap where it is, a letter mended where it is not.",
        "voice": "For proof-readers and other geese",
        "owner": { "name": "The reading room at the harbour" },
        "language": "de-Latf",
        "accent": "#8c3b2e",
        "tone": "playful",
        "kind": "typing",
        "called": { "one": "line", "many": "lines" },
        "question": "Does this say what is printed?",
        "rules": {
            "unit": "line",
            "prefill": "ocr",
            "characters": ["ä", "ö", "ü", "ß", "ſ", "„", "“"],
            "shorthand": [["s", "ſ"], ["sz", "ß"], ["ae", "ä"], ["oe", "ö"], ["ue", "ü"]],
        },
        "rule": { "rule": "equal", "answers": 2, "at_most": 5 },
        "help": [
            { "title": "One letter counts", "body": "Go from word to word, the print first and then the reading. The machine is rarely wrong by more than a letter." },
            { "title": "The long s", "body": "ſ looks like f, but its bar stops short of the stem's right side. Typing a plain s for it is fine.", "example": "ſo · fo" },
            { "title": "Quick letters", "body": "A letter and then a backtick gives the one that your keyboard lacks.", "example": "s` → ſ · ae` → ä · sz` → ß" },
            { "title": "Twins", "body": "n and u, B and V, k and t are the machine's favourites.", "example": "B V · k t · n u" },
            { "title": "As it is printed", "body": "Old spelling stays as it is: what looks like a mistake to us was right in 1863." },
        ],
        "layers": ["goal"],
        "picture": "title.jpg",
        "warm_ups": warm_ups,
        "subjects": subjects,
    })
}
