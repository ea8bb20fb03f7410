//! `sms-translations`: short messages put into English, some of them written from right to left.

use super::super::art::{Art, At, INK, PAPER, WHITE, mix, poly, rect, smooth};
use super::super::creature::{GOOSE, bird, mole};
use super::super::nature::{cloud, hills, sky};
use super::{Drive, Kit};
use crate::command::Trouble;
use serde_json::{Value, json};

/// Language, text, where it came from.
const MESSAGES: &[(&str, &str, &str)] = &[
    ("de", "Die Brücke an der Mühle ist gesperrt. Wir kommen zu Fuß.", "SMS, 14:02"),
    ("ar", "نحن بخير. نحتاج إلى ماء وخبز.", "SMS, 14:09"),
    ("fr", "Nous sommes six dans l'école. Il nous faut des couvertures.", "SMS, 14:15"),
    ("es", "El agua ya bajó en la calle del puerto. Gracias.", "SMS, 14:31"),
    ("he", "אנחנו בבית הספר. תודה על האוכל.", "SMS, 14:40"),
    ("it", "La strada per il mulino è bloccata da un albero.", "SMS, 14:58"),
    ("nl", "De veerboot vaart weer. Tot morgen.", "SMS, 15:06"),
    ("ar", "الطريق إلى المدرسة مغلق.", "SMS, 15:12"),
    ("sv", "Vi har ved och soppa i skolan.", "SMS, 15:20"),
    ("pt", "Precisamos de água e pão para dez pessoas.", "SMS, 15:33"),
    ("fi", "Tulemme veneellä huomenna.", "SMS, 15:47"),
];

/// Language, text, answer, hint.
const LESSONS: &[(&str, &str, &str, &str)] = &[
    (
        "de",
        "Danke für die Suppe.",
        "Thank you for the soup.",
        "Write what it says in plain English, short as it is.",
    ),
    (
        "fr",
        "Tout va bien.",
        "All is well.",
        "Say it as you would say it; not every word has a twin.",
    ),
    (
        "ar",
        "شكرا",
        "Thank you",
        "This one runs from right to left. If you can't read a language, “Can't read” passes it on to somebody who can.",
    ),
];

pub(super) fn make(drive: &Drive, _: &Kit) -> Result<(), Trouble> {
    let name = |tag: &str| match tag {
        "ar" => "Arabic",
        "de" => "German",
        "es" => "Spanish",
        "fi" => "Finnish",
        "fr" => "French",
        "he" => "Hebrew",
        "it" => "Italian",
        "nl" => "Dutch",
        "pt" => "Portuguese",
        _ => "Swedish",
    };
    let subjects: Vec<Value> = MESSAGES
        .iter()
        .enumerate()
        .map(|(at, (language, text, source))| {
            json!({
                "type": "text", "id": format!("sms-{:02}", at + 1), "content": text,
                "language": language, "source": source, "facts": { "Language": name(language) },
            })
        })
        .collect();
    let warm_ups: Vec<Value> = LESSONS
        .iter()
        .map(|(language, text, answer, hint)| {
            json!({
                "type": "text", "content": text, "language": language, "source": "SMS, for practice",
                "facts": { "Language": name(language) },
                "answer": { "text": answer }, "hint": hint,
            })
        })
        .collect();
    drive.picture("title.jpg", &title(), 74)?;
    drive.project(&json!({
        "slug": "sms-translations",
        "title": "What does the message say?",
        "purpose": "When the river rose, people from everywhere wrote to the kitchen on the meadow, each in \
                    their own language. Put the messages into English, so that soup and blankets go where \
                    they are asked for. The messages are invented.",
        "voice": "For the one who waits for an answer",
        "owner": { "name": "The meadow kitchen" },
        "language": "en",
        "accent": "#2d6475",
        "tone": "playful",
        "kind": "typing",
        "question": "What does it say in English?",
        "rules": { "unit": "lines", "characters": [], "translate_to": "en", "direction": "auto", "outcomes": ["unreadable", "bad_subject", "skipped"] },
        "rule": { "rule": "equal", "answers": 2, "at_most": 5 },
        "help": [
            { "title": "Plain and short", "body": "Write what is said, in the order that English likes.", "example": "Danke für die Suppe. → Thank you for the soup." },
            { "title": "Names stay", "body": "Seemünde is Seemünde. Streets may be put into English if that helps to find them." },
            { "title": "Not your language?", "body": "“Can't read” is a good answer: it goes to somebody else at once." },
            { "title": "From right to left", "body": "Arabic and Hebrew begin at the right. Your English begins at the left, as always." },
        ],
        "layers": ["goal"],
        "picture": "title.jpg",
        "warm_ups": warm_ups,
        "subjects": subjects,
    }))
}

fn title() -> image::RgbImage {
    let mut art = Art::new(960, 504, PAPER, 14);
    sky(&mut art, [206, 220, 222], None);
    cloud(&mut art, At::new(120.0, 90.0, 1.1), WHITE);
    hills(&mut art, 3, 300.0, 30.0, 320.0, [172, 186, 140]);
    hills(&mut art, 4, 400.0, 10.0, 300.0, [150, 170, 122]);
    mole(&mut art, At::new(250.0, 480.0, 2.3), [104, 96, 108], [45, 100, 117]);
    bird(&mut art, At::new(760.0, 480.0, 2.0).flipped(true), &GOOSE, false);
    let bubbles: [(f32, f32, f32, f32, [u8; 3]); 3] = [
        (330.0, 70.0, 210.0, 100.0, WHITE),
        (580.0, 120.0, 230.0, 110.0, [214, 230, 226]),
        (400.0, 215.0, 190.0, 90.0, [246, 222, 176]),
    ];
    for (at, (x, y, wide, high, tone)) in bubbles.into_iter().enumerate() {
        let bubble = smooth(&[
            (x, y + high * 0.2),
            (x + wide * 0.15, y),
            (x + wide * 0.85, y),
            (x + wide, y + high * 0.2),
            (x + wide, y + high * 0.8),
            (x + wide * 0.85, y + high),
            (x + wide * 0.15, y + high),
            (x, y + high * 0.8),
        ]);
        let tail = if at == 1 { wide * 0.8 } else { wide * 0.16 };
        let spike = poly(&[
            (x + tail - 14.0, y + high - 6.0),
            (x + tail + 14.0, y + high - 6.0),
            (x + tail + if at == 1 { 16.0 } else { -16.0 }, y + high + 26.0),
        ]);
        art.union(&[bubble, spike], tone, 1.3);
        for line in 0..3 {
            let from = if at == 1 { x + wide * 0.16 + line as f32 * 22.0 } else { x + wide * 0.14 };
            let long = wide * 0.72 - line as f32 * 22.0;
            art.fill(
                &rect(from, y + high * (0.24 + 0.22 * line as f32), long, 8.0),
                mix(INK, tone, 0.35),
                1.0,
            );
        }
    }
    art.finish(0.8)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn some_messages_run_from_right_to_left() {
        let rtl = |text: &str| text.chars().any(|c| ('\u{590}'..'\u{700}').contains(&c));
        assert!(MESSAGES.iter().filter(|(_, text, _)| rtl(text)).count() >= 3);
        for (language, text, _) in MESSAGES {
            assert_eq!(rtl(text), matches!(*language, "ar" | "he"), "{text}");
        }
    }
}
