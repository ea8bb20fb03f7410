//! When two volunteers say the same of a subject.

use super::{Span, TaggingRules, Tags};
use domain::{Effort, Given, Tally, Weighted};
use std::collections::{BTreeMap, BTreeSet};

/// What counts for sameness: the choices and the marked words, whatever their order. A reason
/// and a link are evidence; two people may have the same verdict for different reasons.
type Meaning = (BTreeSet<String>, BTreeSet<Span>);

/// A reason and a link that go together.
type Evidence = (Option<String>, Option<String>);

/// Those who say the same.
#[derive(Default)]
struct Camp {
    votes: u32,
    weight: f64,
    evidence: BTreeMap<Evidence, u32>,
}

/// Counts the answers; their order never matters.
pub(super) fn agree(rules: &TaggingRules, answers: &[Weighted<Tags>]) -> Tally<Tags> {
    let mut camps: BTreeMap<Given<Meaning>, Camp> = BTreeMap::new();
    let mut counted = 0;
    for answer in answers {
        if answer.given.effort() == Effort::None || answer.weight <= 0.0 {
            continue;
        }
        let meaning = answer
            .given
            .clone()
            .map(|tags| (tags.choices.into_iter().collect(), tags.spans.into_iter().collect()));
        let camp = camps.entry(meaning).or_default();
        camp.votes += 1;
        camp.weight += answer.weight;
        if let Given::Value(tags) = &answer.given {
            *camp.evidence.entry((tags.reason.clone(), tags.link.clone())).or_default() += 1;
        }
        counted += 1;
    }
    // Summed camp by camp: sums of weights depend on the order that they are added in.
    let total: f64 = camps.values().map(|camp| camp.weight).sum();
    // Heaviest first; of equals the one that sorts first.
    let best = camps.into_iter().reduce(|a, b| if b.1.weight > a.1.weight { b } else { a });
    let Some((meaning, camp)) = best else { return Tally::empty() };
    let (votes, agreement) = (camp.votes, camp.weight / total);
    let (reason, link) = camp.best_evidence();
    let best = meaning.map(|(choices, spans)| Tags {
        choices: in_order(rules, choices),
        reason,
        link,
        spans: spans.into_iter().collect(),
    });
    Tally { votes, counted, agreement, best: Some(best) }
}

impl Camp {
    /// The evidence to keep: the fullest, then what most gave, then what sorts first.
    fn best_evidence(self) -> Evidence {
        let fullness =
            |(reason, link): &Evidence| usize::from(reason.is_some()) + usize::from(link.is_some());
        self.evidence
            .into_iter()
            .max_by(|a, b| {
                (fullness(&a.0), a.1).cmp(&(fullness(&b.0), b.1)).then_with(|| b.0.cmp(&a.0))
            })
            .map(|(evidence, _)| evidence)
            .unwrap_or_default()
    }
}

/// Choices in the order of the questions; those that the project has no longer come last.
fn in_order(rules: &TaggingRules, mut choices: BTreeSet<String>) -> Vec<String> {
    let ids = rules.questions.iter().flat_map(|question| question.ids());
    let mut sorted: Vec<String> = ids.filter_map(|id| choices.take(id)).collect();
    sorted.extend(choices);
    sorted
}

/// Any answer that a property test can walk with.
#[cfg(test)]
pub(super) fn sample(seed: u64) -> Tags {
    let bit = |of: u32| seed.rotate_right(of) & 1 == 1;
    let some = |of: u32, text: &str| bit(of).then(|| text.to_owned());
    let choices = [some(0, "yes"), some(1, "lion"), some(2, "odd")].into_iter().flatten();
    Tags {
        choices: choices.collect(),
        reason: some(3, "It has a mane."),
        link: some(4, "https://example.org/lion"),
        spans: bit(5).then(|| Span { from: 0, to: 4, label: "place".into() }).into_iter().collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::Outcome;
    use proptest::prelude::*;
    use serde_json::json;

    fn rules() -> TaggingRules {
        serde_json::from_value(json!({"questions": [{"id": "q", "pick": "several", "choices": [
            {"id": "wet", "label": "Wet"}, {"id": "burnt", "label": "Burnt"}]}]}))
        .unwrap()
    }

    fn said(choices: &[&str], reason: Option<&str>, link: Option<&str>) -> Weighted<Tags> {
        let tags = Tags {
            choices: choices.iter().map(|id| (*id).to_owned()).collect(),
            reason: reason.map(str::to_owned),
            link: link.map(str::to_owned),
            spans: vec![],
        };
        Weighted { given: Given::Value(tags), weight: 1.0 }
    }

    #[test]
    fn the_same_choices_are_the_same_answer_whatever_the_reason() {
        let tally = agree(
            &rules(),
            &[
                said(&["burnt", "wet"], Some("a"), None),
                said(&["wet", "burnt"], Some("b"), Some("https://b.org")),
                said(&["wet"], None, None),
                said(&["wet", "burnt"], None, None),
            ],
        );
        assert_eq!((tally.votes, tally.counted), (3, 4));
        let Some(Given::Value(best)) = tally.best else { panic!("no best") };
        assert_eq!(best.choices, ["wet", "burnt"], "in the order of the questions");
        assert_eq!(best.reason.as_deref(), Some("b"), "the fullest evidence");
        assert_eq!(best.link.as_deref(), Some("https://b.org"));
    }

    #[test]
    fn other_marked_words_are_another_answer() {
        let marked = |to| {
            let mut answer = said(&["wet"], None, None);
            if let Given::Value(tags) = &mut answer.given {
                tags.spans = vec![Span { from: 0, to, label: "place".into() }];
            }
            answer
        };
        let tally = agree(&rules(), &[marked(4), marked(5), marked(4)]);
        assert_eq!((tally.votes, tally.counted), (2, 3));
    }

    #[test]
    fn outcomes_are_agreed_on_and_skips_and_held_out_answers_count_for_nothing() {
        let outcome = |outcome| Weighted { given: Given::Outcome(outcome), weight: 1.0 };
        let mut junk = said(&["wet"], None, None);
        junk.weight = 0.0;
        let none = outcome(Outcome::NothingHere);
        let tally = agree(
            &rules(),
            &[none.clone(), junk, outcome(Outcome::Skipped), none, said(&["wet"], None, None)],
        );
        assert_eq!((tally.votes, tally.counted), (2, 3));
        assert_eq!(tally.best, Some(Given::Outcome(Outcome::NothingHere)));
    }

    proptest! {
        #[test]
        fn the_order_of_answers_and_of_their_choices_never_matters(
            seeds in proptest::collection::vec((any::<u64>(), 0.1f64..3.0), 0..8), turn in 0usize..8,
        ) {
            let answers: Vec<_> = seeds
                .iter()
                .map(|(seed, weight)| Weighted { given: Given::Value(sample(*seed)), weight: *weight })
                .collect();
            let mut turned = answers.clone();
            for answer in &mut turned {
                if let Given::Value(tags) = &mut answer.given {
                    tags.choices.reverse();
                }
            }
            let by = turn % turned.len().max(1);
            turned.rotate_left(by);
            let (a, b) = (agree(&rules(), &answers), agree(&rules(), &turned));
            prop_assert_eq!((a.best, a.votes, a.counted), (b.best, b.votes, b.counted));
            prop_assert!((a.agreement - b.agreement).abs() < 1e-9);
        }

        #[test]
        fn the_best_is_something_that_was_said(
            seeds in proptest::collection::vec(0u64..64, 1..8),
        ) {
            let answers: Vec<_> = seeds
                .iter()
                .map(|seed| Weighted { given: Given::Value(sample(*seed)), weight: 1.0 })
                .collect();
            let Some(Given::Value(best)) = agree(&rules(), &answers).best else { unreachable!() };
            let same = |seed: &u64| {
                let given = sample(*seed);
                let set = |tags: &Tags| tags.choices.iter().cloned().collect::<BTreeSet<_>>();
                set(&given) == set(&best) && given.spans == best.spans
                    && given.reason == best.reason && given.link == best.link
            };
            prop_assert!(seeds.iter().any(same));
        }
    }
}
