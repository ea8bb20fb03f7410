//! What a project file says of each of its subjects.

use domain::{Fact, Fault, Rect};
use serde::{Deserialize, Deserializer, de::Error as _, de::MapAccess, de::Visitor};
use serde_json::{Map, Value};
use std::fmt;

/// A subject: what is looked at, and what belongs to it whatever it is.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct SubjectIn {
    /// What every subject may have.
    pub(crate) beside: Beside,
    /// What is looked at.
    pub(crate) form: Form,
}

/// What every subject may have.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Beside {
    /// The team's own name for it; the file's name where this is left out.
    pub(crate) id: Option<String>,
    /// A text that is shown with it.
    pub(crate) text: Option<String>,
    /// What is known of it, in the order of the file.
    pub(crate) facts: Vec<Fact>,
    /// What it shows that not everybody wants to see.
    pub(crate) note: Option<String>,
    /// A value of the kind to start from.
    pub(crate) prefill: Option<Value>,
}

/// What is looked at, by the word under `type`.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Form {
    Image(ImageIn),
    ImageRegion(RegionIn),
    ImagePair(PairIn),
    Text(TextIn),
    Audio(ClipIn),
    Video(ClipIn),
    MapTile(MapTileIn),
    /// One image a page.
    Pdf(PdfIn),
    /// One image or text a row.
    Csv(TableIn),
    /// One image a canvas.
    Iiif(IiifIn),
    /// A picture that is shown whole, with a part of it marked: the older form of warm-ups.
    Cut(CutIn),
}

/// `image`.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ImageIn {
    /// The image's file.
    pub(crate) file: String,
    /// What it is, for those who do not see it.
    #[serde(default)]
    pub(crate) alt: String,
}

/// `image_region`.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RegionIn {
    /// The page's file.
    pub(crate) file: String,
    /// What is asked about, in pixels of the page.
    pub(crate) mark: Rect,
    /// The line that it stands in.
    #[serde(default)]
    pub(crate) line: Option<Rect>,
    /// What people call the page; the file's name where this is left out.
    #[serde(default)]
    pub(crate) label: Option<String>,
}

/// `image_pair`.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct PairIn {
    /// The first image's file.
    pub(crate) before: String,
    /// The second's.
    pub(crate) after: String,
    /// What people call the first.
    pub(crate) before_label: String,
    /// What people call the second.
    pub(crate) after_label: String,
    /// What both show, for those who do not see it.
    #[serde(default)]
    pub(crate) alt: String,
}

/// `text`.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct TextIn {
    /// The text.
    pub(crate) content: String,
    /// Its language, where it is not the project's.
    #[serde(default)]
    pub(crate) language: Option<String>,
    /// Who said it, or where it stood.
    #[serde(default)]
    pub(crate) source: Option<String>,
}

/// `audio` and `video`.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ClipIn {
    /// The sound's or film's file.
    pub(crate) file: String,
    /// What it is, for those who do not hear or see it.
    #[serde(default)]
    pub(crate) alt: String,
    /// A still picture's file, for a film.
    #[serde(default)]
    pub(crate) poster: Option<String>,
    /// What is said in it: a `WebVTT` file.
    #[serde(default)]
    pub(crate) captions: Option<String>,
}

/// `map_tile`.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct MapTileIn {
    /// Zoom.
    pub(crate) z: u32,
    /// Column, from the west.
    pub(crate) x: u32,
    /// Row, from the north.
    pub(crate) y: u32,
    /// Where the tiles are: `tiles/{z}/{x}/{y}.jpg`.
    pub(crate) tiles: String,
    /// How many tiles around it are shown: 0, 1 or 2.
    #[serde(default = "one")]
    pub(crate) around: u32,
    /// Whose map it is.
    #[serde(default)]
    pub(crate) attribution: String,
}

/// `pdf`.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct PdfIn {
    /// The document's file.
    pub(crate) file: String,
    /// Pixels an inch, 36 to 600.
    #[serde(default = "dpi")]
    pub(crate) dpi: u32,
}

/// `csv`.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct TableIn {
    /// The table's file.
    pub(crate) file: String,
    /// Which column is what.
    #[serde(default)]
    pub(crate) columns: Columns,
    /// The columns that are shown as facts.
    #[serde(default)]
    pub(crate) facts: Vec<String>,
    /// What every image is, for those who do not see it; `{Place}` stands for a column's cell.
    #[serde(default)]
    pub(crate) alt: String,
}

/// Which column of a table is what, by the names in its first row.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Columns {
    /// The team's own name for the row.
    pub(crate) id: Option<String>,
    /// The image's file. Without it every row is a text.
    pub(crate) file: Option<String>,
    /// The text that is shown with the image; without images, the text itself.
    pub(crate) text: Option<String>,
    /// What it shows that not everybody wants to see.
    pub(crate) note: Option<String>,
    /// For texts: who said it, or where it stood.
    pub(crate) source: Option<String>,
    /// For texts: the language.
    pub(crate) language: Option<String>,
}

/// `iiif`: a manifest, as a file or from a library's server.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct IiifIn {
    /// The manifest's file.
    pub(crate) file: Option<String>,
    /// The manifest's address.
    pub(crate) url: Option<String>,
}

/// The older form of a warm-up's picture.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct CutIn {
    /// The picture's file.
    pub(crate) image: String,
    /// What is asked about, in pixels of that picture.
    pub(crate) mark: Rect,
}

/// A warm-up: a subject, its answer and what it teaches.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct WarmUp {
    /// What is looked at.
    pub(crate) subject: SubjectIn,
    /// The right answer: a value of the project's kind.
    pub(crate) answer: Value,
    /// One sentence shown before answering.
    pub(crate) hint: String,
}

/// The words under `type`.
pub(crate) const TYPES: [&str; 10] = [
    "image",
    "image_region",
    "image_pair",
    "text",
    "audio",
    "video",
    "map_tile",
    "pdf",
    "csv",
    "iiif",
];

/// The keys that every subject may have.
pub(crate) const COMMON: [&str; 5] = ["id", "text", "facts", "note", "prefill"];

fn one() -> u32 {
    1
}

fn dpi() -> u32 {
    150
}

impl SubjectIn {
    /// Reads one entry of `subjects`.
    pub(crate) fn from_json(text: &str) -> Result<Self, Fault> {
        Self::from_fields(fields(text)?, text)
    }

    fn from_fields(mut fields: Map<String, Value>, text: &str) -> Result<Self, Fault> {
        let Some(Value::String(name)) = fields.remove("type") else {
            return Err(bad(format!("It has no “type”; there are: {}.", TYPES.join(", "))));
        };
        // A table's facts are columns; its rows have theirs from there.
        let table = name == "csv";
        for key in COMMON {
            if !(table && key == "facts") {
                fields.remove(key);
            }
        }
        let form = form(&name, Value::Object(fields))?;
        let beside = beside(text, table)?;
        Ok(Self { beside, form })
    }

    /// A subject of that form with nothing beside it.
    pub(crate) fn plain(form: Form) -> Self {
        Self { beside: Beside::default(), form }
    }

    /// What the subject is called where it has no id; `None` for what stands for several.
    pub(crate) fn name(&self) -> Option<String> {
        let named = |name: String| Some(self.beside.id.clone().unwrap_or(name));
        named(match &self.form {
            Form::Image(image) => image.file.clone(),
            Form::ImageRegion(RegionIn { file, mark, .. }) => {
                format!("{file}#{},{},{},{}", mark.x, mark.y, mark.width, mark.height)
            }
            Form::ImagePair(pair) => format!("{} + {}", pair.before, pair.after),
            Form::Text(text) => {
                format!("text-{}", &blake3::hash(text.content.as_bytes()).to_hex()[..12])
            }
            Form::Audio(clip) | Form::Video(clip) => clip.file.clone(),
            Form::MapTile(tile) => format!("{}/{}/{}", tile.z, tile.x, tile.y),
            Form::Cut(cut) => cut.image.clone(),
            Form::Pdf(_) | Form::Csv(_) | Form::Iiif(_) => return None,
        })
    }
}

impl WarmUp {
    /// Reads one entry of `warm_ups`.
    pub(crate) fn from_json(text: &str) -> Result<Self, Fault> {
        let mut fields = fields(text)?;
        let answer = fields.remove("answer").ok_or_else(|| bad("It has no “answer”."))?;
        let Some(Value::String(hint)) = fields.remove("hint") else {
            return Err(bad("It has no “hint”, the sentence shown before answering."));
        };
        let subject = if fields.contains_key("type") {
            SubjectIn::from_fields(fields, text)?
        } else {
            SubjectIn::plain(Form::Cut(typed("warm-up", Value::Object(fields))?))
        };
        Ok(Self { subject, answer, hint })
    }
}

fn bad(detail: impl Into<String>) -> Fault {
    Fault::new("bad-subject", detail)
}

fn fields(text: &str) -> Result<Map<String, Value>, Fault> {
    serde_json::from_str(text).map_err(|_| bad("It is not an object."))
}

fn form(name: &str, value: Value) -> Result<Form, Fault> {
    Ok(match name {
        "image" => Form::Image(typed(name, value)?),
        "image_region" => Form::ImageRegion(typed(name, value)?),
        "image_pair" => Form::ImagePair(typed(name, value)?),
        "text" => Form::Text(typed(name, value)?),
        "audio" => Form::Audio(typed(name, value)?),
        "video" => Form::Video(typed(name, value)?),
        "map_tile" => Form::MapTile(typed(name, value)?),
        "pdf" => Form::Pdf(typed(name, value)?),
        "csv" => Form::Csv(typed(name, value)?),
        "iiif" => Form::Iiif(typed(name, value)?),
        _ => {
            return Err(bad(format!(
                "There is no type called “{name}”; there are: {}.",
                TYPES.join(", ")
            )));
        }
    })
}

fn typed<T: for<'d> Deserialize<'d>>(name: &str, value: Value) -> Result<T, Fault> {
    serde_json::from_value(value).map_err(|e| bad(format!("This {name} cannot be read: {e}.")))
}

/// The common keys, from the text itself: a value would forget the order of facts.
fn beside(text: &str, table: bool) -> Result<Beside, Fault> {
    #[derive(Deserialize)]
    struct All {
        id: Option<Value>,
        text: Option<Value>,
        #[serde(default)]
        facts: Option<Box<serde_json::value::RawValue>>,
        note: Option<Value>,
        prefill: Option<Value>,
    }
    let unread = |e: serde_json::Error| bad(format!("This subject cannot be read: {e}."));
    let all: All = serde_json::from_str(text).map_err(unread)?;
    let word = |value: Option<Value>, name: &str| match value {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) => Ok(Some(text)),
        Some(Value::Number(number)) if name == "id" => Ok(Some(number.to_string())),
        Some(_) => Err(bad(format!("Its “{name}” is not a text."))),
    };
    let facts = match all.facts {
        Some(raw) if !table => {
            let mut text = serde_json::Deserializer::from_str(raw.get());
            facts(&mut text).map_err(|e| bad(format!("Its “facts” cannot be read: {e}.")))?
        }
        _ => Vec::new(),
    };
    Ok(Beside {
        id: word(all.id, "id")?,
        text: word(all.text, "text")?,
        facts,
        note: word(all.note, "note")?,
        prefill: all.prefill.filter(|value| !value.is_null()),
    })
}

/// An object of names and values, in its own order.
fn facts<'d, D: Deserializer<'d>>(from: D) -> Result<Vec<Fact>, D::Error> {
    struct InOrder;
    impl<'d> Visitor<'d> for InOrder {
        type Value = Vec<Fact>;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("an object of names and values")
        }

        fn visit_map<M: MapAccess<'d>>(self, mut map: M) -> Result<Vec<Fact>, M::Error> {
            let mut facts = Vec::new();
            while let Some((name, value)) = map.next_entry::<String, Value>()? {
                let value = match value {
                    Value::Null => continue,
                    Value::String(text) => text,
                    Value::Bool(_) | Value::Number(_) => value.to_string(),
                    _ => return Err(M::Error::custom(format!("“{name}” is no text or number"))),
                };
                facts.push(Fact { name, value });
            }
            Ok(facts)
        }
    }
    from.deserialize_map(InOrder)
}

/// The keys of each type, as the code reads them: what the schema has to say.
#[cfg(test)]
pub(crate) fn keys() -> std::collections::BTreeMap<&'static str, Vec<String>> {
    TYPES.iter().map(|name| (*name, keys_of(|value| form(name, value)))).collect()
}

#[cfg(test)]
pub(crate) fn keys_of<T: fmt::Debug>(read: impl Fn(Value) -> Result<T, Fault>) -> Vec<String> {
    let said = read(serde_json::json!({"\u{1}": 0})).unwrap_err().detail;
    let (_, known) = said.split_once("expected ").unwrap();
    known.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn read(value: &Value) -> Result<SubjectIn, Fault> {
        SubjectIn::from_json(&value.to_string())
    }

    #[test]
    fn facts_keep_their_order() {
        let text = r#"{"type": "text", "content": "x", "facts": {"Zoo": "a", "Age": 7, "No": null, "Big": true}}"#;
        let facts = SubjectIn::from_json(text).unwrap().beside.facts;
        let told: Vec<_> = facts.iter().map(|f| (f.name.as_str(), f.value.as_str())).collect();
        assert_eq!(told, [("Zoo", "a"), ("Age", "7"), ("Big", "true")]);
    }

    #[test]
    fn a_table_s_facts_are_columns() {
        let table = read(&json!({"type": "csv", "file": "a.csv", "facts": ["Place"]})).unwrap();
        let Form::Csv(table) = table.form else { panic!("a table") };
        assert_eq!(table.facts, ["Place"]);
    }

    #[test]
    fn what_is_no_subject_is_told_by_name() {
        for (value, said) in [
            (json!(7), "not an object"),
            (json!({"file": "a.jpg"}), "“type”"),
            (json!({"type": "hologram"}), "hologram"),
            (json!({"type": "image", "file": "a.jpg", "colour": 1}), "`colour`"),
            (json!({"type": "image"}), "`file`"),
            (json!({"type": "image", "file": 7}), "string"),
            (json!({"type": "image", "file": "a", "facts": [1]}), "names and values"),
            (json!({"type": "image", "file": "a", "facts": {"a": [1]}}), "“a”"),
            (json!({"type": "image", "file": "a", "text": 7}), "“text”"),
            (json!({"type": "map_tile", "z": -1}), "u32"),
        ] {
            let told = read(&value).unwrap_err().detail;
            assert!(told.contains(said), "{value}: {told}");
            assert!(told.ends_with('.'), "a sentence: {told}");
        }
    }

    #[test]
    fn a_warm_up_has_two_forms() {
        let old = json!({"image": "a.jpg", "mark": {"x": 1, "y": 2, "width": 3, "height": 4},
            "answer": {"text": "a"}, "hint": "b"});
        assert!(matches!(WarmUp::from_json(&old.to_string()).unwrap().subject.form, Form::Cut(_)));
        let new = json!({"type": "text", "content": "a", "answer": {"text": "a"}, "hint": "b"});
        assert!(matches!(WarmUp::from_json(&new.to_string()).unwrap().subject.form, Form::Text(_)));
        let without = json!({"type": "text", "content": "a", "hint": "b"});
        assert!(WarmUp::from_json(&without.to_string()).unwrap_err().detail.contains("answer"));
    }

    #[test]
    fn every_type_names_its_keys() {
        let keys = keys();
        assert_eq!(keys["image"], ["file", "alt"]);
        assert!(keys.values().all(|keys| !keys.is_empty()), "{keys:?}");
    }
}
