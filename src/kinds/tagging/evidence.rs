//! What goes with the choices: marked words, a reason, a link.

use super::answer::is_web_address;
use super::desk::Desk;
use super::marks::marked;
use super::{Ask, Extra, Mark, Span};
use crate::questions_view::one_of;
use crate::sight_text::Marking;
use domain::Subject;
use leptos::prelude::*;
use serde_json::{Map, Value};
use ui::{Icon, Key, keep_focus, keep_focus_of_mouse, nfc};

/// What was written and marked. Copies are the same.
#[derive(Clone, Copy)]
pub(super) struct Evidence {
    desk: Desk,
    pub(super) reason: RwSignal<String>,
    pub(super) link: RwSignal<String>,
    pub(super) spans: RwSignal<Vec<Span>>,
    /// Which mark the next words get, among the project's.
    with: RwSignal<usize>,
    changed: Callback<()>,
}

impl Evidence {
    /// `changed` is called with everything that a person changes.
    pub(super) fn new(desk: Desk, changed: Callback<()>) -> Self {
        Self {
            desk,
            reason: RwSignal::default(),
            link: RwSignal::default(),
            spans: RwSignal::default(),
            with: RwSignal::new(0),
            changed,
        }
    }

    /// Begins anew with a value of the kind.
    pub(super) fn begin(self, value: &Value) {
        let text = |name: &str| value[name].as_str().unwrap_or_default().to_owned();
        self.reason.set(text("reason"));
        self.link.set(text("link"));
        let spans = value["spans"].as_array().into_iter().flatten();
        self.spans.set(spans.filter_map(span).collect());
    }

    /// Puts it into a value of the kind.
    pub(super) fn put(self, value: &mut Map<String, Value>) {
        let reason = nfc(self.reason.get_untracked().trim());
        let link = self.link.get_untracked().trim().to_owned();
        for (name, text) in [("reason", reason), ("link", link)] {
            if !text.is_empty() {
                value.insert(name.to_owned(), Value::String(text));
            }
        }
        let spans = self.spans.get_untracked();
        if !spans.is_empty() {
            let spans = spans.into_iter().map(|span| {
                let mut value = Map::new();
                value.insert("from".to_owned(), span.from.into());
                value.insert("to".to_owned(), span.to.into());
                value.insert("label".to_owned(), Value::String(span.label));
                Value::Object(value)
            });
            value.insert("spans".to_owned(), Value::Array(spans.collect()));
        }
    }

    /// What is wrong with it, in a sentence.
    pub(super) fn lacks(self) -> Option<&'static str> {
        let (why, where_) = self.desk.rules.with_value(|rules| (rules.reason.ask, rules.link.ask));
        let link = self.link.get_untracked();
        let link = link.trim();
        if why == Ask::Required && self.reason.with_untracked(|r| r.trim().is_empty()) {
            Some("Say in a few words why.")
        } else if where_ == Ask::Required && link.is_empty() {
            Some("Add the address of a page that shows it.")
        } else if !link.is_empty() && !is_web_address(link) {
            Some("A link begins with https:// or http://; copy it from the browser.")
        } else {
            None
        }
    }

    /// How a text's words are marked, where the project wants that.
    pub(super) fn marking(self) -> Option<Marking> {
        let marks = self.marks();
        if marks.is_empty() {
            return None;
        }
        let ids: Vec<String> = marks.iter().map(|mark| mark.id.clone()).collect();
        let labels = ids.clone();
        let place = move |at: u32| {
            self.spans.with(|spans| {
                let span = spans.iter().find(|span| span.from <= at && at < span.to)?;
                labels.iter().position(|id| *id == span.label)
            })
        };
        let mark = move |(from, to): (u32, u32)| {
            if let Some(label) = ids.get(self.with.get_untracked()) {
                self.spans.update(|spans| *spans = marked(spans, from, to, label));
                self.changed.run(());
            }
        };
        Some(Marking { marked: Callback::new(place), mark: Callback::new(mark) })
    }

    fn marks(self) -> Vec<Mark> {
        self.desk.rules.with_value(|rules| rules.spans.clone())
    }

    /// The fields for it, once there is something to say it of.
    pub(super) fn fields(self, ready: Signal<bool>) -> AnyView {
        let (reason, link) =
            self.desk.rules.with_value(|rules| (rules.reason.clone(), rules.link.clone()));
        if reason.ask == Ask::No && link.ask == Ask::No {
            return ().into_any();
        }
        view! {
            <div class="extras" hidden=move || !ready.get()>
                {(reason.ask != Ask::No).then(|| self.reason_field(&reason))}
                {(link.ask != Ask::No).then(|| self.link_field(&link))}
            </div>
        }
        .into_any()
    }

    /// The text on the screen, whose words can be marked.
    fn text(self) -> Option<String> {
        self.desk.shown.with(|s| match &s.as_ref()?.task.subject {
            Subject::Text(passage) => Some(passage.text.clone()),
            _ => None,
        })
    }

    /// What the next words are marked as, and what is marked: a list to read and to take from.
    /// There is none where the subject has no words.
    pub(super) fn palette(self) -> AnyView {
        let marks = self.marks();
        if marks.is_empty() {
            return ().into_any();
        }
        let key = |(at, mark): (usize, &Mark)| {
            let on = move || self.with.get() == at;
            view! {
                <button
                    type="button"
                    class=format!("choice pen mark-{}", at % 4)
                    role="radio"
                    aria-checked=move || if on() { "true" } else { "false" }
                    tabindex=move || if on() { "0" } else { "-1" }
                    data-number=at + 1
                    on:pointerdown=keep_focus
                    on:mousedown=keep_focus_of_mouse
                    on:click=move |_| self.with.set(at)
                >
                    <span class="choice-label">{mark.label.clone()}</span>
                </button>
            }
        };
        let keys = marks.iter().enumerate().map(key).collect_view();
        let listed = move || {
            let units: Vec<u16> = self.text().unwrap_or_default().encode_utf16().collect();
            let take = |span: Span| {
                let part = units.get(span.from as usize..span.to as usize).unwrap_or_default();
                let label = marks.iter().find(|mark| mark.id == span.label);
                let label = label.map_or(span.label.as_str(), |mark| mark.label.as_str());
                let text = label.to_owned() + ": " + &String::from_utf16_lossy(part);
                Key { icon: Some(Icon::CLOSE), ..Key::text("key marked-key", text) }.press(
                    move || {
                        self.spans.update(|spans| spans.retain(|other| *other != span));
                        self.changed.run(());
                    },
                )
            };
            self.spans.get().into_iter().map(take).collect_view()
        };
        view! {
            <section class="question-group" hidden=move || self.text().is_none()>
                <p class="question-note">"Tap words in the text, or draw a finger over them."</p>
                {one_of("picks pens", "Mark words as", keys)}
                <div class="marked-list" role="group" aria-label="Marked words: press to take away">
                    {listed}
                </div>
            </section>
        }
        .into_any()
    }

    fn reason_field(self, extra: &Extra) -> AnyView {
        let written = move |event: leptos::ev::Event| {
            self.reason.set(event_target_value(&event));
            self.changed.run(());
        };
        view! {
            <label class="extra">
                <span>{named(extra, "Why?")}</span>
                <textarea rows="2" dir="auto" maxlength="2000" prop:value=self.reason on:input=written></textarea>
            </label>
        }
        .into_any()
    }

    fn link_field(self, extra: &Extra) -> AnyView {
        let written = move |event: leptos::ev::Event| {
            self.link.set(event_target_value(&event));
            self.changed.run(());
        };
        view! {
            <label class="extra">
                <span>{named(extra, "Where can that be seen?")}</span>
                <input
                    type="url"
                    inputmode="url"
                    autocomplete="off"
                    autocapitalize="none"
                    spellcheck="false"
                    placeholder="https://…"
                    maxlength="2000"
                    prop:value=self.link
                    on:input=written
                />
            </label>
        }
        .into_any()
    }
}

/// What stands above a field.
fn named(extra: &Extra, otherwise: &str) -> AnyView {
    let name = if extra.label.is_empty() { otherwise } else { &extra.label };
    let may = (extra.ask == Ask::Optional).then_some(" (if you like)");
    view! { <bdi>{name.to_owned()}</bdi> {may} }.into_any()
}

fn span(value: &Value) -> Option<Span> {
    let number = |name: &str| value[name].as_u64().and_then(|n| u32::try_from(n).ok());
    let label = value["label"].as_str()?.to_owned();
    Some(Span { from: number("from")?, to: number("to")?, label })
}
