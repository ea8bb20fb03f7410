//! Reading what was corrected gives the corrections, and nothing else has changed.

use super::corrected::corrected;
use super::{PIXELS, V2, V3, V4, file, one_line, read, words};
use crate::alto::Correction;
use proptest::prelude::*;
use std::collections::HashMap;
use unicode_normalization::UnicodeNormalization;

fn any_text() -> impl Strategy<Value = String> {
    "[a-zäöåſ&<>\"'.,\\-😀u\u{364}]{1,8}"
}

proptest! {
    #[test]
    fn corrections_come_back_and_the_rest_stays(
        root in prop::sample::select(vec!["alto", V2, V3, V4]),
        described in any::<bool>(),
        all in proptest::collection::vec((any_text(), proptest::option::of(any_text())), 1..12),
        agreement in 0.0..=1.0f64,
    ) {
        let said: Vec<_> = all.iter().enumerate().map(|(at, (text, _))| {
            let text = super::super::tag::escape(text);
            format!("CONTENT=\"{text}\" WC=\"0.{at}1\" CC=\"9\"")
        }).collect();
        let said: Vec<_> = said.iter().map(String::as_str).collect();
        let text = file(root, if described { PIXELS } else { "" }, &one_line(&said));
        let fixes: Vec<_> = all.iter().enumerate().filter_map(|(at, (_, fix))| {
            Some(Correction { key: format!("w{}", at + 1), text: fix.clone()?, agreement })
        }).collect();
        let (given, rejected) = corrected(&text, &fixes);
        prop_assert_eq!(rejected.len(), 0);
        let told: HashMap<_, _> = fixes.iter().map(|fix| (fix.key.as_str(), fix)).collect();
        let (before, after) = (read(&text), read(&given));
        for (before, after) in words(&before).into_iter().zip(words(&after)) {
            match told.get(before.key.as_str()) {
                Some(fix) if !fix.text.nfc().eq(before.text.nfc()) => {
                    prop_assert_eq!(&after.text, &fix.text);
                    let tag = tag(&given, &after.key);
                    prop_assert!(tag.contains("CS=\"true\"") && !tag.contains("CC="), "{}", tag);
                }
                _ => {
                    prop_assert_eq!(&after.text, &before.text);
                    prop_assert_eq!(tag(&given, &after.key), tag(&text, &after.key));
                }
            }
            prop_assert_eq!(&after.key, &before.key);
            prop_assert_eq!(after.area, before.area);
        }
        prop_assert_eq!(words(&before).len(), words(&after).len());
        // Put back to what it was, only the marks of correction are left.
        let back: Vec<_> = words(&before).iter().map(|word| Correction {
            key: word.key.clone(), text: word.text.clone(), agreement,
        }).collect();
        let again = read(&corrected(&given, &back).0);
        for (before, again) in words(&before).into_iter().zip(words(&again)) {
            prop_assert!(before.text.nfc().eq(again.text.nfc()));
        }
    }
}

fn tag(text: &str, key: &str) -> String {
    let (_, rest) = text.split_once(&format!("<String ID=\"{key}\"")).expect("the word");
    rest.split_once("/>").expect("its end").0.to_owned()
}
