//! The upper part of the typing screen: the word in its line, what to know
//! about it, and the page that it stands on.

use super::Reading;
use super::screen::{Desk, HAS_FORMS};
use super::screen_told::{Told, leaves, line, way};
use crate::sight_region::slip;
use crate::{Look, Run, Shown, sight};
use domain::{ImageRegion, Read, Subject};
use leptos::prelude::*;
use ui::{Icon, Key, Plate, lamp, live, page, sheet, strip};

/// How much larger each tap makes the word, and then as it was.
const ZOOMS: [f64; 3] = [1.0, 1.6, 2.4];

/// The picture with its caption and tools.
pub(super) fn picture(run: &Run, desk: Desk) -> AnyView {
    let shown = run.shown;
    let (take_back, can_take_back) = (run.take_back, run.can_take_back);
    let zoomed = RwSignal::new(0u32);
    let slip = Signal::derive(move || {
        let zoom = ZOOMS[zoomed.get() as usize % ZOOMS.len()];
        shown.with(|s| {
            s.as_ref()
                .and_then(region)
                .map(|region| slip(region, "The word to type, in its line", zoom))
        })
    });
    ui::follow(move |before: Option<Option<domain::TaskId>>| {
        let task = shown.with(|s| s.as_ref().map(|s| s.task.id));
        if before != Some(task) {
            zoomed.set(0);
        }
        task
    });
    let is_cut =
        Memo::new(move |_| shown.with(|s| s.as_ref().is_none_or(|shown| region(shown).is_some())));
    let cut = move || is_cut.get();
    // Everything but a part of a page, which has its strip.
    let whole = Signal::derive(move || if cut() { None } else { shown.get() });
    let language = run.language.clone();
    let page_open = RwSignal::new(false);
    let has_page =
        move || shown.with(|s| s.as_ref().and_then(region).is_some_and(|r| r.page.is_some()));

    let title = Signal::derive(move || {
        let label = shown.with(|s| {
            s.as_ref().and_then(region).and_then(|r| Some(r.page.as_ref()?.label.clone()))
        });
        label.unwrap_or_else(|| "The page".to_owned())
    });
    let body = Callback::new(move |()| {
        shown.with_untracked(|s| s.as_ref().and_then(plate)).map(page).into_any()
    });

    view! {
        <div class="subject">
            <div class="caption">
                {live(move || shown.with(|s| s.as_ref().map(|shown| caption(shown, desk))))}
            </div>
            {live(move || shown.with(|s| s.as_ref().and_then(|shown| about(shown, &language))))}
            <div class="slip" hidden=move || !cut()>{strip(slip)}</div>
            <div class="seen" hidden=cut>{HAS_FORMS.then(|| sight(whole, &run.language, Look::default()))}</div>
            <div class="subject-tools">
                {Key {
                    icon: Some(Icon::BACK),
                    hidden: Some(Signal::derive(move || !can_take_back.get())),
                    ..Key::text("key quiet", "Take back")
                }
                .press(move || {
                    desk.told.set(vec![]);
                    take_back.run(());
                })}
                {Key {
                    icon: Some(Icon::PAGE),
                    hidden: Some(Signal::derive(move || !has_page())),
                    ..Key::text("key quiet", "Show the page")
                }
                .press(move || page_open.set(true))}
                <span hidden=move || !cut()>{lamp()}</span>
                {Key {
                    hidden: Some(Signal::derive(move || !cut())),
                    ..Key::sign("round quiet", Icon::LARGER, "Enlarge the word")
                }
                .press(move || zoomed.update(|z| *z += 1))}
            </div>
            {sheet(page_open, "page", title, body)}
        </div>
    }
    .into_any()
}

/// What to know before answering, after an answer that changed what the machine
/// had read, or after a practice answer that missed.
fn caption(shown: &Shown, desk: Desk) -> AnyView {
    let told = desk.told.get();
    if HAS_FORMS && told.iter().any(|told| told.known) {
        // It is of the task before: what there is to know of this one stands below it.
        return view! {
            {way(&told)}
            {to_know(shown, &[], desk)}
        }
        .into_any();
    }
    to_know(shown, &told, desk)
}

fn to_know(shown: &Shown, told: &[Told], desk: Desk) -> AnyView {
    let Some(lesson) = &shown.task.lesson else {
        // In the question's place: by now it is known, and the picture stays where it is.
        return if told.is_empty() {
            view! { <p class="question">{shown.task.question.clone()}</p> }.into_any()
        } else {
            line(told)
        };
    };
    let step = shown.practice.map(|(at, of)| format!("Warm-up {at} of {of}"));
    if shown.missed {
        return view! {
            <p class="step">{step}</p>
            <div class="told" role="alert">
                {known(Reading::read(&lesson.answer), lesson.hint.clone(), desk)}
            </div>
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

/// What is said and known of a part of a page; [`sight`] tells it of everything else.
fn about(shown: &Shown, language: &str) -> Option<AnyView> {
    region(shown)?;
    let facts = shown.task.facts.iter().map(|fact| fact.name.clone() + ": " + &fact.value);
    let facts = facts.collect::<Vec<_>>().join(" · ");
    let about = view! {
        <p class="about" lang=language.to_owned()>{shown.task.text.clone()}</p>
        <p class="about">{facts}</p>
    };
    Some(about.into_any())
}

/// What a practice task is known to say, and what it teaches.
fn known(reading: Option<Reading>, hint: String, desk: Desk) -> AnyView {
    let entries = match reading {
        Some(Reading::Fields(entries)) if HAS_FORMS => entries,
        Some(Reading::Text(text)) => {
            return view! { <p>"It says " <bdi class="reading">{text}</bdi> ". " {hint}</p> }
                .into_any();
        }
        _ => return view! { <p>{hint}</p> }.into_any(),
    };
    let all = desk.rules.with_value(|rules| leaves(&rules.fields, &entries));
    let one = |(name, leaf): (String, String)| {
        view! { <span class="known">{name} " " <bdi class="reading">{leaf}</bdi></span> }.into_any()
    };
    view! {
        <p>{all.into_iter().map(one).collect_view()}</p>
        <p>{hint}</p>
    }
    .into_any()
}

fn region(shown: &Shown) -> Option<&ImageRegion> {
    match &shown.task.subject {
        Subject::ImageRegion(region) => Some(region),
        _ => None,
    }
}

fn plate(shown: &Shown) -> Option<Plate> {
    let region = region(shown)?;
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
