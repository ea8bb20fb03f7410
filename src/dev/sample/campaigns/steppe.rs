//! `steppe-cameras`, after Zooniverse: a survey that branches, and three tools.

use super::super::art::{Area, Art, At, Colour, INK, PAPER, WHITE, mix, poly, rect};
use super::super::chance::Chance;
use super::super::creature::{
    ANTELOPE, Beast, CRANE, FOX, HARE, HORSE, Pose, Seen, beast, bird, mole,
};
use super::super::nature::{cloud, grass, hills, sky, stone};
use super::{Drive, Kit, entry, number};
use crate::command::Trouble;
use serde_json::{Value, json};

use Pose::{Grazing, Looking, Running};
use Who::{Antelope, Crane, Fox, Hare, Horse};

const SIZE: (u32, u32) = (880, 660);

/// What can walk past.
#[derive(Clone, Copy, PartialEq, Debug)]
enum Who {
    Horse,
    Antelope,
    Fox,
    Hare,
    Crane,
}

const WHO: &[(Who, &str, &str, &str)] = &[
    (Horse, "horse", "Wild horse", "Sandy coat, a dark brush of a mane."),
    (Antelope, "antelope", "Antelope", "Two upright horns, a pale coat."),
    (Fox, "fox", "Fox", "Red, low, with a tail as long as itself."),
    (Hare, "hare", "Hare", "Ears first."),
    (Crane, "crane", "Crane", "Grey, on long thin legs."),
];

/// A cast, with the hint about it.
type Lesson = (&'static [(Who, Pose)], bool, &'static str);

/// One animal in a picture.
#[derive(Clone, Copy)]
struct Met {
    who: Who,
    pose: Pose,
    seen: Seen,
}

/// What stands where: who, how, and how many.
type Cast = (&'static [(Who, Pose)], bool);

const PHOTOS: &[Cast] = &[
    (&[(Horse, Grazing), (Horse, Grazing), (Horse, Looking)], false),
    (&[], false),
    (&[(Fox, Running)], true),
    (&[(Antelope, Looking), (Antelope, Looking), (Antelope, Looking), (Antelope, Looking)], false),
    (&[(Crane, Looking), (Crane, Grazing)], false),
    (&[(Hare, Looking)], true),
    (&[(Antelope, Running), (Antelope, Running), (Antelope, Running)], false),
    (&[], true),
    (&[(Horse, Running), (Horse, Running), (Horse, Running), (Horse, Running)], false),
    (&[(Hare, Grazing), (Fox, Looking)], false),
    (&[(Crane, Grazing), (Antelope, Grazing), (Antelope, Grazing)], false),
    (&[(Horse, Looking), (Crane, Looking)], true),
];

pub(super) fn make(drive: &Drive, kit: &Kit) -> Result<(), Trouble> {
    let mut subjects = vec![];
    for (at, (cast, night)) in PHOTOS.iter().enumerate() {
        let file = format!("camera-{:02}.jpg", at + 1);
        let (mut art, _) = draw(at as u64 + 40, cast, *night);
        stamp(&mut art, kit, at as u64, *night);
        drive.picture(&file, &art.finish(0.9), 65)?;
        subjects.push(json!({
            "type": "image", "file": file, "alt": format!("The steppe, as camera {} saw it", at % 3 + 1),
            "facts": { "Camera": format!("{}, at the salt lick", at % 3 + 1), "Light": if *night { "Night" } else { "Day" } },
        }));
    }
    let mut warm_ups = vec![];
    for (at, (cast, night, hint)) in lessons().into_iter().enumerate() {
        let file = format!("practice-{}.jpg", at + 1);
        let (mut art, met) = draw(at as u64 + 80, cast, night);
        stamp(&mut art, kit, at as u64 + 5, night);
        drive.picture(&file, &art.finish(0.9), 65)?;
        warm_ups.push(json!({
            "type": "image", "file": file, "alt": "The steppe, for practice",
            "answer": answer(&met), "hint": hint,
        }));
    }
    for (who, id, ..) in WHO {
        let mut art = Art::new(360, 270, [228, 208, 158], *who as u64 + 9);
        hills(&mut art, 3, 214.0, 8.0, 200.0, [206, 184, 122]);
        grass(&mut art, 4, (226.0, 268.0), 22, [140, 120, 70]);
        show(&mut art, *who, Looking, At::new(178.0, 240.0, portrait(*who)));
        drive.picture(&format!("guide-{id}.jpg"), &art.finish(0.9), 74)?;
    }
    drive.picture("title.jpg", &title(), 74)?;
    drive.project(&project(&subjects, &warm_ups))
}

fn lessons() -> Vec<Lesson> {
    vec![
        (&[], false, "Grass, a stone, no animal: choose No, and that is a whole answer."),
        (
            &[(Horse, Looking)],
            false,
            "One wild horse with its head up. Set a point on its nose, then draw a box from ear to hoof and from nose to tail.",
        ),
        (
            &[(Antelope, Grazing), (Antelope, Grazing)],
            false,
            "Two antelopes, eating: one box and one nose for each. Calm, since both heads are down.",
        ),
    ]
}

fn portrait(who: Who) -> f32 {
    match who {
        Horse => 1.25,
        Antelope | Crane => 1.5,
        Fox => 1.9,
        Hare => 2.6,
    }
}

/// The palette of day or night: sky, far hills, near ground, blades of grass.
fn light(seed: u64, night: bool) -> [Colour; 4] {
    if night {
        return [[58, 72, 98], [72, 84, 108], [92, 102, 112], [52, 60, 74]];
    }
    *Chance::new(seed + 2).pick(&[
        [[236, 224, 196], [206, 188, 150], [222, 200, 140], [140, 120, 70]],
        [[200, 218, 222], [176, 190, 170], [206, 200, 138], [120, 124, 76]],
        [[244, 206, 168], [206, 152, 122], [220, 178, 120], [140, 96, 66]],
    ])
}

fn draw(seed: u64, cast: &[(Who, Pose)], night: bool) -> (Art, Vec<Met>) {
    let mut art = Art::new(SIZE.0, SIZE.1, PAPER, seed);
    let met = steppe(&mut art, seed, cast, night);
    (art, met)
}

fn steppe(art: &mut Art, seed: u64, cast: &[(Who, Pose)], night: bool) -> Vec<Met> {
    let mut chance = Chance::new(seed * 17);
    let (width, height) = (art.width(), art.height());
    let [air, far, near, blade] = light(seed, night);
    let disc = (chance.between(0.15, 0.85) * width, height * 0.17);
    let glow = if night { [236, 230, 204] } else { [246, 196, 120] };
    sky(art, air, Some((disc, 30.0, glow)));
    if !night {
        cloud(art, At::new(chance.between(0.1, 0.9) * width, height * 0.12, 0.9), WHITE);
    }
    hills(art, seed + 1, height * 0.38, 46.0, 330.0, far);
    hills(art, seed + 2, height * 0.46, 22.0, 260.0, mix(far, near, 0.5));
    hills(art, seed + 3, height * 0.56, 10.0, 400.0, near);
    let stony = [150, 140, 132];
    stone(art, At::new(chance.between(0.06, 0.94) * width, height * 0.60, 1.0), stony);
    grass(art, seed + 4, (height * 0.58, height * 0.78), 120, blade);
    let count = cast.len() as f32;
    let side = chance.one_in(0.5);
    let mut met = vec![];
    for (at, (who, pose)) in cast.iter().enumerate() {
        let share = (at as f32 + 0.5) / count.max(1.0);
        let x = width * (0.14 + 0.72 * share) + chance.between(-14.0, 14.0);
        let lift = if at % 2 == 0 { 0.80 } else { 0.70 };
        let scale = (if at % 2 == 0 { 1.25 } else { 1.0 }) * if count > 2.0 { 0.92 } else { 1.35 };
        let small = if matches!(who, Fox | Hare) { 1.3 } else { 1.0 };
        // Those that run all run the same way; the others stand as they like.
        let flip = if *pose == Running { side } else { chance.one_in(0.5) };
        let at = At::new(x, height * lift, scale * small).flipped(flip);
        met.push(Met { who: *who, pose: *pose, seen: show(art, *who, *pose, at) });
    }
    grass(art, seed + 6, (height * 0.84, height * 1.02), 60, blade);
    if night {
        let shade = rect(-9.0, -9.0, width + 18.0, height + 18.0);
        art.fill(&shade, [30, 44, 84], 0.26);
    }
    met
}

fn show(art: &mut Art, who: Who, pose: Pose, at: At) -> Seen {
    let four = |kind: &Beast, art: &mut Art| beast(art, at, kind, pose);
    match who {
        Horse => four(&HORSE, art),
        Antelope => four(&ANTELOPE, art),
        Fox => four(&FOX, art),
        Hare => four(&HARE, art),
        Crane => bird(art, at, &CRANE, pose == Grazing),
    }
}

/// The strip that such cameras print below.
fn stamp(art: &mut Art, kit: &Kit, at: u64, night: bool) {
    let (width, height) = (art.width(), art.height());
    art.fill(&rect(-9.0, height - 34.0, width + 18.0, 50.0), INK, 1.0);
    let hour = if night { (at * 2 + 22) % 7 } else { at * 3 % 11 + 7 };
    let (minute, warm) = (at * 17 % 60, if night { at % 5 + 1 } else { at % 9 + 11 });
    let text = format!("CAMERA {}   {hour:02}:{minute:02}   {warm} °C", at % 3 + 1);
    art.letters(&kit.typed, &text, 22.0, (18.0, height - 10.0), [226, 216, 190]);
}

/// The value that is right for a picture.
fn answer(met: &[Met]) -> Value {
    if met.is_empty() {
        return json!({ "choices": ["no-animals"], "shapes": [] });
    }
    let mut shapes = vec![];
    for one in met {
        let Area { x, y, width, height } = one.seen.area.within(SIZE.0 as f32, SIZE.1 as f32);
        let doing = match one.pose {
            Grazing => "eating",
            Looking => "watching",
            Running => "on-the-move",
        };
        shapes.push(json!({
            "type": "box", "label": "animal", "x": number(x), "y": number(y),
            "width": number(width), "height": number(height), "rotation": 0.0, "choices": [doing],
        }));
        let (x, y) = one.seen.nose;
        shapes.push(json!({ "type": "point", "label": "nose", "x": number(x), "y": number(y) }));
    }
    let mut choices = vec!["animals"];
    choices.extend(
        WHO.iter().filter(|(who, ..)| met.iter().any(|one| one.who == *who)).map(|(_, id, ..)| *id),
    );
    let looking = met.iter().filter(|one| one.pose == Looking).count();
    choices.push(if met.iter().any(|one| one.pose == Running) {
        "mood-4"
    } else if looking == met.len() {
        "mood-3"
    } else if looking > 0 {
        "mood-2"
    } else {
        "mood-1"
    });
    json!({ "choices": choices, "shapes": shapes })
}

fn title() -> image::RgbImage {
    let mut art = Art::new(960, 504, PAPER, 21);
    steppe(&mut art, 42, &[(Horse, Grazing), (Horse, Looking), (Horse, Grazing)], false);
    let camera = At::new(96.0, 486.0, 1.0);
    art.within(camera, |art| {
        art.draw(&rect(-9.0, -190.0, 18.0, 190.0), [122, 92, 70], 2.2);
        art.draw(&rect(-32.0, -206.0, 66.0, 50.0), [92, 110, 84], 2.4);
        art.draw(&super::super::art::oval(10.0, -180.0, 15.0, 15.0), [52, 60, 74], 2.2);
        art.draw(
            &poly(&[(-20.0, -206.0), (-8.0, -206.0), (-8.0, -216.0), (-20.0, -216.0)]),
            [190, 84, 60],
            1.8,
        );
    });
    mole(&mut art, At::new(196.0, 486.0, 1.3), [104, 96, 108], [190, 84, 60]);
    art.finish(0.9)
}

fn project(subjects: &[Value], warm_ups: &[Value]) -> Value {
    let kinds: Vec<Value> = WHO
        .iter()
        .map(|(_, id, label, hint)| {
            json!({ "id": id, "label": label, "hint": hint, "picture": format!("guide-{id}.jpg") })
        })
        .chain([json!({ "id": "not-sure-who", "label": "Can't tell", "alone": true })])
        .collect();
    let mut help: Vec<Value> = WHO
        .iter()
        .map(|(_, id, label, hint)| entry(label, hint, &format!("guide-{id}.jpg")))
        .collect();
    help.push(json!({ "title": "Boxes", "body": "From ear to hoof and from nose to tail, horns and all. Grass that hides a foot is no reason to stop: guess where the foot is." }));
    help.push(json!({ "title": "Noses", "body": "One point on the tip of each nose or bill. It tells which way they face." }));
    json!({
        "slug": "steppe-cameras",
        "title": "Who came to the salt lick?",
        "purpose": "Three cameras stand on the steppe behind the hills and take a picture whenever \
                    something moves, grass included. Tell the rangers who came, and whether the herd \
                    is at ease. The pictures are drawn for practice.",
        "voice": "For the wild horses, who do not know they are counted",
        "owner": { "name": "The rangers of the long grass" },
        "language": "en",
        "accent": "#8a6214",
        "tone": "playful",
        "kind": "drawing",
        "question": "Who is in the picture?",
        "rules": {
            "questions": [
                { "id": "any", "text": "Are there any animals?", "choices": [
                    { "id": "animals", "label": "Yes" }, { "id": "no-animals", "label": "No" } ] },
                { "id": "which", "text": "Which ones?", "pick": "several", "when": ["animals"], "choices": kinds },
                { "id": "mood", "text": "How calm are they?", "pick": "scale", "when": ["animals"], "choices": [
                    { "id": "mood-1", "label": "All calm" },
                    { "id": "mood-2", "label": "Some look up" },
                    { "id": "mood-3", "label": "All look up" },
                    { "id": "mood-4", "label": "Running" } ] },
            ],
            "tools": [
                { "id": "animal", "tool": "box", "label": "Animal", "when": ["animals"],
                  "questions": [ { "id": "doing", "text": "What is it doing?", "choices": [
                      { "id": "eating", "label": "Eating" },
                      { "id": "watching", "label": "Watching" },
                      { "id": "on-the-move", "label": "Running" } ] } ] },
                { "id": "nose", "tool": "point", "label": "Nose", "when": ["animals"] },
                { "id": "herd", "tool": "polygon", "label": "Herd", "when": ["horse", "antelope"], "most": 2 },
            ],
            "outcomes": ["nothing_here", "bad_subject", "skipped"],
        },
        "rule": { "rule": "equal", "answers": 3, "at_most": 7 },
        "help": help,
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
    fn every_animal_is_inside_its_picture() {
        let all = lessons().into_iter().map(|(cast, night, _)| (cast, night));
        for (at, (cast, night)) in all.enumerate() {
            let (art, met) = draw(at as u64 + 80, cast, night);
            let frame = Area { x: 0.0, y: 0.0, width: art.width(), height: art.height() - 34.0 };
            for one in met {
                assert_eq!(
                    one.seen.area,
                    one.seen.area.within(frame.width, frame.height),
                    "{:?}",
                    one.who
                );
                let (x, y) = one.seen.nose;
                let near = one.seen.area.grown(3.0);
                assert!(
                    x > near.x && x < near.x + near.width && y > near.y && y < near.y + near.height
                );
            }
        }
    }
}
