//! The tagging screens in a real browser: what a thumb does, and what must never follow from it.

mod wall;
mod words;

use domain::{
    Given, Image, Lesson, Outcome, Passage, Picture, PictureSource, Size, Subject, Task, TaskId,
};
use kinds::{Gift, Run, Shown};
use leptos::prelude::*;
use serde_json::{Value, json};
use std::sync::{Arc, Mutex};
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test as test;
use web_sys::{
    Element, EventInit, HtmlElement, HtmlTextAreaElement, KeyboardEvent, KeyboardEventInit,
    PointerEvent, PointerEventInit,
};

/// A picture that needs no server.
const DOT: &str = "data:image/gif;base64,R0lGODlhAQABAAAAACwAAAAAAQABAAACAkQBADs=";

fn image() -> Subject {
    let source = PictureSource { url: DOT.into(), width: 480, height: 360 };
    Subject::Image(Image {
        picture: Picture { sources: vec![source] },
        size: Size { width: 480, height: 360 },
        alt: "A street".into(),
        tiles: None,
    })
}

fn text(text: &str) -> Subject {
    Subject::Text(Passage { text: text.into(), language: None, source: Some("SMS".into()) })
}

fn task(n: u64, subject: Subject) -> Task {
    Task::new(TaskId::v7(n, [1; 10]), "tagging", subject, "What do you see?")
}

/// A screen in the document, and what was given on it.
struct Screen {
    root: HtmlElement,
    gifts: Arc<Mutex<Vec<(TaskId, Gift)>>>,
    shown: RwSignal<Option<Shown>>,
    taken_back: RwSignal<u32>,
    drafts: Arc<Mutex<Vec<Value>>>,
    /// Its listeners go with it.
    mounted: Option<Box<dyn std::any::Any>>,
}

impl Screen {
    /// Each gift brings the next of the tasks, as the app does.
    fn open(rules: Value, tasks: Vec<Task>) -> Self {
        Self::again(rules, tasks, None)
    }

    /// The same, with a draft of the first task.
    fn again(rules: Value, mut tasks: Vec<Task>, draft: Option<Value>) -> Self {
        let document = document();
        let root: HtmlElement = document.create_element("div").unwrap().unchecked_into();
        let style = root.style();
        for (name, value) in [
            ("position", "fixed"),
            ("inset", "0 auto auto 0"),
            ("width", "360px"),
            ("height", "640px"),
        ] {
            style.set_property(name, value).unwrap();
        }
        document.body().unwrap().append_child(&root).unwrap();
        let gifts = Arc::new(Mutex::new(vec![]));
        let first = tasks.remove(0);
        let shown = RwSignal::new(Some(Shown { draft, ..fresh(Arc::new(first)) }));
        let ahead = RwSignal::new(tasks.into_iter().map(Arc::new).collect::<Vec<_>>());
        let taken_back = RwSignal::new(0);
        let drafts = Arc::new(Mutex::new(vec![]));
        let (log, kept) = (gifts.clone(), drafts.clone());
        let trail = Arc::new(Mutex::new(vec![]));
        let back = trail.clone();
        let give = Callback::new(move |gift: Gift| {
            let task = shown.get_untracked().expect("something is shown").task;
            let value = match &gift.given {
                Given::Value(value) => Some(value.clone()),
                Given::Outcome(_) => None,
            };
            log.lock().unwrap().push((task.id, gift));
            trail.lock().unwrap().push((task, value));
            let next = ahead.try_update(|ahead| (!ahead.is_empty()).then(|| ahead.remove(0)));
            shown.set(next.flatten().map(fresh));
        });
        let mounted = mount_to(root.clone(), move || {
            let run = Run {
                shown: shown.into(),
                ahead: ahead.into(),
                rules,
                language: "en".into(),
                give,
                draft: Callback::new(move |value| kept.lock().unwrap().push(value)),
                take_back: Callback::new(move |()| {
                    taken_back.update(|count| *count += 1);
                    let (task, draft) = back.lock().unwrap().pop().expect("something was given");
                    let now = shown.get_untracked().map(|s| s.task);
                    ahead.update(|ahead| ahead.splice(0..0, now).for_each(drop));
                    shown.set(Some(Shown { draft, ..fresh(task) }));
                }),
                can_take_back: Signal::stored(true),
                help: Callback::new(|()| {}),
            };
            kinds::screen("tagging", run).unwrap()
        });
        Self { root, gifts, shown, taken_back, drafts, mounted: Some(Box::new(mounted)) }
    }

    fn all(&self, selector: &str) -> Vec<HtmlElement> {
        let found = self.root.query_selector_all(selector).unwrap();
        (0..found.length()).map(|at| found.get(at).unwrap().unchecked_into()).collect()
    }

    fn find(&self, selector: &str) -> HtmlElement {
        self.all(selector).into_iter().next().unwrap_or_else(|| panic!("no {selector}"))
    }

    /// The key of that name, as a screen reader says it.
    fn key(&self, name: &str) -> HtmlElement {
        let named = |key: &HtmlElement| {
            let own = key.get_attribute("aria-label");
            own.or(key.text_content()).is_some_and(|own| own.trim() == name)
        };
        self.all("button").into_iter().find(named).unwrap_or_else(|| panic!("no key {name}"))
    }

    fn given(&self) -> Vec<Given<Value>> {
        self.gifts.lock().unwrap().iter().map(|(_, gift)| gift.given.clone()).collect()
    }

    async fn tap(&self, name: &str) {
        self.key(name).click();
        settle().await;
    }

    /// One finger across the card, from `from` to each of `to` in turn, in pixels of the window.
    async fn swipe(&self, from: i32, to: &[i32]) {
        let leaf = self.find(".card-leaf");
        pointer(&leaf, "pointerdown", 1, (from, 200));
        for x in to {
            pointer(&leaf, "pointermove", 1, (*x, 200));
        }
        pointer(&leaf, "pointerup", 1, (*to.last().unwrap_or(&from), 200));
        settle().await;
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        drop(self.mounted.take());
        self.root.remove();
    }
}

fn fresh(task: Arc<Task>) -> Shown {
    Shown { task, draft: None, practice: None, missed: false }
}

fn document() -> web_sys::Document {
    web_sys::window().unwrap().document().unwrap()
}

async fn settle() {
    leptos::task::tick().await;
    leptos::task::tick().await;
}

fn pointer(element: &Element, kind: &str, id: i32, (x, y): (i32, i32)) {
    let init = PointerEventInit::new();
    init.set_bubbles(true);
    init.set_cancelable(true);
    init.set_pointer_id(id);
    init.set_is_primary(id == 1);
    init.set_buttons(u16::from(kind != "pointerup"));
    init.set_client_x(x);
    init.set_client_y(y);
    let event = PointerEvent::new_with_event_init_dict(kind, &init).unwrap();
    element.dispatch_event(&event).unwrap();
}

/// A key pressed with the focus nowhere in particular.
async fn press(key: &str) {
    press_on(&document().body().unwrap(), key);
    settle().await;
}

fn press_on(element: &Element, key: &str) {
    let init = KeyboardEventInit::new();
    init.set_bubbles(true);
    init.set_cancelable(true);
    init.set_key(key);
    let event = KeyboardEvent::new_with_keyboard_event_init_dict("keydown", &init).unwrap();
    element.dispatch_event(&event).unwrap();
}

fn chose(ids: &[&str]) -> Given<Value> {
    Given::Value(json!({ "choices": ids }))
}

fn same_or_not() -> Value {
    json!({"screen": "card", "questions": [{"id": "same", "choices": [
        {"id": "same", "label": "The same"}, {"id": "other", "label": "Not the same"}]}]})
}

fn images(count: u64) -> Vec<Task> {
    (1..=count).map(|n| task(n, image())).collect()
}

#[test]
async fn a_tap_is_always_enough() {
    let screen = Screen::open(same_or_not(), images(3));
    settle().await;
    screen.tap("Not the same").await;
    screen.tap("The same").await;
    assert_eq!(screen.given(), [chose(&["other"]), chose(&["same"])]);
}

#[test]
async fn a_swipe_commits_past_a_third_of_the_width_and_only_there() {
    let screen = Screen::open(same_or_not(), images(5));
    settle().await;
    screen.find(".card-leaf").style().set_property("width", "300px").unwrap();
    // Early releases, one of them after the other side had been passed.
    screen.swipe(180, &[200, 240, 265]).await;
    screen.swipe(180, &[120, 60, 180]).await;
    screen.swipe(180, &[40, 120, 250]).await;
    assert!(screen.given().is_empty(), "{:?}", screen.given());
    screen.swipe(180, &[160, 120, 60]).await;
    screen.swipe(180, &[200, 240, 300]).await;
    assert_eq!(screen.given(), [chose(&["same"]), chose(&["other"])]);
}

#[test]
async fn a_swipe_from_the_edge_or_with_two_fingers_means_nothing() {
    let screen = Screen::open(same_or_not(), images(5));
    settle().await;
    screen.find(".card-leaf").style().set_property("width", "300px").unwrap();
    screen.swipe(10, &[100, 200, 340]).await;
    let leaf = screen.find(".card-leaf");
    pointer(&leaf, "pointerdown", 1, (180, 200));
    pointer(&leaf, "pointermove", 1, (250, 200));
    pointer(&leaf, "pointerdown", 2, (100, 220));
    pointer(&leaf, "pointermove", 1, (340, 200));
    pointer(&leaf, "pointerup", 1, (340, 200));
    pointer(&leaf, "pointerup", 2, (100, 220));
    // The browser takes the finger for itself.
    pointer(&leaf, "pointerdown", 1, (180, 200));
    pointer(&leaf, "pointermove", 1, (340, 200));
    pointer(&leaf, "pointercancel", 1, (340, 200));
    settle().await;
    assert!(screen.given().is_empty(), "{:?}", screen.given());
    screen.swipe(180, &[320]).await;
    assert_eq!(screen.given(), [chose(&["other"])], "and then it works again");
}

#[test]
async fn three_answers_have_no_sides() {
    let rules = json!({"screen": "card", "questions": [{"id": "damage", "choices": [
        {"id": "severe", "label": "Severe"}, {"id": "mild", "label": "Mild"},
        {"id": "none", "label": "None"}]}]});
    let screen = Screen::open(rules, images(3));
    settle().await;
    screen.swipe(180, &[340]).await;
    assert!(screen.given().is_empty());
    press("3").await;
    assert_eq!(screen.given(), [chose(&["none"])]);
}

fn wall() -> Value {
    json!({"screen": "grid", "questions": [{"id": "people", "choices": [
        {"id": "yes", "label": "People"}, {"id": "no", "label": "Nobody", "alone": true}]}],
        "outcomes": ["unreadable"]})
}

fn focused() -> HtmlElement {
    document().active_element().unwrap().unchecked_into()
}

async fn frame() {
    let frame = js_sys::Promise::new(&mut |done, _| {
        web_sys::window().unwrap().request_animation_frame(&done).unwrap();
    });
    wasm_bindgen_futures::JsFuture::from(frame).await.unwrap();
    settle().await;
}

#[test]
async fn after_an_undo_the_focus_is_on_something_that_answers() {
    let screen = Screen::open(wall(), images(12));
    settle().await;
    screen.tap("All of these").await;
    screen.tap("Send").await;
    // On a tile that goes with its wall.
    screen.all(".tile")[1].focus().unwrap();
    press_on(&focused(), "u");
    frame().await;
    assert_eq!(screen.taken_back.get_untracked(), 6);
    assert_eq!(focused(), screen.all(".tile")[0]);
    assert_eq!(screen.all(".tile.painted").len(), 6);
    // On the key that goes itself.
    screen.tap("Send").await;
    screen.key("Undo").focus().unwrap();
    screen.tap("Undo").await;
    frame().await;
    assert_eq!(focused(), screen.all(".tile")[0]);
    // Who has no focus here is not given one.
    screen.tap("Send").await;
    focused().blur().unwrap();
    press("u").await;
    frame().await;
    assert_eq!(screen.taken_back.get_untracked(), 18);
    assert_eq!(focused(), document().body().unwrap());
    drop(screen);

    let screen = Screen::open(survey(), images(3));
    settle().await;
    screen.tap("No").await;
    screen.tap("Send").await;
    screen.key("Undo").focus().unwrap();
    screen.tap("Undo").await;
    frame().await;
    assert_eq!(focused().get_attribute("aria-label").as_deref(), Some("No"));
}

#[test]
async fn a_tree_that_closes_with_its_task_keeps_the_focus() {
    let rules = json!({"questions": [{"id": "which", "choices": [
        {"id": "cat", "label": "Cat", "choices": [{"id": "lion", "label": "Lion"}]},
        {"id": "dog", "label": "Dog"}]}]});
    let screen = Screen::open(rules, images(3));
    settle().await;
    screen.tap("Cat").await;
    screen.key("Lion").focus().unwrap();
    screen.tap("Lion").await;
    frame().await;
    assert_eq!(screen.given(), [chose(&["lion"])]);
    assert_eq!(focused().get_attribute("aria-label").as_deref(), Some("Cat"));
}

/// One stop for the Tab key: the key that is chosen.
fn stops(screen: &Screen, group: &str) -> Vec<String> {
    let keys = screen.all(&format!("{group} [role=radio]"));
    let stops = keys.iter().filter(|key| key.tab_index() == 0);
    stops
        .map(|key| key.query_selector(".choice-label").unwrap().unwrap().text_content().unwrap())
        .collect()
}

#[test]
async fn arrows_take_another_brush_or_pen() {
    let marks = json!({"spans": [{"id": "place", "label": "Place"}, {"id": "need", "label": "Need"},
        {"id": "date", "label": "Date"}]});
    let said = || vec![task(1, text("Water in Erla."))];
    for (rules, tasks, group, names) in [
        (wall(), images(6), ".brushes", ["People", "Nobody", "Can't tell"]),
        (marks, said(), ".pens", ["Place", "Need", "Date"]),
    ] {
        let screen = Screen::open(rules, tasks);
        settle().await;
        assert_eq!(stops(&screen, group), [names[0]]);
        screen.find(&format!("{group} [tabindex='0']")).focus().unwrap();
        for (key, now) in [
            ("ArrowRight", 1),
            ("ArrowDown", 2),
            ("ArrowRight", 0),
            ("ArrowLeft", 2),
            ("ArrowUp", 1),
        ] {
            press_on(&focused(), key);
            settle().await;
            assert_eq!(stops(&screen, group), [names[now]], "{key}");
            let chosen = screen.find(&format!("{group} [aria-checked=true]"));
            assert_eq!(focused(), chosen, "{key}");
        }
    }
}

fn survey() -> Value {
    json!({"questions": [
        {"id": "any", "text": "Any animals?", "choices": [
            {"id": "yes", "label": "Yes"}, {"id": "no", "label": "No"}]},
        {"id": "which", "text": "Which?", "pick": "several", "when": ["yes"], "choices": [
            {"id": "cat", "label": "Cat", "choices": [{"id": "lion", "label": "Lion"}]},
            {"id": "dog", "label": "Dog"},
            {"id": "other", "label": "None of these", "alone": true}]},
        {"id": "calm", "text": "How calm?", "pick": "scale", "when": ["yes"], "choices": [
            {"id": "c1", "label": "Calm"}, {"id": "c2", "label": "Awake"}, {"id": "c3", "label": "Wild"}]},
    ]})
}

fn checked(screen: &Screen) -> Vec<String> {
    let names = screen.all("[aria-checked=true]");
    names.iter().filter_map(|key| key.get_attribute("aria-label")).collect()
}

#[test]
async fn questions_come_and_go_with_the_answers_before_them() {
    let screen = Screen::open(survey(), images(3));
    settle().await;
    let asked = || {
        let groups = screen.all(".question-group");
        groups.iter().filter(|group| !group.hidden()).count()
    };
    assert_eq!(asked(), 1);
    screen.tap("Send").await;
    assert!(screen.given().is_empty() && !screen.find(".panel-note").hidden());
    screen.tap("Yes").await;
    assert_eq!(asked(), 3);
    screen.tap("Dog").await;
    screen.tap("Wild").await;
    screen.tap("No").await;
    assert_eq!((asked(), checked(&screen)), (1, vec!["No".to_owned()]));
    screen.tap("Yes").await;
    assert_eq!(checked(&screen), ["Yes"], "what was asked no more is forgotten");
    screen.tap("Dog").await;
    screen.tap("None of these").await;
    screen.tap("Awake").await;
    assert_eq!(checked(&screen), ["Yes", "None of these", "Awake"]);
    screen.tap("Send").await;
    assert_eq!(screen.given(), [chose(&["yes", "other", "c2"])]);
    assert!(checked(&screen).is_empty(), "the next task begins with nothing");
}

#[test]
async fn a_tree_opens_and_a_crumb_leads_back() {
    let screen = Screen::open(survey(), images(1));
    settle().await;
    screen.tap("Yes").await;
    screen.tap("Cat").await;
    assert_eq!(checked(&screen), ["Yes"], "opening says nothing yet");
    screen.tap("Lion").await;
    screen.tap("Back").await;
    assert_eq!(checked(&screen), ["Yes", "Cat"], "the way to what was chosen is marked");
    screen.tap("Dog").await;
    screen.tap("Calm").await;
    screen.tap("Send").await;
    assert_eq!(screen.given(), [chose(&["yes", "lion", "dog", "c1"])]);
}

#[test]
async fn numbers_choose_and_enter_sends() {
    let screen = Screen::open(survey(), images(2));
    settle().await;
    press("1").await;
    press("2").await;
    press("Enter").await;
    assert!(screen.given().is_empty(), "how calm is still open");
    press("3").await;
    press("Enter").await;
    assert_eq!(screen.given(), [chose(&["yes", "dog", "c3"])]);
}

#[test]
async fn the_tenth_choice_is_the_key_0() {
    let choices: Vec<Value> =
        (1..=11).map(|n| json!({"id": format!("c{n}"), "label": format!("No. {n}")})).collect();
    let screen = Screen::open(json!({"questions": [{"id": "q", "choices": choices}]}), images(2));
    settle().await;
    let numbers = screen.all(".choice-number");
    let numbers: Vec<String> = numbers.iter().filter_map(|number| number.text_content()).collect();
    assert_eq!(numbers[8..], ["9", "0", ""]);
    press("0").await;
    assert_eq!(screen.given(), [chose(&["c10"])]);
}

#[test]
async fn arrows_walk_through_the_keys_without_choosing() {
    let screen = Screen::open(survey(), images(1));
    settle().await;
    let (yes, no) = (screen.key("Yes"), screen.key("No"));
    yes.focus().unwrap();
    press_on(&yes, "ArrowRight");
    assert_eq!(document().active_element().as_ref(), Some(no.as_ref()));
    press_on(&no, "ArrowRight");
    assert_eq!(document().active_element().as_ref(), Some(yes.as_ref()));
    assert!(checked(&screen).is_empty());
}

#[test]
async fn one_question_is_answered_by_its_tap_and_can_be_undone() {
    let rules = json!({"questions": [{"id": "damage", "choices": [
        {"id": "severe", "label": "Severe"}, {"id": "none", "label": "None"}]}],
        "outcomes": ["nothing_here", "skipped"]});
    let screen = Screen::open(rules, images(4));
    settle().await;
    let away = || screen.find(".undo").class_list().contains("away");
    assert!(away());
    screen.tap("Severe").await;
    assert!(!away());
    screen.tap("Undo").await;
    assert!(away() && screen.taken_back.get_untracked() == 1);
    screen.tap("None here").await;
    screen.tap("Skip").await;
    let outcomes = [Outcome::NothingHere, Outcome::Skipped].map(Given::Outcome);
    assert_eq!(screen.given()[1..], outcomes);
}

#[test]
async fn a_missed_practice_task_is_told_and_goes_on_at_the_next_key() {
    let rules = json!({"questions": [{"id": "damage", "choices": [
        {"id": "severe", "label": "Severe"}, {"id": "none", "label": "None"}]}]});
    let mut tasks = images(2);
    let lesson =
        Lesson { answer: json!({"choices": ["severe"]}), hint: "The roof is gone.".into() };
    tasks[0].lesson = Some(lesson);
    let first = tasks[0].clone();
    let screen = Screen::open(rules, tasks);
    settle().await;
    screen.tap("None").await;
    assert!(screen.gifts.lock().unwrap()[0].1.missed);
    // As the app does: the same task, with its answer being shown.
    screen.shown.set(Some(Shown { missed: true, ..fresh(Arc::new(first)) }));
    settle().await;
    let told = screen.find(".told").text_content().unwrap();
    assert!(told.contains("Severe") && told.contains("The roof is gone."), "{told}");
    press("2").await;
    assert_eq!(screen.given().len(), 1, "a number would answer what comes after it");
    screen.tap("Go on").await;
    assert_eq!(screen.given().len(), 2);
    assert!(screen.all(".told").is_empty());
}

#[test]
async fn a_verdict_goes_with_its_evidence() {
    let rules = json!({"questions": [{"id": "verdict", "text": "Is it true?", "choices": [
            {"id": "true", "label": "True"}, {"id": "false", "label": "False"}]}],
        "reason": {"ask": "required"}, "link": {"ask": "optional"}});
    let screen = Screen::open(rules, vec![task(1, text("The bridge is closed."))]);
    settle().await;
    screen.tap("False").await;
    screen.tap("Send").await;
    assert!(screen.given().is_empty(), "a reason is wanted");
    let write = |element: &HtmlElement, text: &str| {
        js_sys::Reflect::set(element, &"value".into(), &text.into()).unwrap();
        let init = EventInit::new();
        init.set_bubbles(true);
        let event = web_sys::Event::new_with_event_init_dict("input", &init).unwrap();
        element.dispatch_event(&event).unwrap();
    };
    let reason = screen.find("textarea");
    write(&reason, " Cars cross it. ");
    write(&screen.find("input[type=url]"), "example.org");
    screen.tap("Send").await;
    assert!(screen.given().is_empty(), "that is no link");
    write(&screen.find("input[type=url]"), "https://example.org/photo");
    // Typing is typing, not a shortcut.
    press_on(&reason, "u");
    press_on(&reason, "1");
    screen.tap("Send").await;
    let value = json!({"choices": ["false"], "reason": "Cars cross it.",
        "link": "https://example.org/photo"});
    assert_eq!(screen.given(), [Given::Value(value)]);
    let field: HtmlTextAreaElement = reason.unchecked_into();
    assert_eq!((field.value(), screen.taken_back.get_untracked()), (String::new(), 0));
}

#[test]
async fn only_a_stroke_along_the_lines_is_kept_from_the_browser() {
    let rules = json!({"spans": [{"id": "need", "label": "Need"}]});
    let screen = Screen::open(rules, vec![task(1, text("Water, please, in Old Town."))]);
    settle().await;
    let words = screen.find(".words");
    let bubbling = EventInit::new();
    bubbling.set_bubbles(true);
    bubbling.set_cancelable(true);
    for (way, ours) in [
        (vec![(101, 201), (130, 205), (130, 260)], true),
        (vec![(98, 210), (150, 230)], false),
        (vec![(102, 201)], false),
    ] {
        pointer(&words, "pointerdown", 1, (100, 200));
        for at in way.iter().copied() {
            pointer(&words, "pointermove", 1, at);
        }
        let touch = web_sys::Event::new_with_event_init_dict("touchmove", &bubbling).unwrap();
        words.dispatch_event(&touch).unwrap();
        assert_eq!(touch.default_prevented(), ours, "{way:?}");
        pointer(&words, "pointercancel", 1, (100, 200));
    }
}

#[test]
async fn words_are_marked_by_taps_by_a_drawn_finger_and_by_keys() {
    let rules =
        json!({"spans": [{"id": "need", "label": "Need"}, {"id": "place", "label": "Place"}]});
    let screen = Screen::open(rules, vec![task(1, text("Water, please, in Old Town 🏠 now."))]);
    settle().await;
    let words = screen.all(".word");
    let middle = |word: &HtmlElement| {
        let edge = word.get_bounding_client_rect();
        #[expect(clippy::cast_possible_truncation, reason = "pixels of a window")]
        let at =
            ((edge.left() + edge.width() / 2.0) as i32, (edge.top() + edge.height() / 2.0) as i32);
        at
    };
    pointer(&words[0], "pointerdown", 1, middle(&words[0]));
    pointer(&words[0], "pointerup", 1, middle(&words[0]));
    settle().await;
    screen.tap("Place").await;
    let (old, town) = (&words[3], &words[4]);
    pointer(old, "pointerdown", 1, middle(old));
    pointer(old, "pointermove", 1, middle(town));
    pointer(old, "pointerup", 1, middle(town));
    settle().await;
    let list = screen.find("[role=listbox]");
    // From the word that was touched last to the one behind it, the house left out again.
    for key in ["ArrowRight", "ArrowRight", "Enter"] {
        press_on(&list, key);
    }
    settle().await;
    let marked: Vec<String> =
        screen.all(".marked-key").iter().filter_map(|key| key.text_content()).collect();
    assert_eq!(marked, ["Need: Water", "Place: Old Town", "Place: now"]);
    screen.key("Place: now").click();
    settle().await;
    screen.tap("Send").await;
    let value = json!({"choices": [], "spans": [{"from": 0, "to": 5, "label": "need"},
        {"from": 18, "to": 26, "label": "place"}]});
    assert_eq!(screen.given(), [Given::Value(value)]);
}
