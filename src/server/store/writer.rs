//! The one writer: takes jobs from a bounded queue, does as many as wait in one
//! transaction, and replies only after the commit. A request that goes away
//! takes no job with it.

use super::{
    answers::{self, Incoming},
    tasks::Tasks,
};
use crate::{
    error::{Error, Result},
    registry::Registry,
};
use futures_util::{FutureExt, future::BoxFuture};
use sqlx::{Connection, SqliteConnection, sqlite::SqliteConnectOptions};
use std::{
    panic::AssertUnwindSafe,
    sync::{Arc, OnceLock},
    time::{Duration, Instant},
};
use tokio::sync::{mpsc, oneshot};

/// Most jobs in one transaction.
const GROUP: usize = 256;
/// Jobs that may wait; more are told to come again.
const QUEUE: usize = 4096;

/// What the writer does next.
pub(super) enum Job {
    /// Answers to store; those of a group are stored together.
    Answers(Incoming),
    /// Anything else, in a savepoint of its own.
    Call(Box<dyn Call>),
    /// Commit what came before, then stop.
    Stop(oneshot::Sender<()>),
}

/// A job of its own: done within the transaction, replied to after the commit.
pub(super) trait Call: Send {
    /// Does the work.
    fn run<'c>(&'c mut self, conn: &'c mut SqliteConnection) -> BoxFuture<'c, Result<()>>;
    /// Replies. `committed` says whether the work, which went well, is on disk.
    fn reply(self: Box<Self>, committed: Result<()>);
}

struct Closure<F, T, A> {
    work: Option<F>,
    value: Option<T>,
    after: Option<A>,
    reply: oneshot::Sender<Result<T>>,
}

impl<F, T, A> Call for Closure<F, T, A>
where
    F: for<'c> FnOnce(&'c mut SqliteConnection) -> BoxFuture<'c, Result<T>> + Send,
    A: FnOnce(&T) + Send,
    T: Send,
{
    fn run<'c>(&'c mut self, conn: &'c mut SqliteConnection) -> BoxFuture<'c, Result<()>> {
        let Some(work) = self.work.take() else {
            return std::future::ready(Err(Error::Busy)).boxed();
        };
        async move {
            self.value = Some(work(conn).await?);
            Ok(())
        }
        .boxed()
    }

    fn reply(self: Box<Self>, committed: Result<()>) {
        let outcome = match (committed, self.value) {
            (Ok(()), Some(value)) => {
                if let Some(after) = self.after {
                    after(&value);
                }
                Ok(value)
            }
            (Err(error), _) => Err(error),
            (Ok(()), None) => Err(Error::Busy),
        };
        // Whoever asked may be gone; what was written stays.
        let _ = self.reply.send(outcome);
    }
}

/// The way into the writer.
#[derive(Clone)]
pub(super) struct Writer {
    jobs: mpsc::Sender<Job>,
    registry: Arc<OnceLock<Arc<Registry>>>,
}

impl Writer {
    /// Starts the writer on a connection of its own.
    pub(super) fn start(options: SqliteConnectOptions) -> Self {
        let (jobs, mut queue) = mpsc::channel(QUEUE);
        let registry = Arc::new(OnceLock::<Arc<Registry>>::new());
        let writer = Self { jobs, registry: Arc::clone(&registry) };
        tokio::spawn(async move {
            loop {
                let run = AssertUnwindSafe(run(&options, &mut queue, &registry)).catch_unwind();
                match run.await {
                    Ok(Ok(())) => return,
                    Ok(Err(error)) => tracing::error!(%error, "the writer lost its database"),
                    Err(_) => tracing::error!("the writer panicked and is started again"),
                }
                tokio::time::sleep(Duration::from_millis(200)).await;
            }
        });
        writer
    }

    /// The live projects, whose settings answers are counted by.
    pub(super) fn attach(&self, registry: Arc<Registry>) {
        let _ = self.registry.set(registry);
    }

    /// Stores answers; the reply comes after the commit.
    pub(super) async fn answers(
        &self,
        make: impl FnOnce(oneshot::Sender<Result<Vec<domain::AnswerOutcome>>>) -> Incoming,
    ) -> Result<Vec<domain::AnswerOutcome>> {
        let (reply, outcome) = oneshot::channel();
        self.push(Job::Answers(make(reply)))?;
        outcome.await.map_err(|_| Error::Busy)?
    }

    /// Does `work` in a transaction and, once that is on disk, `after`.
    pub(super) async fn call<T, F, A>(&self, work: F, after: A) -> Result<T>
    where
        T: Send + 'static,
        F: for<'c> FnOnce(&'c mut SqliteConnection) -> BoxFuture<'c, Result<T>> + Send + 'static,
        A: FnOnce(&T) + Send + 'static,
    {
        let (reply, outcome) = oneshot::channel();
        self.push(Job::Call(Box::new(Closure {
            work: Some(work),
            value: None,
            after: Some(after),
            reply,
        })))?;
        outcome.await.map_err(|_| Error::Busy)?
    }

    /// Waits until all that was asked for is on disk, and stops.
    pub(super) async fn stop(&self) {
        let (reply, done) = oneshot::channel();
        if self.jobs.send(Job::Stop(reply)).await.is_ok() {
            let _ = done.await;
        }
    }

    fn push(&self, job: Job) -> Result<()> {
        self.jobs.try_send(job).map_err(|_| {
            metrics::counter!("talkoot_writer_refused_total").increment(1);
            Error::Busy
        })
    }
}

async fn run(
    options: &SqliteConnectOptions,
    queue: &mut mpsc::Receiver<Job>,
    registry: &OnceLock<Arc<Registry>>,
) -> Result<()> {
    let mut conn = SqliteConnection::connect_with(options).await?;
    let nothing = Arc::new(Registry::default());
    let mut tasks = Tasks::default();
    let mut jobs = Vec::with_capacity(GROUP);
    while queue.recv_many(&mut jobs, GROUP).await > 0 {
        let began = Instant::now();
        let mut stop = None;
        let mut calls = Vec::new();
        let mut incoming = Vec::new();
        for job in jobs.drain(..) {
            match job {
                Job::Answers(answers) => incoming.push(answers),
                Job::Call(call) => calls.push(call),
                Job::Stop(reply) => stop = Some(reply),
            }
        }
        let group = incoming.len() + calls.len();
        if group > 0 {
            let registry = registry.get().unwrap_or(&nothing);
            commit(&mut conn, registry, &mut tasks, calls, incoming).await;
            metrics::histogram!("talkoot_commit_seconds").record(began.elapsed());
            #[expect(clippy::cast_precision_loss, reason = "at most GROUP")]
            metrics::histogram!("talkoot_commit_jobs").record(group as f64);
        }
        if let Some(reply) = stop {
            let _ = conn.close().await;
            let _ = reply.send(());
            return Ok(());
        }
    }
    Ok(())
}

/// Does a group in one transaction, then replies to everyone in it.
async fn commit(
    conn: &mut SqliteConnection,
    registry: &Registry,
    tasks: &mut Tasks,
    calls: Vec<Box<dyn Call>>,
    incoming: Vec<Incoming>,
) {
    let mut tx = match conn.begin_with("BEGIN IMMEDIATE").await {
        Ok(tx) => tx,
        Err(error) => {
            tracing::error!(%error, "no transaction could be begun");
            for call in calls {
                call.reply(Err(Error::Busy));
            }
            for answers in incoming {
                answers.reply(Err(Error::Busy));
            }
            return;
        }
    };
    // Answers first: they are counted by the settings in memory, which a call
    // among the others may be about to change, and counts anew.
    let done_answers = answers::store_all(&mut tx, registry, tasks, incoming).await;
    let mut done_calls = Vec::with_capacity(calls.len());
    for mut call in calls {
        let result = alone(&mut tx, &mut *call).await;
        done_calls.push((call, result));
    }
    let committed = tx.commit().await.inspect_err(|error| {
        tracing::error!(%error, "a commit failed; nothing of it was acknowledged");
    });
    for done in done_answers {
        done.reply(registry, committed.is_ok());
    }
    for (call, result) in done_calls {
        call.reply(result.and_then(|()| committed.as_ref().copied().map_err(|_| Error::Busy)));
    }
}

/// One call in a savepoint of its own, so that its failure undoes only itself.
async fn alone(conn: &mut SqliteConnection, call: &mut dyn Call) -> Result<()> {
    let mut savepoint = conn.begin().await?;
    let result = call.run(&mut savepoint).await;
    if result.is_ok() {
        savepoint.commit().await?;
    } else {
        savepoint.rollback().await?;
    }
    result
}
