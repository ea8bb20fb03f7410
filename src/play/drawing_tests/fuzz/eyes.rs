//! What the fuzz looks at after each step: what is stored, what is seen, and what went wrong.

use super::super::seen::{Figure, Place, Seen, apart, outline};
use super::super::{Mutex, SIZE, frame};
use super::{COLOURS, FORMS, Play};
use serde_json::Value;
use std::sync::Once;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};

/// So many frames are waited for what is painted a moment later.
pub(super) const PATIENCE: u32 = 400;

/// What went wrong where no test hears of it: a handler's panic ends in the browser.
static TROUBLES: Mutex<Vec<String>> = Mutex::new(vec![]);

pub(super) fn hear_troubles() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let before = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |info| {
            if let Ok(mut troubles) = TROUBLES.lock() {
                troubles.push(info.to_string());
            }
            before(info);
        }));
        let hear = Closure::<dyn Fn(JsValue)>::new(|event: JsValue| {
            let message = js_sys::Reflect::get(&event, &"message".into()).ok();
            let message = message.and_then(|text| text.as_string()).unwrap_or_default();
            // A browser says so where the room's size changes twice in a frame.
            if !message.contains("ResizeObserver") {
                TROUBLES.lock().unwrap().push(message);
            }
        });
        let window = web_sys::window().unwrap();
        window.add_event_listener_with_callback("error", hear.as_ref().unchecked_ref()).unwrap();
        hear.forget();
    });
}

/// What a step may change of what is stored.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum May {
    /// Nothing at all.
    Nothing,
    /// One mark or one point, which was seen just before.
    Seen,
    /// Anything, since it was asked for by a key; it is seen afterwards.
    Anything,
}

impl Play {
    #[track_caller]
    pub(super) fn check(&self, holds: bool, what: impl FnOnce() -> String) {
        let log = self.log.join("\n  ");
        assert!(
            holds,
            "{}\n  {log}\nkept before: {}\nkept: {}",
            what(),
            self.kept.1,
            self.screen.draft()
        );
    }

    pub(super) fn shapes(draft: &Value) -> Vec<Value> {
        draft["shapes"].as_array().cloned().unwrap_or_default()
    }

    /// A stored mark as it should be seen.
    fn colour(of: &Value, name: &str) -> &'static str {
        let form = FORMS.iter().position(|form| of[name].as_str() == Some(form));
        COLOURS[form.unwrap_or_else(|| panic!("no tool made {of}"))]
    }

    /// Whether a figure is that mark, within `near` CSS pixels. One that was closed by a tap has
    /// been seen as a line that goes there.
    pub(super) fn is(seen: &Seen, figure: &Figure, shape: &Value, near: f64) -> bool {
        let (points, closed) = outline(shape);
        // The browser draws an ellipse with fewer points than it is reckoned with here.
        let round = shape["rx"].as_f64().unwrap_or(0.0).max(shape["ry"].as_f64().unwrap_or(0.0));
        let near = near * seen.pixel() + 0.0025 * round;
        figure.colour == Self::colour(shape, "label") && shows(figure, &points, closed, near)
    }

    /// The same for one that a tap has just finished.
    fn was_seen(seen: &Seen, shape: &Value, finished: bool) -> bool {
        // A line by hand has fewer points once it is stored.
        let near = if shape["type"] == "freehand" { 3.0 } else { 1.0 };
        seen.figures.iter().filter(|figure| figure.over).any(|figure| {
            let mut open = figure.clone();
            open.closed = outline(shape).1;
            let mut short = open.clone();
            short.points.pop();
            Self::is(seen, figure, shape, near)
                || finished
                    && (Self::is(seen, &open, shape, near) || Self::is(seen, &short, shape, near))
        })
    }

    /// What differs between what is stored and what is seen; nothing where that is the same.
    pub(super) fn differs(&self, seen: &Seen) -> Option<String> {
        let draft = self.screen.draft();
        let mut left = seen.figures.clone();
        for shape in Self::shapes(&draft) {
            match left.iter().position(|figure| Self::is(seen, figure, &shape, 1.0)) {
                Some(at) => drop(left.swap_remove(at)),
                None if in_sight(seen, &outline(&shape).0) => {
                    return Some(format!("not seen: {shape}"));
                }
                None => {}
            }
        }
        let half = &draft["half"];
        if !half.is_null() {
            let points = outline(half).0;
            let colour = Self::colour(half, "tool");
            let near = seen.pixel();
            match left.iter().position(|f| f.colour == colour && shows(f, &points, false, near)) {
                Some(at) => drop(left.swap_remove(at)),
                None => return Some(format!("half a mark that is not seen: {half}")),
            }
        }
        left.first().map(|figure| format!("seen, but not stored: {figure:?}"))
    }

    /// How often something was kept.
    fn count(&self) -> usize {
        self.screen.drafts.lock().unwrap().len()
    }

    /// Before a step: what is stored.
    pub(super) fn begin(&mut self) {
        self.before = None;
        self.kept = (self.count(), self.screen.draft());
    }

    /// Before one that may store a mark: what is seen as well, once it is painted.
    pub(super) async fn begin_to_see(&mut self, may: May) {
        self.begin();
        if may == May::Seen {
            frame().await;
            self.before = Some(Seen::of(&self.screen));
        }
    }

    /// After it: what it changed, and that all of that is seen.
    pub(super) async fn end(&mut self, may: May) {
        let troubles = std::mem::take(&mut *TROUBLES.lock().unwrap());
        self.check(troubles.is_empty(), || format!("a panic: {troubles:?}"));
        let kept = self.count();
        let draft = self.screen.draft();
        let (old, new) = (Self::shapes(&self.kept.1), Self::shapes(&draft));
        self.check(may != May::Nothing || kept == self.kept.0, || "something was stored".into());
        if let Some(before) = &self.before {
            self.was_all_seen(before, &old, &new);
        }
        for shape in &new {
            let (points, _) = outline(shape);
            let finite = points.iter().all(|(x, y)| x.is_finite() && y.is_finite());
            self.check(finite, || format!("no number: {shape}"));
            let count = f64::from(u32::try_from(points.len()).unwrap());
            let middle = points
                .iter()
                .fold((0.0, 0.0), |sum, at| (sum.0 + at.0 / count, sum.1 + at.1 / count));
            let slack = if shape["rotation"].as_f64().unwrap_or(0.0) == 0.0 { 0.01 } else { 450.0 };
            let inside = |at: f64, most: f64| at >= -slack && at <= most + slack;
            let inside = inside(middle.0, SIZE.0) && inside(middle.1, SIZE.1);
            self.check(inside, || format!("outside of the picture: {shape}"));
        }
        // A view that moved is looked at now and then: it takes frames.
        if self.down.is_empty() && (draft != self.kept.1 || self.dice.below(3) == 0) {
            self.agrees().await;
        }
    }

    /// What a pointer stored was seen before: one mark, or a point of one.
    fn was_all_seen(&self, before: &Seen, old: &[Value], new: &[Value]) {
        let finished = !self.kept.1["half"].is_null();
        let other: Vec<_> = (0..new.len()).filter(|at| old.get(*at) != Some(&new[*at])).collect();
        self.check(other.len() <= 1 && new.len() >= old.len(), || "more than one mark".into());
        for at in other {
            let seen = Self::was_seen(before, &new[at], finished);
            self.check(seen, || format!("not seen before: {}\n{before:?}", new[at]));
        }
        let points = |draft: &Value| draft.get("half").map_or(vec![], |half| outline(half).0);
        let (old, new) = (points(&self.kept.1), points(&self.screen.draft()));
        for point in new.iter().filter(|point| !old.contains(point)) {
            let mut over = before.figures.iter().filter(|figure| figure.over);
            let near = |figure: &Figure| {
                figure.points.iter().any(|at| apart(*at, *point) <= before.pixel())
            };
            let seen = over.any(near);
            self.check(seen, || format!("a point not seen before: {point:?}\n{before:?}"));
        }
    }

    /// Waits until what is seen is what is stored.
    pub(super) async fn agrees(&self) -> Seen {
        let mut seen = Seen::of(&self.screen);
        let mut differs = self.differs(&seen);
        for _ in 0..PATIENCE {
            if differs.is_none() {
                break;
            }
            frame().await;
            seen = Seen::of(&self.screen);
            differs = self.differs(&seen);
        }
        self.check(differs.is_none(), || format!("{}\n{seen:?}", differs.unwrap_or_default()));
        seen
    }
}

/// Whether any part of a mark can be seen.
fn in_sight(seen: &Seen, points: &[Place]) -> bool {
    let [left, top, width, height] = seen.room;
    let inside = |at: Place| {
        let (x, y) = seen.to(at);
        x > left && y > top && x < left + width && y < top + height
    };
    points.iter().any(|at| inside(*at))
}

/// How far a place is from a line.
fn off(at: Place, line: &[Place], closed: bool) -> f64 {
    let Some(first) = line.first() else { return f64::INFINITY };
    let ends = line.iter().skip(1).chain(closed.then_some(first));
    line.iter().zip(ends).fold(apart(at, *first), |best, (a, b)| {
        let (dx, dy) = (b.0 - a.0, b.1 - a.1);
        let long = (dx * dx + dy * dy).max(1e-12);
        let along = (((at.0 - a.0) * dx + (at.1 - a.1) * dy) / long).clamp(0.0, 1.0);
        best.min(apart(at, (a.0 + along * dx, a.1 + along * dy)))
    })
}

/// Whether a figure is that mark, within so many pixels of the picture.
fn shows(figure: &Figure, points: &[Place], closed: bool, near: f64) -> bool {
    figure.closed == closed
        && (points.len() == 1) == (figure.points.len() == 1)
        && points.iter().all(|at| off(*at, &figure.points, closed) <= near)
        && figure.points.iter().all(|at| off(*at, points, closed) <= near)
}
