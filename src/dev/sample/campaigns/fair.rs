//! `fair-receipts`, after Fairplay: old dues of a fair, with dates that are half a guess.

use super::super::art::{Art, At, INK, rect};
use super::super::creature::{GOOSE, bird, mole};
use super::super::form::{Form, Writ, pdf, pen};
use super::{Drive, Kit};
use crate::command::Trouble;
use serde_json::{Value, json};

/// A slip: keeper, trade (its id, and as it is written), when (as written, as stored), dues, sign.
struct Slip {
    keeper: &'static str,
    trade: (&'static str, &'static str),
    when: (&'static str, &'static str),
    dues: &'static str,
    signed: &'static str,
}

const fn slip(
    keeper: &'static str,
    trade: (&'static str, &'static str),
    when: (&'static str, &'static str),
    dues: &'static str,
    signed: &'static str,
) -> Slip {
    Slip { keeper, trade, when, dues, signed }
}

const SLIPS: &[Slip] = &[
    slip("Widow Ohlsen", ("food", "waffles"), ("May 1863", "1863-05"), "12", "name"),
    slip("J. Petersen", ("toys", "carved horses"), ("12 May 1864", "1864-05-12"), "18", "name"),
    slip("The brothers Rau", ("show", "a learned goose"), ("about 1866", "1866~"), "40", "cross"),
    slip("Anna Lund", ("cloth", "ribbons"), ("Whitsun 1867", "1867"), "9", "name"),
    slip(
        "Old Matthies",
        ("pots", "jugs and bowls"),
        ("sometime in the 1860s", "186X"),
        "15",
        "cross",
    ),
    slip("K. Brodersen", ("food", "smoked eel"), ("18 May 1868", "1868-05-18"), "22", "name"),
    slip("Sister Agathe", ("other", "candles"), ("May 1869 ?", "1869-05?"), "6", "none"),
    slip("H. and M. Vogt", ("show", "a swing boat"), ("1871", "1871"), "55", "name"),
];

const LESSONS: &[(Slip, &str)] = &[
    (
        slip("M. Jensen", ("food", "gingerbread"), ("14 May 1862", "1862-05-14"), "10", "name"),
        "A full date: type 1862-05-14. The keeper's own name stands below, so it is signed with a name.",
    ),
    (
        slip("Lame Kris", ("pots", "mugs"), ("about 1865", "1865~"), "8", "cross"),
        "“About 1865” is 1865 with a ~ for “about”. The keeper could not write and made a cross.",
    ),
];

const GREEN: [u8; 3] = [66, 110, 88];

pub(super) fn make(drive: &Drive, kit: &Kit) -> Result<(), Trouble> {
    let forms: Vec<Form> = SLIPS.iter().map(|one| form(kit, one)).collect();
    drive.file("slips.pdf", &pdf(&forms, &kit.fonts)?)?;
    let mut warm_ups = vec![];
    for (at, (slip, hint)) in LESSONS.iter().enumerate() {
        let file = format!("practice-{}.jpg", at + 1);
        drive.picture(&file, &form(kit, slip).picture(kit, 2.0, 3), 70)?;
        warm_ups.push(json!({
            "type": "image", "file": file, "alt": "A receipt of the fair, for practice",
            "answer": { "fields": {
                "keeper": slip.keeper, "trade": slip.trade.0, "when": slip.when.1,
                "dues": slip.dues, "signed": slip.signed,
            } },
            "hint": hint,
        }));
    }
    drive.picture("title.jpg", &title(kit), 76)?;
    drive.project(&project(&warm_ups))
}

fn form(kit: &Kit, slip: &Slip) -> Form {
    let mut form = Form::default();
    let middle = |form: &mut Form, size: f32, y: f32, text: &str| {
        let words: Vec<f32> = text.split(' ').map(|word| kit.print.width(word, size)).collect();
        let wide = words.iter().sum::<f32>() + (words.len() - 1) as f32 * size * 0.26;
        form.words(Writ::Print, size, (210.0 - wide / 2.0, y), text, INK);
    };
    for (inset, width) in [(22.0, 2.2), (28.0, 0.8)] {
        let (l, t, r, b) = (inset, inset, 420.0 - inset, 430.0 - inset);
        for (from, to) in [((l, t), (r, t)), ((r, t), (r, b)), ((r, b), (l, b)), ((l, b), (l, t))] {
            form.rule(from, to, width);
        }
    }
    middle(&mut form, 30.0, 74.0, "Seemünde Spring Fair");
    middle(&mut form, 15.0, 98.0, "Receipt for the dues of a stall");
    let mut row = |y: f32, label: &str, text: &str| {
        form.words(Writ::Print, 15.0, (48.0, y), label, INK);
        form.rule((150.0, y + 4.0), (372.0, y + 4.0), 0.6);
        form.words(Writ::Hand, 25.0, (158.0, y - 1.0), text, pen());
    };
    row(146.0, "Kept by", slip.keeper);
    row(190.0, "Selling", slip.trade.1);
    row(234.0, "When", slip.when.0);
    row(278.0, "Dues paid", &format!("{} shillings", slip.dues));
    form.words(Writ::Print, 15.0, (48.0, 344.0), "Signed", INK);
    form.rule((150.0, 350.0), (300.0, 350.0), 0.6);
    match slip.signed {
        "name" => form.words(Writ::Hand, 26.0, (158.0, 343.0), slip.keeper, pen()),
        "cross" => form.words(Writ::Hand, 34.0, (190.0, 345.0), "x", pen()),
        _ => {}
    }
    form.stamp(kit, (338.0, 356.0), "DUES", GREEN);
    middle(&mut form, 12.0, 470.0, "Keep this slip for the gate keeper.");
    form
}

fn title(kit: &Kit) -> image::RgbImage {
    let mut art = Art::new(960, 504, [214, 198, 164], 6);
    for (slip, x, y) in [(0, 70, 36), (2, 440, 64)] {
        let sheet = form(kit, &SLIPS[slip]).picture(kit, 0.8, 3);
        let (wide, high) = (sheet.width() as f32, sheet.height() as f32);
        art.fill(&rect(x as f32 + 7.0, y as f32 + 9.0, wide, high), INK, 0.25);
        art.paste(&sheet, x, y);
        art.ink(&rect(x as f32, y as f32, wide, high), 2.0, INK);
    }
    bird(&mut art, At::new(60.0, 488.0, 1.7), &GOOSE, false);
    mole(&mut art, At::new(866.0, 494.0, 1.7), [104, 96, 108], GREEN);
    art.finish(0.6)
}

fn project(warm_ups: &[Value]) -> Value {
    json!({
        "slug": "fair-receipts",
        "title": "The learned goose paid forty",
        "purpose": "A tin box from the fairground holds the slips of ten springs. Who kept a stall, what was \
                    sold, and when? Some slips know the day, some only the decade; both can be written down. \
                    The slips are invented.",
        "voice": "For the waffle bakers of 1863 and the goose who could count",
        "owner": { "name": "The fairground society" },
        "language": "en",
        "accent": "#3d6b58",
        "tone": "playful",
        "kind": "typing",
        "question": "What does this slip say?",
        "rules": {
            "characters": ["~", "?"],
            "fields": [
                { "id": "keeper", "label": "Kept by", "type": "text", "required": true },
                { "id": "trade", "label": "Trade", "type": "choice", "required": true, "choices": [
                    { "id": "food", "label": "Food" },
                    { "id": "toys", "label": "Toys" },
                    { "id": "cloth", "label": "Cloth" },
                    { "id": "pots", "label": "Pots" },
                    { "id": "show", "label": "A show" },
                    { "id": "other", "label": "Something else" } ] },
                { "id": "when", "label": "When", "type": "date", "hint": "1863, 1863-05, 1863~ for about, 186X for a decade", "required": true },
                { "id": "dues", "label": "Dues", "type": "number", "unit": "shillings", "min": 0, "max": 200, "required": true },
                { "id": "signed", "label": "Signed", "type": "choice", "choices": [
                    { "id": "name", "label": "With a name" },
                    { "id": "cross", "label": "With a cross" },
                    { "id": "none", "label": "Not at all" } ] },
            ],
            "outcomes": ["unreadable", "bad_subject", "skipped"],
        },
        "rule": { "rule": "equal", "answers": 2, "at_most": 5 },
        "help": [
            { "title": "The slip", "body": "Five lines by pen. The stamp says nothing that is asked.", "picture": "practice-1.jpg" },
            { "title": "A day, a month, a year", "body": "As much as is there, from the year down.", "example": "May 1863 → 1863-05" },
            { "title": "About", "body": "Put ~ behind it.", "example": "about 1866 → 1866~" },
            { "title": "In doubt", "body": "A question mark on the slip is a question mark in the date.", "example": "1869-05?" },
            { "title": "Decades", "body": "X stands for the figure that nobody knows.", "example": "the 1860s → 186X" },
            { "title": "Feasts", "body": "Whitsun moves every year. Type the year alone.", "example": "Whitsun 1867 → 1867" },
        ],
        "layers": ["goal"],
        "picture": "title.jpg",
        "warm_ups": warm_ups,
        "subjects": [{ "type": "pdf", "file": "slips.pdf", "dpi": 150 }],
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_choice_of_a_slip_can_be_made() {
        let text = project(&[]).to_string();
        for slip in SLIPS.iter().chain(LESSONS.iter().map(|(slip, _)| slip)) {
            for id in [slip.trade.0, slip.signed] {
                assert!(text.contains(&format!("\"id\":\"{id}\"")), "{id}");
            }
        }
    }
}
