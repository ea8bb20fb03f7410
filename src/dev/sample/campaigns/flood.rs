//! `flood-damage`, after Micromappers: how bad is it, at a glance.

use super::super::art::{Art, At, Colour, INK, PAPER, line, mix};
use super::super::built::{House, State, house};
use super::super::chance::Chance;
use super::super::creature::mole;
use super::super::nature::{Tree, cloud, grass, hills, rain, sky, tree, water};
use super::{Drive, Kit, entry};
use crate::command::Trouble;
use serde_json::{Value, json};

/// What happened to a house.
#[derive(Clone, Copy, PartialEq, Debug)]
enum Harm {
    Severe,
    Mild,
    None,
}

impl Harm {
    fn id(self) -> &'static str {
        match self {
            Self::Severe => "severe",
            Self::Mild => "mild",
            Self::None => "none",
        }
    }
}

const SIZE: (u32, u32) = (640, 480);
const COUNT: u64 = 18;
const STREETS: &[&str] = &["Mill Lane", "Ferry Street", "Upper Dyke", "Goose Green", "Harbour Row"];

pub(super) fn make(drive: &Drive, _: &Kit) -> Result<(), Trouble> {
    let mut subjects = vec![];
    for at in 0..COUNT {
        let file = format!("house-{:02}.jpg", at + 1);
        drive.picture(&file, &draw(at, harm(at)).finish(0.8), 66)?;
        let street = Chance::new(at + 3).pick(STREETS).to_owned();
        subjects.push(json!({
            "type": "image", "file": file, "facts": { "Street": street },
            "alt": "A house after the flood, seen from the street",
        }));
    }
    let lessons = [
        (Harm::None, "The roof is whole and the ground is dry: none."),
        (Harm::Mild, "Water at the doorstep, or a few tiles gone: people can live here. Mild."),
        (Harm::Severe, "The roof has fallen in, or water stands at the windows. Severe."),
    ];
    let mut warm_ups = vec![];
    for (at, (harm, hint)) in lessons.into_iter().enumerate() {
        let file = format!("practice-{}.jpg", at + 1);
        drive.picture(&file, &draw(100 + at as u64 * 2, harm).finish(0.8), 66)?;
        warm_ups.push(json!({
            "type": "image", "file": file, "alt": "A house, for practice",
            "answer": { "choices": [harm.id()] }, "hint": hint,
        }));
    }
    drive.picture("title.jpg", &title(), 74)?;
    drive.project(&project(&subjects, &warm_ups))
}

/// Harm is spread evenly, in no order that can be guessed.
fn harm(at: u64) -> Harm {
    match (at * 7 + at / 3) % 3 {
        0 => Harm::None,
        1 => Harm::Severe,
        _ => Harm::Mild,
    }
}

fn draw(seed: u64, harm: Harm) -> Art {
    let mut art = Art::new(SIZE.0, SIZE.1, PAPER, seed);
    street(&mut art, seed, harm);
    art
}

fn street(art: &mut Art, seed: u64, harm: Harm) {
    let mut chance = Chance::new(seed * 31 + 7);
    let (width, height) = (art.width(), art.height());
    let ground = height * 0.76;
    let skies: &[Colour] = &[[206, 216, 214], [222, 214, 196], [190, 204, 212]];
    let greens: &[Colour] = &[[150, 168, 122], [166, 172, 118], [134, 160, 128]];
    let walls: &[Colour] = &[[238, 222, 190], [226, 196, 170], [214, 216, 204], [232, 206, 140]];
    let roofs: &[Colour] = &[[184, 92, 66], [120, 96, 92], [164, 76, 70], [92, 106, 118]];
    sky(art, *chance.pick(skies), None);
    let high = height * 0.16;
    cloud(art, At::new(chance.between(0.1, 0.9) * width, high, 1.1), [232, 230, 222]);
    let green = *chance.pick(greens);
    hills(art, seed + 1, height * 0.5, 30.0, 260.0, mix(green, [206, 216, 214], 0.5));
    hills(art, seed + 2, ground - 22.0, 8.0, 300.0, green);
    let side = if chance.one_in(0.5) { 1.0 } else { -1.0 };
    let far = At::new(width / 2.0 - side * width * 0.36, ground - 12.0, 0.62);
    let (wall, roof) = (*chance.pick(walls), *chance.pick(roofs));
    house(
        art,
        far,
        &House { wall: roof, roof: wall, wide: 110.0, high: 62.0, state: State::Whole },
    );
    let kind = *chance.pick(&[Tree::Round, Tree::Fir, Tree::Round]);
    let place = At::new(width / 2.0 + side * width * 0.36, ground - 4.0, chance.between(1.2, 1.6));
    tree(art, place, kind, mix(green, [40, 90, 70], 0.45));
    let dry = chance.one_in(0.5);
    let state = match harm {
        Harm::Severe if dry => State::Fallen,
        Harm::Severe => *chance.pick(&[State::Whole, State::Chipped]),
        Harm::Mild if dry => State::Chipped,
        Harm::Mild | Harm::None => State::Whole,
    };
    let wide = chance.between(118.0, 146.0);
    let high = *chance.pick(&[66.0, 70.0, 104.0]);
    let scale = if high > 90.0 { 1.5 } else { 1.85 };
    let x = width / 2.0 + side * chance.between(4.0, 30.0);
    house(art, At::new(x, ground, scale), &House { wall, roof, wide, high, state });
    fence(art, ground + 26.0, side);
    grass(art, seed + 5, (ground + 14.0, height), 46, mix(green, INK, 0.55));
    let brown = [150, 160, 150];
    match harm {
        Harm::Severe if !dry => {
            let deep = if high > 90.0 { 0.64 } else { 0.70 };
            water(art, seed + 6, ground - high * scale * deep, height + 10.0, brown, 0.93);
            rain(art, seed + 7, 40, [120, 130, 140]);
        }
        Harm::Mild if !dry => water(art, seed + 6, ground - 13.0, height + 10.0, brown, 0.86),
        _ => {}
    }
}

fn fence(art: &mut Art, y: f32, side: f32) {
    let middle = art.width() / 2.0;
    for at in 0..7 {
        let x = middle + side * (150.0 + at as f32 * 30.0);
        art.ink(&line(&[(x, y), (x, y - 30.0)]), 4.6, [150, 122, 92]);
    }
    for lift in [9.0, 22.0] {
        let ends = [(middle + side * 140.0, y - lift), (middle + side * 346.0, y - lift)];
        art.ink(&line(&ends), 3.2, [150, 122, 92]);
    }
}

fn title() -> image::RgbImage {
    let mut art = Art::new(960, 504, PAPER, 12);
    street(&mut art, 106, Harm::Mild);
    mole(&mut art, At::new(170.0, 478.0, 1.7), [104, 96, 108], [190, 84, 60]);
    art.finish(0.8)
}

fn project(subjects: &[Value], warm_ups: &[Value]) -> Value {
    json!({
        "slug": "flood-damage",
        "title": "After the river came",
        "purpose": "The river stood in the lower streets of Seemünde for two nights. Six houses at a \
                    time: say how bad each looks, so that the carpenters begin where they are needed \
                    most. The pictures are drawn for practice.",
        "voice": "For everyone with wet boots in Ferry Street",
        "owner": { "name": "The flood committee of Seemünde" },
        "language": "en",
        "accent": "#8a5a1f",
        "tone": "playful",
        "kind": "tagging",
        "question": "How bad is the damage?",
        "rules": {
            "screen": "grid",
            "questions": [{ "id": "damage", "text": "How bad is the damage?", "choices": [
                { "id": "severe", "label": "Severe", "hint": "Nobody can live here: the roof is down, or water stands at the windows.", "picture": "practice-3.jpg" },
                { "id": "mild", "label": "Mild", "hint": "Water at the door, tiles gone. Hammer and mop will do.", "picture": "practice-2.jpg" },
                { "id": "none", "label": "None", "hint": "Dry and whole.", "picture": "practice-1.jpg", "alone": true },
            ] }],
            "outcomes": ["bad_subject", "skipped"],
        },
        "rule": { "rule": "share", "least": 3, "percent": 80, "at_most": 10 },
        "help": [
            entry("Severe", "The roof has fallen in, or the water reaches the windows. Nobody can sleep here tonight.", "practice-3.jpg"),
            entry("Mild", "Water on the doorstep, or a hole in the tiles. It can be mended with people inside.", "practice-2.jpg"),
            entry("None", "Look twice at roof and ground, then say so: a house that is fine is news too.", "practice-1.jpg"),
            { "title": "Only the house in front", "body": "The one behind it has a picture of its own." },
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
    fn every_kind_of_harm_is_there() {
        for kind in [Harm::Severe, Harm::Mild, Harm::None] {
            assert!((0..COUNT).filter(|at| harm(*at) == kind).count() >= 5, "{kind:?}");
        }
    }

    #[test]
    fn a_street_is_drawn_the_same_again() {
        assert_eq!(draw(4, Harm::Mild).finish(0.8), draw(4, Harm::Mild).finish(0.8));
    }
}
