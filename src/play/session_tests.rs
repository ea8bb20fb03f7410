//! A visit, told as events and what comes of them.

use super::*;
use crate::round::ROUND;
use domain::{
    ImageRegion, Lesson, Outcome, Owner, Picture, Progress, ProjectId, Rect, Subject, Tone,
};
use serde_json::json;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

fn project() -> Box<Project> {
    Box::new(Project {
        id: ProjectId::v7(0, [0; 10]),
        slug: "sample".into(),
        title: "Sample".into(),
        purpose: String::new(),
        voice: String::new(),
        owner: Owner { name: String::new(), link: None },
        language: "de".into(),
        accent: None,
        picture: None,
        tone: Tone::Playful,
        state: ProjectState::Live,
        kind: "typing".into(),
        rules: json!({}),
        called: None,
        question: String::new(),
        help: vec![],
        layers: vec![],
        progress: Progress::default(),
    })
}

fn task(n: u8) -> Task {
    let subject = Subject::ImageRegion(ImageRegion {
        picture: Picture { sources: vec![] },
        frame: Rect::default(),
        mark: Rect::default(),
        turned: 0,
        page: None,
    });
    Task::new(TaskId::v7(u64::from(n), [n; 10]), "typing", subject, "")
}

fn warm_up(n: u8) -> Task {
    let lesson = Lesson { answer: json!({"text": "ſo"}), hint: "A long s.".into() };
    Task { lesson: Some(lesson), ..task(n) }
}

fn open(warm_ups: u8, tasks: u8) -> Session {
    let mut session = Session::default();
    session.apply(Event::Opened {
        project: project(),
        warm_ups: (0..warm_ups).map(warm_up).collect(),
        answered: 0,
        kept: vec![],
    });
    session.apply(Event::Leased((100..100 + tasks).map(task).collect()));
    session
}

fn give(session: &mut Session, n: u8, given: Given<Value>, missed: bool) -> Vec<Effect> {
    session.apply(Event::Gave {
        gift: Gift { given, corrections: 0, missed, more: 0 },
        id: AnswerId::v7(u64::from(n), [n; 10]),
        seconds: 2.0,
        layer: None,
        at: f64::from(n) * 1000.0,
    })
}

fn word(text: &str) -> Given<Value> {
    Given::Value(json!({ "text": text }))
}

#[test]
fn the_next_task_is_there_at_once() {
    let mut session = open(0, 12);
    let effects = give(&mut session, 1, word("Turku"), false);
    assert!(matches!(&effects[0], Effect::Keep(a) if a.task == task(100).id), "{effects:?}");
    assert_eq!(session.shown().unwrap().task.id, task(101).id);
    assert_eq!(session.scene(), Scene::Task);
}

#[test]
fn warm_ups_come_first_and_count_for_nothing() {
    let mut session = open(2, 12);
    assert_eq!(session.shown().unwrap().practice, Some((1, 2)));
    let effects = give(&mut session, 1, word("ſo"), false);
    assert!(effects.contains(&Effect::Practised(1)));
    assert!(!effects.iter().any(|e| matches!(e, Effect::Tell(_))), "{effects:?}");
    assert_eq!(session.shown().unwrap().practice, Some((2, 2)));
    give(&mut session, 2, word("ſo"), false);
    assert_eq!(session.shown().unwrap().practice, None);
    assert_eq!(session.round.tasks, 0);
}

#[test]
fn a_missed_warm_up_is_told_and_then_left() {
    let mut session = open(2, 3);
    give(&mut session, 1, word("fo"), true);
    let shown = session.shown().unwrap();
    assert!(shown.missed);
    assert_eq!((shown.task.id, shown.practice), (warm_up(0).id, Some((1, 2))));
    let effects = give(&mut session, 2, word("whatever"), true);
    assert!(!effects.iter().any(|e| matches!(e, Effect::Keep(_))), "stored once only");
    assert_eq!(session.shown().unwrap().task.id, warm_up(1).id);
    assert!(!session.shown().unwrap().missed);
}

#[test]
fn a_skip_is_free_in_practice_too() {
    let mut session = open(2, 3);
    let effects = give(&mut session, 1, Given::Outcome(Outcome::Skipped), true);
    assert!(effects.contains(&Effect::Practised(1)));
    let shown = session.shown().unwrap();
    assert_eq!((shown.task.id, shown.missed), (warm_up(1).id, false));
    give(&mut session, 2, Given::Outcome(Outcome::Unreadable), true);
    assert!(session.shown().unwrap().missed);
}

#[test]
fn warm_ups_answered_before_are_not_asked_again() {
    let mut session = Session::default();
    let warm_ups = (0..3).map(warm_up).collect();
    session.apply(Event::Opened { project: project(), warm_ups, answered: 2, kept: vec![task(9)] });
    assert_eq!(session.shown().unwrap().practice, Some((3, 3)));
    assert_eq!(session.to_keep().collect::<Vec<_>>(), [task(9).id]);
}

#[test]
fn an_answer_taken_back_comes_again_with_its_text() {
    let mut session = open(0, 12);
    give(&mut session, 1, word("Abo"), false);
    give(&mut session, 2, word("Turku"), false);
    let effects = session.apply(Event::TookBack { at: 3000.0 });
    assert_eq!(effects[0], Effect::Withdraw(AnswerId::v7(2, [2; 10])));
    let shown = session.shown().unwrap();
    assert_eq!((shown.task.id, shown.draft), (task(101).id, Some(json!({"text": "Turku"}))));
    assert_eq!(session.round.tasks, 1);
    session.apply(Event::TookBack { at: 3000.0 });
    assert!(!session.can_take_back());
    assert!(session.apply(Event::TookBack { at: 3000.0 }).is_empty());
}

#[test]
fn what_was_begun_for_the_next_task_waits_with_it() {
    let mut session = open(0, 12);
    give(&mut session, 1, word("Abo"), false);
    session.recall(task(101).id, json!({"text": "Tur"}));
    session.apply(Event::TookBack { at: 2000.0 });
    give(&mut session, 2, word("Åbo"), false);
    let shown = session.shown().unwrap();
    assert_eq!((shown.task.id, shown.draft), (task(101).id, Some(json!({"text": "Tur"}))));
}

#[test]
fn an_answer_that_the_server_keeps_by_now_is_not_taken_back() {
    let mut session = open(0, 12);
    give(&mut session, 1, word("Abo"), false);
    give(&mut session, 200, word("Turku"), false);
    let late = 200_000.0 + TAKE_BACK_FOR;
    assert!(!session.clone().apply(Event::TookBack { at: late - 1.0 }).is_empty());
    assert!(session.apply(Event::TookBack { at: late }).is_empty());
    assert_eq!((session.shown().unwrap().task.id, session.can_take_back()), (task(102).id, false));
}

#[test]
fn outcomes_count_half_and_skipping_counts_nothing() {
    let mut session = open(0, 12);
    give(&mut session, 1, Given::Outcome(Outcome::Unreadable), false);
    give(&mut session, 2, Given::Outcome(Outcome::Skipped), false);
    assert_eq!((session.round.tasks, session.round.halves), (1, 1));
}

#[test]
fn twenty_tasks_and_then_a_still_screen() {
    let mut session = open(1, 40);
    give(&mut session, 0, word("ſo"), false);
    for n in 0..u8::try_from(ROUND).unwrap() {
        assert_eq!(session.scene(), Scene::Task);
        give(&mut session, n + 1, word("x"), false);
    }
    assert_eq!(session.scene(), Scene::Rest);
    session.apply(Event::Again);
    assert_eq!((session.scene(), session.round.tasks), (Scene::Task, 0));
}

#[test]
fn tasks_are_asked_for_before_they_run_out_and_once_at_a_time() {
    let mut session = open(0, 10);
    let mut asked = 0;
    for n in 0..6 {
        let effects = give(&mut session, n, word("x"), false);
        asked += effects.iter().filter(|e| matches!(e, Effect::Lease(_))).count();
    }
    assert_eq!(asked, 1);
    assert!(!session.queue.is_empty());
}

#[test]
fn the_same_task_is_never_shown_twice() {
    let mut session = open(0, 3);
    give(&mut session, 1, word("x"), false);
    session.apply(Event::Leased(vec![task(100), task(101), task(110)]));
    let ids: Vec<_> = session.queue.iter().map(|i| i.task.id).collect();
    assert_eq!(ids, [task(101).id, task(102).id, task(110).id]);
}

#[test]
fn no_network_halts_only_when_nothing_is_left() {
    let mut session = open(0, 1);
    session.apply(Event::NotLeased(Halt::Offline));
    assert_eq!(session.scene(), Scene::Task);
    give(&mut session, 1, word("x"), false);
    assert_eq!(session.scene(), Scene::Halted);
    assert!(matches!(session.apply(Event::Retry)[..], [Effect::Lease(_)]));
    assert_eq!(session.scene(), Scene::Fetching);
    session.apply(Event::Leased(vec![]));
    assert_eq!((session.scene(), session.halt), (Scene::Halted, Some(Halt::Dry)));
}

#[test]
fn a_draft_comes_back_to_its_task() {
    let mut session = open(0, 3);
    assert!(session.recall(task(100).id, json!({"text": "Tur"})));
    assert!(!session.recall(task(7).id, json!({"text": "Tur"})), "which is not here");
    assert_eq!(session.shown().unwrap().draft, Some(json!({"text": "Tur"})));
}

#[test]
fn verdicts_reach_the_layers_without_a_word_of_the_answer() {
    let mut session = open(0, 3);
    give(&mut session, 1, word("x"), false);
    let id = AnswerId::v7(1, [1; 10]);
    let effects = session.apply(Event::Judged { id, verdict: Judgement::Held });
    let held = Told::Judged { task: task(100).id, verdict: Judgement::Held };
    assert_eq!(effects, [Effect::Tell(held)]);
}
