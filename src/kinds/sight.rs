//! Whatever a task is about, as it is looked at: for every kind of task alike.

use crate::sight_region::region;
use crate::sight_text::{Marking, passage};
use crate::{Shown, sharp};
use domain::{Clip, ImagePair, MapTile, Picture, Subject, Task};
use leptos::prelude::*;
use std::sync::Arc;
use ui::{Compare, Half, Reel, pair, player};

/// How a subject is shown.
#[derive(Clone, Copy, Default)]
pub struct Look {
    /// Two images are compared in this way at first.
    pub compare: Compare,
    /// Its words can be marked, where it is a text.
    pub marking: Option<Marking>,
}

/// The subject with what is said and known of it. Only what it shows changes from task to task.
pub fn sight(shown: Signal<Option<Shown>>, language: &str, look: Look) -> AnyView {
    let task = Memo::new(move |_| shown.with(|s| s.as_ref().map(|s| s.task.clone())));
    let language = StoredValue::new(language.to_owned());
    let subject = move || {
        let task = task.get()?;
        Some(language.with_value(|language| subject(&task, language, look)))
    };
    let claim = move || task.with(|task| task.as_ref()?.text.clone());
    let facts = move || task.with(|task| task.as_ref().map(|task| facts(task)));
    view! {
        <div class="sight">
            <div class="sight-subject">{subject}</div>
            {move || {
                claim()
                    .map(|claim| {
                        let lang = language.get_value();
                        view! { <blockquote class="claim" lang=lang>{claim}</blockquote> }
                    })
            }}
            {facts}
        </div>
    }
    .into_any()
}

/// The subject alone.
fn subject(task: &Arc<Task>, language: &str, look: Look) -> AnyView {
    match &task.subject {
        Subject::ImageRegion(part) => region(part),
        Subject::Image(image) => still(&image.picture, &image.alt),
        Subject::ImagePair(both) => compared(both, look.compare),
        Subject::Text(text) => passage(text, language, look.marking),
        Subject::Audio(clip) => played(clip, language, false),
        Subject::Video(clip) => played(clip, language, true),
        Subject::MapTile(tile) => still(&tile.picture, &place_of(tile)),
    }
}

/// A picture as it fits, to be looked at and not to be touched.
pub(crate) fn still(picture: &Picture, alt: &str) -> AnyView {
    let url = sharp(picture).unwrap_or_default();
    let alt = if alt.is_empty() { "The picture to look at" } else { alt }.to_owned();
    view! { <img class="still" src=url alt=alt draggable="false" /> }.into_any()
}

fn compared(both: &ImagePair, first: Compare) -> AnyView {
    let half = |image: &domain::Image, label: &str| Half {
        url: sharp(&image.picture).unwrap_or_default(),
        alt: if image.alt.is_empty() { label } else { &image.alt }.to_owned(),
        label: label.to_owned(),
    };
    let size = (f64::from(both.before.size.width), f64::from(both.before.size.height));
    let (before, after) = (half(&both.before, &both.before_label), half(&both.after, &both.after_label));
    pair(before, after, size, first)
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

/// What a map's tile is, for those who do not see it.
pub(crate) fn place_of(tile: &MapTile) -> String {
    format!("Map tile {} / {} / {}", tile.z, tile.x, tile.y)
}

/// What is known of it, as a quiet list.
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
    view! { <dl class="facts" hidden=task.facts.is_empty()>{facts}</dl> }.into_any()
}
