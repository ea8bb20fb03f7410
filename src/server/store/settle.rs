//! What a task's answers come to. Pure: the same answers in the same order
//! always come to the same, so every tally can be rebuilt.

use crate::{error::Result, project::Settings};
use domain::{Effort, Given, Judgement, Outcome, Status, Weighted};
use serde_json::Value;
use uuid::Uuid;

/// A stored answer, as far as counting goes.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Vote {
    /// `None` once the volunteer is erased: still somebody of their own.
    pub(super) volunteer: Option<Uuid>,
    pub(super) given: Given<Value>,
}

/// Where a task stands.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Standing {
    pub(super) status: Status,
    pub(super) votes: u32,
    pub(super) counted: u32,
    pub(super) agreement: f64,
    pub(super) best: Option<Given<Value>>,
    pub(super) checked: bool,
}

impl Standing {
    pub(super) fn open() -> Self {
        Self {
            status: Status::Open,
            votes: 0,
            counted: 0,
            agreement: 0.0,
            best: None,
            checked: false,
        }
    }

    /// Takes one more answer. `counting` are the answers that count so far
    /// (skips among them, so that nobody counts twice). Gives back whether
    /// the answer is one too many: the task was done before it, or this
    /// volunteer has answered it already.
    pub(super) fn take(
        &mut self,
        settings: &Settings,
        ocr: Option<&str>,
        counting: &mut Vec<Vote>,
        vote: Vote,
    ) -> Result<bool> {
        let again = vote.volunteer.is_some()
            && counting.iter().any(|v| {
                v.volunteer == vote.volunteer && v.given != Given::Outcome(Outcome::Skipped)
            });
        if self.status != Status::Open || again {
            return Ok(true);
        }
        let counts = vote.given.effort() != Effort::None;
        counting.push(vote);
        if counts {
            self.count(settings, ocr, counting)?;
        }
        Ok(false)
    }

    fn count(&mut self, settings: &Settings, ocr: Option<&str>, counting: &[Vote]) -> Result<()> {
        let weighted: Vec<_> = counting
            .iter()
            .map(|vote| Weighted { given: vote.given.clone(), weight: 1.0 })
            .collect();
        let tally = kinds::agree(&settings.kind, &settings.rules, &weighted)?;
        self.status = quality::decide(settings.rule, &tally).status;
        self.votes = tally.votes;
        self.counted = tally.counted;
        self.agreement = tally.agreement;
        self.best = tally.best;
        self.checked = self.status == Status::Agreed
            && !settings.shows_reading()
            && self.best.as_ref().zip(ocr).is_some_and(|(best, ocr)| {
                same(settings, best, &Given::Value(serde_json::json!({ "text": ocr })))
            });
        Ok(())
    }

    /// What can be said of an answer to this task by now.
    pub(super) fn verdict(&self, settings: &Settings, given: &Given<Value>) -> Judgement {
        let met = matches!(self.status, Status::Agreed | Status::Reviewed)
            && self.best.as_ref().is_some_and(|best| same(settings, best, given));
        if met { Judgement::Held } else { Judgement::Pending }
    }
}

/// All answers of a task from the first on, with those that are one too many marked.
pub(super) fn replay(
    settings: &Settings,
    ocr: Option<&str>,
    votes: impl IntoIterator<Item = Vote>,
) -> Result<(Standing, Vec<bool>)> {
    let mut standing = Standing::open();
    let mut counting = Vec::new();
    let surplus = votes
        .into_iter()
        .map(|vote| standing.take(settings, ocr, &mut counting, vote))
        .collect::<Result<_>>()?;
    Ok((standing, surplus))
}

/// Whether the kind takes two answers for the same. Two that do not fit the
/// kind at all are not the same.
pub(super) fn same(settings: &Settings, one: &Given<Value>, other: &Given<Value>) -> bool {
    if one == other {
        return one.effort() != Effort::None;
    }
    let both = [one, other].map(|given| Weighted { given: given.clone(), weight: 1.0 });
    kinds::agree(&settings.kind, &settings.rules, &both).is_ok_and(|tally| tally.votes == 2)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::ProjectIn;
    use serde_json::json;

    fn settings(change: &Value) -> Settings {
        let mut body = json!({"slug": "s", "title": "T", "owner": {"name": "O"}, "question": "?"});
        for (key, value) in change.as_object().unwrap() {
            body[key] = value.clone();
        }
        ProjectIn::from_value(body).unwrap().settings
    }

    fn typed(who: u128, text: &str) -> Vote {
        Vote { volunteer: Some(Uuid::from_u128(who)), given: Given::Value(json!({ "text": text })) }
    }

    #[test]
    fn two_equal_answers_agree_and_the_third_is_surplus() {
        let settings = settings(&json!({}));
        let votes = [typed(1, "Turku"), typed(2, "Turku"), typed(3, "Turku")];
        let (standing, surplus) = replay(&settings, Some("Turku"), votes).unwrap();
        assert_eq!((standing.status, standing.votes), (Status::Agreed, 2));
        assert_eq!(surplus, [false, false, true]);
        assert!(standing.checked, "the OCR read the same, unseen");
    }

    #[test]
    fn a_reading_that_was_shown_checks_nothing() {
        let settings = settings(&json!({"rules": {"prefill": "ocr"}}));
        let (standing, _) =
            replay(&settings, Some("Turku"), [typed(1, "Turku"), typed(2, "Turku")]).unwrap();
        assert_eq!(standing.status, Status::Agreed);
        assert!(!standing.checked);
    }

    #[test]
    fn one_volunteer_counts_once() {
        let settings = settings(&json!({}));
        let (standing, surplus) =
            replay(&settings, None, [typed(1, "Turku"), typed(1, "Turku")]).unwrap();
        assert_eq!((standing.status, standing.counted), (Status::Open, 1));
        assert_eq!(surplus, [false, true]);
    }

    #[test]
    fn who_skipped_may_still_answer() {
        let settings = settings(&json!({}));
        let skip = Vote { given: Given::Outcome(Outcome::Skipped), ..typed(1, "") };
        let (standing, surplus) = replay(&settings, None, [skip, typed(1, "Turku")]).unwrap();
        assert_eq!(standing.counted, 1);
        assert_eq!(surplus, [false, false]);
    }

    #[test]
    fn erased_volunteers_are_still_two() {
        let settings = settings(&json!({}));
        let nobody = Vote { volunteer: None, ..typed(0, "Turku") };
        let (standing, _) = replay(&settings, None, [nobody.clone(), nobody]).unwrap();
        assert_eq!(standing.status, Status::Agreed);
    }

    #[test]
    fn five_different_ones_are_contentious_and_disagreeing_is_never_a_slip() {
        let settings = settings(&json!({}));
        let votes = ["a", "b", "c", "d", "e"].into_iter().zip(1..).map(|(t, who)| typed(who, t));
        let (standing, _) = replay(&settings, None, votes).unwrap();
        assert_eq!(standing.status, Status::Contentious);
        let other = Given::Value(json!({"text": "z"}));
        assert_eq!(standing.verdict(&settings, &other), Judgement::Pending);
    }
}
