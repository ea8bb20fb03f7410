//! `dawn-chorus`: who sings? Short sounds, made of numbers.

use super::super::art::{Art, At, Colour, INK, PAPER, WHITE, line, mix, oval, poly};
use super::super::chance::Chance;
use super::super::creature::{Bird, CRANE, bird, mole};
use super::super::nature::{Tree, cloud, grass, hills, sky, tree};
use super::super::sound::Tape;
use super::{Drive, Kit, entry};
use crate::command::Trouble;
use serde_json::{Value, json};

/// Who can be heard.
#[derive(Clone, Copy, PartialEq, Debug)]
enum Voice {
    Cuckoo,
    Owl,
    Crake,
    Whistler,
}

use Voice::{Crake, Cuckoo, Owl, Whistler};

/// Id, name, how to know it, coat.
const VOICES: &[(Voice, &str, &str, &str, Colour)] = &[
    (Cuckoo, "cuckoo", "Cuckoo", "Two notes, the second lower: cu-coo.", [148, 156, 164]),
    (Owl, "owl", "Owl", "A long low hoot, a pause, then a trembling one.", [164, 132, 98]),
    (
        Crake,
        "crake",
        "Corncrake",
        "A thumbnail drawn over a comb, twice: crex crex.",
        [190, 158, 104],
    ),
    (
        Whistler,
        "whistler",
        "Whistler",
        "A clear whistle that climbs and falls, never twice the same.",
        [70, 78, 92],
    ),
];

const SECONDS: f32 = 2.4;
const POSTS: [&str; 3] = ["East reeds", "Mill pond", "Alder wood"];
const CLIPS: &[&[Voice]] = &[
    &[Cuckoo],
    &[Whistler],
    &[],
    &[Crake],
    &[Owl],
    &[Cuckoo, Whistler],
    &[Whistler, Crake],
    &[Owl, Crake],
    &[Cuckoo, Crake],
];

const LESSONS: &[(&[Voice], &str)] = &[
    (&[Cuckoo], "Two notes, the second lower: that is the cuckoo, and nobody else sings."),
    (
        &[Crake, Whistler],
        "A rasp like a comb, and a whistle above it: two birds, corncrake and whistler.",
    ),
    (&[], "Only wind in the reeds. Nobody sings, and that is worth knowing."),
];

pub(super) fn make(drive: &Drive, _: &Kit) -> Result<(), Trouble> {
    let mut subjects = vec![];
    for (at, voices) in CLIPS.iter().enumerate() {
        let file = format!("clip-{:02}.wav", at + 1);
        drive.file(&file, &record(at as u64 + 5, voices).wav())?;
        subjects.push(json!({
            "type": "audio", "file": file, "alt": "The reeds before sunrise, not quite three seconds",
            "facts": { "Post": POSTS[at % 3], "Time": format!("04:{:02}", at * 6 + 3) },
        }));
    }
    let mut warm_ups = vec![];
    for (at, (voices, hint)) in LESSONS.iter().enumerate() {
        let file = format!("practice-{}.wav", at + 1);
        drive.file(&file, &record(at as u64 + 50, voices).wav())?;
        warm_ups.push(json!({
            "type": "audio", "file": file, "alt": "The reeds, for practice",
            "answer": { "choices": answer(voices) }, "hint": hint,
        }));
    }
    for (voice, id, _, _, coat) in VOICES {
        let mut art = Art::new(360, 270, [222, 220, 198], *voice as u64 + 3);
        hills(&mut art, 3, 206.0, 8.0, 200.0, [176, 184, 132]);
        singer(&mut art, *voice, *coat, At::new(176.0, 232.0, 2.3));
        drive.picture(&format!("guide-{id}.jpg"), &art.finish(0.8), 74)?;
    }
    drive.picture("title.jpg", &title(), 74)?;
    drive.project(&project(&subjects, &warm_ups))
}

fn singer(art: &mut Art, voice: Voice, coat: Colour, at: At) {
    let (body, legs, neck) = match voice {
        Cuckoo => ((52.0, 22.0), 12.0, 11.0),
        Crake => ((42.0, 26.0), 20.0, 15.0),
        Owl | Whistler => ((42.0, 22.0), 14.0, 12.0),
    };
    let bill = if voice == Whistler { [226, 150, 50] } else { [130, 110, 80] };
    if voice == Owl {
        return owl(art, at, coat);
    }
    bird(art, at, &Bird { body, legs, neck, coat, bill }, false);
}

/// An owl looks at you.
fn owl(art: &mut Art, at: At, coat: Colour) {
    art.within(at, |art| {
        for x in [-8.0, 8.0] {
            art.ink(&line(&[(x, -6.0), (x, 0.0)]), 4.0, [190, 140, 70]);
        }
        let ears = [
            poly(&[(-20.0, -58.0), (-17.0, -76.0), (-4.0, -62.0)]),
            poly(&[(20.0, -58.0), (17.0, -76.0), (4.0, -62.0)]),
        ];
        let [left, right] = ears;
        art.union(&[oval(0.0, -34.0, 23.0, 31.0), left, right], coat, 1.1);
        art.fill(&oval(0.0, -24.0, 14.0, 18.0), mix(coat, WHITE, 0.5), 1.0);
        for (x, y) in [(-6.0, -32.0), (6.0, -32.0), (0.0, -24.0), (-6.0, -16.0), (6.0, -16.0)] {
            art.ink(&line(&[(x - 3.0, y), (x, y + 3.0), (x + 3.0, y)]), 1.1, INK);
        }
        for x in [-9.0, 9.0] {
            art.draw(&oval(x, -52.0, 8.5, 8.5), WHITE, 1.4);
            art.fill(&oval(x, -52.0, 3.4, 3.6), INK, 1.0);
        }
        art.draw(&poly(&[(-4.0, -47.0), (4.0, -47.0), (0.0, -39.0)]), [214, 160, 70], 1.2);
    });
}

/// A recording; each bird has a stretch of its own, so that all can be heard.
fn record(seed: u64, voices: &[Voice]) -> Tape {
    let mut chance = Chance::new(seed * 3);
    let mut tape = Tape::windy(seed, SECONDS, 0.22);
    let count = voices.len().max(1) as f32;
    for (at, voice) in voices.iter().enumerate() {
        let from = 0.12 + (SECONDS - 0.3) * at as f32 / count + chance.between(0.0, 0.15);
        let pitch = chance.between(0.94, 1.06);
        sing(&mut tape, *voice, from, count < 2.0, pitch, &mut chance);
    }
    tape
}

fn sing(tape: &mut Tape, voice: Voice, from: f32, alone: bool, pitch: f32, chance: &mut Chance) {
    let times = if alone { 2 } else { 1 };
    match voice {
        Cuckoo => {
            for time in 0..times {
                let from = from + time as f32 * 1.1;
                tape.tone(from, 0.24, &[680.0 * pitch, 664.0 * pitch], 0.5);
                tape.tone(from + 0.34, 0.34, &[548.0 * pitch, 536.0 * pitch], 0.5);
            }
        }
        Owl => {
            tape.tone(from, 0.62, &[392.0 * pitch, 410.0 * pitch, 380.0 * pitch], 0.5);
            if alone {
                let tremble: Vec<f32> = (0..18)
                    .map(|at| (390.0 + if at % 2 == 0 { 16.0 } else { -16.0 }) * pitch)
                    .collect();
                tape.tone(from + 1.1, 0.9, &tremble, 0.5);
            }
        }
        Crake => {
            for time in 0..times * 2 {
                let from = from + time as f32 * 0.44 + if time > 1 { 0.3 } else { 0.0 };
                tape.rasp(from, 0.26, 15.0, 0.62, 9 + time as u64);
            }
        }
        Whistler => {
            let mut at = from;
            for _ in 0..times * 3 {
                let notes: Vec<f32> =
                    (0..4).map(|_| chance.between(1_500.0, 2_700.0) * pitch).collect();
                let long = chance.between(0.22, 0.34);
                tape.tone(at, long, &notes, 0.36);
                at += long + 0.05;
            }
        }
    }
}

fn answer(voices: &[Voice]) -> Vec<&'static str> {
    if voices.is_empty() {
        return vec!["nobody"];
    }
    let mut choices = vec!["somebody"];
    choices
        .extend(VOICES.iter().filter(|(voice, ..)| voices.contains(voice)).map(|(_, id, ..)| *id));
    choices
}

fn title() -> image::RgbImage {
    let mut art = Art::new(960, 504, PAPER, 15);
    sky(&mut art, [240, 206, 168], Some(((640.0, 190.0), 44.0, [248, 226, 170])));
    cloud(&mut art, At::new(300.0, 96.0, 1.2), WHITE);
    hills(&mut art, 3, 240.0, 40.0, 320.0, [196, 176, 140]);
    hills(&mut art, 4, 330.0, 14.0, 300.0, [148, 160, 116]);
    tree(&mut art, At::new(250.0, 400.0, 2.2), Tree::Round, [104, 132, 92]);
    tree(&mut art, At::new(820.0, 380.0, 1.7), Tree::Fir, [84, 118, 98]);
    grass(&mut art, 5, (350.0, 504.0), 120, mix([148, 160, 116], [30, 40, 50], 0.5));
    bird(&mut art, At::new(610.0, 450.0, 1.7), &CRANE, false);
    singer(&mut art, Whistler, [70, 78, 92], At::new(300.0, 210.0, 0.9));
    singer(&mut art, Cuckoo, [148, 156, 164], At::new(200.0, 190.0, 0.9));
    mole(&mut art, At::new(440.0, 488.0, 1.6), [104, 96, 108], [150, 84, 110]);
    art.finish(0.8)
}

fn project(subjects: &[Value], warm_ups: &[Value]) -> Value {
    let mut who: Vec<Value> = VOICES
        .iter()
        .map(|(_, id, label, hint, _)| json!({ "id": id, "label": label, "hint": hint, "picture": format!("guide-{id}.jpg") }))
        .collect();
    who.push(json!({ "id": "not-sure-who", "label": "Can't tell", "alone": true }));
    let mut help: Vec<Value> = VOICES
        .iter()
        .map(|(_, id, label, hint, _)| entry(label, hint, &format!("guide-{id}.jpg")))
        .collect();
    help.push(json!({ "title": "Listen twice", "body": "Play it again, slower if you like. Wind is only wind." }));
    json!({
        "slug": "dawn-chorus",
        "title": "Who is up before the sun?",
        "purpose": "Three small recorders hang in the reeds by the mill pond. Say who sings, so that we learn \
                    which morning the cuckoo comes back. The calls are made by a program that has heard of \
                    birds, not by birds.",
        "voice": "For those who are awake at four anyway",
        "owner": { "name": "The reed wardens" },
        "language": "en",
        "accent": "#86495f",
        "tone": "playful",
        "kind": "tagging",
        "question": "Who is singing?",
        "rules": {
            "screen": "list",
            "questions": [
                { "id": "any", "text": "Is anybody singing?", "choices": [
                    { "id": "somebody", "label": "Yes" },
                    { "id": "nobody", "label": "No, only wind" } ] },
                { "id": "who", "text": "Who is it?", "pick": "several", "when": ["somebody"], "choices": who },
            ],
            "outcomes": ["unreadable", "bad_subject", "skipped"],
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
    fn a_song_is_louder_than_the_wind_and_never_clipped() {
        let wind = record(9, &[]).peak();
        for (at, voices) in CLIPS.iter().chain(LESSONS.iter().map(|(voices, _)| voices)).enumerate()
        {
            let peak = record(at as u64, voices).peak();
            assert!(peak < 1.0, "{voices:?} {peak}");
            assert!(voices.is_empty() || peak > wind * 2.0, "{voices:?} {peak} {wind}");
        }
    }
}
