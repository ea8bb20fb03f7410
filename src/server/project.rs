//! A project's settings, and the file that describes one.

mod file;
#[cfg(test)]
mod schema_tests;
mod subjects;

pub(crate) use file::{PageFiles, ProjectFile};
pub(crate) use subjects::{
    Beside, ClipIn, Columns, CutIn, Form, IiifIn, ImageIn, MapTileIn, PairIn, PdfIn, RegionIn,
    SubjectIn, TableIn, TextIn, WarmUp,
};

use crate::{error::Result, media::LARGEST};
use domain::{Called, Fault, HelpEntry, Owner, Picture, ProjectState, Rule, Tone};
use formats::pick::Picking;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// All that a team says about a project, as it is stored.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Settings {
    /// Its name for people.
    pub(crate) title: String,
    /// What the data is for.
    #[serde(default)]
    pub(crate) purpose: String,
    /// A line in the project's own voice.
    #[serde(default)]
    pub(crate) voice: String,
    /// Who wants the data.
    pub(crate) owner: Owner,
    /// BCP 47 tag of the material's language.
    #[serde(default = "undetermined")]
    pub(crate) language: String,
    /// An accent colour, `#rrggbb`.
    #[serde(default)]
    pub(crate) accent: Option<String>,
    /// The title picture, once it is imported.
    #[serde(default)]
    pub(crate) picture: Option<Picture>,
    /// How much game fits.
    #[serde(default)]
    pub(crate) tone: Tone,
    /// Whether tasks are handed out.
    #[serde(default)]
    pub(crate) state: ProjectState,
    /// The kind of its tasks.
    #[serde(default = "typing")]
    pub(crate) kind: String,
    /// The kind's own settings.
    #[serde(default = "empty")]
    pub(crate) rules: Value,
    /// When a task is done.
    #[serde(default)]
    pub(crate) rule: Rule,
    /// What the subjects are called.
    #[serde(default)]
    pub(crate) called: Option<Called>,
    /// The question asked about every subject.
    pub(crate) question: String,
    /// Help inside the task.
    #[serde(default)]
    pub(crate) help: Vec<HelpEntry>,
    /// The game layers that are on.
    #[serde(default)]
    pub(crate) layers: Vec<String>,
    /// Which words of a page become tasks.
    #[serde(default)]
    #[schema(value_type = Object)]
    pub(crate) picking: Picking,
    /// What its subjects may show that not everybody wants to see, for those without a note of
    /// their own: they are covered until they are asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) content_note: Option<String>,
    /// The largest image taken, in millions of pixels, 1 to 120; 50 where this is left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) largest_megapixels: Option<u32>,
}

/// `POST /projects`: a slug and the settings.
#[derive(Clone, Debug, Serialize, Deserialize, utoipa::ToSchema)]
pub(crate) struct ProjectIn {
    /// Its name in addresses.
    pub(crate) slug: String,
    /// Everything else.
    #[serde(flatten)]
    pub(crate) settings: Settings,
}

fn undetermined() -> String {
    "und".into()
}

fn typing() -> String {
    "typing".into()
}

fn empty() -> Value {
    Value::Object(serde_json::Map::new())
}

/// The settings after a JSON merge patch (RFC 7396).
pub(crate) fn patched(settings: &Settings, patch: &Value) -> Result<Settings> {
    let Value::Object(changes) = patch else {
        return Err(
            Fault::new("bad-patch", "A change is an object of the settings to change.").into()
        );
    };
    if changes.contains_key("slug") {
        return Err(Fault::new(
            "slug-fixed",
            "A project keeps its slug: addresses and exports hold it.",
        )
        .at("/slug")
        .into());
    }
    let mut merged = serde_json::to_value(settings).map_err(crate::Error::internal)?;
    // These are choices between forms: what is left of one does not fit another.
    for choice in ["rule", "picking"] {
        if changes.contains_key(choice) {
            merged[choice] = Value::Null;
        }
    }
    merge(&mut merged, patch);
    read(merged)?.checked()
}

fn merge(target: &mut Value, patch: &Value) {
    let Value::Object(changes) = patch else {
        *target = patch.clone();
        return;
    };
    if !target.is_object() {
        *target = empty();
    }
    if let Value::Object(fields) = target {
        for (key, change) in changes {
            if change.is_null() {
                fields.remove(key);
            } else {
                merge(fields.entry(key.clone()).or_insert(Value::Null), change);
            }
        }
    }
}

fn read(value: Value) -> Result<Settings> {
    serde_json::from_value(value).map_err(|e| {
        Fault::new("bad-settings", format!("These are not a project's settings: {e}.")).into()
    })
}

impl ProjectIn {
    /// Reads a body of `POST /projects`.
    pub(crate) fn from_value(mut value: Value) -> Result<Self> {
        let slug = value.as_object_mut().and_then(|fields| fields.remove("slug"));
        let Some(Value::String(slug)) = slug else {
            return Err(Fault::new(
                "slug-missing",
                "A project needs a slug, its name in addresses.",
            )
            .at("/slug")
            .into());
        };
        check_slug(&slug)?;
        Ok(Self { slug, settings: read(value)?.checked()? })
    }
}

fn check_slug(slug: &str) -> Result<()> {
    let fits = (1..=64).contains(&slug.len())
        && slug.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
        && !slug.starts_with('-')
        && !slug.ends_with('-');
    if fits {
        Ok(())
    } else {
        Err(Fault::new("bad-slug", "A slug is 1 to 64 of a–z, 0–9 and “-”, not first or last.")
            .at("/slug")
            .into())
    }
}

impl Settings {
    /// The settings with everything left out filled in, or what is wrong with them.
    pub(crate) fn checked(mut self) -> Result<Self> {
        let named =
            |text: &str, most: usize| !text.trim().is_empty() && text.chars().count() <= most;
        let wrong = |code, pointer: &str, detail: &str| -> Result<Self> {
            Err(Fault::new(code, detail).at(pointer).into())
        };
        if !named(&self.title, 200) {
            return wrong("bad-title", "/title", "A project's title has 1 to 200 characters.");
        }
        if !named(&self.question, 500) {
            return wrong("bad-question", "/question", "The question has 1 to 500 characters.");
        }
        if let Some(called) = &self.called
            && !(named(&called.one, 40) && named(&called.many, 40))
        {
            return wrong(
                "bad-name",
                "/called",
                "What subjects are called has 1 to 40 characters.",
            );
        }
        if self.purpose.chars().count() > 1000 || self.voice.chars().count() > 200 {
            return wrong(
                "too-long",
                "/purpose",
                "The purpose has at most 1000 characters, the voice line 200.",
            );
        }
        if !named(&self.owner.name, 200) {
            return wrong(
                "bad-owner",
                "/owner/name",
                "Say who wants the data: 1 to 200 characters.",
            );
        }
        if self.owner.link.as_ref().is_some_and(|link| !link.starts_with("https://")) {
            return wrong(
                "bad-link",
                "/owner/link",
                "The owner's link has to start with https://.",
            );
        }
        let hex = |c: &str| {
            c.len() == 7 && c.starts_with('#') && c[1..].bytes().all(|b| b.is_ascii_hexdigit())
        };
        if self.accent.as_deref().is_some_and(|c| !hex(c)) {
            return wrong("bad-accent", "/accent", "The accent colour is written #rrggbb.");
        }
        if self.language.is_empty()
            || self.language.len() > 35
            || !self.language.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
        {
            return wrong(
                "bad-language",
                "/language",
                "The language is a tag such as sv or de-Latf.",
            );
        }
        let layer = |name: &String| {
            (1..=32).contains(&name.len())
                && name.bytes().all(|b| b.is_ascii_lowercase() || b == b'_')
        };
        if self.layers.len() > 16 || !self.layers.iter().all(layer) {
            return wrong("bad-layers", "/layers", "Layers are at most 16 names of a–z and “_”.");
        }
        let (least, most) = (self.rule.least(), self.rule.most());
        if !(1..=50).contains(&least) || most < least || most > 50 {
            return wrong(
                "bad-rule",
                "/rule",
                "A task needs 1 to 50 answers, and at most as many as that or up to 50.",
            );
        }
        if let Rule::Share { percent, .. } = self.rule
            && !(51..=100).contains(&percent)
        {
            return wrong(
                "bad-rule",
                "/rule/percent",
                "A task is done when 51 to 100 in a hundred say the same.",
            );
        }
        if self.content_note.as_deref().is_some_and(|note| !named(note, 300)) {
            return wrong(
                "bad-note",
                "/content_note",
                "A content note has 1 to 300 characters; leave it out where none is needed.",
            );
        }
        if self.largest_megapixels.is_some_and(|most| !(1..=120).contains(&most)) {
            return wrong(
                "bad-largest",
                "/largest_megapixels",
                "The largest image has 1 to 120 million pixels.",
            );
        }
        self.rules = kinds::check_rules(&self.kind, &self.rules)?;
        Ok(self)
    }

    /// The largest image taken, in pixels.
    pub(crate) fn largest(&self) -> u64 {
        self.largest_megapixels.map_or(LARGEST, |most| u64::from(most) * 1_000_000)
    }

    /// Whether volunteers are shown what others gave for the same task.
    pub(crate) fn shows_others(&self) -> bool {
        self.rules.get("others").is_some_and(|others| others == "show")
    }

    /// Whether pages are asked by the line, whatever they tell of their words.
    pub(crate) fn asks_lines(&self) -> bool {
        self.rules.get("unit").is_some_and(|unit| unit != "word")
    }

    /// Whether there are other right answers than the one that is known, as a text has many
    /// translations.
    pub(crate) fn has_many_right(&self) -> bool {
        self.rules.get("translate_to").is_some()
    }

    /// Whether volunteers are shown the OCR's reading, so that agreeing with it proves nothing.
    pub(crate) fn shows_reading(&self) -> bool {
        self.rules.get("prefill").is_some_and(|p| p != "blank")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn body() -> Value {
        json!({"slug": "turku-1863", "title": "Turku", "owner": {"name": "The library"},
            "question": "What does it say?"})
    }

    #[test]
    fn what_is_left_out_is_filled_in() {
        let project = ProjectIn::from_value(body()).unwrap();
        assert_eq!(project.settings.kind, "typing");
        assert_eq!(project.settings.rules["prefill"], "blank");
        assert!(!project.settings.shows_reading());
    }

    #[test]
    fn a_change_is_checked_like_a_whole() {
        let settings = ProjectIn::from_value(body()).unwrap().settings;
        let solemn = patched(&settings, &json!({"tone": "solemn", "rules": {"prefill": "ocr"}}));
        let solemn = solemn.unwrap();
        assert_eq!(solemn.tone, Tone::Solemn);
        assert!(solemn.shows_reading());
        for bad in [
            json!({"slug": "other"}),
            json!({"title": ""}),
            json!({"accent": "red"}),
            json!({"rule": {"rule": "equal", "answers": 3, "at_most": 2}}),
            json!({"kind": "dancing"}),
            json!({"colour": "#000000"}),
            json!([1]),
        ] {
            assert!(patched(&settings, &bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn slugs_are_made_for_addresses() {
        for bad in ["", "-a", "a-", "A", "a b", "å", "a/b"] {
            assert!(check_slug(bad).is_err(), "{bad}");
        }
        assert!(check_slug("turku-1863").is_ok());
    }
}
