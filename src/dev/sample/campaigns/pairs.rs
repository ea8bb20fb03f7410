//! Pairs of pictures of one place: `forest-pairs`, after Guardianes (is the forest gone?), and
//! `after-the-storm`, after the Planetary Response Network (points and boxes).

use super::super::art::{Art, At, PAPER, WHITE};
use super::super::chance::Chance;
use super::super::creature::mole;
use super::super::land::{Land, Mood, Roof, draw};
use super::super::nature::blot;
use super::{Drive, Kit, entry, number};
use crate::command::Trouble;
use image::RgbImage;
use image::imageops::crop_imm;
use serde_json::{Value, json};

/// How a map is cut: columns, rows, and a piece's width and height.
struct Grid {
    columns: u32,
    rows: u32,
    piece: (u32, u32),
}

impl Grid {
    fn size(&self) -> (f32, f32) {
        ((self.columns * self.piece.0) as f32, (self.rows * self.piece.1) as f32)
    }

    fn count(&self) -> u32 {
        self.columns * self.rows
    }

    fn corner(&self, at: u32) -> (u32, u32) {
        (at % self.columns * self.piece.0, at / self.columns * self.piece.1)
    }

    fn cut(&self, map: &RgbImage, at: u32) -> RgbImage {
        let (x, y) = self.corner(at);
        crop_imm(map, x, y, self.piece.0, self.piece.1).to_image()
    }

    /// A point of the map in a piece, `margin` pixels from its edges.
    fn inside(&self, at: u32, (x, y): (f32, f32), margin: f32) -> Option<(f32, f32)> {
        let (left, top) = self.corner(at);
        let (x, y) = (x - left as f32, y - top as f32);
        let fits = |value: f32, all: u32| (margin..all as f32 - margin).contains(&value);
        (fits(x, self.piece.0) && fits(y, self.piece.1)).then_some((x, y))
    }
}

fn paint(land: &Land, mood: &Mood) -> Art {
    let mut art = Art::new(land.size.0 as u32, land.size.1 as u32, PAPER, land.seed);
    draw(&mut art, land, mood);
    art
}

fn pair(at: u32, labels: (&str, &str), alt: &str) -> Value {
    json!({
        "type": "image_pair", "id": format!("place-{:02}", at + 1),
        "before": format!("place-{:02}-before.jpg", at + 1), "after": format!("place-{:02}-after.jpg", at + 1),
        "before_label": labels.0, "after_label": labels.1, "alt": alt,
    })
}

const WOODS: Grid = Grid { columns: 4, rows: 3, piece: (520, 400) };

/// What happened to the forest of a piece.
#[derive(Clone, Copy, PartialEq, Debug)]
enum Change {
    Lost,
    Kept,
    Clouded,
}

fn change(at: u32) -> Change {
    match at {
        5 => Change::Clouded,
        1 | 3 | 4 | 6 | 8 | 11 => Change::Lost,
        _ => Change::Kept,
    }
}

pub(super) fn forest(drive: &Drive, _: &Kit) -> Result<(), Trouble> {
    let before = woods();
    let after = woods_later(&before);
    let was = paint(&before, &Mood::WOOD).finish(0.7);
    // Fields change with the season; that is not what is asked.
    let mut season = Mood::WOOD;
    season.fields =
        [[206, 186, 128], [176, 186, 126], [198, 176, 116], [188, 190, 138], [212, 194, 140]];
    let mut art = paint(&after, &season);
    for at in (0..WOODS.count()).filter(|at| change(*at) == Change::Clouded) {
        let (x, y) = WOODS.corner(at);
        overcast(&mut art, (x as f32, y as f32));
    }
    let is = art.finish(0.7);
    let lessons = [
        (1, "Trees on the left picture, stumps on the right: forest is lost."),
        (0, "The field below has another colour, but every tree still stands: not lost."),
        (
            5,
            "Clouds hide the woods on the second picture. Then you can't tell, and that is an answer.",
        ),
    ];
    let (mut subjects, mut warm_ups) = (vec![], vec![]);
    for at in 0..WOODS.count() {
        drive.picture(&format!("place-{:02}-before.jpg", at + 1), &WOODS.cut(&was, at), 57)?;
        drive.picture(&format!("place-{:02}-after.jpg", at + 1), &WOODS.cut(&is, at), 57)?;
        let mut one = pair(at, ("Last spring", "This autumn"), "Woods from the air, twice");
        if let Some((_, hint)) = lessons.iter().find(|(lesson, _)| *lesson == at) {
            one["answer"] = json!({ "choices": [match change(at) {
                Change::Lost => "lost",
                Change::Kept => "kept",
                Change::Clouded => "unsure",
            }] });
            one["hint"] = (*hint).into();
            warm_ups.push(one);
        } else {
            subjects.push(one);
        }
    }
    let mut title = Art::new(960, 504, PAPER, 4);
    title.paste(&crop_imm(&was, 560, 300, 480, 504).to_image(), 0, 0);
    title.paste(&crop_imm(&is, 1040, 300, 480, 504).to_image(), 480, 0);
    title.fill(&super::super::art::rect(476.0, 0.0, 8.0, 504.0), WHITE, 1.0);
    mole(&mut title, At::new(480.0, 492.0, 2.2), [104, 96, 108], [70, 128, 100]);
    drive.picture("title.jpg", &title.finish(0.0), 74)?;
    drive.project(&json!({
        "slug": "forest-pairs",
        "title": "Count the trees that are gone",
        "purpose": "The woods above the river belong to everybody, and now and then a piece of them is \
                    missing. Two pictures of each place, a summer apart: is forest lost? Thirty people look \
                    at each pair before anybody is asked about it. The pictures are drawn for practice.",
        "voice": "For the woodpeckers, who cannot write letters",
        "owner": { "name": "The walkers' club of the upper river" },
        "language": "en",
        "accent": "#3f6b3a",
        "tone": "playful",
        "kind": "tagging",
        "question": "Is forest lost here?",
        "rules": {
            "screen": "pair",
            "questions": [{ "id": "change", "text": "Is forest lost here?", "choices": [
                { "id": "lost", "label": "Forest lost" },
                { "id": "kept", "label": "Not lost" },
                { "id": "unsure", "label": "Can't tell" } ] }],
            "outcomes": ["bad_subject", "skipped"],
        },
        "rule": { "rule": "equal", "answers": 30, "at_most": 50 },
        "help": [
            entry("Forest lost", "Pale ground with rows of stumps where crowns were.", "place-02-after.jpg"),
            entry("Not lost", "Fields may change their colour. Count crowns, not colours.", "place-01-after.jpg"),
            entry("Can't tell", "Cloud, or a picture so dark that you would guess.", "place-06-after.jpg"),
        ],
        "layers": ["goal"],
        "picture": "title.jpg",
        "warm_ups": warm_ups,
        "subjects": subjects,
    }))
}

fn woods() -> Land {
    let mut land = Land::forest(47, WOODS.size());
    land.homes.truncate(12);
    land
}

fn woods_later(before: &Land) -> Land {
    let mut land = before.clone();
    for at in (0..WOODS.count()).filter(|at| change(*at) == Change::Lost) {
        let ground = thickest(before, at);
        land.clear(&ground);
        land.cuts.push(ground);
    }
    land
}

/// The patch of a piece that has most trees, clear of its edges and of the river and the road.
fn thickest(land: &Land, at: u32) -> super::super::art::Shape {
    let mut chance = Chance::new(u64::from(at) + 3);
    let (left, top) = WOODS.corner(at);
    let mut best = (0, blot(1, (0.0, 0.0), 1.0, 0.0));
    for try_ in 0..60 {
        let r = chance.between(58.0, 84.0);
        let middle = (
            left as f32 + chance.between(r * 1.3, WOODS.piece.0 as f32 - r * 1.3),
            top as f32 + chance.between(r * 1.3, WOODS.piece.1 as f32 - r * 1.3),
        );
        if !land.free(middle, r * 0.7, r) {
            continue;
        }
        let ground = blot(try_ + 7, middle, r, 0.24);
        let trees = land.woods.iter().filter(|wood| ground.holds(wood.at.0, wood.at.1)).count();
        if trees > best.0 {
            best = (trees, ground);
        }
    }
    best.1
}

fn overcast(art: &mut Art, (x, y): (f32, f32)) {
    let mut chance = Chance::new(8);
    for at in 0..34 {
        let place = (x + chance.between(30.0, 490.0), y + chance.between(30.0, 370.0));
        let puff = blot(at, place, chance.between(44.0, 80.0), 0.16);
        art.fill(&puff, [236, 236, 232], 0.92);
        if at > 20 {
            art.ink(&puff, 1.0, [190, 192, 194]);
        }
    }
}

const STREETS: Grid = Grid { columns: 3, rows: 3, piece: (640, 480) };

pub(super) fn storm(drive: &Drive, _: &Kit) -> Result<(), Trouble> {
    let (before, after) = streets();
    let was = paint(&before, &Mood::MEADOW).finish(0.7);
    let is = paint(&after, &Mood::MEADOW).finish(0.7);
    let lessons = storm_lessons(&after);
    let (mut subjects, mut warm_ups) = (vec![], vec![]);
    for at in 0..STREETS.count() {
        drive.picture(&format!("place-{:02}-before.jpg", at + 1), &STREETS.cut(&was, at), 57)?;
        drive.picture(&format!("place-{:02}-after.jpg", at + 1), &STREETS.cut(&is, at), 57)?;
        let mut one = pair(at, ("In spring", "After the storm"), "Houses from the air, twice");
        if lessons.contains(&at) {
            let shapes = harm(&after, at);
            let boxes = shapes.iter().filter(|shape| shape["type"] == "box").count();
            let points = shapes.len() - boxes;
            one["answer"] = json!({ "shapes": shapes });
            one["hint"] = format!(
                "Look at both: now and then. {boxes} of these houses are damaged (a box around each), and the \
                 road is blocked in {points} places (a point on each)."
            )
            .replace(" 1 of these houses are damaged (a box around each)", " One of these houses is damaged (a box around it)")
            .replace("blocked in 1 places (a point on each)", "blocked in one place (a point on it)")
            .replace(", and the road is blocked in 0 places (a point on each)", "; the road is free")
            .into();
            warm_ups.push(one);
        } else {
            subjects.push(one);
        }
    }
    let mut title = Art::new(960, 504, PAPER, 4);
    title.paste(&crop_imm(&was, 420, 300, 480, 504).to_image(), 0, 0);
    title.paste(&crop_imm(&is, 900, 300, 480, 504).to_image(), 480, 0);
    title.fill(&super::super::art::rect(476.0, 0.0, 8.0, 504.0), WHITE, 1.0);
    mole(&mut title, At::new(120.0, 492.0, 2.2), [104, 96, 108], [96, 84, 140]);
    drive.picture("title.jpg", &title.finish(0.0), 74)?;
    let guide = |land: &Land, at: (f32, f32), map: &RgbImage| {
        let edge = |value: f32, all: f32, half: f32| value.clamp(half, all - half) as u32;
        let (x, y) = (edge(at.0, land.size.0, 120.0) - 120, edge(at.1, land.size.1, 90.0) - 90);
        crop_imm(map, x, y, 240, 180).to_image()
    };
    let home = after
        .homes
        .iter()
        .find(|home| home.roof == Roof::Holed && home.at.0 > 300.0)
        .map_or((300.0, 300.0), |home| home.at);
    drive.picture("guide-house.jpg", &guide(&after, home, &is), 78)?;
    let road = after.blocks.get(1).map_or((300.0, 300.0), |(at, _)| *at);
    drive.picture("guide-road.jpg", &guide(&after, road, &is), 78)?;
    drive.project(&json!({
        "slug": "after-the-storm",
        "title": "Before and after",
        "purpose": "Two flights over the same streets, one in spring, one on the morning after the storm. \
                    What is new on the second picture is what the crews must see. The pictures are drawn \
                    for practice.",
        "voice": "For everybody who still has a ladder",
        "owner": { "name": "The first wave of helpers" },
        "language": "en",
        "accent": "#5b4a8c",
        "tone": "playful",
        "kind": "drawing",
        "question": "What did the storm change?",
        "rules": {
            "tools": [
                { "id": "house", "tool": "box", "label": "Damaged house", "questions": [
                    { "id": "left", "text": "What is left?", "choices": [
                        { "id": "hole", "label": "A hole in the roof" },
                        { "id": "walls", "label": "Only walls" } ] } ] },
                { "id": "road", "tool": "point", "label": "Blocked road" },
            ],
            "rotatable": true,
            "others": "show",
            "outcomes": ["nothing_here", "bad_subject", "skipped"],
        },
        "rule": { "rule": "equal", "answers": 5, "at_most": 12 },
        "help": [
            entry("Damaged house", "A dark hole, or walls without a roof. One box around the whole house; turn it with the house.", "guide-house.jpg"),
            entry("Blocked road", "A trunk across the road that was not there in spring. One point.", "guide-road.jpg"),
            { "title": "Only what is new", "body": "A ruin that was a ruin in spring is no damage of this storm." },
        ],
        "layers": ["goal"],
        "picture": "title.jpg",
        "warm_ups": warm_ups,
        "subjects": subjects,
    }))
}

fn streets() -> (Land, Land) {
    let before = Land::village(61, STREETS.size());
    let mut after = before.clone();
    after.strike(2, 5, Roof::Holed);
    after.strike(9, 17, Roof::Gone);
    after.block(640.0);
    let standing = |wood: &super::super::land::Wood| {
        !(wood.at.0 as u32 * 7 + wood.at.1 as u32).is_multiple_of(9)
    };
    after.woods.retain(standing);
    (before, after)
}

/// The marks of a piece: boxes turned with the houses, points on the trunks.
fn harm(land: &Land, at: u32) -> Vec<Value> {
    let mut shapes = vec![];
    for home in land.homes.iter().filter(|home| home.roof != Roof::Whole) {
        let Some((x, y)) = STREETS.inside(at, home.at, 0.0) else { continue };
        let (wide, deep) = home.size;
        let left = if home.roof == Roof::Holed { "hole" } else { "walls" };
        shapes.push(json!({
            "type": "box", "label": "house", "x": number(x - wide / 2.0), "y": number(y - deep / 2.0),
            "width": number(wide), "height": number(deep), "rotation": number(home.turn), "choices": [left],
        }));
    }
    for (place, _) in &land.blocks {
        if let Some((x, y)) = STREETS.inside(at, *place, 0.0) {
            shapes
                .push(json!({ "type": "point", "label": "road", "x": number(x), "y": number(y) }));
        }
    }
    shapes
}

/// Two pieces to learn on: few marks, all of them well inside.
fn storm_lessons(land: &Land) -> Vec<u32> {
    let fits = |at: &u32| {
        let shapes = harm(land, *at);
        let homes = land.homes.iter().filter(|home| home.roof != Roof::Whole).map(|home| home.at);
        let places = homes.chain(land.blocks.iter().map(|(place, _)| *place));
        let edges = places.filter(|place| {
            STREETS.inside(*at, *place, -22.0).is_some()
                && STREETS.inside(*at, *place, 22.0).is_none()
        });
        (1..=6).contains(&shapes.len()) && edges.count() == 0
    };
    (0..STREETS.count()).filter(fits).take(2).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn where_forest_is_lost_there_was_one() {
        let (before, after) = (woods(), woods_later(&woods()));
        for at in 0..WOODS.count() {
            let trees = |land: &Land| {
                land.woods.iter().filter(|w| WOODS.inside(at, w.at, 0.0).is_some()).count()
            };
            let fell = trees(&before) - trees(&after);
            match change(at) {
                Change::Lost => assert!(fell >= 8, "{at}: {fell}"),
                _ => assert_eq!(fell, 0, "{at}"),
            }
        }
    }

    #[test]
    fn there_are_two_storms_to_learn_on() {
        let (_, after) = streets();
        let lessons = storm_lessons(&after);
        assert_eq!(lessons.len(), 2);
        for at in lessons {
            for shape in harm(&after, at) {
                let inside = |name: &str, all: u32| {
                    shape[name].as_f64().is_some_and(|value| value > 0.0 && value < f64::from(all))
                };
                assert!(inside("x", STREETS.piece.0) && inside("y", STREETS.piece.1), "{shape}");
            }
        }
    }
}
