//! Answers on the device, until the server has them. The only place that
//! writes the browser's storage.
//!
//! An answer is written twice: at once to the small storage, which is a call
//! that returns when it is written, so that the screen can move on in the same
//! frame; then to the database, with strict durability, after which the first
//! copy goes. It is removed when the server's receipt names it, and never
//! before. Two tabs never send at once: whoever sends holds a lock.

mod idb;
mod kept;
mod local;
mod lock;
mod sender;

pub(crate) use kept::{Draft, Prefs, draft, forget_draft, keep_draft, keep_tasks, prefs, tasks};
pub(crate) use kept::{practised, set_practised, set_prefs};

use domain::{AnswerId, AnswerIn, AnswerOutcome};
use idb::Tray;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;
use wasm_bindgen_futures::spawn_local;

/// The first copies lie under this in the small storage.
const JOURNAL: &str = "answer.";

/// What others want to know of the outbox.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Counts {
    /// Answers without a receipt, in this browser.
    pub(crate) waiting: usize,
    /// Answers that the server refused, with its reason; they are kept.
    pub(crate) refused: Vec<Refused>,
    /// Neither storage took the newest answer: it is only in memory.
    pub(crate) unsafe_here: bool,
    /// The last sending failed.
    pub(crate) stuck: bool,
}

/// An answer that the server refused.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub(crate) struct Refused {
    pub(crate) answer: AnswerIn,
    pub(crate) reason: String,
}

/// The outbox of this tab. Clones are the same outbox.
#[derive(Clone)]
pub(crate) struct Outbox(Rc<Inner>);

struct Inner {
    state: RefCell<State>,
    changed: Box<dyn Fn(&Counts)>,
    judged: Box<dyn Fn(&AnswerOutcome)>,
}

#[derive(Default)]
struct State {
    counts: Counts,
    /// What waits, as this tab knows it.
    waiting: BTreeMap<AnswerId, AnswerIn>,
    /// Answers whose place in the database is not sure yet.
    unwritten: BTreeMap<AnswerId, AnswerIn>,
    sender: sender::State,
}

impl Outbox {
    /// Opens the outbox, takes up what an earlier visit left, and starts to send.
    /// `changed` hears of every change, `judged` of every receipt.
    pub(crate) fn open(
        changed: impl Fn(&Counts) + 'static,
        judged: impl Fn(&AnswerOutcome) + 'static,
    ) -> Self {
        let outbox = Self(Rc::new(Inner {
            state: RefCell::default(),
            changed: Box::new(changed),
            judged: Box::new(judged),
        }));
        let opened = outbox.clone();
        spawn_local(async move {
            opened.recover().await;
            opened.flush();
        });
        sender::wake_with_the_world(&outbox);
        outbox
    }

    /// Keeps an answer. When this returns it is on the device, unless
    /// [`Counts::unsafe_here`] says otherwise within a second.
    pub(crate) fn put(&self, answer: AnswerIn) {
        let text = text(&answer);
        let journalled = local::put(&format!("{JOURNAL}{}", answer.id), &text);
        let id = answer.id;
        self.change(|state| {
            state.waiting.insert(id, answer.clone());
            state.unwritten.insert(id, answer);
        });
        let outbox = self.clone();
        spawn_local(async move {
            let written = idb::put(Tray::Waiting, &id.to_string(), &text).await.is_ok();
            if written {
                local::remove(&format!("{JOURNAL}{id}"));
            }
            outbox.change(|state| {
                if written {
                    state.unwritten.remove(&id);
                }
                state.counts.unsafe_here = !written && !journalled;
            });
            outbox.flush();
        });
    }

    /// Takes an answer back: off the device, and off the server in case it is there.
    pub(crate) fn withdraw(&self, id: AnswerId) {
        let key = id.to_string();
        local::remove(&format!("{JOURNAL}{key}"));
        self.change(|state| {
            state.waiting.remove(&id);
            state.unwritten.remove(&id);
        });
        let outbox = self.clone();
        spawn_local(async move {
            // Noted first: whatever is under way just now is taken back after it.
            let _ = idb::put(Tray::Withdrawn, &key, "").await;
            let _ = idb::remove(Tray::Waiting, &key).await;
            outbox.flush();
        });
    }

    /// The refused answers as text, to be copied.
    pub(crate) fn refused_as_text(&self) -> String {
        let refused = self.0.state.borrow().counts.refused.clone();
        serde_json::to_string_pretty(&refused).unwrap_or_default()
    }

    /// Lets go of the refused answers, after the volunteer has copied or seen them.
    pub(crate) fn forget_refused(&self) {
        let outbox = self.clone();
        spawn_local(async move {
            for (key, _) in idb::all(Tray::Refused).await.unwrap_or_default() {
                let _ = idb::remove(Tray::Refused, &key).await;
            }
            outbox.change(|state| state.counts.refused.clear());
        });
    }

    /// Takes up what an earlier visit, another tab or a crash left.
    async fn recover(&self) {
        for (id, text) in local::all(JOURNAL) {
            if idb::put(Tray::Waiting, &id, &text).await.is_ok() {
                local::remove(&format!("{JOURNAL}{id}"));
            }
        }
        let refused = idb::all(Tray::Refused).await.unwrap_or_default();
        let refused = refused.iter().filter_map(|(_, t)| serde_json::from_str(t).ok()).collect();
        self.change(|state| state.counts.refused = refused);
        self.look_again().await;
    }

    /// Counts what waits, whoever put it there.
    async fn look_again(&self) {
        let mut found: BTreeMap<AnswerId, AnswerIn> = BTreeMap::new();
        let written = idb::all(Tray::Waiting).await.unwrap_or_default();
        for (key, text) in written.into_iter().chain(local::all(JOURNAL)) {
            match serde_json::from_str::<AnswerIn>(&text) {
                Ok(answer) => drop(found.insert(answer.id, answer)),
                // Not one of ours any more: set aside, so that it blocks nothing.
                Err(_) => {
                    let _ = idb::put(Tray::Refused, &key, &text).await;
                    let _ = idb::remove(Tray::Waiting, &key).await;
                }
            }
        }
        self.change(|state| {
            found.extend(state.unwritten.clone());
            state.waiting = found;
        });
    }

    /// Changes the state, and tells of it where the counts changed.
    fn change(&self, change: impl FnOnce(&mut State)) {
        let told = {
            let mut state = self.0.state.borrow_mut();
            let before = state.counts.clone();
            change(&mut state);
            state.counts.waiting = state.waiting.len();
            (state.counts != before).then(|| state.counts.clone())
        };
        if let Some(counts) = told {
            (self.0.changed)(&counts);
        }
    }
}

fn text(answer: &AnswerIn) -> String {
    serde_json::to_string(answer).unwrap_or_default()
}
