//! A box is stored where the finger was and where it is shown, however the picture lies.
//!
//! Told by the browser: where the pointer was by the transforms that the picture has in the page,
//! where the mark is by the pixels of the canvas. Both within two pixels of the picture. Once it is
//! enlarged that would be many of the screen's: then within one CSS pixel. Where it is shown so
//! small that a CSS pixel is several of the picture's, two of these are still held: the app reads
//! pointers with their fractions, and a line's middle is found between the canvas's pixels.

use super::seen::{Dice, Place, Seen, fire, ink, listen, outline, point};
use super::*;
use wasm_bindgen_test::wasm_bindgen_test as test;

const SCREENS: u64 = 13;
const BOXES: usize = 5;
const RATIOS: [f64; 6] = [1.0, 1.5, 2.0, 2.625, 3.0, 3.5];

/// A pointer goes from place to place of the window: down, there, up.
async fn go(screen: &Screen, pointers: &[((&str, i32), Vec<Place>)], ends: bool) {
    let none = json!({});
    for (who, way) in pointers {
        point(screen, *who, "pointerdown", way[0], &none);
    }
    for step in 1..pointers[0].1.len() {
        for (who, way) in pointers {
            point(screen, *who, "pointermove", way[step], &none);
        }
        frame().await;
    }
    for (who, way) in pointers.iter().filter(|_| ends) {
        point(screen, *who, "pointerup", way[way.len() - 1], &none);
    }
    frame().await;
}

/// Brings the picture somewhere else, in one of the ways there are.
async fn look_elsewhere(screen: &Screen, dice: &mut Dice, log: &mut Vec<String>) {
    let [left, top, width, height] = Seen::of(screen).room;
    let mut place =
        || (left + dice.between(40.0, width - 40.0), top + dice.between(40.0, height - 40.0));
    let (at, to) = (place(), place());
    match dice.below(6) {
        0 => screen.press("Zoom in").await,
        1 => screen.press("Zoom out").await,
        2 => screen.press("Rotate").await,
        3 => {
            let init = json!({"clientX": at.0, "clientY": at.1, "deltaY": dice.between(-220.0, 160.0), "cancelable": true});
            log.push(format!("wheel {init}"));
            fire(&screen.find(".drawing-stage"), "WheelEvent", "wheel", &init);
        }
        4 => {
            // Two fingers, from so far apart to so far, and on to another place.
            let (from, by, angle) =
                (dice.between(40.0, 120.0), dice.between(0.6, 2.5), dice.between(0.0, 6.0));
            let finger = |side: f64| -> Vec<Place> {
                let (sin, cos) = angle.sin_cos();
                let steps = [0.0, 0.4, 1.0].into_iter();
                let middle =
                    |share: f64| (at.0 + (to.0 - at.0) * share, at.1 + (to.1 - at.1) * share);
                steps
                    .map(|share| (middle(share), side * from * (1.0 + (by - 1.0) * share) / 2.0))
                    .map(|((x, y), far)| (x + far * cos, y + far * sin))
                    .collect()
            };
            log.push(format!("pinch {at:?} {to:?} {from} {by} {angle}"));
            go(screen, &[(("touch", 1), finger(-1.0)), (("touch", 2), finger(1.0))], true).await;
        }
        _ => {
            log.push(format!("pan {at:?} {to:?}"));
            screen.press("Move").await;
            go(screen, &[(("touch", 1), vec![at, (at.0 + 15.0, at.1), to])], true).await;
            screen.type_key("1", false).await;
        }
    }
}

/// Two places of the window, both on the picture and well apart.
fn corners(seen: &Seen, dice: &mut Dice) -> Option<(Place, Place)> {
    let [left, top, width, height] = seen.room;
    for _ in 0..400 {
        let mut place =
            || (left + dice.between(4.0, width - 4.0), top + dice.between(4.0, height - 4.0));
        let (a, b) = (place(), place());
        let on = |at: Place| {
            let (x, y) = seen.from(at);
            x > 1.0 && y > 1.0 && x < SIZE.0 - 1.0 && y < SIZE.1 - 1.0
        };
        if (a.0 - b.0).abs() > 60.0 && (a.1 - b.1).abs() > 60.0 && on(a) && on(b) {
            return Some((a, b));
        }
    }
    None
}

/// Left, top, right and bottom around places.
fn around(places: impl IntoIterator<Item = Place>) -> [f64; 4] {
    places.into_iter().fold(
        [f64::INFINITY, f64::INFINITY, f64::NEG_INFINITY, f64::NEG_INFINITY],
        |all, (x, y)| [all[0].min(x), all[1].min(y), all[2].max(x), all[3].max(y)],
    )
}

/// Where the window shows the edges of the only mark, which is a box near `place`: the middle of its
/// line by the ink along a way across each of them, once there is any.
async fn inked(screen: &Screen, [left, top, right, bottom]: [f64; 4]) -> Option<[f64; 4]> {
    const REACH: i32 = 12;
    const FINE: f64 = 0.125;
    let steps = f64::from(REACH) / FINE;
    #[expect(clippy::cast_possible_truncation, reason = "a few")]
    let along: Vec<f64> = (-steps as i32..=steps as i32).map(|at| f64::from(at) * FINE).collect();
    let (across, down) = (f64::midpoint(left, right), f64::midpoint(top, bottom));
    let mut places: Vec<Place> = vec![];
    places.extend(along.iter().map(|by| (left + by, down)));
    places.extend(along.iter().map(|by| (across, top + by)));
    places.extend(along.iter().map(|by| (right + by, down)));
    places.extend(along.iter().map(|by| (across, bottom + by)));
    for _ in 0..200 {
        let inks = ink(screen, &places);
        let middle = |side: usize| {
            let inks = &inks[side * along.len()..][..along.len()];
            let all: f64 = inks.iter().sum();
            (all > 0.0)
                .then(|| inks.iter().zip(&along).map(|(ink, by)| ink * by).sum::<f64>() / all)
        };
        if let (Some(a), Some(b), Some(c), Some(d)) = (middle(0), middle(1), middle(2), middle(3)) {
            return Some([left + a, top + b, right + c, bottom + d]);
        }
        frame().await;
    }
    None
}

#[test]
async fn a_box_lies_where_it_is_shown_at_every_zoom_turn_and_ratio() {
    listen();
    let (mut cases, mut scales) = (0, vec![]);
    for seed in 0..SCREENS {
        let mut dice = Dice(900 + seed);
        let ratio = dice.one_of(&RATIOS);
        let _dense = Dense::new(ratio);
        let screen =
            Screen::open(tools(&[("roof", "box")]), shown(task(3000 + seed, None), None)).await;
        let mut log = vec![format!("screen {seed}, ratio {ratio}")];
        for number in 0..BOXES {
            for _ in 0..=dice.below(3) {
                look_elsewhere(&screen, &mut dice, &mut log).await;
                frame().await;
            }
            frame().await;
            let seen = Seen::of(&screen);
            let Some((from, to)) = corners(&seen, &mut dice) else { continue };
            log.push(format!("box {from:?} {to:?}"));
            let who = dice.one_of(&[("touch", 7), ("touch", 8), ("pen", 9), ("mouse", 1)]);
            let half = (f64::midpoint(from.0, to.0) + 3.3, f64::midpoint(from.1, to.1));
            go(&screen, &[(who, vec![from, half, to])], false).await;
            let live = Seen::of(&screen);
            point(&screen, who, "pointerup", to, &json!({}));
            // Chosen no more it is a plain line, without handles.
            screen.type_key("Escape", false).await;
            frame().await;
            let mut shape = screen.draft()["shapes"][0].clone();
            if number + 1 == BOXES {
                screen.press("Send").await;
                shape =
                    screen.given().pop().unwrap_or_else(|| panic!("not sent: {log:?}"))["shapes"]
                        [0]
                    .clone();
            }
            let stored = around(outline(&shape).0);
            let near = 2.0_f64.min(seen.pixel());
            let is = |what: &str, other: [f64; 4]| {
                for (stored, other) in stored.into_iter().zip(other) {
                    assert!(
                        (stored - other).abs() <= near,
                        "{what} at {other} is stored as {stored}, by {} more than {near}: {log:#?}",
                        (stored - other).abs()
                    );
                }
            };
            is("the pointer", around([seen.from(from), seen.from(to)]));
            let drawn = live.figures.iter().find(|figure| figure.over && figure.closed);
            let drawn = drawn.unwrap_or_else(|| panic!("nothing was shown: {log:#?}"));
            is("the line under the finger", around(drawn.points.iter().copied()));
            let lies = around([from, to]);
            let [left, top, right, bottom] =
                inked(&screen, lies).await.unwrap_or_else(|| panic!("no ink: {log:#?}"));
            is("the painted line", around([seen.from((left, top)), seen.from((right, bottom))]));
            (cases, scales) = (cases + 1, [scales, vec![1.0 / seen.pixel()]].concat());
            screen.press("Undo").await;
            assert_eq!(screen.marks(), 0);
        }
    }
    let [least, _, most, _] = around(scales.iter().map(|scale| (*scale, 0.0)));
    assert!(cases >= 60, "{cases} boxes");
    assert!(least < 0.4 && most > 2.0, "too much alike: {least} to {most}");
}
