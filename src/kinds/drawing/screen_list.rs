//! The marks as a list, to be read, chosen, moved and deleted without seeing or pointing.

use super::desk::{Desk, Hand, place};
use super::handles::{corner_count, is_cornered};
use super::marks::Edit;
use super::{Geometry, Shape};
use leptos::prelude::*;
use ui::{Icon, Key, sheet};
use wasm_bindgen::JsCast;

/// Which way a mark is moved, in pixels of the picture.
const WAYS: [(&str, (f64, f64)); 4] =
    [("Left", (-5.0, 0.0)), ("Right", (5.0, 0.0)), ("Up", (0.0, -5.0)), ("Down", (0.0, 5.0))];
/// How a box or an ellipse is made larger and smaller, in pixels of the picture.
const SIZES: [(&str, (f64, f64)); 4] = [
    ("Wider", (5.0, 0.0)),
    ("Narrower", (-5.0, 0.0)),
    ("Taller", (0.0, 5.0)),
    ("Shorter", (0.0, -5.0)),
];

/// Of others' marks so many are told one by one.
const TOLD: usize = 50;

/// The sheet with the list.
pub(super) fn list(desk: Desk, open: RwSignal<bool>) -> AnyView {
    let title = Signal::stored("Marks".to_owned());
    let body = Callback::new(move |()| {
        let count = Memo::new(move |_| desk.marks.with(|marks| marks.shapes().len()));
        let others = desk.others.get();
        let theirs = match others.len() {
            0 => String::new(),
            1 => "Others have marked one place.".to_owned(),
            many => format!("Others have marked {many} places."),
        };
        let told = others
            .iter()
            .take(TOLD)
            .map(|shape| view! { <li>{desk.called(shape)} ", " {place(shape)}</li> });
        let told = told.collect_view();
        let items = move || (0..count.get()).map(|at| item(desk, open, at)).collect_view();
        view! {
            <p class="owner" hidden=move || { count.get() > 0 }>"Nothing is marked yet."</p>
            <ol class="mark-list">{items}</ol>
            <p class="owner" hidden=theirs.is_empty()>{theirs.clone()}</p>
            <ul class="mark-others" hidden=theirs.is_empty()>{told}</ul>
        }
        .into_any()
    });
    sheet(open, "marks", title, body)
}

fn item(desk: Desk, open: RwSignal<bool>, at: usize) -> AnyView {
    let shape = Memo::new(move |_| desk.marks.with(|marks| marks.shapes().get(at).cloned()));
    let name = move || {
        shape.track();
        desk.name_of(at)
    };
    let place = move || shape.with(|shape| shape.as_ref().map(place));
    let said = move || shape.with(|shape| shape.as_ref().map(|shape| said(desk, shape)));
    let wrong = move || {
        shape.track();
        desk.wrong_with(at)
    };
    let chosen = Signal::derive(move || desk.picked.get() == Some(at));
    let show = move || {
        desk.take(Hand::Move);
        desk.pick(Some(at));
        desk.bring(at);
    };
    let tell = move || {
        show();
        desk.telling.set(Some(at));
        open.set(false);
    };
    let sized = shape.with_untracked(|shape| shape.as_ref().is_some_and(has_size));
    let ways = WAYS.map(|(name, by)| Key::text("key", name).press(move || desk.nudge(at, by)));
    // Which corner: "Left" and the others move it then.
    let cornered =
        shape.with_untracked(|s| s.as_ref().is_some_and(|s| corner_count(&s.geometry).is_some()));
    let loose = shape.with_untracked(|s| s.as_ref().is_some_and(|s| is_cornered(&s.geometry)));
    let no_corner = Signal::derive(move || desk.loose_corner().is_none_or(|(mark, _)| mark != at));
    let corners = cornered.then(|| {
        let next = Key::text("key", if loose { "Next corner" } else { "Next end" });
        (
            next.press(move || desk.step_corner(false)),
            loose.then(|| Key::text("key", "Add a corner").press(move || desk.add_corner())),
            Key { hidden: Some(no_corner), ..Key::text("key", "Remove corner") }
                .press(move || desk.remove_corner()),
        )
    });
    let larger = sized
        .then(|| SIZES.map(|(name, by)| Key::text("key", name).press(move || grow(desk, at, by))));
    let turns = (sized && desk.rules().rotatable).then(|| {
        [("Turn anticlockwise", -5.0), ("Turn clockwise", 5.0)]
            .map(|(name, by)| Key::text("key", name).press(move || desk.turn(at, by)))
    });
    view! {
        <li data-at=at.to_string()>
            <p class="mark-name"><b>{name}</b> <span>{place}</span></p>
            <p class="mark-said">{said}</p>
            <p class="answer-note">{wrong}</p>
            <div class="mark-keys" role="group" aria-label=name>
                {Key { pressed: Some(chosen), ..Key::text("key", "Choose") }.press(show)}
                {desk.has_questions(at).then(|| Key::text("key", "About it").press(tell))}
                {Key { icon: Some(Icon::BIN), ..Key::text("key", "Delete") }
                    .press(move || {
                        desk.edit(Edit::Delete(at));
                        request_animation_frame(move || near(at));
                    })}
            </div>
            <div class="mark-keys" role="group" aria-label="Move or size" hidden=move || !chosen.get()>
                {ways}
                {larger}
                {turns}
                {corners}
            </div>
        </li>
    }
    .into_any()
}

/// After a mark has gone the focus is on the one that stands in its place, else on the way out;
/// on no key that would delete another.
fn near(at: usize) {
    let place = at.to_string();
    let next =
        document().query_selector(&(".mark-list [data-at=\"".to_owned() + &place + "\"] .key"));
    let close = || document().query_selector(".sheet.marks .sheet-head button").ok().flatten();
    let to = next.ok().flatten().or_else(close);
    if let Some(Ok(key)) = to.map(JsCast::dyn_into::<web_sys::HtmlElement>) {
        let _ = key.focus();
    }
}

fn has_size(shape: &Shape) -> bool {
    matches!(shape.geometry, Geometry::Box { .. } | Geometry::Ellipse { .. })
}

/// Makes a box or an ellipse larger or smaller, its corner or middle staying.
fn grow(desk: Desk, at: usize, by: (f64, f64)) {
    let shape = desk.marks.with_untracked(|marks| marks.shapes().get(at).cloned());
    let Some(Shape { mut geometry, .. }) = shape else { return };
    match &mut geometry {
        Geometry::Box { width, height, .. } => {
            (*width, *height) = ((*width + by.0).max(1.0), (*height + by.1).max(1.0));
        }
        Geometry::Ellipse { rx, ry, .. } => {
            (*rx, *ry) = ((*rx + by.0 / 2.0).max(1.0), (*ry + by.1 / 2.0).max(1.0));
        }
        _ => return,
    }
    desk.edit(Edit::Reshape(at, geometry));
}

/// What was said of a mark, as its keys call it.
fn said(desk: Desk, shape: &Shape) -> String {
    let rules = desk.rules();
    let tool = shape.label.as_deref().and_then(|label| rules.tool(label));
    let questions = tool.map_or(&[][..], |(_, tool)| &tool.questions);
    let label = |id: &String| Some(questions.iter().find_map(|q| q.find(id))?.label.as_str());
    shape.choices.iter().filter_map(label).collect::<Vec<_>>().join(" · ")
}
