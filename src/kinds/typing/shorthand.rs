//! The project's shorthand: `ae` and a backtick make æ, and one Backspace makes
//! it `ae` again. Nothing is ever changed without that key.

use super::rules::EXPAND;

/// What an expansion did to a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Expanded {
    /// The whole text after it.
    pub(super) text: String,
    /// Where the caret stands in it, in bytes.
    pub(super) caret: usize,
    /// What was there before, without the key.
    pub(super) left: String,
    /// What stands there now.
    pub(super) right: String,
}

/// Expands the shorthand before `caret` (in bytes), the longest that is there.
/// `keyed` says that the key stands before the caret too: it goes.
pub(super) fn expand(
    pairs: &[(String, String)],
    text: &str,
    caret: usize,
    keyed: bool,
) -> Option<Expanded> {
    let (before, after) = text.split_at_checked(caret)?;
    let before = if keyed { before.strip_suffix(EXPAND)? } else { before };
    let fitting = pairs.iter().filter(|(left, _)| !left.is_empty() && before.ends_with(left));
    let (left, right) = fitting.max_by_key(|(left, _)| left.len())?;
    let kept = &before[..before.len() - left.len()];
    Some(Expanded {
        text: [kept, right, after].concat(),
        caret: kept.len() + right.len(),
        left: left.clone(),
        right: right.clone(),
    })
}

impl Expanded {
    /// What the text is once it is undone, and where the caret is then: where
    /// `text` is what one Backspace behind the expansion leaves.
    pub(super) fn undone(&self, text: &str) -> Option<(String, usize)> {
        let start = self.caret - self.right.len();
        let (kept, after) = (&self.text[..start], &self.text[self.caret..]);
        // A keyboard takes the last letter, or all that looks like one.
        let rest = text.strip_prefix(kept)?.strip_suffix(after)?;
        if rest.len() >= self.right.len() || !self.right.starts_with(rest) {
            return None;
        }
        Some(([kept, &self.left, after].concat(), start + self.left.len()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn pairs() -> Vec<(String, String)> {
        [("ae", "æ"), ("e", "ē"), ("dz", "dž")].map(|(a, b)| (a.into(), b.into())).to_vec()
    }

    #[test]
    fn the_longest_shorthand_before_the_caret_is_expanded() {
        let at = |text: &str, caret, keyed| {
            expand(&pairs(), text, caret, keyed).map(|e| (e.text, e.caret))
        };
        assert_eq!(at("Cae`sar", 4, true), Some(("Cæsar".into(), 3)));
        assert_eq!(at("Caesar", 3, false), Some(("Cæsar".into(), 3)));
        assert_eq!(at("be`", 3, true), Some(("bē".into(), 3)));
        assert_eq!(at("x`", 2, true), None, "a backtick alone stays one");
        assert_eq!(at("ae", 2, true), None, "nothing is done without the key");
        assert_eq!(at("", 0, false), None);
    }

    #[test]
    fn one_backspace_undoes_it_and_nothing_else_does() {
        let expanded = expand(&pairs(), "Cae`sar", 4, true).unwrap();
        assert_eq!(expanded.undone("Csar"), Some(("Caesar".into(), 3)));
        assert_eq!(expanded.undone("Cæsa"), None);
        assert_eq!(expanded.undone("Cæsar"), None);
        let two = expand(&pairs(), "dz`", 3, true).unwrap();
        assert_eq!(two.undone("d"), Some(("dz".into(), 2)));
    }

    proptest! {
        #[test]
        fn what_was_expanded_can_be_undone(before in "[a-zß]{0,5}", after in "[a-zß]{0,5}") {
            let text = format!("{before}ae`{after}");
            let caret = before.len() + 3;
            let expanded = expand(&pairs(), &text, caret, true).unwrap();
            let (undone, at) = expanded.undone(&format!("{before}{after}")).unwrap();
            prop_assert_eq!(undone, format!("{before}ae{after}"));
            prop_assert_eq!(at, before.len() + 2);
        }
    }
}
