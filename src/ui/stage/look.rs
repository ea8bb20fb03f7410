//! How bright the picture is shown. Only what is seen changes, never what is stored.

use super::Stage;
use crate::{Icon, Key, fixed};
use leptos::prelude::*;
use wasm_bindgen::JsCast;

/// Light, contrast and sense of a picture on the screen.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Look {
    /// 1 is as it is.
    pub brightness: f64,
    /// 1 is as it is.
    pub contrast: f64,
    /// Light as dark and dark as light.
    pub invert: bool,
}

impl Default for Look {
    fn default() -> Self {
        Self { brightness: 1.0, contrast: 1.0, invert: false }
    }
}

impl Look {
    /// As a CSS filter.
    pub(super) fn filter(self) -> String {
        if self == Self::default() {
            return "none".to_owned();
        }
        let mut css = String::from(if self.invert { "invert(1) " } else { "" });
        css += "brightness(";
        css += &fixed(self.brightness, 2);
        css += ") contrast(";
        css += &fixed(self.contrast, 2);
        css + ")"
    }
}

/// The knobs for it.
pub fn look_panel(stage: Stage) -> AnyView {
    let look = stage.look;
    let knob = |name: &'static str, get: fn(&Look) -> f64, set: fn(&mut Look, f64)| {
        view! {
            <label class="look-knob">
                <span>{name}</span>
                <input
                    type="range"
                    min="0.4"
                    max="2.5"
                    step="0.05"
                    prop:value=move || fixed(look.with(get), 2)
                    on:input=move |event| {
                        let field = event.target().and_then(|t| {
                            t.dyn_into::<web_sys::HtmlInputElement>().ok()
                        });
                        if let Some(value) = field.map(|field| field.value_as_number()) {
                            look.update(|look| set(look, value));
                        }
                    }
                />
            </label>
        }
        .into_any()
    };
    let inverted = Signal::derive(move || look.with(|look| look.invert));
    view! {
        <div class="look" role="group" aria-label="How the picture is shown">
            {knob("Brightness", |look| look.brightness, |look, to| look.brightness = to)}
            {knob("Contrast", |look| look.contrast, |look, to| look.contrast = to)}
            <div class="look-keys">
                {Key { pressed: Some(inverted), ..Key::text("key", "Invert") }
                    .press(move || look.update(|look| look.invert = !look.invert))}
                {Key { icon: Some(Icon::TURN), ..Key::text("key", "Turn") }.press(move || stage.turn())}
                {Key { icon: Some(Icon::BACK), ..Key::text("key", "Reset") }
                    .press(move || stage.reset())}
            </div>
        </div>
    }
    .into_any()
}
