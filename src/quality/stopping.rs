//! When a task has answers enough.

use domain::{Rule, Status, Tally};

/// Where a task stands after an answer.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Decision {
    /// Open, agreed or contentious.
    pub status: Status,
    /// How many more answers could still be needed at the least; 0 where none is.
    pub wanted: u32,
}

/// Decides by a project's rule from the count of its answers.
pub fn decide<A>(rule: Rule, tally: &Tally<A>) -> Decision {
    match rule {
        Rule::Equal { answers, at_most } => {
            let answers = answers.max(1);
            let at_most = at_most.max(answers);
            if tally.votes >= answers {
                Decision { status: Status::Agreed, wanted: 0 }
            } else if tally.counted >= at_most {
                Decision { status: Status::Contentious, wanted: 0 }
            } else {
                Decision { status: Status::Open, wanted: answers - tally.votes }
            }
        }
        Rule::Share { least, percent, at_most } => {
            let least = least.max(1);
            let at_most = at_most.max(least);
            let enough =
                u64::from(tally.votes) * 100 >= u64::from(tally.counted) * u64::from(percent);
            if tally.counted >= least && enough {
                Decision { status: Status::Agreed, wanted: 0 }
            } else if tally.counted >= at_most {
                Decision { status: Status::Contentious, wanted: 0 }
            } else {
                Decision {
                    status: Status::Open,
                    wanted: least.saturating_sub(tally.counted).max(1),
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::Given;
    use proptest::prelude::*;

    fn tally(votes: u32, counted: u32) -> Tally<()> {
        Tally { best: Some(Given::Value(())), votes, counted, agreement: 0.5 }
    }

    #[test]
    fn two_equal_answers_end_it_and_five_different_ones_too() {
        let rule = Rule::default();
        let status = |votes, counted| decide(rule, &tally(votes, counted)).status;
        assert_eq!(status(0, 0), Status::Open);
        assert_eq!(status(1, 1), Status::Open);
        assert_eq!(status(2, 2), Status::Agreed);
        assert_eq!(status(1, 4), Status::Open);
        assert_eq!(status(1, 5), Status::Contentious);
        assert_eq!(status(2, 5), Status::Agreed);
    }

    #[test]
    fn four_of_five_are_eighty_in_a_hundred() {
        let rule = Rule::Share { least: 3, percent: 80, at_most: 10 };
        let status = |votes, counted| decide(rule, &tally(votes, counted)).status;
        assert_eq!(status(2, 2), Status::Open);
        assert_eq!(status(3, 3), Status::Agreed);
        assert_eq!(status(3, 4), Status::Open);
        assert_eq!(status(4, 5), Status::Agreed);
        assert_eq!(status(7, 10), Status::Contentious);
    }

    proptest! {
        #[test]
        fn never_agreed_on_fewer_and_never_open_for_ever(
            answers in 0u32..6, at_most in 0u32..9, votes in 0u32..9, others in 0u32..9,
        ) {
            let rule = Rule::Equal { answers, at_most };
            let counted = votes + others;
            let decision = decide(rule, &tally(votes, counted));
            match decision.status {
                Status::Agreed => prop_assert!(votes >= answers.max(1)),
                Status::Contentious => prop_assert!(votes < answers.max(1) && counted >= at_most),
                Status::Open => prop_assert!(decision.wanted > 0 && counted < at_most.max(answers).max(1)),
                Status::Reviewed => prop_assert!(false, "only a person reviews"),
            }
        }
    }
}
