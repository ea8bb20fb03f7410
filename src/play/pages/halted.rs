//! Where there is no task: why, and what to do.

use crate::session::Halt;
use crate::visit::Visit;
use domain::ProjectState;
use leptos::prelude::*;
use ui::{Doing, Key, mole};

/// No task is here and none is coming.
pub(super) fn halted(visit: Visit) -> AnyView {
    let (halt, state) =
        visit.session.with_untracked(|s| (s.halt.clone(), s.project.as_ref().map(|p| p.state)));
    let waiting = visit.session.with_untracked(|s| s.counts.waiting);
    match halt {
        Some(Halt::Unknown) => nowhere(),
        Some(Halt::Offline) => {
            let safe = match waiting {
                0 => "Everything you gave is sent.".to_owned(),
                1 => "One answer waits safely on this device.".to_owned(),
                count => format!("{count} answers wait safely on this device."),
            };
            again(visit, "No network just now", format!("{safe} New ones come as soon as you are back on the net."))
        }
        Some(Halt::Trouble(reason)) => again(visit, "That did not work", reason),
        Some(Halt::Dry) | None if state == Some(ProjectState::Paused) => still(
            Doing::Idle,
            "This drive takes a rest",
            "It hands out nothing for now. There are others that would be glad of you.".to_owned(),
            elsewhere(),
        ),
        Some(Halt::Dry) | None => still(
            Doing::Cheer,
            "All of yours are done",
            "Thank you. What is left waits for others, so that each one gets more than one pair of eyes."
                .to_owned(),
            elsewhere(),
        ),
    }
}

/// Tasks are on their way.
pub(super) fn fetching() -> AnyView {
    still(Doing::Walk, "Fetching the next ones", String::new(), ().into_any())
}

/// An address that leads nowhere.
pub(super) fn lost() -> AnyView {
    view! {
        <main class="lost">
            <h1 class="unseen">"Talkoot"</h1>
            {nowhere()}
        </main>
    }
    .into_any()
}

fn nowhere() -> AnyView {
    let body = "The page you asked for is not in this book. Perhaps the address was cut off on its \
                way to you.";
    still(Doing::Idle, "Nothing but earth here", body.to_owned(), elsewhere())
}

/// A kind of task that this build does not have.
pub(super) fn unknown_kind() -> AnyView {
    still(
        Doing::Idle,
        "This page is too old for this drive",
        "Open it anew to get the newest one. Nothing you gave is lost.".to_owned(),
        view! { <a class="key strong" href="">"Open it anew"</a> }.into_any(),
    )
}

fn again(visit: Visit, title: &'static str, body: String) -> AnyView {
    let action = Key::text("key strong", "Try again").press(move || visit.retry());
    still(Doing::Idle, title, body, action)
}

fn elsewhere() -> AnyView {
    view! { <a class="key strong" href="/">"See the other drives"</a> }.into_any()
}

fn still(does: Doing, title: &'static str, body: String, action: AnyView) -> AnyView {
    let doing = RwSignal::new(Doing::Idle);
    request_animation_frame(move || {
        doing.try_set(does);
    });
    view! {
        <section class="still" aria-labelledby="still-title">
            <div class="still-mole">{mole(doing.into())}</div>
            <h2 id="still-title">{title}</h2>
            <p>{body}</p>
            <div class="choices">{action}</div>
        </section>
    }
    .into_any()
}
