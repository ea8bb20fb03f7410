//! A part of a page: the cut, and the page that it stands on.

use crate::sharp;
use domain::{ImageRegion, Rect};
use leptos::prelude::*;
use ui::{Icon, Key, Plate, Slip, page, sheet, strip};

/// The cut with the meant part marked, and `Show the page` where there is one.
pub(crate) fn region(region: &ImageRegion) -> AnyView {
    let open = RwSignal::new(false);
    let plate = plate(region);
    let label = region.page.as_ref().map_or_else(String::new, |page| page.label.clone());
    let has_page = plate.is_some();
    let body = Callback::new(move |()| plate.clone().map(page).into_any());
    let slip = slip(region);
    view! {
        <div class="sight-region">
            <div class="slip">{strip(Signal::stored(Some(slip)))}</div>
            {has_page
                .then(|| {
                    Key { icon: Some(Icon::Page), ..Key::text("key quiet underlined", "Show the page") }
                        .press(move || open.set(true))
                })}
            {sheet(open, "page", Signal::stored(label), body)}
        </div>
    }
    .into_any()
}

fn slip(region: &ImageRegion) -> Slip {
    let sideways = matches!(region.turned, 90 | 270);
    let (width, height) = if sideways {
        (region.frame.height, region.frame.width)
    } else {
        (region.frame.width, region.frame.height)
    };
    let Rect { x, y, width: w, height: h } = region.mark_in_cut();
    Slip {
        url: sharp(&region.picture).unwrap_or_default(),
        alt: "What is meant, in its surroundings".to_owned(),
        size: (width, height),
        mark: [x, y, w, h],
        zoom: 1.0,
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
