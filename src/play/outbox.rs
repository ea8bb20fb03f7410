//! Answers on the device, until the server has them. The only place that
//! writes the browser's storage.
//!
//! An answer is written twice: at once to the small storage, which is a call
//! that returns when it is written, so that the screen can move on in the same
//! frame; then to the database, with strict durability, after which the first
//! copy goes. It is removed when the server's receipt names it, and never
//! before. Two tabs never send at once: whoever sends holds a lock.
//!
//! What is kept is the very text that is sent.

mod idb;
mod kept;
mod local;
mod lock;
mod sender;
#[cfg(test)]
#[cfg(target_arch = "wasm32")]
mod tests;

pub(crate) use kept::{Draft, Prefs, drafts, forget_draft, keep_draft, practised, prefs, tasks};
pub(crate) use kept::{keep_left, keep_tasks, set_practised, set_prefs};

use crate::api::Receipt;
use crate::device::{once_open, soon};
use crate::json::{field, quoted, text};
use domain::{AnswerId, AnswerIn};
use idb::Tray;
use std::cell::RefCell;
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
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Refused {
    pub(crate) id: String,
    /// The answer as it was sent: JSON.
    pub(crate) answer: String,
    /// The server's sentence.
    pub(crate) reason: String,
}

/// The outbox of this tab. Clones are the same outbox.
#[derive(Clone)]
pub(crate) struct Outbox(Rc<Inner>);

struct Inner {
    state: RefCell<State>,
    changed: Box<dyn Fn(&Counts)>,
    judged: Box<dyn Fn(&Receipt)>,
}

/// Names and texts, by name: names made by the clock come in the order they were made.
type Entries = Vec<(String, String)>;

#[derive(Default)]
struct State {
    counts: Counts,
    /// What waits, as this tab knows it.
    waiting: Entries,
    /// Answers whose place in the database is not sure yet.
    unwritten: Entries,
    sender: sender::State,
}

impl Outbox {
    /// Opens the outbox, takes up what an earlier visit left, and starts to send.
    /// `changed` hears of every change, `judged` of every receipt.
    pub(crate) fn open(
        changed: impl Fn(&Counts) + 'static,
        judged: impl Fn(&Receipt) + 'static,
    ) -> Self {
        let outbox = Self(Rc::new(Inner {
            state: RefCell::default(),
            changed: Box::new(changed),
            judged: Box::new(judged),
        }));
        let opened = outbox.clone();
        once_open(move || {
            sender::wake_with_the_world(&opened);
            spawn_local(async move {
                opened.recover().await;
                opened.flush();
            });
        });
        outbox
    }

    /// Keeps an answer. When this returns it is on the device, unless
    /// [`Counts::unsafe_here`] says otherwise within a second.
    pub(crate) fn put(&self, answer: &AnswerIn) {
        let (id, text) = (answer.id.to_string(), written(answer));
        let journalled = local::put(&format!("{JOURNAL}{id}"), &text);
        self.change(|state| {
            put(&mut state.waiting, &id, &text);
            put(&mut state.unwritten, &id, &text);
        });
        let outbox = self.clone();
        spawn_local(async move {
            let written = idb::put(Tray::Waiting, &id, &text).await.is_ok();
            if written {
                local::remove(&format!("{JOURNAL}{id}"));
            }
            outbox.change(|state| {
                if written {
                    remove(&mut state.unwritten, &id);
                }
                state.counts.unsafe_here = !written && !journalled;
            });
            soon(move || outbox.flush());
        });
    }

    /// Takes an answer back: off the device, and off the server in case it is there.
    pub(crate) fn withdraw(&self, id: AnswerId) {
        let id = id.to_string();
        local::remove(&format!("{JOURNAL}{id}"));
        self.change(|state| state.forget(&id));
        let outbox = self.clone();
        spawn_local(async move {
            // Noted first: whatever is under way just now is taken back after it.
            let _ = idb::put(Tray::Withdrawn, &id, "").await;
            let _ = idb::remove(Tray::Waiting, &id).await;
            outbox.flush();
        });
    }

    /// The refused answers as text, to be copied.
    pub(crate) fn refused_as_text(&self) -> String {
        let state = self.0.state.borrow();
        let lines = state.counts.refused.iter().map(|r| format!("{}\t{}", r.answer, r.reason));
        lines.collect::<Vec<_>>().join("\n")
    }

    /// Lets go of the refused answers, after the volunteer has copied or seen them.
    pub(crate) fn forget_refused(&self) {
        let outbox = self.clone();
        spawn_local(async move {
            for (id, _) in idb::all(Tray::Refused).await.unwrap_or_default() {
                let _ = idb::remove(Tray::Refused, &id).await;
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
        let read = |(id, text): (String, String)| {
            let (reason, answer) = text.split_once('\n').unwrap_or(("", &text));
            Refused { id, answer: answer.to_owned(), reason: reason.to_owned() }
        };
        self.change(|state| state.counts.refused = refused.into_iter().map(read).collect());
        self.look_again().await;
    }

    /// Counts what waits, whoever put it there.
    async fn look_again(&self) {
        let mut found = idb::all(Tray::Waiting).await.unwrap_or_default();
        for (id, text) in local::all(JOURNAL) {
            put(&mut found, &id, &text);
        }
        self.change(|state| {
            for (id, text) in &state.unwritten {
                put(&mut found, id, text);
            }
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

impl State {
    /// An answer that waits no longer.
    fn forget(&mut self, id: &str) {
        remove(&mut self.waiting, id);
        remove(&mut self.unwritten, id);
    }
}

/// The answer as it is sent.
fn written(answer: &AnswerIn) -> String {
    let mut fields = vec![
        field("id", &quoted(&answer.id.to_string())),
        field("task", &quoted(&answer.task.to_string())),
        field("seconds", &ui::fixed(answer.seconds, 3)),
        field("corrections", &answer.corrections.to_string()),
    ];
    if let Some(value) = &answer.value {
        fields.push(field("value", &text(value)));
    }
    if let Some(outcome) = answer.outcome {
        fields.push(field("outcome", &quoted(outcome.name())));
    }
    if let Some(layer) = &answer.layer {
        fields.push(field("layer", &quoted(layer)));
    }
    format!("{{{}}}", fields.join(","))
}

fn put(entries: &mut Entries, id: &str, text: &str) {
    match entries.binary_search_by(|(known, _)| known.as_str().cmp(id)) {
        Ok(at) => text.clone_into(&mut entries[at].1),
        Err(at) => entries.insert(at, (id.to_owned(), text.to_owned())),
    }
}

fn remove(entries: &mut Entries, id: &str) {
    entries.retain(|(known, _)| known != id);
}
