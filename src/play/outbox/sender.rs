//! Sends what waits: at the start, when the network or the tab comes back, and
//! on a timer that gets more patient with each failure.

use super::idb::{self, Tray};
use super::{Entries, JOURNAL, Outbox, Refused, local, lock};
use crate::api::{self, Error, Receipt};
use crate::device;
use gloo::timers::callback::Timeout;
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
                    if let Error::Refused(_) = error {
                        self.single_out().await;
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
        for (id, _) in idb::all(Tray::Withdrawn).await.unwrap_or_default() {
            match api::withdraw(&id).await {
                // Gone, never there, or no longer to be taken back: nothing more to do.
                Ok(()) | Err(Error::Unknown | Error::Refused(_)) => {
                    let _ = idb::remove(Tray::Withdrawn, &id).await;
                }
                Err(error) => return Err(error),
            }
        }
        self.look_again().await;
        let (batch, more) = {
            let state = self.0.state.borrow();
            let batch: Entries = state.waiting.iter().take(AT_ONCE).cloned().collect();
            (batch, state.waiting.len() > AT_ONCE)
        };
        if batch.is_empty() {
            return Ok(false);
        }
        let receipts = api::answer(&texts(&batch)).await?;
        let mut known = 0;
        for receipt in receipts {
            if let Some((_, answer)) = batch.iter().find(|(id, _)| *id == receipt.id) {
                known += 1;
                self.receive(answer, &receipt).await;
            }
        }
        // A reply that names none of what was sent is no receipt: try later.
        if known == 0 { Err(Error::Strange) } else { Ok(more) }
    }

    /// A receipt: only now is the answer let go of.
    async fn receive(&self, answer: &str, receipt: &Receipt) {
        match &receipt.refused {
            Some(reason) => self.set_aside(&receipt.id, answer, reason).await,
            None => self.let_go(&receipt.id).await,
        }
        (self.0.judged)(receipt);
    }

    async fn let_go(&self, id: &str) {
        let _ = idb::remove(Tray::Waiting, id).await;
        local::remove(&format!("{JOURNAL}{id}"));
        self.change(|state| state.forget(id));
    }

    /// A refused answer goes to a place where it can be seen and copied.
    async fn set_aside(&self, id: &str, answer: &str, reason: &str) {
        let reason = reason.replace('\n', " ");
        if idb::put(Tray::Refused, id, &format!("{reason}\n{answer}")).await.is_ok() {
            self.let_go(id).await;
            let refused = Refused { id: id.to_owned(), answer: answer.to_owned(), reason };
            self.change(|state| {
                state.counts.refused.retain(|known| known.id != refused.id);
                state.counts.refused.push(refused);
            });
        }
    }

    /// The server refuses a whole call: one by one, so that one bad answer blocks no other.
    async fn single_out(&self) {
        let waiting: Entries = self.0.state.borrow().waiting.clone();
        for entry in waiting.into_iter().take(AT_ONCE) {
            let (id, answer) = &entry;
            match api::answer(&texts(std::slice::from_ref(&entry))).await {
                Ok(receipts) => {
                    for receipt in receipts.iter().filter(|receipt| receipt.id == *id) {
                        self.receive(answer, receipt).await;
                    }
                }
                Err(Error::Refused(reason)) => self.set_aside(id, answer, &reason).await,
                Err(_) => return,
            }
        }
    }
}

fn texts(entries: &[(String, String)]) -> Vec<String> {
    entries.iter().map(|(_, text)| text.clone()).collect()
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
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn pauses_grow_to_a_minute_and_differ_between_devices() {
        assert_eq!(pause(1, 0.5), 2_000);
        assert_eq!(pause(3, 0.5), 8_000);
        assert_eq!(pause(40, 0.5), 60_000);
        assert!(pause(2, 0.0) < pause(2, 1.0));
    }
}
