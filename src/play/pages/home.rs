//! `/`: the drives, what they are for, and how far they are.

use super::scene::{cover, mark, picture_of, scene};
use super::spoken::spoken;
use crate::api::{self, Error};
use domain::{Event, Project, ProjectState};
use layers::{Layer, goal::Goal};
use leptos::prelude::*;
use ui::{Key, live};
use wasm_bindgen_futures::spawn_local;

/// The drives, as the server wrote them into the page or as a call brings them.
pub(super) fn home(projects: Vec<Project>) -> AnyView {
    let list = RwSignal::new((!projects.is_empty()).then_some(Ok(projects)));
    let fetch = move || {
        spawn_local(async move {
            let found = api::projects().await;
            list.try_set(Some(found));
        });
    };
    if list.with_untracked(Option::is_none) {
        fetch();
    }
    let body = live(move || match list.get() {
        None => note("Fetching the drives."),
        Some(Ok(projects)) if projects.is_empty() => {
            note("No drive is open just now. Come back in a while.")
        }
        Some(Ok(projects)) => {
            let drives = projects.into_iter().map(drive).collect_view();
            view! { <ul class="drives">{drives}</ul> }.into_any()
        }
        Some(Err(error)) => {
            let reason = match error {
                Error::Offline => "No network just now, so the drives cannot be shown.",
                _ => "The drives did not come.",
            };
            let again = move || {
                list.set(None);
                fetch();
            };
            let again = Key::text("key strong", "Try again").press(again);
            view! { {note(reason)} {again} }.into_any()
        }
    });
    view! {
        <div class="home">
            <header class="welcome">
                <div class="welcome-words">
                    <p class="wordmark">{mark()} "Talkoot"</p>
                    <h1>"Old pages, read by many hands"</h1>
                    <p>
                        "Machines stumble over old print. You read a word, you type it, and a page that was lost can be searched again. One word takes a breath."
                    </p>
                </div>
                {scene()}
            </header>
            <main>
                <h2 class="unseen">"Drives"</h2>
                {body}
            </main>
            <footer class="home-foot">
                <p>
                    "No sign-up. Nobody needs to know who you are, and nothing is kept but the words you give."
                </p>
            </footer>
        </div>
    }
    .into_any()
}

fn note(text: &'static str) -> AnyView {
    view! { <p class="note" role="status">{text}</p> }.into_any()
}

/// One drive and its one next step.
fn drive(project: Project) -> AnyView {
    let progress = project.progress;
    let mut goal = Goal::default();
    goal.step(&Event::Progressed { progress, waiting: 0 }, &mut vec![]);
    let zones = goal.zones();
    let address = format!("/p/{}", project.slug);
    let finished = progress.tasks != 0 && progress.agreed >= progress.tasks;
    let invite = spoken(Some(&project)).invite;
    let step = match project.state {
        ProjectState::Paused => "Takes a rest",
        ProjectState::Finished => "See what became of it",
        _ if finished => "All of it is done",
        _ => &invite,
    }
    .to_owned();
    let picture = project.picture.as_ref().and_then(|p| p.best_for(900).cloned());
    let label = format!("drive-{}", project.slug);
    let heading = label.clone();
    view! {
        <li class="drive" aria-labelledby=label>
            <a class="drive-plate" href=address.clone() tabindex="-1" aria-hidden="true">
                {match picture {
                    Some(source) => picture_of(&source),
                    None => cover(),
                }}
            </a>
            <div class="drive-words">
                <p class="voice">{project.voice}</p>
                <h3 id=heading>{project.title}</h3>
                <p>{project.purpose}</p>
                <p class="owner">
                    "For " <a href=project.owner.link rel="noopener">{project.owner.name}</a>
                </p>
                <div class="drive-far">
                    {layers::goal::bar(Signal::stored(zones))}
                    <ul class="goal-key">
                        {layers::goal::counts(Signal::stored([progress.given, progress.agreed, progress.checked]))}
                        {(progress.pages != 0).then(|| {
                            let (now, all) = (progress.readable, progress.pages);
                            view! { <li>{format!("{now} of {all} pages readable")}</li> }
                        })}
                    </ul>
                </div>
                <a class="key strong go" href=address>{step}</a>
            </div>
        </li>
    }
    .into_any()
}
