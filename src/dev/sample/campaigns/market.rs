//! `market-photos`, after PYBOSSA and Crowdcrafting: a form filled in from the photos of a table.

use super::super::art::{Art, At, Colour, INK, PAPER, WHITE, line, mix, oval, poly, rect, smooth};
use super::super::built::person;
use super::super::chance::Chance;
use super::super::creature::{GOOSE, bird, mole};
use super::super::nature::{cloud, sky};
use super::{Drive, Kit, entry};
use crate::command::Trouble;
use serde_json::{Value, json};

const SIZE: (u32, u32) = (880, 660);

/// What lies on a stall.
#[derive(Clone, Copy, PartialEq)]
enum Goods {
    Round(Colour),
    Long(Colour),
    Jar(Colour),
    Fish,
    Loaf,
    Egg,
}

/// One stall: its name on the awning, the goods, the board's words, price, unit.
struct Stall {
    name: &'static str,
    goods: Goods,
    what: &'static str,
    price: &'static str,
    per: &'static str,
}

const fn stall(
    name: &'static str,
    goods: Goods,
    what: &'static str,
    price: &'static str,
    per: &'static str,
) -> Stall {
    Stall { name, goods, what, price, per }
}

const APPLE: Goods = Goods::Round([200, 78, 62]);
const STALLS: &[Stall] = &[
    stall("Anni's Orchard", Goods::Round([206, 190, 84]), "Pears", "3.40", "kg"),
    stall("The Net Loft", Goods::Fish, "Herring", "6.80", "kg"),
    stall("Hill Farm", Goods::Egg, "Eggs", "4.20", "dozen"),
    stall("Beekeeper Oskar", Goods::Jar([226, 160, 54]), "Honey", "7.50", "jar"),
    stall("Mill Bakery", Goods::Loaf, "Rye bread", "4.60", "piece"),
    stall("Dyke Gardens", Goods::Long([222, 124, 52]), "Carrots", "1.90", "kg"),
    stall("Anni's Orchard", Goods::Round([136, 88, 128]), "Plums", "2.75", "kg"),
    stall("The Jam Sisters", Goods::Jar([160, 54, 72]), "Cherry jam", "5.20", "jar"),
    stall("Dyke Gardens", Goods::Round([226, 140, 58]), "Pumpkins", "3.00", "piece"),
    stall("Net Loft Juniors", Goods::Fish, "Smoked sprats", "9.90", "kg"),
];

const LESSONS: &[(Stall, &str)] = &[
    (
        stall("Hill Farm", APPLE, "Apples", "2.80", "kg"),
        "The board says “Apples 2.80 a kg”. The stall's name is painted on the awning.",
    ),
    (
        stall("Mill Bakery", Goods::Loaf, "Milk rolls", "0.70", "piece"),
        "Type the price as a number, with a point: 0.70. Here it is for one piece.",
    ),
];

pub(super) fn make(drive: &Drive, kit: &Kit) -> Result<(), Trouble> {
    let mut rows = String::from("id,photo,Place,Date\n");
    for (at, stall) in STALLS.iter().enumerate() {
        let file = format!("stall-{:02}.jpg", at + 1);
        drive.picture(&file, &draw(kit, at as u64 + 5, stall).finish(0.8), 66)?;
        let place = Chance::new(at as u64 + 1)
            .pick(&["Harbour square", "Church steps", "Old slipway"])
            .to_owned();
        let day = at % 5 * 7 + 2;
        rows += &[&format!("market-{:02}", at + 1), &*file, place, &format!("{day} September")]
            .join(",");
        rows.push('\n');
    }
    drive.file("stalls.csv", rows.as_bytes())?;
    let mut warm_ups = vec![];
    for (at, (stall, hint)) in LESSONS.iter().enumerate() {
        let file = format!("practice-{}.jpg", at + 1);
        drive.picture(&file, &draw(kit, at as u64 + 50, stall).finish(0.8), 66)?;
        warm_ups.push(json!({
            "type": "image", "file": file, "alt": "A market stall, for practice",
            "answer": { "fields": {
                "stall": stall.name, "goods": stall.what, "price": stall.price, "per": stall.per,
            } },
            "hint": hint,
        }));
    }
    drive.picture("title.jpg", &title(kit), 74)?;
    drive.project(&project(&warm_ups))
}

fn draw(kit: &Kit, seed: u64, stall: &Stall) -> Art {
    let mut art = Art::new(SIZE.0, SIZE.1, PAPER, seed);
    market(&mut art, kit, seed, stall);
    art
}

fn market(art: &mut Art, kit: &Kit, seed: u64, stall: &Stall) {
    let mut chance = Chance::new(seed * 19);
    let (width, height) = (art.width(), art.height());
    let middle = width / 2.0;
    sky(art, [214, 224, 220], None);
    cloud(art, At::new(chance.between(0.1, 0.9) * width, height * 0.08, 1.0), WHITE);
    for at in 0..8 {
        let wide = width / 7.0;
        let high = height * chance.between(0.40, 0.56);
        let tone = mix([222, 206, 180], [190, 196, 190], chance.unit());
        art.draw(&rect(at as f32 * wide - 40.0, height * 0.72 - high, wide, high), tone, 1.8);
        let x = at as f32 * wide - 40.0;
        let gable = [
            (x, height * 0.72 - high),
            (x + wide / 2.0, height * 0.66 - high),
            (x + wide, height * 0.72 - high),
        ];
        art.draw(&poly(&gable), mix(tone, [164, 84, 66], 0.45), 1.8);
    }
    art.fill(&rect(-9.0, height * 0.70, width + 18.0, height), [206, 194, 172], 1.0);
    for row in 0..7 {
        let y = height * 0.73 + row as f32 * row as f32 * 3.6;
        let mut x = -20.0 + (row % 2) as f32 * 24.0;
        while x < width {
            art.ink(&line(&[(x, y), (x + 30.0 + row as f32 * 4.0, y)]), 1.3, [160, 146, 128]);
            x += 62.0 + row as f32 * 12.0;
        }
    }
    let coats: &[Colour] = &[[88, 112, 140], [176, 84, 66], [112, 104, 128]];
    person(
        art,
        At::new(middle + chance.between(-90.0, 90.0), height * 0.66, 2.3),
        *chance.pick(coats),
        Some([84, 72, 66]),
    );
    counter(art, kit, stall, &mut chance);
    if chance.one_in(0.6) {
        bird(art, At::new(width * 0.08, height * 0.95, 1.2), &GOOSE, chance.one_in(0.5));
    }
}

fn counter(art: &mut Art, kit: &Kit, stall: &Stall, chance: &mut Chance) {
    let (width, height) = (art.width(), art.height());
    let (left, right) = (width * 0.14, width * 0.86);
    let wood = [196, 160, 112];
    for x in [left + 10.0, right - 10.0] {
        art.ink(&line(&[(x, height * 0.24), (x, height * 0.92)]), 9.0, mix(wood, INK, 0.3));
    }
    art.fill(&rect(left, height * 0.53, right - left, height * 0.16), mix(wood, INK, 0.25), 1.0);
    // The goods stand in two crates, in rows one behind the other.
    for (at, from) in [(0, left + 20.0), (1, width * 0.45)] {
        let to = if at == 0 { width * 0.43 } else { right - 20.0 };
        art.fill(&rect(from, height * 0.55, to - from, height * 0.10), mix(wood, INK, 0.35), 1.0);
        for row in 0..3 {
            let y = height * (0.575 + 0.024 * row as f32);
            let step = size(stall.goods);
            let mut x = from + step * 0.6 + (row % 2) as f32 * step * 0.4;
            while x < to - step * 0.4 {
                piece(art, stall.goods, x + chance.between(-2.0, 2.0), y, chance);
                x += step;
            }
        }
        art.draw(&rect(from, height * 0.62, to - from, height * 0.075), wood, 2.2);
        art.ink(&line(&[(from, height * 0.658), (to, height * 0.658)]), 1.5, mix(wood, INK, 0.5));
    }
    art.draw(
        &rect(left - 6.0, height * 0.69, right - left + 12.0, height * 0.20),
        mix(wood, WHITE, 0.25),
        2.4,
    );
    for at in 1..6 {
        let x = left + (right - left) * at as f32 / 6.0;
        art.ink(&line(&[(x, height * 0.70), (x, height * 0.885)]), 1.4, mix(wood, INK, 0.4));
    }
    board(art, kit, stall, width * 0.5, height * 0.70);
    awning(art, kit, stall, (left - 26.0, right + 26.0), chance);
}

/// The slate with the price, hung before the counter.
fn board(art: &mut Art, kit: &Kit, stall: &Stall, x: f32, y: f32) {
    let (wide, high) = (330.0, 122.0);
    art.draw(&rect(x - wide / 2.0, y + 4.0, wide, high), [58, 66, 66], 3.4);
    let chalk = [240, 236, 222];
    let what = kit.hand.width(stall.what, 50.0);
    art.letters(&kit.hand, stall.what, 50.0, (x - what / 2.0, y + 52.0), chalk);
    let price = match stall.per {
        "kg" => format!("{} a kg", stall.price),
        "piece" => format!("{} each", stall.price),
        per => format!("{} a {per}", stall.price),
    };
    let wide = price.split(' ').map(|word| kit.hand.width(word, 54.0) + 14.0).sum::<f32>() - 14.0;
    art.letters(&kit.hand, &price, 54.0, (x - wide / 2.0, y + 106.0), [244, 214, 140]);
}

fn awning(art: &mut Art, kit: &Kit, stall: &Stall, (left, right): (f32, f32), chance: &mut Chance) {
    let height = art.height();
    let colours: &[Colour] = &[[176, 84, 66], [70, 118, 128], [92, 122, 82], [188, 136, 56]];
    let stripe = *chance.pick(colours);
    let (top, low) = (height * 0.10, height * 0.25);
    let count = 9;
    for at in 0..count {
        let x = |t: f32, inset: f32| left + inset + (right - left - 2.0 * inset) * t;
        let (a, b) = (at as f32 / count as f32, (at + 1) as f32 / count as f32);
        let tone = if at % 2 == 0 { stripe } else { WHITE };
        art.draw(
            &poly(&[(x(a, 40.0), top), (x(b, 40.0), top), (x(b, 0.0), low), (x(a, 0.0), low)]),
            tone,
            2.0,
        );
        let flap = [
            (x(a, 0.0), low),
            (x(b, 0.0), low),
            (x(b, 0.0), low + 16.0),
            (x(a, 0.0).midpoint(x(b, 0.0)), low + 32.0),
            (x(a, 0.0), low + 16.0),
        ];
        art.draw(&smooth(&flap), tone, 1.8);
    }
    let size = 46.0;
    let words: Vec<f32> = stall.name.split(' ').map(|word| kit.print.width(word, size)).collect();
    let wide = words.iter().sum::<f32>() + (words.len() - 1) as f32 * size * 0.26;
    let middle = left.midpoint(right);
    art.draw(&rect(middle - wide / 2.0 - 26.0, top + 14.0, wide + 52.0, 66.0), WHITE, 2.6);
    art.letters(&kit.print, stall.name, size, (middle - wide / 2.0, top + 61.0), INK);
}

fn size(goods: Goods) -> f32 {
    match goods {
        Goods::Round(_) => 36.0,
        Goods::Long(_) | Goods::Egg => 25.0,
        Goods::Jar(_) => 40.0,
        Goods::Fish => 62.0,
        Goods::Loaf => 66.0,
    }
}

fn piece(art: &mut Art, goods: Goods, x: f32, y: f32, chance: &mut Chance) {
    match goods {
        Goods::Round(tone) => {
            art.draw(&oval(x, y, 18.0, 16.5), mix(tone, WHITE, chance.between(0.0, 0.18)), 1.7);
            art.ink(&line(&[(x, y - 14.0), (x + 3.0, y - 22.0)]), 2.2, INK);
        }
        Goods::Long(tone) => {
            art.draw(
                &smooth(&[
                    (x - 9.0, y - 22.0),
                    (x + 9.0, y - 22.0),
                    (x + 4.0, y + 14.0),
                    (x, y + 20.0),
                ]),
                tone,
                1.6,
            );
            for lean in [-7.0, 0.0, 7.0] {
                art.ink(&line(&[(x, y - 22.0), (x + lean, y - 42.0)]), 2.4, [92, 132, 78]);
            }
        }
        Goods::Jar(tone) => {
            art.draw(&rect(x - 16.0, y - 30.0, 32.0, 40.0), tone, 1.8);
            art.draw(&rect(x - 17.0, y - 40.0, 34.0, 11.0), WHITE, 1.7);
            art.draw(&rect(x - 10.0, y - 20.0, 20.0, 16.0), WHITE, 1.2);
        }
        Goods::Fish => {
            art.draw(
                &smooth(&[
                    (x - 30.0, y),
                    (x - 12.0, y - 11.0),
                    (x + 12.0, y - 8.0),
                    (x + 24.0, y),
                    (x + 10.0, y + 8.0),
                    (x - 14.0, y + 8.0),
                ]),
                [158, 176, 186],
                1.7,
            );
            art.draw(
                &poly(&[(x + 20.0, y), (x + 34.0, y - 9.0), (x + 34.0, y + 9.0)]),
                [158, 176, 186],
                1.5,
            );
            art.fill(&oval(x - 20.0, y - 3.0, 2.4, 2.4), INK, 1.0);
        }
        Goods::Loaf => {
            art.draw(
                &smooth(&[
                    (x - 32.0, y + 6.0),
                    (x - 26.0, y - 16.0),
                    (x, y - 22.0),
                    (x + 26.0, y - 16.0),
                    (x + 32.0, y + 6.0),
                ]),
                [190, 136, 80],
                1.9,
            );
            for lean in [-14.0, 0.0, 14.0] {
                art.ink(
                    &line(&[(x + lean - 5.0, y - 6.0), (x + lean + 5.0, y - 16.0)]),
                    1.8,
                    [236, 214, 170],
                );
            }
        }
        Goods::Egg => art.draw(
            &oval(x, y, 11.0, 14.0),
            mix([236, 216, 186], [206, 160, 118], chance.unit()),
            1.5,
        ),
    }
}

fn title(kit: &Kit) -> image::RgbImage {
    let mut art = Art::new(960, 504, PAPER, 8);
    market(&mut art, kit, 51, &stall("Hill Farm", APPLE, "Apples", "2.80", "kg"));
    mole(&mut art, At::new(866.0, 494.0, 1.35), [104, 96, 108], [188, 136, 56]);
    art.finish(0.8)
}

fn project(warm_ups: &[Value]) -> Value {
    json!({
        "slug": "market-photos",
        "title": "What did the plums cost?",
        "purpose": "Every Saturday somebody photographs the stalls of Seemünde's market. Typed into a \
                    table, the prices show what a basket costs and which stalls are missed when they \
                    stay away. The photos are drawn for practice.",
        "voice": "For those who buy by the pound and those who sell by the jar",
        "owner": { "name": "The market master of Seemünde" },
        "language": "en",
        "accent": "#97492f",
        "tone": "playful",
        "kind": "typing",
        "question": "What is sold here, and for how much?",
        "rules": {
            "characters": [],
            "fields": [
                { "id": "stall", "label": "Stall", "type": "text", "hint": "The name on the awning", "required": true },
                { "id": "goods", "label": "Goods", "type": "text", "hint": "The first line on the slate", "required": true },
                { "id": "price", "label": "Price", "type": "number", "unit": "€", "min": 0, "max": 100, "hint": "As on the slate, such as 2.80", "required": true },
                { "id": "per", "label": "For", "type": "choice", "required": true, "choices": [
                    { "id": "kg", "label": "1 kg" },
                    { "id": "piece", "label": "Each" },
                    { "id": "dozen", "label": "A dozen" },
                    { "id": "jar", "label": "A jar" } ] },
            ],
            "outcomes": ["unreadable", "bad_subject", "skipped"],
        },
        "rule": { "rule": "equal", "answers": 2, "at_most": 5 },
        "help": [
            entry("Where to look", "The name is on the awning, goods and price are on the slate below the counter.", "practice-1.jpg"),
            { "title": "Prices", "body": "Type the number alone, with a point. “0.70 each” becomes 0.70, and Each below it.", "example": "0.70 each → 0.70" },
            { "title": "Spelling", "body": "Type names as they are painted, with capitals and apostrophes.", "example": "Anni's Orchard" },
        ],
        "layers": ["goal"],
        "picture": "title.jpg",
        "warm_ups": warm_ups,
        "subjects": [
            { "type": "csv", "file": "stalls.csv", "columns": { "file": "photo", "id": "id" },
              "facts": ["Place", "Date"], "alt": "A market stall with a slate" },
        ],
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_unit_on_a_slate_can_be_chosen() {
        let text = project(&[]).to_string();
        for stall in STALLS.iter().chain(LESSONS.iter().map(|(stall, _)| stall)) {
            assert!(text.contains(&format!("\"id\":\"{}\"", stall.per)), "{}", stall.per);
            assert!(stall.price.parse::<f32>().is_ok_and(|price| price < 100.0));
        }
    }
}
