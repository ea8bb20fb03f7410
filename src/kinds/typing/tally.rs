//! Counting readings that mean the same.
//!
//! Texts are one camp for each meaning. Forms are counted field by field: the
//! best form has in each field what most of the weight has there (of equals,
//! what the heaviest whole form has, then what sorts first; an empty field is a
//! value like any other). Rows are counted cell by cell among the forms that
//! have as many rows as most. Its votes are the forms that are equal to it in
//! every field: it may be a form that nobody gave as a whole, with none.

use super::TypingRules;
use super::answer::{Entries, Entry, Reading, Row};
use super::fill::meanings;
use domain::{Effort, Given, Tally, Weighted};
use std::collections::{BTreeMap, BTreeSet};
use unicode_normalization::UnicodeNormalization;

/// Counts readings, whatever their order.
pub(super) fn agree(rules: &TypingRules, answers: &[Weighted<Reading>]) -> Tally<Reading> {
    let fold = |text: &str| rules.folding.fold(text);
    let mut camps: BTreeMap<Given<Reading>, Camp> = BTreeMap::new();
    let mut forms: Vec<Filled> = vec![];
    let mut total = 0.0;
    let mut counted = 0;
    for answer in answers {
        if answer.given.effort() == Effort::None || answer.weight <= 0.0 {
            continue;
        }
        let meaning = answer.given.clone().map(|reading| match reading {
            Reading::Text(text) => Reading::Text(fold(&text)),
            Reading::Fields(given) => Reading::Fields(meanings(rules, &given, &fold)),
        });
        if let (Given::Value(Reading::Fields(given)), Given::Value(Reading::Fields(meant))) =
            (&answer.given, &meaning)
        {
            forms.push(Filled { given, meant: meant.clone(), weight: answer.weight });
        }
        let camp = camps.entry(meaning).or_default();
        camp.votes += 1;
        camp.weight += answer.weight;
        if let Given::Value(Reading::Text(text)) = &answer.given {
            camp.spell(text, answer.weight);
        }
        counted += 1;
        total += answer.weight;
    }
    if !forms.is_empty() {
        let heaviest = heaviest(&camps);
        let (meant, given) = assemble(&forms, heaviest.as_ref());
        let behind = camps.remove(&Given::Value(Reading::Fields(meant.clone())));
        // The forms' one candidate is the best of them, however few gave it as a whole.
        camps.retain(|meaning, _| !matches!(meaning, Given::Value(Reading::Fields(_))));
        let form = Camp { form: Some(given), ..behind.unwrap_or_default() };
        camps.insert(Given::Value(Reading::Fields(meant)), form);
    }
    // Heaviest first; of equals the one that sorts first, so that the
    // order in which answers came never matters.
    let best = camps.into_iter().reduce(|a, b| if b.1.weight > a.1.weight { b } else { a });
    let Some((meaning, camp)) = best else { return Tally::empty() };
    Tally {
        votes: camp.votes,
        counted,
        agreement: if total > 0.0 { camp.weight / total } else { 0.0 },
        best: Some(meaning.map(|_| camp.reading())),
    }
}

/// Those who read the same.
#[derive(Default)]
struct Camp {
    votes: u32,
    weight: f64,
    spellings: BTreeMap<String, f64>,
    form: Option<Entries>,
}

impl Camp {
    fn spell(&mut self, text: &str, by: f64) {
        *self.spellings.entry(text.nfc().collect()).or_default() += by;
    }

    fn reading(self) -> Reading {
        match self.form {
            Some(entries) => Reading::Fields(entries),
            None => Reading::Text(self.spelling()),
        }
    }

    /// The spelling most of them typed. Of equals the one with the most
    /// characters beyond ASCII: who typed ſ saw it, who typed s may have had no key for it.
    fn spelling(self) -> String {
        let special = |text: &str| text.chars().filter(|c| !c.is_ascii()).count();
        self.spellings
            .into_iter()
            .max_by(|a, b| {
                a.1.total_cmp(&b.1)
                    .then_with(|| special(&a.0).cmp(&special(&b.0)))
                    .then_with(|| b.0.cmp(&a.0))
            })
            .map(|(text, _)| text)
            .unwrap_or_default()
    }
}

/// A form as it was given, what it means, and how much it counts.
struct Filled<'a> {
    given: &'a Entries,
    meant: Entries,
    weight: f64,
}

/// What the heaviest camp of whole forms means.
fn heaviest(camps: &BTreeMap<Given<Reading>, Camp>) -> Option<Entries> {
    let forms = camps.iter().filter_map(|(meaning, camp)| match meaning {
        Given::Value(Reading::Fields(meant)) => Some((meant, camp.weight)),
        _ => None,
    });
    let best = forms.reduce(|a, b| if b.1 > a.1 { b } else { a });
    best.map(|(meant, _)| meant.clone())
}

/// The best form: what it means, and how it is written.
fn assemble(forms: &[Filled], heaviest: Option<&Entries>) -> (Entries, Entries) {
    let ids: BTreeSet<&String> = forms.iter().flat_map(|form| form.given.keys()).collect();
    let (mut meant, mut written) = (Entries::new(), Entries::new());
    for id in ids {
        let of_rows = forms.iter().any(|form| matches!(form.given.get(id), Some(Entry::Rows(_))));
        let tie = heaviest.and_then(|heaviest| heaviest.get(id));
        if of_rows {
            let (rows, spelled) = rows(forms, id, tie);
            if !rows.is_empty() {
                meant.insert(id.clone(), Entry::Rows(rows));
                written.insert(id.clone(), Entry::Rows(spelled));
            }
            continue;
        }
        let leaf = |entries: &Entries| match entries.get(id) {
            Some(Entry::One(leaf)) => Some(leaf.clone()),
            _ => None,
        };
        let votes = forms.iter().map(|form| (leaf(&form.meant), leaf(form.given), form.weight));
        let tie = heaviest.and_then(leaf);
        if let Some((meaning, spelling)) = majority(votes, tie.as_ref()) {
            meant.insert(id.clone(), Entry::One(meaning));
            written.insert(id.clone(), Entry::One(spelling));
        }
    }
    (meant, written)
}

/// The best rows of one field: what they mean, and how they are written.
fn rows(forms: &[Filled], id: &str, tie: Option<&Entry>) -> (Vec<Row>, Vec<Row>) {
    fn of<'e>(entries: &'e Entries, id: &str) -> &'e [Row] {
        match entries.get(id) {
            Some(Entry::Rows(rows)) => rows,
            _ => &[],
        }
    }
    let tie: &[Row] = match tie {
        Some(Entry::Rows(rows)) => rows,
        _ => &[],
    };
    let mut lengths: BTreeMap<usize, f64> = BTreeMap::new();
    for form in forms {
        *lengths.entry(of(form.given, id).len()).or_default() += form.weight;
    }
    let longest = lengths.into_iter().max_by(|a, b| {
        let tied = |length: usize| length == tie.len();
        a.1.total_cmp(&b.1).then_with(|| tied(a.0).cmp(&tied(b.0))).then_with(|| b.0.cmp(&a.0))
    });
    let length = longest.map_or(0, |(length, _)| length);
    let alike: Vec<&Filled> =
        forms.iter().filter(|form| of(form.given, id).len() == length).collect();
    let (mut meant, mut written) = (vec![], vec![]);
    for at in 0..length {
        let cells: BTreeSet<&String> =
            alike.iter().flat_map(|form| of(form.given, id)[at].keys()).collect();
        let (mut row, mut spelled) = (Row::new(), Row::new());
        for cell in cells {
            let leaf = |entries: &Entries| of(entries, id)[at].get(cell).cloned();
            let votes = alike.iter().map(|form| (leaf(&form.meant), leaf(form.given), form.weight));
            let tie = tie.get(at).and_then(|row| row.get(cell));
            if let Some((meaning, spelling)) = majority(votes, tie) {
                row.insert(cell.clone(), meaning);
                spelled.insert(cell.clone(), spelling);
            }
        }
        meant.push(row);
        written.push(spelled);
    }
    (meant, written)
}

/// What most of the weight means, and how most of them write it; `None` where
/// most left it empty.
fn majority(
    votes: impl Iterator<Item = (Option<String>, Option<String>, f64)>,
    tie: Option<&String>,
) -> Option<(String, String)> {
    let mut camps: BTreeMap<Option<String>, Camp> = BTreeMap::new();
    for (meaning, spelling, weight) in votes {
        let camp = camps.entry(meaning).or_default();
        camp.weight += weight;
        if let Some(spelling) = spelling {
            camp.spell(&spelling, weight);
        }
    }
    let (meaning, camp) = camps.into_iter().max_by(|a, b| {
        let tied = |meaning: &Option<String>| meaning.as_ref() == tie;
        a.1.weight
            .total_cmp(&b.1.weight)
            .then_with(|| tied(&a.0).cmp(&tied(&b.0)))
            .then_with(|| b.0.cmp(&a.0))
    })?;
    Some((meaning?, camp.spelling()))
}

#[cfg(test)]
mod tests {
    use super::super::fields::tests::invoice;
    use super::*;
    use domain::Outcome;
    use proptest::prelude::*;
    use serde_json::{Value, json};

    fn rules() -> TypingRules {
        TypingRules { fields: invoice(), ..TypingRules::default() }
    }

    fn form(fields: &Value) -> Weighted<Reading> {
        let reading = serde_json::from_value(json!({ "fields": fields })).unwrap();
        Weighted { given: Given::Value(reading), weight: 1.0 }
    }

    fn best(tally: &Tally<Reading>) -> Value {
        match &tally.best {
            Some(Given::Value(reading)) => reading.to_value(),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn forms_agree_where_every_field_means_the_same() {
        let tally = agree(
            &rules(),
            &[
                form(&json!({"payee": "Weſen", "amount": "12.50", "when": "12.5.1863"})),
                form(&json!({"payee": "Wesen", "amount": "12.5", "when": "1863-05-12"})),
                form(&json!({"payee": "Wefen", "amount": "12.5", "when": "1863-05-12"})),
            ],
        );
        assert_eq!((tally.votes, tally.counted), (2, 3));
        let agreed = json!({"fields": {"payee": "Weſen", "amount": "12.5", "when": "1863-05-12"}});
        assert_eq!(best(&tally), agreed);
    }

    #[test]
    fn the_best_form_is_put_together_field_by_field() {
        let tally = agree(
            &rules(),
            &[
                form(
                    &json!({"payee": "A", "amount": "1", "items": [{"what": "Salt", "price": "3"}]}),
                ),
                form(
                    &json!({"payee": "A", "amount": "2", "items": [{"what": "Malt", "price": "3"}]}),
                ),
                form(
                    &json!({"payee": "B", "amount": "2", "items": [{"what": "Salt"}, {"what": "Rye"}]}),
                ),
                form(
                    &json!({"payee": "A", "amount": "2", "items": [{"what": "Salt", "price": "3"}]}),
                ),
                form(
                    &json!({"payee": "A", "amount": "2", "items": [{"what": "Salt", "price": "8"}]}),
                ),
            ],
        );
        let all = json!({"fields": {"payee": "A", "amount": "2", "items": [{"what": "Salt", "price": "3"}]}});
        assert_eq!(best(&tally), all);
        assert_eq!((tally.votes, tally.counted), (1, 5));
    }

    #[test]
    fn a_field_that_most_left_empty_is_empty() {
        let tally = agree(
            &rules(),
            &[
                form(&json!({"payee": "A"})),
                form(&json!({"payee": "A", "amount": "2"})),
                form(&json!({"payee": "A"})),
            ],
        );
        assert_eq!(best(&tally), json!({"fields": {"payee": "A"}}));
        assert_eq!(tally.votes, 2);
    }

    #[test]
    fn two_different_forms_are_two_and_an_outcome_may_be_ahead() {
        let two = [form(&json!({"payee": "A"})), form(&json!({"payee": "B"}))];
        let tally = agree(&rules(), &two);
        assert_eq!((best(&tally), tally.votes), (json!({"fields": {"payee": "A"}}), 1));
        let cannot = Weighted { given: Given::Outcome(Outcome::Unreadable), weight: 1.0 };
        let with = [&two[..], &[cannot.clone(), cannot]].concat();
        let tally = agree(&rules(), &with);
        assert_eq!(tally.best, Some(Given::Outcome(Outcome::Unreadable)));
    }

    #[test]
    fn a_text_is_never_the_same_as_a_form() {
        let text = Weighted { given: Given::Value(Reading::Text("A".into())), weight: 1.0 };
        assert_eq!(agree(&rules(), &[text, form(&json!({"payee": "A"}))]).votes, 1);
    }

    fn any_form() -> impl Strategy<Value = Weighted<Reading>> {
        let rows = proptest::collection::vec(("[ab]", "[12]?"), 0..3);
        ("[ab]", "(1|1.0|2)?", rows).prop_map(|(payee, amount, rows)| {
            let rows: Vec<Value> =
                rows.iter().map(|(what, price)| json!({"what": what, "price": price})).collect();
            let mut fields = json!({"payee": payee});
            if !amount.is_empty() {
                fields["amount"] = amount.into();
            }
            if !rows.is_empty() {
                fields["items"] = rows.into();
            }
            form(&fields)
        })
    }

    proptest! {
        #[test]
        fn the_order_of_forms_never_matters(
            forms in proptest::collection::vec(any_form(), 0..7), turn in 0usize..7,
        ) {
            let mut turned = forms.clone();
            if !turned.is_empty() {
                let by = turn % turned.len();
                turned.rotate_left(by);
            }
            prop_assert_eq!(agree(&rules(), &forms), agree(&rules(), &turned));
        }

        #[test]
        fn one_more_of_the_best_form_never_lowers_its_vote(
            forms in proptest::collection::vec(any_form(), 1..6),
        ) {
            let mut forms = forms;
            let before = agree(&rules(), &forms);
            forms.push(Weighted { given: before.best.clone().unwrap(), weight: 1.0 });
            let after = agree(&rules(), &forms);
            prop_assert_eq!(after.votes, before.votes + 1);
            prop_assert_eq!(best(&after), best(&before));
        }
    }
}
