//! Light and turn for pictures that lie on no stage: a word in its strip, the tiles of a wall.
//! What is chosen stands on the page's body; the style sheet shows it.

use crate::{Icon, Key};
use leptos::prelude::*;

/// What can be chosen: its sign for the style sheet, its name, and which others it ends.
const WAYS: [(char, &str, u32); 7] = [
    ('b', "Brighter", 0b000_0010),
    ('d', "Darker", 0b000_0001),
    ('c', "Contrast", 0),
    ('i', "Invert", 0),
    ('r', "Turn right", 0b110_0000),
    ('o', "Upside down", 0b101_0000),
    ('l', "Turn left", 0b011_0000),
];

/// A key that opens a row of them, which has to lie in something positioned.
pub fn lamp() -> AnyView {
    let (open, lit) = (RwSignal::new(false), RwSignal::new(0u32));
    let is_lit = move |at: usize| lit.get() >> at & 1 == 1;
    crate::live::watch(move || {
        let signs = WAYS.iter().enumerate().filter(|(at, _)| is_lit(*at)).map(|(_, way)| way.0);
        if let Some(body) = document().body() {
            let _ = body.set_attribute("data-lamp", &signs.collect::<String>());
        }
    });
    let way = |(at, (_, name, ends)): (usize, (char, &'static str, u32))| {
        let pressed = Some(Signal::derive(move || is_lit(at)));
        Key { pressed, ..Key::text("key", name) }
            .press(move || lit.update(|lit| *lit = (*lit ^ 1 << at) & !ends))
    };
    view! {
        {Key { pressed: Some(open.into()), ..Key::sign("round quiet", Icon::LIGHT, "Light and turn") }
            .press(move || open.update(|open| *open = !*open))}
        <div class="lamp" hidden=move || !open.get()>
            {WAYS.into_iter().enumerate().map(way).collect_view()}
            {Key::text("key", "Reset").press(move || lit.set(0))}
        </div>
    }
    .into_any()
}
