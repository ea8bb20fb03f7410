//! `shelter-photos`, after GeoTag-X: a tree of questions about each photo.

use super::super::art::{Art, At, Colour, INK, PAPER, WHITE, line, mix, rect};
use super::super::built::{House, State, house, lean_to, person, pump, tent, yurt};
use super::super::chance::Chance;
use super::super::creature::mole;
use super::super::nature::{Tree, cloud, grass, hills, sky, tree};
use super::{Drive, Kit, entry};
use crate::command::Trouble;
use serde_json::{Value, json};

const SIZE: (u32, u32) = (880, 660);

/// Where people sleep.
#[derive(Clone, Copy, PartialEq, Debug)]
enum Roof {
    Ridge,
    Round,
    Hall,
    Sheet,
    None,
}

/// One photo: the shelters, how many, whether there is a pump, how many people.
type View = (Roof, u32, bool, u32);

const PHOTOS: &[View] = &[
    (Roof::Ridge, 3, true, 4),
    (Roof::Round, 2, false, 3),
    (Roof::Hall, 1, true, 5),
    (Roof::Sheet, 2, false, 2),
    (Roof::None, 0, false, 0),
    (Roof::Ridge, 1, false, 0),
    (Roof::Round, 4, true, 2),
    (Roof::Sheet, 3, true, 4),
    (Roof::Hall, 1, false, 0),
    (Roof::Ridge, 5, false, 6),
];

const LESSONS: &[(View, &str)] = &[
    (
        (Roof::Ridge, 2, true, 3),
        "Two ridge tents. The green post with a handle and a spout is a pump: yes, there is water.",
    ),
    (
        (Roof::Hall, 1, false, 2),
        "A school hall with a whole roof. Choose Building, then Hall, then Whole.",
    ),
    ((Roof::None, 0, false, 0), "Only a meadow. No shelter, and nothing more will be asked."),
];

pub(super) fn make(drive: &Drive, _: &Kit) -> Result<(), Trouble> {
    let mut subjects = vec![];
    for (at, view) in PHOTOS.iter().enumerate() {
        let file = format!("photo-{:02}.jpg", at + 1);
        drive.picture(&file, &draw(at as u64 + 10, *view).finish(0.8), 66)?;
        subjects.push(json!({
            "type": "image", "file": file, "alt": "A meadow above the flooded town",
            "facts": { "Sent": format!("Day {}, by the ferry's crew", at % 3 + 1) },
        }));
    }
    let mut warm_ups = vec![];
    for (at, (view, hint)) in LESSONS.iter().enumerate() {
        let file = format!("practice-{}.jpg", at + 1);
        drive.picture(&file, &draw(at as u64 + 60, *view).finish(0.8), 66)?;
        warm_ups.push(json!({
            "type": "image", "file": file, "alt": "A meadow, for practice",
            "answer": { "choices": answer(*view) }, "hint": hint,
        }));
    }
    for (roof, name) in [
        (Roof::Ridge, "ridge"),
        (Roof::Round, "round"),
        (Roof::Hall, "hall"),
        (Roof::Sheet, "sheet"),
    ] {
        let mut art = Art::new(360, 270, [214, 222, 214], 5);
        hills(&mut art, 3, 206.0, 8.0, 200.0, [166, 180, 130]);
        let scale = if roof == Roof::Hall { 1.0 } else { 1.7 };
        shelter(&mut art, roof, At::new(160.0, 240.0, scale), 0);
        drive.picture(&format!("guide-{name}.jpg"), &art.finish(0.8), 74)?;
    }
    let mut art = Art::new(360, 270, [214, 222, 214], 6);
    hills(&mut art, 3, 206.0, 8.0, 200.0, [166, 180, 130]);
    pump(&mut art, At::new(180.0, 240.0, 3.0), [70, 128, 100]);
    drive.picture("guide-pump.jpg", &art.finish(0.8), 74)?;
    drive.picture("title.jpg", &title(), 74)?;
    drive.project(&project(&subjects, &warm_ups))
}

fn draw(seed: u64, view: View) -> Art {
    let mut art = Art::new(SIZE.0, SIZE.1, PAPER, seed);
    meadow(&mut art, seed, view);
    art
}

fn meadow(art: &mut Art, seed: u64, (roof, count, water, people): View) {
    let mut chance = Chance::new(seed * 13);
    let (width, height) = (art.width(), art.height());
    let airs: &[Colour] = &[[206, 220, 222], [232, 220, 198], [196, 208, 218]];
    let greens: &[Colour] = &[[170, 182, 126], [186, 184, 124], [152, 174, 136]];
    let (air, green) = (*chance.pick(airs), *chance.pick(greens));
    sky(art, air, None);
    cloud(art, At::new(chance.between(0.1, 0.9) * width, height * 0.14, 1.2), WHITE);
    hills(art, seed + 1, height * 0.36, 52.0, 320.0, mix(green, air, 0.55));
    hills(art, seed + 2, height * 0.47, 18.0, 300.0, mix(green, [120, 150, 110], 0.4));
    hills(art, seed + 3, height * 0.56, 10.0, 420.0, green);
    for at in 0..4 {
        let x = width * (0.06 + 0.29 * at as f32) + chance.between(-30.0, 30.0);
        let kind = if chance.one_in(0.5) { Tree::Fir } else { Tree::Round };
        tree(
            art,
            At::new(x, height * 0.56, chance.between(0.7, 1.0)),
            kind,
            mix(green, [34, 84, 66], 0.5),
        );
    }
    grass(art, seed + 4, (height * 0.6, height), 90, mix(green, INK, 0.45));
    let spread = width * 0.84 / count.max(1) as f32;
    for at in 0..count {
        let x = width * 0.06 + spread * (at as f32 + 0.42) + chance.between(-8.0, 8.0);
        let y = height * if at % 2 == 0 { 0.72 } else { 0.63 };
        let scale = if roof == Roof::Hall { 2.0 } else { (1.75 - 0.16 * count as f32).max(0.95) };
        shelter(art, roof, At::new(x, y, scale), at);
    }
    if water {
        pump(art, At::new(width * chance.between(0.70, 0.86), height * 0.86, 1.5), [70, 128, 100]);
    }
    let coats: &[Colour] = &[[176, 84, 66], [88, 112, 140], [196, 156, 76], [112, 104, 128]];
    for at in 0..people {
        let x =
            width * (0.10 + 0.5 * at as f32 / people.max(1) as f32) + chance.between(-12.0, 12.0);
        let hat = chance.one_in(0.5).then_some([84, 72, 66]);
        person(
            art,
            At::new(x, height * chance.between(0.84, 0.93), 1.25),
            *chance.pick(coats),
            hat,
        );
    }
}

fn shelter(art: &mut Art, roof: Roof, at: At, which: u32) {
    let cloths: &[Colour] = &[[232, 214, 172], [214, 226, 214], [222, 190, 160]];
    let cloth = cloths[which as usize % 3];
    match roof {
        Roof::Ridge => tent(art, at, cloth),
        Roof::Round => yurt(art, at, cloth, [176, 84, 66]),
        Roof::Sheet => lean_to(art, at, [92, 132, 164]),
        Roof::Hall => {
            let hall = House {
                wall: [230, 206, 160],
                roof: [164, 84, 66],
                wide: 200.0,
                high: 62.0,
                state: State::Whole,
            };
            house(art, at, &hall);
            art.within(at, |art| {
                art.ink(&line(&[(-74.0, -126.0), (-74.0, -160.0)]), 2.6, INK);
                art.draw(&rect(-73.0, -160.0, 32.0, 18.0), [92, 132, 164], 1.6);
            });
        }
        Roof::None => {}
    }
}

/// The choices that are right for a photo.
fn answer((roof, count, water, _): View) -> Vec<&'static str> {
    let mut choices = match roof {
        Roof::None => return vec!["no-shelter"],
        Roof::Ridge => vec!["tent", "ridge-tent"],
        Roof::Round => vec!["tent", "round-tent"],
        Roof::Hall => vec!["building", "hall"],
        Roof::Sheet => vec!["sheet"],
    };
    if roof == Roof::Hall {
        choices.push("roof-whole");
    } else {
        choices.push(match count {
            1 => "one",
            2 | 3 => "few",
            _ => "many",
        });
    }
    choices.push(if water { "pump" } else { "no-pump" });
    choices
}

fn title() -> image::RgbImage {
    let mut art = Art::new(960, 504, PAPER, 33);
    meadow(&mut art, 64, (Roof::Ridge, 3, true, 3));
    mole(&mut art, At::new(816.0, 488.0, 1.45), [104, 96, 108], [70, 128, 100]);
    art.finish(0.8)
}

fn project(subjects: &[Value], warm_ups: &[Value]) -> Value {
    json!({
        "slug": "shelter-photos",
        "title": "A dry place to sleep",
        "purpose": "While the river is high, people of Seemünde camp on the meadows above it. From each \
                    photo that comes in, the helpers need to know what roofs there are and whether there \
                    is water. The photos are drawn for practice.",
        "voice": "For those who carried the beds uphill",
        "owner": { "name": "The meadow kitchen" },
        "language": "en",
        "accent": "#2f6b4f",
        "tone": "playful",
        "kind": "tagging",
        "question": "What does the photo show?",
        "rules": {
            "screen": "list",
            "questions": [
                { "id": "shelter", "text": "Where can people sleep?", "choices": [
                    { "id": "tent", "label": "In tents", "picture": "guide-ridge.jpg" },
                    { "id": "building", "label": "In a building", "picture": "guide-hall.jpg" },
                    { "id": "sheet", "label": "Under a sheet on poles", "picture": "guide-sheet.jpg" },
                    { "id": "no-shelter", "label": "No shelter to be seen" } ] },
                { "id": "tent-kind", "text": "What kind of tents?", "when": ["tent"], "choices": [
                    { "id": "ridge-tent", "label": "Ridge tents", "picture": "guide-ridge.jpg" },
                    { "id": "round-tent", "label": "Round tents", "picture": "guide-round.jpg" },
                    { "id": "both-tents", "label": "Both" } ] },
                { "id": "count", "text": "How many?", "pick": "scale", "when": ["tent", "sheet"], "choices": [
                    { "id": "one", "label": "One" },
                    { "id": "few", "label": "Two or three" },
                    { "id": "many", "label": "Four or more" } ] },
                { "id": "building-kind", "text": "What kind of building?", "when": ["building"], "choices": [
                    { "id": "hall", "label": "A hall or school", "picture": "guide-hall.jpg" },
                    { "id": "dwelling", "label": "A house or a barn", "choices": [
                        { "id": "farmhouse", "label": "A house", "hint": "A chimney, and windows on two floors." },
                        { "id": "barn", "label": "A barn", "hint": "A wide door, and no chimney." } ] } ] },
                { "id": "roof", "text": "How is its roof?", "when": ["building"], "choices": [
                    { "id": "roof-whole", "label": "Whole" },
                    { "id": "roof-damaged", "label": "Damaged" },
                    { "id": "roof-unsure", "label": "Can't tell" } ] },
                { "id": "water", "text": "Is there a pump?", "when": ["tent", "building", "sheet"], "choices": [
                    { "id": "pump", "label": "Yes", "picture": "guide-pump.jpg" },
                    { "id": "no-pump", "label": "None to be seen" } ] },
            ],
            "outcomes": ["bad_subject", "skipped"],
        },
        "rule": { "rule": "equal", "answers": 3, "at_most": 7 },
        "help": [
            entry("Ridge tent", "Two slopes, a ridge pole, an opening at the end.", "guide-ridge.jpg"),
            entry("Round tent", "Felt walls and a low round roof, with a painted door.", "guide-round.jpg"),
            entry("Hall or school", "Long, with a flag. Often the first place with a dry floor.", "guide-hall.jpg"),
            entry("Sheet on poles", "Open to the wind. Those who sleep here are asked first.", "guide-sheet.jpg"),
            entry("Pump", "A green post with a handle and a spout, usually with a bucket.", "guide-pump.jpg"),
            { "title": "Only what you see", "body": "A bucket alone is no pump, and a roof behind trees may be a barn. “Can't tell” is a good answer." },
        ],
        "layers": ["goal"],
        "picture": "title.jpg",
        "warm_ups": warm_ups,
        "subjects": subjects,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_answer_is_one_that_can_be_given() {
        let text = project(&[], &[]).to_string();
        for view in PHOTOS.iter().chain(LESSONS.iter().map(|(view, _)| view)) {
            for id in answer(*view) {
                assert!(text.contains(&format!("\"id\":\"{id}\"")), "{id}");
            }
        }
    }
}
