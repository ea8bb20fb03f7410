//! The typing screen in a real browser: what phones punish.

use domain::{
    Fact, Given, ImageRegion, Lesson, Outcome, Picture, PictureSource, Rect, Subject, Task, TaskId,
};
use kinds::{Gift, Run, Shown};
use leptos::prelude::*;
use serde_json::{Value, json};
use std::sync::{Arc, Mutex};
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test as test;
use web_sys::{
    Element, EventInit, HtmlElement, HtmlInputElement, InputEvent, InputEventInit, PointerEvent,
    PointerEventInit,
};

/// A picture that needs no server.
const DOT: &str = "data:image/gif;base64,R0lGODlhAQABAAAAACwAAAAAAQABAAACAkQBADs=";

pub(crate) fn task(n: u64, lesson: Option<Lesson>) -> Task {
    let source = PictureSource { url: format!("{DOT}#{n}"), width: 480, height: 60 };
    let subject = Subject::ImageRegion(ImageRegion {
        picture: Picture { sources: vec![source] },
        frame: Rect::new(0.0, 0.0, 480.0, 60.0),
        mark: Rect::new(100.0, 10.0, 120.0, 40.0),
        turned: 0,
        page: None,
    });
    Task { lesson, ..Task::new(TaskId::v7(n, [1; 10]), "typing", subject, "What does it say?") }
}

/// A screen in the document, and what was given on it.
pub(crate) struct Screen {
    pub(crate) root: HtmlElement,
    pub(crate) gifts: Arc<Mutex<Vec<Gift>>>,
    pub(crate) shown: RwSignal<Option<Shown>>,
    pub(crate) draft: Arc<Mutex<Option<Value>>>,
}

impl Screen {
    /// Each gift brings the next task, as the app does.
    fn open(first: Task, draft: Option<Value>) -> Self {
        Self::of(json!({"characters": ["ſ", "ß"]}), first, draft)
    }

    /// The same under these settings.
    pub(crate) fn of(rules: Value, first: Task, draft: Option<Value>) -> Self {
        let document = document();
        let root: HtmlElement = document.create_element("div").unwrap().unchecked_into();
        document.body().unwrap().append_child(&root).unwrap();
        let gifts = Arc::new(Mutex::new(vec![]));
        let start = Shown { task: Arc::new(first), draft, practice: None, missed: false };
        let shown = RwSignal::new(Some(start));
        let log = gifts.clone();
        let kept = Arc::new(Mutex::new(None));
        let keep = kept.clone();
        let give = Callback::new(move |gift| {
            let mut log = log.lock().unwrap();
            log.push(gift);
            let next = task(1_000 + log.len() as u64, None);
            let next = Shown { task: Arc::new(next), draft: None, practice: None, missed: false };
            shown.set(Some(next));
        });
        mount_to(root.clone(), move || {
            let run = Run {
                shown: shown.into(),
                ahead: Signal::stored(vec![]),
                rules: rules.clone(),
                language: "de".into(),
                give,
                draft: Callback::new(move |value| *keep.lock().unwrap() = Some(value)),
                take_back: Callback::new(|()| {}),
                can_take_back: Signal::stored(false),
                help: Callback::new(|()| {}),
            };
            kinds::screen("typing", run).unwrap()
        })
        .forget();
        Self { root, gifts, shown, draft: kept }
    }

    pub(crate) fn find(&self, selector: &str) -> Element {
        self.root.query_selector(selector).unwrap().unwrap_or_else(|| panic!("no {selector}"))
    }

    pub(crate) fn field(&self) -> HtmlInputElement {
        self.find("input").unchecked_into()
    }

    pub(crate) fn key(&self, name: &str) -> HtmlElement {
        let keys = self.root.query_selector_all("button").unwrap();
        (0..keys.length())
            .map(|at| keys.get(at).unwrap().unchecked_into::<HtmlElement>())
            .find(|key| {
                key.get_attribute("aria-label").or(key.text_content()).as_deref() == Some(name)
            })
            .unwrap_or_else(|| panic!("no key {name}"))
    }

    /// Sends what is in the field, as the keyboard's key does.
    pub(crate) async fn send(&self) {
        let form: web_sys::HtmlFormElement = self.find("form").unchecked_into();
        form.request_submit().unwrap();
        settle().await;
    }

    pub(crate) fn given(&self) -> Vec<Given<Value>> {
        self.gifts.lock().unwrap().iter().map(|gift| gift.given.clone()).collect()
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        self.root.remove();
    }
}

pub(crate) fn document() -> web_sys::Document {
    web_sys::window().unwrap().document().unwrap()
}

pub(crate) async fn settle() {
    leptos::task::tick().await;
    leptos::task::tick().await;
}

pub(crate) fn input(field: &HtmlInputElement, kind: &str) {
    let init = InputEventInit::new();
    init.set_input_type(kind);
    init.set_bubbles(true);
    field.dispatch_event(&InputEvent::new_with_event_init_dict("input", &init).unwrap()).unwrap();
}

pub(crate) fn word(text: &str) -> Given<Value> {
    Given::Value(json!({ "text": text }))
}

#[test]
async fn fifty_words_in_one_field_that_keeps_the_focus() {
    let screen = Screen::open(task(1, None), None);
    settle().await;
    let field = screen.field();
    assert_eq!(document().active_element().as_ref(), Some(field.as_ref()));
    for n in 0..50 {
        field.set_value(&format!("word{n}"));
        screen.send().await;
        assert!(field.is_connected() && !field.disabled());
        assert_eq!(document().active_element().as_ref(), Some(field.as_ref()), "word {n}");
        assert_eq!(field.value(), "");
    }
    assert_eq!(screen.given().len(), 50);
    assert_eq!(screen.given()[49], word("word49"));
}

#[test]
async fn keyboards_are_told_not_to_help() {
    let screen = Screen::open(task(1, None), None);
    settle().await;
    for (name, value) in [
        ("enterkeyhint", "send"),
        ("autocapitalize", "none"),
        ("autocorrect", "off"),
        ("autocomplete", "off"),
        ("spellcheck", "false"),
        ("aria-label", "Type what you see"),
    ] {
        assert_eq!(screen.field().get_attribute(name).as_deref(), Some(value), "{name}");
    }
}

#[test]
async fn what_the_keyboard_replaced_is_counted_and_counted_anew_for_each_word() {
    let screen = Screen::open(task(1, None), None);
    settle().await;
    let field = screen.field();
    field.set_value("Wesen");
    for kind in ["insertText", "insertReplacementText", "insertReplacementText"] {
        input(&field, kind);
    }
    screen.send().await;
    field.set_value("so");
    input(&field, "insertText");
    screen.send().await;
    let counts: Vec<u32> =
        screen.gifts.lock().unwrap().iter().map(|gift| gift.corrections).collect();
    assert_eq!(counts, [2, 0]);
}

#[test]
async fn text_goes_out_in_nfc_and_otherwise_as_it_was_typed() {
    let screen = Screen::open(task(1, None), None);
    settle().await;
    screen.field().set_value("A\u{30a}bo  Weſen⸗");
    screen.send().await;
    assert_eq!(screen.given(), [word("\u{c5}bo  Weſen⸗")]);
}

#[test]
async fn sending_works_while_the_keyboard_composes() {
    let screen = Screen::open(task(1, None), None);
    settle().await;
    let field = screen.field();
    let bubbling = EventInit::new();
    bubbling.set_bubbles(true);
    let begun = web_sys::Event::new_with_event_init_dict("compositionstart", &bubbling).unwrap();
    field.dispatch_event(&begun).unwrap();
    field.set_value("Turku");
    screen.send().await;
    assert_eq!(screen.given(), [word("Turku")]);
}

#[test]
async fn nothing_typed_is_told_and_not_sent() {
    let screen = Screen::open(task(1, None), None);
    settle().await;
    screen.field().set_value("  ");
    screen.send().await;
    assert!(screen.given().is_empty());
    let note: HtmlElement = screen.find("[role=alert]").unchecked_into();
    assert!(!note.hidden());
    screen.field().set_value("x");
    input(&screen.field(), "insertText");
    settle().await;
    assert!(note.hidden());
}

#[test]
async fn what_was_wrong_with_one_word_is_not_told_of_the_next() {
    let screen = Screen::open(task(1, None), None);
    settle().await;
    screen.send().await;
    let note: HtmlElement = screen.find("[role=alert]").unchecked_into();
    assert!(!note.hidden());
    screen.key("Nothing here").click();
    settle().await;
    assert_eq!(screen.given(), [Given::Outcome(Outcome::NothingHere)]);
    assert!(note.hidden(), "{:?}", note.text_content());
}

#[test]
async fn every_key_leaves_the_focus_in_the_field() {
    let screen = Screen::open(task(1, None), None);
    settle().await;
    for name in ["Can't read", "Nothing here", "Bad crop", "ſ", "ß"] {
        let init = PointerEventInit::new();
        init.set_bubbles(true);
        init.set_cancelable(true);
        let down = PointerEvent::new_with_event_init_dict("pointerdown", &init).unwrap();
        screen.key(name).dispatch_event(&down).unwrap();
        assert!(down.default_prevented(), "{name}");
    }
}

#[test]
async fn characters_go_in_at_the_caret() {
    let screen = Screen::open(task(1, None), None);
    settle().await;
    let field = screen.field();
    field.set_value("Ween");
    field.set_selection_range(2, 2).unwrap();
    screen.key("ſ").click();
    assert_eq!(field.value(), "Weſen");
    assert_eq!(field.selection_start().unwrap(), Some(3));
    field.set_selection_range(0, 5).unwrap();
    screen.key("ß").click();
    assert_eq!(field.value(), "ß");
}

#[test]
async fn outcomes_are_one_tap() {
    let screen = Screen::open(task(1, None), None);
    settle().await;
    screen.key("Can't read").click();
    settle().await;
    screen.key("Nothing here").click();
    settle().await;
    screen.key("Bad crop").click();
    let said = [Outcome::Unreadable, Outcome::NothingHere, Outcome::BadSubject];
    assert_eq!(screen.given(), said.map(Given::Outcome));
}

#[test]
async fn practice_knows_a_miss_from_another_spelling() {
    let lesson = || Some(Lesson { answer: json!({"text": "weiſer"}), hint: "A long s.".into() });
    for (typed, missed) in [("weiser", false), ("weiſer", false), ("weifer", true)] {
        let screen = Screen::open(task(1, lesson()), None);
        settle().await;
        screen.field().set_value(typed);
        screen.send().await;
        assert_eq!(screen.gifts.lock().unwrap()[0].missed, missed, "{typed}");
    }
}

#[test]
async fn what_is_known_of_a_word_is_beside_it() {
    let facts = vec![
        Fact { name: "Year".into(), value: "1863".into() },
        Fact { name: "Row".into(), value: "7".into() },
    ];
    let first = Task { text: Some("Haſen".into()), facts, ..task(1, None) };
    let screen = Screen::open(first, None);
    settle().await;
    let about = || {
        let all = screen.root.query_selector_all(".about").unwrap();
        let text = |at| all.get(at).unwrap().text_content().unwrap();
        (0..all.length()).map(text).filter(|text| !text.is_empty()).collect::<Vec<_>>()
    };
    assert_eq!(about(), ["Haſen", "Year: 1863 · Row: 7"]);
    assert_eq!(screen.find(".about").get_attribute("lang").as_deref(), Some("de"));
    screen.field().set_value("Hasen");
    screen.send().await;
    assert!(about().is_empty(), "nothing is known of the next");
}

#[test]
async fn a_draft_is_in_the_field_when_its_task_comes() {
    let screen = Screen::open(task(1, None), Some(json!({"text": "half a wo"})));
    settle().await;
    assert_eq!(screen.field().value(), "half a wo");
    // The same task again, with other things about it: what is being typed stays.
    screen.field().set_value("half a word");
    let mut same = screen.shown.get_untracked().unwrap();
    same.missed = true;
    screen.shown.set(Some(same));
    settle().await;
    assert_eq!(screen.field().value(), "half a word");
}

#[test]
async fn the_word_is_large_enough_to_be_read() {
    let screen = Screen::open(task(1, None), None);
    screen.root.style().set_property("width", "360px").unwrap();
    let slip: HtmlElement = screen.find(".slip").unchecked_into();
    slip.style().set_property("height", "160px").unwrap();
    // Laid out anew in the next frame.
    for _ in 0..3 {
        let frame = js_sys::Promise::new(&mut |done, _| {
            web_sys::window().unwrap().request_animation_frame(&done).unwrap();
        });
        wasm_bindgen_futures::JsFuture::from(frame).await.unwrap();
    }
    let mark = screen.find(".strip-mark").get_bounding_client_rect();
    assert!(mark.height() >= 48.0, "{} px high", mark.height());
}
