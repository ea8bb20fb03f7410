//! What is refused, in words, and what must never bring the reader down.

use super::{PIXELS, V3, V4, file, one_line, stamp};
use crate::alto;
use proptest::prelude::*;
use std::fmt::Write as _;

fn refused(text: &str) -> String {
    alto::read(text.as_bytes(), None).expect_err(text).detail
}

#[test]
fn a_doctype_is_refused() {
    let told = refused("<!DOCTYPE alto [<!ENTITY a \"b\">]><alto/>");
    assert!(told.contains("DOCTYPE"), "{told}");
}

#[test]
fn depth_and_text_have_bounds() {
    let deep = |n: usize| format!("{}{}", "<alto>".repeat(n), "</alto>".repeat(n));
    assert!(alto::read(deep(64).as_bytes(), None).is_ok());
    assert!(refused(&deep(65)).contains("64"));
    let long = format!("<alto><x>{}</x></alto>", "a".repeat(10 * 1024 * 1024 + 1));
    assert!(refused(&long).contains("10 MB"));
    let mut many = String::from("<alto>");
    for _ in 0..11 {
        let _ = write!(many, "<String CONTENT=\"{}\"/>", "a".repeat(1024 * 1024));
    }
    assert!(refused(&format!("{many}</alto>")).contains("10 MB"));
}

#[test]
fn broken_xml_is_told_by_its_line() {
    let whole = file(V3, PIXELS, &one_line(&["CONTENT=\"a\""]));
    for at in 10..whole.trim_end().len() {
        let told = refused(&whole[..at]);
        let early = told.contains("no root element");
        assert!(told.contains("cut off") || early && at < 40, "{at}: {told}");
    }
    assert!(refused("<alto>\n<a></b></alto>").contains("line 2"));
    assert!(refused("<alto>\n\n<a b=\"1\" b=\"2\"/></alto>").contains("line 3"));
    assert!(refused("<alto><a b=\"&nbsp;\"/></alto>").contains("broken"));
    assert!(refused("<alto><a b=\"<\"/></alto>").contains("&lt;"));
    assert!(refused("<alto/><alto/>").contains("second root"));
    assert!(refused("words").contains("outside the root"));
    assert!(refused("").contains("empty"));
    assert!(refused("<PcGts/>").contains("PAGE"));
    assert!(refused("<!-- nothing -->").contains("no root"));
}

fn samples() -> Vec<Vec<u8>> {
    let rich = "<TopMargin/><PrintSpace><ComposedBlock ROTATION=\"-90\"><TextBlock ID=\"b\">\
        <Shape><Polygon POINTS=\"1,1 2,2\"/></Shape><TextLine ID=\"l\"><String ID=\"w1\" CONTENT=\"zu-\" \
        SUBS_TYPE=\"HypPart1\" SUBS_CONTENT=\"zurück\" WC=\"0.3\" CC=\"1 2\"><ALTERNATIVE>x</ALTERNATIVE>\
        <Glyph CONTENT=\"z\"/></String><SP/><HYP CONTENT=\"-\"/></TextLine><TextLine><String \
        CONTENT=\"ru&#x308;ck\" SUBS_TYPE=\"HypPart2\" SUBS_CONTENT=\"zurück\"/></TextLine></TextBlock>\
        </ComposedBlock></PrintSpace>";
    let said = "<Description><MeasurementUnit>pixel</MeasurementUnit><OCRProcessing ID=\"o\">\
        <ocrProcessingStep/></OCRProcessing></Description>";
    vec![
        file(V3, said, rich).into_bytes(),
        file(V4, PIXELS, &one_line(&["CONTENT=\"Åbo\" WC=\"0.5\"", "CONTENT=\"😀\""])).into_bytes(),
        b"<?xml version='1.0' encoding='ISO-8859-1'?><alto><Layout/></alto>".to_vec(),
    ]
}

/// Whatever came, both must answer; what reads must also correct, to something that reads.
fn survives(bytes: &[u8]) {
    let image = domain::Size { width: 500, height: 400 };
    let _ = alto::read(bytes, Some(image));
    let Ok(read) = alto::read(bytes, None) else { return };
    let words = read.parsed.pages.iter().flat_map(|p| &p.blocks).flat_map(|b| &b.lines);
    let corrections: Vec<_> = words
        .flat_map(|line| line.words.iter().map(|word| &word.key).chain([&line.key]))
        .map(|key| alto::Correction { key: key.clone(), text: "ä<&\"' x".into(), agreement: 0.5 })
        .collect();
    let corrected =
        alto::correct(bytes, &corrections, &stamp()).expect("what reads can be corrected");
    if let Err(fault) = alto::read(&corrected.parsed, None) {
        panic!("{fault}\n{}", String::from_utf8_lossy(&corrected.parsed));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    #[test]
    fn changed_bytes_never_bring_it_down(
        which in 0..3usize,
        changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..6),
    ) {
        let mut bytes = samples().swap_remove(which);
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        survives(&bytes);
    }

    #[test]
    fn moved_markup_never_brings_it_down(
        which in 0..2usize,
        moves in proptest::collection::vec(
            (any::<prop::sample::Index>(), any::<prop::sample::Index>(), 0..40usize), 1..4),
    ) {
        let mut bytes = samples().swap_remove(which);
        for (from, to, length) in moves {
            let from = from.index(bytes.len());
            let piece = bytes[from..(from + length).min(bytes.len())].to_vec();
            let to = to.index(bytes.len());
            bytes.splice(to..to, piece);
        }
        survives(&bytes);
    }

    #[test]
    fn cut_files_never_bring_it_down(which in 0..3usize, at in any::<prop::sample::Index>()) {
        let bytes = samples().swap_remove(which);
        survives(&bytes[..at.index(bytes.len())]);
    }

    #[test]
    fn noise_never_brings_it_down(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        survives(&bytes);
    }
}
