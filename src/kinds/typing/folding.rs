//! Which readings mean the same. Text is stored as it was typed, in NFC;
//! only for comparing it is folded.

use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;

/// A project's table of characters that count as the same when readings are compared.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Folding {
    /// Pairs of what is written and what it counts as, such as `["ſ", "s"]`.
    /// The longest match wins; both sides are compared in NFC.
    pub table: Vec<(String, String)>,
    /// Whether `A` and `a` count as the same.
    pub ignore_case: bool,
}

impl Default for Folding {
    /// The long s, ligatures, old umlauts, and the many hyphens, dashes and
    /// quotation marks that a phone's keyboard cannot tell apart.
    fn default() -> Self {
        const SAME: &[(&str, &str)] = &[
            ("ſ", "s"),
            ("ﬀ", "ff"),
            ("ﬁ", "fi"),
            ("ﬂ", "fl"),
            ("ﬃ", "ffi"),
            ("ﬄ", "ffl"),
            ("ﬅ", "st"),
            ("ﬆ", "st"),
            ("a\u{364}", "ä"),
            ("o\u{364}", "ö"),
            ("u\u{364}", "ü"),
            ("⸗", "-"),
            ("¬", "-"),
            ("\u{2010}", "-"),
            ("\u{2011}", "-"),
            ("–", "-"),
            ("—", "-"),
            ("\u{ad}", "-"),
            ("’", "'"),
            ("‘", "'"),
            ("‚", "'"),
            ("“", "\""),
            ("”", "\""),
            ("„", "\""),
            ("…", "..."),
        ];
        Self {
            table: SAME.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect(),
            ignore_case: false,
        }
    }
}

impl Folding {
    /// The form of `text` that stands for all readings that mean the same:
    /// NFC, table applied, runs of white space as one blank, ends trimmed.
    pub fn fold(&self, text: &str) -> String {
        self.fold_by(text, |text| text.nfc().collect(), str::to_lowercase)
    }

    /// The same with the caller's own NFC and small letters: the app takes the
    /// browser's, and has no need of Unicode's tables.
    pub fn fold_by(
        &self,
        text: &str,
        nfc: impl Fn(&str) -> String,
        lower: impl Fn(&str) -> String,
    ) -> String {
        let mut rest: &str = &nfc(text);
        let mut folded = String::with_capacity(rest.len());
        while let Some(next) = rest.chars().next() {
            let longest = self
                .table
                .iter()
                .filter(|(from, _)| !from.is_empty() && rest.starts_with(from.as_str()))
                .max_by_key(|(from, _)| from.len());
            if let Some((from, to)) = longest {
                folded.push_str(to);
                rest = &rest[from.len()..];
            } else {
                folded.push(next);
                rest = &rest[next.len_utf8()..];
            }
        }
        let joined = folded.split_whitespace().collect::<Vec<_>>().join(" ");
        let cased = if self.ignore_case { lower(&joined) } else { joined };
        nfc(&cased)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn old_print_and_modern_typing_meet() {
        let folding = Folding::default();
        for (old, typed) in [
            ("Weſen", "Wesen"),
            ("fu\u{364}r", "für"),
            ("Zeit⸗", "Zeit-"),
            ("oﬀen", "offen"),
            ("„Ja“", "\"Ja\""),
            ("  auf   der ", "auf der"),
            ("u\u{308}ber", "über"),
        ] {
            assert_eq!(folding.fold(old), folding.fold(typed), "{old} / {typed}");
        }
    }

    #[test]
    fn what_differs_stays_different() {
        let folding = Folding::default();
        for (one, other) in [("Haus", "Hans"), ("daß", "das"), ("Masse", "Maße"), ("Rat", "rat")]
        {
            assert_ne!(folding.fold(one), folding.fold(other));
        }
    }

    #[test]
    fn a_project_may_ignore_case() {
        let folding = Folding { ignore_case: true, ..Folding::default() };
        assert_eq!(folding.fold("TURKU"), folding.fold("Turku"));
    }

    proptest! {
        #[test]
        fn folding_is_the_same_for_every_normal_form(text in "\\PC{0,20}") {
            let folding = Folding::default();
            let decomposed: String = text.nfd().collect();
            prop_assert_eq!(folding.fold(&text), folding.fold(&decomposed));
        }

        #[test]
        fn folding_twice_changes_nothing_more(text in "\\PC{0,20}") {
            let folding = Folding::default();
            let once = folding.fold(&text);
            prop_assert_eq!(folding.fold(&once), once);
        }
    }
}
