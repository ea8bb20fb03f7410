//! What is done to marks that are there: moved, turned, taken back.

use super::*;
use wasm_bindgen_test::wasm_bindgen_test as test;

fn corners(screen: &Screen) -> Vec<(f64, f64)> {
    let points = screen.draft()["shapes"][0]["points"].as_array().cloned().unwrap_or_default();
    points.iter().map(|p| (p[0].as_f64().unwrap(), p[1].as_f64().unwrap())).collect()
}

fn is_away(screen: &Screen, name: &str) -> bool {
    let keys = screen.root.query_selector_all(".drawing-edits button").unwrap();
    let keys = (0..keys.length()).map(|at| keys.get(at).unwrap().unchecked_into::<HtmlElement>());
    let key = keys.into_iter().find(|key| key.text_content().as_deref() == Some(name));
    key.unwrap_or_else(|| panic!("no key {name}")).hidden()
}

#[test]
async fn corners_are_put_into_a_finished_outline_and_taken_out() {
    let screen = Screen::open(tools(&[("lake", "polygon")]), shown(task(310, None), None)).await;
    for at in [(100, 90), (220, 90), (220, 210)] {
        screen.tap(at).await;
    }
    screen.press("Close").await;
    let before = corners(&screen);
    assert!(is_away(&screen, "Remove corner"), "none is chosen");
    // From the middle of the upper edge, while the tool is still held.
    let to = screen.under((160, 60), 0);
    screen.drag((160, 90), (160, 60)).await;
    let after = corners(&screen);
    assert_eq!((screen.marks(), after.len()), (1, 4));
    assert_eq!((after[0], after[2], after[3]), (before[0], before[1], before[2]));
    assert!((after[1].0 - to.0).abs() <= 2.0 && (after[1].1 - to.1).abs() <= 2.0, "{after:?}");
    screen.press("Undo").await;
    assert_eq!(corners(&screen), before);
    screen.press("Redo").await;
    assert_eq!(corners(&screen), after);
    // A corner is chosen by a tap, and taken out by the key.
    screen.press("Move").await;
    screen.tap((170, 100)).await;
    screen.tap((220, 90)).await;
    screen.press("Remove corner").await;
    assert_eq!(corners(&screen), [after[0], after[1], after[3]]);
    screen.press("Remove corner").await;
    assert_eq!(corners(&screen).len(), 3, "never fewer");
    let note: HtmlElement = screen.find(".answer-note").unchecked_into();
    assert!(!note.hidden());
    screen.press("Undo").await;
    assert_eq!(corners(&screen), after);
    screen.press("Redo").await;
    screen.press("Send").await;
    assert_eq!(screen.given()[0]["shapes"][0]["points"].as_array().unwrap().len(), 3);
}

#[test]
async fn a_tap_beside_an_outline_begins_another_one() {
    let screen = Screen::open(tools(&[("lake", "polygon")]), shown(task(311, None), None)).await;
    for at in [(100, 90), (220, 90), (220, 210)] {
        screen.tap(at).await;
    }
    screen.press("Close").await;
    for at in [(160, 85), (160, 50), (120, 50)] {
        screen.tap(at).await;
    }
    screen.press("Close").await;
    assert_eq!((screen.marks(), corners(&screen).len()), (2, 3));
}

#[test]
async fn corners_are_edited_by_keys_alone() {
    let screen = Screen::open(tools(&[("path", "polyline")]), shown(task(312, None), None)).await;
    for at in [(100, 90), (220, 90)] {
        screen.tap(at).await;
    }
    screen.press("Finish").await;
    let before = corners(&screen);
    let news = || screen.find("p.unseen[role=status]").text_content().unwrap();
    screen.type_key("c", false).await;
    assert_eq!(news(), "Corner 1 of 2");
    screen.type_key("Delete", false).await;
    assert_eq!((screen.marks(), corners(&screen)), (1, before.clone()), "it needs both");
    screen.type_key("c", false).await;
    // After the last there is no edge: it goes in before it.
    screen.type_key("i", false).await;
    assert_eq!(news(), "Corner 2 of 3");
    screen.type_key("ArrowDown", false).await;
    let after = corners(&screen);
    let middle = f64::midpoint(before[0].0, before[1].0);
    assert_eq!((after[0], after[2]), (before[0], before[1]));
    assert!((after[1].0 - middle).abs() < 1e-6 && (after[1].1 - before[0].1 - 1.0).abs() < 1e-6);
    screen.type_key("Delete", false).await;
    assert_eq!(corners(&screen), before);
    screen.type_key("z", true).await;
    assert_eq!(corners(&screen), after);
    screen.type_key("Escape", false).await;
    screen.type_key("Delete", false).await;
    assert_eq!(screen.marks(), 1, "nothing is chosen after an undo");
}

#[test]
async fn a_mouse_turns_a_box_by_the_handle_that_it_sees() {
    let mut rules = tools(&[("roof", "box")]);
    rules["rotatable"] = json!(true);
    let screen = Screen::open(rules, shown(task(313, None), None)).await;
    screen.drag((120, 120), (200, 180)).await;
    // 44 pixels above the middle of its upper edge, and from there to its right.
    for (kind, at) in [
        ("pointerdown", (160, 76)),
        ("pointermove", (240, 140)),
        ("pointermove", (240, 150)),
        ("pointerup", (240, 150)),
    ] {
        screen.point_with("mouse", 1, kind, at);
        frame().await;
    }
    assert_eq!(screen.marks(), 1, "{}", screen.draft());
    let turned = screen.draft()["shapes"][0]["rotation"].as_f64().unwrap();
    assert!((turned - 90.0).abs() < 1e-6, "{turned}");
}

#[test]
async fn a_box_is_turned_by_keys_and_from_the_list() {
    let mut rules = tools(&[("roof", "box")]);
    let rotation =
        |screen: &Screen| screen.draft()["shapes"][0]["rotation"].as_f64().unwrap_or(0.0);
    let screen = Screen::open(rules.clone(), shown(task(601, None), None)).await;
    screen.drag((120, 120), (200, 180)).await;
    screen.type_key("r", false).await;
    assert!(rotation(&screen).abs() < 1e-6, "not where boxes are not turned");
    drop(screen);
    rules["rotatable"] = json!(true);
    let screen = Screen::open(rules, shown(task(602, None), None)).await;
    screen.drag((120, 120), (200, 180)).await;
    for _ in 0..3 {
        screen.type_key("r", false).await;
    }
    assert!((rotation(&screen) - 15.0).abs() < 1e-6, "{}", screen.draft());
    screen.press("List of marks, 1").await;
    screen.press("Turn anticlockwise").await;
    assert!((rotation(&screen) - 10.0).abs() < 1e-6, "{}", screen.draft());
    let place = screen.find(".mark-name span").text_content().unwrap();
    assert!(place.ends_with("turned by 10°"), "{place}");
    screen.type_key("z", true).await;
    assert!((rotation(&screen) - 15.0).abs() < 1e-6, "a step like any other");
}

#[test]
async fn steps_are_done_again_in_the_order_they_were_done() {
    let rules = tools(&[("roof", "box"), ("lake", "polygon")]);
    let screen = Screen::open(rules, shown(task(603, None), None)).await;
    let points = |screen: &Screen| screen.draft()["half"]["points"].as_array().map_or(0, Vec::len);
    screen.drag((60, 60), (120, 120)).await;
    screen.type_key("2", false).await;
    for at in [(200, 200), (260, 200)] {
        screen.tap(at).await;
    }
    for _ in 0..3 {
        screen.press("Undo").await;
    }
    assert_eq!((screen.marks(), points(&screen)), (0, 0));
    for left in [(1, 0), (1, 1), (1, 2)] {
        screen.press("Redo").await;
        assert_eq!((screen.marks(), points(&screen)), left);
    }
    // What was taken back before something else was done does not come back after it.
    for _ in 0..3 {
        screen.press("Undo").await;
    }
    screen.tap((200, 200)).await;
    screen.press("Undo").await;
    screen.press("Redo").await;
    screen.press("Redo").await;
    assert_eq!((screen.marks(), points(&screen)), (0, 1));
}

#[test]
async fn a_mark_that_goes_while_a_finger_holds_it_leaves_nothing_behind() {
    for away in ["z", "Delete"] {
        let screen = Screen::open(tools(&[("roof", "box")]), shown(task(604, None), None)).await;
        screen.drag((120, 120), (200, 180)).await;
        assert_eq!(screen.marks(), 1);
        // By its lower right corner.
        screen.point(1, "pointerdown", (200, 180));
        screen.point(1, "pointermove", (230, 200));
        frame().await;
        screen.type_key(away, away == "z").await;
        assert_eq!(screen.marks(), 0);
        screen.point(1, "pointermove", (250, 240));
        frame().await;
        screen.point(1, "pointerup", (250, 240));
        frame().await;
        assert_eq!(screen.marks(), 0, "{}", screen.draft());
    }
}

#[test]
async fn points_snap_to_other_marks_and_never_to_their_own() {
    let mut rules = tools(&[("lake", "polygon"), ("fire", "point")]);
    rules["snap"] = json!(true);
    let screen = Screen::open(rules, shown(task(605, None), None)).await;
    for at in [(100, 90), (220, 90), (220, 210)] {
        screen.tap(at).await;
    }
    screen.press("Close").await;
    let before = corners(&screen);
    // A small correction of a corner stays.
    let to = screen.under((231, 95), 0);
    screen.drag((220, 90), (231, 95)).await;
    let after = corners(&screen);
    assert_ne!(after[1], before[1]);
    assert!((after[1].0 - to.0).abs() <= 2.0 && (after[1].1 - to.1).abs() <= 2.0, "{after:?}");
    // Another outline has the corner that is near.
    for at in [(40, 220), (40, 120), (108, 96)] {
        screen.tap(at).await;
    }
    screen.press("Close").await;
    let second = screen.draft()["shapes"][1]["points"][2].clone();
    assert_eq!(second, json!([after[0].0, after[0].1]));
    // Two points that lie close are two, even beside a corner.
    screen.type_key("2", false).await;
    screen.tap((300, 60)).await;
    screen.tap((309, 60)).await;
    screen.tap((108, 96)).await;
    let place = |at: usize| {
        let shape = &screen.draft()["shapes"][at];
        (shape["x"].as_f64().unwrap(), shape["y"].as_f64().unwrap())
    };
    assert!(place(3).0 - place(2).0 > 20.0, "{}", screen.draft());
    assert!((place(4).0 - after[0].0).abs() > 10.0, "{}", screen.draft());
}

#[test]
async fn points_snap_to_the_marks_of_others_where_these_are_shown() {
    let others = vec![json!({"shapes": [
        {"type": "polygon", "label": "lake", "points": [[400.0, 300.0], [700.0, 300.0], [700.0, 600.0]]},
    ]})];
    for (shows, snapped) in [("show", true), ("hide", false)] {
        let mut rules = tools(&[("lake", "line")]);
        rules["snap"] = json!(true);
        rules["others"] = json!(shows);
        let task = Task { others: others.clone(), ..task(606, None) };
        let screen = Screen::open(rules, shown(task, None)).await;
        // Where the corner is seen, told by where the browser has put the picture.
        let (left, right) = (screen.under((0, 0), 0), screen.under((100, 0), 0));
        let scale = 100.0 / (right.0 - left.0);
        #[expect(clippy::cast_possible_truncation, reason = "pixels")]
        let at = |x: f64, y: f64| {
            (((x - left.0) * scale).round() as i32, ((y - left.1) * scale).round() as i32)
        };
        let (x, y) = at(400.0, 300.0);
        screen.drag((x + 8, y + 5), at(900.0, 100.0)).await;
        let start = screen.draft()["shapes"][0]["points"][0].clone();
        assert_eq!(start == json!([400.0, 300.0]), snapped, "{shows}: {start}");
    }
}

#[test]
async fn a_mark_deleted_from_its_list_is_not_held_any_more() {
    let screen = Screen::open(tools(&[("roof", "box")]), shown(task(607, None), None)).await;
    screen.drag((60, 60), (110, 110)).await;
    screen.drag((180, 180), (240, 240)).await;
    // The second one is held by its corner while the first one goes.
    screen.point(1, "pointerdown", (240, 240));
    screen.point(1, "pointermove", (260, 250));
    frame().await;
    screen.press("List of marks, 2").await;
    screen.press("Delete").await;
    let left = screen.draft()["shapes"].clone();
    assert_eq!(screen.marks(), 1);
    screen.point(1, "pointermove", (280, 260));
    frame().await;
    screen.point(1, "pointerup", (280, 260));
    frame().await;
    assert_eq!(screen.draft()["shapes"], left, "as it was seen when the finger lost it");
}

#[test]
async fn reset_takes_back_the_turn_and_the_light() {
    let screen = Screen::open(tools(&[("roof", "box")]), shown(task(608, None), None)).await;
    let lies = || {
        let lies = screen.find(".stage-paper img").get_bounding_client_rect();
        [lies.left(), lies.top(), lies.width(), lies.height()].map(|side| format!("{side:.0}"))
    };
    let filter = || screen.find(".stage-paper").get_attribute("style").unwrap_or_default();
    let (before, plain) = (lies(), filter());
    for key in ["Rotate", "Zoom in", "Brightness", "Invert"] {
        screen.press(key).await;
    }
    frame().await;
    assert_ne!((lies(), filter()), (before.clone(), plain));
    assert!(filter().contains("invert"));
    screen.press("Reset").await;
    frame().await;
    assert_eq!(lies(), before);
    assert!(!filter().contains("invert"), "{}", filter());
    for key in ["Rotate", "Zoom in"] {
        screen.press(key).await;
    }
    screen.type_key("0", false).await;
    frame().await;
    assert_eq!(lies(), before);
}

#[test]
async fn a_finger_that_lost_its_stroke_still_counts_as_the_first_of_two() {
    let screen = Screen::open(tools(&[("roof", "box")]), shown(task(606, None), None)).await;
    screen.drag((60, 60), (120, 120)).await;
    screen.point(1, "pointerdown", (200, 120));
    screen.point(1, "pointermove", (250, 160));
    screen.type_key("z", true).await;
    for (kind, at) in
        [("pointerdown", (120, 200)), ("pointermove", (60, 240)), ("pointerup", (60, 240))]
    {
        screen.point(2, kind, at);
        frame().await;
    }
    screen.point(1, "pointerup", (250, 160));
    frame().await;
    assert_eq!(screen.marks(), 0, "two fingers never draw: {}", screen.draft());
    screen.drag((60, 60), (120, 120)).await;
    assert_eq!(screen.marks(), 1, "and then one finger draws again");
}

#[test]
async fn a_stroke_does_not_go_on_over_the_next_task() {
    let screen = Screen::open(tools(&[("roof", "box")]), shown(task(607, None), None)).await;
    screen.point(1, "pointerdown", (100, 100));
    screen.point(1, "pointermove", (150, 150));
    frame().await;
    screen.current.set(Some(shown(task(608, None), None)));
    frame().await;
    screen.point(1, "pointermove", (180, 170));
    frame().await;
    screen.point(1, "pointerup", (180, 170));
    frame().await;
    assert_eq!(screen.marks(), 0, "{}", screen.draft());
    screen.drag((100, 100), (160, 160)).await;
    assert_eq!(screen.marks(), 1);
}

#[test]
async fn half_a_mark_that_is_given_up_is_not_kept() {
    for how in ["2", "Escape"] {
        let rules = tools(&[("lake", "polygon"), ("tree", "point")]);
        let screen = Screen::open(rules, shown(task(609, None), None)).await;
        screen.tap((100, 100)).await;
        screen.tap((200, 100)).await;
        assert!(!screen.draft()["half"].is_null());
        screen.type_key(how, false).await;
        assert!(screen.draft()["half"].is_null(), "by {how}: {}", screen.draft());
    }
}

#[test]
async fn what_a_tap_on_an_edge_begins_is_seen_before() {
    seen::listen();
    let screen = Screen::open(tools(&[("path", "polyline")]), shown(task(314, None), None)).await;
    for at in [(100, 90), (220, 90)] {
        screen.tap(at).await;
    }
    screen.press("Finish").await;
    // The middle of the only edge.
    screen.point(1, "pointerdown", (161, 94));
    frame().await;
    let seen = seen::Seen::of(&screen);
    screen.point(1, "pointerup", (161, 94));
    let begun = screen.draft()["half"]["points"][0].clone();
    let (x, y) = (begun[0].as_f64().unwrap(), begun[1].as_f64().unwrap());
    let here = |at: &(f64, f64)| (at.0 - x).abs() < 1.0 && (at.1 - y).abs() < 1.0;
    assert!(seen.figures.iter().any(|figure| figure.points.iter().any(here)), "{seen:?}");
}
