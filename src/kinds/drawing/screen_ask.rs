//! What is asked of the volunteer, and the way on: questions, outcomes, send.

use super::Form;
use super::desk::Desk;
use super::marks::Edit;
use super::screen_keys::take_back_key;
use crate::ask;
use domain::Outcome;
use leptos::prelude::*;
use ui::{Icon, Key, icon, is_again, keep_focus, keep_focus_of_mouse};
use web_sys::KeyboardEvent;

/// What can be said instead of drawing, and the next step.
pub(super) fn send_row(desk: Desk) -> AnyView {
    let rules = desk.rules();
    view! {
        <div class="drawing-send">
            {take_back_key(desk, true)}
            {rules.outcomes.iter().map(|outcome| outcome_key(desk, *outcome)).collect_view()}
            {forward(desk)}
        </div>
    }
    .into_any()
}

fn outcome_key(desk: Desk, outcome: Outcome) -> AnyView {
    let name = match outcome {
        Outcome::Unreadable => "Can't tell",
        Outcome::NothingHere => "Nothing here",
        Outcome::BadSubject => "Bad picture",
        Outcome::Skipped => "Skip",
    };
    let hidden = Signal::derive(move || desk.telling.get().is_some());
    Key { hidden: Some(hidden), ..Key::text("key outcome", name) }.press(move || desk.say(outcome))
}

/// The one next step: send, close what is being drawn, or on from a question.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Step {
    Send,
    /// An outline is closed.
    Close,
    /// A line is finished.
    Finish,
    /// A mark is told about.
    Done,
    /// The whole is told about.
    Next,
}

impl Step {
    fn name(self) -> &'static str {
        match self {
            Self::Send => "Send",
            Self::Close => "Close",
            Self::Finish => "Finish",
            Self::Done => "Done",
            Self::Next => "Next",
        }
    }

    fn sign(self) -> Icon {
        match self {
            Self::Send | Self::Next => Icon::SEND,
            Self::Close | Self::Finish | Self::Done => Icon::DONE,
        }
    }
}

fn forward(desk: Desk) -> AnyView {
    let shown = desk.run.with_value(|run| run.shown);
    let step = Memo::new(move |_| {
        // What was missed is told, whatever was being asked: the one way is on.
        if shown.with(|s| s.as_ref().is_some_and(|s| s.missed)) {
            return Step::Send;
        }
        let half = desk.marks.with(|m| m.half().filter(|h| h.can_close()).map(|h| h.form));
        match half {
            _ if desk.telling.get().is_some() => Step::Done,
            _ if desk.asking.get() => Step::Next,
            Some(Form::Polygon) => Step::Close,
            Some(_) => Step::Finish,
            None => Step::Send,
        }
    });
    let press = move || match step.get_untracked() {
        Step::Send => desk.send(),
        Step::Close | Step::Finish => desk.close(),
        Step::Next => desk.asked(),
        Step::Done => {
            desk.telling.set(None);
            desk.fault.set(String::new());
        }
    };
    view! {
        <button
            type="button"
            class="key strong drawing-forward"
            on:pointerdown=keep_focus
            on:mousedown=keep_focus_of_mouse
            // The key is another one by then: the second of two taps was meant for this one.
            on:click=move |_| if !is_again() { press() }
        >
            {move || step.get().name()}
            {move || icon(step.get().sign())}
        </button>
    }
    .into_any()
}

/// The questions that are being asked: about the whole, or about a mark.
pub(super) fn panel(desk: Desk) -> AnyView {
    let whole = move || {
        desk.asking.get().then(|| {
            let view = ask(&desk.rules().questions, desk.chosen);
            ui::follow(move |before: Option<()>| {
                desk.chosen.track();
                if before.is_some() {
                    desk.chose();
                }
            });
            let back = move |event: KeyboardEvent| {
                if desk.back_and_forth(&event) {
                    event.prevent_default();
                }
            };
            view! { <div class="drawing-panel" on:keydown=back>{view}</div> }
        })
    };
    let mark = move || {
        let at = desk.telling.get().filter(|_| !desk.asking.get())?;
        let shape = desk.marks.with_untracked(|marks| marks.shapes().get(at).cloned())?;
        let rules = desk.rules();
        let (_, tool) = rules.tool(shape.label.as_deref()?)?;
        let said = RwSignal::new(shape.choices);
        let view = ask(&tool.questions, said);
        ui::follow(move |before: Option<()>| {
            let said = said.get();
            if before.is_some() {
                desk.edit(Edit::Answer(at, said));
            }
        });
        Some(view! {
            <div class="drawing-panel">
                <p class="drawing-about">{desk.name_of(at)}</p>
                {view}
            </div>
        })
    };
    view! {
        {whole}
        {mark}
    }
    .into_any()
}
