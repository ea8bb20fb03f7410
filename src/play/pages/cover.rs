//! A cover over what not everybody wants to see: what it is, in words, and
//! the choice to look at it or to leave it to others.

use crate::session::Session;
use crate::visit::Visit;
use domain::{Given, Outcome, TaskId};
use kinds::Gift;
use leptos::prelude::*;
use ui::{Icon, Key, live};

/// Whether the task on the screen is covered: it has a note, nobody has asked for it yet, and its
/// screen does not cover it by itself.
pub(super) fn covered(visit: Visit, seen: RwSignal<Option<TaskId>>) -> Memo<Option<String>> {
    Memo::new(move |_| {
        let seen = seen.get();
        visit.session.with(|session| {
            let task = &session.queue.front()?.task;
            if session.project.as_ref().is_some_and(|p| kinds::covers(&p.kind, &p.rules)) {
                return None;
            }
            task.note.clone().filter(|_| seen != Some(task.id))
        })
    })
}

/// The cover itself, where there is one.
pub(super) fn cover(
    visit: Visit,
    covered: Memo<Option<String>>,
    seen: RwSignal<Option<TaskId>>,
) -> AnyView {
    let look = move || {
        seen.set(visit.session.with_untracked(|s| s.queue.front().map(|item| item.task.id)));
    };
    let leave = move || {
        // The second of two quick taps was meant for the one that is gone.
        if ui::is_again() {
            return;
        }
        let given = Given::Outcome(Outcome::Skipped);
        visit.give(Gift { given, corrections: 0, missed: false, more: 0 });
    };
    // The one below the cover cannot be reached.
    let none = Signal::derive(move || !visit.session.with(Session::can_take_back));
    let icon = Some(Icon::UNDO);
    let take_back = Key { icon, hidden: Some(none), ..Key::text("key plain", "Take back") };
    live(move || {
        covered.get().map(|note| {
            view! {
                <section class="cover-note" aria-labelledby="cover-title">
                    <h2 id="cover-title">"Not for every day"</h2>
                    <p>"It shows: "<strong>{note}</strong></p>
                    <p>"Look only if you like. Leaving it to others costs nothing."</p>
                    <div class="choices">
                        {Key::text("key strong", "Show it").press(look)}
                        {Key::text("key", "Skip").press(leave)}
                    </div>
                    {take_back.clone().press(move || visit.take_back())}
                </section>
            }
        })
    })
}
