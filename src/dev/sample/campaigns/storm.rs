//! `storm-roofs`, after Tomnod: points with labels on the tiles of a map.

use super::super::art::{Art, At, PAPER};
use super::super::creature::mole;
use super::super::land::{Dwelling, Land, Mood, Roof, TILE, Tiled, Wood, draw};
use super::{Drive, Kit, entry, number};
use crate::command::Trouble;
use image::imageops::crop_imm;
use serde_json::{Value, json};

const TILED: Tiled = Tiled { z: 17, at: (70_087, 41_711), size: (8, 6) };

/// What is to be found, with its label.
type Mark = (&'static str, (f32, f32));

pub(super) fn make(drive: &Drive, _: &Kit) -> Result<(), Trouble> {
    let land = plan();
    let mut art = Art::new(TILED.size.0 * TILE, TILED.size.1 * TILE, PAPER, 17);
    draw(&mut art, &land, &Mood::MEADOW);
    let map = art.finish(0.7);
    for (name, tile) in TILED.cut(&map) {
        drive.picture(&name, &tile, 68)?;
    }
    let lessons = lessons(&land);
    let mut subjects = vec![];
    for at in TILED.inner() {
        if !lessons.contains(&at) {
            subjects.push(super::tile(&TILED, at, "After the storm, drawn for practice"));
        }
    }
    let mut warm_ups = vec![];
    for at in lessons {
        let mut tile = super::tile(&TILED, at, "After the storm, drawn for practice");
        let shapes: Vec<Value> = marks(&land, at)
            .into_iter()
            .map(|(label, (x, y))| json!({ "type": "point", "label": label, "x": number(x), "y": number(y) }))
            .collect();
        tile["answer"] = json!({ "shapes": shapes });
        tile["hint"] = hint(&marks(&land, at)).into();
        warm_ups.push(tile);
    }
    for (name, kind) in [("roof", 0), ("road", 1), ("shelter", 2)] {
        drive.picture(&format!("guide-{name}.jpg"), &portrait(kind), 74)?;
    }
    let mut title = Art::new(960, 504, PAPER, 4);
    title.paste(&crop_imm(&map, 420, 300, 960, 504).to_image(), 0, 0);
    mole(&mut title, At::new(140.0, 490.0, 2.2), [104, 96, 108], [52, 104, 140]);
    drive.picture("title.jpg", &title.finish(0.0), 74)?;
    drive.project(&project(&subjects, &warm_ups))
}

fn plan() -> Land {
    let size = ((TILED.size.0 * TILE) as f32, (TILED.size.1 * TILE) as f32);
    let mut land = Land::village(29, size);
    land.strike(1, 4, Roof::Holed);
    land.strike(6, 23, Roof::Gone);
    land.block(760.0);
    land.tents = land.places(4, 9, 30.0, 240.0);
    land
}

/// What is to be marked in a tile.
fn marks(land: &Land, tile: (u32, u32)) -> Vec<Mark> {
    let roofs =
        land.homes.iter().filter(|home| home.roof != Roof::Whole).map(|home| ("roof", home.at));
    let roads = land.blocks.iter().map(|(at, _)| ("road", *at));
    let tents = land.tents.iter().map(|at| ("shelter", *at));
    roofs
        .chain(roads)
        .chain(tents)
        .filter_map(|(label, at)| Some((label, TILED.inside(tile, at)?)))
        .collect()
}

/// Three tiles to learn on: together they show everything, none shows too much or lies at an edge.
fn lessons(land: &Land) -> Vec<(u32, u32)> {
    let mut chosen: Vec<(u32, u32)> = vec![];
    for label in ["roof", "road", "shelter"] {
        let found = TILED.inner().into_iter().find(|tile| {
            let marks = marks(land, *tile);
            let clear = |at: f32| (24.0..232.0).contains(&at);
            (1..=3).contains(&marks.len())
                && marks.iter().any(|mark| mark.0 == label)
                && marks.iter().all(|(_, (x, y))| clear(*x) && clear(*y))
                && !chosen.contains(tile)
        });
        chosen.extend(found);
    }
    chosen
}

/// What a tile has, in words.
fn hint(marks: &[Mark]) -> String {
    let count = |label: &str| marks.iter().filter(|mark| mark.0 == label).count();
    let mut parts = vec![];
    for (label, one, many) in [
        ("roof", "a damaged roof", "damaged roofs"),
        ("road", "a fallen tree across the road", "fallen trees across the road"),
        ("shelter", "a camp of white tents", "camps of white tents"),
    ] {
        match count(label) {
            0 => {}
            1 => parts.push(one.to_owned()),
            2 => parts.push(format!("two {many}")),
            _ => parts.push(format!("three {many}")),
        }
    }
    format!(
        "In the frame: {}. {}; what lies outside has a tile of its own.",
        parts.join(" and "),
        if marks.len() == 1 { "One point on it" } else { "One point on each" }
    )
}

/// A small picture of one thing for the field guide.
fn portrait(kind: usize) -> image::RgbImage {
    let mut land = Land::village(31 + kind as u64, (360.0, 270.0));
    (land.homes, land.woods, land.river) = (vec![], vec![], None);
    match kind {
        0 => {
            land.roads.clear();
            let home = Dwelling {
                at: (180.0, 135.0),
                size: (120.0, 84.0),
                turn: 12.0,
                roof: Roof::Holed,
                tone: 0,
            };
            land.homes.push(home);
        }
        1 => {
            land.roads.truncate(1);
            land.roads[0] = super::super::art::sweep(&[
                (-40.0, 150.0),
                (120.0, 130.0),
                (240.0, 145.0),
                (400.0, 120.0),
            ]);
            land.blocks = vec![((186.0, 138.0), 2.0)];
        }
        _ => {
            land.roads.clear();
            land.tents = vec![(170.0, 130.0)];
            land.woods = vec![Wood { at: (280.0, 90.0), r: 22.0, fir: false }];
        }
    }
    let mut art = Art::new(360, 270, PAPER, 3);
    draw(&mut art, &land, &Mood::MEADOW);
    art.finish(0.7)
}

fn project(subjects: &[Value], warm_ups: &[Value]) -> Value {
    json!({
        "slug": "storm-roofs",
        "title": "The night the tiles flew",
        "purpose": "A storm crossed the villages behind Seemünde, and a balloon went up to draw what is \
                    left. Point at damaged roofs, blocked roads and shelters: the crews drive by your map. \
                    The map is drawn for practice.",
        "voice": "For the roofers, who will be up there by Monday",
        "owner": { "name": "The balloon office" },
        "language": "en",
        "accent": "#34688c",
        "tone": "playful",
        "kind": "drawing",
        "question": "Point at what the storm did",
        "rules": {
            "tools": [
                { "id": "roof", "tool": "point", "label": "Damaged roof" },
                { "id": "road", "tool": "point", "label": "Blocked road" },
                { "id": "shelter", "tool": "point", "label": "Shelter" },
            ],
            "outcomes": ["nothing_here", "bad_subject", "skipped"],
        },
        "rule": { "rule": "equal", "answers": 3, "at_most": 7 },
        "help": [
            entry("Damaged roof", "A dark hole with beams, tiles scattered around. Where only walls are left, it counts too.", "guide-roof.jpg"),
            entry("Blocked road", "A trunk with its crown lies across. Trees beside the road do not block it.", "guide-road.jpg"),
            entry("Shelter", "White tents close together. One point in the middle of the group.", "guide-shelter.jpg"),
            { "title": "The frame", "body": "Mark inside the frame. Around it you see where you are." },
            { "title": "Nothing at all", "body": "Many tiles are fine. “Nothing here” says so, and the crews need not go." },
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
    fn the_lessons_show_everything_and_lie_inside() {
        let land = plan();
        let lessons = lessons(&land);
        assert_eq!(lessons.len(), 3);
        let all: Vec<Mark> = lessons.iter().flat_map(|at| marks(&land, *at)).collect();
        for label in ["roof", "road", "shelter"] {
            assert!(all.iter().any(|mark| mark.0 == label), "{label}");
        }
        assert!(all.iter().all(|(_, (x, y))| (0.0..256.0).contains(x) && (0.0..256.0).contains(y)));
    }

    #[test]
    fn some_tiles_have_nothing_and_some_have_much() {
        let land = plan();
        let counts: Vec<usize> = TILED.inner().iter().map(|at| marks(&land, *at).len()).collect();
        assert!(counts.contains(&0) && counts.iter().any(|count| *count >= 3), "{counts:?}");
    }
}
