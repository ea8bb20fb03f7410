//! What must hold for every kind, before its author has written a test.

use crate::Kind;
use domain::{Given, ImageRegion, Outcome, Picture, Rect, Subject, Weighted};

pub(crate) fn subject() -> Subject {
    let area = Rect::new(0.0, 0.0, 1000.0, 1000.0);
    Subject::ImageRegion(ImageRegion {
        picture: Picture { sources: vec![] },
        frame: area,
        mark: area,
        turned: 0,
        page: None,
    })
}

fn votes<K: Kind>(seeds: &[u64]) -> Vec<Weighted<K::Answer>> {
    seeds
        .iter()
        .map(|&seed| Weighted {
            given: match seed % 5 {
                4 => Given::Outcome(Outcome::ALL[(seed / 5) as usize % 4]),
                _ => Given::Value(K::sample(seed)),
            },
            weight: 1.0,
        })
        .collect()
}

/// Round trip, determinism, names.
pub(crate) fn walk<K: Kind>() {
    assert!(!K::ID.is_empty() && K::ID.bytes().all(|b| b.is_ascii_lowercase() || b == b'_'));
    assert!(crate::IDS.contains(&K::ID));
    let rules = K::Rules::default();
    let text = serde_json::to_string(&rules).expect("rules are JSON");
    assert_eq!(serde_json::from_str::<K::Rules>(&text).expect("rules round trip"), rules);
    assert_eq!(serde_json::from_str::<K::Rules>("{}").expect("every setting has a default"), rules);
    for seed in 0..200 {
        let answer = K::sample(seed);
        let text = serde_json::to_string(&answer).expect("an answer is JSON");
        assert_eq!(serde_json::from_str::<K::Answer>(&text).expect("round trip"), answer);
        if let Ok((once, effort)) = K::check(&rules, &subject(), answer) {
            let twice =
                K::check(&rules, &subject(), once.clone()).expect("what is stored is taken");
            assert_eq!(twice, (once, effort), "checking twice changes nothing");
        }
        let seeds: Vec<u64> = (0..6).map(|i| (seed * 7 + i * i) % 11).collect();
        let mut back = seeds.clone();
        back.reverse();
        let (tally, turned) =
            (K::agree(&rules, &votes::<K>(&seeds)), K::agree(&rules, &votes::<K>(&back)));
        assert_eq!((tally.votes, tally.counted), (turned.votes, turned.counted));
        assert!((0.0..=1.0).contains(&tally.agreement));
        assert!(tally.votes <= tally.counted);
    }
    assert_eq!(K::agree(&rules, &[]).counted, 0);
}
