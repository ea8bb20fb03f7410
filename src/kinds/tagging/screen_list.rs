//! The subject, and the questions below it.

use super::desk::{Desk, chosen, value_of};
use super::evidence::Evidence;
use super::{Ask, Layout};
use crate::questions::{Pick, Question};
use crate::questions_view::Asking;
use crate::sight::{Look, sight};
use domain::Given;
use leptos::prelude::*;
use serde_json::Value;
use ui::{Compare, Icon, Key};

/// The screen of layouts `list` and `pair`.
pub(super) fn list(desk: Desk) -> AnyView {
    let (questions, at_tap, beside) = desk.rules.with_value(|rules| {
        let bare =
            rules.spans.is_empty() && rules.reason.ask == Ask::No && rules.link.ask == Ask::No;
        let one =
            matches!(&rules.questions[..], [only] if only.pick == Pick::One && !only.optional);
        (rules.questions.clone(), bare && one, rules.screen == Layout::Pair)
    });
    let picked = RwSignal::new(vec![]);
    let note = RwSignal::new(None::<String>);
    let asking = Asking::new(&questions, picked);
    let with = StoredValue::new(None::<Evidence>);
    let whole = move || {
        let mut whole = value_of(&picked.get_untracked());
        if let Some(evidence) = with.get_value() {
            evidence.put(&mut whole);
        }
        Value::Object(whole)
    };
    let changed = Callback::new(move |()| {
        note.set(None);
        let draft = desk.run.with_value(|run| run.draft);
        draft.run(whole());
    });
    let evidence = Evidence::new(desk, changed);
    with.set_value(Some(evidence));
    let questions = StoredValue::new(questions);

    let send = move || {
        if let Some(at) = asking.lacking() {
            note.set(Some(questions.with_value(|q| unanswered(q, at))));
            asking.turn_to(at);
        } else if let Some(sentence) = evidence.lacks() {
            note.set(Some(sentence.to_owned()));
        } else {
            let value = whole();
            let nothing = value["choices"].as_array().is_none_or(Vec::is_empty);
            if nothing && value.as_object().is_none_or(|value| value.len() < 2) {
                note.set(Some("Nothing is chosen yet.".to_owned()));
                return;
            }
            desk.give(Given::Value(value));
        }
    };
    let asking = asking.sending(at_tap).then(Callback::new(move |()| {
        changed.run(());
        if at_tap && asking.lacking().is_none() {
            send();
        }
    }));
    desk.with_each_task(move |value| {
        note.set(None);
        asking.begin(&chosen(&value));
        evidence.begin(&value);
    });
    desk.keyboard(move |number| asking.number(number), send);

    let compare = if beside { Compare::Beside } else { Compare::Wipe };
    let look = Look { compare, quiet: false, marking: evidence.marking() };
    let missed = desk.missed;
    let ready = Signal::derive(move || {
        picked.track();
        asking.lacking().is_none()
    });
    view! {
        <div class="tagging list">
            <div class="subject">
                {desk.caption()}
                {sight(desk.shown, &desk.language(), look)}
            </div>
            <div class="panel">
                {desk.told()}
                <div class="panel-body" hidden=move || missed.get()>
                    <div class="panel-ask">
                        {evidence.palette()}
                        {asking.view(desk.question())}
                        {evidence.fields(ready)}
                    </div>
                    <p class="panel-note" role="alert" hidden=move || note.with(Option::is_none)>
                        {note}
                    </p>
                    <div class="panel-keys">
                        {desk.undo.key()}
                        {desk.outcomes()}
                        {(!at_tap)
                            .then(|| {
                                Key::sign("key strong send-key", Icon::SEND, "Send").press(send)
                            })}
                    </div>
                </div>
            </div>
        </div>
    }
    .into_any()
}

/// That a question lacks an answer, in its own words.
fn unanswered(questions: &[Question], at: usize) -> String {
    match questions.get(at).map(|question| question.text.as_str()) {
        None | Some("") => "Choose an answer first.".to_owned(),
        Some(text) => "Still open: ".to_owned() + text,
    }
}
