//! A card under one finger, as plain numbers. It commits only on release, only past a third of
//! the width, and only to the side it was on then; everything else puts the card back.

/// A finger that begins so near the edge of the screen means the browser's back gesture.
const EDGE: f64 = 24.0;
/// So far a finger moves before it is a swipe and not a tap.
const SLOP: f64 = 10.0;
/// Share of the width that has to be passed.
const PAST: f64 = 0.3;

/// A side of the card.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    Left,
    Right,
}

/// What the fingers on a card do.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) enum Swipe {
    /// No finger that counts.
    #[default]
    Still,
    /// One finger, which has not moved far yet: its pointer, and where it began.
    Down { pointer: i32, x: f64, y: f64 },
    /// It carries the card: so far, in pixels to the right.
    Carried { pointer: i32, x: f64, by: f64 },
    /// This touch means nothing: two fingers, a scroll, a start at the edge. So many fingers are down.
    Void { fingers: u32 },
}

impl Swipe {
    /// A finger comes down at `x`, `y` of a window `window` pixels wide.
    pub(super) fn down(self, pointer: i32, (x, y): (f64, f64), window: f64) -> Self {
        match self {
            Self::Still if x < EDGE || x > window - EDGE => Self::Void { fingers: 1 },
            Self::Still => Self::Down { pointer, x, y },
            Self::Void { fingers } => Self::Void { fingers: fingers + 1 },
            Self::Down { .. } | Self::Carried { .. } => Self::Void { fingers: 2 },
        }
    }

    pub(super) fn moved(self, pointer: i32, (to_x, to_y): (f64, f64)) -> Self {
        match self {
            Self::Down { pointer: mine, x, y } if mine == pointer => {
                let (dx, dy) = ((to_x - x).abs(), (to_y - y).abs());
                if dx.max(dy) < SLOP {
                    self
                } else if dx > dy {
                    Self::Carried { pointer, x, by: to_x - x }
                } else {
                    Self::Void { fingers: 1 }
                }
            }
            Self::Carried { pointer: mine, x, .. } if mine == pointer => {
                Self::Carried { pointer, x, by: to_x - x }
            }
            other => other,
        }
    }

    /// A finger leaves at `x`; `width` is the card's. Says which side is meant, if one is.
    pub(super) fn up(self, pointer: i32, to_x: f64, width: f64) -> (Self, Option<Side>) {
        match self {
            Self::Carried { pointer: mine, x, .. } if mine == pointer => {
                (Self::Still, side(to_x - x, width))
            }
            _ => (self.gone(pointer), None),
        }
    }

    /// The browser took the finger away: nothing is meant.
    pub(super) fn gone(self, pointer: i32) -> Self {
        match self {
            Self::Down { pointer: mine, .. } | Self::Carried { pointer: mine, .. }
                if mine != pointer =>
            {
                self
            }
            Self::Void { fingers } if fingers > 1 => Self::Void { fingers: fingers - 1 },
            _ => Self::Still,
        }
    }

    /// How far the card is carried.
    pub(super) fn by(self) -> f64 {
        match self {
            Self::Carried { by, .. } => by,
            _ => 0.0,
        }
    }

    /// The side that a release would mean now.
    pub(super) fn meant(self, width: f64) -> Option<Side> {
        side(self.by(), width)
    }
}

fn side(by: f64, width: f64) -> Option<Side> {
    if width <= 0.0 || by.abs() <= width * PAST {
        return None;
    }
    Some(if by < 0.0 { Side::Left } else { Side::Right })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const WINDOW: f64 = 360.0;
    const WIDTH: f64 = 320.0;

    fn drag(from: f64, to: &[f64]) -> (Swipe, Option<Side>) {
        let mut swipe = Swipe::Still.down(1, (from, 300.0), WINDOW);
        for x in to {
            swipe = swipe.moved(1, (*x, 300.0));
        }
        swipe.up(1, to.last().copied().unwrap_or(from), WIDTH)
    }

    #[test]
    fn it_commits_past_a_third_of_the_width_and_not_before() {
        assert_eq!(drag(180.0, &[200.0, 277.0]), (Swipe::Still, Some(Side::Right)));
        assert_eq!(drag(180.0, &[160.0, 83.0]), (Swipe::Still, Some(Side::Left)));
        assert_eq!(drag(180.0, &[200.0, 275.0]), (Swipe::Still, None));
        assert_eq!(drag(180.0, &[40.0, 330.0, 180.0]), (Swipe::Still, None), "brought back");
    }

    #[test]
    fn a_start_at_the_edge_means_nothing() {
        for from in [0.0, 23.0, 337.0, 360.0] {
            assert_eq!(drag(from, &[180.0, from + 150.0, from - 150.0]).1, None, "{from}");
        }
        assert_eq!(drag(24.0, &[180.0]).1, Some(Side::Right));
    }

    #[test]
    fn a_second_finger_and_a_scroll_mean_nothing() {
        let carried = Swipe::Still.down(1, (180.0, 300.0), WINDOW).moved(1, (330.0, 300.0));
        let two = carried.down(2, (100.0, 300.0), WINDOW);
        let (one, side) = two.up(1, 340.0, WIDTH);
        assert_eq!((one, side), (Swipe::Void { fingers: 1 }, None));
        assert_eq!(one.moved(2, (340.0, 300.0)).up(2, 340.0, WIDTH), (Swipe::Still, None));
        let scroll = Swipe::Still.down(1, (180.0, 300.0), WINDOW).moved(1, (185.0, 340.0));
        assert_eq!(scroll.moved(1, (340.0, 340.0)).up(1, 340.0, WIDTH).1, None);
        assert_eq!(carried.gone(1), Swipe::Still);
    }

    #[test]
    fn the_side_that_is_shown_as_meant_is_the_one_a_release_means() {
        for to in [60.0, 100.0, 180.0, 270.0, 280.0, 330.0] {
            let carried = Swipe::Still.down(1, (180.0, 300.0), WINDOW).moved(1, (to, 300.0));
            assert!((carried.by() - (to - 180.0)).abs() < SLOP, "{to}");
            assert_eq!(carried.meant(WIDTH), carried.up(1, to, WIDTH).1, "{to}");
        }
    }

    #[derive(Clone, Debug)]
    enum Act {
        Down(i32, f64, f64),
        Moved(i32, f64, f64),
        Up(i32, f64),
        Gone(i32),
    }

    fn any_act() -> impl Strategy<Value = Act> {
        let pointer = 1..4i32;
        prop_oneof![
            (pointer.clone(), 0.0..WINDOW, 0.0..600.0).prop_map(|(p, x, y)| Act::Down(p, x, y)),
            (pointer.clone(), 0.0..WINDOW, 0.0..600.0).prop_map(|(p, x, y)| Act::Moved(p, x, y)),
            (pointer.clone(), 0.0..WINDOW).prop_map(|(p, x)| Act::Up(p, x)),
            pointer.prop_map(Act::Gone),
        ]
    }

    proptest! {
        #[test]
        fn whatever_the_fingers_do_a_side_is_only_meant_where_the_card_was_seen_on_it(
            acts in proptest::collection::vec(any_act(), 0..40),
        ) {
            let mut swipe = Swipe::Still;
            let mut began = None;
            for act in acts {
                match act {
                    Act::Down(p, x, y) => {
                        if swipe == Swipe::Still {
                            began = Some((p, x));
                        }
                        swipe = swipe.down(p, (x, y), WINDOW);
                    }
                    Act::Moved(p, x, y) => swipe = swipe.moved(p, (x, y)),
                    Act::Gone(p) => swipe = swipe.gone(p),
                    Act::Up(p, x) => {
                        let (next, meant) = swipe.up(p, x, WIDTH);
                        swipe = next;
                        if let Some(side) = meant {
                            let (pointer, from) = began.unwrap();
                            prop_assert_eq!(pointer, p);
                            prop_assert!((EDGE..=WINDOW - EDGE).contains(&from));
                            prop_assert!((x - from).abs() > WIDTH * PAST);
                            prop_assert_eq!(side == Side::Right, x > from);
                        }
                    }
                }
            }
        }
    }
}
