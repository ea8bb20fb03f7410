//! How long a task has been looked at, in seconds. It reads no clock: the time comes in.

/// Longer than this nobody looks at one screen; the page was only left open.
const LONGEST: f64 = 3_600.0;

/// How long the task on the screen has been looked at.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Watch {
    since: f64,
    spent: f64,
    /// What answers that follow at once will share.
    rest: f64,
}

impl Watch {
    /// What an answer took, in whole milliseconds. Of the time for several answers that are given
    /// at once each takes its part, and together they take all of it: `more` follow this one.
    pub(crate) fn take(&mut self, now: f64, more: usize) -> f64 {
        let spent = (self.spent + now - self.since).clamp(0.0, LONGEST);
        // A wall has few tiles.
        let among = f64::from(u32::try_from(more).unwrap_or(u32::MAX)) + 1.0;
        let own = (spent / among * 1_000.0).round() / 1_000.0;
        self.rest = if more > 0 { spent - own } else { 0.0 };
        own
    }

    /// Another task is on the screen now.
    pub(crate) fn turn(&mut self, now: f64) {
        *self = Self { since: now, spent: self.rest, rest: 0.0 };
    }

    /// The page goes out of sight or comes back: in between no time passes.
    pub(crate) fn pause(&mut self, now: f64, in_sight: bool) {
        if !in_sight {
            self.spent += now - self.since;
        }
        self.since = now;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    /// What `count` answers take that are given at once, after so many seconds.
    fn shares(watch: &mut Watch, now: f64, count: usize) -> Vec<f64> {
        let share = |more| {
            let own = watch.take(now, more);
            watch.turn(now);
            own
        };
        (0..count).rev().map(share).collect()
    }

    #[test]
    fn a_wall_shares_its_time_and_loses_none_of_it() {
        for count in 1..=6 {
            for millis in [0u32, 1, 5, 999, 1_000, 12_345, 60_001, 3_600_000] {
                let spent = f64::from(millis) / 1_000.0;
                let mut watch = Watch::default();
                watch.turn(100.0);
                let shares = shares(&mut watch, 100.0 + spent, count);
                let sum: f64 = shares.iter().sum();
                assert!((sum - spent).abs() < 1e-6, "{spent} became {shares:?}");
                let (least, most) = (shares.iter().copied().fold(f64::MAX, f64::min), shares[0]);
                assert!(most - least < 0.0021, "{shares:?}");
                assert!((watch.take(103.0 + spent, 0) - 3.0).abs() < 1e-6, "the next begins anew");
            }
        }
    }

    #[test]
    fn out_of_sight_no_time_passes() {
        let mut watch = Watch::default();
        watch.turn(10.0);
        watch.pause(12.0, false);
        watch.pause(500.0, true);
        assert_eq!(shares(&mut watch, 503.0, 1), [5.0]);
        assert_eq!(shares(&mut watch, 99_999.0, 1), [LONGEST]);
    }
}
