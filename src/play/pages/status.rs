//! Whether everything is sent, and what to do where it is not.

use crate::visit::Visit;
use leptos::prelude::*;
use ui::{Icon, icon, sheet};

/// `All sent` or `N waiting`.
pub(super) fn status(visit: Visit) -> impl IntoView {
    let waiting = Memo::new(move |_| visit.counts.with(|c| c.waiting));
    view! {
        <p class="status" role="status" class:waits=move || waiting.get() != 0>
            {move || icon(if waiting.get() == 0 { Icon::Done } else { Icon::Waiting })}
            <span>
                {move || match waiting.get() {
                    0 => "All sent".to_owned(),
                    count => format!("{count} waiting"),
                }}
            </span>
        </p>
    }
}

/// Storage that fails, answers that were refused: said at once, in words to act on.
pub(super) fn troubles(visit: Visit) -> impl IntoView {
    let open = RwSignal::new(false);
    let unsafe_here = Memo::new(move |_| visit.counts.with(|c| c.unsafe_here));
    let refused = Memo::new(move |_| visit.counts.with(|c| c.refused.len()));
    view! {
        <div class="troubles">
            <p class="trouble" role="alert" hidden=move || !unsafe_here.get()>
                "This browser keeps nothing. Stay on this page until it says “All sent”."
            </p>
            <button type="button" class="trouble" hidden=move || refused.get() == 0 on:click=move |_| open.set(true)>
                {move || match refused.get() {
                    1 => "1 answer was not taken. See why".to_owned(),
                    count => format!("{count} answers were not taken. See why"),
                }}
            </button>
        </div>
        {sheet(
            open,
            "refused",
            || "Answers that were not taken".to_owned(),
            move || {
                let list = visit.counts.with_untracked(|c| c.refused.clone());
                view! {
                    <p>"They are kept on this device. Copy them if you like, and tell the people of the drive."</p>
                    <ul class="refused-list">
                        {list
                            .into_iter()
                            .map(|refused| {
                                let what = refused.answer.value.map_or_else(
                                    || refused.answer.outcome.map_or("", domain::Outcome::name).to_owned(),
                                    |value| value["text"].as_str().map_or_else(|| value.to_string(), str::to_owned),
                                );
                                view! {
                                    <li>
                                        <strong class="reading">{what}</strong>
                                        <span>{refused.reason}</span>
                                    </li>
                                }
                            })
                            .collect_view()}
                    </ul>
                    <div class="choices">
                        <button
                            type="button"
                            class="key strong"
                            on:click=move |_| visit.with_outbox(|outbox| {
                                let text = outbox.refused_as_text();
                                if let Some(window) = web_sys::window() {
                                    let _ = window.navigator().clipboard().write_text(&text);
                                }
                            })
                        >
                            "Copy them"
                        </button>
                        <button
                            type="button"
                            class="key"
                            on:click=move |_| {
                                visit.with_outbox(crate::outbox::Outbox::forget_refused);
                                open.set(false);
                            }
                        >
                            "Let them go"
                        </button>
                    </div>
                }
                    .into_any()
            },
        )}
    }
}
