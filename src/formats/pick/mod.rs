//! Which words or lines of a page become tasks.

use crate::{Page, Rejected, Unit};
use domain::{Fault, Rect, Size};
use serde::{Deserialize, Serialize};

/// How a project picks, as its project file says it:
/// `{"which": "worst", "percent": 60, "controls_percent": 5}`.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "Wire", into = "Wire")]
pub struct Picking {
    /// Which words.
    pub which: Which,
    /// Of the words left over, how many of a hundred are asked all the same. They
    /// measure the errors that hide behind a high confidence.
    pub controls_percent: f64,
}

/// Which words become tasks.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Which {
    /// All that can be asked.
    All,
    /// The words that the OCR was least sure of, by rank within their page.
    Worst {
        /// How many of a hundred, 0 to 100.
        percent: f64,
    },
}

impl Default for Picking {
    /// The worse half, and one in twenty of the others.
    fn default() -> Self {
        Self { which: Which::Worst { percent: 50.0 }, controls_percent: 5.0 }
    }
}

/// How [`Picking`] looks in a file.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Wire {
    which: WhichName,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    percent: Option<f64>,
    #[serde(default)]
    controls_percent: f64,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum WhichName {
    All,
    Worst,
}

impl TryFrom<Wire> for Picking {
    type Error = Fault;

    fn try_from(wire: Wire) -> Result<Self, Fault> {
        let within = |name: &str, value: f64| {
            if (0.0..=100.0).contains(&value) {
                return Ok(value);
            }
            Err(Fault::new("bad-picking", format!("“{name}” has to be from 0 to 100.")).at(name))
        };
        let which = match (wire.which, wire.percent) {
            (WhichName::All, None) => Which::All,
            (WhichName::All, Some(_)) => {
                let told = "“percent” only goes with “worst”; leave it out or pick “worst”.";
                return Err(Fault::new("bad-picking", told).at("percent"));
            }
            (WhichName::Worst, Some(percent)) => {
                Which::Worst { percent: within("percent", percent)? }
            }
            (WhichName::Worst, None) => {
                let told = "Picking the worst words needs “percent”: how many of a hundred.";
                return Err(Fault::new("bad-picking", told).at("percent"));
            }
        };
        let controls_percent = within("controls_percent", wire.controls_percent)?;
        Ok(Self { which, controls_percent })
    }
}

impl From<Picking> for Wire {
    fn from(picking: Picking) -> Self {
        let (which, percent) = match picking.which {
            Which::All => (WhichName::All, None),
            Which::Worst { percent } => (WhichName::Worst, Some(percent)),
        };
        Self { which, percent, controls_percent: picking.controls_percent }
    }
}

/// What was picked from one page.
#[derive(Clone, Debug, PartialEq)]
pub struct Picked {
    /// Words, or lines where the page tells no confidence or no words.
    pub unit: Unit,
    /// What becomes tasks, in reading order.
    pub tasks: Vec<Pick>,
    /// What cannot be asked, each with its reason.
    pub skipped: Vec<Rejected>,
    /// How many could have been asked and were not picked.
    pub left: usize,
    /// Which share of the wrong words will be seen.
    pub estimate: Option<Estimate>,
}

/// One word or line that becomes a task.
#[derive(Clone, Debug, PartialEq)]
pub struct Pick {
    /// The word's or line's key within its file.
    pub key: String,
    /// The word or line, in pixels of the image, inside the image.
    pub area: Rect,
    /// The line that the word stands in, where the file tells.
    pub line_area: Option<Rect>,
    /// Degrees to turn the cut clockwise so that the text is upright.
    pub rotation: f64,
    /// What the OCR read.
    pub text: Option<String>,
    /// How sure it was, 0 to 1.
    pub confidence: Option<f64>,
    /// Whether it was picked at random from the words left over.
    pub control: bool,
}

/// Of a hundred wrong words, about how many will be seen. Engines differ, so it is a range,
/// measured on Fraktur and newspaper pages with known text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Estimate {
    /// At the least, 0 to 100.
    pub from: f64,
    /// At the most, 0 to 100.
    pub to: f64,
}

/// Picks the tasks of a page. The same page, settings and seed give the same picks.
/// Boxes have to be in pixels of the image, as a reader gives them when it is told its size.
pub fn choose(page: &Page, image: Size, how: &Picking, seed: u64) -> Picked {
    let _ = (page, image, how, seed);
    Picked { unit: Unit::Word, tasks: vec![], skipped: vec![], left: 0, estimate: None }
}
