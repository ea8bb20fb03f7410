//! The schema that teams write project files by says what the code reads, no
//! more and no less; and so do the guide and every sample.

use super::{
    ProjectFile, Settings, SubjectIn, WarmUp,
    subjects::{COMMON, TYPES, keys, keys_of},
};
use crate::files::Files;
use domain::Fault;
use jsonschema::Validator;
use kinds::{drawing, tagging, typing};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use std::collections::BTreeSet;

const GUIDE: &str = include_str!("../../../docs/project-file.md");

fn schema() -> Value {
    serde_json::from_str(include_str!("../../../docs/project-file.schema.json")).unwrap()
}

fn validator(part: Option<&str>) -> Validator {
    let mut schema = schema();
    if let Some(part) = part {
        let all = schema["$defs"].clone();
        schema =
            json!({"$schema": schema["$schema"], "$ref": format!("#/$defs/{part}"), "$defs": all});
    }
    jsonschema::draft202012::new(&schema).unwrap()
}

fn told(validator: &Validator, value: &Value) -> Vec<String> {
    validator.iter_errors(value).map(|e| format!("{}: {e}", e.instance_path())).collect()
}

fn properties(of: &Value) -> BTreeSet<String> {
    of["properties"].as_object().unwrap().keys().cloned().collect()
}

fn set(names: impl IntoIterator<Item = impl Into<String>>) -> BTreeSet<String> {
    names.into_iter().map(Into::into).collect()
}

#[test]
fn it_is_a_schema() {
    assert!(jsonschema::meta::is_valid(&schema()));
}

#[test]
fn every_key_of_a_project_is_described_and_read() {
    let read = |value| {
        serde_json::from_value::<Settings>(value).map_err(|e| Fault::new("x", e.to_string()))
    };
    let mut known = set(keys_of(read));
    known.extend(set(["slug", "warm_ups", "pages", "subjects"]));
    assert_eq!(properties(&schema()), known);
}

#[test]
fn every_key_of_a_subject_is_described_and_read() {
    let schema = schema();
    let read = keys();
    for name in TYPES {
        let mut known = set(read[name].clone());
        known.extend(set(COMMON));
        known.insert("type".into());
        assert_eq!(properties(&schema["$defs"][name]), known, "{name}");
    }
    let offered = schema["$defs"]["subject"]["oneOf"].as_array().unwrap().len();
    assert_eq!(offered, TYPES.len());
}

#[test]
fn every_key_of_the_kinds_rules_is_described_and_read() {
    fn read<T: DeserializeOwned>(value: Value) -> Result<T, Fault> {
        serde_json::from_value(value).map_err(|e| Fault::new("x", e.to_string()))
    }
    let schema = schema();
    let of_kind = |kind: &str| {
        let mut parts = schema["allOf"].as_array().unwrap().iter();
        let part = parts.find(|part| part["if"]["properties"]["kind"]["const"] == kind).unwrap();
        properties(&part["then"]["properties"]["rules"])
    };
    assert_eq!(of_kind("typing"), set(keys_of(read::<typing::TypingRules>)));
    assert_eq!(of_kind("tagging"), set(keys_of(read::<tagging::TaggingRules>)));
    assert_eq!(of_kind("drawing"), set(keys_of(read::<drawing::DrawingRules>)));
    for (name, keys) in [
        ("field", keys_of(read::<typing::Field>)),
        ("extra", keys_of(read::<tagging::Extra>)),
        ("mark", keys_of(read::<tagging::Mark>)),
        ("tool", keys_of(read::<drawing::Tool>)),
    ] {
        assert_eq!(properties(&schema["$defs"][name]), set(keys), "{name}");
    }
}

#[test]
fn what_is_misspelt_does_not_fit() {
    let validator = validator(None);
    let told = |rules: Value| {
        let project = json!({"slug": "a", "title": "A", "owner": {"name": "B"}, "question": "C?",
            "kind": "drawing", "rules": rules, "subjects": [{"type": "image", "file": "d.jpg"}]});
        told(&validator, &project)
    };
    let tool = |key: &str, value: &str| json!({"tools": [{"id": "a", "label": "A", key: value}]});
    assert_eq!(told(tool("tool", "box")), Vec::<String>::new());
    assert_ne!(told(tool("tool", "hexagon")), Vec::<String>::new());
    assert_ne!(told(tool("colour", "red")), Vec::<String>::new());
    assert_ne!(told(json!({"tools": [], "snapp": true})), Vec::<String>::new());
}

#[test]
fn every_sample_fits_the_schema() {
    let validator = validator(None);
    let mut seen = 0;
    for files in Files::built() {
        let value: Value = serde_json::from_slice(&files.project().unwrap()).unwrap();
        assert_eq!(told(&validator, &value), Vec::<String>::new(), "{}", value["slug"]);
        let file = ProjectFile::from_json(&files.project().unwrap());
        let file = file.unwrap_or_else(|e| panic!("{}: {}", value["slug"], e.problem().detail));
        assert!(file.parts.subjects.iter().all(Result::is_ok), "{}", value["slug"]);
        seen += 1;
    }
    assert!(seen > 0, "the samples are built in: run `cargo dev sample`");
}

#[test]
fn every_example_of_the_guide_is_one() {
    let (project, subject, warm_up, rule) = (
        validator(None),
        validator(Some("subject")),
        validator(Some("warm_up")),
        validator(Some("rule")),
    );
    let mut seen = [0; 4];
    for block in GUIDE.split("```json\n").skip(1) {
        let text = block.split("```").next().unwrap();
        let value: Value = serde_json::from_str(text).unwrap_or_else(|e| panic!("{e}: {text}"));
        let (at, by) = if value.get("slug").is_some() {
            let kind = value.get("kind").and_then(Value::as_str).unwrap_or("typing");
            // The other kinds say themselves what their rules are.
            if kinds::IDS.contains(&kind) && value["rules"].get("fields").is_none() {
                assert!(ProjectFile::from_json(text.as_bytes()).is_ok(), "{text}");
            }
            (0, &project)
        } else if value.get("rule").is_some() {
            (1, &rule)
        } else if value.get("hint").is_some() {
            assert!(WarmUp::from_json(text).is_ok(), "{text}");
            (2, &warm_up)
        } else {
            assert!(SubjectIn::from_json(text).is_ok(), "{text}");
            (3, &subject)
        };
        assert_eq!(told(by, &value), Vec::<String>::new(), "{text}");
        seen[at] += 1;
    }
    assert!(seen[0] >= 5 && seen[1] == 2 && seen[2] == 1 && seen[3] > TYPES.len(), "{seen:?}");
    let named = TYPES.iter().all(|name| GUIDE.contains(&format!("\"type\": \"{name}\"")));
    assert!(named, "the guide has an example of every type");
}

#[test]
fn what_the_code_refuses_the_schema_refuses() {
    let validator = validator(Some("subject"));
    for bad in [
        json!({"type": "image"}),
        json!({"type": "image", "file": "a", "colour": 1}),
        json!({"type": "hologram", "file": "a"}),
        json!({"file": "a"}),
        json!({"type": "map_tile", "z": -1, "x": 0, "y": 0, "tiles": "a"}),
        json!({"type": "image_region", "file": "a", "mark": "here"}),
        json!({"type": "csv", "file": "a", "columns": {"colour": "x"}}),
    ] {
        assert!(!validator.is_valid(&bad), "{bad}");
        assert!(SubjectIn::from_json(&bad.to_string()).is_err(), "{bad}");
    }
}
