//! `fire-watch`, after Global Forest Watch Fires: burnt ground as polygons, fires as points with tags.

use super::super::art::{Area, Art, At, PAPER, Shape};
use super::super::chance::Chance;
use super::super::creature::mole;
use super::super::land::{Land, Mood, TILE, Tiled, draw};
use super::super::nature::blot;
use super::{Drive, Kit, entry, number};
use crate::command::Trouble;
use image::imageops::crop_imm;
use serde_json::{Value, json};

const TILED: Tiled = Tiled { z: 16, at: (35_107, 20_877), size: (6, 6) };
const MAP: &str = "The woods from the air, drawn for practice";

pub(super) fn make(drive: &Drive, _: &Kit) -> Result<(), Trouble> {
    let land = plan();
    let mut art = Art::new(TILED.size.0 * TILE, TILED.size.1 * TILE, PAPER, 19);
    draw(&mut art, &land, &Mood::WOOD);
    let map = art.finish(0.7);
    for (name, tile) in TILED.cut(&map) {
        drive.picture(&name, &tile, 66)?;
    }
    let lessons = lessons(&land);
    let mut subjects = vec![];
    for at in TILED.inner() {
        if !lessons.iter().any(|(lesson, _)| *lesson == at) {
            subjects.push(super::tile(&TILED, at, MAP));
        }
    }
    let mut warm_ups = vec![];
    for (at, hint) in lessons {
        let mut tile = super::tile(&TILED, at, MAP);
        tile["answer"] = json!({ "shapes": answer(&land, at) });
        tile["hint"] = hint.into();
        warm_ups.push(tile);
    }
    for (name, burning, scarred) in
        [("fire", true, true), ("scar", false, true), ("field", false, false)]
    {
        drive.picture(&format!("guide-{name}.jpg"), &portrait(burning, scarred), 74)?;
    }
    let mut title = Art::new(960, 504, PAPER, 4);
    let burning = land.scars.iter().filter(|(_, smoking)| *smoking).map(|(scar, _)| middle(scar));
    let (x, y) = burning.into_iter().next().unwrap_or((500.0, 500.0));
    let from = |at: f32, wide: u32, all: f32| {
        at.clamp(wide as f32 / 2.0, all - wide as f32 / 2.0) as u32 - wide / 2
    };
    let cut = crop_imm(&map, from(x - 60.0, 960, land.size.0), from(y, 504, land.size.1), 960, 504);
    title.paste(&cut.to_image(), 0, 0);
    mole(&mut title, At::new(140.0, 490.0, 2.2), [104, 96, 108], [200, 96, 46]);
    drive.picture("title.jpg", &title.finish(0.0), 74)?;
    drive.project(&project(&subjects, &warm_ups))
}

fn plan() -> Land {
    let size = ((TILED.size.0 * TILE) as f32, (TILED.size.1 * TILE) as f32);
    let mut land = Land::forest(23, size);
    let mut chance = Chance::new(5);
    for (column, row) in TILED.inner() {
        // A third of the tiles is unharmed.
        if (column + 2 * row) % 3 == 0 {
            continue;
        }
        let long = TILE as f32;
        let (x, y) = (column as f32 * long, row as f32 * long);
        let r = chance.between(42.0, 72.0);
        for _ in 0..40 {
            let at = (
                x + chance.between(r + 26.0, long - r - 26.0),
                y + chance.between(r + 26.0, long - r - 26.0),
            );
            if land.free(at, r * 0.8, r + 34.0) {
                let scar = blot(u64::from(column * 7 + row * 31), at, r, 0.22);
                land.clear(&scar);
                land.scars.push((scar, chance.one_in(0.5)));
                break;
            }
        }
    }
    land
}

fn middle(shape: &Shape) -> (f32, f32) {
    let Area { x, y, width, height } = shape.bounds();
    (x + width * 0.42, y + height * 0.42)
}

/// The marks of a tile: an outline for each burnt place, a point where it burns.
fn answer(land: &Land, tile: (u32, u32)) -> Vec<Value> {
    let mut shapes = vec![];
    let corner = ((tile.0 * TILE) as f32, (tile.1 * TILE) as f32);
    for (scar, smoking) in &land.scars {
        let Some((x, y)) = TILED.inside(tile, middle(scar)) else { continue };
        let points: Vec<Value> = scar
            .points
            .iter()
            .step_by(4)
            .map(|(x, y)| json!([number(x - corner.0), number(y - corner.1)]))
            .collect();
        let state = if *smoking { "smoking" } else { "cold" };
        shapes.push(
            json!({ "type": "polygon", "label": "scar", "points": points, "choices": [state] }),
        );
        if *smoking {
            let near = land.woods.iter().filter(|wood| {
                let b = scar.bounds().grown(30.0);
                b.meets(Area { x: wood.at.0, y: wood.at.1, width: 1.0, height: 1.0 })
            });
            let what = if near.count() > 12 { "woods" } else { "grass" };
            shapes.push(json!({
                "type": "point", "label": "fire", "x": number(x), "y": number(y), "choices": [what],
            }));
        }
    }
    shapes
}

fn lessons(land: &Land) -> Vec<((u32, u32), &'static str)> {
    let with = |smoking: bool| {
        TILED.inner().into_iter().find(|tile| {
            let mut here =
                land.scars.iter().filter(|(scar, _)| TILED.inside(*tile, middle(scar)).is_some());
            here.next().is_some_and(|(_, is)| *is == smoking) && here.next().is_none()
        })
    };
    let cold = "Black ground with grey stubs and no smoke: go around it, point by point, and close. It is cold.";
    let hot = "Flames and a plume: a point on the flames, and an outline around the black ground. It is smoking.";
    [(with(false), cold), (with(true), hot)]
        .into_iter()
        .filter_map(|(tile, hint)| Some((tile?, hint)))
        .collect()
}

fn portrait(burning: bool, scarred: bool) -> image::RgbImage {
    let mut land = Land::forest(27, (360.0, 270.0));
    (land.river, land.roads, land.homes) = (None, vec![], vec![]);
    if scarred {
        let scar = blot(4, (165.0, 150.0), 82.0, 0.22);
        land.clear(&scar);
        land.scars.push((scar, burning));
    } else {
        land.woods.retain(|wood| wood.at.0 > 240.0);
    }
    let mut art = Art::new(360, 270, PAPER, 3);
    draw(&mut art, &land, &Mood::WOOD);
    art.finish(0.7)
}

fn project(subjects: &[Value], warm_ups: &[Value]) -> Value {
    json!({
        "slug": "fire-watch",
        "title": "Smoke over the hills",
        "purpose": "It was a dry summer in the woods above Seemünde. Outline the ground that has burnt and \
                    point at what still burns, so that the foresters know where to walk first and where to \
                    plant next spring. The map is drawn for practice.",
        "voice": "For the woods, and for those who water them",
        "owner": { "name": "The fire tower on the hill" },
        "language": "en",
        "accent": "#a3461f",
        "tone": "playful",
        "kind": "drawing",
        "question": "Where has it burnt, and what still burns?",
        "rules": {
            "tools": [
                { "id": "scar", "tool": "polygon", "label": "Burnt ground", "questions": [
                    { "id": "state", "text": "How is it now?", "choices": [
                        { "id": "smoking", "label": "Still smoking" },
                        { "id": "cold", "label": "Cold and black" },
                        { "id": "green-again", "label": "Green again" } ] } ] },
                { "id": "fire", "tool": "point", "label": "Fire", "colour": "#e0602c", "questions": [
                    { "id": "burns", "text": "What burns?", "choices": [
                        { "id": "woods", "label": "Woods" },
                        { "id": "grass", "label": "Grass or field" },
                        { "id": "building", "label": "A building" },
                        { "id": "unsure", "label": "Can't tell" } ] } ] },
            ],
            "snap": true,
            "others": "hide",
            "outcomes": ["nothing_here", "bad_subject", "skipped"],
        },
        "rule": { "rule": "equal", "answers": 3, "at_most": 7 },
        "help": [
            entry("Fire", "Orange flames and a plume that drifts to the upper right. Put the point on the flames, not on the smoke.", "guide-fire.jpg"),
            entry("Burnt ground", "Black with short grey stubs. Follow its edge; eight to twelve points are plenty.", "guide-scar.jpg"),
            entry("Only a field", "Ploughed fields have straight furrows. They are brown, never black.", "guide-field.jpg"),
            { "title": "Over the edge", "body": "Burnt ground may run out of the frame. Outline it as far as you can see it." },
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
    fn lessons_lie_inside_their_tiles() {
        let land = plan();
        let lessons = lessons(&land);
        assert_eq!(lessons.len(), 2);
        for (tile, _) in lessons {
            for shape in answer(&land, tile) {
                let mut numbers = vec![];
                for point in shape["points"].as_array().into_iter().flatten() {
                    numbers.extend(point.as_array().into_iter().flatten().cloned());
                }
                numbers.extend([shape["x"].clone(), shape["y"].clone()]);
                let inside = |value: f64| (0.0..256.0).contains(&value);
                assert!(numbers.iter().filter_map(Value::as_f64).all(inside), "{shape}");
            }
        }
        assert!(land.scars.len() >= 8);
    }
}
