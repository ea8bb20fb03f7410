//! Every step is taken back in the order it was done, and what was being drawn is never lost on the
//! way to something else.

use super::*;
use wasm_bindgen_test::wasm_bindgen_test as test;

fn points(screen: &Screen) -> usize {
    screen.draft()["half"]["points"].as_array().map_or(0, Vec::len)
}

fn number(value: &Value) -> f64 {
    value.as_f64().unwrap()
}

fn news(screen: &Screen) -> String {
    screen.find("p[role=status]").text_content().unwrap()
}

#[test]
async fn a_mark_moved_while_another_is_begun_is_moved_back_first() {
    let rules = tools(&[("roof", "box"), ("lake", "polygon")]);
    let screen = Screen::open(rules, shown(task(701, None), None)).await;
    screen.drag((60, 60), (120, 120)).await;
    let x = |screen: &Screen| number(&screen.draft()["shapes"][0]["x"]);
    let before = x(&screen);
    screen.type_key("2", false).await;
    screen.tap((200, 200)).await;
    screen.tap((260, 200)).await;
    screen.press("Move").await;
    // A finger that did not choose it moves the picture.
    screen.drag((90, 90), (130, 90)).await;
    screen.type_key("0", false).await;
    assert!((x(&screen) - before).abs() < 1e-9, "{}", screen.draft());
    screen.tap((90, 90)).await;
    screen.drag((90, 90), (130, 90)).await;
    assert!(x(&screen) > before + 1.0, "{}", screen.draft());
    screen.press("Undo").await;
    assert!((x(&screen) - before).abs() < 1e-9 && points(&screen) == 2, "{}", screen.draft());
    // And its own tool is in the hand again, to go on with it.
    let tool = screen.find(".tool[aria-label='lake, Polygon']");
    assert_eq!(tool.get_attribute("aria-pressed").as_deref(), Some("true"));
    screen.press("Undo").await;
    assert_eq!((screen.marks(), points(&screen)), (1, 1));
    screen.press("Redo").await;
    screen.press("Redo").await;
    assert!(x(&screen) > before + 1.0 && points(&screen) == 2, "{}", screen.draft());
}

#[test]
async fn an_outline_that_was_closed_by_mistake_is_open_again() {
    let screen = Screen::open(tools(&[("lake", "polygon")]), shown(task(702, None), None)).await;
    for at in [(100, 100), (200, 100), (200, 200), (104, 98)] {
        screen.tap(at).await;
    }
    assert_eq!((screen.marks(), points(&screen)), (1, 0), "the first point again closes it");
    screen.press("Undo").await;
    assert_eq!((screen.marks(), points(&screen)), (0, 3));
    screen.tap((100, 220)).await;
    screen.press("Close").await;
    assert_eq!(screen.draft()["shapes"][0]["points"].as_array().unwrap().len(), 4);
}

#[test]
async fn steps_from_before_a_reload_are_taken_back_too() {
    let rules = tools(&[("roof", "box"), ("lake", "polygon")]);
    let screen = Screen::open(rules.clone(), shown(task(703, None), None)).await;
    screen.drag((60, 60), (120, 120)).await;
    screen.type_key("2", false).await;
    screen.tap((200, 200)).await;
    let draft = screen.draft();
    drop(screen);
    let screen = Screen::open(rules, shown(task(703, None), Some(draft))).await;
    screen.press("Undo").await;
    assert_eq!((screen.marks(), points(&screen)), (1, 0));
    screen.press("Undo").await;
    assert_eq!(screen.marks(), 0);
    screen.press("Redo").await;
    screen.press("Redo").await;
    assert_eq!((screen.marks(), points(&screen)), (1, 1));
}

fn survey() -> Value {
    json!({
        "questions": [{"id": "any", "text": "Any?", "choices": [
            {"id": "boat", "label": "A boat"}, {"id": "lake", "label": "A lake"}, {"id": "none", "label": "None"},
        ]}],
        "tools": [
            {"id": "boats", "tool": "box", "label": "Boat", "when": ["boat"]},
            {"id": "lakes", "tool": "polygon", "label": "Lake", "when": ["lake"]},
        ],
    })
}

fn choice(screen: &Screen, at: u32) -> HtmlElement {
    let all = screen.root.query_selector_all(".drawing-panel [role=radio]").unwrap();
    all.get(at).unwrap().unchecked_into()
}

async fn choose(screen: &Screen, at: u32) {
    choice(screen, at).click();
    frame().await;
    screen.press("Next").await;
}

#[test]
async fn what_is_begun_stays_its_own_tool_s_behind_another_answer() {
    let screen = Screen::open(survey(), shown(task(704, None), None)).await;
    choose(&screen, 1).await;
    screen.tap((100, 100)).await;
    screen.tap((200, 100)).await;
    screen.press("Back to the question").await;
    choose(&screen, 0).await;
    // A boat's box, not a third corner of the lake.
    screen.drag((60, 160), (120, 220)).await;
    assert_eq!((screen.marks(), points(&screen)), (1, 0), "{}", screen.draft());
    assert_eq!(screen.draft()["shapes"][0]["label"], "boats");
}

#[test]
async fn where_no_tool_is_offered_the_question_is_asked_again() {
    let draft = json!({"shapes": [], "choices": ["none"]});
    let screen = Screen::open(survey(), shown(task(705, None), Some(draft))).await;
    screen.find(".drawing-panel");
    screen.tap((100, 100)).await;
    assert_eq!(screen.marks(), 0, "nothing is drawn with a tool that is not there");
}

/// Which answers about the whole are chosen.
fn said(screen: &Screen) -> Vec<String> {
    let all = screen.root.query_selector_all(".drawing-panel [aria-checked=true]").unwrap();
    (0..all.length()).filter_map(|at| all.get(at)?.text_content()).collect()
}

#[test]
async fn an_answer_about_the_whole_is_a_step_like_others() {
    let screen = Screen::open(survey(), shown(task(712, None), None)).await;
    screen.can_take_back.set(true);
    frame().await;
    let ways = |screen: &Screen| ["Undo", "Redo", "Take back"].map(|name| screen.keys(name).len());
    assert_eq!(ways(&screen), [0, 0, 1]);
    choice(&screen, 1).click();
    frame().await;
    assert_eq!(ways(&screen), [1, 0, 1]);
    screen.press("Next").await;
    screen.tap((100, 100)).await;
    screen.press("Back to the question").await;
    choose(&screen, 0).await;
    screen.drag((60, 160), (120, 220)).await;
    assert_eq!(screen.draft()["choices"], json!(["boat"]));
    // The box goes, and the lake's corner that was given up for it is there again; then the
    // question is asked again, with what was said before.
    screen.press("Undo").await;
    screen.press("Undo").await;
    assert_eq!((screen.marks(), points(&screen)), (0, 1));
    assert!(said(&screen).is_empty(), "it is not asked");
    screen.press("Undo").await;
    assert!(said(&screen).concat().contains("A lake"), "{:?}", said(&screen));
    assert_eq!((&screen.draft()["choices"], points(&screen)), (&json!(["lake"]), 1));
    let draft = screen.draft();
    drop(screen);
    // After a reload too.
    let screen = Screen::open(survey(), shown(task(712, None), Some(draft))).await;
    screen.press("Back to the question").await;
    screen.press("Undo").await;
    screen.press("Undo").await;
    assert!(screen.draft()["choices"].is_null() && points(&screen) == 0, "{}", screen.draft());
    assert!(said(&screen).is_empty() && !screen.keys("Next").is_empty(), "it is asked");
    assert_eq!(ways(&screen), [0, 1, 0]);
    // Where the answers are, the keys are heard too.
    for (key, after) in [("y", [1, 1, 0]), ("z", [0, 1, 0])] {
        choice(&screen, 0).focus().unwrap();
        assert!(type_on(&choice(&screen, 0), key, true).await);
        frame().await;
        assert_eq!(ways(&screen), after, "{key}");
    }
    for _ in 0..5 {
        screen.press("Redo").await;
    }
    assert!(said(&screen).concat().contains("A boat"), "{:?}", said(&screen));
    let draft = screen.draft();
    assert_eq!((&draft["choices"], screen.marks()), (&json!(["boat"]), 1), "{draft}");
    assert_eq!(draft["shapes"][0]["label"], "boats");
}

#[test]
async fn a_chosen_mark_moves_from_under_a_smaller_one() {
    let screen = Screen::open(tools(&[("roof", "box")]), shown(task(713, None), None)).await;
    screen.drag((60, 60), (260, 240)).await;
    screen.drag((140, 130), (180, 170)).await;
    screen.press("Move").await;
    let x = |screen: &Screen, at: usize| number(&screen.draft()["shapes"][at]["x"]);
    let before = [x(&screen, 0), x(&screen, 1)];
    screen.tap((90, 150)).await;
    screen.drag((160, 150), (190, 150)).await;
    let after = [x(&screen, 0), x(&screen, 1)];
    assert!(after[0] > before[0] + 1.0, "{}", screen.draft());
    assert!((after[1] - before[1]).abs() < 1e-9, "{}", screen.draft());
    // A tap chooses the smaller one, and then that is moved.
    screen.tap((160, 150)).await;
    screen.drag((160, 150), (180, 150)).await;
    assert!(x(&screen, 1) > before[1] + 1.0, "{}", screen.draft());
    assert!((x(&screen, 0) - after[0]).abs() < 1e-9, "{}", screen.draft());
}

#[test]
async fn what_lies_over_the_edge_is_nudged_along_it() {
    let mut rules = tools(&[("roof", "box")]);
    rules["rotatable"] = json!(true);
    let turned = json!({"type": "box", "x": 0.0, "y": 300.0, "width": 300.0, "height": 100.0, "rotation": 90.0, "label": "roof"});
    let on_edge = json!({"type": "box", "x": -100.0, "y": 300.0, "width": 300.0, "height": 100.0, "rotation": 45.0, "label": "roof"});
    for shape in [turned, on_edge] {
        let draft = json!({"shapes": [shape], "choices": []});
        let screen = Screen::open(rules.clone(), shown(task(706, None), Some(draft))).await;
        screen.press("List of marks, 1").await;
        screen.press("Choose").await;
        screen.press("Close").await;
        let (x, y) = (number(&shape["x"]), number(&shape["y"]));
        screen.type_key("ArrowDown", false).await;
        let moved = &screen.draft()["shapes"][0];
        assert!((number(&moved["x"]) - x).abs() < 1e-9, "{moved}");
        assert!((number(&moved["y"]) - y - 1.0).abs() < 1e-9, "{moved}");
    }
}

#[test]
async fn the_end_of_a_line_is_moved_by_keys_and_said() {
    let screen = Screen::open(tools(&[("road", "line")]), shown(task(707, None), None)).await;
    screen.drag((60, 60), (160, 120)).await;
    let end = |screen: &Screen| number(&screen.draft()["shapes"][0]["points"][1][1]);
    let before = end(&screen);
    for key in ["c", "c", "ArrowDown"] {
        screen.type_key(key, false).await;
    }
    assert!((end(&screen) - before - 1.0).abs() < 1e-6, "{}", screen.draft());
    assert!(news(&screen).starts_with("Line at "), "{}", news(&screen));
    // An end cannot be taken out: the key takes the line away.
    screen.type_key("Delete", false).await;
    assert_eq!(screen.marks(), 0);
    assert_eq!(news(&screen), "1. road deleted");
    screen.type_key("z", true).await;
    let once = news(&screen);
    screen.type_key("z", true).await;
    assert_ne!(news(&screen), once, "said once more");
}

#[test]
async fn a_key_that_is_held_puts_one_point() {
    let screen = Screen::open(tools(&[("lake", "polygon")]), shown(task(708, None), None)).await;
    screen.type_key("Enter", false).await;
    screen.type_key("Enter", false).await;
    assert_eq!((points(&screen), news(&screen).as_str()), (1, "Point 1 put"));
    screen.type_key("ArrowRight", false).await;
    let init = KeyboardEventInit::new();
    init.set_bubbles(true);
    init.set_key("Enter");
    init.set_repeat(true);
    for _ in 0..5 {
        let event = KeyboardEvent::new_with_keyboard_event_init_dict("keydown", &init).unwrap();
        screen.find(".drawing-stage").dispatch_event(&event).unwrap();
    }
    assert_eq!(points(&screen), 1);
}

#[test]
async fn a_half_drawn_mark_is_not_dropped_for_nothing_here() {
    let screen = Screen::open(tools(&[("lake", "polygon")]), shown(task(709, None), None)).await;
    screen.tap((100, 100)).await;
    screen.press("Nothing here").await;
    assert!(screen.given().is_empty());
    let note: HtmlElement = screen.find(".answer-note").unchecked_into();
    assert!(!note.hidden() && points(&screen) == 1);
}
