//! How a stage moves: when tiles are asked for, how many, and when it has come to rest.

/// How often is looked whether it still moves, in milliseconds.
pub(super) const LOOK: u64 = 80;
/// After the fingers have left it, which do not do so at once.
pub(super) const LEFT: u64 = 20;
/// With fingers on it, which may go on at any moment, it rests only after so many looks.
const HELD: u32 = 7;
/// While it moves, what tiles it needs is found out in every so many frames.
const FETCH: u32 = 10;
/// Tiles asked for in a frame at rest: as many as would come at once would leave no time for
/// frames.
const TILES: usize = 2;
/// While it moves one is asked for in every so many frames. Each frame has more to do then, and
/// one that comes late is seen.
const SPARED: u32 = 2;

/// How it has moved since it last rested.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Pace {
    /// Fingers are on it.
    held: bool,
    /// Frames in which it moved.
    frames: u32,
    /// The same at the last look, and how many looks it has been so.
    seen: (u32, u32),
    /// The scale when it was last asked whether to fetch.
    scale: f64,
}

/// What a look finds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Found {
    /// It moves, or has stopped for long.
    Nothing,
    /// It has just stopped under fingers that may go on.
    Stopped,
    /// It has come to rest.
    Rest,
}

impl Pace {
    /// It is in another place in this frame; whether it is time to find out which tiles it needs.
    /// While it is enlarged it never is: those of every size on the way would come for nothing.
    pub(super) fn moved(&mut self, scale: f64) -> bool {
        self.frames += 1;
        if !self.frames.is_multiple_of(FETCH) {
            return false;
        }
        let before = std::mem::replace(&mut self.scale, scale);
        (before / scale - 1.0).abs() < 0.01
    }

    /// How many tiles may be asked for in this frame.
    pub(super) fn tiles(self, moved: bool) -> usize {
        if moved { usize::from(self.frames.is_multiple_of(SPARED)) } else { TILES }
    }

    /// Fingers come on it, or have left it. It does not move by itself: after they have, one look
    /// is enough.
    pub(super) fn hold(&mut self, held: bool) {
        self.held = held;
        self.seen = (self.frames, 0);
    }

    /// Looks whether it still moves.
    pub(super) fn look(&mut self) -> Found {
        let looks = if self.seen.0 == self.frames { self.seen.1 + 1 } else { 0 };
        self.seen = (self.frames, looks);
        match looks {
            looks if looks >= if self.held { HELD } else { 1 } => Found::Rest,
            1 => Found::Stopped,
            _ => Found::Nothing,
        }
    }

    /// It rests, at a scale.
    pub(super) fn rested(&mut self, scale: f64) {
        *self = Self { held: self.held, scale, ..Self::default() };
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    fn at_rest() -> Pace {
        let mut pace = Pace::default();
        pace.rested(1.0);
        pace
    }

    #[test]
    fn tiles_come_now_and_then_while_it_is_moved_and_none_while_it_is_enlarged() {
        let mut pace = at_rest();
        let fetches = (0..60).filter(|_| pace.moved(1.0)).count();
        assert_eq!(fetches, 6);
        let fetches = (0..60).filter(|at| pace.moved(1.0 + f64::from(*at) * 0.02)).count();
        // Nothing tells at the first of them that it is being enlarged.
        assert!(fetches <= 1, "{fetches}");
        let mut still = (0..20).filter(|_| pace.moved(2.2));
        assert!(still.next().is_some(), "once it is only moved again");
    }

    #[test]
    fn a_moving_frame_asks_for_less_than_one_at_rest() {
        let mut pace = at_rest();
        let asked: usize = (0..60)
            .map(|_| {
                pace.moved(1.0);
                pace.tiles(true)
            })
            .sum();
        assert_eq!((asked, pace.tiles(false)), (30, 2));
    }

    #[test]
    fn it_rests_once_it_is_still_and_later_under_fingers() {
        let mut pace = at_rest();
        pace.moved(1.0);
        assert_eq!(pace.look(), Found::Nothing, "it has moved since");
        assert_eq!(pace.look(), Found::Rest);

        let mut pace = at_rest();
        pace.hold(true);
        pace.moved(1.0);
        assert_eq!(pace.look(), Found::Nothing);
        assert_eq!(pace.look(), Found::Stopped);
        let looks: Vec<Found> = (0..6).map(|_| pace.look()).collect();
        assert_eq!(looks[..5], [Found::Nothing; 5]);
        assert_eq!(looks[5], Found::Rest);
    }

    #[test]
    fn fingers_that_have_left_it_are_waited_for_no_longer() {
        let mut pace = at_rest();
        pace.hold(true);
        pace.moved(1.0);
        pace.hold(false);
        assert_eq!(pace.look(), Found::Rest);
        pace.moved(1.0);
        assert_eq!(pace.look(), Found::Nothing);
    }
}
