//! One line of a form: its name in the margin, what is typed on the rule, how
//! it will be stored, and what is wrong with it.

use super::ledger::{Ledger, path};
use super::{Field, Form};
use leptos::ev;
use leptos::prelude::*;
use ui::{Icon, Key, keep_focus, keep_focus_of_mouse};
use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;

/// A field's line; `row` is the field and the number of the row that it is a cell of.
pub(super) fn line_of(
    ledger: Ledger,
    field: Field,
    row: Option<(&str, u32)>,
    language: &str,
) -> AnyView {
    if field.form == Form::Rows {
        return rows(ledger, &field, language);
    }
    let here = row.map_or_else(|| field.id.clone(), |(id, key)| path(id, key, &field.id));
    let spot = Spot::new(ledger, field, here, language);
    let control = match spot.field.form {
        Form::Choice => choices(&spot),
        _ if spot.field.lines > 1 => area(&spot),
        _ => input(&spot),
    };
    let Spot { field, id, path, .. } = spot;
    let (wrong, told) = (path.clone(), path.clone());
    let choice = field.form == Form::Choice;
    let name = view! {
        {field.name().to_owned()}
        {field.unit.clone().map(|unit| format!(" ({unit})"))}
        {(!field.required).then(|| view! { <span class="line-may">" if there is one"</span> })}
    };
    let label = if choice {
        view! { <p class="line-name" id=format!("{id}-name")>{name}</p> }.into_any()
    } else {
        view! { <label class="line-name" for=id.clone()>{name}</label> }.into_any()
    };
    let stored = matches!(field.form, Form::Number | Form::Date).then(|| {
        let (shown, path) = (field.clone(), path.clone());
        move || {
            let stored = ledger.stored(&shown, &path);
            stored.map(|stored| view! { <span class="line-stored">"= " {stored}</span> })
        }
    });
    view! {
        <div class="ledger-line" class:wrong=move || !ledger.fault(&wrong).is_empty()>
            {label}
            <div class="line-body">
                {control}
                {stored}
            </div>
            <div class="line-under" id=format!("{id}-under")>
                <p class="line-fault" aria-live="polite">{move || ledger.fault(&told)}</p>
                {field.hint.map(|hint| view! { <p class="line-hint">{hint}</p> })}
            </div>
        </div>
    }
    .into_any()
}

/// Where a line is, and what it is for.
struct Spot {
    ledger: Ledger,
    field: Field,
    path: String,
    /// The control's id in the document.
    id: String,
    language: String,
    direction: &'static str,
}

impl Spot {
    fn new(ledger: Ledger, field: Field, path: String, language: &str) -> Self {
        let direction = match field.form {
            Form::Text => ledger.desk.rules.with_value(|rules| rules.direction.name()),
            _ => "ltr",
        };
        let id = format!("line-{}", path.replace('/', "-"));
        Self { ledger, field, path, id, language: language.to_owned(), direction }
    }

    /// What a control does as it is typed in, entered and left.
    fn heard(&self) -> (impl Fn(ev::Event) + use<>, impl Fn() + use<>) {
        let (ledger, field) = (self.ledger, self.field.clone());
        let (at, left) = (self.path.clone(), self.path.clone());
        let typed = move |event: ev::Event| {
            let Some(control) = control(&event) else { return };
            ledger.desk.pen.wrote(&event, &control);
            ledger.write(&at, control.value());
        };
        (typed, move || ledger.left(&field, &left))
    }

    fn text(&self) -> impl Fn() -> String + use<> {
        let (ledger, path) = (self.ledger, self.path.clone());
        move || ledger.text(&path)
    }

    fn wrong(&self) -> impl Fn() -> Option<&'static str> + use<> {
        let (ledger, path) = (self.ledger, self.path.clone());
        move || (!ledger.fault(&path).is_empty()).then_some("true")
    }
}

fn input(spot: &Spot) -> AnyView {
    let Spot { ledger, field, path, id, language, direction } = spot;
    let ledger = *ledger;
    let (typed, left) = spot.heard();
    let below_zero = field.min.as_deref().is_some_and(|min| min.starts_with('-'));
    // Some phones' number keys have no minus.
    let keys = if field.form == Form::Number && !below_zero { "decimal" } else { "text" };
    let here = path.clone();
    view! {
        <input
            class="line-field"
            type="text"
            id=id.clone()
            data-path=path.clone()
            lang=language.clone()
            dir=*direction
            inputmode=keys
            enterkeyhint=move || if ledger.is_last(&here) { "send" } else { "next" }
            autocapitalize="none"
            autocomplete="off"
            spellcheck="false"
            aria-required=field.required.then_some("true")
            aria-invalid=spot.wrong()
            aria-describedby=format!("{id}-under")
            prop:value=spot.text()
            on:input=typed
            on:focus=move |event| hold(ledger, &event)
            on:blur=move |_| left()
        />
    }
    .into_any()
}

fn area(spot: &Spot) -> AnyView {
    let Spot { ledger, field, path, id, language, direction } = spot;
    let ledger = *ledger;
    let (typed, left) = spot.heard();
    view! {
        <textarea
            class="line-field"
            id=id.clone()
            data-path=path.clone()
            lang=language.clone()
            dir=*direction
            rows=field.lines.to_string()
            enterkeyhint="enter"
            autocapitalize="none"
            autocomplete="off"
            spellcheck="false"
            aria-required=field.required.then_some("true")
            aria-invalid=spot.wrong()
            aria-describedby=format!("{id}-under")
            prop:value=spot.text()
            on:input=typed
            on:focus=move |event| hold(ledger, &event)
            on:blur=move |_| left()
        ></textarea>
    }
    .into_any()
}

fn choices(spot: &Spot) -> AnyView {
    let Spot { ledger, field, path, id, .. } = spot;
    let ledger = *ledger;
    let none = (!field.required).then(|| (String::new(), "Not given".to_owned()));
    let named = |choice: &crate::questions::Choice| {
        let label = if choice.label.is_empty() { &choice.id } else { &choice.label };
        (choice.id.clone(), label.clone())
    };
    let chip = |(value, label): (String, String)| {
        let (here, this, put) = (path.clone(), value.clone(), path.clone());
        view! {
            <label class="chip" on:pointerdown=keep_focus on:mousedown=keep_focus_of_mouse>
                <input
                    type="radio"
                    name=id.clone()
                    data-path=path.clone()
                    value=value.clone()
                    prop:checked=move || ledger.text(&here) == this
                    on:change=move |_| ledger.write(&put, value.clone())
                />
                <span>{label}</span>
            </label>
        }
        .into_any()
    };
    let all = field.choices.iter().map(named).chain(none);
    view! {
        <div
            class="chips"
            role="radiogroup"
            aria-labelledby=format!("{id}-name")
            aria-describedby=format!("{id}-under")
            aria-required=field.required.then_some("true")
        >
            {all.map(chip).collect_view()}
        </div>
    }
    .into_any()
}

/// A field of rows: one leaf of lines for each, and a key for one more.
fn rows(ledger: Ledger, field: &Field, language: &str) -> AnyView {
    let Field { id, fields, most, hint, .. } = field.clone();
    let (name, language) = (field.name().to_owned(), language.to_owned());
    let at = StoredValue::new(id.clone());
    let keys = move || at.with_value(|id| ledger.keys(id));
    let row = {
        let name = name.clone();
        move |key: u32| {
            let of = at.get_value();
            let cell = |cell: &Field| line_of(ledger, cell.clone(), Some((&of, key)), &language);
            let place =
                move || keys().iter().position(|known| *known == key).map_or(0, |at| at + 1);
            let named = name.clone();
            view! {
                <div
                    class="row"
                    role="group"
                    aria-label=move || format!("{named} {}", place())
                >
                    <div class="row-cells">{fields.iter().map(cell).collect_view()}</div>
                    {Key::sign("round quiet", Icon::CLOSE, "Take the row out")
                        .press(move || at.with_value(|id| ledger.remove_row(id, key)))}
                </div>
            }
            .into_any()
        }
    };
    let full = Signal::derive(move || keys().len() >= most as usize);
    let nothing = Signal::derive(move || !at.with_value(|id| ledger.can_put_back(id)));
    view! {
        <div class="rows" role="group" aria-label=name.clone()>
            <p class="rows-name">{name.clone()}</p>
            {hint.map(|hint| view! { <p class="line-hint">{hint}</p> })}
            <For each=keys key=|key| *key children=row />
            <p class="line-fault" aria-live="polite">
                {move || at.with_value(|id| ledger.fault(id))}
            </p>
            <div class="rows-keys">
                {Key { hidden: Some(full), ..Key::text("key quiet", "Add a row") }
                    .press(move || at.with_value(|id| ledger.add_row(id)))}
                {Key {
                    icon: Some(Icon::BACK),
                    hidden: Some(nothing),
                    ..Key::text("key quiet", "Put the row back")
                }
                .press(move || ledger.put_back())}
            </div>
        </div>
    }
    .into_any()
}

/// The control that an event is about; a text area counts as an input.
fn control(event: &ev::Event) -> Option<HtmlInputElement> {
    event.target().map(JsCast::unchecked_into)
}

fn hold(ledger: Ledger, event: &ev::FocusEvent) {
    if let Some(control) = control(event) {
        ledger.desk.pen.hold(&control);
        // Safari's own attribute, unknown to HTML's list.
        let _ = control.set_attribute("autocorrect", "off");
    }
}
