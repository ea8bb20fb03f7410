//! A text on a card. Where its words can be marked they are tapped, a finger is drawn over them,
//! or they are walked through with the arrow keys.

use crate::sight_words::pieces;
use domain::Passage;
use leptos::html::Div;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, KeyboardEvent, PointerEvent};

/// A finger that moved so far has a direction, in CSS pixels.
const AWAY: i32 = 4;

/// How words are marked. What a mark means is the kind's own business.
#[derive(Clone, Copy)]
pub struct Marking {
    /// Which mark the text has at a place (UTF-16 units from its beginning): its number among
    /// the project's, from 0.
    pub marked: Callback<u32, Option<usize>>,
    /// Marks from one place to another, or takes the mark there away.
    pub mark: Callback<(u32, u32)>,
}

/// The text, with its source.
pub(crate) fn passage(passage: &Passage, language: &str, marking: Option<Marking>) -> AnyView {
    let lang = passage.language.clone().unwrap_or_else(|| language.to_owned());
    let source = passage.source.clone();
    let text = match marking {
        Some(marking) => words(passage, marking),
        None => view! { <p class="passage-text">{passage.text.clone()}</p> }.into_any(),
    };
    view! {
        <article class="passage">
            <p class="passage-source" hidden=source.is_none()>{source.clone()}</p>
            <div lang=lang dir="auto">{text}</div>
        </article>
    }
    .into_any()
}

/// A text whose words are being marked. Copies are the same text.
#[derive(Clone, Copy)]
struct Words {
    root: NodeRef<Div>,
    marking: Marking,
    /// Where each word begins and ends.
    places: StoredValue<Vec<(u32, u32)>>,
    /// The word that keys act on, once they did.
    at: RwSignal<Option<usize>>,
    /// The words that are being drawn over: the first and the last touched.
    held: RwSignal<Option<(usize, usize)>>,
    /// Where a finger came down, and whether it went along the lines from there, once it moved.
    way: StoredValue<((i32, i32), Option<bool>)>,
}

fn words(passage: &Passage, marking: Marking) -> AnyView {
    let pieces = pieces(passage);
    let places = pieces.iter().filter(|piece| piece.word).map(|p| (p.from, p.to())).collect();
    let words = Words {
        root: NodeRef::new(),
        marking,
        places: StoredValue::new(places),
        at: RwSignal::new(None),
        held: RwSignal::new(None),
        way: StoredValue::default(),
    };
    let mut number = 0;
    let laid = pieces.into_iter().map(|piece| {
        if !piece.word {
            return view! { <span class=move || words.gap(piece.from)>{piece.text}</span> }
                .into_any();
        }
        number += 1;
        words.word(number - 1, piece.from, piece.text)
    });
    let laid = laid.collect_view();
    let active = move || words.at.get().map(|at| "word-".to_owned() + &at.to_string());
    view! {
        <div
            class="passage-text words"
            node_ref=words.root
            tabindex="0"
            role="listbox"
            aria-multiselectable="true"
            aria-label="Words of the text. Arrow keys move, with Shift they take more words, Enter marks."
            aria-activedescendant=active
            // Else a quick stroke is a fling to the browser, and the next tap only stops that.
            on:touchmove=move |event| {
                if words.way.get_value().1 == Some(true) {
                    event.prevent_default();
                }
            }
            on:pointerdown=move |event| words.down(&event)
            on:pointermove=move |event| words.moved(&event)
            on:pointerup=move |_| words.up()
            on:pointercancel=move |_| words.held.set(None)
            on:focus=move |_| words.at.update(|at| *at = at.or(Some(0)))
            on:keydown=move |event| words.key(&event)
        >
            {laid}
        </div>
    }
    .into_any()
}

impl Words {
    fn word(self, number: usize, from: u32, text: String) -> AnyView {
        let marked = move || self.marking.marked.run(from);
        let class = move || {
            let mut class = match marked() {
                Some(mark) => format!("word marked mark-{}", mark % 4),
                None => "word".to_owned(),
            };
            if self.is_held(number) {
                class += " held";
            }
            if self.at.get() == Some(number) {
                class += " at";
            }
            class
        };
        view! {
            <span
                class=class
                id=format!("word-{number}")
                data-word=number
                role="option"
                aria-selected=move || if marked().is_some() { "true" } else { "false" }
            >
                {text}
            </span>
        }
        .into_any()
    }

    /// Between two words of one mark the mark goes on.
    fn gap(self, from: u32) -> String {
        match self.marking.marked.run(from) {
            Some(mark) => format!("marked mark-{}", mark % 4),
            None => String::new(),
        }
    }

    fn is_held(self, number: usize) -> bool {
        self.held.get().is_some_and(|(a, b)| (a.min(b)..=a.max(b)).contains(&number))
    }

    /// The word under a finger.
    fn under(self, event: &PointerEvent) -> Option<usize> {
        let element = ui::element_under(event)?;
        let inside = self.root.get_untracked().is_some_and(|root| root.contains(Some(&element)));
        inside.then(|| element.get_attribute("data-word")?.parse().ok()).flatten()
    }

    fn down(self, event: &PointerEvent) {
        if event.is_primary() {
            self.way.set_value(((event.client_x(), event.client_y()), None));
            self.held.set(self.under(event).map(|word| (word, word)));
        }
    }

    fn moved(self, event: &PointerEvent) {
        let ((x, y), along) = self.way.get_value();
        let (dx, dy) = ((event.client_x() - x).abs(), (event.client_y() - y).abs());
        if along.is_none() && event.is_primary() && dx.max(dy) >= AWAY {
            self.way.set_value(((x, y), Some(dx > dy)));
        }
        if let (Some((first, last)), Some(word)) = (self.held.get_untracked(), self.under(event))
            && word != last
        {
            self.held.set(Some((first, word)));
        }
    }

    fn up(self) {
        let held = self.held.get_untracked();
        self.held.set(None);
        if let Some((a, b)) = held {
            self.at.set(Some(b));
            self.mark(a, b);
        }
    }

    fn mark(self, a: usize, b: usize) {
        let places = self
            .places
            .with_value(|places| Some((places.get(a.min(b))?.0, places.get(a.max(b))?.1)));
        if let Some(places) = places {
            self.marking.mark.run(places);
        }
    }

    /// Whether the text runs from right to left, as the browser lays it.
    fn runs_left(self) -> bool {
        let root = self.root.get_untracked();
        root.is_some_and(|root| root.matches(":dir(rtl)").unwrap_or(false))
    }

    fn key(self, event: &KeyboardEvent) {
        let count = self.places.with_value(Vec::len);
        let now = self.at.get_untracked();
        let go = |by: i32| match now {
            None => 0,
            Some(at) if by < 0 => at.saturating_sub(1),
            Some(at) => (at + 1).min(count.saturating_sub(1)),
        };
        let onward = if self.runs_left() { "ArrowLeft" } else { "ArrowRight" };
        let key = event.key();
        let to = match key.as_str() {
            _ if count == 0 => return,
            "ArrowDown" => go(1),
            "ArrowUp" => go(-1),
            "ArrowRight" | "ArrowLeft" => go(if key == onward { 1 } else { -1 }),
            "Home" => 0,
            "End" => count - 1,
            "Enter" | " " => {
                let (a, b) =
                    self.held.get_untracked().or(now.map(|at| (at, at))).unwrap_or_default();
                self.held.set(None);
                self.at.set(Some(b));
                self.mark(a, b);
                event.prevent_default();
                return;
            }
            _ => return,
        };
        event.prevent_default();
        let from = self.held.get_untracked().map(|held| held.0).or(now).unwrap_or(to);
        self.held.set(event.shift_key().then_some((from, to)));
        self.at.set(Some(to));
        let word = self.root.get_untracked();
        let word = word.and_then(|r| r.query_selector(&format!("[data-word='{to}']")).ok()?);
        if let Some(Ok(word)) = word.map(JsCast::dyn_into::<HtmlElement>) {
            crate::questions_view::bring_into_sight(&word);
        }
    }
}
