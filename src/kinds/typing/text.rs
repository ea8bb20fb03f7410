//! What a text may be.

use domain::Fault;

/// Longest text of one line, in characters: no printed line comes near.
pub(super) const LONGEST: usize = 2_000;

/// Longest text of several lines, in characters.
pub(super) const LONGEST_PASSAGE: usize = 20_000;

/// Whether a text can be stored as a reading. `breaks` says whether it may have several lines.
pub(super) fn check_text(text: &str, breaks: bool) -> Result<(), Fault> {
    if text.trim().is_empty() {
        let detail = "Nothing was typed. Where there is no word, say “Nothing here”.";
        return Err(Fault::new("text-empty", detail));
    }
    check_characters(text, breaks)
}

/// Its length and its characters.
pub(super) fn check_characters(text: &str, breaks: bool) -> Result<(), Fault> {
    let most = if breaks { LONGEST_PASSAGE } else { LONGEST };
    if text.chars().count() > most {
        return Err(Fault::new(
            "text-too-long",
            format!("A reading has at most {most} characters."),
        ));
    }
    if text.chars().any(|c| c.is_control() && c != '\t' && !(breaks && c == '\n')) {
        let detail = if breaks {
            "Control characters are not taken; line breaks and tabs are."
        } else {
            "A reading is one line of text; line breaks and control characters are not taken."
        };
        return Err(Fault::new("text-control", detail));
    }
    Ok(())
}

/// Line breaks as they are stored, however they were typed.
pub(super) fn unix_breaks(text: &str) -> String {
    text.replace("\r\n", "\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_broken_only_where_the_project_says_so() {
        let code = |text: &str, breaks| check_text(text, breaks).map_err(|fault| fault.code);
        assert_eq!(code("one\ntwo", true), Ok(()));
        assert_eq!(code("one\ntwo", false), Err("text-control"));
        assert_eq!(code("one\u{7}two", true), Err("text-control"));
        assert_eq!(code(" \n", true), Err("text-empty"));
        assert_eq!(code(&"x".repeat(LONGEST_PASSAGE), true), Ok(()));
        assert_eq!(code(&"x".repeat(LONGEST + 1), false), Err("text-too-long"));
        assert_eq!(unix_breaks("a\r\nb\nc"), "a\nb\nc");
    }
}
