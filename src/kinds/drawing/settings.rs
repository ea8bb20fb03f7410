//! A project's settings for drawing tasks.

use crate::questions::{Question, check_questions};
use domain::{Fault, Outcome, Read};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeSet;

/// A project's settings for drawing tasks.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct DrawingRules {
    /// What can be marked, and in which form.
    pub tools: Vec<Tool>,
    /// Fewest marks of all tools together; 0 is no limit.
    pub least: u32,
    /// Most marks of all tools together; 0 is no limit.
    pub most: u32,
    /// Asked about the whole subject, before anything is drawn.
    pub questions: Vec<Question>,
    /// Whether points jump to the corners of marks that are near.
    pub snap: bool,
    /// Whether the marks of others are shown.
    pub others: Others,
    /// Whether boxes and ellipses can be turned.
    pub rotatable: bool,
    /// Points and lines that lie within so many pixels of each other are the same.
    pub tolerance: f64,
    /// What can be said instead of drawing.
    pub outcomes: Vec<Outcome>,
}

/// Whether the marks of others are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Others {
    /// No: marks are independent of each other.
    #[default]
    Hide,
    /// Yes.
    Show,
}

/// What can be marked, and in which form.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Tool {
    /// What is stored as a mark's label. Never changes.
    pub id: String,
    /// The form of its marks.
    pub tool: Form,
    /// What people read: "Damaged roof".
    pub label: String,
    /// `#rrggbb`; without it one of a few that are told apart by everybody.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub colour: Option<String>,
    /// Fewest marks with it; 0 is no limit.
    pub least: u32,
    /// Most marks with it; 0 is no limit.
    pub most: u32,
    /// Asked about each mark.
    pub questions: Vec<Question>,
    /// It is there once any of these choices is made about the subject; always where empty.
    pub when: Vec<String>,
}

/// A form of marks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Form {
    /// A place.
    #[default]
    Point,
    /// A rectangle.
    Box,
    /// An ellipse.
    Ellipse,
    /// A line between two points.
    Line,
    /// A line from point to point.
    Polyline,
    /// An outline.
    Polygon,
    /// A line by hand.
    Freehand,
}

/// Colours that everybody can tell apart, after Okabe and Ito's, light enough for a dark sign.
const PALETTE: [&str; 7] =
    ["#f0a830", "#56b4e9", "#1fae84", "#f5ee7a", "#e0602c", "#e8b4d4", "#ffffff"];

impl Form {
    /// Every form there is.
    pub const ALL: [Self; 7] = [
        Self::Point,
        Self::Box,
        Self::Ellipse,
        Self::Line,
        Self::Polyline,
        Self::Polygon,
        Self::Freehand,
    ];

    /// The wire name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Point => "point",
            Self::Box => "box",
            Self::Ellipse => "ellipse",
            Self::Line => "line",
            Self::Polyline => "polyline",
            Self::Polygon => "polygon",
            Self::Freehand => "freehand",
        }
    }

    /// What people call it.
    pub fn title(self) -> &'static str {
        match self {
            Self::Point => "Point",
            Self::Box => "Box",
            Self::Ellipse => "Ellipse",
            Self::Line => "Line",
            Self::Polyline => "Polyline",
            Self::Polygon => "Polygon",
            Self::Freehand => "Freehand",
        }
    }

    /// The form of that wire name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|form| form.name() == name)
    }

    /// Whether its marks take an area.
    pub fn is_area(self) -> bool {
        matches!(self, Self::Box | Self::Ellipse | Self::Polygon)
    }
}

impl Default for DrawingRules {
    /// Every form, without a name of its own.
    fn default() -> Self {
        let tool = |form: Form| Tool {
            id: form.name().into(),
            tool: form,
            label: form.title().into(),
            ..Tool::default()
        };
        Self {
            tools: Form::ALL.map(tool).to_vec(),
            least: 0,
            most: 0,
            questions: vec![],
            snap: false,
            others: Others::Hide,
            rotatable: false,
            tolerance: 20.0,
            outcomes: vec![Outcome::NothingHere, Outcome::Skipped],
        }
    }
}

impl DrawingRules {
    /// The tool of that id, and its place in the list.
    pub fn tool(&self, id: &str) -> Option<(usize, &Tool)> {
        self.tools.iter().enumerate().find(|(_, tool)| tool.id == id)
    }

    /// The colour of the tool at a place in the list.
    pub fn colour(&self, at: usize) -> &str {
        let own = self.tools.get(at).and_then(|tool| tool.colour.as_deref());
        own.unwrap_or(PALETTE[at % PALETTE.len()])
    }

    /// Whether such settings can be worked with.
    pub(super) fn check(&self) -> Result<(), Fault> {
        if self.tools.is_empty() {
            return Err(Fault::new("no-tools", "A drawing project needs at least one tool.")
                .at("/rules/tools"));
        }
        check_questions(&self.questions, "/rules/questions")?;
        let choices: BTreeSet<&str> = self.questions.iter().flat_map(Question::ids).collect();
        let mut known = BTreeSet::new();
        for (at, tool) in self.tools.iter().enumerate() {
            let here = format!("/rules/tools/{at}");
            tool.check(&here, &choices)?;
            if !known.insert(&tool.id) {
                let detail = format!(
                    "There are two tools of the id “{}”; each needs one of its own.",
                    tool.id
                );
                return Err(Fault::new("tool-twice", detail).at(here));
            }
        }
        if self.most != 0 && self.least > self.most {
            return Err(bad_limits("/rules/least"));
        }
        if !(0.0..=10_000.0).contains(&self.tolerance) {
            let detail = "“tolerance” is a number of pixels, 0 to 10000.";
            return Err(Fault::new("bad-tolerance", detail).at("/rules/tolerance"));
        }
        Ok(())
    }
}

impl Tool {
    /// Whether it is there for somebody who has chosen these.
    pub fn offered(&self, chosen: &[String]) -> bool {
        self.when.is_empty() || self.when.iter().any(|id| chosen.contains(id))
    }

    fn check(&self, here: &str, choices: &BTreeSet<&str>) -> Result<(), Fault> {
        let wrong = |code, detail: String| Err(Fault::new(code, detail).at(here.to_owned()));
        if self.id.is_empty() || self.id.chars().count() > 100 {
            return wrong("bad-tool", "A tool has an id of 1 to 100 characters.".into());
        }
        if let Some(colour) = &self.colour {
            let hex = colour.strip_prefix('#').unwrap_or_default();
            if hex.len() != 6 || !hex.bytes().all(|b| b.is_ascii_hexdigit()) {
                return wrong("bad-colour", format!("“{colour}” is no colour such as #e69f00."));
            }
        }
        if let Some(id) = self.when.iter().find(|id| !choices.contains(id.as_str())) {
            return wrong(
                "bad-branch",
                format!(
                    "“{id}” is no choice of the project's questions, so this tool would never be there."
                ),
            );
        }
        if self.most != 0 && self.least > self.most {
            return Err(bad_limits(here));
        }
        check_questions(&self.questions, &format!("{here}/questions"))
    }
}

fn bad_limits(pointer: &str) -> Fault {
    Fault::new("bad-limits", "“least” is more than “most”.").at(pointer)
}

impl Read for Tool {
    fn read(value: &Value) -> Option<Self> {
        let text = |name: &str| value[name].as_str().unwrap_or_default().to_owned();
        let number = |name: &str| u32::read(&value[name]).unwrap_or(0);
        Some(Self {
            id: text("id"),
            tool: value["tool"].as_str().and_then(Form::named).unwrap_or_default(),
            label: text("label"),
            colour: Read::read(&value["colour"]).unwrap_or_default(),
            least: number("least"),
            most: number("most"),
            questions: Vec::read(&value["questions"]).unwrap_or_default(),
            when: Vec::read(&value["when"]).unwrap_or_default(),
        })
    }
}

/// The settings as the app reads them; what is absent or strange has its default.
impl Read for DrawingRules {
    fn read(rules: &Value) -> Option<Self> {
        let mut read = Self::default();
        let number = |name: &str| u32::read(&rules[name]).unwrap_or(0);
        let yes = |name: &str| rules[name].as_bool().unwrap_or(false);
        if let Some(tools) = Vec::read(&rules["tools"]) {
            read.tools = tools;
        }
        (read.least, read.most) = (number("least"), number("most"));
        (read.snap, read.rotatable) = (yes("snap"), yes("rotatable"));
        read.questions = Vec::read(&rules["questions"]).unwrap_or_default();
        if rules["others"].as_str() == Some("show") {
            read.others = Others::Show;
        }
        if let Some(tolerance) = rules["tolerance"].as_f64() {
            read.tolerance = tolerance;
        }
        if let Some(outcomes) = Vec::<String>::read(&rules["outcomes"]) {
            let known = |name: &String| Outcome::ALL.into_iter().find(|o| o.name() == name);
            read.outcomes = outcomes.iter().filter_map(known).collect();
        }
        Some(read)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn roofs() -> DrawingRules {
        serde_json::from_value(json!({
            "tools": [
                {"id": "roof", "tool": "box", "label": "Damaged roof", "colour": "#e69f00", "most": 5,
                    "questions": [{"id": "how", "choices": [{"id": "gone", "label": "Gone"}]}],
                    "when": ["yes"]},
                {"id": "road", "tool": "polyline", "label": "Blocked road"},
            ],
            "least": 1, "most": 9, "snap": true, "others": "show", "rotatable": true, "tolerance": 8.5,
            "questions": [{"id": "any", "choices": [{"id": "yes", "label": "Yes"}, {"id": "no", "label": "No"}]}],
            "outcomes": ["nothing_here", "bad_subject"],
        }))
        .unwrap()
    }

    /// Linear red, green and blue as somebody sees them who lacks a kind of cones: Machado, Oliveira
    /// and Fernandes, "A Physiologically-based Model for Simulation of Color Vision Deficiency", 2009.
    const SIGHTS: [[[f64; 3]; 3]; 3] = [
        [[0.152, 1.053, -0.205], [0.115, 0.786, 0.099], [-0.004, -0.048, 1.052]],
        [[0.367, 0.861, -0.228], [0.280, 0.673, 0.047], [-0.012, 0.043, 0.969]],
        [[1.256, -0.077, -0.179], [-0.078, 0.931, 0.148], [0.005, 0.691, 0.304]],
    ];

    fn lab(colour: &str, sight: &[[f64; 3]; 3]) -> [f64; 3] {
        let byte = |at: usize| u8::from_str_radix(&colour[at..at + 2], 16).unwrap();
        let linear = [1, 3, 5].map(|at| (f64::from(byte(at)) / 255.0).powf(2.2));
        let dot =
            |row: &[f64; 3], with: &[f64; 3]| row.iter().zip(with).map(|(a, b)| a * b).sum::<f64>();
        let seen = [0, 1, 2].map(|row| dot(&sight[row], &linear).clamp(0.0, 1.0));
        let xyz = [[0.434, 0.376, 0.190], [0.213, 0.715, 0.072], [0.018, 0.109, 0.873]];
        let [x, y, z] = xyz.map(|row| dot(&row, &seen).cbrt());
        [116.0 * y - 16.0, 500.0 * (x - y), 200.0 * (y - z)]
    }

    #[test]
    fn everybody_can_tell_the_colours_apart() {
        for sight in &SIGHTS {
            for (at, one) in PALETTE.iter().enumerate() {
                for other in &PALETTE[..at] {
                    let (one_seen, other_seen) = (lab(one, sight), lab(other, sight));
                    let apart = one_seen.iter().zip(&other_seen).map(|(a, b)| (a - b).powi(2));
                    let apart = apart.sum::<f64>().sqrt();
                    assert!(apart > 10.0, "{one} and {other}: {apart}");
                }
            }
        }
    }

    #[test]
    fn the_app_reads_the_settings_as_serde_does() {
        for rules in [roofs(), DrawingRules::default()] {
            let json = serde_json::to_value(&rules).unwrap();
            assert_eq!(DrawingRules::read(&json).unwrap(), rules);
        }
        assert_eq!(DrawingRules::read(&Value::Null).unwrap(), DrawingRules::default());
    }

    #[test]
    fn settings_that_cannot_work_are_told() {
        assert!(roofs().check().is_ok());
        assert!(DrawingRules::default().check().is_ok());
        let bad = |spoil: fn(&mut DrawingRules)| {
            let mut rules = roofs();
            spoil(&mut rules);
            let fault = rules.check().unwrap_err();
            (fault.code, fault.pointer.unwrap())
        };
        assert_eq!(bad(|r| r.tools.clear()), ("no-tools", "/rules/tools".into()));
        assert_eq!(bad(|r| r.tools[1].id = "roof".into()), ("tool-twice", "/rules/tools/1".into()));
        assert_eq!(
            bad(|r| r.tools[0].when = vec!["maybe".into()]),
            ("bad-branch", "/rules/tools/0".into())
        );
        assert_eq!(
            bad(|r| r.tools[0].colour = Some("red".into())),
            ("bad-colour", "/rules/tools/0".into())
        );
        assert_eq!(bad(|r| r.tools[0].least = 6), ("bad-limits", "/rules/tools/0".into()));
        assert_eq!(bad(|r| r.least = 10), ("bad-limits", "/rules/least".into()));
        assert_eq!(bad(|r| r.tolerance = -1.0), ("bad-tolerance", "/rules/tolerance".into()));
        assert_eq!(
            bad(|r| r.tools[0].questions[0].choices.clear()),
            ("no-choices", "/rules/tools/0/questions/0".into())
        );
    }
}
