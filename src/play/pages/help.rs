//! Help inside the task, one tap away, and how the volunteer likes the page.

use super::{scene::picture_of, spoken::spoken};
use crate::outbox::Prefs;
use crate::visit::Visit;
use domain::HelpEntry;
use leptos::prelude::*;
use ui::{Key, sheet};

/// A look, its name, and how to choose it.
type Look = (&'static str, &'static str, fn(&mut Prefs));

const LOOKS: [Look; 3] = [
    ("", "As the phone", |p| p.look = String::new()),
    ("day", "Paper", |p| "day".clone_into(&mut p.look)),
    ("night", "Night", |p| "night".clone_into(&mut p.look)),
];

/// The help sheet.
pub(super) fn help(visit: Visit, open: RwSignal<bool>) -> AnyView {
    let title = Signal::stored("Help".to_owned());
    sheet(open, "help", title, Callback::new(move |()| body(visit, open)))
}

fn body(visit: Visit, open: RwSignal<bool>) -> AnyView {
    let (question, mut entries, words) = visit.session.with_untracked(|s| {
        let project = s.project.as_ref();
        let told = project.map(|p| (p.question.clone(), p.help.clone())).unwrap_or_default();
        (told.0, told.1, spoken(project))
    });
    entries.push(HelpEntry {
        title: "If you are not sure".to_owned(),
        body: format!(
            "Say what you see and no more. Leaving a {} to others is a good answer too. Others get \
             the same one; nobody is marked down.",
            words.one
        ),
        ..HelpEntry::default()
    });
    let look = move |(look, name, choose): Look| {
        let pressed = Signal::derive(move || visit.session.with(|s| s.prefs.look == look));
        Key { pressed: Some(pressed), ..Key::text("key", name) }.press(move || visit.prefer(choose))
    };
    let dim = Signal::derive(move || visit.session.with(|s| s.prefs.dim));
    view! {
        <p class="help-question">{question}</p>
        <ul class="help-list">
            {entries
                .into_iter()
                .map(|entry| {
                    view! {
                        <li>
                            <div>
                                <h3>{entry.title}</h3>
                                <p>{entry.body}</p>
                            </div>
                            <p class="example">{entry.example}</p>
                            {entry.picture.as_ref().and_then(|p| p.best_for(720)).map(picture_of)}
                        </li>
                    }
                })
                .collect_view()}
        </ul>
        <fieldset class="looks">
            <legend>"How this page looks"</legend>
            <div class="looks-row">
                {LOOKS.map(look).into_iter().collect_view()}
                {Key { pressed: Some(dim), ..Key::text("key", "Dim the scan") }
                    .press(move || visit.prefer(|p| p.dim = !p.dim))}
            </div>
        </fieldset>
        {Key::text("key strong wide", format!("Back to the {}", words.one)).press(move || open.set(false))}
    }
    .into_any()
}
