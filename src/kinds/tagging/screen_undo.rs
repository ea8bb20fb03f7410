//! `Undo`: the last answer can be taken back for ten seconds, or until the next one.

use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::*;
use std::time::Duration;
use ui::{Icon, Key};

/// So long it is there.
const OPEN: Duration = Duration::from_secs(10);

/// What can be taken back. Copies are the same.
#[derive(Clone, Copy)]
pub(super) struct Undo {
    /// How many answers one press takes back: a grid gives several at once.
    count: RwSignal<usize>,
    closes: StoredValue<Option<TimeoutHandle>>,
    take_back: Callback<()>,
    can: Signal<bool>,
}

impl Undo {
    pub(super) fn new(take_back: Callback<()>, can: Signal<bool>) -> Self {
        let undo = Self { count: RwSignal::new(0), closes: StoredValue::new(None), take_back, can };
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
            let _ = self.count.try_set(0);
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
        self.count.set(0);
        for _ in 0..count {
            self.take_back.run(());
        }
    }

    /// The key. Its place stays when it goes, so that nothing moves under the thumb.
    pub(super) fn key(self) -> AnyView {
        let away = move || self.count.get() == 0 || !self.can.get();
        let key = Key { icon: Some(Icon::Undo), ..Key::text("key plain", "Undo") };
        view! { <div class="undo" class:away=away>{key.press(move || self.press())}</div> }
            .into_any()
    }
}
