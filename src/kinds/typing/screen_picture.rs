//! The upper part of the typing screen: the word in its line, what to know
//! about it, and the page that it stands on.

use super::screen::text;
use crate::{Run, Shown, picture_of};
use domain::{ImageRegion, Rect, Subject};
use leptos::prelude::*;
use ui::{Icon, Plate, Slip, icon, keep_focus, keep_focus_of_mouse, page, sheet, strip};

/// How much larger each tap makes the word, and then as it was.
const ZOOMS: [f64; 3] = [1.0, 1.6, 2.4];

/// The picture with its caption and tools.
pub(super) fn picture(run: &Run) -> impl IntoView + use<> {
    let shown = run.shown;
    let (take_back, can_take_back) = (run.take_back, run.can_take_back);
    let slip = Memo::new(move |_| shown.with(|s| s.as_ref().map(|s| slip(region(s)))));
    let task = Memo::new(move |_| shown.with(|s| s.as_ref().map(|s| s.task.id)));
    let zoomed = RwSignal::new(0usize);
    Effect::new(move |_| {
        task.track();
        zoomed.set(0);
    });
    let zoom = Signal::derive(move || ZOOMS[zoomed.get() % ZOOMS.len()]);
    let page_open = RwSignal::new(false);
    let has_page = move || shown.with(|s| s.as_ref().is_some_and(|s| region(s).page.is_some()));

    view! {
        <div class="subject">
            <div class="caption">{move || shown.with(|s| s.as_ref().map(caption))}</div>
            <div class="slip">{strip(slip.into(), zoom)}</div>
            <div class="subject-tools">
                <button
                    type="button"
                    class="key quiet"
                    disabled=move || !can_take_back.get()
                    on:pointerdown=keep_focus
                    on:mousedown=keep_focus_of_mouse
                    on:click=move |_| take_back.run(())
                >
                    {icon(Icon::Back)}
                    "Take back"
                </button>
                <button
                    type="button"
                    class="key quiet"
                    hidden=move || !has_page()
                    on:pointerdown=keep_focus
                    on:mousedown=keep_focus_of_mouse
                    on:click=move |_| page_open.set(true)
                >
                    {icon(Icon::Page)}
                    "Show the page"
                </button>
                <button
                    type="button"
                    class="round quiet"
                    aria-label=move || if zoomed.get() + 1 < ZOOMS.len() { "Enlarge the word" } else { "Show the whole word" }
                    on:pointerdown=keep_focus
                    on:mousedown=keep_focus_of_mouse
                    on:click=move |_| zoomed.update(|z| *z = (*z + 1) % ZOOMS.len())
                >
                    {move || icon(if zoomed.get() + 1 < ZOOMS.len() { Icon::Larger } else { Icon::Smaller })}
                </button>
            </div>
            {sheet(
                page_open,
                "page",
                move || {
                    let label = shown.with(|s| {
                        s.as_ref().and_then(|s| region(s).page.as_ref().map(|p| p.label.clone()))
                    });
                    label.unwrap_or_else(|| "The page".to_owned())
                },
                move || shown.with_untracked(|s| s.as_ref().and_then(plate)).map(page).into_any(),
            )}
        </div>
    }
}

/// What to know before answering, or after a practice answer that missed.
fn caption(shown: &Shown) -> AnyView {
    let Some(lesson) = &shown.task.lesson else {
        return view! { <p class="question">{shown.task.question.clone()}</p> }.into_any();
    };
    let step = shown.practice.map(|(at, of)| format!("Warm-up {at} of {of}"));
    if shown.missed {
        return view! {
            <p class="step">{step}</p>
            <p class="told" role="alert">
                "It says " <strong class="reading">{text(&lesson.answer)}</strong> ". " {lesson.hint.clone()}
            </p>
            <p class="onward">"Tap Send to go on."</p>
        }
        .into_any();
    }
    view! {
        <p class="step">{step}</p>
        <p class="hint">{lesson.hint.clone()}</p>
    }
    .into_any()
}

fn region(shown: &Shown) -> &ImageRegion {
    let Subject::ImageRegion(region) = &shown.task.subject;
    region
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
        url: picture_of(region).unwrap_or_default(),
        alt: "The word to type, in its line".to_owned(),
        size: (width, height),
        mark: [x, y, w, h],
    }
}

fn plate(shown: &Shown) -> Option<Plate> {
    let region = region(shown);
    let page = region.page.as_ref()?;
    let (w, h) = (f64::from(page.size.width.max(1)), f64::from(page.size.height.max(1)));
    let mark = region.mark.scaled(1.0 / w, 1.0 / h);
    Some(Plate {
        url: page.picture.sources.last()?.url.clone(),
        alt: format!("{}, with the word marked", page.label),
        size: (w, h),
        mark: [mark.x, mark.y, mark.width, mark.height],
    })
}
