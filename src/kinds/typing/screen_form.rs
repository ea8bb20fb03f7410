//! A form under the picture: ruled lines on a leaf of paper, with the names of
//! the fields in its margin.

use super::Reading;
use super::ledger::Ledger;
use super::screen::{Desk, characters, outcomes, prefill, right};
use super::screen_line::line_of;
use super::screen_picture::picture;
use crate::Run;
use domain::Read;
use leptos::ev;
use leptos::prelude::*;
use ui::{Icon, icon, is_again, keep_focus, keep_focus_of_mouse, once};

/// The screen of a form.
pub(super) fn form(run: &Run, desk: Desk) -> AnyView {
    let ledger = Ledger::new(desk);
    fill_with_each_task(ledger);
    let fields = desk.rules.with_value(|rules| rules.fields.clone());
    let language = run.language.clone();
    let line = |field| line_of(ledger, field, None, &language);
    view! {
        <div class="typing form">
            {picture(run, desk)}
            <form
                class="answer"
                autocomplete="off"
                novalidate
                on:keydown=once
                on:submit=move |event: ev::SubmitEvent| {
                    event.prevent_default();
                    ledger.enter();
                }
            >
                <div
                    class="ledger"
                    node_ref=ledger.leaf
                    role="group"
                    aria-label="Fill in what you see"
                >
                    {fields.into_iter().map(line).collect_view()}
                </div>
                {right(desk, move || ledger.send())}
                <p
                    class="answer-note"
                    role="alert"
                    hidden=move || ledger.fault("").is_empty()
                >
                    {move || ledger.fault("")}
                </p>
                <div class="foot">
                    <div class="foot-keys">
                        {outcomes(desk)} {characters(desk, &run.language)}
                    </div>
                    // Its own button, so that Enter in a field is not a tap on it.
                    <button
                        type="button"
                        class="key strong send"
                        aria-label="Send"
                        on:pointerdown=keep_focus
                        on:mousedown=keep_focus_of_mouse
                        on:click=move |_| if !is_again() { ledger.send() }
                    >
                        {icon(Icon::SEND)}
                    </button>
                </div>
                // What the keyboard's Enter presses: without it a form of several fields hears none.
                <button type="submit" class="unseen" tabindex="-1" aria-hidden="true"></button>
            </form>
        </div>
    }
    .into_any()
}

/// Fills the form when another task comes: with its draft, with what the machine read, or not.
fn fill_with_each_task(ledger: Ledger) {
    ui::follow(move |before: Option<Option<domain::TaskId>>| {
        ledger.desk.shown.with(|shown| {
            let task = shown.as_ref().map(|s| s.task.id);
            if before == Some(task) {
                return task;
            }
            // Before the rows of the old form go, and the focus with them: the keyboard stays.
            let typing = before.is_some() && is_typed_in(ledger);
            if typing {
                ledger.go_to("");
            }
            let draft = shown.as_ref().and_then(|s| s.draft.as_ref()).and_then(Reading::read);
            let start = draft.or_else(|| shown.as_ref().and_then(prefill));
            match start {
                Some(Reading::Fields(entries)) => ledger.fill(&entries),
                _ => ledger.fill(&super::Entries::new()),
            }
            if before.is_some() {
                request_animation_frame(move || from_the_top(ledger, typing));
            }
            task
        })
    });
}

/// Whether the caret is in the form.
fn is_typed_in(ledger: Ledger) -> bool {
    let active = document().active_element();
    ledger
        .leaf
        .get_untracked()
        .zip(active)
        .is_some_and(|(leaf, active)| leaf.contains(Some(&active)))
}

/// The form's first line is in sight; where somebody was typing, the caret is in it.
fn from_the_top(ledger: Ledger, typing: bool) {
    let Some(leaf) = ledger.leaf.try_get_untracked().flatten() else { return };
    leaf.set_scroll_top(0);
    if typing && !is_typed_in(ledger) {
        ledger.go_to("");
    }
}
