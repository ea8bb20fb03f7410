//! Whether everything is sent, and what to do where it is not.

use crate::json;
use crate::outbox::Outbox;
use crate::visit::Visit;
use leptos::prelude::*;
use ui::{Icon, Key, icon, sheet};

/// `All sent` or `N waiting`.
pub(super) fn status(visit: Visit) -> AnyView {
    let waiting = move || visit.session.with(|s| s.counts.waiting);
    view! {
        <p class="status" role="status" class:waits=move || waiting() != 0>
            <span class="status-done">{icon(Icon::DONE)}</span>
            <span class="status-waits">{icon(Icon::WAITING)}</span>
            <span>
                {move || match waiting() {
                    0 => "All sent".to_owned(),
                    count => format!("{count} waiting"),
                }}
            </span>
        </p>
    }
    .into_any()
}

/// Storage that fails, answers that were refused: said at once, in words to act on.
pub(super) fn troubles(visit: Visit) -> AnyView {
    let open = RwSignal::new(false);
    let unsafe_here = move || visit.session.with(|s| s.counts.unsafe_here);
    let refused = move || visit.session.with(|s| s.counts.refused.len());
    view! {
        <section class="troubles" aria-label="Troubles">
            <p class="trouble" role="alert" hidden=move || !unsafe_here()>
                "This browser keeps nothing. Stay on this page until it says “All sent”."
            </p>
            <p class="trouble" hidden=move || refused() == 0>
                {move || match refused() {
                    1 => "1 answer was not taken.".to_owned(),
                    count => format!("{count} answers were not taken."),
                }}
                {Key::text("key quiet", "See why").press(move || open.set(true))}
            </p>
        </section>
        {sheet(
            open,
            "refused",
            Signal::stored("Answers that were not taken".to_owned()),
            Callback::new(move |()| refused_list(visit, open)),
        )}
    }
    .into_any()
}

fn refused_list(visit: Visit, open: RwSignal<bool>) -> AnyView {
    let list = visit.session.with_untracked(|s| s.counts.refused.clone());
    let copy = move || {
        visit.with_outbox(|outbox| {
            let text = outbox.refused_as_text();
            if let Some(window) = web_sys::window() {
                let _ = window.navigator().clipboard().write_text(&text);
            }
        });
    };
    let let_go = move || {
        visit.with_outbox(Outbox::forget_refused);
        open.set(false);
    };
    view! {
        <p>
            "They are kept on this device. Copy them if you like, and tell the people of the drive."
        </p>
        <ul class="refused-list">
            {list
                .into_iter()
                .map(|refused| {
                    view! {
                        <li>
                            <strong class="reading">{reading(&refused.answer)}</strong>
                            <span>{refused.reason}</span>
                        </li>
                    }
                })
                .collect_view()}
        </ul>
        <div class="choices">
            {Key::text("key strong", "Copy them").press(copy)}
            {Key::text("key", "Let them go").press(let_go)}
        </div>
    }
    .into_any()
}

/// What was given, as people read it.
fn reading(answer: &str) -> String {
    let answer = json::parse(answer).unwrap_or_default();
    let text = answer["value"]["text"].as_str().or(answer["outcome"].as_str());
    text.map_or_else(|| json::text(&answer["value"]), str::to_owned)
}
