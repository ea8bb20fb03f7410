//! A picture with one part of it marked, as large as the place allows.

use crate::text::bound;
use crate::{fixed, pictures};
use leptos::html::Div;
use leptos::prelude::*;
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{HtmlElement, ResizeObserver};

/// A picture and the part of it that is meant.
#[derive(Clone, Debug, PartialEq)]
pub struct Slip {
    /// Where the picture is.
    pub url: String,
    /// What it is, for those who do not see it.
    pub alt: String,
    /// Width and height of the picture in its own pixels.
    pub size: (f64, f64),
    /// The part: left, top, width and height as fractions of the picture, 0 to 1.
    pub mark: [f64; 4],
    /// How much larger than fits best; 1 as it fits.
    pub zoom: f64,
}

/// The marked part is at least this high on the screen, in CSS pixels.
const LEAST: f64 = 48.0;
/// Room left beside the marked part, in CSS pixels.
const MARGIN: f64 = 26.0;
/// The marked part is at most this high before anybody enlarges it.
const MOST: f64 = 104.0;

/// Where the picture lies: its size and how far it is scrolled, in CSS pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Laid {
    width: f64,
    height: f64,
    left: f64,
    top: f64,
}

/// Lays the picture so that the marked part is as large as `view` (width and
/// height in CSS pixels) has room for, and in the middle where it can be.
fn lay(view: (f64, f64), slip: &Slip) -> Laid {
    let (w, h) = (slip.size.0.max(1.0), slip.size.1.max(1.0));
    let [x, y, mw, mh] = slip.mark;
    let (word_w, word_h) = ((mw * w).max(1.0), (mh * h).max(1.0));
    let roomy = (view.1 * 0.34).clamp(LEAST, MOST) / word_h;
    let fitting = (view.0 - 2.0 * MARGIN).max(1.0) / word_w;
    let scale = (LEAST / word_h).max(roomy.min(fitting)) * slip.zoom;
    let (width, height) = (w * scale, h * scale);
    let place = |middle: f64, extent: f64, room: f64| {
        bound(middle * extent - room / 2.0, 0.0, (extent - room).max(0.0))
    };
    // A part that is too wide starts at its beginning.
    let left = if word_w * scale > view.0 - MARGIN {
        bound(x * width - MARGIN / 2.0, 0.0, (width - view.0).max(0.0))
    } else {
        place(x + mw / 2.0, width, view.0)
    };
    Laid { width, height, left, top: place(y + mh / 2.0, height, view.1) }
}

/// The strip. Only what it shows changes; the element stays.
pub fn strip(slip: Signal<Option<Slip>>) -> AnyView {
    let view = NodeRef::<Div>::new();
    let paper = NodeRef::<Div>::new();
    let picture = NodeRef::<Div>::new();
    let mark = NodeRef::<Div>::new();
    let size = RwSignal::new((0.0, 0.0));
    let missing = RwSignal::new(false);
    observe(view, size);

    crate::live::follow(move |old: Option<Option<String>>| {
        let url = slip.with(|slip| slip.as_ref().map(|slip| slip.url.clone()));
        if old.flatten() != url
            && let Some(holder) = picture.get()
        {
            show(&holder, url.as_deref(), slip, missing);
        }
        url
    });
    crate::live::watch(move || {
        let (Some(view), Some(paper), Some(mark)) = (view.get(), paper.get(), mark.get()) else {
            return;
        };
        let view_size = size.get();
        slip.with(|slip| {
            let Some(slip) = slip.as_ref().filter(|_| view_size.0 > 0.0) else { return };
            let laid = lay(view_size, slip);
            let px = |value: f64| fixed(value, 1) + "px";
            set(&paper, &[("width", px(laid.width)), ("height", px(laid.height))]);
            let [x, y, w, h] = slip.mark;
            set(
                &mark,
                &[
                    ("left", px(x * laid.width)),
                    ("top", px(y * laid.height)),
                    ("width", px(w * laid.width)),
                    ("height", px(h * laid.height)),
                ],
            );
            #[expect(clippy::cast_possible_truncation, reason = "whole pixels are meant")]
            let whole = |value: f64| value.round() as i32;
            let (left, top) = (whole(laid.left), whole(laid.top));
            // In the frame itself, whose layout it needs: here it would ask for one more.
            request_animation_frame(move || {
                view.set_scroll_left(left);
                view.set_scroll_top(top);
            });
        });
    });

    view! {
        <div class="strip" node_ref=view tabindex="0" role="group" aria-label="The word in its line">
            <div class="strip-paper" node_ref=paper>
                <div class="strip-picture" node_ref=picture></div>
                <div class="strip-mark" node_ref=mark>
                    <svg viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true">
                        <path d="M7 9C28 3 72 1 95 6c5 14 6 66 2 86-20 7-72 8-93 3C-1 75-1 28 4 8 12 5 20 4 31 3" />
                    </svg>
                </div>
            </div>
            <p class="strip-missing" hidden=move || !missing.get()>
                "The picture has not come. It is asked for again when the network is back."
            </p>
        </div>
    }
    .into_any()
}

pub(crate) fn set(element: &HtmlElement, values: &[(&str, String)]) {
    let style = element.style();
    for (name, value) in values {
        let _ = style.set_property(name, value);
    }
}

/// Puts the picture's own element into `holder`: decoded ahead, it is painted in this frame.
fn show(
    holder: &HtmlElement,
    url: Option<&str>,
    slip: Signal<Option<Slip>>,
    missing: RwSignal<bool>,
) {
    let image = url.and_then(pictures::take);
    missing.set(false);
    let Some(image) = image else {
        holder.replace_children_with_node_0();
        return;
    };
    image.set_alt(&slip.with_untracked(|s| s.as_ref().map(|s| s.alt.clone())).unwrap_or_default());
    let failed = Closure::once_into_js(move || missing.try_set(true));
    image.set_onerror(Some(failed.unchecked_ref()));
    if image.complete() && image.natural_width() == 0 {
        missing.set(true);
    }
    holder.replace_children_with_node_1(&image);
}

/// Keeps `size` at the element's size in CSS pixels.
pub(crate) fn observe(element: NodeRef<Div>, size: RwSignal<(f64, f64)>) {
    crate::live::follow(move |watched: Option<bool>| {
        let Some(element) = element.get().filter(|_| watched != Some(true)) else {
            return watched == Some(true);
        };
        let measured = element.clone();
        let measure = move || {
            let now = (f64::from(measured.client_width()), f64::from(measured.client_height()));
            if size.try_get_untracked().is_some_and(|old| old != now) {
                size.set(now);
            }
        };
        // At once too: what depends on it is on its way a frame earlier.
        measure();
        let changed = Closure::<dyn Fn()>::new(measure);
        if let Ok(observer) = ResizeObserver::new(changed.as_ref().unchecked_ref()) {
            observer.observe(&element);
            let kept = StoredValue::new_local(Some((observer, changed)));
            on_cleanup(move || {
                if let Some((observer, _)) = kept.try_update_value(Option::take).flatten() {
                    observer.disconnect();
                }
            });
        }
        true
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    fn slip(size: (f64, f64), mark: [f64; 4]) -> Slip {
        Slip { url: String::new(), alt: String::new(), size, mark, zoom: 1.0 }
    }

    #[test]
    fn a_word_is_never_lower_than_a_target() {
        for (w, view) in [(0.05, 360.0), (0.3, 360.0), (0.9, 412.0), (1.0, 1280.0)] {
            let slip = slip((960.0, 80.0), [0.0, 0.25, w, 0.5]);
            let laid = lay((view, 120.0), &slip);
            assert!(laid.height * 0.5 >= LEAST - 0.01, "{laid:?}");
        }
    }

    #[test]
    fn a_word_lies_in_the_middle_where_it_can() {
        let laid = lay((400.0, 200.0), &slip((960.0, 120.0), [0.45, 0.3, 0.1, 0.4]));
        let middle = 0.5 * laid.width - laid.left;
        assert!((middle - 200.0).abs() < 0.5, "{laid:?}");
    }

    #[test]
    fn the_strip_is_never_scrolled_past_its_ends() {
        for x in [0.0, 0.9] {
            let laid = lay((400.0, 200.0), &slip((960.0, 120.0), [x, 0.3, 0.1, 0.4]));
            assert!(laid.left >= 0.0 && laid.left <= (laid.width - 400.0).max(0.0));
            assert!(laid.top >= 0.0);
        }
    }

    #[test]
    fn a_wide_word_is_shown_from_its_beginning() {
        let laid = lay((360.0, 160.0), &slip((1000.0, 40.0), [0.2, 0.1, 0.7, 0.8]));
        let start = 0.2 * laid.width - laid.left;
        assert!((0.0..40.0).contains(&start), "{laid:?}");
    }
}
