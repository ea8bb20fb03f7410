//! What a layer is, and the list that makes one place of many.

use domain::{Cue, Data, Event};

/// A game layer's rules: plain state, moved by events alone.
pub trait Layer: Data + Default {
    /// The wire name. Never changes.
    const ID: &'static str;

    /// The only way the state changes. What the stage should show once goes into `cues`.
    fn step(&mut self, event: &Event, cues: &mut Vec<Cue>);
}

/// Makes the list of layers, and tests that walk it. `mod` lines stand
/// outside, since `cargo fmt` does not see modules in here.
macro_rules! layers {
    ($($module:ident :: $layer:ident),+ $(,)?) => {
        /// The wire names of all layers.
        pub const IDS: &[&str] = &[$(<$module::$layer as Layer>::ID),+];

        /// The stage of a layer, or `None` for a name that this program does not know.
        #[cfg(feature = "view")]
        pub fn stage(layer: &str, show: Show) -> Option<leptos::prelude::AnyView> {
            match layer {
                $(<$module::$layer as Layer>::ID => Some(view::mount::<$module::$layer>(show)),)+
                _ => None,
            }
        }

        #[cfg(test)]
        mod every_layer {
            $(#[test]
            fn $module() {
                crate::tests::walk::<crate::$module::$layer>();
            })+
        }
    };
}
pub(crate) use layers;
