//! Where the picture lies in the room it has: pure maths.

use super::Area;
use crate::fixed;
use crate::text::bound;

/// A place: pixels of the picture, or CSS pixels from the room's corner.
pub type Point = (f64, f64);

/// How the picture lies in its room.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Viewport {
    /// The room's width and height in CSS pixels.
    pub room: (f64, f64),
    /// CSS pixels for one of the picture's.
    pub scale: f64,
    /// Where in the room the picture's own corner (0, 0) is.
    pub x: f64,
    /// See `x`.
    pub y: f64,
    /// Quarter turns clockwise, 0 to 3.
    pub turns: u8,
}

/// The largest scale: a pixel of the picture as so many CSS pixels.
const LARGEST: f64 = 8.0;
/// Room around a picture that is shown whole, in CSS pixels.
pub(super) const MARGIN: f64 = 10.0;
/// A large picture's edge can be brought so far into the room, in CSS pixels.
const SLACK: f64 = 56.0;

impl Default for Viewport {
    fn default() -> Self {
        Self { room: (1.0, 1.0), scale: 1.0, x: 0.0, y: 0.0, turns: 0 }
    }
}

/// A vector turned clockwise by quarters.
fn turn(turns: u8, (x, y): Point) -> Point {
    match turns % 4 {
        0 => (x, y),
        1 => (-y, x),
        2 => (-x, -y),
        _ => (y, -x),
    }
}

impl Viewport {
    /// The whole of `area` in the middle of the room, as large as it fits with `margin` CSS
    /// pixels around it.
    pub fn fit(area: Area, room: Point, turns: u8, margin: f64) -> Self {
        let scale = fitting(area, room, turns, margin);
        let view = Self { room, scale, x: 0.0, y: 0.0, turns: turns % 4 };
        view.with_at(area.middle(), (room.0 / 2.0, room.1 / 2.0))
    }

    /// Where in the room a point of the picture is.
    pub fn to_screen(&self, (x, y): Point) -> Point {
        let (dx, dy) = turn(self.turns, (x * self.scale, y * self.scale));
        (self.x + dx, self.y + dy)
    }

    /// Which point of the picture is at a place in the room.
    pub fn to_image(&self, (x, y): Point) -> Point {
        let (dx, dy) = turn(4 - self.turns % 4, (x - self.x, y - self.y));
        (dx / self.scale, dy / self.scale)
    }

    /// A movement in the room as one in the picture.
    pub fn way(&self, by: Point) -> Point {
        let (dx, dy) = turn(4 - self.turns % 4, by);
        (dx / self.scale, dy / self.scale)
    }

    /// All of the room, from its corner.
    pub fn whole_room(&self) -> Area {
        Area::new(0.0, 0.0, self.room.0, self.room.1)
    }

    /// The part of the picture that the room shows.
    pub fn seen(&self) -> Area {
        Area::around(&[self.to_image((0.0, 0.0)), self.to_image(self.room)])
    }

    /// Where in the room an area is.
    pub fn screen_area(&self, area: &Area) -> Area {
        let ends =
            [self.to_screen((area.x, area.y)), self.to_screen((area.right(), area.bottom()))];
        Area::around(&ends)
    }

    /// Moved by so many CSS pixels.
    #[must_use]
    pub fn panned(self, dx: f64, dy: f64) -> Self {
        Self { x: self.x + dx, y: self.y + dy, ..self }
    }

    /// Enlarged `by`, with what is at `at` in the room staying there.
    #[must_use]
    pub fn zoomed(self, by: f64, at: Point) -> Self {
        let fixed = self.to_image(at);
        Self { scale: self.scale * by, ..self }.with_at(fixed, at)
    }

    /// Enlarged and moved as two fingers went: what was under each of them stays under it.
    #[must_use]
    pub fn pinched(self, from: [Point; 2], to: [Point; 2]) -> Self {
        let apart = |[a, b]: [Point; 2]| (a.0 - b.0).hypot(a.1 - b.1).max(1.0);
        let between = |[a, b]: [Point; 2]| (f64::midpoint(a.0, b.0), f64::midpoint(a.1, b.1));
        let held = self.to_image(between(from));
        Self { scale: self.scale * apart(to) / apart(from), ..self }.with_at(held, between(to))
    }

    /// Turned by a quarter clockwise around the room's middle.
    #[must_use]
    pub fn turned(self) -> Self {
        let middle = (self.room.0 / 2.0, self.room.1 / 2.0);
        let held = self.to_image(middle);
        Self { turns: (self.turns + 1) % 4, ..self }.with_at(held, middle)
    }

    /// In a room of another size, with the same in its middle.
    #[must_use]
    pub fn resized(self, room: Point) -> Self {
        let held = self.to_image((self.room.0 / 2.0, self.room.1 / 2.0));
        Self { room, ..self }.with_at(held, (room.0 / 2.0, room.1 / 2.0))
    }

    /// Moved no further than needed for a place of the picture to be well inside the room.
    #[must_use]
    pub fn showing(self, place: Point) -> Self {
        let (x, y) = self.to_screen(place);
        let need = |at: f64, room: f64| {
            let margin = 48.0_f64.min(room / 4.0);
            bound(at, margin, room - margin) - at
        };
        self.panned(need(x, self.room.0), need(y, self.room.1))
    }

    /// Never lost: not smaller than `area` fits with a margin, not larger than its pixels can be told apart; an
    /// area smaller than the room lies in its middle, a larger one covers it but for a margin.
    #[must_use]
    pub fn within(self, area: Area) -> Self {
        let least = fitting(area, self.room, self.turns, MARGIN);
        let most = LARGEST.max(least * 8.0);
        let scale = bound(self.scale, least, most);
        let middle = (self.room.0 / 2.0, self.room.1 / 2.0);
        let off = (scale - self.scale).abs() > f64::EPSILON * scale;
        let sized = if off { self.zoomed(scale / self.scale, middle) } else { self };
        let lies = sized.screen_area(&area);
        let hold = |at: f64, extent: f64, room: f64| {
            if extent <= room {
                (room - extent) / 2.0
            } else {
                let slack = SLACK.min(extent - room);
                bound(at, room - extent - slack, slack)
            }
        };
        let x = hold(lies.x, lies.width, self.room.0);
        let y = hold(lies.y, lies.height, self.room.1);
        sized.panned(x - lies.x, y - lies.y)
    }

    /// The CSS transform that brings what was laid for `base` to where this view has it.
    pub fn from_base(&self, base: &Self) -> String {
        let mut css = shift(self.x, self.y);
        let turns = (4 + self.turns - base.turns) % 4;
        if turns != 0 {
            css += &quarter(turns);
        }
        if (self.scale / base.scale - 1.0).abs() > 1e-9 {
            css += " scale(";
            css += &fixed(self.scale / base.scale, 6);
            css += ")";
        }
        css + " " + &shift(-base.x, -base.y)
    }

    /// The CSS transform for children that are laid in CSS pixels from the picture's own corner.
    pub fn paper(&self) -> String {
        shift(self.x, self.y) + &quarter(self.turns)
    }

    /// The same view, laid so that `held` of the picture is at `at` in the room.
    fn with_at(self, held: Point, at: Point) -> Self {
        let (x, y) = self.to_screen(held);
        self.panned(at.0 - x, at.1 - y)
    }
}

/// Device pixels for one of CSS.
pub(super) fn density() -> f64 {
    web_sys::window().map_or(1.0, |window| window.device_pixel_ratio())
}

/// As a CSS transform.
pub(super) fn shift(x: f64, y: f64) -> String {
    let mut css = String::from("translate(");
    css += &fixed(x, 2);
    css += "px,";
    css += &fixed(y, 2);
    css + "px)"
}

fn quarter(turns: u8) -> String {
    match turns % 4 {
        0 => "",
        1 => " rotate(90deg)",
        2 => " rotate(180deg)",
        _ => " rotate(270deg)",
    }
    .to_owned()
}

fn fitting(area: Area, room: Point, turns: u8, margin: f64) -> f64 {
    let (width, height) = match turns % 2 {
        0 => (area.width, area.height),
        _ => (area.height, area.width),
    };
    let inside = |room: f64| (room - 2.0 * margin).max(room / 4.0).max(1.0);
    (inside(room.0) / width.max(1.0)).min(inside(room.1) / height.max(1.0))
}

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    /// Numbers from `seed`, 0 to 1, the same every time.
    struct Dice(u64);

    impl Dice {
        #[expect(clippy::cast_precision_loss, reason = "any number will do")]
        fn roll(&mut self, from: f64, to: f64) -> f64 {
            self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            from + (to - from) * ((self.0 >> 33) as f64 / (1u64 << 31) as f64)
        }

        fn place(&mut self) -> Point {
            (self.roll(-100.0, 900.0), self.roll(-100.0, 900.0))
        }

        fn view(&mut self) -> Viewport {
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 3")]
            let turns = self.roll(0.0, 4.0) as u8 % 4;
            Viewport {
                room: (self.roll(200.0, 1300.0), self.roll(100.0, 900.0)),
                scale: self.roll(0.02, 9.0),
                x: self.roll(-4000.0, 4000.0),
                y: self.roll(-4000.0, 4000.0),
                turns,
            }
        }
    }

    fn near(a: Point, b: Point) -> bool {
        (a.0 - b.0).abs() < 1e-6 && (a.1 - b.1).abs() < 1e-6
    }

    #[test]
    fn there_and_back_again() {
        let mut dice = Dice(1);
        for _ in 0..2_000 {
            let (view, at) = (dice.view(), dice.place());
            assert!(near(view.to_screen(view.to_image(at)), at), "{view:?} {at:?}");
            let way = view.way((3.0, 5.0));
            let moved = (view.to_image(at).0 + way.0, view.to_image(at).1 + way.1);
            assert!(near(view.to_screen(moved), (at.0 + 3.0, at.1 + 5.0)), "{view:?} {at:?}");
        }
    }

    #[test]
    fn what_is_held_stays() {
        let mut dice = Dice(2);
        for _ in 0..2_000 {
            let (view, at, by) = (dice.view(), dice.place(), dice.roll(0.2, 5.0));
            let held = view.to_image(at);
            assert!(near(view.zoomed(by, at).to_screen(held), at));
            let middle = (view.room.0 / 2.0, view.room.1 / 2.0);
            let held = view.to_image(middle);
            assert!(near(view.turned().to_screen(held), middle));
            assert!(near(view.turned().turned().turned().turned().to_screen(held), middle));
        }
    }

    #[test]
    fn fingers_keep_what_is_under_them() {
        let mut dice = Dice(3);
        for _ in 0..2_000 {
            let view = dice.view();
            let a = dice.place();
            let (dx, dy) = (dice.roll(30.0, 300.0), dice.roll(-20.0, 20.0));
            let b = (a.0 + dx, a.1 + dy);
            let by = dice.roll(0.5, 2.0);
            let to = dice.place();
            let held = (view.to_image(a), view.to_image(b));
            let next = view.pinched([a, b], [to, (to.0 + dx * by, to.1 + dy * by)]);
            assert!(near(next.to_screen(held.0), to));
            assert!(near(next.to_screen(held.1), (to.0 + dx * by, to.1 + dy * by)));
        }
    }

    #[test]
    fn a_picture_is_never_lost() {
        let mut dice = Dice(4);
        for _ in 0..2_000 {
            let area = Area::new(
                dice.roll(-300.0, 0.0),
                dice.roll(-300.0, 0.0),
                dice.roll(50.0, 9000.0),
                dice.roll(50.0, 9000.0),
            );
            let view = dice.view().within(area);
            let lies = view.screen_area(&area);
            let room = view.whole_room();
            assert!(lies.grown(0.01).meets(&room), "{view:?}");
            // In each direction it fills the room, or lies in its middle.
            for (at, extent, room) in
                [(lies.x, lies.width, view.room.0), (lies.y, lies.height, view.room.1)]
            {
                if extent <= room {
                    assert!((at - (room - extent) / 2.0).abs() < 0.01);
                } else {
                    assert!(at <= SLACK + 0.01 && at + extent >= room - SLACK - 0.01);
                }
            }
            let again = view.within(area);
            assert!(near((again.x, again.y), (view.x, view.y)), "clamping twice changes nothing");
        }
    }

    #[test]
    fn what_fits_is_seen_whole() {
        let mut dice = Dice(5);
        for turns in [0, 1, 2, 3].repeat(100) {
            let area = Area::new(
                dice.roll(0.0, 500.0),
                3.0,
                dice.roll(5.0, 5000.0),
                dice.roll(5.0, 900.0),
            );
            let view = Viewport::fit(area, (412.0, dice.roll(90.0, 700.0)), turns, 8.0);
            let seen = view.seen().grown(0.01);
            assert!(seen.holds((area.x, area.y)) && seen.holds((area.right(), area.bottom())));
        }
    }

    #[test]
    fn a_place_is_brought_into_sight() {
        let mut dice = Dice(6);
        for _ in 0..500 {
            let (view, place) = (dice.view(), dice.place());
            let (x, y) = view.showing(place).to_screen(place);
            assert!(x >= 0.0 && x <= view.room.0 && y >= 0.0 && y <= view.room.1);
        }
    }
}
