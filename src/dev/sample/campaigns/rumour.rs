//! `rumour-desk`, after Checkdesk: a verdict with its reason and its link; "undetermined" is one too.

use super::super::art::{Art, At, INK, PAPER, WHITE, line, mix, oval, rect, smooth};
use super::super::built::{House, State, boat, house, person};
use super::super::creature::{GULL, bird, mole};
use super::super::nature::{cloud, sky, water};
use super::{Drive, Kit};
use crate::command::Trouble;
use serde_json::{Value, json};

/// A post: who said it, what, and what the desk knows for sure.
const POSTS: &[(&str, &str, &str)] = &[
    (
        "Pinned at the bakery, Monday",
        "The ferry to the island will not run all week. I heard it from the captain's cousin.",
        "Harbour log, Monday: ferry out at 8, 10 and 12.",
    ),
    (
        "Town square, Tuesday",
        "The bell tower has sunk by a whole brick since the flood.",
        "Mason's book: tower measured in 1998 and last week, no difference.",
    ),
    (
        "Letter, Tuesday",
        "The library lends out life buoys now. I got one with my atlas.",
        "Library's list, Tuesday: 12 life buoys, 9 lent.",
    ),
    (
        "Overheard on the pier, Wednesday",
        "Somebody has seen a seal in Mill Lane!",
        "Nothing is known.",
    ),
    (
        "Notice board, Wednesday",
        "Free slates for everyone at the Old Kiln, no questions asked.",
        "Hansen Slates: free slates for roofs hit by the storm, with a slip from the council.",
    ),
    (
        "Town square, Thursday",
        "Half of all geese in Seemünde are older than the mayor.",
        "Goose register: 40 geese, the oldest is 21. The mayor is 52.",
    ),
    (
        "Pinned at the bakery, Thursday",
        "The school will open on Monday, with all its windows.",
        "School's notice: opens on Monday. Glazier's book: 3 windows still boarded.",
    ),
    (
        "Letter, Friday",
        "The new lamp in Ferry Street was paid from the goose fund.",
        "The goose fund's book is at the binder's until May.",
    ),
    (
        "Overheard on the pier, Friday",
        "They have moved the lighthouse two metres inland.",
        "Chart of last month: the lighthouse is where it was.",
    ),
];

pub(super) fn make(drive: &Drive, _: &Kit) -> Result<(), Trouble> {
    let mut subjects: Vec<Value> = POSTS
        .iter()
        .enumerate()
        .map(|(at, (source, content, known))| {
            json!({
                "type": "text", "id": format!("post-{:02}", at + 1), "content": content, "source": source,
                "facts": { "What the desk knows": known },
            })
        })
        .collect();
    drive.picture("herring.jpg", &herring().finish(0.8), 74)?;
    subjects.push(json!({
        "type": "image", "file": "herring.jpg", "alt": "A herring that looks longer than the boat behind it",
        "text": "“As long as my boat!” A photo that goes around the harbour.",
        "facts": { "What the desk knows": "The fish lay on the quay, the boat far behind it." },
    }));
    drive.picture("title.jpg", &title(), 74)?;
    drive.project(&project(&subjects, &lessons()))
}

fn lessons() -> Vec<Value> {
    let lesson =
        |source: &str, content: &str, known: &str, choice: &str, reason: &str, hint: &str| {
            json!({
                "type": "text", "content": content, "source": source,
                "facts": { "What the desk knows": known },
                "answer": { "choices": [choice], "reason": reason }, "hint": hint,
            })
        };
    vec![
        lesson(
            "Town square, for practice",
            "The market is moved to Sunday for good.",
            "Market master's notice: Sunday this week only, because of the fair.",
            "misleading",
            "Only this week, says the market master.",
            "Something is true in it, but “for good” is not. That is misleading; say why in a few words.",
        ),
        lesson(
            "Pinned at the bakery, for practice",
            "The mill is grinding again.",
            "Miller's book: wheel turning since Tuesday.",
            "true",
            "The miller's book says so.",
            "What the desk knows says the same: true.",
        ),
        lesson(
            "Overheard, for practice",
            "A mole has been elected to the council.",
            "Nothing is known.",
            "undetermined",
            "Nobody has written it down.",
            "Nothing speaks for it and nothing against it. Undetermined is a verdict too.",
        ),
    ]
}

/// A herring in front and a boat far behind it.
fn herring() -> Art {
    let mut art = Art::new(880, 660, PAPER, 7);
    sky(&mut art, [214, 224, 224], Some(((690.0, 110.0), 34.0, [248, 216, 150])));
    cloud(&mut art, At::new(240.0, 100.0, 1.2), WHITE);
    water(&mut art, 4, 270.0, 470.0, [138, 172, 182], 1.0);
    boat(&mut art, At::new(560.0, 330.0, 0.8), [176, 84, 66], Some([236, 214, 160]));
    art.draw(&rect(-10.0, 452.0, 900.0, 220.0), [206, 194, 172], 2.6);
    for at in 0..8 {
        let x = at as f32 * 124.0 + 30.0;
        art.ink(&line(&[(x, 456.0), (x - 30.0, 660.0)]), 1.6, [166, 150, 130]);
    }
    let body = smooth(&[
        (230.0, 510.0),
        (330.0, 440.0),
        (520.0, 430.0),
        (690.0, 500.0),
        (560.0, 570.0),
        (350.0, 572.0),
    ]);
    let fin = smooth(&[(680.0, 500.0), (790.0, 430.0), (770.0, 505.0), (800.0, 580.0)]);
    art.fill(&oval(500.0, 590.0, 280.0, 20.0), INK, 0.2);
    art.union(&[body, fin], [158, 178, 190], 1.4);
    for row in 0..3 {
        for at in 0..7 {
            let (x, y) = (370.0 + at as f32 * 38.0, 470.0 + row as f32 * 32.0);
            art.ink(
                &super::super::art::sweep(&[(x, y - 9.0), (x + 9.0, y), (x, y + 9.0)]),
                1.8,
                mix([158, 178, 190], INK, 0.5),
            );
        }
    }
    art.draw(&oval(292.0, 495.0, 13.0, 13.0), WHITE, 2.2);
    art.fill(&oval(289.0, 496.0, 5.0, 5.0), INK, 1.0);
    art.ink(&super::super::art::sweep(&[(238.0, 522.0), (262.0, 528.0), (284.0, 520.0)]), 2.4, INK);
    art
}

fn title() -> image::RgbImage {
    let mut art = Art::new(960, 504, PAPER, 9);
    sky(&mut art, [222, 214, 196], None);
    let walls = [[238, 222, 190], [226, 196, 170], [214, 216, 204]];
    for (at, x) in [110.0, 380.0, 690.0, 900.0].into_iter().enumerate() {
        let look = House {
            wall: walls[at % 3],
            roof: [164, 84, 66],
            wide: 150.0,
            high: 104.0,
            state: State::Whole,
        };
        house(&mut art, At::new(x, 370.0, 1.35), &look);
    }
    art.fill(&rect(-9.0, 366.0, 990.0, 160.0), [206, 194, 172], 1.0);
    art.ink(&line(&[(-9.0, 368.0), (970.0, 368.0)]), 2.2, INK);
    art.draw(&rect(420.0, 210.0, 270.0, 170.0), [150, 112, 76], 3.0);
    for (at, (x, y)) in
        [(438.0, 226.0), (530.0, 222.0), (610.0, 236.0), (450.0, 300.0), (560.0, 306.0)]
            .into_iter()
            .enumerate()
    {
        art.draw(
            &rect(x, y, 66.0, 56.0).turned((x, y), at as f32 * 3.0 - 5.0),
            [WHITE, [246, 222, 176], [214, 230, 226]][at % 3],
            1.7,
        );
        for row in 0..3 {
            art.ink(
                &line(&[
                    (x + 9.0, y + 16.0 + row as f32 * 12.0),
                    (x + 54.0, y + 17.0 + row as f32 * 12.0),
                ]),
                1.8,
                mix(INK, WHITE, 0.3),
            );
        }
    }
    for x in [440.0, 670.0] {
        art.draw(&rect(x - 6.0, 378.0, 12.0, 84.0), [122, 92, 70], 2.2);
    }
    bird(&mut art, At::new(610.0, 212.0, 1.2), &GULL, false);
    person(&mut art, At::new(760.0, 474.0, 2.2), [88, 112, 140], Some([84, 72, 66]));
    mole(&mut art, At::new(300.0, 486.0, 1.9), [104, 96, 108], [150, 104, 46]);
    art.finish(0.8)
}

fn project(subjects: &[Value], warm_ups: &[Value]) -> Value {
    json!({
        "slug": "rumour-desk",
        "title": "Is that so?",
        "purpose": "After the flood Seemünde is full of stories. The desk at the town hall writes down what \
                    people say and what is known for sure; you weigh the two. A verdict without a reason \
                    helps nobody. The posts are invented.",
        "voice": "For those who like to know before they tell",
        "owner": { "name": "The rumour desk, town hall, first door" },
        "language": "en",
        "accent": "#86602a",
        "tone": "playful",
        "kind": "tagging",
        "question": "Is it true?",
        "rules": {
            "screen": "list",
            "questions": [{ "id": "verdict", "text": "Is it true?", "choices": [
                { "id": "true", "label": "True", "hint": "What is known says the same." },
                { "id": "false", "label": "False", "hint": "What is known says otherwise." },
                { "id": "misleading", "label": "Misleading", "hint": "Something true, told so that you believe something else." },
                { "id": "undetermined", "label": "Undetermined", "hint": "Nothing known speaks for it or against it." } ] }],
            "reason": { "ask": "required", "label": "What makes you say so?" },
            "link": { "ask": "optional", "label": "Where can one read that?" },
            "spans": [
                { "id": "claim", "label": "The claim" },
                { "id": "place", "label": "A place" } ],
            "outcomes": ["bad_subject", "skipped"],
        },
        "rule": { "rule": "equal", "answers": 3, "at_most": 9 },
        "help": [
            { "title": "Misleading", "body": "A fish can look as long as a boat if the boat is far away. Nothing in the picture is made up, and still.", "picture": "herring.jpg" },
            { "title": "Undetermined", "body": "It is no shame not to know. Say it, and somebody will go and look." },
            { "title": "The claim", "body": "Highlight the words that can be true or false, not the names and not the shouting." },
            { "title": "The reason", "body": "One sentence: what do you know, and from where?", "example": "The ferry ran at 8, says the harbour log." },
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
    fn every_lesson_gives_a_verdict_that_there_is() {
        let text = project(&[], &[]).to_string();
        for lesson in lessons() {
            let id = lesson["answer"]["choices"][0].as_str().unwrap().to_owned();
            assert!(text.contains(&format!("\"id\":\"{id}\"")), "{id}");
            assert!(!lesson["answer"]["reason"].as_str().unwrap().is_empty());
        }
    }
}
