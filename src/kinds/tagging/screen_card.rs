//! A card with two to four answers. A tap is always enough; of two answers a swipe means one too.

use super::desk::{Desk, chosen, value_of};
use super::swipe::{Side, Swipe};
use crate::questions::Choice;
use crate::sight::{Look, closer, sight};
use domain::Given;
use leptos::html::Div;
use leptos::prelude::*;
use serde_json::Value;
use ui::{Icon, fixed, icon, keep_focus, keep_focus_of_mouse};
use wasm_bindgen::JsCast;
use web_sys::{Element, PointerEvent};

/// What has a use of its own for a finger drawn across it.
const OWN: &str = "button, a, input, .stage-view, .pair-line";

/// The screen of layout `card`.
pub(super) fn card(desk: Desk) -> AnyView {
    let choices: Vec<Choice> = desk.rules.with_value(|rules| {
        rules.questions.first().map(|question| question.choices.clone()).unwrap_or_default()
    });
    let sides = match &choices[..] {
        [left, right] => Some([left.label.clone(), right.label.clone()]),
        _ => None,
    };
    let ids: Vec<String> = choices.iter().map(|choice| choice.id.clone()).collect();
    let table = Table {
        desk,
        leaf: NodeRef::new(),
        swipe: RwSignal::new(Swipe::Still),
        swipes: sides.is_some(),
        before: RwSignal::new(vec![]),
        ids: StoredValue::new(ids),
    };
    desk.with_each_task(move |value| {
        table.before.set(chosen(&value));
        table.swipe.set(Swipe::Still);
    });
    desk.keyboard(move |number| table.choose(number as usize - 1), move || table.repeat());

    let two = sides.is_some();
    let keys = choices.into_iter().enumerate().map(|(at, choice)| table.key(at, choice, two));
    let keys = keys.collect_view();
    let moved = move || {
        let by = table.swipe.get().by();
        if by == 0.0 {
            return "none".to_owned();
        }
        let (across, turn) = (fixed(by, 1), fixed(by / 40.0, 2));
        format!("translateX({across}px) rotate({turn}deg)")
    };
    let missed = desk.missed;
    view! {
        <div class="tagging card">
            {desk.caption()}
            <div
                class="card-table"
                // Else a quick swipe is a fling to the browser, and the next tap only stops that.
                on:touchmove=move |event| {
                    if table.swipe.get_untracked().by() != 0.0 {
                        event.prevent_default();
                    }
                }
                on:pointerdown=move |event| table.down(&event)
                on:pointermove=move |event| table.moved(&event)
                on:pointerup=move |event| table.up(&event)
                on:pointercancel=move |event: PointerEvent| {
                    table.swipe.update(|swipe| *swipe = swipe.gone(event.pointer_id()));
                }
            >
                <div
                    class="card-leaf"
                    class:held=move || table.swipe.get().by() != 0.0
                    node_ref=table.leaf
                    style:transform=moved
                >
                    {sight(desk.shown, &desk.language(), Look { quiet: true, ..Look::default() })}
                    {sides.map(|sides| table.labels(sides))}
                </div>
                <div class="card-closer">{closer(desk.shown)}</div>
            </div>
            <div class="panel">
                {desk.told()}
                <div class="panel-body" hidden=move || missed.get()>
                    <div class="card-keys" class:two=two role="group" aria-label=desk.question()>
                        {keys}
                    </div>
                    <div class="panel-keys">{desk.undo.key()} {desk.outcomes()}</div>
                </div>
            </div>
        </div>
    }
    .into_any()
}

/// Where the card lies. Copies are the same.
#[derive(Clone, Copy)]
struct Table {
    desk: Desk,
    leaf: NodeRef<Div>,
    swipe: RwSignal<Swipe>,
    /// Whether a swipe means something here.
    swipes: bool,
    /// What had been chosen for this task, where an answer was taken back.
    before: RwSignal<Vec<String>>,
    ids: StoredValue<Vec<String>>,
}

impl Table {
    /// One answer as a big key.
    fn key(self, at: usize, choice: Choice, two: bool) -> AnyView {
        let Choice { id, label, hint, .. } = choice;
        let side = if at == 0 { Side::Left } else { Side::Right };
        let meant = move || two && self.meant() == Some(side);
        let was = move || self.before.with(|before| before.contains(&id));
        let hint_id = hint.is_some().then(|| format!("card-hint-{at}"));
        let described = hint_id.clone();
        let arrow = two.then(|| icon(if at == 0 { Icon::LEFT } else { Icon::SEND }));
        view! {
            <button
                type="button"
                class="key card-key"
                class:meant=meant
                class:was=was
                aria-label=label.clone()
                aria-describedby=described
                on:pointerdown=keep_focus
                on:mousedown=keep_focus_of_mouse
                on:click=move |event| {
                    // The second of two quick taps was meant for the card that is gone.
                    if event.detail() < 2 {
                        self.choose(at);
                    }
                }
            >
                {arrow}
                <span>
                    {label.clone()}
                    {hint.map(|hint| view! { <small id=hint_id>{hint}</small> })}
                </span>
                <span class="choice-number" aria-hidden="true">{at + 1}</span>
            </button>
        }
        .into_any()
    }

    /// What each side means, on the card itself while it is carried there.
    fn labels(self, [left, right]: [String; 2]) -> AnyView {
        let toward = move |side: Side| {
            let by = self.swipe.get().by();
            (if side == Side::Left { by < 0.0 } else { by > 0.0 }, self.meant() == Some(side))
        };
        view! {
            <p class="card-side left" aria-hidden="true" class:seen=move || toward(Side::Left).0 class:meant=move || toward(Side::Left).1>
                {left}
            </p>
            <p class="card-side right" aria-hidden="true" class:seen=move || toward(Side::Right).0 class:meant=move || toward(Side::Right).1>
                {right}
            </p>
        }
        .into_any()
    }

    /// Gives a choice; says whether there is one of that number.
    fn choose(self, at: usize) -> bool {
        let Some(id) = self.ids.with_value(|ids| ids.get(at).cloned()) else { return false };
        if self.desk.missed.get_untracked() {
            return false;
        }
        self.desk.give(Given::Value(Value::Object(value_of(&[id]))));
        true
    }

    /// Enter gives again what was taken back.
    fn repeat(self) {
        let before = self.before.get_untracked();
        let at = self.ids.with_value(|ids| ids.iter().position(|id| before.contains(id)));
        if let Some(at) = at {
            self.choose(at);
        }
    }

    fn width(self) -> f64 {
        self.leaf.get_untracked().map_or(0.0, |leaf| f64::from(leaf.offset_width()))
    }

    fn meant(self) -> Option<Side> {
        self.swipe.get().meant(self.width())
    }

    fn down(self, event: &PointerEvent) {
        let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        let own = target.is_some_and(|t| t.closest(OWN).is_ok_and(|e| e.is_some()));
        if !self.swipes || own || event.button() > 0 || self.desk.missed.get_untracked() {
            return;
        }
        let window = ui::window_width();
        self.swipe.update(|swipe| *swipe = swipe.down(event.pointer_id(), at(event), window));
    }

    fn moved(self, event: &PointerEvent) {
        let old = self.swipe.get_untracked();
        let new = old.moved(event.pointer_id(), at(event));
        if new == old {
            return;
        }
        // From now on the card has the finger, wherever it goes.
        if old.by() == 0.0
            && let Some(leaf) = self.leaf.get_untracked()
        {
            let _ = leaf.set_pointer_capture(event.pointer_id());
        }
        self.swipe.set(new);
    }

    fn up(self, event: &PointerEvent) {
        let old = self.swipe.get_untracked();
        let (new, meant) = old.up(event.pointer_id(), at(event).0, self.width());
        if new != old {
            self.swipe.set(new);
        }
        match meant {
            Some(Side::Left) => self.choose(0),
            Some(Side::Right) => self.choose(1),
            None => false,
        };
    }
}

fn at(event: &PointerEvent) -> (f64, f64) {
    (f64::from(event.client_x()), f64::from(event.client_y()))
}
