//! Questions as they are asked on a screen: keys cut for thumbs, one group for each question.
//! A tree opens level by level, a scale is a line of stops, and a question that is not asked is
//! not there. Number keys choose, arrows move from key to key.

use crate::questions::{Pick, Question};
use crate::questions_pick::{lacking, settled, tapped};
use leptos::html::Div;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{
    HtmlElement, KeyboardEvent, ScrollBehavior, ScrollIntoViewOptions, ScrollLogicalPosition,
};

/// The questions; what is chosen is kept in `chosen`, in their order.
pub fn ask(questions: &[Question], chosen: RwSignal<Vec<String>>) -> AnyView {
    Asking::new(questions, chosen).view(Signal::stored(String::new()))
}

/// Questions that are being asked. Copies are the same.
#[derive(Clone, Copy)]
pub struct Asking {
    pub(crate) questions: StoredValue<Vec<Question>>,
    pub(crate) chosen: RwSignal<Vec<String>>,
    /// The question that number keys answer.
    pub(crate) at: RwSignal<usize>,
    /// For each question the way down its tree: the index of a choice on each level.
    pub(crate) ways: StoredValue<Vec<RwSignal<Vec<usize>>>>,
    /// Called with what a tap chose, unless it only opened a level.
    pub(crate) tapped: StoredValue<Option<Callback<()>>>,
    /// A tap sends: the second of two quick ones was meant for what is gone by now.
    pub(crate) sends: StoredValue<bool>,
    pub(crate) root: NodeRef<Div>,
}

impl Asking {
    /// The questions; what is chosen is kept in `chosen`, in their order.
    pub fn new(questions: &[Question], chosen: RwSignal<Vec<String>>) -> Self {
        let ways = questions.iter().map(|_| RwSignal::new(vec![])).collect();
        Self {
            questions: StoredValue::new(questions.to_vec()),
            chosen,
            at: RwSignal::new(0),
            ways: StoredValue::new(ways),
            tapped: StoredValue::new(None),
            sends: StoredValue::new(false),
            root: NodeRef::new(),
        }
    }

    /// The same, and `then` is called after each tap that chose or took away.
    #[must_use]
    pub fn then(self, then: Callback<()>) -> Self {
        self.tapped.set_value(Some(then));
        self
    }

    /// The same, for a screen that sends with the tap that chooses.
    #[must_use]
    pub fn sending(self, sends: bool) -> Self {
        self.sends.set_value(sends);
        self
    }

    /// Begins anew, from what is chosen: another task, another mark.
    pub fn begin(self, chosen: &[String]) {
        let open = |way: &RwSignal<Vec<usize>>| way.with_untracked(|way| !way.is_empty());
        let ways: Vec<bool> = self.ways.with_value(|ways| ways.iter().map(open).collect());
        for at in ways.iter().enumerate().filter(|(_, open)| **open).map(|(at, _)| at) {
            self.move_in(at, Vec::clear);
        }
        let chosen = self.questions.with_value(|questions| settled(questions, chosen));
        if self.chosen.with_untracked(|old| *old != chosen) {
            self.chosen.set(chosen);
        }
        self.at.set(self.lacking().unwrap_or(0));
        if let Some(root) = self.root.get_untracked() {
            root.set_scroll_top(0);
        }
    }

    /// The first question that still lacks an answer.
    pub fn lacking(self) -> Option<usize> {
        self.questions.with_value(|questions| self.chosen.with_untracked(|c| lacking(questions, c)))
    }

    /// Brings a question into sight and makes it the one that number keys answer.
    pub fn turn_to(self, at: usize) {
        self.at.set(at);
        request_animation_frame(move || {
            if let Some(group) = self.find(&format!("[data-at='{at}']")) {
                bring_into_sight(&group);
            }
        });
    }

    /// Presses the key of that number of the question that is being answered; says whether
    /// there is one.
    pub fn number(self, number: u32) -> bool {
        let key = format!("[data-at='{}'] [data-number='{number}']", self.at.get_untracked());
        let Some(key) = self.find(&key) else { return false };
        key.click();
        true
    }

    fn find(self, selector: &str) -> Option<HtmlElement> {
        let root = self.root.try_get_untracked().flatten()?;
        root.query_selector(selector).ok()??.dyn_into().ok()
    }

    /// The questions. `instead` names one that has no text of its own.
    pub fn view(self, instead: Signal<String>) -> AnyView {
        let questions = self.questions.get_value();
        let groups = questions.into_iter().enumerate();
        view! {
            <div
                class="questions"
                node_ref=self.root
                on:keydown=move |event| self.key_pressed(&event)
            >
                {groups.map(|(at, question)| self.group(at, question, instead)).collect_view()}
            </div>
        }
        .into_any()
    }

    fn key_pressed(self, event: &KeyboardEvent) {
        if event.ctrl_key() || event.alt_key() || event.meta_key() {
            return;
        }
        let done = match event.key().as_str() {
            "ArrowRight" | "ArrowDown" => step(event, 1),
            "ArrowLeft" | "ArrowUp" => step(event, -1),
            key => digit(key).is_some_and(|number| self.number(number)),
        };
        if done {
            event.prevent_default();
        }
    }

    /// Opens another level of a tree, and keeps the focus in the group if it was there.
    pub(crate) fn move_in(self, at: usize, change: impl FnOnce(&mut Vec<usize>)) {
        let group = self.find(&format!("[data-at='{at}']"));
        let inside = document().active_element().zip(group.clone());
        let inside = inside.is_some_and(|(active, group)| group.contains(Some(&active)));
        self.at.set(at);
        self.ways.with_value(|ways| ways.get(at).map(|way| way.update(change)));
        if inside && let Some(group) = group {
            request_animation_frame(move || {
                if let Ok(Some(first)) = group.query_selector("[data-number='1']") {
                    let _ = first.unchecked_into::<HtmlElement>().focus();
                }
            });
        }
    }

    pub(crate) fn tap(self, at: usize, id: &str) {
        let next = self
            .questions
            .with_value(|questions| self.chosen.with_untracked(|c| tapped(questions, c, id)));
        self.chosen.set(next);
        let several = self.questions.with_value(|q| q[at].pick == Pick::Several);
        match self.lacking().filter(|_| !several) {
            Some(next) if next != at => self.turn_to(next),
            _ => self.at.set(at),
        }
        if let Some(then) = self.tapped.get_value() {
            then.run(());
        }
    }
}

/// Scrolls as little as it takes.
pub(crate) fn bring_into_sight(element: &HtmlElement) {
    let how = ScrollIntoViewOptions::new();
    how.set_behavior(ScrollBehavior::Auto);
    how.set_block(ScrollLogicalPosition::Nearest);
    element.scroll_into_view_with_scroll_into_view_options(&how);
}

/// The number of a digit's key: as they lie on a keyboard, 0 is the tenth.
pub(crate) fn digit(key: &str) -> Option<u32> {
    let mut chars = key.chars();
    let digit = chars.next()?.to_digit(10)?;
    chars.next().is_none().then_some(if digit == 0 { 10 } else { digit })
}

/// What stands on that key, where there is one.
pub(crate) fn digit_of(number: usize) -> Option<usize> {
    (number <= 10).then_some(number % 10)
}

/// A group of keys of which one is always chosen: arrows move, and choose at once.
pub(crate) fn one_of(
    class: &'static str,
    name: &'static str,
    keys: impl IntoView + 'static,
) -> AnyView {
    let walked = move |event: KeyboardEvent| walk(&event);
    view! {
        <div class=class role="radiogroup" aria-label=name on:keydown=walked>
            {keys}
        </div>
    }
    .into_any()
}

fn walk(event: &KeyboardEvent) {
    let by = match event.key().as_str() {
        "ArrowRight" | "ArrowDown" => 1,
        "ArrowLeft" | "ArrowUp" => -1,
        _ => return,
    };
    if event.ctrl_key() || event.alt_key() || event.meta_key() || !step(event, by) {
        return;
    }
    event.prevent_default();
    if let Some(Ok(key)) = document().active_element().map(JsCast::dyn_into::<HtmlElement>) {
        key.click();
    }
}

/// Moves the focus to the key before or after, in a ring.
fn step(event: &KeyboardEvent, by: i32) -> bool {
    let target = event.target().and_then(|t| t.dyn_into::<HtmlElement>().ok());
    let Some(target) = target.filter(|t| t.has_attribute("data-number")) else { return false };
    let Some(keys) = target.parent_element().map(|group| group.children()) else { return false };
    let keys: Vec<HtmlElement> = (0..keys.length())
        .filter_map(|at| keys.item(at)?.dyn_into().ok())
        .filter(|key: &HtmlElement| key.has_attribute("data-number") && !key.hidden())
        .collect();
    let Some(at) = keys.iter().position(|key| *key == target) else { return false };
    let count = keys.len();
    let to = if by > 0 { (at + 1) % count } else { (at + count - 1) % count };
    let _ = keys[to].focus();
    true
}
