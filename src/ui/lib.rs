//! Widgets that know no word of the product: keys, sheet, strip, page, animals.
//!
//! What a widget says comes in as an argument; what it does goes out through a callback.

mod animals;
mod focus;
mod icons;
mod keyboard;
mod lamp;
mod live;
mod page;
mod pair;
mod pictures;
mod player;
mod press;
mod sheet;
pub mod stage;
mod strip;
mod text;
mod viewport;

// Tests of this crate run where it runs.
#[cfg(all(test, target_arch = "wasm32"))]
wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);

pub use animals::{Doing, mole};
pub use focus::hold_focus;
pub use icons::{Icon, icon};
pub use keyboard::{is_for_page, is_on_button, on_key};
pub use lamp::lamp;
pub use live::{follow, live, once_wanted, watch};
pub use page::{Plate, page};
pub use pair::{Compare, Half, Pair, pair, pane};
pub use pictures::fetch_ahead;
pub use player::{Reel, player, snippet};
pub use press::{Key, element_under, is_again, is_soon, keep_focus, keep_focus_of_mouse, once};
pub use sheet::sheet;
pub use strip::{Slip, strip};
pub use text::{fixed, insert, is_mark, lower_case, nfc};
pub use viewport::{Viewport, follow_viewport, window_width};
