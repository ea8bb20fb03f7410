//! The device's clock and chance, which the rules get as arguments.

use domain::AnswerId;
use gloo::timers::callback::Timeout;

/// Milliseconds in which a slow phone has painted a frame.
const SOON: u32 = 50;
/// Milliseconds in which a slow phone has painted a task's picture after its frame.
const LATER: u32 = 300;
/// Milliseconds in which a slow phone has opened the page as far as a task with its picture.
const STANDING: u32 = 800;

/// Milliseconds since 1970.
pub(crate) fn now() -> f64 {
    js_sys::Date::now()
}

/// Seconds since the page was opened, by a clock that is never set back.
pub(crate) fn seconds() -> f64 {
    web_sys::window().and_then(|w| w.performance()).map_or(0.0, |p| p.now()) / 1000.0
}

/// A number from 0 to 1.
pub(crate) fn chance() -> f64 {
    js_sys::Math::random()
}

/// A new answer's name: UUID v7 from the clock and the system's randomness.
pub(crate) fn answer_id() -> AnswerId {
    let mut random = [0u8; 10];
    let drawn = web_sys::window()
        .and_then(|w| w.crypto().ok())
        .is_some_and(|crypto| crypto.get_random_values_with_u8_array(&mut random).is_ok());
    if !drawn {
        // Every browser that runs this has it; were it missing, ids must differ all the same.
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 255")]
        random.fill_with(|| (chance() * 256.0) as u8);
    }
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "48 bits for ages")]
    AnswerId::v7(now() as u64, random)
}

/// Does what nobody waits for once the next frame is painted.
pub(crate) fn soon(work: impl FnOnce() + 'static) {
    Timeout::new(SOON, work).forget();
}

/// Does what nobody waits for once a task that has just come is there with its picture.
pub(crate) fn later(work: impl FnOnce() + 'static) {
    Timeout::new(LATER, work).forget();
}

/// Does what nobody waits for once the page that is being opened stands.
pub(crate) fn once_open(work: impl FnOnce() + 'static) {
    Timeout::new(STANDING, work).forget();
}

/// Whether the page is in sight.
pub(crate) fn in_sight() -> bool {
    web_sys::window().and_then(|w| w.document()).is_none_or(|d| !d.hidden())
}
