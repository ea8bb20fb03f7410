//! Whatever a task is about, as it is looked at: for every kind of task alike.

use crate::plane::{place_and_owner, place_of, plane_of, plane_of_after};
use crate::sight_region::{is_line, line, page_key};
use crate::sight_text::{Marking, passage};
use crate::{Shown, sharp};
use domain::{Clip, ImagePair, Picture, Subject, Task};
use leptos::prelude::*;
use std::sync::Arc;
use ui::stage::{Plane, viewer};
use ui::{Compare, Half, Icon, Key, Reel, live, pair, player, sheet};

/// How a subject is shown.
#[derive(Clone, Copy, Default)]
pub struct Look {
    /// Two images are compared in this way at first.
    pub compare: Compare,
    /// A picture lies still, so that a finger drawn across it means something else.
    pub quiet: bool,
    /// Its words can be marked, where it is a text.
    pub marking: Option<Marking>,
}

/// The subject with what is said and known of it. Only what it shows changes from task to task.
pub fn sight(shown: Signal<Option<Shown>>, language: &str, look: Look) -> AnyView {
    let task = crate::view::task_of(shown);
    let plane = Memo::new(move |_| task.with(|task| pictured(task.as_ref()?, look)));
    let language = language.to_owned();
    let speech = language.clone();
    // A picture's stage stays from task to task; everything else is built anew. It hangs on one
    // memo alone: where it hung on the task by two ways, the first could use up the task's change.
    let subject = Memo::new_with_compare(
        move |_| {
            let lain = |task: &Arc<Task>| pictured(task, look).is_some();
            task.with(|task| task.as_ref().map(|task| (!lain(task)).then(|| task.clone())))
        },
        |old, new| match (old.and_then(Option::as_ref), new.and_then(Option::as_ref)) {
            (Some(Some(old)), Some(Some(new))) => !Arc::ptr_eq(old, new),
            (old, new) => old.map(Option::is_some) != new.map(Option::is_some),
        },
    );
    let look_at = move |subject: Option<Arc<Task>>| match subject {
        None => {
            let stage = viewer(plane.into());
            view! { <div class="sight-stage">{stage}</div> }.into_any()
        }
        Some(task) => unpictured(&task, &language, look),
    };
    let claim = move || {
        let claim = task.with(|task| task.as_ref()?.text.clone())?;
        Some(view! { <blockquote class="claim" lang=speech.clone()>{claim}</blockquote> })
    };
    view! {
        <div class="sight">
            <div class="sight-subject">
                // By its key, so that a sound is another element and not the last one with
                // another address, which would go on with what it had.
                <For
                    each=move || subject.get()
                    key=|subject| subject.as_ref().map(|task| task.id)
                    children=look_at
                />
            </div>
            {page_key(shown)}
            {claim}
            {live(move || task.with(|task| task.as_ref().map(|task| facts(task))))}
        </div>
    }
    .into_any()
}

/// A subject that is one picture, as it lies on a stage. A word in its line lies in a strip.
fn pictured(task: &Arc<Task>, look: Look) -> Option<Plane> {
    match &task.subject {
        _ if look.quiet => None,
        Subject::Image(_) | Subject::MapTile(_) => plane_of(&task.subject),
        Subject::ImageRegion(part) if !is_line(part) => plane_of(&task.subject),
        _ => None,
    }
}

/// Any other subject.
fn unpictured(task: &Arc<Task>, language: &str, look: Look) -> AnyView {
    match &task.subject {
        Subject::ImageRegion(part) if is_line(part) => line(part),
        Subject::ImagePair(both) => compared(task, both, look.compare),
        Subject::Text(text) => passage(text, language, look.marking),
        Subject::Audio(clip) => played(clip, language, false),
        Subject::Video(clip) => played(clip, language, true),
        Subject::Image(_) | Subject::ImageRegion(_) | Subject::MapTile(_) => {
            still(&task.subject, language)
        }
    }
}

/// A subject as it fits, to be looked at and not to be touched.
pub(crate) fn still(subject: &Subject, language: &str) -> AnyView {
    let (picture, alt) = match subject {
        Subject::ImageRegion(part) => (Some(&part.picture), String::new()),
        Subject::Image(image) => (Some(&image.picture), image.alt.clone()),
        Subject::ImagePair(pair) => {
            let half = |image: &domain::Image, label: &String| {
                let more = if image.alt.is_empty() { "" } else { ": " };
                let picture = still_picture(&image.picture, &(label.clone() + more + &image.alt));
                let label = label.clone();
                view! {
                    <span class="still-half">
                        {picture} <span class="pane-label" aria-hidden="true">{label}</span>
                    </span>
                }
            };
            let halves =
                (half(&pair.before, &pair.before_label), half(&pair.after, &pair.after_label));
            return view! { <span class="still-pair">{halves}</span> }.into_any();
        }
        Subject::MapTile(tile) => (Some(&tile.picture), "Map tile ".to_owned() + &place_of(tile)),
        Subject::Audio(clip) | Subject::Video(clip) => (clip.poster.as_ref(), clip.alt.clone()),
        Subject::Text(text) => {
            let lang = text.language.clone().unwrap_or_else(|| language.to_owned());
            return view! { <span class="still-text" lang=lang>{text.text.clone()}</span> }
                .into_any();
        }
    };
    match picture {
        Some(picture) => still_picture(picture, &alt),
        None => view! { <span class="still-text">{alt}</span> }.into_any(),
    }
}

/// A key that opens a picture to be looked at closely, where the subject has one.
pub(crate) fn closer(shown: Signal<Option<Shown>>) -> AnyView {
    let open = RwSignal::new(false);
    let plane = Memo::new(move |_| {
        shown.with(|s| s.as_ref().and_then(|s| pictured(&s.task, Look::default())))
    });
    let body = move |()| {
        let stage = viewer(plane.into());
        let known = shown.with_untracked(|s| s.as_ref().map(|s| facts(&s.task)));
        view! {
            <div class="sight-stage">{stage}</div>
            {known}
        }
        .into_any()
    };
    let hidden = Signal::derive(move || plane.with(Option::is_none));
    let key = Key { hidden: Some(hidden), ..Key::sign("round", Icon::LARGER, "Look closer") };
    view! {
        {key.press(move || open.set(true))}
        {sheet(open, "page", Signal::stored("A closer look".to_owned()), Callback::new(body))}
    }
    .into_any()
}

fn still_picture(picture: &Picture, alt: &str) -> AnyView {
    let url = sharp(picture).unwrap_or_default();
    let alt = if alt.is_empty() { "The picture to look at" } else { alt }.to_owned();
    view! { <img class="still-picture" src=url alt=alt draggable="false" /> }.into_any()
}

fn compared(task: &Task, both: &ImagePair, first: Compare) -> AnyView {
    let half = |plane: Plane, label: &str| {
        let alt = if plane.alt.is_empty() { label.to_owned() } else { plane.alt.clone() };
        Half { plane: Plane { alt, ..plane }, label: label.to_owned() }
    };
    let before = half(plane_of(&task.subject).unwrap_or_default(), &both.before_label);
    pair(before, half(plane_of_after(both), &both.after_label), first)
}

fn played(clip: &Clip, language: &str, film: bool) -> AnyView {
    player(Reel {
        url: clip.url.clone(),
        media_type: clip.media_type.clone(),
        alt: clip.alt.clone(),
        film,
        poster: clip.poster.as_ref().and_then(sharp),
        captions: clip.captions.clone(),
        language: language.to_owned(),
    })
}

/// What is known of it, as a quiet list, and whose map it is.
fn facts(task: &Task) -> AnyView {
    let fact = |fact: &domain::Fact| {
        view! {
            <div>
                <dt>{fact.name.clone()}</dt>
                <dd>{fact.value.clone()}</dd>
            </div>
        }
    };
    let facts = task.facts.iter().map(fact).collect_view();
    let owner = match &task.subject {
        Subject::MapTile(tile) => place_and_owner(tile),
        _ => String::new(),
    };
    view! {
        <dl class="facts" hidden=task.facts.is_empty()>{facts}</dl>
        <p class="attribution" hidden=owner.is_empty()>{owner.clone()}</p>
    }
    .into_any()
}
