//! The still screen after a round: what it gave, and three equal choices.

use super::spoken::spoken;
use crate::api;
use crate::round::LONG;
use crate::session::Event;
use crate::visit::Visit;
use domain::Event as Told;
use leptos::prelude::*;
use ui::{Doing, Key, live, mole};
use wasm_bindgen_futures::spawn_local;

/// The still screen.
pub(super) fn rest(visit: Visit) -> AnyView {
    let done = RwSignal::new(false);
    let me = RwSignal::new(None::<api::Mine>);
    spawn_local(async move {
        if let Ok(counts) = api::me().await {
            me.try_set(Some(counts));
        }
    });
    let (tasks, title, words) = visit.session.with_untracked(|s| {
        let title = s.project.as_ref().map(|p| p.title.clone()).unwrap_or_default();
        (s.round.tasks, title, spoken(s.project.as_ref()))
    });
    let count = match tasks {
        1 => format!("1 {}, {} by you", words.one, words.done),
        many => format!("{many} {}, {} by you", words.many, words.done),
    };
    let solemn = visit.solemn();
    let doing = RwSignal::new(Doing::Idle);
    if !solemn {
        request_animation_frame(move || {
            doing.try_set(Doing::Cheer);
        });
    }
    let body =
        live(move || if done.get() { goodbye() } else { gave(visit, done, &count, &title, me) });
    view! {
        <section class="still" aria-labelledby="still-title">
            <div class="still-mole" hidden=solemn>{mole(doing.into())}</div>
            {body}
        </section>
    }
    .into_any()
}

fn goodbye() -> AnyView {
    view! {
        <h2 id="still-title">"Thank you"</h2>
        <p>
            "What you gave is on its way into the book. You can close this page; what is not sent yet goes out the next time you open it."
        </p>
        <div class="choices">
            <a class="key" href="/">"All drives"</a>
        </div>
    }
    .into_any()
}

/// What the round gave, and what now.
fn gave(
    visit: Visit,
    done: RwSignal<bool>,
    count: &str,
    title: &str,
    me: RwSignal<Option<api::Mine>>,
) -> AnyView {
    let long = crate::device::seconds() > LONG;
    let stop =
        if long { "You have been here for half an hour: a good place to stop. " } else { "" };
    let readable = visit.events.with_untracked(|events| {
        events.iter().rev().find_map(|(_, event)| match event {
            Told::Progressed { progress, .. } if progress.readable != 0 => {
                Some((progress.readable, progress.pages))
            }
            _ => None,
        })
    });
    let lines = live(move || {
        let me = me.get().unwrap_or_default();
        let mut lines = vec![];
        if me.given != 0 {
            lines.push((me.given, " from you in all".to_owned()));
        }
        if me.confirmed != 0 {
            lines.push((me.confirmed, " of them confirmed by others".to_owned()));
        }
        if let Some((now, pages)) = readable {
            lines.push((now, format!(" of {pages} pages can be read now")));
        }
        lines
            .into_iter()
            .map(|(count, what)| view! { <li><strong>{count}</strong>{what}</li> })
            .collect_view()
    });
    view! {
        <h2 id="still-title">{count.to_owned()}</h2>
        <p>{stop}"They are part of "<em>{title.to_owned()}</em>" now."</p>
        <ul class="gave">{lines}</ul>
        <div class="choices three">
            {Key::text("key", "Again").press(move || visit.dispatch(Event::Again))}
            <a class="key" href="/">"Another drive"</a>
            {Key::text("key", "Done").press(move || done.set(true))}
        </div>
        {Key::text("key quiet", "Take the last one back")
            .press(move || visit.take_back())}
    }
    .into_any()
}
