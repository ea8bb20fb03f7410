//! A sheet over the page. Escape, the back gesture and its own button close
//! it, and the focus goes back to where it was: the browser's dialog does that.

use crate::{Icon, Key, once_wanted};
use leptos::html::Dialog;
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::HtmlElement;

/// A sheet that is there while `open` is true. `class` styles it, `title`
/// names it, `body` is built each time that it opens.
pub fn sheet(
    open: RwSignal<bool>,
    class: &'static str,
    title: Signal<String>,
    body: Callback<(), AnyView>,
) -> AnyView {
    once_wanted(move || open.get(), move || dialog(open, class, title, body))
}

fn dialog(
    open: RwSignal<bool>,
    class: &'static str,
    title: Signal<String>,
    body: Callback<(), AnyView>,
) -> AnyView {
    let dialog = NodeRef::<Dialog>::new();
    crate::live::follow(move |was: Option<bool>| {
        let Some(dialog) = dialog.get() else { return false };
        let now = open.get();
        if now && !dialog.open() {
            let _ = dialog.show_modal();
            // Its own button, or the browser takes the whole leaf, since it scrolls.
            if let Ok(Some(close)) = dialog.query_selector(".sheet-head button") {
                let _ = close.unchecked_into::<HtmlElement>().focus();
            }
            leave_a_step();
        } else if !now && was == Some(true) {
            dialog.close();
            take_the_step_back();
        }
        now
    });
    let back = Closure::<dyn Fn()>::new(move || {
        let _ = open.try_set(false);
    });
    if let Some(window) = web_sys::window() {
        let _ = window.add_event_listener_with_callback("popstate", back.as_ref().unchecked_ref());
    }
    let back = StoredValue::new_local(back);
    on_cleanup(move || {
        back.try_with_value(|back| {
            let call = back.as_ref().unchecked_ref();
            web_sys::window().map(|w| w.remove_event_listener_with_callback("popstate", call))
        });
    });

    view! {
        <dialog
            class=format!("sheet {class}")
            node_ref=dialog
            aria-label=title
            on:close=move |_| open.set(false)
            on:click=move |event| {
                // A tap beside the sheet meets the dialog itself.
                if dialog.get_untracked().is_some_and(|d| event.target() == Some((**d).clone().into())) {
                    open.set(false);
                }
            }
        >
            <div class="sheet-leaf">
                <header class="sheet-head">
                    <h2>{title}</h2>
                    {Key::sign("round", Icon::CLOSE, "Close").press(move || open.set(false))}
                </header>
                {move || open.get().then(|| body.run(()))}
            </div>
        </dialog>
    }
    .into_any()
}

/// The state that a sheet's step in the history carries.
const STEP: &str = "sheet";

fn history() -> Option<web_sys::History> {
    web_sys::window()?.history().ok()
}

/// A step in the history for the back gesture to take.
fn leave_a_step() {
    if let Some(history) = history() {
        let _ = history.push_state_with_url(&JsValue::from_str(STEP), "", None);
    }
}

/// Takes it back where the sheet was closed in another way.
fn take_the_step_back() {
    if let Some(history) = history()
        && history.state().is_ok_and(|state| state.as_string().as_deref() == Some(STEP))
    {
        let _ = history.back();
    }
}
