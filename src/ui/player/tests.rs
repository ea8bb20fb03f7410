//! The player in a real browser.

use super::*;
use wasm_bindgen_test::wasm_bindgen_test as test;
use web_sys::{HtmlElement, KeyboardEventInit};

/// Two seconds of silence: a WAV file of 8-bit samples, 8,000 a second.
fn silence() -> String {
    let count: u32 = 16_000;
    let mut bytes = b"RIFF".to_vec();
    bytes.extend((36 + count).to_le_bytes());
    bytes.extend(b"WAVEfmt ");
    bytes.extend(16u32.to_le_bytes());
    bytes.extend([1, 0, 1, 0]);
    bytes.extend(8_000u32.to_le_bytes());
    bytes.extend(8_000u32.to_le_bytes());
    bytes.extend([1, 0, 8, 0]);
    bytes.extend(b"data");
    bytes.extend(count.to_le_bytes());
    bytes.extend(vec![128u8; count as usize]);
    let text: String = bytes.into_iter().map(char::from).collect();
    "data:audio/wav;base64,".to_owned() + &window().btoa(&text).unwrap()
}

/// A player in the document, and what takes it away again.
struct Shelf(HtmlElement, Option<Box<dyn std::any::Any>>);

impl Shelf {
    /// A player that knows how long its sound is.
    async fn open() -> Self {
        let root: HtmlElement = document().create_element("div").unwrap().unchecked_into();
        document().body().unwrap().append_child(&root).unwrap();
        let reel = Reel {
            url: silence(),
            media_type: "audio/wav".into(),
            alt: "A voice".into(),
            film: false,
            poster: None,
            captions: None,
            language: "en".into(),
        };
        let mounted = mount_to(root.clone(), move || player(reel));
        let shelf = Self(root, Some(Box::new(mounted)));
        for _ in 0..200 {
            if shelf.media().ready_state() >= 1 {
                break;
            }
            frame().await;
        }
        shelf.media().set_muted(true);
        frame().await;
        shelf
    }

    fn media(&self) -> HtmlVideoElement {
        self.0.query_selector("video").unwrap().unwrap().unchecked_into()
    }

    fn key(&self, name: &str) -> HtmlElement {
        let key = self.0.query_selector(&format!("button[aria-label='{name}']")).unwrap();
        key.unwrap_or_else(|| panic!("no key {name}")).unchecked_into()
    }
}

impl Drop for Shelf {
    fn drop(&mut self) {
        drop(self.1.take());
        self.0.remove();
    }
}

async fn frame() {
    let next = js_sys::Promise::new(&mut |done, _| {
        window().request_animation_frame(&done).unwrap();
    });
    JsFuture::from(next).await.unwrap();
    leptos::task::tick().await;
}

fn press_on(element: &HtmlElement, key: &str) -> bool {
    let init = KeyboardEventInit::new();
    init.set_bubbles(true);
    init.set_cancelable(true);
    init.set_key(key);
    let event = KeyboardEvent::new_with_keyboard_event_init_dict("keydown", &init).unwrap();
    element.dispatch_event(&event).unwrap();
    event.default_prevented()
}

fn press(key: &str) -> bool {
    press_on(&document().body().unwrap(), key)
}

fn near(a: f64, b: f64) -> bool {
    (a - b).abs() < 0.05
}

#[test]
async fn it_never_begins_by_itself() {
    let shelf = Shelf::open().await;
    assert!(shelf.media().paused() && !shelf.media().autoplay());
    assert!(near(shelf.media().duration(), 2.0));
    assert!(shelf.0.query_selector(".reel-missing[hidden]").unwrap().is_some());
}

#[test]
async fn keys_seek_and_change_the_speed() {
    let shelf = Shelf::open().await;
    assert!(press("ArrowRight"));
    assert!(near(shelf.media().current_time(), 1.0), "short clips go in short steps");
    press("ArrowRight");
    press("ArrowRight");
    assert!(near(shelf.media().current_time(), 2.0), "never past the end");
    press("ArrowLeft");
    assert!(near(shelf.media().current_time(), 1.0));
    for (key, rate) in [(">", 1.25), (">", 1.5), (">", 2.0), (">", 2.0), ("<", 1.5)] {
        press(key);
        assert!(near(shelf.media().playback_rate(), rate), "{rate}");
    }
    frame().await;
    shelf.key("Speed 1.5").click();
    frame().await;
    shelf.key("Speed 2").click();
    assert!(near(shelf.media().playback_rate(), 0.5), "after the fastest the slowest");
}

#[test]
async fn the_space_bar_plays_and_stops_unless_it_is_for_something_else() {
    let shelf = Shelf::open().await;
    let key = shelf.key("Back 1 second");
    assert!(!press_on(&key, " "), "a key has its own use for it");
    assert!(shelf.media().paused());
    assert!(press(" "));
    assert!(!shelf.media().paused());
    assert!(press("k"));
    assert!(shelf.media().paused());
}

#[test]
async fn a_key_plays_while_somebody_types_but_not_under_a_cover() {
    let shelf = Shelf::open().await;
    let press = |shift: bool| {
        let init = KeyboardEventInit::new();
        init.set_bubbles(true);
        init.set_cancelable(true);
        init.set_key(" ");
        init.set_ctrl_key(true);
        init.set_shift_key(shift);
        let event = KeyboardEvent::new_with_keyboard_event_init_dict("keydown", &init).unwrap();
        document().body().unwrap().dispatch_event(&event).unwrap();
        event.default_prevented()
    };
    assert!(press(false) && !shelf.media().paused());
    assert!(press(false) && shelf.media().paused());
    assert!(!press(true) && shelf.media().paused(), "that is another key");
    shelf.0.set_attribute("inert", "").unwrap();
    assert!(!press(false) && shelf.media().paused());
    shelf.0.remove_attribute("inert").unwrap();
    assert!(press(false) && !shelf.media().paused());
}

#[test]
async fn a_part_is_played_again_and_again() {
    let shelf = Shelf::open().await;
    let seek = |at: f64| shelf.media().set_current_time(at);
    seek(0.5);
    shelf.key("Loop from here").click();
    frame().await;
    seek(0.8);
    shelf.key("Loop to here").click();
    frame().await;
    assert!(shelf.0.query_selector(".reel-band:not([hidden])").unwrap().is_some());
    press(" ");
    // Until it was back at the beginning of the part.
    let mut back = false;
    let mut last = shelf.media().current_time();
    for _ in 0..600 {
        frame().await;
        let at = shelf.media().current_time();
        assert!(at < 1.5, "it ran past the part: {at}");
        back |= at < last - 0.1;
        last = at;
        if back {
            break;
        }
    }
    assert!(back);
    shelf.key("Stop looping").click();
    frame().await;
    assert!(shelf.0.query_selector(".reel-band[hidden]").unwrap().is_some());
}
