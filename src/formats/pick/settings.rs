//! How a project picks.

use domain::Fault;
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

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Picking, String> {
        serde_json::from_str(text).map_err(|error| error.to_string())
    }

    #[test]
    fn settings_read_as_they_are_written() {
        for picking in [
            Picking::default(),
            Picking { which: Which::All, controls_percent: 0.0 },
            Picking { which: Which::Worst { percent: 60.0 }, controls_percent: 7.5 },
        ] {
            let text = serde_json::to_string(&picking).unwrap();
            assert_eq!(read(&text), Ok(picking));
        }
        let worst = read(r#"{"which":"worst","percent":60,"controls_percent":5}"#).unwrap();
        assert_eq!(worst.which, Which::Worst { percent: 60.0 });
    }

    #[test]
    fn wrong_settings_are_told() {
        let told = |text: &str| read(text).unwrap_err();
        assert!(told(r#"{"which":"worst"}"#).contains("percent"));
        assert!(told(r#"{"which":"worst","percent":160}"#).contains("0 to 100"));
        assert!(told(r#"{"which":"all","percent":5}"#).contains("worst"));
        assert!(told(r#"{"which":"all","controls_percent":-1}"#).contains("controls_percent"));
        assert!(told(r#"{"which":"best"}"#).contains("best"));
        assert!(told(r#"{"which":"all","percents":5}"#).contains("percents"));
    }
}
