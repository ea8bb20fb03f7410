//! Words of a text, marked by keys.

use super::*;
use wasm_bindgen_test::wasm_bindgen_test as test;

fn marks() -> Value {
    json!({"spans": [{"id": "place", "label": "Place"}]})
}

/// What is marked, as the list says it.
fn marked(screen: &Screen) -> Vec<String> {
    screen.all(".marked-key").iter().filter_map(|key| key.text_content()).collect()
}

#[test]
async fn enter_on_the_words_takes_the_first_and_sends_nothing() {
    let screen = Screen::open(marks(), vec![task(1, text("Erla is dry."))]);
    settle().await;
    let list = screen.find("[role=listbox]");
    list.focus().unwrap();
    settle().await;
    assert_eq!(list.get_attribute("aria-activedescendant").as_deref(), Some("word-0"));
    press_on(&list, "Enter");
    settle().await;
    assert_eq!(marked(&screen), ["Place: Erla"]);
    assert!(screen.given().is_empty());
    list.blur().unwrap();
}

#[test]
async fn arrows_go_the_way_the_text_runs() {
    for (words, onward, back) in [
        ("One two three", "ArrowRight", "ArrowLeft"),
        (
            "\u{648}\u{627}\u{62d}\u{62f} two \u{62b}\u{644}\u{627}\u{62b}",
            "ArrowLeft",
            "ArrowRight",
        ),
    ] {
        let screen = Screen::open(marks(), vec![task(1, text(words))]);
        settle().await;
        let list = screen.find("[role=listbox]");
        let at = || list.get_attribute("aria-activedescendant");
        for (key, word) in [
            ("Home", "word-0"),
            (onward, "word-1"),
            (onward, "word-2"),
            (back, "word-1"),
            ("ArrowDown", "word-2"),
            ("ArrowUp", "word-1"),
        ] {
            press_on(&list, key);
            settle().await;
            assert_eq!(at().as_deref(), Some(word), "{key} in {words}");
        }
    }
}

#[test]
async fn a_picture_has_no_words_to_mark() {
    let screen = Screen::open(
        json!({"spans": [{"id": "place", "label": "Place"}], "questions": [{"id": "q", "choices":
            [{"id": "a", "label": "A"}, {"id": "b", "label": "B"}]}]}),
        vec![task(1, image()), task(2, text("Erla is dry."))],
    );
    settle().await;
    let palette: HtmlElement =
        screen.find(".pens").closest("section").unwrap().unwrap().unchecked_into();
    assert!(palette.hidden());
    screen.tap("A").await;
    screen.tap("Send").await;
    assert!(!palette.hidden());
}
