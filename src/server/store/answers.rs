//! Storing answers, a group at a time. Whatever is sent again is stored once;
//! whatever is finished is stored, late or one too many or not.

use super::{
    columns::{columns, verdict_number, verdict_of},
    settle::{Vote, same},
    sql::{LONGEST, list, rows, runs, safe},
    tallies::{self, Tallied},
    tasks::{TaskRow, Tasks},
};
use crate::{
    error::{Error, Result, fault_problem},
    project::Settings,
    registry::{Change, Registry},
};
use domain::{
    AnswerId, AnswerIn, AnswerOutcome, AnswerStatus, Fault, Given, Judgement, Lesson, Outcome,
};
use serde_json::Value;
use sqlx::{Connection, Row, SqliteConnection};
use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};
use tokio::sync::oneshot;
use uuid::Uuid;

/// Answers of one request, waiting for the writer.
pub(super) struct Incoming {
    pub(super) volunteer: Uuid,
    pub(super) answers: Vec<AnswerIn>,
    /// Milliseconds since 1970.
    pub(super) now: i64,
    pub(super) reply: oneshot::Sender<Result<Vec<AnswerOutcome>>>,
}

impl Incoming {
    pub(super) fn reply(self, outcome: Result<Vec<AnswerOutcome>>) {
        // Whoever asked may be gone; what was written stays.
        let _ = self.reply.send(outcome);
    }
}

/// Answers that the transaction holds, to be replied to after its commit.
pub(super) struct Done {
    incoming: Vec<(Incoming, Result<Vec<AnswerOutcome>>)>,
    changes: HashMap<Uuid, Change>,
}

impl Done {
    pub(super) fn reply(self, registry: &Registry, committed: bool) {
        if committed {
            for (project, change) in &self.changes {
                if let Some(live) = registry.by_id(*project) {
                    live.apply(change);
                }
            }
        }
        for (incoming, outcome) in self.incoming {
            if let (true, Ok(outcomes)) = (committed, &outcome) {
                for outcome in outcomes {
                    let status = match outcome.status {
                        AnswerStatus::Stored => "stored",
                        AnswerStatus::Duplicate => "duplicate",
                        AnswerStatus::Rejected => "rejected",
                    };
                    metrics::counter!("talkoot_answers_total", "status" => status).increment(1);
                }
            }
            incoming.reply(if committed { outcome } else { Err(Error::Busy) });
        }
    }
}

/// Stores the answers of a group together; if that fails, each request by
/// itself, so that one that cannot be stored takes no neighbour with it.
pub(super) async fn store_all(
    conn: &mut SqliteConnection,
    registry: &Registry,
    tasks: &mut Tasks,
    incoming: Vec<Incoming>,
) -> Vec<Done> {
    if incoming.is_empty() {
        return Vec::new();
    }
    if let Ok((outcomes, changes)) = in_savepoint(conn, registry, tasks, &incoming).await {
        let incoming = incoming.into_iter().zip(outcomes.into_iter().map(Ok)).collect();
        return vec![Done { incoming, changes }];
    }
    let mut done = Vec::with_capacity(incoming.len());
    for one in incoming {
        let one = [one];
        let (outcome, changes) = match in_savepoint(conn, registry, tasks, &one).await {
            Ok((mut outcomes, changes)) => (Ok(outcomes.pop().unwrap_or_default()), changes),
            Err(error) => (Err(told(error)), HashMap::new()),
        };
        let [one] = one;
        done.push(Done { incoming: vec![(one, outcome)], changes });
    }
    done
}

/// A volunteer who was erased meanwhile is unknown; the rest is the server's failure.
fn told(error: Error) -> Error {
    match &error {
        Error::Store(sqlx::Error::Database(e)) if e.is_foreign_key_violation() => {
            Error::NotSignedIn
        }
        _ => error,
    }
}

type Stored = (Vec<Vec<AnswerOutcome>>, HashMap<Uuid, Change>);

async fn in_savepoint(
    conn: &mut SqliteConnection,
    registry: &Registry,
    tasks: &mut Tasks,
    incoming: &[Incoming],
) -> Result<Stored> {
    let mut savepoint = conn.begin().await?;
    match store(&mut savepoint, registry, tasks, incoming).await {
        Ok(stored) => {
            savepoint.commit().await?;
            Ok(stored)
        }
        Err(error) => {
            savepoint.rollback().await?;
            Err(error)
        }
    }
}

/// What is known of an answer's id.
#[derive(Clone, Copy)]
struct Known {
    hash: [u8; 32],
    verdict: Judgement,
}

/// What the transaction knows by now.
struct Desk<'t> {
    tasks: &'t Tasks,
    settings: HashMap<Uuid, Arc<Settings>>,
    known: HashMap<Uuid, Known>,
    tallied: HashMap<Uuid, Tallied>,
}

/// An answer about to be written.
struct NewAnswer<'a> {
    answer: &'a AnswerIn,
    volunteer: Uuid,
    project: Uuid,
    place: Option<i64>,
    given: Given<Value>,
    hash: [u8; 32],
    surplus: bool,
    verdict: Judgement,
    now: i64,
}

async fn store(
    conn: &mut SqliteConnection,
    registry: &Registry,
    tasks: &mut Tasks,
    incoming: &[Incoming],
) -> Result<Stored> {
    let all = || incoming.iter().flat_map(|i| &i.answers);
    let ids: Vec<Uuid> = all().map(|a| a.id.0).collect();
    let named: HashSet<Uuid> = all().map(|a| a.task.0).collect();
    tasks.read(conn, &named).await?;
    let mut by_project: HashMap<Uuid, Vec<Uuid>> = HashMap::new();
    let mut settings = HashMap::new();
    for (task, row) in named.iter().filter_map(|task| Some((*task, tasks.get(*task)?))) {
        if let Some(live) = registry.by_id(row.project) {
            settings.entry(row.project).or_insert_with(|| live.settings());
            if row.lesson.is_none() {
                by_project.entry(row.project).or_default().push(task);
            }
        }
    }
    let mut desk = Desk {
        tasks,
        settings,
        known: known_answers(conn, &ids).await?,
        tallied: tallies::load(conn, &by_project).await?,
    };
    let mut new = Vec::with_capacity(ids.len());
    let mut changes: HashMap<Uuid, Change> = HashMap::new();
    let mut outcomes = Vec::with_capacity(incoming.len());
    for request in incoming {
        let mut told = Vec::with_capacity(request.answers.len());
        for (at, answer) in request.answers.iter().enumerate() {
            let outcome = match desk.take(request, answer) {
                Ok(Taken::New(answer)) => {
                    if answer.place.is_some() {
                        changes.entry(answer.project).or_default().given += 1;
                    }
                    let outcome = said(answer.answer.id, AnswerStatus::Stored, answer.verdict);
                    new.push(answer);
                    outcome
                }
                Ok(Taken::Before(verdict)) => said(answer.id, AnswerStatus::Duplicate, verdict),
                Err(Error::Fault(fault)) => {
                    let pointer =
                        format!("/answers/{at}{}", fault.pointer.as_deref().unwrap_or_default());
                    AnswerOutcome {
                        id: answer.id,
                        status: AnswerStatus::Rejected,
                        verdict: Judgement::Pending,
                        problem: Some(fault_problem(&fault, Some(pointer))),
                    }
                }
                Err(error) => return Err(error),
            };
            told.push(outcome);
        }
        outcomes.push(told);
    }
    insert(conn, &new).await?;
    tallies::end_leases(conn, &mut desk.tallied).await?;
    tallies::save(conn, &desk.tallied, &mut changes).await?;
    Ok((outcomes, changes))
}

fn said(id: AnswerId, status: AnswerStatus, verdict: Judgement) -> AnswerOutcome {
    AnswerOutcome { id, status, verdict, problem: None }
}

enum Taken<'a> {
    New(NewAnswer<'a>),
    Before(Judgement),
}

impl Desk<'_> {
    /// Decides about one answer.
    fn take<'a>(&mut self, request: &Incoming, answer: &'a AnswerIn) -> Result<Taken<'a>> {
        let hash = body_hash(answer)?;
        if let Some(before) = self.known.get(&answer.id.0) {
            return if before.hash == hash {
                Ok(Taken::Before(before.verdict))
            } else {
                Err(id_taken().into())
            };
        }
        let task = self.tasks.get(answer.task.0);
        let Some((task, settings)) = task.and_then(|t| Some((t, self.settings.get(&t.project)?)))
        else {
            return Err(unknown_task().into());
        };
        let given = given(task, settings, answer)?;
        let (place, surplus, verdict) = if let Some(lesson) = &task.lesson {
            (None, false, taught(settings, lesson, &given))
        } else {
            let Some(tally) = self.tallied.get_mut(&answer.task.0) else {
                return Err(Error::internal("a task without a tally"));
            };
            let vote = Vote { volunteer: Some(request.volunteer), given: given.clone() };
            let surplus = tally.take(settings, task.ocr.as_deref(), vote)?;
            (Some(tally.place()), surplus, tally.standing.verdict(settings, &given))
        };
        self.known.insert(answer.id.0, Known { hash, verdict });
        Ok(Taken::New(NewAnswer {
            answer,
            volunteer: request.volunteer,
            project: task.project,
            place,
            given,
            hash,
            surplus,
            verdict,
            now: request.now,
        }))
    }
}

fn id_taken() -> Fault {
    Fault::new(
        "id-taken",
        "Another answer is stored under this id. Keep this one, and send it under an id of its own if it is meant.",
    )
    .at("/id")
}

fn unknown_task() -> Fault {
    Fault::new("unknown-task", "There is no such task here. It may belong to another server.")
        .at("/task")
}

/// The word on an answer to a warm-up, whose right answer is known.
fn taught(settings: &Settings, lesson: &Lesson, given: &Given<Value>) -> Judgement {
    if same(settings, &Given::Value(lesson.answer.clone()), given) {
        Judgement::Held
    } else if *given == Given::Outcome(Outcome::Skipped) || settings.has_many_right() {
        Judgement::Pending
    } else {
        Judgement::Slipped
    }
}

/// The answer's body, in one form whatever the order of its fields.
fn body_hash(answer: &AnswerIn) -> Result<[u8; 32]> {
    Ok(*blake3::hash(&serde_json::to_vec(answer).map_err(Error::internal)?).as_bytes())
}

fn given(task: &TaskRow, settings: &Settings, answer: &AnswerIn) -> Result<Given<Value>> {
    if !(0.0..=10_000_000.0).contains(&answer.seconds) {
        return Err(Fault::new("bad-seconds", "The seconds are 0 or more.").at("/seconds").into());
    }
    if answer.layer.as_ref().is_some_and(|layer| layer.len() > 64) {
        return Err(Fault::new("bad-layer", "A layer's name is at most 64 long.")
            .at("/layer")
            .into());
    }
    match (&answer.value, answer.outcome) {
        (Some(value), None) => {
            let rules = &settings.rules;
            let checked = kinds::check(&settings.kind, rules, &task.subject, value.clone())?;
            Ok(Given::Value(checked.value))
        }
        (None, Some(outcome)) => Ok(Given::Outcome(outcome)),
        _ => Err(Fault::new(
            "value-or-outcome",
            "An answer has either a value or an outcome: one of them, not both.",
        )
        .at("/value")
        .into()),
    }
}

async fn known_answers(conn: &mut SqliteConnection, ids: &[Uuid]) -> Result<HashMap<Uuid, Known>> {
    let mut known = HashMap::new();
    for part in ids.chunks(LONGEST) {
        let (marks, ids) = list(part);
        let sql = format!("SELECT id, hash, verdict FROM answers WHERE id IN ({marks})");
        let mut query = sqlx::query(safe(sql));
        for id in ids {
            query = query.bind(id);
        }
        for row in query.fetch_all(&mut *conn).await? {
            let hash: Vec<u8> = row.get(1);
            let hash = hash.try_into().map_err(|_| Error::internal("a hash of another length"))?;
            known.insert(row.get(0), Known { hash, verdict: verdict_of(row.get(2)) });
        }
    }
    Ok(known)
}

async fn insert(conn: &mut SqliteConnection, new: &[NewAnswer<'_>]) -> Result<()> {
    for run in runs(new) {
        let sql = format!(
            "INSERT INTO answers (id, project, task, place, volunteer, value, outcome, layer, seconds, corrections, hash, surplus, verdict, stored_at) VALUES {}",
            rows(run.len(), 14)
        );
        let mut query = sqlx::query(safe(sql));
        for a in run {
            let (value, outcome) = columns(&a.given);
            query = query
                .bind(a.answer.id.0)
                .bind(a.project)
                .bind(a.answer.task.0)
                .bind(a.place)
                .bind(a.volunteer)
                .bind(value)
                .bind(outcome)
                .bind(a.answer.layer.as_deref())
                .bind(a.answer.seconds)
                .bind(i64::from(a.answer.corrections))
                .bind(a.hash.to_vec())
                .bind(a.surplus)
                .bind(verdict_number(a.verdict))
                .bind(a.now);
        }
        query.execute(&mut *conn).await?;
    }
    Ok(())
}
