//! Real pages and the sample drive's: nothing brings the reader down, corrections come back, picks add up.

mod shared;

use domain::Size;
use formats::{Picking, Scan, Stamp, Unit, Which, Word, alto, imports, pick};
use proptest::prelude::*;
use std::path::{Path, PathBuf};
use time::macros::datetime;

/// Real pages where there are any, and the sample drive's own.
fn files(test: &str) -> Vec<(String, Vec<u8>)> {
    let read = |(name, path): (String, PathBuf)| {
        let bytes = std::fs::read(path).expect("a file");
        (name, bytes)
    };
    let mut paths: Vec<(String, PathBuf)> = ["page-1.xml", "page-2.xml"]
        .map(|name| {
            (name.to_owned(), Path::new(env!("CARGO_MANIFEST_DIR")).join("../../sample").join(name))
        })
        .to_vec();
    if let Some(folder) = shared::data(test) {
        let known = shared::altos(&folder).into_iter();
        paths.extend(known.map(|(name, _)| (name.clone(), folder.join(name))));
    }
    paths.into_iter().map(read).collect()
}

fn words(scan: &Scan) -> Vec<&Word> {
    let lines = scan.pages.iter().flat_map(|page| &page.blocks).flat_map(|block| &block.lines);
    lines.flat_map(|line| &line.words).collect()
}

fn stamp() -> Stamp {
    Stamp { version: "0.1.0".to_owned(), at: datetime!(2026-11-22 13:14:15 UTC) }
}

#[test]
fn real_pages_are_known_for_alto_and_others_are_not() {
    let Some(folder) = shared::data("real_pages_are_known_for_alto_and_others_are_not") else {
        return;
    };
    for (name, bytes) in files("real_pages_are_known_for_alto_and_others_are_not") {
        let found = imports::find(&name, &bytes[..bytes.len().min(2048)]).expect("ALTO");
        assert_eq!(found.id, "alto", "{name}");
    }
    for (name, part) in [
        ("pages/kant_0017/PAGE_0017_PAGE.xml", "PAGE XML"),
        ("pages/kant_0017/mets.xml", "METS"),
        ("pages/alice/tess.hocr", "hOCR"),
        ("pages/kant_0017/INPUT_0017.tif", "not XML"),
    ] {
        let bytes = std::fs::read(folder.join(name)).expect("a file");
        let fault = imports::find(name, &bytes[..bytes.len().min(2048)]).expect_err("not ALTO");
        assert!(fault.detail.contains(part), "{fault}");
    }
}

#[test]
fn corrections_of_real_pages_come_back_and_nothing_else_changes() {
    for (name, bytes) in files("corrections_of_real_pages_come_back_and_nothing_else_changes") {
        let before = alto::read(&bytes, None).expect("ALTO").parsed;
        let fixes: Vec<_> = words(&before)
            .iter()
            .step_by(5)
            .map(|word| alto::Correction {
                key: word.key.clone(),
                text: format!("{}ſ&", word.text.trim_end_matches('-')),
                agreement: 1.0,
            })
            .collect();
        let corrected = alto::correct(&bytes, &fixes, &stamp()).expect("ALTO");
        assert_eq!(corrected.rejected, [], "{name}");
        let after = alto::read(&corrected.parsed, None).expect("ALTO").parsed;
        assert_eq!(words(&before).len(), words(&after).len(), "{name}");
        let mut fixes = fixes.iter();
        for (at, (old, new)) in words(&before).into_iter().zip(words(&after)).enumerate() {
            assert_eq!((&old.key, old.area), (&new.key, new.area), "{name}");
            if at % 5 == 0 {
                assert_eq!(Some(&new.text), fixes.next().map(|fix| &fix.text), "{name}");
            } else {
                assert_eq!(old.text, new.text, "{name}");
                assert!(new.confidence == old.confidence || old.confidence.is_none(), "{name}");
            }
        }
        // Byte for byte: from word to word, only what was corrected differs.
        let (old, new) = (pieces(&bytes), pieces(&corrected.parsed));
        assert_eq!(old.len(), words(&before).len() + 1, "{name}");
        for (at, word) in words(&before).iter().enumerate() {
            if at % 5 != 0 && word.hyphen.is_none() {
                assert_eq!(old[at + 1], new[at + 1], "{name}");
            }
        }
    }
}

/// What comes before the first word, and each word with what comes after it.
fn pieces(bytes: &[u8]) -> Vec<String> {
    let text = std::str::from_utf8(bytes).expect("UTF-8");
    text.split("<String ").map(str::to_owned).collect()
}

#[test]
fn without_corrections_a_real_page_gains_one_stretch_of_bytes() {
    for (name, bytes) in files("without_corrections_a_real_page_gains_one_stretch_of_bytes") {
        let corrected = alto::correct(&bytes, &[], &stamp()).expect("ALTO").parsed;
        let before = bytes.iter().zip(&corrected).take_while(|(old, new)| old == new).count();
        let both = bytes.iter().rev().zip(corrected.iter().rev());
        let after = both.take_while(|(old, new)| old == new).count();
        assert!(corrected.len() > bytes.len() && before + after >= bytes.len(), "{name}");
    }
}

#[test]
fn picks_of_real_pages_add_up() {
    let how = Picking { which: Which::Worst { percent: 20.0 }, controls_percent: 5.0 };
    for (name, bytes) in files("picks_of_real_pages_add_up") {
        let scan = alto::read(&bytes, None).expect("ALTO").parsed;
        let page = &scan.pages[0];
        let size = page.size.expect("a size");
        // Whatever the file counts in, the page is brought to a likely size.
        let image = Size { width: size.width * 2, height: size.height * 2 };
        let scan = alto::read(&bytes, Some(image)).expect("ALTO").parsed;
        let picked = pick::choose(&scan.pages[0], image, &how, 42);
        let all = match picked.unit {
            Unit::Word => words(&scan).len(),
            Unit::Line => scan.pages[0].blocks.iter().map(|block| block.lines.len()).sum(),
        };
        assert_eq!(picked.tasks.len() + picked.skipped.len() + picked.left, all, "{name}");
        let sure = words(&scan).iter().any(|word| word.confidence.is_some());
        assert_eq!(picked.unit == Unit::Word, sure, "{name}");
        if name.contains("rotated-L") {
            assert!(picked.tasks.iter().all(|task| (task.rotation - 90.0).abs() < 1e-9), "{name}");
        } else {
            assert!(picked.tasks.iter().all(|task| task.rotation.abs() < 1e-9), "{name}");
        }
        eprintln!(
            "{name}: {} {:?} tasks, {} skipped, {} left, {}",
            picked.tasks.len(),
            picked.unit,
            picked.skipped.len(),
            picked.left,
            picked.estimate.map(|estimate| estimate.sentence()).unwrap_or_default(),
        );
    }
}

#[test]
fn damaged_real_pages_never_bring_the_reader_down() {
    let pages: Vec<_> = files("damaged_real_pages_never_bring_the_reader_down")
        .into_iter()
        .filter(|(_, bytes)| bytes.len() < 200_000)
        .collect();
    let damage = (
        any::<prop::sample::Index>(),
        proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..5),
        proptest::option::of(any::<prop::sample::Index>()),
    );
    let config = ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(400) };
    let run =
        proptest::test_runner::TestRunner::new(config).run(&damage, |(file, changes, cut)| {
            let mut bytes = pages[file.index(pages.len())].1.clone();
            for (at, byte) in changes {
                let at = at.index(bytes.len());
                bytes[at] = byte;
            }
            if let Some(cut) = cut {
                bytes.truncate(cut.index(bytes.len()));
            }
            let image = Size { width: 1457, height: 2083 };
            if let Ok(read) = alto::read(&bytes, Some(image)) {
                let how = Picking::default();
                for page in &read.parsed.pages {
                    pick::choose(page, image, &how, 1);
                }
                let fix = |word: &&Word| alto::Correction {
                    key: word.key.clone(),
                    text: "x".to_owned(),
                    agreement: 1.0,
                };
                let fixes: Vec<_> = words(&read.parsed).iter().map(fix).collect();
                let corrected =
                    alto::correct(&bytes, &fixes, &stamp()).expect("what reads corrects");
                prop_assert!(alto::read(&corrected.parsed, None).is_ok());
            }
            Ok(())
        });
    run.expect("no panic");
}
