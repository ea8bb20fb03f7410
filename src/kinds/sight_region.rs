//! A part of a page: the cut, and the page that it stands on.

use crate::{Shown, sharp};
use domain::{ImageRegion, Rect, Subject};
use leptos::prelude::*;
use ui::{Icon, Key, Plate, Slip, lamp, page, sheet, strip};

/// A cut so much wider than high is a line of print: it lies in a strip. Any other lies on a
/// stage, as a picture does.
const LINE: f64 = 2.5;

/// Whether the cut is a line of print.
pub(crate) fn is_line(region: &ImageRegion) -> bool {
    let (across, down) = match region.turned {
        90 | 270 => (region.frame.height, region.frame.width),
        _ => (region.frame.width, region.frame.height),
    };
    across >= LINE * down
}

/// A line of print with the meant part marked.
pub(crate) fn line(region: &ImageRegion) -> AnyView {
    let slip = strip(Signal::stored(Some(slip(region, "What is meant, in its surroundings", 1.0))));
    view! {
        <div class="sight-line">{slip}</div>
        <div class="sight-lamp">{lamp()}</div>
    }
    .into_any()
}

/// `Show the page`, for as long as what is shown stands on one.
pub(crate) fn page_key(shown: Signal<Option<Shown>>) -> AnyView {
    let open = RwSignal::new(false);
    let plate = Memo::new(move |_| {
        shown.with(|s| match &s.as_ref()?.task.subject {
            Subject::ImageRegion(region) => plate(region),
            _ => None,
        })
    });
    let title = Signal::derive(move || {
        let label = shown.with(|s| match &s.as_ref()?.task.subject {
            Subject::ImageRegion(region) => Some(region.page.as_ref()?.label.clone()),
            _ => None,
        });
        label.unwrap_or_default()
    });
    let hidden = Signal::derive(move || plate.with(Option::is_none));
    let key = Key {
        icon: Some(Icon::PAGE),
        hidden: Some(hidden),
        ..Key::text("key quiet underlined page-key", "Show the page")
    };
    let body = Callback::new(move |()| plate.get_untracked().map(page).into_any());
    view! {
        {key.press(move || open.set(true))}
        {sheet(open, "page", title, body)}
    }
    .into_any()
}

/// The cut with the meant part marked; `alt` is its name for who does not see it.
pub(crate) fn slip(region: &ImageRegion, alt: &str, zoom: f64) -> Slip {
    let sideways = matches!(region.turned, 90 | 270);
    let (width, height) = if sideways {
        (region.frame.height, region.frame.width)
    } else {
        (region.frame.width, region.frame.height)
    };
    let Rect { x, y, width: w, height: h } = region.mark_in_cut();
    Slip {
        url: sharp(&region.picture).unwrap_or_default(),
        alt: alt.to_owned(),
        size: (width, height),
        mark: [x, y, w, h],
        zoom,
    }
}

fn plate(region: &ImageRegion) -> Option<Plate> {
    let page = region.page.as_ref()?;
    let (w, h) = (f64::from(page.size.width.max(1)), f64::from(page.size.height.max(1)));
    let mark = region.mark.scaled(1.0 / w, 1.0 / h);
    Some(Plate {
        url: page.picture.sources.last()?.url.clone(),
        alt: page.label.clone() + ", with the part that is meant marked",
        size: (w, h),
        mark: [mark.x, mark.y, mark.width, mark.height],
    })
}
