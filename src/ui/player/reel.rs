//! How far, how fast and round and round: the player's arithmetic.

/// The speeds there are and what stands on their key.
pub(super) const SPEEDS: [(f64, &str); 6] =
    [(0.5, "0.5"), (0.75, "0.75"), (1.0, "1"), (1.25, "1.25"), (1.5, "1.5"), (2.0, "2")];
/// The one that a player begins with.
pub(super) const AS_IT_IS: usize = 2;

/// A part that is played again and again.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) enum Loop {
    /// None.
    #[default]
    Off,
    /// It begins here; its end is not set yet.
    From(f64),
    /// From here to there, in seconds.
    Between(f64, f64),
}

impl Loop {
    /// After a press of its key at second `at`: the beginning, then the end, then none.
    pub(super) fn next(self, at: f64) -> Self {
        match self {
            Self::Off => Self::From(at),
            // Behind the beginning, or far too short to hear: the person went back to set it anew.
            Self::From(from) if at < from + 0.1 => Self::From(at.min(from)),
            Self::From(from) => Self::Between(from, at),
            Self::Between(..) => Self::Off,
        }
    }

    /// What is played again and again, in seconds; `length` is that of the whole.
    pub(super) fn band(self, length: f64) -> Option<(f64, f64)> {
        match self {
            Self::Between(from, to) => Some((from, to.min(length))),
            Self::Off | Self::From(_) => None,
        }
    }

    /// What the next press does.
    pub(super) fn says(self) -> &'static str {
        match self {
            Self::Off => "Loop from here",
            Self::From(_) => "Loop to here",
            Self::Between(..) => "Stop looping",
        }
    }

    /// What is set, on the key.
    pub(super) fn sign(self) -> &'static str {
        match self {
            Self::Off => "",
            Self::From(_) => "A",
            Self::Between(..) => "A–B",
        }
    }
}

/// Seconds that one step goes: short clips are gone through in short steps.
pub(super) fn stride(length: f64) -> f64 {
    if length > 0.0 && length < 20.0 { 1.0 } else { 5.0 }
}

/// Seconds between two ticks of the strip, so that there are at most thirty.
pub(super) fn tick(length: f64) -> f64 {
    const STEPS: [f64; 7] = [1.0, 5.0, 10.0, 30.0, 60.0, 300.0, 600.0];
    STEPS.into_iter().find(|step| length / step <= 30.0).unwrap_or(3_600.0)
}

/// Seconds as people read them: 0:07, 12:30.
pub(super) fn clock(seconds: f64) -> String {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "whole seconds")]
    let whole = seconds.max(0.0) as u32;
    format!("{}:{:02}", whole / 60, whole % 60)
}

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn a_loop_is_set_by_three_presses() {
        let set = Loop::Off.next(2.0);
        assert_eq!((set, set.band(9.0)), (Loop::From(2.0), None));
        let set = set.next(3.5);
        assert_eq!(set.band(9.0), Some((2.0, 3.5)));
        assert_eq!(set.next(5.0), Loop::Off);
    }

    #[test]
    fn a_loop_never_ends_before_it_begins() {
        assert_eq!(Loop::From(4.0).next(1.0), Loop::From(1.0));
        assert_eq!(Loop::From(4.0).next(4.0), Loop::From(4.0));
        assert_eq!(Loop::Between(4.0, 12.0).band(9.0), Some((4.0, 9.0)));
    }

    #[test]
    fn times_are_read_as_on_a_clock() {
        assert_eq!([0.0, 7.9, 75.0, 3_601.0].map(clock), ["0:00", "0:07", "1:15", "60:01"]);
        assert_eq!(clock(f64::NAN), "0:00");
    }

    #[test]
    fn ticks_can_be_told_apart() {
        for length in [0.0, 3.0, 29.0, 31.0, 200.0, 1_000.0, 9_000.0] {
            assert!(length / tick(length) <= 30.0, "{length}");
        }
    }
}
