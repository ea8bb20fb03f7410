//! What a volunteer says of a subject, and whether it can be taken.

use super::{Ask, TaggingRules};
use crate::questions::check_chosen;
use domain::{Fault, Subject};
use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;

/// What was chosen, and what goes with it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Tags {
    /// Choices by id, in the order of the questions.
    pub choices: Vec<String>,
    /// Why, in NFC, without space at its ends.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// Where that can be seen: `https://…` or `http://…`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub link: Option<String>,
    /// Words of the text that are meant, from its beginning to its end.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub spans: Vec<Span>,
}

/// A part of a text and what it is.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Span {
    /// Where it begins, in UTF-16 code units from the text's beginning.
    pub from: u32,
    /// Where it ends; the unit at `to` is not part of it.
    pub to: u32,
    /// What it is: one of the project's labels, by id.
    pub label: String,
}

/// Longest reason and longest link taken, in characters.
pub(super) const LONGEST: usize = 2_000;

/// An answer in the form that is stored, or what is wrong with it.
pub(super) fn check(rules: &TaggingRules, subject: &Subject, answer: Tags) -> Result<Tags, Fault> {
    let choices = check_chosen(&rules.questions, &answer.choices, "/value/choices")?;
    let reason = checked_reason(rules.reason.ask, answer.reason)?;
    let link = checked_link(rules.link.ask, answer.link)?;
    let spans = checked_spans(rules, subject, answer.spans)?;
    if choices.is_empty() && spans.is_empty() && reason.is_none() && link.is_none() {
        let detail = "Nothing was chosen. Where nothing fits, say so with one of the other keys.";
        return Err(Fault::new("tags-empty", detail).at("/value"));
    }
    Ok(Tags { choices, reason, link, spans })
}

/// A reason is kept where the project does not ask for one (any more): what was written is not lost.
fn checked_reason(ask: Ask, reason: Option<String>) -> Result<Option<String>, Fault> {
    let reason: String = reason.unwrap_or_default().nfc().collect();
    let reason = reason.trim();
    let fault = if reason.is_empty() && ask == Ask::Required {
        Fault::new("reason-missing", "Say in a few words why.")
    } else if reason.chars().count() > LONGEST {
        Fault::new("reason-too-long", format!("A reason has at most {LONGEST} characters."))
    } else if reason.chars().any(|c| c.is_control() && c != '\n' && c != '\t') {
        Fault::new("reason-control", "A reason is text; control characters are not taken.")
    } else {
        return Ok((!reason.is_empty()).then(|| reason.to_owned()));
    };
    Err(fault.at("/value/reason"))
}

fn checked_link(ask: Ask, link: Option<String>) -> Result<Option<String>, Fault> {
    let link = link.unwrap_or_default();
    let link = link.trim();
    let fault = if link.is_empty() && ask == Ask::Required {
        Fault::new("link-missing", "Add the address of a page that shows it.")
    } else if link.is_empty() {
        return Ok(None);
    } else if link.chars().count() > LONGEST {
        Fault::new("link-too-long", format!("A link has at most {LONGEST} characters."))
    } else if !is_web_address(link) {
        let detail =
            "A link is a web address, such as https://example.org/page; copy it from the browser.";
        Fault::new("bad-link", detail)
    } else {
        return Ok(Some(link.to_owned()));
    };
    Err(fault.at("/value/link"))
}

/// Whether it can be opened by whoever reads the results: `http` or `https`, a host, and nothing
/// that ends an address or hides in one.
pub(crate) fn is_web_address(link: &str) -> bool {
    let Some((scheme, rest)) = link.split_once("://") else { return false };
    let web = scheme.eq_ignore_ascii_case("https") || scheme.eq_ignore_ascii_case("http");
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    // A name and a password before the host only make one address look like another.
    let plain = !host.is_empty() && !host.contains('@') && !host.starts_with([':', '.']);
    let odd = |c: char| c.is_whitespace() || c.is_control() || "<>\"\\^`{|}".contains(c);
    web && plain && !link.chars().any(odd)
}

fn checked_spans(
    rules: &TaggingRules,
    subject: &Subject,
    mut spans: Vec<Span>,
) -> Result<Vec<Span>, Fault> {
    let wrong = |code, detail: String| Err(Fault::new(code, detail).at("/value/spans"));
    if spans.is_empty() {
        return Ok(spans);
    }
    let Subject::Text(passage) = subject else {
        return wrong("spans-without-text", "Only words of a text can be marked.".into());
    };
    let units: Vec<u16> = passage.text.encode_utf16().collect();
    // Half of a character that takes two units is no part of a text.
    let splits = |at: usize| units.get(at).is_some_and(|unit| (0xdc00..0xe000).contains(unit));
    for span in &spans {
        let (from, to) = (span.from as usize, span.to as usize);
        if from >= to || to > units.len() || splits(from) || splits(to) {
            let length = units.len();
            return wrong(
                "bad-span",
                format!("{from} to {to} is no part of this text, which has {length} UTF-16 units."),
            );
        }
        if !rules.spans.iter().any(|mark| mark.id == span.label) {
            let label = &span.label;
            return wrong("unknown-label", format!("Words cannot be marked as “{label}” here."));
        }
    }
    spans.sort();
    spans.dedup();
    Ok(spans)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tagging::Extra;
    use domain::Passage;
    use proptest::prelude::*;
    use serde_json::json;

    fn rules() -> TaggingRules {
        serde_json::from_value(json!({
            "questions": [
                {"id": "verdict", "text": "Is it true?", "optional": true, "choices": [
                    {"id": "true", "label": "True"}, {"id": "undetermined", "label": "Undetermined"}]},
                {"id": "why", "pick": "several", "optional": true, "when": ["undetermined"],
                    "choices": [{"id": "old", "label": "Old"}, {"id": "cut", "label": "Cut"}]},
            ],
            "reason": {"ask": "optional"}, "link": {"ask": "optional"},
            "spans": [{"id": "place", "label": "Place"}, {"id": "need", "label": "Need"}],
        }))
        .unwrap()
    }

    fn text(text: &str) -> Subject {
        Subject::Text(Passage { text: text.into(), language: None, source: None })
    }

    fn span(from: u32, to: u32, label: &str) -> Span {
        Span { from, to, label: label.into() }
    }

    fn code(rules: &TaggingRules, answer: Tags) -> &'static str {
        check(rules, &text("Water in 🏠 town"), answer).map_or_else(|fault| fault.code, |_| "taken")
    }

    #[test]
    fn a_verdict_is_taken_with_its_evidence() {
        let answer = Tags {
            choices: vec!["old".into(), "undetermined".into()],
            reason: Some("  The poster is from 2019.\n".into()),
            link: Some(" https://example.org/poster ".into()),
            spans: vec![span(9, 11, "place"), span(0, 5, "need"), span(0, 5, "need")],
        };
        let taken = check(&rules(), &text("Water in 🏠 town"), answer).unwrap();
        assert_eq!(taken.choices, ["undetermined", "old"]);
        assert_eq!(taken.reason.as_deref(), Some("The poster is from 2019."));
        assert_eq!(taken.link.as_deref(), Some("https://example.org/poster"));
        assert_eq!(taken.spans, [span(0, 5, "need"), span(9, 11, "place")]);
    }

    #[test]
    fn reasons_and_links_are_asked_for_where_the_project_wants_them() {
        let must = |ask| Extra { ask, label: String::new() };
        let verdict = Tags { choices: vec!["true".into()], ..Tags::default() };
        let rules = TaggingRules { reason: must(Ask::Required), ..rules() };
        assert_eq!(code(&rules, verdict.clone()), "reason-missing");
        let blank = Tags { reason: Some(" \n ".into()), ..verdict.clone() };
        assert_eq!(code(&rules, blank), "reason-missing");
        let rules = TaggingRules { reason: must(Ask::No), link: must(Ask::Required), ..rules };
        assert_eq!(code(&rules, verdict.clone()), "link-missing");
        let long = |of: &str| Some(of.repeat(LONGEST + 1));
        assert_eq!(code(&rules, Tags { reason: long("x"), ..verdict.clone() }), "reason-too-long");
        let link = Some("https://a.org/".to_owned() + &"x".repeat(LONGEST));
        assert_eq!(code(&rules, Tags { link, ..verdict }), "link-too-long");
    }

    #[test]
    fn only_web_addresses_are_links() {
        for good in ["https://example.org", "HTTP://example.org/a?b=c#d", "https://[::1]:8080/x"] {
            assert!(is_web_address(good), "{good}");
        }
        for bad in [
            "example.org",
            "javascript://example.org/%0aalert(1)",
            "ftp://example.org",
            "https://",
            "https:///path",
            "https://ex ample.org",
            "https://example.org/<b>",
            "https://bank.example@evil.example",
            "data:text/html,x",
        ] {
            assert!(!is_web_address(bad), "{bad}");
        }
    }

    #[test]
    fn a_span_is_a_part_of_the_text() {
        let marked = |spans: &[Span]| Tags { spans: spans.to_vec(), ..Tags::default() };
        let code = |from, to, label| code(&rules(), marked(&[span(from, to, label)]));
        assert_eq!(code(0, 16, "place"), "taken");
        assert_eq!(code(0, 17, "place"), "bad-span");
        assert_eq!(code(3, 3, "place"), "bad-span");
        assert_eq!(code(9, 10, "place"), "bad-span", "half a house");
        assert_eq!(code(10, 16, "place"), "bad-span", "half a house");
        assert_eq!(code(0, 5, "colour"), "unknown-label");
        let picture = crate::tests::subject();
        let fault = check(&rules(), &picture, marked(&[span(0, 1, "place")])).unwrap_err();
        assert_eq!(fault.code, "spans-without-text");
    }

    #[test]
    fn nothing_is_no_answer() {
        assert_eq!(code(&rules(), Tags::default()), "tags-empty");
        assert_eq!(
            code(&rules(), Tags { reason: Some(" ".into()), ..Tags::default() }),
            "tags-empty"
        );
    }

    fn any_span() -> impl Strategy<Value = Span> {
        (0u32..20, 0u32..20, prop_oneof!["place", "need", "odd"])
            .prop_map(|(from, to, label)| Span { from, to, label })
    }

    proptest! {
        #[test]
        fn what_is_taken_is_taken_again_unchanged(
            picks in proptest::collection::vec(
                prop_oneof!["true", "undetermined", "old", "cut"], 0..5),
            reason in proptest::option::of(any::<String>()),
            link in proptest::option::of(prop_oneof![any::<String>(), "https?://[a-z@]{1,4}\\.[a-z]{2}[ /?a-z]{0,4}"]),
            spans in proptest::collection::vec(any_span(), 0..4),
            said in any::<String>(),
        ) {
            let subject = text(&said);
            let answer = Tags { choices: picks, reason, link, spans };
            if let Ok(once) = check(&rules(), &subject, answer) {
                let units: Vec<u16> = said.encode_utf16().collect();
                for span in &once.spans {
                    let part = &units[span.from as usize..span.to as usize];
                    prop_assert!(!part.is_empty() && String::from_utf16(part).is_ok());
                }
                prop_assert_eq!(check(&rules(), &subject, once.clone()).unwrap(), once);
            }
        }
    }
}
