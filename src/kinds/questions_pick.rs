//! What a tap on a choice does to what was chosen, for the screens.

use crate::questions::{Pick, Question};

/// What is chosen after a tap on `id`: one choice takes the place of another, a choice of
/// several comes or goes, one that stands alone sends the others away, and what a question had
/// that is not asked any more goes with it. A tap over a question's limit changes nothing.
pub(crate) fn tapped(questions: &[Question], chosen: &[String], id: &str) -> Vec<String> {
    let Some(question) = questions.iter().find(|question| question.find(id).is_some()) else {
        return chosen.to_vec();
    };
    let mut next: Vec<String> = chosen.to_vec();
    let had = next.iter().any(|given| given == id);
    let stays = |given: &str| match question.pick {
        _ if question.find(given).is_none() => true,
        Pick::One | Pick::Scale => false,
        Pick::Several if had => given != id,
        Pick::Several => {
            !alone(question, id) && !alone(question, given) && !kin(question, given, id)
        }
    };
    next.retain(|given| stays(given));
    if !had || question.pick != Pick::Several {
        let count = next.iter().filter(|given| question.find(given).is_some()).count();
        if question.pick == Pick::Several && question.most != 0 && count >= question.most as usize {
            return chosen.to_vec();
        }
        next.push(id.to_owned());
    }
    settled(questions, &next)
}

/// What of `chosen` is still asked for, in the order of the questions, each choice once.
pub(crate) fn settled(questions: &[Question], chosen: &[String]) -> Vec<String> {
    let mut kept: Vec<String> = vec![];
    for question in questions {
        if question.asked(&kept) {
            let ids = question.ids();
            let mine = ids.into_iter().filter(|id| chosen.iter().any(|given| given == id));
            let mine: Vec<String> = mine.map(str::to_owned).collect();
            kept.extend(mine);
        }
    }
    kept
}

/// How many choices of this question are made.
pub(crate) fn count(question: &Question, chosen: &[String]) -> usize {
    chosen.iter().filter(|id| question.find(id).is_some()).count()
}

/// The first question that is asked and lacks an answer.
pub(crate) fn lacking(questions: &[Question], chosen: &[String]) -> Option<usize> {
    questions.iter().position(|question| {
        let (made, least) = (count(question, chosen), least(question));
        question.asked(chosen) && made < least && !(made == 0 && question.optional)
    })
}

/// The fewest choices that answer it.
fn least(question: &Question) -> usize {
    match question.pick {
        Pick::One | Pick::Scale => 1,
        Pick::Several => question.least.max(1) as usize,
    }
}

fn alone(question: &Question, id: &str) -> bool {
    question.find(id).is_some_and(|choice| choice.alone)
}

/// Whether one of them lies below the other: "a cat" and "a lion" are one answer, the closer one.
fn kin(question: &Question, a: &str, b: &str) -> bool {
    let below = |a: &str, b: &str| question.find(a).is_some_and(|choice| choice.find(b).is_some());
    below(a, b) || below(b, a)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::questions::check_chosen;
    use proptest::prelude::*;
    use serde_json::json;

    const IDS: [&str; 10] =
        ["yes", "no", "cat", "lion", "tiger", "dog", "other", "calm-1", "calm-2", "strange"];

    fn survey() -> Vec<Question> {
        serde_json::from_value(json!([
            {"id": "any", "choices": [{"id": "yes", "label": "Yes"}, {"id": "no", "label": "No"}]},
            {"id": "which", "pick": "several", "most": 2, "when": ["yes"], "choices": [
                {"id": "cat", "label": "Cat", "choices": [
                    {"id": "lion", "label": "Lion"}, {"id": "tiger", "label": "Tiger"}]},
                {"id": "dog", "label": "Dog"},
                {"id": "other", "label": "None of these", "alone": true}]},
            {"id": "calm", "pick": "scale", "optional": true, "when": ["lion", "dog"], "choices": [
                {"id": "calm-1", "label": "Calm"}, {"id": "calm-2", "label": "Wild"}]},
        ]))
        .unwrap()
    }

    fn after(taps: &[&str]) -> Vec<String> {
        let questions = survey();
        taps.iter().fold(vec![], |chosen, id| tapped(&questions, &chosen, id))
    }

    #[test]
    fn one_takes_the_place_of_another_and_its_branch_goes() {
        assert_eq!(after(&["yes", "dog", "calm-1"]), ["yes", "dog", "calm-1"]);
        assert_eq!(after(&["yes", "dog", "calm-1", "calm-2"]), ["yes", "dog", "calm-2"]);
        assert_eq!(after(&["yes", "dog", "calm-1", "no"]), ["no"]);
        assert_eq!(after(&["yes", "dog", "calm-1", "dog"]), ["yes"], "nobody asks how calm");
    }

    #[test]
    fn what_stands_alone_sends_the_others_away() {
        assert_eq!(after(&["yes", "dog", "lion", "other"]), ["yes", "other"]);
        assert_eq!(after(&["yes", "other", "dog"]), ["yes", "dog"]);
    }

    #[test]
    fn a_closer_answer_takes_the_place_of_the_wider_one() {
        assert_eq!(after(&["yes", "cat", "lion"]), ["yes", "lion"]);
        assert_eq!(after(&["yes", "lion", "tiger"]), ["yes", "lion", "tiger"]);
        assert_eq!(after(&["yes", "lion", "tiger", "cat"]), ["yes", "cat"]);
        assert_eq!(
            after(&["yes", "lion", "tiger", "dog"]),
            ["yes", "lion", "tiger"],
            "two at most"
        );
    }

    #[test]
    fn what_is_lacking_is_named() {
        let lacks = |taps: &[&str]| lacking(&survey(), &after(taps));
        assert_eq!(lacks(&[]), Some(0));
        assert_eq!(lacks(&["yes"]), Some(1));
        assert_eq!(lacks(&["yes", "dog"]), None);
        assert_eq!(lacks(&["no"]), None);
    }

    proptest! {
        #[test]
        fn whatever_is_tapped_the_server_takes_it_once_nothing_lacks(
            taps in proptest::collection::vec(0usize..IDS.len(), 0..14),
        ) {
            let questions = survey();
            let chosen = after(&taps.iter().map(|at| IDS[*at]).collect::<Vec<_>>());
            prop_assert_eq!(&settled(&questions, &chosen), &chosen);
            let checked = check_chosen(&questions, &chosen, "");
            if lacking(&questions, &chosen).is_none() {
                prop_assert_eq!(checked.unwrap(), chosen);
            } else {
                prop_assert_eq!(checked.unwrap_err().code, "choice-missing");
            }
        }
    }
}
