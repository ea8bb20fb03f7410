//! `quiet-villages`, after Amnesty's Decoders: who lives here? With notes on what may be hard to see.

use super::super::art::{Art, PAPER};
use super::super::chance::clouds;
use super::super::land::{Dwelling, Land, Mood, Roof, TILE, Tiled, draw};
use super::{Drive, Kit, entry};
use crate::command::Trouble;
use image::imageops::crop_imm;
use serde_json::{Value, json};

const TILED: Tiled = Tiled { z: 17, at: (70_151, 41_700), size: (6, 5) };
const MAP: &str = "The high valley from the air, drawn for practice";

pub(super) fn make(drive: &Drive, _: &Kit) -> Result<(), Trouble> {
    let land = plan();
    let mut art = Art::new(TILED.size.0 * TILE, TILED.size.1 * TILE, PAPER, 37);
    draw(&mut art, &land, &Mood::STONE);
    let map = art.finish(0.8);
    for (name, tile) in TILED.cut(&map) {
        drive.picture(&name, &tile, 68)?;
    }
    let lessons = lessons(&land);
    let (mut subjects, mut warm_ups) = (vec![], vec![]);
    for at in TILED.inner() {
        let mut one = super::tile(&TILED, at, MAP);
        if mounds(&land, at) > 0 {
            one["note"] = "A grave mound".into();
        }
        if let Some((_, hint)) = lessons.iter().find(|(tile, _)| *tile == at) {
            one["answer"] = json!({ "choices": answer(&land, at) });
            one["hint"] = (*hint).into();
            warm_ups.push(one);
        } else {
            subjects.push(one);
        }
    }
    for (name, roof) in [("smoke", Roof::Smoking), ("whole", Roof::Whole), ("ruin", Roof::Gone)] {
        drive.picture(&format!("guide-{name}.jpg"), &portrait(Some(roof)), 74)?;
    }
    drive.picture("guide-mound.jpg", &portrait(None), 74)?;
    drive.picture("title.jpg", &crop_imm(&map, 330, 250, 960, 504).to_image(), 74)?;
    drive.project(&project(&subjects, &warm_ups))
}

/// One side of the valley is left, the other is not.
fn plan() -> Land {
    let size = ((TILED.size.0 * TILE) as f32, (TILED.size.1 * TILE) as f32);
    let mut land = Land::hills(53, size);
    for (at, home) in land.homes.iter_mut().enumerate() {
        let border = 800.0 + clouds(71, 0.0, home.at.1, 300.0, 2) * 260.0;
        let lived_in = home.at.0 < border;
        home.roof = match (lived_in, at % 3) {
            (false, _) => Roof::Gone,
            (true, 0) => Roof::Smoking,
            (true, _) => Roof::Whole,
        };
    }
    land.mounds = land.places(6, 6, 24.0, 230.0);
    land
}

fn homes(land: &Land, tile: (u32, u32)) -> impl Iterator<Item = &Dwelling> {
    land.homes.iter().filter(move |home| TILED.inside(tile, home.at).is_some())
}

fn mounds(land: &Land, tile: (u32, u32)) -> usize {
    land.mounds.iter().filter(|at| TILED.inside(tile, **at).is_some()).count()
}

fn answer(land: &Land, tile: (u32, u32)) -> Vec<&'static str> {
    let any = |roof: Roof| homes(land, tile).any(|home| home.roof == roof);
    if !any(Roof::Whole) && !any(Roof::Smoking) {
        return vec!["no"];
    }
    let mut choices = vec!["yes", "roofs"];
    if any(Roof::Smoking) {
        choices.push("smoke");
    }
    choices
}

fn lessons(land: &Land) -> Vec<((u32, u32), &'static str)> {
    // Only houses well inside: one cut by the frame would make the answer a matter of taste.
    let clear = |tile: (u32, u32)| {
        homes(land, tile).all(|home| {
            TILED
                .inside(tile, home.at)
                .is_some_and(|(x, y)| (14.0..242.0).contains(&x) && (14.0..242.0).contains(&y))
        })
    };
    let find = |fits: &dyn Fn((u32, u32)) -> bool| {
        TILED
            .inner()
            .into_iter()
            .find(|tile| mounds(land, *tile) == 0 && clear(*tile) && fits(*tile))
    };
    let lived = find(&|tile| answer(land, tile).contains(&"smoke"));
    let ruined = find(&|tile| homes(land, tile).count() > 0 && answer(land, tile) == ["no"]);
    [
        (
            lived,
            "Whole roofs, and smoke over one of them: people live here. Yes, with roofs and smoke.",
        ),
        (
            ruined,
            "Walls without a roof and stones around them: nobody has lived here for long. No.",
        ),
    ]
    .into_iter()
    .filter_map(|(tile, hint)| Some((tile?, hint)))
    .collect()
}

fn portrait(roof: Option<Roof>) -> image::RgbImage {
    let mut land = Land::hills(55, (360.0, 270.0));
    (land.roads, land.homes, land.woods) = (vec![], vec![], vec![]);
    match roof {
        Some(roof) => land.homes.push(Dwelling {
            at: (160.0, 150.0),
            size: (108.0, 84.0),
            turn: -8.0,
            roof,
            tone: 0,
        }),
        None => land.mounds.push((180.0, 140.0)),
    }
    let mut art = Art::new(360, 270, PAPER, 3);
    draw(&mut art, &land, &Mood::STONE);
    art.finish(0.8)
}

fn project(subjects: &[Value], warm_ups: &[Value]) -> Value {
    json!({
        "slug": "quiet-villages",
        "title": "Who still lives in the high valley?",
        "purpose": "Many families left the high valley in the years without rain. Those who want to go back, \
                    and those who never left, ask for the road to be mended. Your answers show where people \
                    live. The map is drawn for practice.",
        "voice": "For the people of the high valley, those there and those away",
        "owner": { "name": "The valley's council" },
        "language": "en",
        "accent": "#5f5648",
        "tone": "solemn",
        "kind": "tagging",
        "question": "Do people live in this place?",
        "rules": {
            "screen": "list",
            "questions": [
                { "id": "presence", "text": "Do people live in this place?", "choices": [
                    { "id": "yes", "label": "Yes" },
                    { "id": "no", "label": "No" },
                    { "id": "unsure", "label": "Can't tell" } ] },
                { "id": "signs", "text": "What shows it?", "pick": "several", "when": ["yes"], "choices": [
                    { "id": "roofs", "label": "Whole roofs", "picture": "guide-whole.jpg" },
                    { "id": "smoke", "label": "Smoke", "picture": "guide-smoke.jpg" },
                    { "id": "other-sign", "label": "Something else" } ] },
            ],
            "outcomes": ["bad_subject", "skipped"],
        },
        "rule": { "rule": "equal", "answers": 3, "at_most": 9 },
        "help": [
            entry("Smoke", "Somebody is cooking. It drifts to the upper right of its house.", "guide-smoke.jpg"),
            entry("Whole roof", "Straight edges, a ridge, a chimney.", "guide-whole.jpg"),
            entry("Ruin", "Pale walls, open rooms, fallen stones. Nobody lives there.", "guide-ruin.jpg"),
            entry("Grave mound", "A ring of white stones. Pictures with one are covered until you tap them, and you may pass them by.", "guide-mound.jpg"),
            { "title": "Take your time", "body": "Nothing here is counted by the minute. You may stop after any picture." },
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
    fn there_are_lessons_and_notes_and_both_answers() {
        let land = plan();
        assert_eq!(lessons(&land).len(), 2);
        let inner = TILED.inner();
        assert!(inner.iter().any(|at| mounds(&land, *at) > 0));
        assert!(inner.iter().filter(|at| answer(&land, **at) == ["no"]).count() >= 3);
        assert!(inner.iter().filter(|at| answer(&land, **at) != ["no"]).count() >= 3);
    }
}
