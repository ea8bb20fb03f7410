//! The still screen after a round: what it gave, and three equal choices.

use crate::api;
use crate::round::LONG;
use crate::session::Event;
use crate::visit::Visit;
use domain::{Event as Told, Me};
use leptos::prelude::*;
use ui::{Doing, mole};
use wasm_bindgen_futures::spawn_local;

/// The still screen.
pub(super) fn rest(visit: Visit) -> AnyView {
    let done = RwSignal::new(false);
    let me = RwSignal::new(None::<Me>);
    spawn_local(async move {
        if let Ok(counts) = api::me().await {
            me.try_set(Some(counts));
        }
    });
    let (tasks, title) = visit.session.with_untracked(|s| {
        (s.round.tasks, s.project.as_ref().map(|p| p.title.clone()).unwrap_or_default())
    });
    let solemn = visit.solemn();
    let long = crate::device::seconds() > LONG;
    let readable = visit.events.with_untracked(|events| {
        events.iter().rev().find_map(|(_, event)| match event {
            Told::Progressed { progress, .. } => Some((progress.readable, progress.pages)),
            _ => None,
        })
    });
    let doing = RwSignal::new(Doing::Idle);
    if !solemn {
        request_animation_frame(move || {
            doing.try_set(Doing::Cheer);
        });
    }
    view! {
        <section class="still" aria-labelledby="still-title">
            <div class="still-mole" hidden=solemn>{mole(doing.into())}</div>
            {move || {
                if done.get() {
                    view! {
                        <h2 id="still-title">"Thank you"</h2>
                        <p>"Your words are on their way into the book. You can close this page; what is not sent yet goes out the next time you open it."</p>
                        <div class="choices">
                            <a class="key" href="/">"All drives"</a>
                        </div>
                    }
                    .into_any()
                } else {
                    view! {
                        <h2 id="still-title">{tasks} " words, read by you"</h2>
                        <p>
                            {if long { "You have been here for half an hour: a good place to stop. " } else { "" }}
                            "They are part of " <em>{title.clone()}</em> " now."
                        </p>
                        <ul class="gave">
                            {move || me.get().filter(|me| me.given != 0).map(|me| view! {
                                <li><strong>{me.given}</strong> " from you in all"</li>
                            })}
                            {move || me.get().filter(|me| me.confirmed != 0).map(|me| view! {
                                <li><strong>{me.confirmed}</strong> " of them confirmed by others"</li>
                            })}
                            {readable.filter(|(now, _)| *now != 0).map(|(now, pages)| view! {
                                <li><strong>{now}</strong> " of " {pages} " pages can be read now"</li>
                            })}
                        </ul>
                        <div class="choices three">
                            <button type="button" class="key" on:click=move |_| visit.dispatch(Event::Again)>"Again"</button>
                            <a class="key" href="/">"Another drive"</a>
                            <button type="button" class="key" on:click=move |_| done.set(true)>"Done"</button>
                        </div>
                        <button type="button" class="key quiet" on:click=move |_| visit.dispatch(Event::TookBack)>
                            "Take the last word back"
                        </button>
                    }
                    .into_any()
                }
            }}
        </section>
    }
    .into_any()
}
