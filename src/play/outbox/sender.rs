//! Sends what waits: at the start, when the network or the tab comes back, and
//! on a timer that gets more patient with each failure.

use super::idb::{self, Tray};
use super::{JOURNAL, Outbox, Refused, local, lock, text};
use crate::api::{self, Error};
use crate::device;
use domain::{AnswerId, AnswerIn, AnswerOutcome, AnswerStatus};
use gloo::timers::callback::Timeout;
use std::collections::BTreeMap;
use wasm_bindgen::{JsCast, closure::Closure};
use wasm_bindgen_futures::spawn_local;

/// The lock's name; whoever holds it sends.
const LOCK: &str = "talkoot-outbox";
/// Answers in one call.
const AT_ONCE: usize = 50;

/// What the sender knows.
#[derive(Default)]
pub(super) struct State {
    /// It is at work.
    busy: bool,
    /// Something came while it was at work.
    again: bool,
    /// Failures in a row.
    failures: u32,
    /// When it tries again.
    timer: Option<Timeout>,
}

impl Outbox {
    /// Sends what waits, unless that is being done already.
    pub(crate) fn flush(&self) {
        {
            let mut state = self.0.state.borrow_mut();
            if state.sender.busy {
                state.sender.again = true;
                return;
            }
            state.sender.busy = true;
            state.sender.timer = None;
        }
        let outbox = self.clone();
        spawn_local(async move {
            let sending = outbox.clone();
            let ran = lock::alone(LOCK, async move { sending.send_all().await }).await;
            if !ran {
                // Another tab sends. What it has sent is gone from the database.
                outbox.look_again().await;
            }
            outbox.rest(ran);
        });
    }

    /// After sending: at once again where something came, later where it failed.
    fn rest(&self, ran: bool) {
        let mut state = self.0.state.borrow_mut();
        state.sender.busy = false;
        let again = std::mem::take(&mut state.sender.again) && ran && !state.counts.stuck;
        let waits = !state.waiting.is_empty();
        let pause = if again {
            0
        } else if waits && ran {
            pause(state.sender.failures, device::chance())
        } else if waits {
            1_500
        } else {
            return;
        };
        let outbox = self.clone();
        state.sender.timer = Some(Timeout::new(pause, move || outbox.flush()));
    }

    async fn send_all(&self) {
        loop {
            let done = match self.send_some().await {
                Ok(left) => {
                    self.change(|state| {
                        state.sender.failures = 0;
                        state.counts.stuck = false;
                    });
                    !left
                }
                Err(error) => {
                    self.change(|state| {
                        state.sender.failures += 1;
                        state.counts.stuck = true;
                    });
                    if let Error::Refused(reason) = error {
                        self.single_out(&reason).await;
                    }
                    true
                }
            };
            if done {
                return;
            }
        }
    }

    /// One call's worth; says whether more waits.
    async fn send_some(&self) -> Result<bool, Error> {
        for (key, _) in idb::all(Tray::Withdrawn).await.unwrap_or_default() {
            let gone = match key.parse() {
                Ok(id) => api::withdraw(id).await,
                Err(_) => Ok(()),
            };
            match gone {
                // Gone, never there, or no longer to be taken back: nothing more to do.
                Ok(()) | Err(Error::Unknown | Error::Refused(_)) => {
                    let _ = idb::remove(Tray::Withdrawn, &key).await;
                }
                Err(error) => return Err(error),
            }
        }
        self.look_again().await;
        let (batch, more) = {
            let state = self.0.state.borrow();
            let batch: Vec<AnswerIn> = state.waiting.values().take(AT_ONCE).cloned().collect();
            (batch, state.waiting.len() > AT_ONCE)
        };
        if batch.is_empty() {
            return Ok(false);
        }
        let sent: BTreeMap<AnswerId, AnswerIn> =
            batch.iter().map(|answer| (answer.id, answer.clone())).collect();
        let outcomes = api::answer(batch).await?;
        let mut receipts = 0;
        for outcome in outcomes {
            if let Some(answer) = sent.get(&outcome.id) {
                receipts += 1;
                self.receive(answer, &outcome).await;
            }
        }
        // A reply that names none of what was sent is no receipt: try later.
        if receipts == 0 { Err(Error::Strange) } else { Ok(more) }
    }

    /// A receipt: only now is the answer let go of.
    async fn receive(&self, answer: &AnswerIn, outcome: &AnswerOutcome) {
        if outcome.status == AnswerStatus::Rejected {
            let reason = outcome.problem.as_ref().map_or("", |problem| &problem.detail);
            self.set_aside(answer, reason).await;
        } else {
            self.let_go(answer.id).await;
        }
        (self.0.judged)(outcome);
    }

    async fn let_go(&self, id: AnswerId) {
        let _ = idb::remove(Tray::Waiting, &id.to_string()).await;
        local::remove(&format!("{JOURNAL}{id}"));
        self.change(|state| {
            state.waiting.remove(&id);
            state.unwritten.remove(&id);
        });
    }

    /// A refused answer goes to a place where it can be seen and copied.
    async fn set_aside(&self, answer: &AnswerIn, reason: &str) {
        let refused = Refused { answer: answer.clone(), reason: reason.to_owned() };
        let entry = serde_json::to_string(&refused).unwrap_or_else(|_| text(answer));
        if idb::put(Tray::Refused, &answer.id.to_string(), &entry).await.is_ok() {
            self.let_go(answer.id).await;
            self.change(|state| {
                state.counts.refused.retain(|known| known.answer.id != refused.answer.id);
                state.counts.refused.push(refused);
            });
        }
    }

    /// The server refuses a whole call: one by one, so that one bad answer blocks no other.
    async fn single_out(&self, reason: &str) {
        let waiting: Vec<AnswerIn> = self.0.state.borrow().waiting.values().cloned().collect();
        if let [only] = &waiting[..] {
            self.set_aside(only, reason).await;
            return;
        }
        for answer in waiting.into_iter().take(AT_ONCE) {
            match api::answer(vec![answer.clone()]).await {
                Ok(outcomes) => {
                    for outcome in outcomes.iter().filter(|outcome| outcome.id == answer.id) {
                        self.receive(&answer, outcome).await;
                    }
                }
                Err(Error::Refused(reason)) => self.set_aside(&answer, &reason).await,
                Err(_) => return,
            }
        }
    }
}

/// Milliseconds until the next try after `failures` in a row: 2 s and twice as
/// much each time, to a minute, more or less by `chance` (0 to 1) so that not
/// all devices come back in the same second.
fn pause(failures: u32, chance: f64) -> u32 {
    let seconds = f64::from(1u32 << failures.clamp(1, 6)).min(60.0);
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "at most 75,000")]
    let millis = (seconds * (750.0 + 500.0 * chance)) as u32;
    millis
}

/// Sends when the network comes back and when the tab comes into sight.
pub(super) fn wake_with_the_world(outbox: &Outbox) {
    let Some(window) = web_sys::window() else { return };
    let wake = {
        let outbox = outbox.clone();
        Closure::<dyn Fn()>::new(move || outbox.flush())
    };
    let call = wake.as_ref().unchecked_ref();
    let _ = window.add_event_listener_with_callback("online", call);
    let _ = window.add_event_listener_with_callback("pageshow", call);
    if let Some(document) = window.document() {
        let _ = document.add_event_listener_with_callback("visibilitychange", call);
    }
    // For as long as the page lives.
    wake.forget();
}

#[cfg(test)]
mod tests {
    use super::pause;

    #[test]
    fn pauses_grow_to_a_minute_and_differ_between_devices() {
        assert_eq!(pause(1, 0.5), 2_000);
        assert_eq!(pause(3, 0.5), 8_000);
        assert_eq!(pause(40, 0.5), 60_000);
        assert!(pause(2, 0.0) < pause(2, 1.0));
    }
}
