//! What must hold for every layer, before its author has written a test.

use crate::Layer;
use domain::{Effort, Event, Judgement, Progress, TaskId};

fn events(seed: u64) -> Vec<Event> {
    (0..40)
        .map(|i| {
            let n = seed.wrapping_mul(31).wrapping_add(i * 7);
            let task = TaskId::v7(n % 9, [0; 10]);
            match n % 6 {
                0 | 1 => Event::Answered { task, effort: Effort::Whole },
                2 => Event::TakenBack { task, effort: Effort::Whole },
                3 => Event::Judged { task, verdict: Judgement::Held },
                4 => Event::Progressed {
                    progress: Progress {
                        tasks: 100,
                        given: n % 200,
                        agreed: n % 90,
                        checked: n % 40,
                        wanted: 200,
                        pages: 4,
                        readable: n % 4,
                    },
                    waiting: n % 3,
                },
                _ => Event::Passed { seconds: 1.5 },
            }
        })
        .collect()
}

/// Names, determinism, and that a state survives being stored in mid-game.
pub(crate) fn walk<L: Layer>() {
    assert!(!L::ID.is_empty() && L::ID.bytes().all(|b| b.is_ascii_lowercase() || b == b'_'));
    for seed in 0..50 {
        let (mut played, mut again) = (L::default(), L::default());
        let (mut cues, mut cues_again) = (vec![], vec![]);
        for event in events(seed) {
            played.step(&event, &mut cues);
            let stored = serde_json::to_string(&again).expect("a state is JSON");
            again = serde_json::from_str(&stored).expect("a state round trips");
            again.step(&event, &mut cues_again);
        }
        assert_eq!(played, again);
        assert_eq!(cues, cues_again);
    }
}
