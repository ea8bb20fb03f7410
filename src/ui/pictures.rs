//! Pictures that are there before they are needed.

use std::{cell::RefCell, collections::VecDeque};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::HtmlImageElement;

/// How many decoded pictures are kept.
const KEPT: usize = 24;

thread_local! {
    static SHELF: RefCell<VecDeque<(String, HtmlImageElement)>> = const { RefCell::new(VecDeque::new()) };
}

/// Fetches and decodes the picture at `url`, so that it can be shown in the frame it is asked for.
pub fn fetch_ahead(url: &str) {
    let _ = take(url);
}

/// The element that shows the picture at `url`, decoded already where it was fetched ahead.
/// There is one element for each address, so it can be in one place only.
pub(crate) fn take(url: &str) -> Option<HtmlImageElement> {
    SHELF.with_borrow_mut(|shelf| {
        if let Some(at) = shelf.iter().position(|(known, _)| known == url) {
            // A picture that failed to load is tried again.
            let broken = shelf[at].1.complete() && shelf[at].1.natural_width() == 0;
            let kept = shelf.remove(at)?;
            if !broken {
                let image = kept.1.clone();
                shelf.push_back(kept);
                return Some(image);
            }
        }
        let image = HtmlImageElement::new().ok()?;
        image.set_decoding("sync");
        image.set_draggable(false);
        image.set_src(url);
        // It may fail to decode for want of a network; the element tells that itself.
        let decoded = JsFuture::from(image.decode());
        spawn_local(async move { drop(decoded.await) });
        shelf.push_back((url.to_owned(), image.clone()));
        if shelf.len() > KEPT {
            shelf.pop_front();
        }
        Some(image)
    })
}
