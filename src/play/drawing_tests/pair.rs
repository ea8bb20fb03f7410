//! Two pictures of one place, drawn on in every way they can be seen.

use super::*;
use domain::ImagePair;
use wasm_bindgen_test::wasm_bindgen_test as test;

const PAIR: &str = include_str!("../../ui/pair.css");

/// The second picture has half as many pixels each way.
fn storm() -> Task {
    let half = |name: &str, width: u32, height: u32| Image {
        picture: Picture {
            sources: vec![PictureSource { url: format!("{DOT}#{name}"), width, height }],
        },
        size: Size { width, height },
        alt: String::new(),
        tiles: None,
    };
    let pair = Subject::ImagePair(ImagePair {
        before: half("before", 1200, 900),
        after: half("after", 600, 450),
        before_label: "Spring".into(),
        after_label: "Autumn".into(),
    });
    Task { subject: pair, ..task(700, None) }
}

async fn open() -> Screen {
    let screen = Screen::open(tools(&[("roof", "box")]), shown(storm(), None)).await;
    let style = document().create_element("style").unwrap();
    style.set_text_content(Some(PAIR));
    screen.root.append_child(&style).unwrap();
    for _ in 0..4 {
        frame().await;
    }
    screen
}

/// Where a pane's picture is and which it is.
fn seen(screen: &Screen, pane: &str) -> web_sys::DomRect {
    screen.find(&format!(".{pane} .stage-paper img")).get_bounding_client_rect()
}

/// A box drawn by a finger on a pane, from and to shares of its picture.
async fn draw(screen: &Screen, pane: &str, from: (f64, f64), to: (f64, f64)) {
    let lies = seen(screen, pane);
    let stage = screen.find(&format!(".{pane} .drawing-stage"));
    for (kind, at) in [
        ("pointerdown", from),
        ("pointermove", (f64::midpoint(from.0, to.0), f64::midpoint(from.1, to.1))),
        ("pointermove", to),
        ("pointerup", to),
    ] {
        let init = PointerEventInit::new();
        init.set_bubbles(true);
        init.set_cancelable(true);
        init.set_pointer_id(1);
        init.set_pointer_type("touch");
        #[expect(clippy::cast_possible_truncation, reason = "pixels")]
        let whole = |value: f64| value.round() as i32;
        init.set_client_x(whole(lies.left() + at.0 * lies.width()));
        init.set_client_y(whole(lies.top() + at.1 * lies.height()));
        let event = PointerEvent::new_with_event_init_dict(kind, &init).unwrap();
        stage.dispatch_event(&event).unwrap();
        frame().await;
    }
}

fn is_inked(screen: &Screen, pane: &str) -> bool {
    let canvases = screen.root.query_selector_all(&format!(".{pane} canvas")).unwrap();
    let canvases = (0..canvases.length()).map(|at| canvases.get(at).unwrap());
    canvases.into_iter().any(|canvas| {
        let canvas: web_sys::HtmlCanvasElement = canvas.unchecked_into();
        if canvas.hidden() || canvas.width() == 0 {
            return false;
        }
        let copy: web_sys::HtmlCanvasElement = canvas.clone_node().unwrap().unchecked_into();
        let pen = copy.get_context("2d").unwrap().unwrap();
        let pen: web_sys::CanvasRenderingContext2d = pen.unchecked_into();
        pen.draw_image_with_html_canvas_element(&canvas, 0.0, 0.0).unwrap();
        let (w, h) = (canvas.width().into(), canvas.height().into());
        pen.get_image_data(0.0, 0.0, w, h).unwrap().data().chunks(4).any(|dot| dot[3] > 0)
    })
}

#[test]
async fn a_mark_on_either_picture_is_told_in_pixels_of_the_first() {
    for (way, pane) in [
        ("Side by side", "after"),
        ("Side by side", "before"),
        ("Swipe line", "after"),
        ("Autumn", "after"),
        ("Spring", "before"),
    ] {
        let screen = open().await;
        screen.press(way).await;
        for _ in 0..4 {
            frame().await;
        }
        draw(&screen, pane, (0.55, 0.25), (0.75, 0.5)).await;
        let mark = screen.draft()["shapes"][0].clone();
        let number = |name: &str| mark[name].as_f64().unwrap();
        // Half of a pixel of the screen, in those of the picture.
        let near = 0.6 * 1200.0 / seen(&screen, pane).width();
        for (name, wanted) in [("x", 660.0), ("y", 225.0), ("width", 240.0), ("height", 225.0)] {
            assert!((number(name) - wanted).abs() <= 2.0 * near, "{way}, {pane}: {mark}");
        }
        for _ in 0..3 {
            frame().await;
        }
        assert!(is_inked(&screen, "before") && is_inked(&screen, "after"), "{way}: on both");
    }
}

#[test]
async fn both_pictures_stay_in_step() {
    let screen = open().await;
    screen.press("Side by side").await;
    for _ in 0..3 {
        frame().await;
    }
    let place = |pane: &str| {
        let room = screen.find(&format!(".{pane} .drawing-stage")).get_bounding_client_rect();
        let lies = seen(&screen, pane);
        [lies.left() - room.left(), lies.top() - room.top(), lies.width(), lies.height()]
            .map(|side| format!("{side:.0}"))
    };
    let whole = place("before");
    for key in ["Zoom in", "Zoom in", "Rotate"] {
        screen.press(key).await;
    }
    for _ in 0..3 {
        frame().await;
    }
    assert_ne!(place("before"), whole);
    assert_eq!(place("before"), place("after"));
}
