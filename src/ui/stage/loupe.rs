//! A glass above the finger that shows what the finger hides.

use super::lay::Laid;
use super::{Pen, Point, Viewport};
use web_sys::CanvasRenderingContext2d as Context;

/// Half of the glass, in CSS pixels.
const RADIUS: f64 = 52.0;
/// How far above the finger its middle is.
const ABOVE: f64 = 104.0;
/// Half of the cross in its middle, in CSS pixels.
const ARM: f64 = 8.0;
/// How much larger it shows things.
const POWER: f64 = 2.0;

impl Pen<'_> {
    /// A glass near `finger` (a place in the room) that shows what lies at `over` enlarged:
    /// the picture through a CSS filter, and on it what `draw` draws.
    pub(super) fn loupe(
        &self,
        pictures: &[Laid],
        filter: &str,
        finger: Point,
        over: Point,
        draw: &dyn Fn(&Pen<'_>),
    ) {
        let c = self.context;
        let middle = place(finger, self.view.room);
        c.save();
        c.begin_path();
        let _ = c.arc(middle.0, middle.1, RADIUS, 0.0, std::f64::consts::TAU);
        c.set_fill_style_str("#efe4cc");
        c.fill();
        c.clip();
        let near = self.view.zoomed(POWER, over).panned(middle.0 - over.0, middle.1 - over.1);
        c.set_filter(filter);
        for laid in pictures {
            lay_in(c, &near, laid);
        }
        c.set_filter("none");
        draw(&Pen { context: c, view: near });
        c.restore();
        self.line((middle.0 - ARM, middle.1), (middle.0 + ARM, middle.1), "#fffaf0");
        self.line((middle.0, middle.1 - ARM), (middle.0, middle.1 + ARM), "#fffaf0");
        c.begin_path();
        let _ = c.arc(middle.0, middle.1, RADIUS, 0.0, std::f64::consts::TAU);
        c.set_stroke_style_str("#1c2a31");
        c.set_line_width(5.0);
        c.stroke();
        c.set_stroke_style_str("#fffaf0");
        c.set_line_width(2.0);
        c.stroke();
    }
}

/// Above the finger; beside it where there is no room above.
fn place(finger: Point, room: Point) -> Point {
    const EDGE: f64 = RADIUS + 4.0;
    let keep = |at: f64, room: f64| at.min(room - EDGE).max(EDGE);
    let above = finger.1 - ABOVE;
    if above >= EDGE {
        return (keep(finger.0, room.0), above);
    }
    let beside = if finger.0 > room.0 / 2.0 { finger.0 - ABOVE } else { finger.0 + ABOVE };
    (keep(beside, room.0), EDGE)
}

/// Draws a file where a view has it.
fn lay_in(context: &Context, view: &Viewport, laid: &Laid) {
    let area = laid.area;
    let here = laid.image.complete() && laid.image.natural_width() > 0;
    if !here || !view.screen_area(&area).meets(&view.whole_room()) {
        return;
    }
    let origin = view.to_screen((0.0, 0.0));
    let (across, down) = (view.to_screen((1.0, 0.0)), view.to_screen((0.0, 1.0)));
    context.save();
    let _ = context.transform(
        across.0 - origin.0,
        across.1 - origin.1,
        down.0 - origin.0,
        down.1 - origin.1,
        origin.0,
        origin.1,
    );
    let _ = context.translate(area.x, area.y);
    let (width, height) = match laid.turns % 2 {
        0 => (area.width, area.height),
        _ => (area.height, area.width),
    };
    let quarter = std::f64::consts::FRAC_PI_2;
    let _ = match laid.turns % 4 {
        1 => context.translate(0.0, area.height).and_then(|()| context.rotate(-quarter)),
        2 => {
            context.translate(area.width, area.height).and_then(|()| context.rotate(2.0 * quarter))
        }
        3 => context.translate(area.width, 0.0).and_then(|()| context.rotate(quarter)),
        _ => Ok(()),
    };
    let _ = context.draw_image_with_html_image_element_and_dw_and_dh(
        &laid.image,
        0.0,
        0.0,
        width,
        height,
    );
    context.restore();
}

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn the_glass_is_in_the_room_and_never_under_the_finger() {
        let room = (360.0, 420.0);
        for x in (0..=360).step_by(20) {
            for y in (0..=420).step_by(20) {
                let finger = (f64::from(x), f64::from(y));
                let glass = place(finger, room);
                assert!(glass.0 >= RADIUS && glass.0 <= room.0 - RADIUS, "{finger:?}");
                assert!(glass.1 >= RADIUS && glass.1 <= room.1 - RADIUS, "{finger:?}");
                let apart = (glass.0 - finger.0).hypot(glass.1 - finger.1);
                assert!(apart > RADIUS, "{finger:?} {glass:?}");
            }
        }
    }
}
