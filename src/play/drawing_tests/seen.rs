//! What the volunteer sees: the lines that the canvases hold, where the page has them, told by
//! the browser and in pixels of the picture. Nothing of it is asked of the app.

use super::{SIZE, Screen};
use serde_json::{Value, json};
use wasm_bindgen::{JsCast, JsValue};

pub(super) type Place = (f64, f64);

/// Numbers from a seed, the same every time.
pub(super) struct Dice(pub(super) u64);

impl Dice {
    pub(super) fn below(&mut self, most: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % most
    }

    pub(super) fn between(&mut self, from: f64, to: f64) -> f64 {
        from + (to - from) * f64::from(u32::try_from(self.below(1 << 20)).unwrap())
            / f64::from(1 << 20)
    }

    pub(super) fn one_of<T: Copy>(&mut self, list: &[T]) -> T {
        list[self.below(list.len())]
    }
}

/// A figure that is seen.
#[derive(Clone, Debug)]
pub(super) struct Figure {
    pub(super) points: Vec<Place>,
    pub(super) closed: bool,
    pub(super) colour: String,
    /// It is drawn over the rest: chosen, or on its way.
    pub(super) over: bool,
}

/// What is seen, and where the picture is.
#[derive(Debug)]
pub(super) struct Seen {
    pub(super) figures: Vec<Figure>,
    /// Pixels of the picture in the window: a, b, c, d, e, f of a DOM matrix.
    view: [f64; 6],
    /// Left, top, width and height of the stage in the window.
    pub(super) room: [f64; 4],
}

fn call(name: &str, args: &[&JsValue]) -> Value {
    let global = js_sys::global();
    let all: js_sys::Array = args.iter().copied().collect();
    let found = js_sys::Reflect::get(&global, &name.into()).unwrap();
    let found: js_sys::Function = found.unchecked_into();
    let text = found.apply(&JsValue::NULL, &all).unwrap_or_else(|error| panic!("{error:?}"));
    serde_json::from_str(&text.as_string().unwrap()).unwrap()
}

/// Listens to what is drawn from now on.
pub(super) fn listen() {
    let body = include_str!("seen.js");
    js_sys::Function::new_no_args(body).call0(&JsValue::NULL).unwrap();
}

/// An event of the browser's on an element.
pub(super) fn fire(on: &JsValue, class: &str, kind: &str, init: &Value) {
    let body = "on.dispatchEvent(new globalThis[of](kind, JSON.parse(init)))";
    let fire = js_sys::Function::new_with_args("on, of, kind, init", body);
    let args: js_sys::Array =
        [on, &class.into(), &kind.into(), &init.to_string().into()].into_iter().collect();
    fire.apply(&JsValue::NULL, &args).unwrap();
}

/// A pointer does something at a place of the window, which may lie between two pixels.
pub(super) fn point(screen: &Screen, (with, id): (&str, i32), kind: &str, at: Place, more: &Value) {
    let mut init = json!({
        "bubbles": true, "cancelable": true, "pointerId": id, "pointerType": with,
        "clientX": at.0, "clientY": at.1, "width": 12, "height": 12,
    });
    for (name, value) in more.as_object().into_iter().flatten() {
        init[name] = value.clone();
    }
    fire(&screen.find(".drawing-stage"), "PointerEvent", kind, &init);
}

fn place(value: &Value) -> Place {
    (value[0].as_f64().unwrap(), value[1].as_f64().unwrap())
}

fn numbers<const N: usize>(value: &Value) -> [f64; N] {
    std::array::from_fn(|at| value[at].as_f64().unwrap())
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

impl Seen {
    pub(super) fn of(screen: &Screen) -> Self {
        let seen = call("seen", &[&screen.root, &SIZE.0.into(), &SIZE.1.into()]);
        let colour = |value: &Value| value["colour"].as_str().unwrap_or_default().to_owned();
        let over = |value: &Value| value["over"] == true;
        // Of a mark's line, not of what is around it: the width tells.
        let strong = |width: f64| (width - 3.5).abs() < 1e-6;
        let still = |width: f64| (width - 2.25).abs() < 1e-6;
        let mut figures: Vec<Figure> = list(&seen["lines"])
            .iter()
            .filter(|line| line["width"].as_f64().is_some_and(|w| strong(w) || still(w)))
            .filter(|line| colour(line).starts_with('#'))
            .map(|line| Figure {
                points: list(&line["points"]).iter().map(place).collect(),
                closed: line["closed"] == true,
                colour: colour(line),
                over: over(line),
            })
            .collect();
        // A point is a disc; smaller ones beside a line's beginning are its sign.
        let lines = figures.clone();
        figures.extend(list(&seen["discs"]).iter().filter_map(|disc| {
            let (at, radius) = (place(&disc["at"]), disc["radius"].as_f64()?);
            let sign = |line: &Figure| {
                line.over == over(disc)
                    && line.colour == colour(disc)
                    && apart(line.points[0], at) < 1e-6
            };
            let whole = (radius - 12.0).abs() < 1e-6;
            let small = (radius - 9.0).abs() < 1e-6 && !lines.iter().any(sign);
            (whole || small).then(|| Figure {
                points: vec![at],
                closed: false,
                colour: colour(disc),
                over: over(disc),
            })
        }));
        Self { figures, view: numbers(&seen["view"]), room: numbers(&seen["room"]) }
    }

    /// Where in the window a place of the picture is.
    pub(super) fn to(&self, at: Place) -> Place {
        let m = self.view;
        (m[0] * at.0 + m[2] * at.1 + m[4], m[1] * at.0 + m[3] * at.1 + m[5])
    }

    /// Which place of the picture is somewhere in the window.
    pub(super) fn from(&self, at: Place) -> Place {
        let m = self.view;
        let (across, down) = (at.0 - m[4], at.1 - m[5]);
        let by = m[0] * m[3] - m[1] * m[2];
        ((m[3] * across - m[2] * down) / by, (m[0] * down - m[1] * across) / by)
    }

    /// Pixels of the picture for one of CSS.
    pub(super) fn pixel(&self) -> f64 {
        1.0 / self.view[0].hypot(self.view[1])
    }
}

/// How much ink there is at places of the window.
pub(super) fn ink(screen: &Screen, places: &[Place]) -> Vec<f64> {
    let places = serde_json::to_string(places).unwrap();
    list(&call("ink", &[&screen.root, &places.into()])).iter().filter_map(Value::as_f64).collect()
}

pub(super) fn apart(a: Place, b: Place) -> f64 {
    (a.0 - b.0).hypot(a.1 - b.1)
}

/// A stored mark as points of its line, and whether that is closed. Reckoned here once more: the
/// app's own outline would be wrong in the same way as what it draws.
pub(super) fn outline(shape: &Value) -> (Vec<Place>, bool) {
    let number = |name: &str| shape[name].as_f64().unwrap_or_else(|| panic!("no {name}: {shape}"));
    let about = |(x, y): Place, (across, down): Place| {
        let (sin, cos) = shape["rotation"].as_f64().unwrap_or(0.0).to_radians().sin_cos();
        (x + across * cos - down * sin, y + across * sin + down * cos)
    };
    match shape["type"].as_str().unwrap_or_default() {
        "point" => (vec![(number("x"), number("y"))], false),
        "box" => {
            let (w, h) = (number("width") / 2.0, number("height") / 2.0);
            let middle = (number("x") + w, number("y") + h);
            (
                vec![(-w, -h), (w, -h), (w, h), (-w, h)]
                    .into_iter()
                    .map(|at| about(middle, at))
                    .collect(),
                true,
            )
        }
        "ellipse" => {
            let (middle, rx, ry) = ((number("cx"), number("cy")), number("rx"), number("ry"));
            let at = |step: u32| {
                let (sin, cos) = (f64::from(step).to_radians() * 2.0).sin_cos();
                about(middle, (rx * cos, ry * sin))
            };
            ((0..180).map(at).collect(), true)
        }
        form => (list(&shape["points"]).iter().map(place).collect(), form == "polygon"),
    }
}
