//! Questions as they are asked on a screen: keys cut for thumbs, one group for each question.
//! A tree opens level by level, a scale is a line of stops, and a question that is not asked is
//! not there. Number keys choose, arrows move from key to key.

use crate::questions::{Choice, Pick, Question};
use crate::questions_pick::{lacking, settled, tapped};
use leptos::html::Div;
use leptos::prelude::*;
use ui::{Icon, Key, icon, keep_focus, keep_focus_of_mouse};
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
    questions: StoredValue<Vec<Question>>,
    chosen: RwSignal<Vec<String>>,
    /// The question that number keys answer.
    at: RwSignal<usize>,
    /// For each question the way down its tree: the index of a choice on each level.
    ways: StoredValue<Vec<RwSignal<Vec<usize>>>>,
    /// Called with what a tap chose, unless it only opened a level.
    tapped: StoredValue<Option<Callback<()>>>,
    /// A tap sends: the second of two quick ones was meant for what is gone by now.
    sends: StoredValue<bool>,
    root: NodeRef<Div>,
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
        self.ways.with_value(|ways| {
            for way in ways {
                if way.with_untracked(|way| !way.is_empty()) {
                    way.set(vec![]);
                }
            }
        });
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
        self.root.get_untracked()?.query_selector(selector).ok()??.dyn_into().ok()
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

    /// One question with its choices.
    fn group(self, at: usize, question: Question, instead: Signal<String>) -> AnyView {
        let many = question.pick == Pick::Several;
        let scale = question.pick == Pick::Scale;
        let pictures = question.choices.iter().any(|choice| choice.picture.is_some());
        let text = question.text.clone();
        let name = if text.is_empty() { instead } else { Signal::stored(text.clone()) };
        let note = limits(&question);
        let stops = stops(question.choices.len());
        let when = question.when.clone();
        let hidden = move || {
            !when.is_empty()
                && self.chosen.with(|chosen| !when.iter().any(|id| chosen.contains(id)))
        };
        let way = self.ways.with_value(|ways| ways.get(at).copied());
        let question = StoredValue::new(question);
        let way = move || way.map(|way| way.get()).unwrap_or_default();
        let level = move || question.with_value(|question| self.level(at, question, &way()));
        let crumb = move || question.with_value(|question| self.crumb(at, question, &way()));
        view! {
            <section
                class="question-group"
                data-at=at
                hidden=hidden
                class:current=move || self.at.get() == at
                on:focusin=move |_| self.at.set(at)
            >
                <p class="question-text" hidden=text.is_empty()>{text.clone()}</p>
                <p class="question-note" hidden=note.is_empty()>{note.clone()}</p>
                {crumb}
                <div
                    class="picks"
                    class:scale=scale
                    style:--stops=stops.to_string()
                    class:pictures=pictures
                    role=if many { "group" } else { "radiogroup" }
                    aria-label=name
                >
                    {level}
                </div>
                {scale.then(|| self.ends(question))}
            </section>
        }
        .into_any()
    }

    /// The way back to the level above, where there is one.
    fn crumb(self, at: usize, question: &Question, way: &[usize]) -> Option<AnyView> {
        let mut above = question.choices.get(*way.first()?)?;
        for step in &way[1..] {
            above = above.choices.get(*step)?;
        }
        let up = move || {
            self.move_in(at, |way| {
                way.pop();
            });
        };
        let crumb = view! {
            <div class="crumb">
                {Key::sign("round quiet", Icon::Left, "Back").press(up)}
                <span>{above.label.clone()}</span>
            </div>
        };
        Some(crumb.into_any())
    }

    /// The choices of one level, the one above them first: to say no more than that.
    fn level(self, at: usize, question: &Question, way: &[usize]) -> AnyView {
        let mut choices = &question.choices;
        let mut above: Option<&Choice> = None;
        for step in way {
            let Some(next) = choices.get(*step) else { break };
            (choices, above) = (&next.choices, Some(next));
        }
        let first = usize::from(above.is_some());
        let own = above.map(|above| self.key(at, question, above, 1, None));
        let below = choices.iter().enumerate().map(|(index, choice)| {
            let opens = (!choice.choices.is_empty()).then_some(index);
            self.key(at, question, choice, first + index + 1, opens)
        });
        let below = below.collect_view();
        view! {
            {own}
            {below}
        }
        .into_any()
    }

    /// A choice as a key. `opens` is its index on its level where there is more below it.
    fn key(
        self,
        at: usize,
        question: &Question,
        choice: &Choice,
        number: usize,
        opens: Option<usize>,
    ) -> AnyView {
        let many = question.pick == Pick::Several;
        let mine: Vec<String> = match opens {
            Some(_) => Question { choices: vec![choice.clone()], ..Question::default() }
                .ids()
                .into_iter()
                .map(str::to_owned)
                .collect(),
            None => vec![choice.id.clone()],
        };
        let chosen = self.chosen;
        let on = Signal::derive(move || chosen.with(|c| c.iter().any(|id| mine.contains(id))));
        let whole = question.ids().into_iter().map(str::to_owned).collect::<Vec<_>>();
        // One stop for the Tab key in a group of which one can be chosen.
        let stop = move || {
            let none = || chosen.with(|c| !c.iter().any(|id| whole.contains(id)));
            if many || on.get() || (number == 1 && none()) { "0" } else { "-1" }
        };
        // What was chosen further down stands on the key that leads there.
        let tree = opens.map(|_| choice.clone());
        let deeper = move || {
            let found = |id: &String| tree.as_ref()?.find(id).map(|choice| choice.label.clone());
            chosen.with(|c| c.iter().find_map(found)).filter(|_| opens.is_some())
        };
        let hint_id = choice.hint.as_ref().map(|_| "hint-".to_owned() + &choice.id);
        let hint = choice.hint.clone();
        let picture = choice.picture.as_ref().and_then(|p| p.best_for(320)).cloned();
        let id = choice.id.clone();
        let press = move || match opens {
            Some(index) => self.move_in(at, |way| way.push(index)),
            None => self.tap(at, &id),
        };
        let bare = question.pick == Pick::Scale && choice.label.chars().count() > 3;
        let (label, name) = (choice.label.clone(), choice.label.clone());
        let described = hint_id.clone();
        view! {
            <button
                type="button"
                class="choice"
                class:bare=bare
                role=if many { "checkbox" } else { "radio" }
                aria-checked=move || if on.get() { "true" } else { "false" }
                aria-label=name
                aria-describedby=described
                tabindex=stop
                data-number=number
                on:pointerdown=keep_focus
                on:mousedown=keep_focus_of_mouse
                on:click=move |event| {
                    if event.detail() < 2 || !self.sends.get_value() {
                        press();
                    }
                }
            >
                {picture.map(|p| view! { <img src=p.url alt="" width=p.width height=p.height /> })}
                <span class="choice-mark" aria-hidden="true">{icon(Icon::Done)}</span>
                <span class="choice-label">{label}</span>
                <small class="choice-deeper">{deeper}</small>
                {hint.map(|hint| view! { <small class="choice-hint" id=hint_id>{hint}</small> })}
                {opens.map(|_| view! { <span class="choice-more">{icon(Icon::Right)}</span> })}
                <span class="choice-number" aria-hidden="true">{number}</span>
            </button>
        }
        .into_any()
    }

    /// What the ends of a scale mean, and the stop that is chosen.
    fn ends(self, question: StoredValue<Question>) -> AnyView {
        let label = move |choice: Option<&Choice>| choice.map(|c| c.label.clone());
        let (first, last) =
            question.with_value(|q| (label(q.choices.first()), label(q.choices.last())));
        let now = move || {
            question.with_value(|q| {
                self.chosen.with(|c| c.iter().find_map(|id| q.find(id).map(|c| c.label.clone())))
            })
        };
        let plain = question.with_value(|q| q.choices.iter().all(|c| c.label.chars().count() <= 3));
        view! {
            <p class="scale-ends" aria-hidden="true" hidden=plain>
                <span>{first}</span>
                <strong>{now}</strong>
                <span>{last}</span>
            </p>
        }
        .into_any()
    }

    /// Opens another level of a tree, and keeps the focus in the group if it was there.
    fn move_in(self, at: usize, change: impl FnOnce(&mut Vec<usize>)) {
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

    fn tap(self, at: usize, id: &str) {
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

/// A digit from 1 to 9.
pub(crate) fn digit(key: &str) -> Option<u32> {
    let mut chars = key.chars();
    let digit = chars.next()?.to_digit(10)?;
    (digit > 0 && chars.next().is_none()).then_some(digit)
}

/// Moves the focus to the key before or after, in a ring.
fn step(event: &KeyboardEvent, by: i32) -> bool {
    let target = event.target().and_then(|t| t.dyn_into::<HtmlElement>().ok());
    let Some(target) = target.filter(|t| t.has_attribute("data-number")) else { return false };
    let Some(keys) = target.parent_element().map(|group| group.children()) else { return false };
    let keys: Vec<HtmlElement> = (0..keys.length())
        .filter_map(|at| keys.item(at)?.dyn_into().ok())
        .filter(|key: &HtmlElement| key.has_attribute("data-number"))
        .collect();
    let Some(at) = keys.iter().position(|key| *key == target) else { return false };
    let count = keys.len();
    let to = if by > 0 { (at + 1) % count } else { (at + count - 1) % count };
    let _ = keys[to].focus();
    true
}

/// How many stops of a scale lie beside each other, so that a thumb meets each: with more than
/// six there are two lines of them.
fn stops(count: usize) -> usize {
    if count > 6 { count.div_ceil(2).min(6) } else { count.max(1) }
}

/// How many choices a question takes, in a few words.
fn limits(question: &Question) -> String {
    let (least, most) = (question.least, question.most);
    let several = match (least, most) {
        _ if question.pick != Pick::Several => String::new(),
        (0 | 1, 0) => "All that fit".to_owned(),
        (0 | 1, most) => format!("Up to {most}"),
        (least, 0) => format!("At least {least}"),
        (least, most) if least == most => format!("Exactly {least}"),
        (least, most) => format!("{least} to {most}"),
    };
    match (several.is_empty(), question.optional) {
        (false, true) => several + ", or none",
        (true, true) => "If you know".to_owned(),
        _ => several,
    }
}
