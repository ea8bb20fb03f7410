//! What is given to a typing task: one text, or a form's fields.

use domain::Read;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// An answer to a typing task: `{"text": "…"}` or `{"fields": {…}}`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "Wire", into = "Wire")]
pub enum Reading {
    /// What the volunteer sees, as they typed it.
    Text(String),
    /// What stands in each field of the project's form.
    Fields(Entries),
}

/// Fields by their ids. They are put in one by one: a sorted whole would bring
/// the app a sorter for each type. Empty ones are not there.
pub type Entries = BTreeMap<String, Entry>;

/// A row of a field of rows: its cells by their ids.
pub type Row = BTreeMap<String, String>;

/// What stands in one field. Every leaf is a text, whatever it means.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Entry {
    /// A text, a number, a date, a choice's id.
    One(String),
    /// Rows, from the first to the last.
    Rows(Vec<Row>),
}

/// The form on the wire, where exactly one of the two is there.
#[derive(Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Wire {
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    fields: Option<Entries>,
}

impl TryFrom<Wire> for Reading {
    type Error = &'static str;

    fn try_from(wire: Wire) -> Result<Self, Self::Error> {
        match wire {
            Wire { text: Some(text), fields: None } => Ok(Self::Text(text)),
            Wire { text: None, fields: Some(fields) } => Ok(Self::Fields(fields)),
            _ => Err("it holds either a “text” or “fields”"),
        }
    }
}

impl From<Reading> for Wire {
    fn from(reading: Reading) -> Self {
        match reading {
            Reading::Text(text) => Self { text: Some(text), ..Self::default() },
            Reading::Fields(fields) => Self { fields: Some(fields), ..Self::default() },
        }
    }
}

impl Reading {
    /// As a JSON value, without serde's writer: the app has no need of it.
    pub fn to_value(&self) -> Value {
        let text = |text: &String| Value::String(text.clone());
        let row = |row: &Row| {
            let mut cells = Map::new();
            for (id, cell) in row {
                cells.insert(id.clone(), text(cell));
            }
            Value::Object(cells)
        };
        let (name, value) = match self {
            Self::Text(reading) => ("text", text(reading)),
            Self::Fields(entries) => {
                let entry = |entry: &Entry| match entry {
                    Entry::One(leaf) => text(leaf),
                    Entry::Rows(rows) => Value::Array(rows.iter().map(row).collect()),
                };
                let mut fields = Map::new();
                for (id, one) in entries {
                    fields.insert(id.clone(), entry(one));
                }
                ("fields", Value::Object(fields))
            }
        };
        let mut value_of_kind = Map::new();
        value_of_kind.insert(name.to_owned(), value);
        Value::Object(value_of_kind)
    }

    /// All of it as one line of plain text.
    pub fn plain(&self) -> String {
        let row = |row: &Row| {
            let cells: Vec<String> = row.iter().map(|(id, cell)| format!("{id} {cell}")).collect();
            cells.join(", ")
        };
        match self {
            Self::Text(text) => text.clone(),
            Self::Fields(entries) => {
                let fields = entries.iter().map(|(id, entry)| match entry {
                    Entry::One(leaf) => format!("{id}: {leaf}"),
                    Entry::Rows(rows) => {
                        let rows: Vec<String> = rows.iter().map(row).collect();
                        format!("{id}: {}", rows.join(" | "))
                    }
                });
                fields.collect::<Vec<_>>().join("; ")
            }
        }
    }
}

/// As the app reads it: a leaf of another form is left out.
impl Read for Reading {
    fn read(value: &Value) -> Option<Self> {
        if let Some(text) = value["text"].as_str() {
            return Some(Self::Text(text.to_owned()));
        }
        let row = |row: &Value| -> Option<Row> {
            let mut cells = Row::new();
            for (id, cell) in row.as_object()? {
                cells.extend(String::read(cell).map(|cell| (id.clone(), cell)));
            }
            Some(cells)
        };
        let mut entries = Entries::new();
        for (id, entry) in value["fields"].as_object()? {
            let entry = match entry {
                Value::String(leaf) => Entry::One(leaf.clone()),
                Value::Array(rows) => Entry::Rows(rows.iter().filter_map(row).collect()),
                _ => continue,
            };
            entries.insert(id.clone(), entry);
        }
        Some(Self::Fields(entries))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn readings_are_written_as_the_contract_says() {
        for value in [
            json!({"text": "Weſen"}),
            json!({"fields": {}}),
            json!({"fields": {"amount": "12.50", "items": [{"what": "Salt", "price": "3"}, {}]}}),
        ] {
            let reading: Reading = serde_json::from_value(value.clone()).unwrap();
            assert_eq!(serde_json::to_value(&reading).unwrap(), value);
            assert_eq!(reading.to_value(), value);
            assert_eq!(Reading::read(&value), Some(reading));
        }
    }

    #[test]
    fn what_is_neither_or_both_is_refused() {
        for value in [
            json!({}),
            json!({"text": "a", "fields": {}}),
            json!({"text": "a", "more": 1}),
            json!({"text": 3}),
            json!({"fields": {"amount": 12.5}}),
            json!({"fields": {"items": [{"price": 3}]}}),
            json!({"fields": {"items": [{"deep": [{}]}]}}),
            json!(null),
        ] {
            assert!(serde_json::from_value::<Reading>(value.clone()).is_err(), "{value}");
        }
    }

    #[test]
    fn a_form_is_one_line_in_plain_text() {
        let value = json!({"fields": {"items": [{"price": "3", "what": "Salt"}, {"what": "Rye"}], "when": "1863"}});
        let reading: Reading = serde_json::from_value(value).unwrap();
        assert_eq!(reading.plain(), "items: price 3, what Salt | what Rye; when: 1863");
    }
}
