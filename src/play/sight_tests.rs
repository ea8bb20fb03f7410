//! What a task is about, in a real browser: whatever came before, this task's own is seen.

use domain::{
    Clip, Image, ImagePair, ImageRegion, MapTile, Passage, Picture, PictureSource, Rect, Size,
    Subject, Task, TaskId,
};
use kinds::{Look, Shown, sight};
use leptos::prelude::*;
use std::collections::BTreeSet;
use std::sync::Arc;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test as test;
use web_sys::{Element, HtmlElement};

/// A picture that needs no server.
const DOT: &str = "data:image/gif;base64,R0lGODlhAQABAAAAACwAAAAAAQABAAACAkQBADs=";
/// Without styles a stage has no size, and lays nothing.
const STYLE: &str = concat!(include_str!("../ui/stage.css"), include_str!("../kinds/sight.css"));
/// As many forms as `subject` knows.
const FORMS: u64 = 7;

/// What tells this task from any other, wherever it stands.
fn sign(number: u64) -> String {
    format!("sight{number}x")
}

fn picture(number: u64) -> Picture {
    let url = format!("{DOT}#{}", sign(number));
    Picture { sources: vec![PictureSource { url, width: 480, height: 360 }] }
}

fn image(number: u64) -> Image {
    let size = Size { width: 480, height: 360 };
    Image { picture: picture(number), size, alt: sign(number), tiles: None }
}

fn region(number: u64, height: f64) -> Subject {
    Subject::ImageRegion(ImageRegion {
        picture: picture(number),
        frame: Rect::new(0.0, 0.0, 480.0, height),
        mark: Rect::new(100.0, 10.0, 120.0, 40.0),
        turned: 0,
        page: None,
    })
}

fn subject(form: u64, number: u64) -> Subject {
    match form {
        0 => Subject::Image(image(number)),
        1 => Subject::Text(Passage { text: sign(number), language: None, source: None }),
        2 => Subject::Audio(Clip {
            url: format!("data:audio/wav,#{}", sign(number)),
            media_type: "audio/wav".into(),
            alt: sign(number),
            poster: None,
            captions: None,
        }),
        3 => region(number, 60.0),
        4 => region(number, 360.0),
        5 => Subject::ImagePair(ImagePair {
            before: image(number),
            after: image(number),
            before_label: "Before".into(),
            after_label: "After".into(),
        }),
        _ => Subject::MapTile(MapTile {
            z: 3,
            x: 1,
            y: 1,
            picture: picture(number),
            size: Size { width: 256, height: 256 },
            around: vec![],
            attribution: sign(number),
        }),
    }
}

fn shown(form: u64, number: u64) -> Shown {
    let task = Task::new(TaskId::v7(number, [4; 10]), "tagging", subject(form, number), "What?");
    Shown { task: Arc::new(task), draft: None, practice: None, missed: false }
}

/// The tasks of which anything is in the document.
fn seen(root: &HtmlElement) -> BTreeSet<u64> {
    let mut all = root.text_content().unwrap_or_default();
    let media = root.query_selector_all("[src], [alt]").unwrap();
    for at in 0..media.length() {
        let element: Element = media.get(at).unwrap().unchecked_into();
        for name in ["src", "alt"] {
            all += &element.get_attribute(name).unwrap_or_default();
        }
    }
    let signs = all.split("sight").skip(1).filter_map(|rest| rest.split_once('x'));
    signs.filter_map(|(number, _)| number.parse().ok()).collect()
}

async fn frame() {
    let frame = js_sys::Promise::new(&mut |done, _| {
        web_sys::window().unwrap().request_animation_frame(&done).unwrap();
    });
    wasm_bindgen_futures::JsFuture::from(frame).await.unwrap();
    leptos::task::tick().await;
}

#[test]
async fn every_subject_gives_way_to_the_next_whatever_its_form() {
    let document = web_sys::window().unwrap().document().unwrap();
    let root: HtmlElement = document.create_element("div").unwrap().unchecked_into();
    let place = "position: fixed; inset: 0 auto auto 0; width: 360px; height: 640px";
    root.set_attribute("style", place).unwrap();
    document.body().unwrap().append_child(&root).unwrap();
    let style = document.create_element("style").unwrap();
    style.set_text_content(Some(STYLE));
    document.head().unwrap().append_child(&style).unwrap();
    for look in [Look::default(), Look { quiet: true, ..Look::default() }] {
        let now = RwSignal::new(None::<Shown>);
        let mounted = mount_to(root.clone(), move || sight(now.into(), "en", look));
        let mut number = 0;
        // Each form after each, itself included; and once after nothing.
        for first in 0..FORMS {
            for then in 0..FORMS {
                for form in [Some(first), Some(then), None] {
                    if form.is_none() && then % 3 != 0 {
                        continue;
                    }
                    number += 1;
                    now.set(form.map(|form| shown(form, number)));
                    let expected: BTreeSet<u64> = form.map(|_| number).into_iter().collect();
                    // The old picture stays until the new one is decoded.
                    let mut frames = 0;
                    while seen(&root) != expected && frames < 60 {
                        frame().await;
                        frames += 1;
                    }
                    assert_eq!(seen(&root), expected, "{form:?} after {first} of {first}, {then}");
                }
            }
        }
        drop(mounted);
    }
    root.remove();
    style.remove();
}
