//! The drawing screen, from the thumb up: send, edit, tools, and above them the picture.

use super::desk::{Desk, Hand, Two};
use super::screen_ask::{panel, send_row};
use super::screen_keys::{bar, ways_back};
use super::screen_list::list;
use super::screen_stage::stage;
use super::{Drawing, DrawingRules, Drawn, Form, Others};
use crate::plane::{place_and_owner, plane_of, plane_of_after};
use crate::{Run, Screen, Shown};
use domain::{Read, Subject};
use leptos::prelude::*;
use std::sync::Arc;
use ui::stage::{Stage, view_tools};
use ui::{Compare, Pair};

impl Screen for Drawing {
    fn view(run: Run) -> AnyView {
        let rules = DrawingRules::read(&run.rules).unwrap_or_default();
        let shown = run.shown;
        let task = crate::view::task_of(shown);
        let plane = Memo::new(move |_| plane_of(&task.get()?.subject));
        let after = Memo::new(move |_| match &task.get()?.subject {
            Subject::ImagePair(pair) => Some(plane_of_after(pair)),
            _ => None,
        });
        let shows_others = rules.others == Others::Show;
        let others = Memo::new(move |_| {
            let Some(task) = task.get().filter(|_| shows_others) else { return Arc::default() };
            let drawn = task.others.iter().filter_map(Drawn::read);
            Arc::new(drawn.flat_map(|drawn| drawn.shapes).collect())
        });
        let first = Stage::new(plane.into());
        let size = move || plane.with(|plane| plane.as_ref().map_or((1.0, 1.0), |p| p.size));
        let desk = Desk {
            run: StoredValue::new(run),
            rules: StoredValue::new(Arc::new(rules)),
            stage: first,
            marks: RwSignal::default(),
            chosen: RwSignal::default(),
            asking: RwSignal::new(false),
            hand: RwSignal::new(Hand::Tool(0)),
            picked: RwSignal::new(None),
            cornered: RwSignal::new(None),
            telling: RwSignal::new(None),
            fault: RwSignal::default(),
            cross: RwSignal::new(None),
            news: RwSignal::default(),
            two: StoredValue::new_local(Two {
                stage: Stage::sharing(after.into(), first.view, first.look),
                pair: Pair::new(Signal::derive(size), Compare::Flip),
            }),
            others,
            live: StoredValue::new_local(None),
            stroke: StoredValue::new_local(super::stroke::Stroke::default()),
        };
        let name = Memo::new(move |_| task.with(|task| task.as_ref().map(|task| task.id)));
        ui::follow(move |before: Option<Option<domain::TaskId>>| {
            let now = name.get();
            if before != Some(now) {
                desk.begin();
            }
            now
        });
        let open = RwSignal::new(false);
        let whose = move || {
            task.with(|task| match task.as_ref().map(|task| &task.subject) {
                Some(Subject::MapTile(tile)) => place_and_owner(tile),
                _ => String::new(),
            })
        };
        view! {
            <div class="drawing">
                <div class="caption">{move || shown.with(|s| s.as_ref().map(caption))}</div>
                <div class="drawing-room">
                    {stage(desk)}
                    <p class="drawing-hint">{move || how(desk)}</p>
                    <p class="drawing-whose">{whose}</p>
                    {ways_back(desk)}
                    {view_tools(desk.stage)}
                </div>
                <div class="drawing-answer">
                    <p class="answer-note" role="alert" hidden=move || desk.fault.with(String::is_empty)>
                        {move || desk.fault.get()}
                    </p>
                    {panel(desk)}
                    {bar(desk, open)}
                    {send_row(desk)}
                </div>
                <p class="unseen" role="status">{move || desk.news.get()}</p>
                {list(desk, open)}
            </div>
        }
        .into_any()
    }
}

/// How the tool draws, until something is drawn.
fn how(desk: Desk) -> Option<&'static str> {
    let begun = desk.marks.with(|marks| !marks.shapes().is_empty()) || desk.asking.get();
    let hand = desk.hand.get();
    let points = desk.marks.with(|marks| marks.half().map_or(0, |half| half.points.len()));
    let Hand::Tool(at) = hand else { return None };
    let form = desk.rules().tools.get(at)?.tool;
    match (form, points) {
        (Form::Box | Form::Ellipse, 1) => Some("Now tap the corner across."),
        (Form::Line, 1) => Some("Now tap its other end."),
        (Form::Polygon, 3..) => Some("Tap the first point, or Close."),
        (Form::Polyline | Form::Freehand, 2..) => Some("Tap the last point again, or Finish."),
        _ if begun => None,
        (Form::Point, _) => Some("Tap a place, or slide to it."),
        (Form::Box | Form::Ellipse, _) => Some("Drag from corner to corner, or tap both."),
        (Form::Line, _) => Some("Drag from end to end, or tap both."),
        (Form::Polyline, _) => Some("Tap along it, point by point."),
        (Form::Polygon, _) => Some("Tap around it, corner by corner."),
        (Form::Freehand, _) => Some("Draw along it."),
    }
}

/// What to know before answering, or after a practice answer that missed.
fn caption(shown: &Shown) -> AnyView {
    let facts = shown.task.facts.iter().map(|fact| {
        view! { <span class="drawing-fact">{fact.name.clone()} ": " <b>{fact.value.clone()}</b></span> }
    });
    let facts = facts.collect_view();
    let Some(lesson) = &shown.task.lesson else {
        let text = shown.task.text.clone();
        return view! {
            <p class="question">{shown.task.question.clone()}</p>
            {text.map(|text| view! { <p>{text}</p> })}
            {facts}
        }
        .into_any();
    };
    let step = shown.practice.map(|(at, of)| format!("Warm-up {at} of {of}"));
    let missed = shown.missed;
    view! {
        <p class="step">{step}</p>
        <p class=if missed { "told" } else { "hint" } role=missed.then_some("alert")>
            {missed.then_some("The broken white lines with a tick show what was meant. ")}
            {lesson.hint.clone()}
        </p>
        <p class="onward" hidden=!missed>"Tap Send to go on."</p>
    }
    .into_any()
}
