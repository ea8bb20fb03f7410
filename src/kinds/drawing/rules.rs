//! What may be drawn, and when two drawings are the same.

use super::shapes::strings;
use super::{DrawingRules, Shape, agree, check};
use crate::{Kind, Words};
use domain::{Effort, Fault, Read, Subject, Tally, Weighted};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// Drawing marks on a picture.
pub struct Drawing;

/// What a volunteer drew.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Drawn {
    /// The marks, in the order they were drawn.
    pub shapes: Vec<Shape>,
    /// What was chosen in the questions about the whole subject.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub choices: Vec<String>,
}

impl Drawn {
    /// As it goes over the wire; what serde writes, without serde's size in the app.
    pub fn write(&self) -> Value {
        let mut map = Map::new();
        map.insert(
            "shapes".to_owned(),
            Value::Array(self.shapes.iter().map(Shape::write).collect()),
        );
        if !self.choices.is_empty() {
            map.insert("choices".to_owned(), strings(&self.choices));
        }
        Value::Object(map)
    }
}

impl Read for Drawn {
    fn read(value: &Value) -> Option<Self> {
        Some(Self {
            shapes: Vec::read(&value["shapes"])?,
            choices: Vec::read(&value["choices"]).unwrap_or_default(),
        })
    }
}

impl Kind for Drawing {
    const ID: &'static str = "drawing";
    type Rules = DrawingRules;
    type Answer = Drawn;
    const WORDS: Words =
        Words { one: "picture", many: "pictures", done: "drawn on", invite: "Draw on some" };

    fn check_rules(rules: &DrawingRules) -> Result<(), Fault> {
        rules.check()
    }

    fn takes(_: &DrawingRules, subject: &Subject) -> Result<(), Fault> {
        let seen = match subject {
            Subject::Text(_) => "text",
            Subject::Audio(_) => "sound",
            Subject::Video(_) => "film",
            _ => return Ok(()),
        };
        let detail =
            format!("Marks are drawn on pictures; there is nothing to draw on in a {seen}.");
        Err(Fault::new("no-picture", detail))
    }

    fn check(
        rules: &DrawingRules,
        subject: &Subject,
        answer: Drawn,
    ) -> Result<(Drawn, Effort), Fault> {
        check::check(rules, subject, answer).map(|drawn| (drawn, Effort::Whole))
    }

    fn agree(rules: &DrawingRules, answers: &[Weighted<Drawn>]) -> Tally<Drawn> {
        agree::agree(rules, answers)
    }

    fn plain(answer: &Drawn) -> String {
        let mut counts: Vec<(&str, u32)> = vec![];
        for shape in &answer.shapes {
            let label = shape.label.as_deref().unwrap_or(shape.geometry.form().name());
            match counts.iter_mut().find(|count| count.0 == label) {
                Some(count) => count.1 += 1,
                None => counts.push((label, 1)),
            }
        }
        let marks = counts.iter().map(|(label, count)| format!("{count} × {label}"));
        answer.choices.iter().cloned().chain(marks).collect::<Vec<_>>().join(", ")
    }

    #[cfg(test)]
    #[expect(clippy::cast_precision_loss, reason = "any mark will do")]
    fn sample(seed: u64) -> Drawn {
        use super::{Form, Geometry};
        let shape = |turn: u64| {
            let roll = |k: u64| ((seed * 31 + turn * 17 + k * 7) % 97) as f64 * 9.5;
            let (x, y) = (roll(1), roll(2));
            let (width, height) = (5.0 + roll(3) / 4.0, 5.0 + roll(4) / 4.0);
            let rotation = if seed.is_multiple_of(3) { roll(5) } else { 0.0 };
            let points = || vec![(x, y), (x + width, y + 1.0), (x + 3.0, y + height)];
            let form = Form::ALL[((seed + turn) % 7) as usize];
            let geometry = match form {
                Form::Point => Geometry::Point { x, y },
                Form::Box => Geometry::Box { x, y, width, height, rotation },
                Form::Ellipse => {
                    Geometry::Ellipse { cx: x, cy: y, rx: width, ry: height, rotation }
                }
                Form::Line => Geometry::Line { points: points()[..2].to_vec() },
                form => Geometry::of_points(form, points()),
            };
            Shape { geometry, label: (turn != 1).then(|| form.name().into()), choices: vec![] }
        };
        Drawn { shapes: (0..seed % 4).map(shape).collect(), choices: vec![] }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_as_text_counts_its_marks() {
        let drawn: Drawn = serde_json::from_value(serde_json::json!({
            "shapes": [
                {"type": "point", "x": 1.0, "y": 1.0, "label": "tree"},
                {"type": "point", "x": 5.0, "y": 1.0, "label": "tree"},
                {"type": "point", "x": 9.0, "y": 1.0},
            ],
            "choices": ["yes"],
        }))
        .unwrap();
        assert_eq!(Drawing::plain(&drawn), "yes, 2 × tree, 1 × point");
        assert_eq!(Drawn::read(&drawn.write()), Some(drawn));
    }
}
