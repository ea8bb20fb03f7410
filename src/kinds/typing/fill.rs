//! Whether a form is filled in so that it can be kept. The server and the
//! screen ask the same functions, so both say the same sentence at the same field.

use super::TypingRules;
use super::answer::{Entries, Entry, Row};
use super::date::Date;
use super::fields::{Field, Form, number_bound};
use super::number::{Number, Typed};
use super::text;
use domain::Fault;
use std::collections::BTreeMap;

/// Where the fields of an answer lie.
pub(super) const FIELDS: &str = "/value/fields";

/// What was filled in, in the form that is stored, or all that is wrong with
/// it: empty fields and empty rows are gone. Doing so twice changes nothing more.
pub fn check_fields(
    rules: &TypingRules,
    entries: &Entries,
    nfc: impl Fn(&str) -> String,
) -> Result<Entries, Vec<Fault>> {
    let nfc: &dyn Fn(&str) -> String = &nfc;
    let mut faults = unknown(&rules.fields, entries.keys(), FIELDS);
    let mut kept = Entries::new();
    for field in &rules.fields {
        let here = format!("{FIELDS}/{}", field.id);
        let entry = match (field.form, entries.get(&field.id)) {
            (Form::Rows, Some(Entry::Rows(rows))) => {
                check_rows(rules, field, rows, nfc, &here, &mut faults).map(Entry::Rows)
            }
            (Form::Rows, None) => {
                check_rows(rules, field, &[], nfc, &here, &mut faults).map(Entry::Rows)
            }
            (form, Some(Entry::One(leaf))) if form != Form::Rows => {
                keep(check_leaf(rules, field, leaf, nfc), &here, &mut faults).map(Entry::One)
            }
            (form, None) if form != Form::Rows => {
                keep(check_leaf(rules, field, "", nfc), &here, &mut faults).map(Entry::One)
            }
            (form, Some(_)) => {
                let wanted = if form == Form::Rows { "rows" } else { "one text" };
                let detail = format!("“{}” takes {wanted}.", field.name());
                faults.push(Fault::new("bad-field", detail).at(here));
                None
            }
            (_, None) => None,
        };
        kept.extend(entry.map(|entry| (field.id.clone(), entry)));
    }
    if faults.is_empty() && kept.is_empty() {
        let detail = "Nothing was filled in. Where there is nothing, say “Nothing here”.";
        faults.push(Fault::new("fields-empty", detail).at(FIELDS));
    }
    if faults.is_empty() { Ok(kept) } else { Err(faults) }
}

/// What was put into one field, in the form that is stored; `None` where it is
/// empty and may be. What is wrong with it is a fault of no place yet.
pub fn check_leaf(
    rules: &TypingRules,
    field: &Field,
    leaf: &str,
    nfc: &dyn Fn(&str) -> String,
) -> Result<Option<String>, Fault> {
    let composed = nfc(leaf);
    let leaf = composed.trim();
    if leaf.is_empty() {
        return if field.required {
            Err(Fault::new("field-missing", format!("“{}” is missing.", field.name())))
        } else {
            Ok(None)
        };
    }
    text::check_characters(leaf, field.lines > 1)?;
    match field.form {
        Form::Text => Ok(leaf.to_owned()),
        Form::Number => number(field, leaf),
        Form::Date => date(rules, field, leaf),
        Form::Choice if field.choices.iter().any(|choice| choice.id == leaf) => Ok(leaf.to_owned()),
        Form::Choice => {
            let detail = format!("“{leaf}” is no choice of “{}”.", field.name());
            Err(Fault::new("unknown-choice", detail))
        }
        Form::Rows => Err(Fault::new("bad-field", format!("“{}” takes rows.", field.name()))),
    }
    .map(Some)
}

fn keep<T>(checked: Result<Option<T>, Fault>, here: &str, faults: &mut Vec<Fault>) -> Option<T> {
    checked.unwrap_or_else(|fault| {
        faults.push(fault.at(here));
        None
    })
}

fn unknown<'e>(
    fields: &[Field],
    given: impl Iterator<Item = &'e String>,
    here: &str,
) -> Vec<Fault> {
    let strange = given.filter(|id| !fields.iter().any(|field| field.id == **id));
    let fault = |id: &String| {
        // A pointer's own signs, as RFC 6901 writes them.
        let safe = id.replace('~', "~0").replace('/', "~1");
        Fault::new("unknown-field", format!("There is no field “{id}” here."))
            .at(format!("{here}/{safe}"))
    };
    strange.map(fault).collect()
}

fn check_rows(
    rules: &TypingRules,
    field: &Field,
    rows: &[Row],
    nfc: &dyn Fn(&str) -> String,
    here: &str,
    faults: &mut Vec<Fault>,
) -> Option<Vec<Row>> {
    let mut kept = vec![];
    for (at, row) in rows.iter().enumerate() {
        // A row that nobody wrote in is no row.
        if row.values().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        let here = format!("{here}/{at}");
        faults.extend(unknown(&field.fields, row.keys(), &here));
        let mut cells = BTreeMap::new();
        for cell in &field.fields {
            let typed = row.get(&cell.id).map_or("", String::as_str);
            let leaf =
                keep(check_leaf(rules, cell, typed, nfc), &format!("{here}/{}", cell.id), faults);
            cells.extend(leaf.map(|leaf| (cell.id.clone(), leaf)));
        }
        kept.push(cells);
    }
    if kept.len() > field.most as usize {
        let detail = format!("“{}” takes at most {} rows.", field.name(), field.most);
        faults.push(Fault::new("too-many-rows", detail).at(here));
    }
    if kept.is_empty() {
        if field.required {
            let detail = format!("“{}” needs at least one row.", field.name());
            faults.push(Fault::new("field-missing", detail).at(here));
        }
        return None;
    }
    Some(kept)
}

fn number(field: &Field, leaf: &str) -> Result<String, Fault> {
    let name = field.name();
    let bound = |bound: &Option<String>| bound.as_deref().and_then(number_bound);
    let (min, max) = (bound(&field.min), bound(&field.max));
    let fits = |number: &Number| {
        min.as_ref().is_none_or(|min| number.compare(min).is_ge())
            && max.as_ref().is_none_or(|max| number.compare(max).is_le())
    };
    let number = match Number::read(leaf, field.unit.as_deref()) {
        None => {
            let detail = format!("“{leaf}” is no number that is understood here. Write 1234.50.");
            return Err(Fault::new("bad-number", detail));
        }
        Some(Typed::One(number)) => number,
        // Only one of the two can be meant here.
        Some(Typed::Either(small, large)) => match (fits(&small), fits(&large)) {
            (true, true) => {
                let (small, large) = (small.stored(), large.stored());
                let detail =
                    format!("Is “{leaf}” a thousand or a fraction? Write {large} or {small}0.");
                return Err(Fault::new("two-numbers", detail));
            }
            (false, true) => large,
            _ => small,
        },
    };
    if fits(&number) {
        return Ok(number.stored());
    }
    let detail = match (&min, &max) {
        (Some(min), Some(max)) => {
            format!("“{name}” is between {} and {}.", min.stored(), max.stored())
        }
        (Some(min), None) => format!("“{name}” is at least {}.", min.stored()),
        _ => format!("“{name}” is at most {}.", max.map(|max| max.stored()).unwrap_or_default()),
    };
    Err(Fault::new("number-out-of-range", detail))
}

fn date(rules: &TypingRules, field: &Field, leaf: &str) -> Result<String, Fault> {
    let read = |text: &str| Date::read(text, rules.date_order);
    let date = read(leaf).map_err(|detail| Fault::new("bad-date", detail))?;
    let bound = |bound: &Option<String>| bound.as_deref().and_then(|bound| read(bound).ok());
    // A partial date fits where any day that it may mean does.
    if let Some(min) = bound(&field.min).filter(|min| date.last() < min.first()) {
        let detail = format!("“{}” is not before {}.", field.name(), min.stored());
        return Err(Fault::new("date-out-of-range", detail));
    }
    if let Some(max) = bound(&field.max).filter(|max| date.first() > max.last()) {
        let detail = format!("“{}” is not after {}.", field.name(), max.stored());
        return Err(Fault::new("date-out-of-range", detail));
    }
    Ok(date.stored())
}

/// What a leaf means, so that leaves which mean the same are equal. `field` is
/// none where the form has lost it since.
pub(super) fn meaning(
    rules: &TypingRules,
    field: Option<&Field>,
    leaf: &str,
    fold: &dyn Fn(&str) -> String,
) -> String {
    let meant = match field.map_or(Form::Text, |field| field.form) {
        Form::Number => match Number::read(leaf, field.and_then(|field| field.unit.as_deref())) {
            Some(Typed::One(number) | Typed::Either(number, _)) => Some(number.meaning()),
            None => None,
        },
        Form::Date => Date::read(leaf, rules.date_order).ok().map(|date| date.stored()),
        Form::Choice => Some(leaf.to_owned()),
        Form::Text | Form::Rows => None,
    };
    meant.unwrap_or_else(|| fold(leaf))
}

/// What all fields of a form mean: forms which mean the same are equal.
pub fn meanings(rules: &TypingRules, entries: &Entries, fold: &dyn Fn(&str) -> String) -> Entries {
    let field = |fields: &[Field], id: &str| fields.iter().find(|field| field.id == id).cloned();
    let mut all = Entries::new();
    for (id, entry) in entries {
        let known = field(&rules.fields, id);
        let entry = match entry {
            Entry::One(leaf) => Entry::One(meaning(rules, known.as_ref(), leaf, fold)),
            Entry::Rows(rows_of) => {
                let cells = known.map(|known| known.fields).unwrap_or_default();
                let row = |row: &Row| {
                    let mut meant = Row::new();
                    for (id, leaf) in row {
                        let cell = field(&cells, id);
                        meant.insert(id.clone(), meaning(rules, cell.as_ref(), leaf, fold));
                    }
                    meant
                };
                Entry::Rows(rows_of.iter().map(row).collect())
            }
        };
        all.insert(id.clone(), entry);
    }
    all
}

#[cfg(test)]
mod tests {
    use super::super::fields::tests::invoice;
    use super::super::{DateOrder, Reading};
    use super::*;
    use proptest::prelude::*;
    use serde_json::{Value, json};
    use unicode_normalization::UnicodeNormalization;

    fn rules() -> TypingRules {
        TypingRules { fields: invoice(), ..TypingRules::default() }
    }

    fn entries(fields: &Value) -> Entries {
        match serde_json::from_value(json!({ "fields": fields })).unwrap() {
            Reading::Fields(entries) => entries,
            Reading::Text(text) => panic!("{text}"),
        }
    }

    fn take(fields: &Value) -> Result<Value, Vec<Fault>> {
        let kept = check_fields(&rules(), &entries(fields), |text| text.nfc().collect())?;
        Ok(Reading::Fields(kept).to_value()["fields"].take())
    }

    #[test]
    fn a_form_is_stored_in_one_way_of_writing() {
        let typed = json!({
            "payee": " A\u{30a}bo AB ", "amount": "1 234,50 €", "when": "c. May 1863", "paid": "no",
            "remarks": "first\nsecond", "items": [{}, {"what": "Salt", "price": ""}, {"what": " "}]});
        let stored = json!({
            "payee": "Åbo AB", "amount": "1234.50", "when": "1863-05~", "paid": "no",
            "remarks": "first\nsecond", "items": [{"what": "Salt"}]});
        assert_eq!(take(&typed).unwrap(), stored);
        assert_eq!(take(&stored).unwrap(), stored);
        assert_eq!(take(&json!({"payee": "A", "when": ""})).unwrap(), json!({"payee": "A"}));
    }

    #[test]
    fn each_fault_is_told_at_its_field() {
        let typed = json!({
            "payee": " ", "amount": "-1", "when": "30.2.1863", "paid": "maybe", "remarks": "a\u{7}b",
            "items": [{"what": "Rye"}, {}, {"price": "much"}], "own/er": "A"});
        let faults = take(&typed).unwrap_err();
        let told: Vec<(&str, &str)> =
            faults.iter().map(|fault| (fault.code, fault.pointer.as_deref().unwrap())).collect();
        assert_eq!(
            told,
            [
                ("unknown-field", "/value/fields/own~1er"),
                ("field-missing", "/value/fields/payee"),
                ("number-out-of-range", "/value/fields/amount"),
                ("bad-date", "/value/fields/when"),
                ("unknown-choice", "/value/fields/paid"),
                ("text-control", "/value/fields/remarks"),
                ("field-missing", "/value/fields/items/2/what"),
                ("bad-number", "/value/fields/items/2/price"),
            ]
        );
        assert_eq!(faults[2].detail, "“Amount” is between 0 and 99999.5.");
    }

    #[test]
    fn forms_of_another_shape_are_refused() {
        let row = || json!({"what": "Salt"});
        for (typed, code) in [
            (json!({"payee": "A", "amount": [row()]}), "bad-field"),
            (json!({"payee": "A", "items": "Salt"}), "bad-field"),
            (json!({"payee": "A", "items": [row(), row(), row(), row(), row()]}), "too-many-rows"),
            (json!({"payee": "A", "items": [{"what": "Salt", "weight": "3"}]}), "unknown-field"),
            (json!({"payee": "A", "when": "1799"}), "date-out-of-range"),
            (json!({"payee": "A", "when": "200X"}), "date-out-of-range"),
            (json!({"payee": "A", "amount": "1,234"}), "two-numbers"),
            (json!({}), "field-missing"),
        ] {
            assert_eq!(take(&typed).unwrap_err()[0].code, code, "{typed}");
        }
        let free = TypingRules {
            fields: vec![Field { id: "a".into(), ..Field::default() }],
            ..TypingRules::default()
        };
        let nothing = check_fields(&free, &Entries::new(), str::to_owned).unwrap_err();
        assert_eq!(nothing[0].code, "fields-empty");
    }

    #[test]
    fn bounds_say_which_of_two_numbers_is_meant() {
        let number = |min: &str, max: &str| {
            let bound = |text: &str| (!text.is_empty()).then(|| text.to_owned());
            let field =
                Field { form: Form::Number, min: bound(min), max: bound(max), ..Field::default() };
            check_leaf(&rules(), &field, "1,234", &str::to_owned).map_err(|fault| fault.code)
        };
        assert_eq!(number("", "100"), Ok(Some("1.234".into())));
        assert_eq!(number("10", ""), Ok(Some("1234".into())));
        assert_eq!(number("", ""), Err("two-numbers"));
        assert_eq!(number("5000", ""), Err("number-out-of-range"));
    }

    #[test]
    fn the_project_says_what_a_date_of_three_numbers_means() {
        let rules = TypingRules { date_order: DateOrder::Mdy, ..rules() };
        let kept = check_leaf(&rules, &rules.fields[2], "12/5/1863", &str::to_owned);
        assert_eq!(kept.unwrap().unwrap(), "1863-12-05");
    }

    proptest! {
        #[test]
        fn what_is_stored_is_stored_again_as_it_is(
            leaves in proptest::collection::vec("[0-9., €-]{0,8}|[a-zÅ 1-9.]{0,8}|c\\. 18[0-9]{2}", 8),
        ) {
            let typed = json!({
                "payee": leaves[0], "amount": leaves[1], "when": leaves[2], "remarks": leaves[3],
                "items": [{"what": leaves[4], "price": leaves[5]}, {"what": leaves[6], "price": leaves[7]}]});
            if let Ok(stored) = take(&typed) {
                prop_assert_eq!(take(&stored).unwrap(), stored);
            }
        }
    }
}
