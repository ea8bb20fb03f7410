//! Help inside the task, one tap away, and how the volunteer likes the page.

use crate::visit::Visit;
use leptos::prelude::*;
use ui::sheet;

const LOOKS: [(&str, &str); 3] = [("", "As the phone"), ("day", "Paper"), ("night", "Night")];

/// The help sheet.
pub(super) fn help(visit: Visit, open: RwSignal<bool>) -> impl IntoView {
    sheet(
        open,
        "help",
        || "Help".to_owned(),
        move || {
            let project = visit.session.with_untracked(|s| s.project.clone());
            let entries = project.as_ref().map(|p| p.help.clone()).unwrap_or_default();
            view! {
                <p class="help-question">{project.as_ref().map(|p| p.question.clone())}</p>
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
                                    {entry.example.map(|example| view! { <p class="example">{example}</p> })}
                                </li>
                            }
                        })
                        .collect_view()}
                    <li>
                        <div>
                            <h3>"If you are not sure"</h3>
                            <p>
                                "Type what you see, as it is printed, old spelling and all. Can't read, Nothing here and Bad crop are good answers too. Others read the same word; nobody is marked down."
                            </p>
                        </div>
                    </li>
                </ul>
                <fieldset class="looks">
                    <legend>"How this page looks"</legend>
                    <div class="looks-row">
                        {LOOKS
                            .map(|(look, name)| {
                                view! {
                                    <button
                                        type="button"
                                        class="key"
                                        aria-pressed=move || visit.prefs.with(|p| p.look == look).to_string()
                                        on:click=move |_| visit.prefer(|p| look.clone_into(&mut p.look))
                                    >
                                        {name}
                                    </button>
                                }
                            })
                            .collect_view()}
                        <button
                            type="button"
                            class="key"
                            aria-pressed=move || visit.prefs.with(|p| p.dim).to_string()
                            on:click=move |_| visit.prefer(|p| p.dim = !p.dim)
                        >
                            "Dim the scan"
                        </button>
                    </div>
                </fieldset>
                <button type="button" class="key strong wide" on:click=move |_| open.set(false)>
                    "Back to the word"
                </button>
            }
            .into_any()
        },
    )
}
