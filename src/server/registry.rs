//! The live projects: settings and counters kept in memory, so that reading
//! them asks no database. The answers are the truth; the counters are rebuilt
//! from them at every start.

use crate::project::Settings;
use domain::{Progress, Project, ProjectId, Subject, Task};
use std::{
    collections::HashMap,
    sync::{
        Arc, Mutex, PoisonError, RwLock,
        atomic::{AtomicI64, Ordering},
    },
};
use tokio::sync::watch;
use uuid::Uuid;

/// All live projects.
#[derive(Default)]
pub(crate) struct Registry {
    by_id: RwLock<HashMap<Uuid, Arc<Live>>>,
}

/// One live project.
pub(crate) struct Live {
    /// Its name for machines.
    pub(crate) id: ProjectId,
    /// Its name in addresses.
    pub(crate) slug: String,
    /// When it was made, in milliseconds since 1970.
    pub(crate) created_at: i64,
    version: AtomicI64,
    settings: RwLock<Arc<Settings>>,
    warm_ups: RwLock<Arc<Vec<Task>>>,
    counts: Mutex<Counts>,
    feed: watch::Sender<Progress>,
}

/// A project as the store has it.
#[derive(Clone, Debug)]
pub(crate) struct Loaded {
    /// Its name for machines.
    pub(crate) id: ProjectId,
    /// Its name in addresses.
    pub(crate) slug: String,
    /// When it was made, in milliseconds since 1970.
    pub(crate) created_at: i64,
    /// Goes up with every change.
    pub(crate) version: i64,
    /// Its settings.
    pub(crate) settings: Settings,
    /// Its counters.
    pub(crate) counts: Counts,
    /// Its warm-ups.
    pub(crate) warm_ups: Vec<Task>,
}

/// The counters of a project.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Counts {
    /// All tasks.
    pub(crate) tasks: u64,
    /// Stored answers.
    pub(crate) given: u64,
    /// Tasks agreed on.
    pub(crate) agreed: u64,
    /// Tasks that a second reading confirms.
    pub(crate) checked: u64,
    /// Tasks still open, by page.
    pub(crate) open: HashMap<Uuid, u64>,
    /// Tasks that belong to no page.
    pub(crate) loose: u64,
}

/// What one commit changed in a project's counters.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Change {
    /// More or fewer stored answers.
    pub(crate) given: i64,
    /// More or fewer tasks agreed on.
    pub(crate) agreed: i64,
    /// More or fewer checked.
    pub(crate) checked: i64,
    /// Tasks that opened (+1) or closed (-1), by page.
    pub(crate) open: Vec<(Uuid, i64)>,
}

impl Registry {
    /// The project of that slug.
    pub(crate) fn by_slug(&self, slug: &str) -> Option<Arc<Live>> {
        read(&self.by_id).values().find(|live| live.slug == slug).cloned()
    }

    /// The project of that id.
    pub(crate) fn by_id(&self, id: Uuid) -> Option<Arc<Live>> {
        read(&self.by_id).get(&id).cloned()
    }

    /// All of them, oldest first.
    pub(crate) fn all(&self) -> Vec<Arc<Live>> {
        let mut all: Vec<_> = read(&self.by_id).values().cloned().collect();
        all.sort_by_key(|live| (live.created_at, live.id));
        all
    }

    /// Takes in a project as the store has it; those who hold it already see the change.
    pub(crate) fn take_in(&self, loaded: Loaded) {
        let mut all = self.by_id.write().unwrap_or_else(PoisonError::into_inner);
        let live = all.entry(loaded.id.0).or_insert_with(|| {
            Arc::new(Live {
                id: loaded.id,
                slug: loaded.slug,
                created_at: loaded.created_at,
                version: AtomicI64::new(0),
                settings: RwLock::new(Arc::new(loaded.settings.clone())),
                warm_ups: RwLock::default(),
                counts: Mutex::default(),
                feed: watch::Sender::new(Progress::default()),
            })
        });
        live.set_settings(loaded.settings);
        live.set_warm_ups(loaded.warm_ups);
        live.set_counts(loaded.counts);
        if live.version.swap(loaded.version, Ordering::Relaxed) == 0 {
            live.feed.send_replace(live.progress());
        }
    }

    /// Tells listeners of every project whose counters moved since the last time.
    pub(crate) fn publish(&self) {
        for live in self.all() {
            let now = live.progress();
            live.feed.send_if_modified(|last| {
                let moved = *last != now;
                *last = now;
                moved
            });
        }
    }
}

impl Live {
    /// Which version of it was loaded.
    pub(crate) fn version(&self) -> i64 {
        self.version.load(Ordering::Relaxed)
    }

    /// Its settings.
    pub(crate) fn settings(&self) -> Arc<Settings> {
        Arc::clone(&read(&self.settings))
    }

    /// Its warm-ups, the same for everybody.
    pub(crate) fn warm_ups(&self) -> Arc<Vec<Task>> {
        Arc::clone(&read(&self.warm_ups))
    }

    /// Whether all that volunteers see of it are parts of pages.
    pub(crate) fn only_regions(&self) -> bool {
        let loose = self.counts.lock().unwrap_or_else(PoisonError::into_inner).loose;
        let region = |task: &Task| matches!(task.subject, Subject::ImageRegion(_));
        loose == 0 && self.warm_ups().iter().all(region)
    }

    /// Changed settings.
    pub(crate) fn set_settings(&self, settings: Settings) {
        *self.settings.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(settings);
    }

    /// Changed warm-ups.
    pub(crate) fn set_warm_ups(&self, tasks: Vec<Task>) {
        *self.warm_ups.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(tasks);
    }

    /// Counters counted anew.
    pub(crate) fn set_counts(&self, counts: Counts) {
        *self.counts.lock().unwrap_or_else(PoisonError::into_inner) = counts;
    }

    /// Counters moved by one commit.
    pub(crate) fn apply(&self, change: &Change) {
        let mut counts = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        counts.given = counts.given.saturating_add_signed(change.given);
        counts.agreed = counts.agreed.saturating_add_signed(change.agreed);
        counts.checked = counts.checked.saturating_add_signed(change.checked);
        for (page, by) in &change.open {
            let open = counts.open.entry(*page).or_default();
            *open = open.saturating_add_signed(*by);
        }
    }

    /// How far it is.
    pub(crate) fn progress(&self) -> Progress {
        let least = u64::from(self.settings().rule.least());
        let counts = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        Progress {
            tasks: counts.tasks,
            given: counts.given,
            agreed: counts.agreed,
            checked: counts.checked,
            wanted: counts.tasks * least,
            pages: counts.open.len() as u64,
            readable: counts.open.values().filter(|open| **open == 0).count() as u64,
        }
    }

    /// Its progress as it comes, at most once a second.
    pub(crate) fn listen(&self) -> watch::Receiver<Progress> {
        self.feed.subscribe()
    }

    /// As volunteers see it.
    pub(crate) fn public(&self) -> Project {
        let s = self.settings();
        Project {
            id: self.id,
            slug: self.slug.clone(),
            title: s.title.clone(),
            purpose: s.purpose.clone(),
            voice: s.voice.clone(),
            owner: s.owner.clone(),
            language: s.language.clone(),
            accent: s.accent.clone(),
            picture: s.picture.clone(),
            tone: s.tone,
            state: s.state,
            kind: s.kind.clone(),
            rules: s.rules.clone(),
            called: s.called.clone(),
            question: s.question.clone(),
            help: s.help.clone(),
            layers: s.layers.clone(),
            progress: self.progress(),
        }
    }
}

fn read<T>(lock: &RwLock<T>) -> std::sync::RwLockReadGuard<'_, T> {
    lock.read().unwrap_or_else(PoisonError::into_inner)
}
