//! The drawing screen in a real browser, under fingers and keys that are made here.

mod edits;
mod exact;
mod fuzz;
mod pair;
mod seen;
mod steps;

use domain::{Given, Image, Lesson, Picture, PictureSource, Size, Subject, Task, TaskId};
use kinds::{Gift, Run, Shown};
use leptos::prelude::*;
use serde_json::{Value, json};
use std::any::Any;
use std::sync::{Arc, Mutex};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::wasm_bindgen_test as test;
use web_sys::{
    Element, HtmlElement, KeyboardEvent, KeyboardEventInit, PointerEvent, PointerEventInit,
};

/// A picture that needs no server.
const DOT: &str = "data:image/gif;base64,R0lGODlhAQABAAAAACwAAAAAAQABAAACAkQBADs=";
const SIZE: (f64, f64) = (1200.0, 900.0);
/// The screen's own styles: without them nothing has a place.
const STYLE: &str = concat!(
    include_str!("../ui/stage.css"),
    include_str!("../kinds/drawing/drawing.css"),
    // Whatever the window's size, the room is the same.
    ".drawing { width: 360px; grid-template: auto 320px auto / 360px } .caption { grid-column: 1 }",
);

fn task(n: u64, lesson: Option<Lesson>) -> Task {
    let source = PictureSource { url: format!("{DOT}#d{n}"), width: 1200, height: 900 };
    let subject = Subject::Image(Image {
        picture: Picture { sources: vec![source] },
        size: Size { width: 1200, height: 900 },
        alt: "Roofs".into(),
        tiles: None,
    });
    Task { lesson, ..Task::new(TaskId::v7(n, [3; 10]), "drawing", subject, "Which roofs?") }
}

fn shown(task: Task, draft: Option<Value>) -> Shown {
    Shown { task: Arc::new(task), draft, practice: None, missed: false }
}

/// A screen in the document, and what came out of it.
struct Screen {
    root: HtmlElement,
    /// The app in it, for as long as this lives.
    mounted: Option<Box<dyn Any>>,
    gifts: Arc<Mutex<Vec<Gift>>>,
    drafts: Arc<Mutex<Vec<Value>>>,
    current: RwSignal<Option<Shown>>,
    taken_back: RwSignal<u32>,
    can_take_back: RwSignal<bool>,
}

impl Screen {
    async fn open(rules: Value, first: Shown) -> Self {
        let root: HtmlElement = document().create_element("div").unwrap().unchecked_into();
        let style = document().create_element("style").unwrap();
        style.set_text_content(Some(STYLE));
        root.append_child(&style).unwrap();
        document().body().unwrap().prepend_with_node_1(&root).unwrap();
        let (gifts, drafts) = (Arc::new(Mutex::new(vec![])), Arc::new(Mutex::new(vec![])));
        let (log, kept) = (gifts.clone(), drafts.clone());
        let (taken_back, can_take_back) = (RwSignal::new(0), RwSignal::new(false));
        let current = RwSignal::new(Some(first));
        let screen: HtmlElement = document().create_element("div").unwrap().unchecked_into();
        root.append_child(&screen).unwrap();
        let mounted = mount_to(screen, move || {
            let run = Run {
                shown: current.into(),
                ahead: Signal::stored(vec![]),
                rules,
                language: "en".into(),
                give: Callback::new(move |gift| log.lock().unwrap().push(gift)),
                draft: Callback::new(move |value| kept.lock().unwrap().push(value)),
                take_back: Callback::new(move |()| taken_back.update(|count| *count += 1)),
                can_take_back: can_take_back.into(),
                help: Callback::new(|()| {}),
            };
            kinds::screen("drawing", run).unwrap()
        });
        let mounted: Option<Box<dyn Any>> = Some(Box::new(mounted));
        let screen = Self { root, mounted, gifts, drafts, current, taken_back, can_take_back };
        for _ in 0..4 {
            frame().await;
        }
        screen
    }

    /// Takes it away, as a page is that is left.
    fn close(&mut self) {
        self.mounted = None;
        self.root.remove();
    }

    fn find(&self, selector: &str) -> Element {
        self.root.query_selector(selector).unwrap().unwrap_or_else(|| panic!("no {selector}"))
    }

    /// The buttons of that name that are in sight.
    fn keys(&self, name: &str) -> Vec<HtmlElement> {
        let keys = self.root.query_selector_all("button").unwrap();
        let keys = (0..keys.length()).map(|at| keys.get(at).unwrap().unchecked_into());
        let named = |key: &HtmlElement| {
            let label = key.get_attribute("aria-label");
            label.or(key.text_content()).as_deref() == Some(name)
        };
        let away = |key: &HtmlElement| key.closest("[hidden]").unwrap().is_some();
        keys.filter(|key| named(key) && !away(key)).collect()
    }

    /// Presses the button of that name.
    async fn press(&self, name: &str) {
        let keys = self.keys(name);
        keys.first().unwrap_or_else(|| panic!("no key {name}")).click();
        frame().await;
        frame().await;
    }

    fn point(&self, id: i32, kind: &str, at: (i32, i32)) {
        self.point_with("touch", id, kind, at);
    }

    fn point_with(&self, with: &str, id: i32, kind: &str, at: (i32, i32)) {
        let init = PointerEventInit::new();
        init.set_bubbles(true);
        init.set_cancelable(true);
        init.set_pointer_id(id);
        init.set_pointer_type(with);
        let room = self.find(".drawing-stage").get_bounding_client_rect();
        #[expect(clippy::cast_possible_truncation, reason = "pixels")]
        let (left, top) = (room.left() as i32, room.top() as i32);
        init.set_client_x(left + at.0);
        init.set_client_y(top + at.1);
        let event = PointerEvent::new_with_event_init_dict(kind, &init).unwrap();
        self.find(".drawing-stage").dispatch_event(&event).unwrap();
    }

    async fn tap(&self, at: (i32, i32)) {
        self.point(1, "pointerdown", at);
        self.point(1, "pointerup", at);
        frame().await;
    }

    async fn drag(&self, from: (i32, i32), to: (i32, i32)) {
        self.point(1, "pointerdown", from);
        self.point(1, "pointermove", (i32::midpoint(from.0, to.0), i32::midpoint(from.1, to.1)));
        self.point(1, "pointermove", to);
        frame().await;
        self.point(1, "pointerup", to);
        frame().await;
    }

    async fn type_key(&self, key: &str, control: bool) {
        type_on(&self.find(".drawing-stage"), key, control).await;
    }

    /// Which point of the picture is seen at a place of the stage: told by where the browser
    /// has put the picture, not by the stage.
    fn under(&self, at: (i32, i32), turns: u32) -> (f64, f64) {
        let room = self.find(".drawing-stage").get_bounding_client_rect();
        let lies = self.find(".stage-paper img").get_bounding_client_rect();
        let across = (room.left().trunc() + f64::from(at.0) - lies.left()) / lies.width();
        let down = (room.top().trunc() + f64::from(at.1) - lies.top()) / lies.height();
        let (x, y) = match turns % 4 {
            0 => (across, down),
            1 => (down, 1.0 - across),
            2 => (1.0 - across, 1.0 - down),
            _ => (1.0 - down, across),
        };
        (x * SIZE.0, y * SIZE.1)
    }

    fn given(&self) -> Vec<Value> {
        let value = |gift: &Gift| match &gift.given {
            Given::Value(value) => value.clone(),
            Given::Outcome(outcome) => json!(outcome.name()),
        };
        self.gifts.lock().unwrap().iter().map(value).collect()
    }

    fn draft(&self) -> Value {
        self.drafts.lock().unwrap().last().cloned().unwrap_or(Value::Null)
    }

    fn marks(&self) -> usize {
        self.draft()["shapes"].as_array().map_or(0, Vec::len)
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        self.close();
    }
}

/// A key that is pressed on an element; whether something came of it that the browser is kept from.
async fn type_on(element: &Element, key: &str, control: bool) -> bool {
    let init = KeyboardEventInit::new();
    init.set_bubbles(true);
    init.set_cancelable(true);
    init.set_key(key);
    init.set_ctrl_key(control);
    let event = KeyboardEvent::new_with_keyboard_event_init_dict("keydown", &init).unwrap();
    element.dispatch_event(&event).unwrap();
    leptos::task::tick().await;
    event.default_prevented()
}

fn document() -> web_sys::Document {
    web_sys::window().unwrap().document().unwrap()
}

async fn frame() {
    let frame = js_sys::Promise::new(&mut |done, _| {
        web_sys::window().unwrap().request_animation_frame(&done).unwrap();
    });
    wasm_bindgen_futures::JsFuture::from(frame).await.unwrap();
    leptos::task::tick().await;
}

/// So many device pixels for one of the page's, for as long as it lives.
struct Dense;

impl Dense {
    fn new(ratio: f64) -> Self {
        let window = web_sys::window().unwrap();
        let how = js_sys::Object::new();
        js_sys::Reflect::set(&how, &"value".into(), &JsValue::from(ratio)).unwrap();
        js_sys::Reflect::set(&how, &"configurable".into(), &JsValue::TRUE).unwrap();
        js_sys::Object::define_property(
            window.unchecked_ref::<js_sys::Object>(),
            &"devicePixelRatio".into(),
            &how,
        );
        assert!((window.device_pixel_ratio() - ratio).abs() < 1e-9);
        Self
    }
}

impl Drop for Dense {
    fn drop(&mut self) {
        let window = web_sys::window().unwrap();
        let _ = js_sys::Reflect::delete_property(
            window.unchecked_ref::<js_sys::Object>(),
            &"devicePixelRatio".into(),
        );
    }
}

fn tools(list: &[(&str, &str)]) -> Value {
    let tool = |(id, form): &(&str, &str)| json!({"id": id, "tool": form, "label": id});
    json!({"tools": list.iter().map(tool).collect::<Vec<_>>()})
}

#[test]
async fn a_box_is_stored_where_the_finger_was() {
    let mut state = 5u32;
    let mut roll = move |most: u32| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 8) % most
    };
    for turns in 0..4 {
        for (larger, ratio) in [(0, 1.0), (1, 2.625), (3, 1.5), (5, 3.0)] {
            let _dense = Dense::new(ratio);
            let number = u64::from(turns * 10 + larger);
            let screen =
                Screen::open(tools(&[("roof", "box")]), shown(task(100 + number, None), None))
                    .await;
            for _ in 0..turns {
                screen.press("Rotate").await;
            }
            for _ in 0..larger {
                screen.press("Zoom in").await;
            }
            #[expect(clippy::cast_possible_wrap, reason = "small")]
            let mut place = |least: u32, most: u32| (least + roll(most - least)) as i32;
            // Where the picture is on this stage, whichever way it is turned.
            let (from, to) =
                ((place(120, 170), place(90, 150)), (place(190, 235), place(170, 230)));
            let (start, end) = (screen.under(from, turns), screen.under(to, turns));
            screen.drag(from, to).await;
            screen.press("Send").await;
            let given = screen.given();
            let shape = &given.first().unwrap_or_else(|| {
                let note = screen.find(".answer-note").text_content();
                panic!("nothing sent at {turns} turns, {larger} larger: {note:?}")
            })["shapes"][0];
            let number = |name: &str| shape[name].as_f64().unwrap();
            let (left, top) = (number("x"), number("y"));
            let seen =
                [start.0.min(end.0), start.1.min(end.1), start.0.max(end.0), start.1.max(end.1)];
            let stored = [left, top, left + number("width"), top + number("height")];
            for (seen, stored) in seen.into_iter().zip(stored) {
                assert!(
                    (seen - stored).abs() <= 2.0,
                    "{seen} is stored as {stored} at {turns} turns, {larger} larger, ratio {ratio}"
                );
            }
        }
    }
}

#[test]
async fn two_fingers_leave_no_mark() {
    let screen = Screen::open(tools(&[("tree", "point")]), shown(task(200, None), None)).await;
    let before = screen.find(".stage-paper img").get_bounding_client_rect().width();
    screen.point(1, "pointerdown", (120, 150));
    screen.point(2, "pointerdown", (220, 160));
    screen.point(2, "pointermove", (300, 160));
    frame().await;
    screen.point(1, "pointerup", (120, 150));
    screen.point(2, "pointermove", (310, 160));
    screen.point(2, "pointerup", (310, 160));
    frame().await;
    assert_eq!(screen.marks(), 0);
    let after = screen.find(".stage-paper img").get_bounding_client_rect().width();
    assert!(after > before * 1.3, "{before} became {after}");
    screen.tap((150, 150)).await;
    assert_eq!(screen.marks(), 1, "and then one finger draws again");
}

#[test]
async fn an_outline_is_drawn_tap_by_tap_and_every_tap_can_be_undone() {
    let screen = Screen::open(tools(&[("lake", "polygon")]), shown(task(300, None), None)).await;
    for at in [(100, 100), (200, 100), (200, 200)] {
        screen.tap(at).await;
    }
    assert_eq!(screen.draft()["half"]["points"].as_array().unwrap().len(), 3);
    screen.press("Undo").await;
    assert_eq!(screen.draft()["half"]["points"].as_array().unwrap().len(), 2);
    screen.press("Send").await;
    assert!(screen.given().is_empty(), "a mark that is not finished is not dropped");
    screen.press("Redo").await;
    screen.press("Close").await;
    assert_eq!(screen.marks(), 1);
    screen.press("Undo").await;
    assert_eq!(screen.marks(), 0);
    screen.press("Redo").await;
    screen.press("Send").await;
    assert_eq!(screen.given()[0]["shapes"][0]["points"].as_array().unwrap().len(), 3);
}

#[test]
async fn a_half_drawn_mark_is_there_again_after_a_reload() {
    let rules = tools(&[("tree", "point"), ("lake", "polygon")]);
    let screen = Screen::open(rules.clone(), shown(task(400, None), None)).await;
    screen.tap((150, 120)).await;
    screen.press("lake, Polygon").await;
    screen.tap((100, 100)).await;
    screen.tap((200, 100)).await;
    let draft = screen.draft();
    drop(screen);
    let screen = Screen::open(rules, shown(task(400, None), Some(draft))).await;
    screen.tap((200, 200)).await;
    screen.press("Close").await;
    screen.press("Send").await;
    let shapes = screen.given()[0]["shapes"].clone();
    assert_eq!((&shapes[0]["type"], &shapes[1]["type"]), (&json!("point"), &json!("polygon")));
}

#[test]
async fn an_outline_that_crosses_itself_is_told_and_kept() {
    let screen = Screen::open(tools(&[("lake", "polygon")]), shown(task(500, None), None)).await;
    for at in [(100, 100), (200, 200), (200, 100), (100, 200)] {
        screen.tap(at).await;
    }
    screen.press("Close").await;
    screen.press("Send").await;
    assert!(screen.given().is_empty());
    let note: HtmlElement = screen.find(".answer-note").unchecked_into();
    assert!(!note.hidden());
    assert!(note.text_content().unwrap().contains("crosses itself"));
    // A corner is brought where it crosses nothing: now it is sent.
    screen.drag((200, 200), (150, 60)).await;
    screen.press("Send").await;
    assert_eq!(screen.given().len(), 1);
}

/// The corners of the only mark.
#[test]
async fn it_can_be_drawn_by_keys_alone() {
    let screen = Screen::open(tools(&[("roof", "box")]), shown(task(600, None), None)).await;
    screen.type_key("Enter", false).await;
    screen.type_key("Enter", false).await;
    for key in ["ArrowRight", "ArrowRight", "ArrowDown"] {
        screen.type_key(key, false).await;
    }
    screen.type_key("Enter", false).await;
    assert_eq!(screen.marks(), 1);
    screen.type_key("z", true).await;
    assert_eq!(screen.marks(), 0);
    screen.type_key("y", true).await;
    assert_eq!(screen.marks(), 1);
    screen.press("Move").await;
    screen.press("List of marks, 1").await;
    screen.press("Choose").await;
    let before = screen.draft()["shapes"][0]["x"].as_f64().unwrap();
    screen.type_key("ArrowRight", false).await;
    let after = screen.draft()["shapes"][0]["x"].as_f64().unwrap();
    assert!((after - before - 1.0).abs() < 1e-6, "{before} {after}");
    screen.type_key("Delete", false).await;
    assert_eq!(screen.marks(), 0);
}

#[test]
async fn what_is_asked_about_a_mark_has_to_be_answered() {
    let rules = json!({"tools": [{"id": "roof", "tool": "point", "label": "Roof", "questions": [
        {"id": "how", "text": "How bad?", "choices": [{"id": "gone", "label": "Gone"}, {"id": "torn", "label": "Torn"}]}
    ]}]});
    let screen = Screen::open(rules, shown(task(700, None), None)).await;
    screen.tap((150, 150)).await;
    screen.press("Done").await;
    screen.press("Send").await;
    assert!(screen.given().is_empty(), "it is asked once more");
    screen.press("Gone").await;
    screen.press("Done").await;
    screen.press("Send").await;
    assert_eq!(screen.given()[0]["shapes"][0]["choices"], json!(["gone"]));
}

#[test]
async fn the_last_answer_can_be_taken_back_while_something_is_asked() {
    let mut rules = tools(&[("fox", "point")]);
    rules["questions"] = json!([{"id": "any", "text": "Any animals?", "choices": [
        {"id": "yes", "label": "Yes"}, {"id": "no", "label": "No"}]}]);
    let screen = Screen::open(rules, shown(task(710, None), None)).await;
    let seen = |screen: &Screen| screen.keys("Take back");
    assert!(seen(&screen).is_empty(), "there is nothing to take back");
    screen.can_take_back.set(true);
    frame().await;
    let keys = seen(&screen);
    assert_eq!(keys.len(), 1);
    keys[0].click();
    assert_eq!(screen.taken_back.get_untracked(), 1);
    screen.press("Yes").await;
    screen.press("Next").await;
    assert_eq!(seen(&screen).len(), 1, "and while something is drawn");
}

#[test]
async fn practice_knows_a_miss() {
    let lesson = || {
        let shapes = json!([{"type": "point", "x": 600.0, "y": 450.0, "label": "tree"}]);
        Some(Lesson { answer: json!({"shapes": shapes}), hint: "In the middle.".into() })
    };
    for (at, missed) in [((180, 160), false), ((90, 80), true)] {
        let screen =
            Screen::open(tools(&[("tree", "point")]), shown(task(800, lesson()), None)).await;
        screen.tap(at).await;
        screen.press("Send").await;
        assert_eq!(screen.gifts.lock().unwrap()[0].missed, missed, "{at:?}");
    }
}
