//! Six subjects on a wall, painted.

use super::*;
use domain::{Clip, ImagePair};
use wasm_bindgen_test::wasm_bindgen_test as test;

#[test]
async fn an_untouched_tile_is_never_an_answer() {
    let screen = Screen::open(wall(), images(8));
    settle().await;
    assert_eq!(screen.all(".tile").len(), 6);
    screen.all(".tile")[2].click();
    screen.tap("Send").await;
    assert!(screen.given().is_empty(), "five are bare");
    assert!(!screen.find(".panel-note").hidden());
    screen.tap("Can't tell").await;
    screen.all(".tile")[4].click();
    screen.tap("None here").await;
    assert!(screen.given().is_empty(), "nothing goes before Send");
    screen.tap("Send").await;
    let (yes, no) = (chose(&["yes"]), chose(&["no"]));
    let unclear = Given::Outcome(Outcome::Unreadable);
    assert_eq!(screen.given(), [no.clone(), no.clone(), yes, no.clone(), unclear, no]);
    let order: Vec<TaskId> = screen.gifts.lock().unwrap().iter().map(|(id, _)| *id).collect();
    assert_eq!(order, images(6).iter().map(|task| task.id).collect::<Vec<_>>());
    assert_eq!(screen.all(".tile").len(), 2, "the next ones, bare again");
    screen.tap("Send").await;
    assert_eq!(screen.given().len(), 6);
}

#[test]
async fn a_finger_drawn_over_tiles_paints_them_and_a_second_tap_wipes_one_clean() {
    let screen = Screen::open(wall(), images(6));
    settle().await;
    // No style sheet here: the tiles are laid so that a finger can meet them.
    let tiles = screen.all(".tile");
    for (at, tile) in tiles.iter().enumerate() {
        let left = format!("{}px", 10 + at * 55);
        for (name, value) in [
            ("position", "fixed"),
            ("left", &left),
            ("top", "100px"),
            ("width", "50px"),
            ("height", "50px"),
        ] {
            tile.style().set_property(name, value).unwrap();
        }
    }
    pointer(&tiles[0], "pointerdown", 1, (30, 120));
    for x in [60, 90, 145] {
        pointer(&tiles[0], "pointermove", 1, (x, 120));
    }
    pointer(&tiles[0], "pointerup", 1, (145, 120));
    settle().await;
    let painted = || screen.all(".tile.painted").len();
    assert_eq!(painted(), 3);
    pointer(&tiles[1], "pointerdown", 1, (90, 120));
    pointer(&tiles[1], "pointerup", 1, (90, 120));
    tiles[1].click();
    settle().await;
    assert_eq!(painted(), 2);
    screen.tap("All of these").await;
    assert_eq!(painted(), 6);
}

#[test]
async fn a_covered_tile_is_no_answer_before_it_was_seen() {
    let mut tasks = images(2);
    tasks[1].note = Some("An injured person.".into());
    let screen = Screen::open(wall(), tasks);
    settle().await;
    screen.tap("All of these").await;
    screen.tap("Send").await;
    assert!(screen.given().is_empty());
    screen.all(".tile")[1].click();
    settle().await;
    assert_eq!(screen.all(".tile.painted").len(), 1, "that tap only uncovered it");
    screen.tap("All of these").await;
    screen.tap("Send").await;
    assert_eq!(screen.given().len(), 2);
}

#[test]
async fn a_covered_tile_is_left_to_others_without_being_seen() {
    let tasks = || {
        let mut tasks = images(3);
        tasks[0].note = Some("An injured person.".into());
        tasks
    };
    // Only where something is covered, and where the project has no such key itself.
    let screen = Screen::open(wall(), images(3));
    settle().await;
    assert!(screen.key("Skip").hidden());
    drop(screen);
    let screen = Screen::open(wall(), tasks());
    settle().await;
    let first = || screen.all(".tile")[0].get_attribute("aria-label").unwrap();
    let covered = || screen.all(".tile.veiled").len();
    screen.tap("Skip").await;
    screen.all(".tile")[0].click();
    settle().await;
    assert_eq!((first().as_str(), covered()), ("Picture 1: Skip", 1));
    screen.tap("None here").await;
    let draft = screen.drafts.lock().unwrap().last().cloned();
    screen.tap("Send").await;
    let skipped = Given::Outcome(Outcome::Skipped);
    assert_eq!(screen.given(), [skipped, chose(&["no"]), chose(&["no"])]);
    drop(screen);
    let screen = Screen::again(wall(), tasks(), draft);
    settle().await;
    assert_eq!(screen.all(".tile.veiled").len(), 1, "nor is it seen after a reload");
}

#[test]
async fn the_brush_that_is_taken_says_when_it_fits() {
    let mut rules = wall();
    rules["questions"][0]["choices"][1]["hint"] = json!("Not even in a window.");
    let screen = Screen::open(rules, images(2));
    settle().await;
    let brush = screen.key("Nobody");
    let hint = document().get_element_by_id(&brush.get_attribute("aria-describedby").unwrap());
    let hint = hint.unwrap();
    assert_eq!(hint.text_content().unwrap(), "Not even in a window.");
    assert!(!hint.class_list().contains("on"));
    screen.tap("Nobody").await;
    assert!(hint.class_list().contains("on"));
    assert!(!screen.key("People").has_attribute("aria-describedby"));
}

#[test]
async fn a_wall_is_as_painted_after_a_reload_as_before() {
    let tasks = || {
        let mut tasks = images(7);
        tasks[3].note = Some("An injured person.".into());
        tasks
    };
    let names = |screen: &Screen| {
        let tiles = screen.all(".tile");
        tiles.iter().map(|tile| tile.get_attribute("aria-label").unwrap()).collect::<Vec<_>>()
    };
    let screen = Screen::open(wall(), tasks());
    settle().await;
    // The first tile stays bare: no other depends on it.
    for at in [1, 3, 3] {
        screen.all(".tile")[at].click();
        settle().await;
    }
    screen.tap("Can't tell").await;
    screen.all(".tile")[4].click();
    settle().await;
    let (before, draft) = (names(&screen), screen.drafts.lock().unwrap().last().cloned());
    assert_eq!(screen.all(".tile.painted").len(), 3);
    drop(screen);
    let screen = Screen::again(wall(), tasks(), draft);
    settle().await;
    assert_eq!(names(&screen), before);
    screen.tap("Nobody").await;
    screen.tap("None here").await;
    screen.tap("Send").await;
    let (yes, no) = (chose(&["yes"]), chose(&["no"]));
    let unclear = Given::Outcome(Outcome::Unreadable);
    assert_eq!(screen.given(), [no.clone(), yes.clone(), no.clone(), yes, unclear, no]);
}

#[test]
async fn a_wall_says_how_many_answers_share_its_time() {
    let screen = Screen::open(wall(), images(8));
    settle().await;
    screen.tap("All of these").await;
    screen.tap("Send").await;
    let more: Vec<usize> = screen.gifts.lock().unwrap().iter().map(|(_, g)| g.more).collect();
    assert_eq!(more, [5, 4, 3, 2, 1, 0]);
    assert_eq!(screen.drafts.lock().unwrap().last().unwrap()["wall"].as_array().unwrap().len(), 6);
}

#[test]
async fn undo_takes_a_whole_wall_back() {
    let screen = Screen::open(wall(), images(6));
    settle().await;
    screen.tap("All of these").await;
    screen.tap("Send").await;
    press("u").await;
    assert_eq!(screen.taken_back.get_untracked(), 6);
    press("u").await;
    assert_eq!(screen.taken_back.get_untracked(), 6, "only once");
}

#[test]
async fn both_of_a_pair_hang_on_the_wall() {
    let Subject::Image(image) = image() else { unreachable!() };
    let pair = Subject::ImagePair(ImagePair {
        before: image.clone(),
        after: image,
        before_label: "Spring".into(),
        after_label: "Autumn".into(),
    });
    let screen = Screen::open(wall(), vec![task(1, pair)]);
    settle().await;
    let names: Vec<_> =
        screen.all("[data-tile] img").iter().map(|img| img.get_attribute("alt").unwrap()).collect();
    assert_eq!(names, ["Spring: A street", "Autumn: A street"]);
}

#[test]
async fn a_sound_on_the_wall_is_played_without_being_painted() {
    let sound = |n: u64| {
        let clip = Clip {
            url: format!("data:audio/wav;base64,UklGRg==#{n}"),
            media_type: "audio/wav".into(),
            alt: format!("Bird {n}"),
            poster: None,
            captions: None,
        };
        task(n, Subject::Audio(clip))
    };
    let screen = Screen::open(wall(), (1..=6).map(sound).collect());
    settle().await;
    let films = screen.all("video");
    assert_eq!(films.len(), 6);
    let hear = |at: usize, what: &str| {
        films[at].dispatch_event(&web_sys::Event::new(what).unwrap()).unwrap();
    };
    let keys = || {
        let keys = screen.all(".snippet-key");
        keys.iter().map(|key| key.get_attribute("aria-label").unwrap()).collect::<Vec<_>>()
    };
    screen.all(".snippet-key")[1].click();
    // These few bytes are no sound; what the browser would say of one is said here.
    hear(1, "play");
    settle().await;
    assert_eq!(keys()[..3], ["Play 1", "Stop 2", "Play 3"]);
    assert!(screen.all(".tile.painted").is_empty(), "hearing is no answer");
    hear(1, "ended");
    settle().await;
    assert_eq!(keys()[1], "Play 2");
}
