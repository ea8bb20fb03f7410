use super::*;
use crate::{Hyphen, HyphenPart};
use proptest::prelude::*;

const IMAGE: Size = Size { width: 1000, height: 1000 };

fn word(key: &str, text: &str, confidence: Option<f64>, area: impl Into<Option<Rect>>) -> Word {
    let (key, text) = (key.to_owned(), text.to_owned());
    Word { key, area: area.into(), text, apart: true, confidence, hyphen: None }
}

/// Words in one column of lines of five. Those that are given one box are moved apart.
fn page(words: impl AsRef<[Word]>) -> Page {
    let mut words = words.as_ref().to_vec();
    for at in 0..words.len() {
        let taken: Vec<_> = words[..at].iter().filter_map(|word| word.area).collect();
        while let Some(area) = words[at].area.as_mut().filter(|area| taken.contains(area)) {
            area.x += 1.0;
        }
    }

    let lines = words.chunks(5).enumerate().map(|(at, words)| Line {
        key: format!("l{at}"),
        area: words.iter().filter_map(|word| word.area).reduce(|all, one| all.union(&one)),
        words: words.to_vec(),
        hyphen: None,
    });
    let block = Block { id: None, rotation: 0.0, language: None, lines: lines.collect() };
    Page { id: None, size: Some(IMAGE), blocks: vec![block] }
}

fn at(x: f64, y: f64, width: f64, height: f64) -> Rect {
    Rect { x, y, width, height }
}

fn worst(percent: f64, controls_percent: f64) -> Picking {
    Picking { which: Which::Worst { percent }, controls_percent }
}

#[test]
fn what_cannot_be_asked_is_skipped_with_its_reason() {
    let fine = at(100.0, 100.0, 60.0, 20.0);
    let picked = choose(
        &page(vec![
            word("fine", "Turku", Some(0.9), fine),
            word("also", "Åbo", Some(0.8), fine),
            word("third", "stad", Some(0.8), fine),
            word("blank", " ", Some(0.95), fine),
            word("marks", "—.", Some(0.1), fine),
            word("small", "i", Some(0.1), at(1.0, 1.0, 7.9, 20.0)),
            word("huge", "masthead", Some(0.1), at(0.0, 0.0, 900.0, 300.0)),
            word("thick", "I", Some(0.1), at(0.0, 0.0, 20.0, 81.0)),
            word("outside", "away", Some(0.1), at(980.0, 10.0, 60.0, 20.0)),
            word("nowhere", "lost", Some(0.1), None),
        ]),
        IMAGE,
        &Picking { which: Which::All, controls_percent: 10.0 },
        7,
    );
    let keys: Vec<_> = picked.tasks.iter().map(|task| task.key.as_str()).collect();
    assert_eq!(keys, ["fine", "also", "third"]);
    let reasons: Vec<_> =
        picked.skipped.iter().map(|one| (one.place.as_str(), one.reason.as_str())).collect();
    for (place, part) in [
        ("blank", "blank"),
        ("marks", "neither letters nor digits"),
        ("small", "under 8 pixels"),
        ("huge", "quarter of the page"),
        ("thick", "four times"),
        ("outside", "outside"),
        ("nowhere", "where it stands"),
    ] {
        assert!(reasons.iter().any(|(p, r)| *p == place && r.contains(part)), "{place}");
    }
}

#[test]
fn the_worst_come_first_and_the_suspicious_with_them() {
    let area = at(10.0, 10.0, 60.0, 20.0);
    let mut words: Vec<Word> = (0..20)
        .map(|i| word(&format!("w{i}"), "ord", Some(0.5 + f64::from(i) * 0.02), area))
        .collect();
    words[18].text = "l863".to_owned();
    words[19].hyphen = Some(Hyphen { part: HyphenPart::First, whole: None, partner: None });
    let picked = choose(&page(words), IMAGE, &worst(40.0, 0.0), 1);
    let keys: Vec<_> = picked.tasks.iter().map(|task| task.key.as_str()).collect();
    assert_eq!(keys.len(), 8);
    for key in ["w0", "w1", "w2", "w3", "w4", "w5", "w18", "w19"] {
        assert!(keys.contains(&key), "{key} of {keys:?}");
    }
}

#[test]
fn both_halves_rank_as_the_worse_one() {
    let area = at(10.0, 10.0, 60.0, 20.0);
    let mut words: Vec<Word> =
        (0..10).map(|i| word(&format!("w{i}"), "ord", Some(0.5), area)).collect();
    words[3].confidence = Some(0.1);
    for (this, part, other) in [(3, HyphenPart::First, "w8"), (8, HyphenPart::Second, "w3")] {
        words[this].hyphen = Some(Hyphen { part, whole: None, partner: Some(other.to_owned()) });
    }
    let picked = choose(&page(words), IMAGE, &worst(20.0, 0.0), 1);
    let keys: Vec<_> = picked.tasks.iter().map(|task| task.key.as_str()).collect();
    assert_eq!(keys, ["w3", "w8"]);
}

#[test]
fn without_confidence_or_words_all_lines_are_asked() {
    let area = at(10.0, 10.0, 60.0, 20.0);
    let mut blind =
        page((0..12).map(|i| word(&format!("w{i}"), "ord", None, area)).collect::<Vec<_>>());
    blind.blocks[0].lines[1].words.clear();
    let picked = choose(&blind, IMAGE, &worst(10.0, 5.0), 1);
    assert_eq!(picked.unit, Unit::Line);
    assert_eq!(picked.tasks.len(), 3);
    assert_eq!(picked.tasks[0].text.as_deref(), Some("ord ord ord ord ord"));
    assert_eq!(picked.tasks[1].text, None);

    let long = (0..4).map(|i| word(&format!("w{i}"), "a whole line", Some(0.5), area));
    let picked = choose(&page(long.collect::<Vec<_>>()), IMAGE, &worst(10.0, 5.0), 1);
    assert_eq!(picked.unit, Unit::Line);
}

#[test]
fn words_without_a_box_of_their_own_are_asked_by_the_line() {
    let area = at(10.0, 10.0, 60.0, 20.0);
    let shared = |count: usize| {
        let words = (0..10).map(|i| word(&format!("w{i}"), "ord", Some(0.1), area));
        let mut page = page(words.collect::<Vec<_>>());
        page.blocks[0].lines[0].words[0].confidence = Some(0.2);
        let line = &mut page.blocks[0].lines[0];
        line.words.iter_mut().take(count).for_each(|word| word.area = line.area);
        page.blocks[0].lines[1].words.iter_mut().for_each(|word| {
            word.area = if count > 3 { Some(at(10.0, 50.0, 600.0, 20.0)) } else { word.area };
        });
        choose(&page, IMAGE, &worst(100.0, 0.0), 1)
    };
    assert_eq!(shared(5).unit, Unit::Line);
    let some = shared(3);
    assert_eq!((some.unit, some.tasks.len(), some.skipped.len()), (Unit::Word, 7, 3));
    assert!(some.skipped[0].reason.contains("shares its box"));
}

#[test]
fn text_that_runs_up_the_page_is_turned_though_the_file_does_not_say_so() {
    let up = |i: u32| at(50.0, 900.0 - f64::from(i) * 100.0, 20.0, 80.0);
    let down = |i: u32| at(50.0, f64::from(i) * 100.0, 20.0, 80.0);
    let turned = |area: &dyn Fn(u32) -> Rect, text: &str| {
        let words = (0..5).map(|i| word(&format!("w{i}"), text, Some(f64::from(i) / 9.0), area(i)));
        choose(&page(words.collect::<Vec<_>>()), IMAGE, &worst(100.0, 0.0), 1).tasks[0].rotation
    };
    assert!((turned(&up, "words") - 90.0).abs() < 1e-9);
    assert!((turned(&down, "words") - 270.0).abs() < 1e-9);
    assert!(turned(&down, "新聞紙面").abs() < 1e-9);
}

fn any_word() -> impl Strategy<Value = Word> {
    (
        prop_oneof!["[a-zäſ]{1,9}", "[0-9a-z]{1,4}", "[ ]{0,2}", "[.,—]{1,3}"],
        proptest::option::weighted(0.9, 0.0..=1.0),
        proptest::option::weighted(0.9, (-50.0..1050.0, -50.0..1050.0, 0.0..400.0, 0.0..90.0)),
    )
        .prop_map(|(text, confidence, area)| {
            let area = area.map(|(x, y, width, height)| Rect { x, y, width, height });
            word("", &text, confidence, area)
        })
}

fn any_page() -> impl Strategy<Value = Page> {
    proptest::collection::vec(any_word(), 0..80).prop_map(|mut words| {
        for (at, word) in words.iter_mut().enumerate() {
            word.key = format!("w{at}");
        }
        page(words)
    })
}

proptest! {
    #[test]
    fn the_same_seed_picks_the_same(
        page in any_page(), percent in 0.0..=100.0, controls in 0.0..=100.0, seed in any::<u64>(),
    ) {
        let how = worst(percent, controls);
        prop_assert_eq!(choose(&page, IMAGE, &how, seed), choose(&page, IMAGE, &how, seed));
    }

    #[test]
    fn nothing_is_dropped_silently_nor_picked_twice(
        page in any_page(), percent in 0.0..=100.0, controls in 0.0..=100.0, seed in any::<u64>(),
    ) {
        let picked = choose(&page, IMAGE, &worst(percent, controls), seed);
        let all = match picked.unit {
            Unit::Word => words(&page).count(),
            Unit::Line => page.blocks[0].lines.len(),
        };
        prop_assert_eq!(picked.tasks.len() + picked.skipped.len() + picked.left, all);
        let mut keys: Vec<_> = picked.tasks.iter().map(|task| &task.key)
            .chain(picked.skipped.iter().map(|one| &one.place)).collect();
        keys.sort();
        keys.dedup();
        prop_assert_eq!(keys.len(), picked.tasks.len() + picked.skipped.len());
        for task in &picked.tasks {
            prop_assert!(task.area.x >= 0.0 && task.area.right() <= 1000.0 + 1e-9);
            prop_assert!(task.area.y >= 0.0 && task.area.bottom() <= 1000.0 + 1e-9);
            prop_assert!(task.area.width >= 8.0 && task.area.height >= 8.0);
        }
        if let Some(estimate) = picked.estimate {
            prop_assert!(0.0 <= estimate.from && estimate.from <= estimate.to);
            prop_assert!(estimate.to <= 100.0 + 1e-9);
        }
    }

    #[test]
    fn the_percent_is_honoured_and_controls_come_on_top(
        page in any_page(), percent in 0.0..=100.0, controls in 0.0..=100.0, seed in any::<u64>(),
    ) {
        let picked = choose(&page, IMAGE, &worst(percent, controls), seed);
        prop_assume!(picked.unit == Unit::Word);
        let able = picked.tasks.len() + picked.left;
        let drawn = picked.tasks.iter().filter(|task| task.control).count();
        let ranked = picked.tasks.len() - drawn;
        prop_assert_eq!(ranked, share(able, percent));
        prop_assert_eq!(drawn, share(able - ranked, controls));
        let without = choose(&page, IMAGE, &worst(percent, 0.0), seed);
        let mut same = picked.tasks.iter().filter(|task| !task.control);
        prop_assert!(without.tasks.iter().all(|task| same.any(|other| other == task)));
    }

    #[test]
    fn sure_words_are_never_asked_before_unsure_ones(
        confidences in proptest::collection::vec(0.0..=1.0f64, 2..40), seed in any::<u64>(),
    ) {
        prop_assume!(confidences.iter().any(|c: &f64| (c - confidences[0]).abs() > 1e-9));
        let area = at(10.0, 10.0, 60.0, 20.0);
        let words = confidences.iter().enumerate()
            .map(|(i, c)| word(&format!("w{i}"), "ord", Some(*c), area)).collect::<Vec<_>>();
        let picked = choose(&page(words), IMAGE, &worst(50.0, 0.0), seed);
        let most = picked.tasks.iter().filter_map(|t| t.confidence).fold(0.0, f64::max);
        let asked: Vec<_> = picked.tasks.iter().map(|task| task.key.clone()).collect();
        for (i, confidence) in confidences.iter().enumerate() {
            if !asked.contains(&format!("w{i}")) {
                prop_assert!(*confidence >= most - 1e-12);
            }
        }
    }
}
