//! `Undo`: the last answer can be taken back for ten seconds, or until the next one.

use leptos::html::Div;
use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::*;
use std::time::Duration;
use ui::{Icon, Key};
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

/// So long it is there.
const OPEN: Duration = Duration::from_secs(10);
/// Where the focus goes when what had it is gone: to what is answered with.
const ANSWERS: &str = "[data-tile], .card-key, .questions [data-number][tabindex='0']";

/// What can be taken back. Copies are the same.
#[derive(Clone, Copy)]
pub(super) struct Undo {
    /// How many answers one press takes back: a grid gives several at once.
    count: RwSignal<usize>,
    closes: StoredValue<Option<TimeoutHandle>>,
    take_back: Callback<()>,
    can: Signal<bool>,
    place: NodeRef<Div>,
}

impl Undo {
    pub(super) fn new(take_back: Callback<()>, can: Signal<bool>) -> Self {
        let undo = Self {
            count: RwSignal::new(0),
            closes: StoredValue::new(None),
            take_back,
            can,
            place: NodeRef::new(),
        };
        on_cleanup(move || {
            if let Some(Some(handle)) = undo.closes.try_get_value() {
                handle.clear();
            }
        });
        undo
    }

    /// So many answers were given just now.
    pub(super) fn gave(self, count: usize) {
        self.count.set(count);
        let later = move || {
            let focused = self.has_focus();
            let _ = self.count.try_set(0);
            if focused {
                self.pass_focus_on();
            }
        };
        let handle = set_timeout_with_handle(later, OPEN).ok();
        let old = self.closes.try_update_value(|closes| std::mem::replace(closes, handle));
        if let Some(Some(old)) = old {
            old.clear();
        }
    }

    /// Takes them back, if that is still open.
    pub(super) fn press(self) {
        let count = self.count.get_untracked();
        let active = document().active_element();
        let inside = self.screen().zip(active).is_some_and(|(s, a)| s.contains(Some(&a)));
        self.count.set(0);
        for _ in 0..count {
            self.take_back.run(());
        }
        if count > 0 && inside {
            request_animation_frame(move || self.keep_focus());
        }
    }

    /// The screen that it stands on.
    fn screen(self) -> Option<HtmlElement> {
        self.place.try_get_untracked()??.closest(".tagging").ok()??.dyn_into().ok()
    }

    fn has_focus(self) -> bool {
        let place = self.place.try_get_untracked().flatten();
        place.zip(document().active_element()).is_some_and(|(p, a)| p.contains(Some(&a)))
    }

    /// After an undo the focus may have gone with the key itself, or with the tiles it was on.
    fn keep_focus(self) {
        let active = document().active_element();
        let there = self.screen().zip(active).is_some_and(|(s, a)| s.contains(Some(&a)));
        if !there || self.has_focus() {
            self.pass_focus_on();
        }
    }

    fn pass_focus_on(self) {
        let answer = self.screen().and_then(|screen| screen.query_selector(ANSWERS).ok()?);
        if let Some(Ok(answer)) = answer.map(JsCast::dyn_into::<HtmlElement>) {
            let _ = answer.focus();
        }
    }

    /// The key. Its place stays when it goes, so that nothing moves under the thumb.
    pub(super) fn key(self) -> AnyView {
        let away = move || self.count.get() == 0 || !self.can.get();
        let key = Key { icon: Some(Icon::UNDO), ..Key::text("key plain", "Undo") };
        view! { <div class="undo" class:away=away node_ref=self.place>{key.press(move || self.press())}</div> }
            .into_any()
    }
}
