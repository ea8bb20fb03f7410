//! Fingers that only look: one moves, two enlarge, two quick taps come nearer.

use super::Point;

/// A finger moves no further than this while it taps, in CSS pixels.
const STILL: f64 = 10.0;
/// Two taps are one gesture within so many milliseconds.
const QUICK: f64 = 320.0;

/// What the fingers ask for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Motion {
    /// Nothing.
    None,
    /// To move by so many CSS pixels.
    Pan(f64, f64),
    /// To enlarge and move with two fingers.
    Pinch {
        /// Where they were.
        from: [Point; 2],
        /// Where they are.
        to: [Point; 2],
    },
    /// To come nearer to a place.
    Nearer(Point),
}

/// The fingers on a stage.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Fingers {
    down: Vec<(i32, Point)>,
    /// Where and when the only finger came down, for as long as it may be a tap.
    tap: Option<(Point, f64)>,
    /// Where and when the last tap was.
    last: Option<(Point, f64)>,
}

impl Fingers {
    /// A finger comes down. `time` is in milliseconds.
    pub fn down(&mut self, id: i32, at: Point, time: f64) {
        self.down.retain(|finger| finger.0 != id);
        self.down.push((id, at));
        self.tap = (self.down.len() == 1).then_some((at, time));
    }

    /// A finger moves.
    pub fn moved(&mut self, id: i32, at: Point) -> Motion {
        let Some(mine) = self.down.iter().position(|finger| finger.0 == id) else {
            return Motion::None;
        };
        let before = self.down[mine].1;
        self.down[mine].1 = at;
        if self.tap.is_some_and(|(start, _)| far(start, at)) {
            self.tap = None;
        }
        match self.down.as_slice() {
            [_] => Motion::Pan(at.0 - before.0, at.1 - before.1),
            // A third finger is a palm: the first two count.
            [first, second, ..] if mine < 2 => {
                let other = if mine == 0 { second.1 } else { first.1 };
                Motion::Pinch { from: [before, other], to: [at, other] }
            }
            _ => Motion::None,
        }
    }

    /// A finger goes up.
    pub fn up(&mut self, id: i32, time: f64) -> Motion {
        self.down.retain(|finger| finger.0 != id);
        let Some((at, since)) = self.tap.take() else { return Motion::None };
        if time - since > QUICK {
            return Motion::None;
        }
        match self.last.take() {
            Some((before, then)) if time - then < QUICK && !far2(before, at) => Motion::Nearer(at),
            _ => {
                self.last = Some((at, time));
                Motion::None
            }
        }
    }

    /// The browser took a finger away.
    pub fn forget(&mut self, id: i32) {
        self.down.retain(|finger| finger.0 != id);
        (self.tap, self.last) = (None, None);
    }
}

fn far(a: Point, b: Point) -> bool {
    (a.0 - b.0).hypot(a.1 - b.1) > STILL
}

fn far2(a: Point, b: Point) -> bool {
    (a.0 - b.0).hypot(a.1 - b.1) > 3.0 * STILL
}

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn one_moves_two_pinch_and_the_palm_does_nothing() {
        let mut fingers = Fingers::default();
        fingers.down(1, (10.0, 10.0), 0.0);
        assert_eq!(fingers.moved(1, (12.0, 15.0)), Motion::Pan(2.0, 5.0));
        fingers.down(2, (50.0, 50.0), 5.0);
        let both =
            Motion::Pinch { from: [(50.0, 50.0), (12.0, 15.0)], to: [(60.0, 50.0), (12.0, 15.0)] };
        assert_eq!(fingers.moved(2, (60.0, 50.0)), both);
        fingers.down(3, (90.0, 90.0), 6.0);
        assert_eq!(fingers.moved(3, (99.0, 99.0)), Motion::None);
        assert_eq!(fingers.moved(4, (99.0, 99.0)), Motion::None, "never came down");
    }

    #[test]
    fn two_quick_taps_come_nearer_and_slow_or_far_ones_do_not() {
        for (second_at, second, nearer) in [
            ((11.0, 10.0), 200.0, true),
            ((11.0, 10.0), 900.0, false),
            ((90.0, 10.0), 200.0, false),
        ] {
            let mut fingers = Fingers::default();
            fingers.down(1, (10.0, 10.0), 0.0);
            assert_eq!(fingers.up(1, 60.0), Motion::None);
            fingers.down(1, second_at, second);
            let told = fingers.up(1, second + 50.0);
            assert_eq!(told, if nearer { Motion::Nearer(second_at) } else { Motion::None });
        }
    }

    #[test]
    fn a_cancelled_finger_is_forgotten() {
        let mut fingers = Fingers::default();
        fingers.down(1, (10.0, 10.0), 0.0);
        fingers.forget(1);
        assert_eq!(fingers.moved(1, (30.0, 30.0)), Motion::None);
        assert_eq!(fingers.up(1, 10.0), Motion::None);
    }
}
