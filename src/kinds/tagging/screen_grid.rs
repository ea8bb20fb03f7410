//! Six subjects at once, painted with answers by taps or by a finger drawn over them. What was
//! not painted is never an answer.

use super::desk::Desk;
use super::painted::{Paint, Painted};
use super::wall::{Brush, Wall, ids};
use crate::questions_view::{digit_of, one_of};
use crate::sight::{closer, still};
use domain::{Outcome, Subject, Task};
use leptos::prelude::*;
use std::sync::Arc;
use ui::{Icon, Key, icon, keep_focus, keep_focus_of_mouse, lamp, snippet};
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, KeyboardEvent};

/// So many subjects at once.
const AT_ONCE: usize = 6;

/// The screen of layout `grid`.
pub(super) fn grid(desk: Desk) -> AnyView {
    let (choices, outcomes) = desk.rules.with_value(|rules| {
        let choices = rules.questions.first().map(|question| question.choices.clone());
        (choices.unwrap_or_default(), rules.outcomes.clone())
    });
    let ahead = desk.run.with_value(|run| run.ahead);
    // Practice comes one by one, so that each of them can be told.
    let batch = Memo::new(move |_| {
        let Some(first) = desk.shown.with(|s| s.as_ref().map(|s| s.task.clone())) else {
            return vec![];
        };
        let alone = first.lesson.is_some();
        let real = |task: &&Arc<Task>| !alone && task.lesson.is_none();
        ahead.with(|ahead| {
            let more = ahead.iter().filter(real).take(AT_ONCE - 1).cloned();
            std::iter::once(first.clone()).chain(more).collect::<Vec<_>>()
        })
    });
    let brushes = Brush::all(&choices, &outcomes);
    let none = choices.iter().find(|choice| choice.alone).map(|c| Paint::Choice(c.id.clone()));
    let nothing = outcomes.contains(&Outcome::NothingHere);
    let none = none.or(nothing.then_some(Paint::Outcome(Outcome::NothingHere)));
    let first = choices.iter().position(|choice| !choice.alone).unwrap_or(0);
    let wall = Wall {
        desk,
        batch,
        painted: RwSignal::new(Painted::default()),
        uncovered: RwSignal::new(vec![]),
        brushes: StoredValue::new(brushes.clone()),
        brush: RwSignal::new(first),
        first,
        drawn: StoredValue::new(None),
        last: RwSignal::new(0),
        bare: RwSignal::new(false),
    };
    desk.with_each_task(move |value| wall.begin(&value));
    desk.keyboard(move |number| wall.take(number as usize - 1), move || wall.send());

    let missed = desk.missed;
    let still_bare = move || {
        let bare = wall.painted.with(|painted| batch.with(|batch| painted.bare(&ids(batch))));
        match bare {
            1 => "One picture has no answer yet.".to_owned(),
            bare => format!("{bare} pictures have no answer yet."),
        }
    };
    let has_none = none.is_some();
    view! {
        <div class="tagging grid">
            {desk.caption()}
            <div
                class="wall"
                class:single=move || batch.with(|batch| batch.len() == 1)
                role="group"
                aria-label="Pictures"
                // Else a quick stroke is a fling to the browser, and the next tap only stops that.
                on:touchmove=move |event| event.prevent_default()
                on:pointerdown=move |event| wall.down(&event)
                on:pointermove=move |event| wall.moved(&event)
                on:keydown=move |event| step(&event)
            >
                <For
                    each=move || batch.get().into_iter().enumerate()
                    key=|(at, task)| (*at, task.id)
                    children=move |(at, task)| tile(wall, at, &task)
                />
            </div>
            <div class="panel">
                {desk.told()}
                <div class="panel-body" hidden=move || missed.get()>
                    {palette(wall, &brushes)}
                    <p class="panel-note" role="alert" hidden=move || !wall.bare.get()>{still_bare}</p>
                    <div class="panel-keys">
                        {desk.undo.key()}
                        {lamp()}
                        {closer(wall.near())}
                        {Key::text("key plain", "All of these").press(move || wall.all())}
                        {has_none
                            .then(|| {
                                let none = none.clone();
                                Key::text("key plain", "None here")
                                    .press(move || none.iter().for_each(|none| wall.fill(none)))
                            })}
                        {Key { icon: Some(Icon::SEND), ..Key::text("key strong send-key", "Send") }
                            .press(move || wall.send())}
                    </div>
                </div>
            </div>
        </div>
    }
    .into_any()
}

/// The brushes, and when the one that is taken fits.
fn palette(wall: Wall, brushes: &[Brush]) -> AnyView {
    let keys = brushes.iter().enumerate().map(|(at, brush)| brush_key(wall, at, brush));
    let keys = keys.collect_view();
    // All of them have the same place, so that nothing moves when another brush is taken.
    let hint = |(at, brush): (usize, &Brush)| {
        let hint = brush.hint.clone()?;
        let on = move || wall.brush.get() == at;
        Some(view! { <p id=format!("brush-hint-{at}") class:on=on>{hint}</p> })
    };
    let hints = brushes.iter().enumerate().filter_map(hint).collect_view();
    view! {
        <div class="palette">
            {one_of("picks brushes", "Paint with", keys)}
            <div class="brush-hints">{hints}</div>
        </div>
    }
    .into_any()
}

/// A brush as a key.
fn brush_key(wall: Wall, at: usize, brush: &Brush) -> AnyView {
    let on = move || wall.brush.get() == at;
    let hint = brush.hint.as_ref().map(|_| format!("brush-hint-{at}"));
    let outcome = matches!(brush.paint, Paint::Outcome(_));
    view! {
        <button
            type="button"
            class=format!("choice pen mark-{}", at % 4)
            class:plain=outcome
            role="radio"
            aria-checked=move || if on() { "true" } else { "false" }
            aria-label=brush.label.clone()
            aria-describedby=hint
            hidden=move || !wall.offers(at)
            tabindex=move || if on() { "0" } else { "-1" }
            data-number=at + 1
            on:pointerdown=keep_focus
            on:mousedown=keep_focus_of_mouse
            on:click=move |_| {
                wall.take(at);
            }
        >
            <span class="choice-label">{brush.label.clone()}</span>
            <span class="choice-number" aria-hidden="true">{digit_of(at + 1)}</span>
        </button>
    }
    .into_any()
}

/// A subject on the wall.
fn tile(wall: Wall, at: usize, task: &Arc<Task>) -> AnyView {
    let id = task.id;
    let covered = wall.is_covered(task);
    // Which of the brushes it was painted with.
    let with = Memo::new(move |_| {
        let paint = wall.painted.with(|painted| painted.of(id).cloned())?;
        wall.brushes.with_value(|brushes| brushes.iter().position(|b| b.paint == paint))
    });
    let label = move || {
        let with = with.get()?;
        wall.brushes.with_value(|brushes| brushes.get(with).map(|brush| brush.label.clone()))
    };
    // In one piece: setting the list of classes takes away what was added to it.
    let class = move || {
        let mut class = match with.get() {
            Some(with) => format!("tile painted mark-{}", with % 4),
            None if wall.bare.get() => "tile open".to_owned(),
            None => "tile".to_owned(),
        };
        if covered.get() {
            class += " veiled";
        }
        class
    };
    let name = move || {
        let state = label().or_else(|| covered.get().then(|| "covered".to_owned()));
        format!("Picture {}: {}", at + 1, state.unwrap_or_else(|| "no answer yet".to_owned()))
    };
    // What is seen of it is said of it, and no more.
    let said = move || format!("tile-{}-{at}", if covered.get() { "note" } else { "face" });
    let note = task.note.clone();
    let lang = wall.desk.language();
    let (claim, claims) = (task.text.clone(), task.text.is_some());
    let clip = match &task.subject {
        Subject::Audio(clip) | Subject::Video(clip) => {
            Some(snippet(clip.url.clone(), at + 1, covered))
        }
        _ => None,
    };
    let tile = view! {
        <button
            type="button"
            class=class
            data-tile=at
            aria-label=name
            aria-describedby=said
            on:click=move |event| wall.tap(at, &event)
        >
            <span
                class="tile-face"
                id=format!("tile-face-{at}")
                aria-hidden=move || covered.get().then_some("true")
            >
                {still(&task.subject, &lang)}
                <span class="tile-text" lang=lang.clone() hidden=move || !claims || covered.get()>
                    {claim}
                </span>
            </span>
            <span
                class="tile-note"
                id=format!("tile-note-{at}")
                hidden=move || !covered.get()
            >
                {note.clone()}
                " Tap to see it."
            </span>
            <span class="tile-state" hidden=move || with.get().is_none()>
                {icon(Icon::DONE)} {label}
            </span>
        </button>
    };
    view! { <div class="tile-box">{tile} {clip}</div> }.into_any()
}

/// Arrow keys go from tile to tile.
fn step(event: &KeyboardEvent) {
    let target = event.target().and_then(|t| t.dyn_into::<HtmlElement>().ok());
    let Some(tile) = target.filter(|t| t.has_attribute("data-tile")) else { return };
    let tiles = tile.closest(".wall").ok().flatten();
    let Some(tiles) = tiles.and_then(|wall| wall.query_selector_all("[data-tile]").ok()) else {
        return;
    };
    let place = |at: u32| tiles.item(at).and_then(|t| t.dyn_into::<HtmlElement>().ok());
    let edge = |at: u32| place(at).map_or(0.0, |tile| tile.get_bounding_client_rect().left());
    let count = tiles.length();
    let Some(at) = (0..count).find(|at| place(*at).as_ref() == Some(&tile)) else { return };
    let row = (1..count).find(|at| (edge(*at) - edge(0)).abs() < 1.0).unwrap_or(1);
    let to = match event.key().as_str() {
        "ArrowRight" => at + 1,
        "ArrowLeft" => at.wrapping_sub(1),
        "ArrowDown" => at + row,
        "ArrowUp" => at.wrapping_sub(row),
        _ => return,
    };
    event.prevent_default();
    if let Some(tile) = place(to) {
        let _ = tile.focus();
    }
}
