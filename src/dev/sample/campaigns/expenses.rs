//! `council-expenses`, after Crowdata and `VozData`: what was bought, from whom, for how much.

use super::super::art::{Art, At, INK};
use super::super::creature::mole;
use super::super::form::{Form, Writ, pdf, pen};
use super::{Drive, Kit};
use crate::command::Trouble;
use image::imageops::{FilterType, crop_imm, resize};
use serde_json::{Value, json};

/// One receipt. The date as it is printed, and as it is stored.
struct Receipt {
    supplier: &'static str,
    street: &'static str,
    date: (&'static str, &'static str),
    items: &'static [(&'static str, &'static str)],
    paid: &'static str,
    note: &'static str,
}

const RECEIPTS: &[Receipt] = &[
    Receipt {
        supplier: "The Rope Walk",
        street: "3 Harbour Row",
        date: ("12 March 2024", "2024-03-12"),
        items: &[("40 m of hemp rope", "86.00"), ("Splicing, 2 ends", "14.50")],
        paid: "cash",
        note: "for the ferry",
    },
    Receipt {
        supplier: "Brandt & Daughters, Printers",
        street: "11 Mill Lane",
        date: ("2 April 2024", "2024-04-02"),
        items: &[
            ("500 notices, dyke meeting", "112.00"),
            ("50 posters", "64.00"),
            ("Folding", "9.80"),
        ],
        paid: "transfer",
        note: "see minutes of 28 March",
    },
    Receipt {
        supplier: "Goose and Anchor Inn",
        street: "1 Ferry Street",
        date: ("19 April 2024", "2024-04-19"),
        items: &[("Soup for 22", "143.00"), ("Bread", "18.70"), ("Cider, 3 jugs", "31.50")],
        paid: "card",
        note: "after the clean-up",
    },
    Receipt {
        supplier: "Hansen Slates",
        street: "The Old Kiln",
        date: ("6 May 2024", "2024-05-06"),
        items: &[("Slates, 120", "324.00"), ("Delivery", "25.00")],
        paid: "transfer",
        note: "school roof",
    },
    Receipt {
        supplier: "Hill Farm",
        street: "Goose Green",
        date: ("11 June 2024", "2024-06-11"),
        items: &[("Hay, 12 bales", "78.00")],
        paid: "cash",
        note: "for the three geese of the town hall",
    },
    Receipt {
        supplier: "Lantern Works",
        street: "7 Upper Dyke",
        date: ("3 September 2024", "2024-09-03"),
        items: &[
            ("Lamps, 6", "210.00"),
            ("Brackets, 6", "57.60"),
            ("Wire, 30 m", "22.50"),
            ("Fitting", "95.00"),
        ],
        paid: "transfer",
        note: "Ferry Street is dark",
    },
    Receipt {
        supplier: "The Net Loft",
        street: "2 Harbour Row",
        date: ("14 October 2024", "2024-10-14"),
        items: &[("Life buoys, 4", "132.00"), ("Paint, red", "16.40")],
        paid: "card",
        note: "north pier",
    },
    Receipt {
        supplier: "Beekeeper Oskar",
        street: "Hill path",
        date: ("6 December 2024", "2024-12-06"),
        items: &[("Honey, 30 jars", "195.00"), ("Ribbon", "4.20")],
        paid: "cash",
        note: "thanks to the helpers",
    },
];

const LESSONS: &[(Receipt, &str)] = &[
    (
        Receipt {
            supplier: "Mill Bakery",
            street: "2 Mill Lane",
            date: ("5 February 2024", "2024-02-05"),
            items: &[("Rolls, 60", "42.00")],
            paid: "cash",
            note: "for the meeting",
        },
        "Supplier in large letters at the top, total at the bottom. One line was bought, so one row.",
    ),
    (
        Receipt {
            supplier: "Dyke Gardens",
            street: "9 Upper Dyke",
            date: ("22 March 2024", "2024-03-22"),
            items: &[("Willow, 200 cuttings", "90.00"), ("Twine", "7.40")],
            paid: "card",
            note: "spring planting",
        },
        "Two lines were bought: add a row for the second. The pen's note is for nobody but the clerk.",
    ),
];

fn cents(items: &[(&str, &str)]) -> u32 {
    items.iter().map(|(_, price)| price.replace('.', "").parse::<u32>().unwrap_or(0)).sum()
}

fn total(receipt: &Receipt) -> String {
    let cents = cents(receipt.items);
    format!("{}.{:02}", cents / 100, cents % 100)
}

pub(super) fn make(drive: &Drive, kit: &Kit) -> Result<(), Trouble> {
    let forms: Vec<Form> =
        RECEIPTS.iter().enumerate().map(|(at, one)| form(kit, one, at + 14)).collect();
    drive.file("receipts.pdf", &pdf(&forms, &kit.fonts)?)?;
    let mut warm_ups = vec![];
    for (at, (receipt, hint)) in LESSONS.iter().enumerate() {
        let file = format!("practice-{}.jpg", at + 1);
        drive.picture(&file, &form(kit, receipt, at + 2).picture(kit, 2.0, 3), 70)?;
        let items: Vec<Value> = receipt
            .items
            .iter()
            .map(|(what, price)| json!({ "what": what, "price": price }))
            .collect();
        warm_ups.push(json!({
            "type": "image", "file": file, "alt": "A receipt, for practice",
            "answer": { "fields": {
                "supplier": receipt.supplier, "date": receipt.date.1, "items": items,
                "amount": total(receipt), "paid": receipt.paid,
            } },
            "hint": hint,
        }));
    }
    drive.picture("title.jpg", &title(kit), 76)?;
    drive.project(&project(&warm_ups))
}

fn form(kit: &Kit, receipt: &Receipt, number: usize) -> Form {
    let mut form = Form::default();
    let head = if receipt.supplier.len() > 20 { 22.0 } else { 30.0 };
    form.words(Writ::Print, head, (36.0, 66.0), receipt.supplier, INK);
    form.words(Writ::Print, 13.0, (36.0, 86.0), &format!("{}, Seemünde", receipt.street), INK);
    form.rule((36.0, 98.0), (384.0, 98.0), 1.4);
    form.rule((36.0, 101.5), (384.0, 101.5), 0.6);
    form.words(Writ::Print, 15.0, (36.0, 132.0), &format!("Receipt No. {number}"), INK);
    let wide = kit.typed.width("n", 13.0) * receipt.date.0.chars().count() as f32;
    form.words(Writ::Typed, 13.0, (384.0 - wide, 132.0), receipt.date.0, INK);
    form.words(Writ::Print, 13.0, (36.0, 160.0), "To the Town Council of Seemünde", INK);
    let mut y = 204.0;
    for (what, price) in receipt.items {
        form.words(Writ::Typed, 13.0, (36.0, y), what, INK);
        let wide = kit.typed.width("n", 13.0) * price.chars().count() as f32;
        form.words(Writ::Typed, 13.0, (384.0 - wide, y), price, INK);
        form.rule((36.0, y + 7.0), (384.0, y + 7.0), 0.4);
        y += 28.0;
    }
    y += 14.0;
    form.rule((236.0, y - 18.0), (384.0, y - 18.0), 1.4);
    let total = format!("{} €", total(receipt));
    form.words(Writ::Print, 16.0, (240.0, y), "Total", INK);
    let wide = kit.typed.width("n", 15.0) * total.chars().count() as f32;
    form.words(Writ::Typed, 15.0, (384.0 - wide, y), &total, INK);
    let paid = match receipt.paid {
        "cash" => "Paid in cash, with thanks.",
        "card" => "Paid by card, with thanks.",
        _ => "To be paid by bank transfer.",
    };
    form.words(Writ::Print, 14.0, (36.0, y + 52.0), paid, INK);
    form.words(Writ::Hand, 24.0, (48.0, y + 104.0), receipt.note, pen());
    form.stamp(kit, (318.0, y + 108.0), "SEEN", [176, 70, 62]);
    form
}

fn title(kit: &Kit) -> image::RgbImage {
    let mut art = Art::new(960, 504, [206, 190, 160], 6);
    for (at, x) in [(1usize, 60), (2, 350), (5, 640)] {
        let sheet = form(kit, &RECEIPTS[at], at + 14).picture(kit, 0.66, 3);
        let sheet =
            crop_imm(&resize(&sheet, 277, 392, FilterType::CatmullRom), 0, 0, 277, 392).to_image();
        let y = 40 + (at as i32 % 3) * 22;
        art.fill(&super::super::art::rect(x as f32 + 7.0, y as f32 + 9.0, 277.0, 392.0), INK, 0.25);
        art.paste(&sheet, x, y);
        art.ink(&super::super::art::rect(x as f32, y as f32, 277.0, 392.0), 2.0, INK);
    }
    mole(&mut art, At::new(846.0, 494.0, 1.9), [104, 96, 108], [176, 70, 62]);
    art.finish(0.6)
}

fn project(warm_ups: &[Value]) -> Value {
    json!({
        "slug": "council-expenses",
        "title": "Where the town's money went",
        "purpose": "The council of Seemünde opened its drawer of receipts. Typed in, they show what the town \
                    bought last year, from whom, and for how much, geese included. The receipts are invented.",
        "voice": "For the taxpayers of Seemünde, who also like soup",
        "owner": { "name": "The open drawer, a citizens' circle" },
        "language": "en",
        "accent": "#35577a",
        "tone": "playful",
        "kind": "typing",
        "question": "What does this receipt say?",
        "rules": {
            "characters": ["ä", "ö", "ü", "&"],
            "fields": [
                { "id": "supplier", "label": "Supplier", "type": "text", "hint": "The large name at the top", "required": true },
                { "id": "date", "label": "Date", "type": "date", "hint": "As printed at the right", "required": true },
                { "id": "items", "label": "Bought", "type": "rows", "most": 8, "fields": [
                    { "id": "what", "label": "What", "type": "text", "required": true },
                    { "id": "price", "label": "Price", "type": "number", "unit": "€", "min": 0, "required": true } ] },
                { "id": "amount", "label": "Total", "type": "number", "unit": "€", "min": 0, "max": 100_000, "required": true },
                { "id": "paid", "label": "Paid", "type": "choice", "choices": [
                    { "id": "cash", "label": "In cash" },
                    { "id": "card", "label": "By card" },
                    { "id": "transfer", "label": "By transfer" } ] },
            ],
            "outcomes": ["unreadable", "bad_subject", "skipped"],
        },
        "rule": { "rule": "equal", "answers": 2, "at_most": 5 },
        "help": [
            { "title": "Where to look", "body": "Supplier at the top, date at the right, lines in the middle, total below the short rule.", "picture": "practice-2.jpg" },
            { "title": "Dates", "body": "Year, month, day, with hyphens. Leave out what is not there.", "example": "5 February 2024 → 2024-02-05" },
            { "title": "Amounts", "body": "A point before the cents, no sign.", "example": "42.00" },
            { "title": "Notes by pen", "body": "They are not asked for. Stamps neither." },
        ],
        "layers": ["goal"],
        "picture": "title.jpg",
        "warm_ups": warm_ups,
        "subjects": [{ "type": "pdf", "file": "receipts.pdf", "dpi": 150 }],
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn totals_add_up() {
        assert_eq!(total(&LESSONS[1].0), "97.40");
        assert_eq!(total(&RECEIPTS[0]), "100.50");
    }
}
