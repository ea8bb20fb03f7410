//! What stands in a form while it is being filled in, and how the keyboard goes
//! through it.

use super::answer::{Entries, Entry, Row};
use super::fill::FIELDS;
use super::pen::focus;
use super::screen::Desk;
use super::{Field, Form, Reading, check_fields, check_leaf};
use leptos::html::Div;
use leptos::prelude::*;
use ui::nfc;
use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;

/// A form that is being filled in. Copies are the same form.
///
/// Every leaf has a path: `amount`, or `items/3/price`, where 3 is the row's
/// own number, whatever its place.
#[derive(Clone, Copy)]
pub(super) struct Ledger {
    pub(super) desk: Desk,
    /// What was typed, by path.
    typed: RwSignal<Row>,
    /// The rows' own numbers in their order, by field.
    rows: RwSignal<Vec<(String, Vec<u32>)>>,
    /// What is wrong, by path; under no path, with the whole.
    faults: RwSignal<Row>,
    /// The row that was taken out last: its field, its number and its place.
    removed: RwSignal<Option<(String, u32, usize)>>,
    next: StoredValue<u32>,
    /// The leaf of paper that all of it stands on.
    pub(super) leaf: NodeRef<Div>,
}

impl Ledger {
    pub(super) fn new(desk: Desk) -> Self {
        Self {
            desk,
            typed: RwSignal::new(Row::new()),
            rows: RwSignal::new(vec![]),
            faults: RwSignal::new(Row::new()),
            removed: RwSignal::new(None),
            next: StoredValue::new(0),
            leaf: NodeRef::new(),
        }
    }

    /// Another task: its form starts with this.
    pub(super) fn fill(self, start: &Entries) {
        let (mut typed, mut rows) = (Row::new(), vec![]);
        self.desk.rules.with_value(|rules| {
            for field in &rules.fields {
                let entry = start.get(&field.id);
                if field.form != Form::Rows {
                    if let Some(Entry::One(leaf)) = entry {
                        typed.insert(field.id.clone(), leaf.clone());
                    }
                    continue;
                }
                let blank = [Row::new()];
                let given = match entry {
                    Some(Entry::Rows(rows)) if !rows.is_empty() => &rows[..],
                    _ => &blank,
                };
                let mut keys = vec![];
                for row in given {
                    let key = self.another();
                    keys.push(key);
                    let cell =
                        |(id, leaf): (&String, &String)| (path(&field.id, key, id), leaf.clone());
                    typed.extend(row.iter().map(cell));
                }
                rows.push((field.id.clone(), keys));
            }
        });
        self.typed.set(typed);
        self.rows.set(rows);
        self.faults.set(Row::new());
        self.removed.set(None);
        self.desk.pen.begin();
        self.desk.look(&self.reading());
    }

    fn another(self) -> u32 {
        self.next.update_value(|next| *next += 1);
        self.next.get_value()
    }

    /// What stands in the form, as it was typed.
    fn gather(self) -> Entries {
        let leaf = |path: &str| {
            let text = self.typed.with_untracked(|typed| typed.get(path).cloned());
            text.filter(|text| !text.is_empty())
        };
        self.desk.rules.with_value(|rules| {
            let mut entries = Entries::new();
            for field in &rules.fields {
                if field.form != Form::Rows {
                    let one = leaf(&field.id).map(Entry::One);
                    entries.extend(one.map(|one| (field.id.clone(), one)));
                    continue;
                }
                let row = |key: &u32| -> Row {
                    let mut row = Row::new();
                    for cell in &field.fields {
                        let leaf = leaf(&path(&field.id, *key, &cell.id));
                        row.extend(leaf.map(|leaf| (cell.id.clone(), leaf)));
                    }
                    row
                };
                let rows: Vec<Row> = self.keys_untracked(&field.id).iter().map(row).collect();
                // One blank row is how an empty list looks.
                if rows.len() > 1 || rows.iter().any(|row| !row.is_empty()) {
                    entries.insert(field.id.clone(), Entry::Rows(rows));
                }
            }
            entries
        })
    }

    fn reading(self) -> Reading {
        Reading::Fields(self.gather())
    }

    /// What stands at a path.
    pub(super) fn text(self, path: &str) -> String {
        self.typed.with(|typed| typed.get(path).cloned().unwrap_or_default())
    }

    /// What is wrong there; nothing where it is empty.
    pub(super) fn fault(self, path: &str) -> String {
        self.faults.with(|faults| faults.get(path).cloned().unwrap_or_default())
    }

    /// How what stands there will be stored, where that is otherwise than it was typed.
    pub(super) fn stored(self, field: &Field, path: &str) -> Option<String> {
        let typed = self.text(path);
        let stored = self.checked(field, &typed).ok().flatten()?;
        (stored != typed.trim()).then_some(stored)
    }

    fn checked(self, field: &Field, typed: &str) -> Result<Option<String>, String> {
        let nfc: &dyn Fn(&str) -> String = &nfc;
        let checked = self.desk.rules.with_value(|rules| check_leaf(rules, field, typed, nfc));
        checked.map_err(|fault| fault.detail)
    }

    /// Something was typed at a path.
    pub(super) fn write(self, path: &str, text: String) {
        self.typed.update(|typed| {
            typed.insert(path.to_owned(), text);
        });
        // Told again when the field is left, or when it is sent.
        self.clear(path);
        self.clear("");
        self.desk.keep(&self.reading());
    }

    fn clear(self, path: &str) {
        if self.faults.with_untracked(|faults| faults.contains_key(path)) {
            self.faults.update(|faults| {
                faults.remove(path);
            });
        }
    }

    /// A field is left: what is wrong in it is told; that it is empty, only when it is sent.
    pub(super) fn left(self, field: &Field, path: &str) {
        // The browser says so of a field that goes with its form, too.
        let typed = self.typed.try_with_untracked(|typed| typed.get(path).cloned()).flatten();
        let Some(typed) = typed.filter(|typed| !typed.trim().is_empty()) else { return };
        if let Err(told) = self.checked(field, &typed) {
            self.faults.update(|faults| {
                faults.insert(path.to_owned(), told);
            });
        }
    }

    /// Hands the form up, or tells all that is wrong and goes to the first of it.
    pub(super) fn send(self) {
        let gathered = self.gather();
        if self.desk.moves_on() {
            self.desk.send(&Reading::Fields(gathered));
            return;
        }
        let checked = self.desk.rules.with_value(|rules| check_fields(rules, &gathered, nfc));
        match checked {
            Ok(kept) => self.desk.send(&Reading::Fields(kept)),
            Err(faults) => {
                let mut told = Row::new();
                for fault in faults {
                    let place = fault.pointer.and_then(|pointer| self.place(&pointer));
                    told.insert(place.unwrap_or_default(), fault.detail);
                }
                let wrong =
                    |stop: &HtmlInputElement| told.keys().any(|path| is_at(&path_of(stop), path));
                if let Some(first) = self.stops().into_iter().find(wrong) {
                    focus(&first);
                }
                self.faults.set(told);
            }
        }
    }

    /// Where in the form a fault's pointer leads.
    fn place(self, pointer: &str) -> Option<String> {
        let mut parts = pointer.strip_prefix(FIELDS)?.strip_prefix('/')?.split('/');
        let id = parts.next()?;
        let Some(at) = parts.next() else { return Some(id.to_owned()) };
        let key = self.keys_untracked(id).get(at.parse::<usize>().ok()?).copied()?;
        Some(path(id, key, parts.next()?))
    }

    /// Enter: on to the next field; behind the last one, it is sent.
    pub(super) fn enter(self) {
        let stops = self.stops();
        let active = document().active_element();
        let here = active.and_then(|active| active.get_attribute("data-path"));
        let here = stops.iter().position(|stop| here.as_deref() == Some(path_of(stop).as_str()));
        match here.and_then(|here| stops.get(here + 1)) {
            Some(next) => focus(next),
            None => self.send(),
        }
    }

    /// What Enter goes through, in order: every field; of a choice, what is chosen or its first.
    fn stops(self) -> Vec<HtmlInputElement> {
        let mut stops: Vec<HtmlInputElement> = vec![];
        let leaf = self.leaf.try_get_untracked().flatten();
        let found = leaf.map(|leaf| leaf.query_selector_all("[data-path]"));
        let Some(Ok(found)) = found else { return stops };
        for at in 0..found.length() {
            let Some(stop) = found.get(at) else { continue };
            let stop: HtmlInputElement = stop.unchecked_into();
            match stops.last_mut() {
                Some(last) if path_of(last) == path_of(&stop) => {
                    if stop.checked() {
                        *last = stop;
                    }
                }
                _ => stops.push(stop),
            }
        }
        stops
    }

    /// To the first field that is at this path or below it; to the first of all where it is empty.
    pub(super) fn go_to(self, path: &str) {
        let stops = self.stops();
        let there = stops.iter().find(|stop| path.is_empty() || is_at(&path_of(stop), path));
        if let Some(there) = there {
            focus(there);
        }
    }

    /// Whether this is the last field, behind which Enter sends.
    pub(super) fn is_last(self, here: &str) -> bool {
        let last = self.desk.rules.with_value(|rules| {
            let field = rules.fields.last()?;
            let Some(cell) = field.fields.last() else { return Some(field.id.clone()) };
            let key = self.keys(&field.id).last().copied()?;
            Some(path(&field.id, key, &cell.id))
        });
        last.as_deref() == Some(here)
    }

    /// The rows of a field: their own numbers.
    pub(super) fn keys(self, id: &str) -> Vec<u32> {
        self.rows.with(|rows| keys_of(rows, id))
    }

    fn keys_untracked(self, id: &str) -> Vec<u32> {
        self.rows.with_untracked(|rows| keys_of(rows, id))
    }

    /// One more row, and the caret in it.
    pub(super) fn add_row(self, id: &str) {
        let key = self.another();
        self.change_rows(id, |keys| keys.push(key));
        let row = format!("{id}/{key}");
        request_animation_frame(move || self.go_to(&row));
    }

    /// Takes a row out; what stood in it is kept until another one goes.
    pub(super) fn remove_row(self, id: &str, key: u32) {
        let keys = self.keys_untracked(id);
        let Some(at) = keys.iter().position(|known| *known == key) else { return };
        let was_here = document().active_element().is_some_and(|active| {
            let path = active.get_attribute("data-path").unwrap_or_default();
            is_at(&path, &format!("{id}/{key}"))
        });
        self.removed.set(Some((id.to_owned(), key, at)));
        let fresh = (keys.len() == 1).then(|| self.another());
        self.change_rows(id, |keys| {
            keys.remove(at);
            keys.extend(fresh);
        });
        if was_here {
            // The keyboard stays.
            let id = id.to_owned();
            request_animation_frame(move || self.go_to(&id));
        }
    }

    /// Whether a row of this field can be put back.
    pub(super) fn can_put_back(self, id: &str) -> bool {
        self.removed.with(|removed| removed.as_ref().is_some_and(|(of, ..)| of == id))
    }

    /// Puts the row back that was taken out last.
    pub(super) fn put_back(self) {
        let Some((id, key, at)) = self.removed.get_untracked() else { return };
        self.removed.set(None);
        self.change_rows(&id, |keys| keys.insert(at.min(keys.len()), key));
    }

    fn change_rows(self, id: &str, change: impl FnOnce(&mut Vec<u32>)) {
        self.rows.update(|rows| {
            if let Some((_, keys)) = rows.iter_mut().find(|(of, _)| of == id) {
                change(keys);
            }
        });
        self.clear(id);
        self.clear("");
        self.desk.keep(&self.reading());
    }
}

fn keys_of(rows: &[(String, Vec<u32>)], id: &str) -> Vec<u32> {
    rows.iter().find(|(of, _)| of == id).map(|(_, keys)| keys.clone()).unwrap_or_default()
}

/// The path of a cell.
pub(super) fn path(id: &str, key: u32, cell: &str) -> String {
    format!("{id}/{key}/{cell}")
}

fn path_of(control: &HtmlInputElement) -> String {
    control.get_attribute("data-path").unwrap_or_default()
}

/// Whether a path is this one or below it.
fn is_at(path: &str, this: &str) -> bool {
    path.strip_prefix(this).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}
