//! Real pages, against numbers that an independent program counted.

mod shared;

use domain::{Rect, Size};
use formats::{HyphenPart, Scan, Word, alto};
use serde_json::Value;
use sha2::{Digest, Sha256};

#[test]
fn real_pages_give_the_numbers_that_were_counted() {
    let Some(folder) = shared::data("real_pages_give_the_numbers_that_were_counted") else {
        return;
    };
    let files = shared::altos(&folder);
    assert!(files.len() >= 10, "only {} files", files.len());
    for (name, numbers) in files {
        eprintln!("{name}");
        let bytes = std::fs::read(folder.join(&name)).unwrap();
        let read = alto::read(&bytes, None).unwrap_or_else(|fault| panic!("{name}: {fault}"));
        check(&name, &read.parsed, &numbers);
    }
}

#[test]
fn a_scan_twice_as_large_gives_boxes_twice_as_large() {
    let Some(folder) = shared::data("a_scan_twice_as_large_gives_boxes_twice_as_large") else {
        return;
    };
    for (name, numbers) in shared::altos(&folder) {
        let bytes = std::fs::read(folder.join(&name)).unwrap();
        let [width, height] = [0, 1].map(|i| whole(&numbers["page_size_file_units"][i]));
        let image = Size { width: width * 2, height: height * 2 };
        let read = alto::read(&bytes, Some(image)).unwrap().parsed;
        assert_eq!(read.pages[0].size, Some(image), "{name}");
        if let Some(word) = words(&read).next() {
            let told = boxed(&numbers["first_word"]["xywh_px"]).scaled(2.0, 2.0);
            close(&name, word.area.unwrap(), told, 2.0);
        }
        let narrow = Size { width: width * 2 * 94 / 100, height: height * 2 };
        let fault = alto::read(&bytes, Some(narrow)).expect_err("another scan");
        assert!(fault.detail.contains("seems to belong to another scan"), "{name}: {fault}");
    }
}

fn words(scan: &Scan) -> impl Iterator<Item = &Word> {
    let lines = scan.pages.iter().flat_map(|page| &page.blocks).flat_map(|block| &block.lines);
    lines.flat_map(|line| &line.words)
}

fn check(name: &str, scan: &Scan, numbers: &Value) {
    let blocks: Vec<_> = scan.pages.iter().flat_map(|page| &page.blocks).collect();
    let lines: Vec<_> = blocks.iter().flat_map(|block| &block.lines).collect();
    let words: Vec<_> = words(scan).collect();
    assert_eq!(scan.pages.len() as u64, numbers["pages"], "{name}: pages");
    assert_eq!(blocks.len() as u64, numbers["blocks"], "{name}: blocks");
    assert_eq!(lines.len() as u64, numbers["lines"], "{name}: lines");
    assert_eq!(words.len() as u64, numbers["words"], "{name}: words");
    assert_eq!(scan.pages[0].id.as_deref(), numbers["page_attrs"]["ID"].as_str(), "{name}");
    if !numbers["fileName"].is_null() {
        assert_eq!(scan.image_name.as_deref(), numbers["fileName"].as_str(), "{name}: image");
    }
    let blank = words.iter().filter(|word| word.text.trim().is_empty()).count();
    assert_eq!(blank as u64, numbers["empty_words"], "{name}: blank words");
    for (word, told) in
        [(words.first(), &numbers["first_word"]), (words.last(), &numbers["last_word"])]
    {
        let Some(word) = word else { continue };
        assert_eq!(word.text, told["text"], "{name}");
        assert_eq!(word.key, told["ID"], "{name}");
        close(name, word.area.expect("a box"), boxed(&told["xywh_px"]), 1.0);
    }
    let text = words.iter().map(|word| word.text.as_str()).collect::<Vec<_>>().join(" ");
    let hash = Sha256::digest(text.as_bytes());
    let hash = format!("{:016x}", u64::from_be_bytes(hash[..8].try_into().expect("eight bytes")));
    assert_eq!(hash, numbers["text_sha256_words_joined_by_space"], "{name}: all of the text");
    for (part, kind) in [(HyphenPart::First, "HypPart1"), (HyphenPart::Second, "HypPart2")] {
        let halves = words.iter().filter(|w| w.hyphen.as_ref().is_some_and(|h| h.part == part));
        assert_eq!(halves.count() as u64, numbers["SUBS_TYPE"][kind].as_u64().unwrap_or(0));
    }
    let mut keys: Vec<_> = words.iter().map(|word| &word.key).collect();
    keys.extend(lines.iter().map(|line| &line.key));
    keys.sort();
    keys.dedup();
    assert_eq!(keys.len(), words.len() + lines.len(), "{name}: a key twice");
    confidences(name, &words, numbers);
}

fn confidences(name: &str, words: &[&Word], numbers: &Value) {
    let told = match &numbers["WC_tesseract_corrected"] {
        Value::Null => &numbers["WC"],
        corrected => corrected,
    };
    let values: Vec<f64> = words.iter().filter_map(|word| word.confidence).collect();
    if told.is_null() || told["min"] == told["max"] {
        assert_eq!(values.len(), 0, "{name}: absent or constant means unknown");
        return;
    }
    let below = |limit: f64| values.iter().filter(|value| **value < limit).count() as u64;
    #[expect(clippy::cast_precision_loss, reason = "few words")]
    let mean = values.iter().sum::<f64>() / values.len() as f64;
    assert_eq!(values.len() as u64, told["n"], "{name}: confidences");
    assert!((mean - told["mean"].as_f64().expect("a mean")).abs() < 0.0001, "{name}: mean {mean}");
    assert_eq!(below(0.5), told["lt_050"], "{name}: below 0.5");
    assert_eq!(below(0.8), told["lt_080"], "{name}: below 0.8");
    assert_eq!(below(0.9), told["lt_090"], "{name}: below 0.9");
}

fn whole(value: &Value) -> u32 {
    u32::try_from(value.as_u64().expect("a whole number")).expect("a page's length")
}

fn boxed(value: &Value) -> Rect {
    let [x, y, width, height] = [0, 1, 2, 3].map(|i| value[i].as_f64().expect("a number"));
    Rect { x, y, width, height }
}

fn close(name: &str, got: Rect, told: Rect, off: f64) {
    let pairs =
        [(got.x, told.x), (got.y, told.y), (got.width, told.width), (got.height, told.height)];
    for (got_one, told_one) in pairs {
        assert!((got_one - told_one).abs() <= off, "{name}: {got:?} instead of {told:?}");
    }
}
