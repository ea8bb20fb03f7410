//! A sound or a film that is one of several on the screen.

use crate::{Icon, icon};
use leptos::html::Video;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::HtmlVideoElement;

/// A key that plays a clip where it lies, from its beginning, and stops it; `number` tells it from
/// the others, of which one plays at a time. It has to lie in something positioned.
pub fn snippet(url: String, number: usize, hidden: Signal<bool>) -> AnyView {
    let media = NodeRef::<Video>::new();
    let playing = RwSignal::new(false);
    let press = move |_| {
        let Some(media) = media.get_untracked() else { return };
        let was = playing.get_untracked();
        if let Ok(all) = document().query_selector_all(".snippet") {
            for other in (0..all.length()).filter_map(|at| all.get(at)) {
                let _ = other.unchecked_into::<HtmlVideoElement>().pause();
            }
        }
        if !was {
            media.set_current_time(0.0);
            // Where it is refused, it simply does not begin.
            if let Ok(begun) = media.play() {
                spawn_local(async move {
                    let _ = JsFuture::from(begun).await;
                });
            }
        }
    };
    let name =
        move || (if playing.get() { "Stop " } else { "Play " }).to_owned() + &number.to_string();
    view! {
        <video
            class="snippet"
            node_ref=media
            src=url
            preload="none"
            playsinline
            hidden=move || !playing.get()
            on:play=move |_| playing.set(true)
            on:pause=move |_| playing.set(false)
            on:ended=move |_| playing.set(false)
        ></video>
        <button type="button" class="round snippet-key" aria-label=name hidden=hidden on:click=press>
            {move || icon(if playing.get() { Icon::PAUSE } else { Icon::PLAY })}
        </button>
    }
    .into_any()
}
