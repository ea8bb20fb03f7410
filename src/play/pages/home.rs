//! `/`: the drives, what they are for, and how far they are.

use super::scene::{cover, mark, scene};
use crate::api::{self, Error};
use domain::{Event, Project, ProjectState};
use layers::{Layer, goal::Goal};
use leptos::prelude::*;
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
                {move || match list.get() {
                    None => view! { <p class="note" role="status">"Fetching the drives."</p> }.into_any(),
                    Some(Ok(projects)) if projects.is_empty() => {
                        view! { <p class="note">"No drive is open just now. Come back in a while."</p> }.into_any()
                    }
                    Some(Ok(projects)) => {
                        view! { <ul class="drives">{projects.into_iter().map(drive).collect_view()}</ul> }.into_any()
                    }
                    Some(Err(error)) => {
                        let reason = match error {
                            Error::Offline => "No network just now, so the drives cannot be shown.",
                            _ => "The drives did not come.",
                        };
                        view! {
                            <p class="note" role="alert">{reason}</p>
                            <button type="button" class="key strong" on:click=move |_| { list.set(None); fetch(); }>"Try again"</button>
                        }
                            .into_any()
                    }
                }}
            </main>
            <footer class="foot">
                <p>"No sign-up. Nobody needs to know who you are, and nothing is kept but the words you give."</p>
            </footer>
        </div>
    }
    .into_any()
}

/// One drive and its one next step.
fn drive(project: Project) -> impl IntoView {
    let progress = project.progress;
    let mut goal = Goal::default();
    goal.step(&Event::Progressed { progress, waiting: 0 }, &mut vec![]);
    let zones = goal.zones();
    let address = format!("/p/{}", project.slug);
    let finished = progress.tasks != 0 && progress.agreed >= progress.tasks;
    let step = match project.state {
        ProjectState::Paused => "Takes a rest",
        ProjectState::Finished => "See what became of it",
        _ if finished => "Every word is typed",
        _ => "Read some words",
    };
    let picture = project.picture.as_ref().and_then(|p| p.best_for(900).cloned());
    let label = format!("drive-{}", project.slug);
    let heading = label.clone();
    view! {
        <li class="drive" aria-labelledby=label>
            <a class="drive-plate" href=address.clone() tabindex="-1" aria-hidden="true">
                {match picture {
                    Some(source) => view! { <img src=source.url alt="" width=source.width height=source.height /> }.into_any(),
                    None => cover().into_any(),
                }}
            </a>
            <div class="drive-words">
                <p class="voice">{project.voice}</p>
                <h3 id=heading>{project.title}</h3>
                <p>{project.purpose}</p>
                <p class="owner">
                    "For "
                    {match project.owner.link {
                        Some(link) => view! { <a href=link rel="noopener">{project.owner.name}</a> }.into_any(),
                        None => project.owner.name.into_any(),
                    }}
                </p>
                <div class="drive-far">
                    {layers::goal::bar(Signal::stored(zones))}
                    <ul class="goal-key">
                        <li><i class="swatch given"></i>{progress.given} " given"</li>
                        <li><i class="swatch agreed"></i>{progress.agreed} " agreed"</li>
                        <li><i class="swatch checked"></i>{progress.checked} " checked"</li>
                        <li class="pages">{progress.readable} " of " {progress.pages} " pages readable"</li>
                    </ul>
                </div>
                <a class="key strong go" href=address>{step}</a>
            </div>
        </li>
    }
}
