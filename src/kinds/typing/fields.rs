//! A project's form: which fields there are, and whether they can be asked.

use super::date::{Date, DateOrder};
use super::number::{Number, Typed};
use crate::questions::Choice;
use domain::{Fault, Read};
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value;
use std::collections::BTreeSet;

/// One field of a form.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Field {
    /// What is stored under: 1 to 64 of letters, digits, `_` and `-`. Never changes.
    pub id: String,
    /// What is read beside it.
    pub label: String,
    /// What stands in it.
    #[serde(rename = "type")]
    pub form: Form,
    /// A few words about what is meant.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hint: Option<String>,
    /// Whether an answer without it is refused.
    #[serde(skip_serializing_if = "is_false")]
    pub required: bool,
    /// For a choice: what can be chosen.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub choices: Vec<Choice>,
    /// For a number or a date: the least that is taken.
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "bound")]
    pub min: Option<String>,
    /// For a number or a date: the most that is taken.
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "bound")]
    pub max: Option<String>,
    /// For a number: what it counts, such as `€`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// For a text: how many lines there is room for. With 1 it takes no line breaks.
    pub lines: u32,
    /// For rows: the cells of one row; no rows among them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<Field>,
    /// For rows: how many there may be.
    pub most: u32,
}

/// What stands in a field.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Form {
    /// Text, as it is seen.
    #[default]
    Text,
    /// A decimal number.
    Number,
    /// A date, as far as it is known.
    Date,
    /// One of some choices.
    Choice,
    /// Rows of cells, as many as there are.
    Rows,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde's form")]
fn is_false(value: &bool) -> bool {
    !*value
}

/// A bound is written as a number or as a text, and kept as a text: no float comes near it.
fn bound<'de, D: Deserializer<'de>>(from: D) -> Result<Option<String>, D::Error> {
    match Option::<Value>::deserialize(from)? {
        None => Ok(None),
        Some(Value::Number(number)) => Ok(Some(number.to_string())),
        Some(Value::String(text)) => Ok(Some(text)),
        Some(other) => Err(serde::de::Error::custom(format!("“{other}” is no bound"))),
    }
}

impl Default for Field {
    fn default() -> Self {
        Self {
            id: String::new(),
            label: String::new(),
            form: Form::Text,
            hint: None,
            required: false,
            choices: vec![],
            min: None,
            max: None,
            unit: None,
            lines: 1,
            fields: vec![],
            most: 20,
        }
    }
}

/// As the app reads it: the server has checked it before.
impl Read for Field {
    fn read(value: &Value) -> Option<Self> {
        let bare = Self::default();
        Some(Self {
            id: value["id"].as_str()?.to_owned(),
            label: String::read(&value["label"]).unwrap_or_default(),
            form: match value["type"].as_str() {
                Some("number") => Form::Number,
                Some("date") => Form::Date,
                Some("choice") => Form::Choice,
                Some("rows") => Form::Rows,
                _ => Form::Text,
            },
            hint: Read::read(&value["hint"]).unwrap_or_default(),
            required: value["required"].as_bool().unwrap_or(false),
            choices: Vec::read(&value["choices"]).unwrap_or_default(),
            min: Read::read(&value["min"]).unwrap_or_default(),
            max: Read::read(&value["max"]).unwrap_or_default(),
            unit: Read::read(&value["unit"]).unwrap_or_default(),
            lines: Read::read(&value["lines"]).unwrap_or(bare.lines),
            fields: Vec::read(&value["fields"]).unwrap_or_default(),
            most: Read::read(&value["most"]).unwrap_or(bare.most),
        })
    }
}

impl Field {
    /// What people call it.
    pub(super) fn name(&self) -> &str {
        if self.label.is_empty() { &self.id } else { &self.label }
    }
}

/// Whether a project's form can be filled in. `pointer` is where the list lies, for the fault.
pub(super) fn check_form(fields: &[Field], pointer: &str, order: DateOrder) -> Result<(), Fault> {
    let mut known: BTreeSet<&str> = BTreeSet::new();
    for (at, field) in fields.iter().enumerate() {
        let here = format!("{pointer}/{at}");
        let wrong = |code, part: &str, detail: String| {
            Err(Fault::new(code, detail).at(format!("{here}/{part}")))
        };
        let letter = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-';
        if !(1..=64).contains(&field.id.len()) || !field.id.bytes().all(letter) {
            let detail = "A field's id is 1 to 64 letters, digits, “_” or “-”.";
            return wrong("bad-field-id", "id", detail.into());
        }
        if !known.insert(&field.id) {
            let detail = format!("There are two fields of the id “{}”.", field.id);
            return wrong("field-twice", "id", detail);
        }
        if (field.form == Form::Choice) == field.choices.is_empty() {
            let detail = "A field of the type “choice”, and no other, has choices.";
            return wrong("bad-choices", "choices", detail.into());
        }
        let mut ids: BTreeSet<&str> = BTreeSet::new();
        for choice in &field.choices {
            if choice.id.is_empty() || !ids.insert(&choice.id) || !choice.choices.is_empty() {
                let detail = "Each choice has an id of its own, and none lies below another.";
                return wrong("bad-choices", "choices", detail.into());
            }
        }
        if field.lines == 0 || (field.lines > 1 && field.form != Form::Text) {
            let detail = "“lines” is 1 or more, and more than 1 only for a text.";
            return wrong("bad-lines", "lines", detail.into());
        }
        if (field.form == Form::Rows) == field.fields.is_empty() {
            let detail = "A field of the type “rows”, and no other, has fields of its own.";
            return wrong("bad-rows", "fields", detail.into());
        }
        if field.fields.iter().any(|cell| cell.form == Form::Rows) {
            return wrong("bad-rows", "fields", "There are no rows within rows.".into());
        }
        if field.form == Form::Rows && !(1..=200).contains(&field.most) {
            return wrong("bad-rows", "most", "There are 1 to 200 rows at most.".into());
        }
        check_bounds(field, &here, order)?;
        check_form(&field.fields, &format!("{here}/fields"), order)?;
    }
    Ok(())
}

fn check_bounds(field: &Field, here: &str, order: DateOrder) -> Result<(), Fault> {
    for (part, bound) in [("min", &field.min), ("max", &field.max)] {
        let Some(bound) = bound else { continue };
        let fits = match field.form {
            Form::Number => number_bound(bound).is_some(),
            Form::Date => Date::read(bound, order).is_ok(),
            _ => false,
        };
        if !fits {
            let detail = format!(
                "“{bound}” is no bound for this field: numbers have numbers, dates have dates, others none."
            );
            return Err(Fault::new("bad-bound", detail).at(format!("{here}/{part}")));
        }
    }
    Ok(())
}

/// A bound's number. In a setting a point is always the fraction's.
pub(super) fn number_bound(text: &str) -> Option<Number> {
    match Number::read(text, None)? {
        Typed::One(number) | Typed::Either(number, _) => Some(number),
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use serde_json::json;

    /// A form with every type of field.
    pub(in crate::typing) fn invoice() -> Vec<Field> {
        serde_json::from_value(json!([
            {"id": "payee", "label": "Payee", "required": true},
            {"id": "amount", "label": "Amount", "type": "number", "min": 0, "max": 99999.5, "unit": "€"},
            {"id": "when", "label": "Date", "type": "date", "min": "1800", "max": "1999", "hint": "As far as it is readable"},
            {"id": "paid", "label": "Paid", "type": "choice",
                "choices": [{"id": "yes", "label": "Yes"}, {"id": "no", "label": "No"}]},
            {"id": "remarks", "label": "Remarks", "lines": 3},
            {"id": "items", "label": "Items", "type": "rows", "most": 4, "fields": [
                {"id": "what", "label": "What", "required": true},
                {"id": "price", "label": "Price", "type": "number"}]},
        ]))
        .unwrap()
    }

    #[test]
    fn the_app_reads_fields_as_serde_does() {
        let json = serde_json::to_value(invoice()).unwrap();
        assert_eq!(Vec::<Field>::read(&json).unwrap(), invoice());
        assert_eq!(json[1]["max"], "99999.5");
        let bare: Field = serde_json::from_value(json!({"id": "a"})).unwrap();
        assert_eq!(Field::read(&json!({"id": "a"})), Some(bare));
    }

    #[test]
    fn forms_that_cannot_be_filled_in_are_refused() {
        assert!(check_form(&invoice(), "/rules/fields", DateOrder::Dmy).is_ok());
        for (field, code) in [
            (json!({}), "bad-field-id"),
            (json!({"id": "a/b"}), "bad-field-id"),
            (json!({"id": "paid"}), "field-twice"),
            (json!({"id": "a", "type": "choice"}), "bad-choices"),
            (json!({"id": "a", "choices": [{"id": "b"}]}), "bad-choices"),
            (
                json!({"id": "a", "type": "choice", "choices": [{"id": "b"}, {"id": "b"}]}),
                "bad-choices",
            ),
            (json!({"id": "a", "lines": 0}), "bad-lines"),
            (json!({"id": "a", "type": "date", "lines": 2}), "bad-lines"),
            (json!({"id": "a", "type": "rows"}), "bad-rows"),
            (json!({"id": "a", "type": "rows", "most": 0, "fields": [{"id": "b"}]}), "bad-rows"),
            (
                json!({"id": "a", "type": "rows", "fields": [{"id": "b", "type": "rows"}]}),
                "bad-rows",
            ),
            (json!({"id": "a", "type": "rows", "fields": [{"id": ""}]}), "bad-field-id"),
            (json!({"id": "a", "min": 3}), "bad-bound"),
            (json!({"id": "a", "type": "number", "max": "many"}), "bad-bound"),
            (json!({"id": "a", "type": "date", "max": "tomorrow"}), "bad-bound"),
        ] {
            let mut form = invoice();
            form.push(serde_json::from_value(field.clone()).unwrap());
            let fault = check_form(&form, "/rules/fields", DateOrder::Dmy).unwrap_err();
            assert_eq!(fault.code, code, "{field}");
            assert!(fault.pointer.unwrap().starts_with("/rules/fields/6/"));
        }
    }
}
