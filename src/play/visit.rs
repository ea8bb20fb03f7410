//! A visit in the browser: one `Session` in a signal, one `dispatch` that
//! applies an event to it and runs the effects.

use crate::api::{self, Error, List, Live};
use crate::device;
use crate::outbox::{self, Draft, Outbox, Prefs};
use crate::session::{Effect as Todo, Event, Halt, Session};
use crate::watch::Watch;
use domain::{Event as Told, Judgement, Opening, Progress, Project, Task, TaskId, Tone};
use gloo::timers::callback::Timeout;
use kinds::{Gift, Shown};
use leptos::prelude::*;
use serde_json::Value;
use std::collections::VecDeque;
use std::sync::Arc;
use wasm_bindgen::{JsCast, closure::Closure};
use wasm_bindgen_futures::spawn_local;

/// So many sounds are fetched ahead.
const SOUNDS: usize = 4;
/// A draft is on the device so many milliseconds after a change.
const DRAFT: u32 = 400;
/// So many events are kept for layers to catch up with.
const EVENTS: usize = 64;

/// A visit to one project. Copies are the same visit.
#[derive(Clone, Copy)]
pub(crate) struct Visit {
    pub(crate) slug: StoredValue<String>,
    pub(crate) session: RwSignal<Session>,
    pub(crate) events: RwSignal<VecDeque<(u64, Told)>>,
    progress: StoredValue<Progress>,
    outbox: StoredValue<Option<Outbox>, LocalStorage>,
    live: StoredValue<Option<Live>, LocalStorage>,
    draft: StoredValue<Option<(Draft, Timeout)>, LocalStorage>,
    watch: StoredValue<Watch>,
}

impl Visit {
    /// Begins a visit with what came with the page.
    pub(crate) fn begin(slug: String, opening: Opening, prefs: Prefs) -> Self {
        let visit = Self {
            slug: StoredValue::new(slug),
            session: RwSignal::new(Session::new(prefs)),
            events: RwSignal::default(),
            progress: StoredValue::default(),
            outbox: StoredValue::new_local(None),
            live: StoredValue::new_local(None),
            draft: StoredValue::new_local(None),
            watch: StoredValue::default(),
        };
        let outbox = Outbox::open(
            move |counts| visit.dispatch(Event::Counted(counts.clone())),
            move |receipt| {
                let verdict = match receipt.verdict.as_str() {
                    "held" => Judgement::Held,
                    "slipped" => Judgement::Slipped,
                    _ => Judgement::Pending,
                };
                if let Ok(id) = receipt.id.parse() {
                    visit.dispatch(Event::Judged { id, verdict });
                }
            },
        );
        visit.outbox.set_value(Some(outbox));
        visit.watch_sight();
        match opening.project {
            Some(project) => visit.open(project, opening.warm_ups),
            None => visit.look_up(),
        }
        visit
    }

    /// Applies an event and runs what has to happen outside. The answer is on
    /// the device before anything on the screen hears of it.
    pub(crate) fn dispatch(self, event: Event) {
        let before = self.current();
        let todo = self.session.try_update_untracked(|session| session.apply(event));
        for effect in todo.into_iter().flatten() {
            self.run(effect);
        }
        if before != self.current() {
            self.watch.update_value(|watch| watch.turn(device::seconds()));
        }
        self.session.notify();
    }

    /// What the volunteer gives for the task on the screen.
    pub(crate) fn give(self, gift: Gift) {
        self.remember();
        if let Some(task) = self.current() {
            outbox::forget_draft(&self.slug.get_value(), task);
        }
        let take = |watch: &mut Watch| watch.take(device::seconds(), gift.more);
        let seconds = self.watch.try_update_value(take).unwrap_or_default();
        let id = device::answer_id();
        self.dispatch(Event::Gave { gift, id, seconds, layer: self.layer(), at: device::now() });
    }

    /// Takes the last answer back. What was begun since then waits with its task, and both are
    /// on the device: the server has neither now.
    pub(crate) fn take_back(self) {
        self.keep_draft();
        self.remember();
        self.dispatch(Event::TookBack { at: device::now() });
        let shown = self.session.with_untracked(Session::shown);
        if let Some(Shown { task, draft: Some(value), .. }) = shown {
            outbox::keep_draft(&self.slug.get_value(), &Draft { task: task.id, value });
        }
    }

    /// What was put in goes with its task.
    fn remember(self) {
        if let Some(Some((draft, _))) = self.draft.try_update_value(Option::take) {
            let recall = |session: &mut Session| session.recall(draft.task, draft.value);
            self.session.try_update_untracked(recall);
        }
    }

    /// The task on the screen.
    fn current(self) -> Option<TaskId> {
        self.session.with_untracked(|s| s.queue.front().map(|item| item.task.id))
    }

    /// What is in the field now: kept soon after.
    pub(crate) fn draft(self, value: Value) {
        let Some(task) = self.current() else { return };
        let later = Timeout::new(DRAFT, move || self.keep_draft());
        self.draft.set_value(Some((Draft { task, value }, later)));
    }

    /// The layer that is shown now.
    fn layer(self) -> Option<String> {
        self.session.with_untracked(|s| s.layer().map(str::to_owned))
    }

    /// Whether the project allows a game at all.
    pub(crate) fn solemn(self) -> bool {
        self.session.with_untracked(|s| s.project.as_ref().is_some_and(|p| p.tone == Tone::Solemn))
    }

    /// Asks for tasks again, and sends what waits.
    pub(crate) fn retry(self) {
        self.with_outbox(Outbox::flush);
        if self.session.with_untracked(|s| s.project.is_none()) {
            self.look_up();
        } else {
            self.dispatch(Event::Retry);
        }
    }

    /// Does something with the outbox.
    pub(crate) fn with_outbox(self, f: impl FnOnce(&Outbox)) {
        self.outbox.with_value(|outbox| outbox.as_ref().map(f));
    }

    /// Changes how the volunteer likes it, and keeps it.
    pub(crate) fn prefer(self, change: fn(&mut Prefs)) {
        let mut prefs = self.session.with_untracked(|s| s.prefs.clone());
        change(&mut prefs);
        self.dispatch(Event::Preferred(prefs));
    }

    /// The word on the screen, as its kind's screen takes it.
    pub(crate) fn shown(self) -> Memo<Option<Shown>> {
        Memo::new(move |_| self.session.with(Session::shown))
    }

    /// The tasks after it.
    pub(crate) fn ahead(self) -> Signal<Vec<Arc<Task>>> {
        let tasks = |s: &Session| s.queue.iter().skip(1).map(|item| item.task.clone()).collect();
        Signal::derive(move || self.session.with(tasks))
    }

    /// Listens to everybody's numbers while a layer shows them and the page is in sight.
    pub(crate) fn listen(self) {
        let now = self.layer().is_some() && device::in_sight();
        if now {
            self.tell(Told::Progressed {
                progress: self.progress.get_value(),
                waiting: self.unsent(),
            });
            let heard = move |progress| {
                self.progress.set_value(progress);
                self.tell(Told::Progressed { progress, waiting: self.unsent() });
            };
            device::once_open(move || {
                if self.layer().is_some() && device::in_sight() {
                    self.live.set_value(Live::listen(&self.slug.get_value(), heard));
                }
            });
        } else {
            self.live.set_value(None);
        }
    }

    fn unsent(self) -> u64 {
        self.session.with_untracked(|s| s.counts.waiting as u64)
    }

    fn tell(self, event: Told) {
        self.events.update(|events| {
            let number = events.back().map_or(1, |(number, _)| number + 1);
            events.push_back((number, event));
            if events.len() > EVENTS {
                events.pop_front();
            }
        });
    }

    fn open(self, project: Project, warm_ups: Vec<Task>) {
        let slug = self.slug.get_value();
        self.progress.set_value(project.progress);
        crate::page::dress(&project);
        let mut kept = outbox::tasks(&slug);
        if let Some(list) = api::tasks_here() {
            kept.extend(self.take_in(&list).unwrap_or_default());
        }
        self.dispatch(Event::Opened {
            project: Box::new(project),
            warm_ups,
            answered: outbox::practised(&slug),
            kept,
        });
        for Draft { task, value } in outbox::drafts(&slug) {
            if self.session.try_update(|session| session.recall(task, value)) != Some(true) {
                outbox::forget_draft(&slug, task);
            }
        }
    }

    fn look_up(self) {
        spawn_local(async move {
            match api::project(&self.slug.get_value()).await {
                Ok(project) => self.open(project, vec![]),
                Err(error) => self.dispatch(Event::NotLeased(halt(error))),
            }
        });
    }

    fn run(self, effect: Todo) {
        let slug = self.slug.get_value();
        match effect {
            Todo::Keep(answer) => {
                self.with_outbox(|outbox| outbox.put(&answer));
                self.ask_to_persist();
            }
            Todo::Withdraw(id) => self.with_outbox(|outbox| outbox.withdraw(id)),
            Todo::Practised(count) => outbox::set_practised(&slug, count),
            Todo::Tell(event) => self.tell(event),
            Todo::Prefer => self.session.with_untracked(|session| {
                outbox::set_prefs(&session.prefs);
                crate::page::prefer(&session.prefs);
            }),
            Todo::Lease(count) => {
                if self.session.with_untracked(|s| s.queue.is_empty()) {
                    self.lease(count);
                } else {
                    device::later(move || self.lease(count));
                }
            }
            Todo::Stock => {
                self.session.with_untracked(|s| outbox::keep_left(&slug, s.to_keep()));
                device::later(move || self.fetch_ahead());
            }
        }
    }

    /// Fetches the pictures of the tasks to come.
    fn fetch_ahead(self) {
        self.session.with_untracked(|session| {
            for item in &session.queue {
                for url in kinds::pictures_of(&item.task) {
                    ui::fetch_ahead(&url);
                }
            }
            if kinds::HAS_SOUNDS {
                let next = session.queue.iter().filter_map(|item| kinds::sound_of(&item.task));
                next.take(SOUNDS).for_each(api::fetch_whole);
            }
        });
    }

    fn lease(self, count: u32) {
        let slug = self.slug.get_value();
        spawn_local(async move {
            let list = match api::tasks_ahead().await {
                Some(list) => Ok(list),
                None => api::lease(&slug, count).await,
            };
            self.dispatch(match list.and_then(|list| self.take_in(&list)) {
                Ok(tasks) => Event::Leased(tasks),
                Err(error) => Event::NotLeased(halt(error)),
            });
        });
    }

    /// Reads a list of tasks, and keeps it on the device as the server sent it.
    fn take_in(self, list: &List) -> Result<Vec<Task>, Error> {
        let tasks = list.tasks()?;
        if self.session.with_untracked(|s| s.queue.is_empty()) {
            // It comes while its screen is built.
            let first = tasks.iter().take(1).flat_map(kinds::pictures_of);
            first.for_each(|url| ui::fetch_ahead(&url));
        }
        outbox::keep_tasks(&self.slug.get_value(), &list.text);
        Ok(tasks)
    }

    /// Asks the browser, once and quietly, not to clear what is kept.
    fn ask_to_persist(self) {
        if !self.session.with_untracked(|s| s.prefs.asked) {
            self.prefer(|prefs| prefs.asked = true);
            let storage = web_sys::window().map(|window| window.navigator().storage());
            if let Some(Ok(asked)) = storage.map(|storage| storage.persist()) {
                spawn_local(async move {
                    let _ = wasm_bindgen_futures::JsFuture::from(asked).await;
                });
            }
        }
    }

    fn keep_draft(self) {
        self.draft.with_value(|draft| {
            if let Some((draft, _)) = draft {
                outbox::keep_draft(&self.slug.get_value(), draft);
            }
        });
    }

    /// Out of sight no time passes, nothing is listened to, and drafts are safe.
    fn watch_sight(self) {
        let changed = Closure::<dyn Fn()>::new(move || {
            let sight = device::in_sight();
            let now = device::seconds();
            self.watch.update_value(|watch| watch.pause(now, sight));
            if !sight {
                self.keep_draft();
            }
            self.listen();
        });
        if let Some(document) = web_sys::window().and_then(|w| w.document()) {
            let call = changed.as_ref().unchecked_ref();
            let _ = document.add_event_listener_with_callback("visibilitychange", call);
        }
        let online = Closure::<dyn Fn()>::new(move || {
            if self.session.with_untracked(|s| s.halt == Some(Halt::Offline)) {
                self.retry();
            }
        });
        if let Some(window) = web_sys::window() {
            let call = online.as_ref().unchecked_ref();
            let _ = window.add_event_listener_with_callback("online", call);
        }
        // For as long as the page lives.
        changed.forget();
        online.forget();
    }
}

fn halt(error: Error) -> Halt {
    match error {
        Error::Offline => Halt::Offline,
        Error::Unknown => Halt::Unknown,
        Error::Refused(reason) => Halt::Trouble(reason),
        Error::Busy => Halt::Trouble(
            "Many people are here at once. Your answers are safe; try again in a moment.".into(),
        ),
        Error::Stranger | Error::Strange => Halt::Trouble(
            "The server said something this page does not understand. Try again, or open the page anew."
                .into(),
        ),
    }
}
