//! One question as it stands on a screen, with its choices as keys.

use crate::questions::{Choice, Pick, Question};
use crate::questions_view::{Asking, digit_of};
use leptos::prelude::*;
use ui::{Icon, Key, icon, keep_focus, keep_focus_of_mouse};

impl Asking {
    /// One question with its choices.
    pub(crate) fn group(self, at: usize, question: Question, instead: Signal<String>) -> AnyView {
        let many = question.pick == Pick::Several;
        let scale = question.pick == Pick::Scale;
        let pictures = question.choices.iter().any(|choice| choice.picture.is_some());
        let text = question.text.clone();
        let name = if text.is_empty() { instead } else { Signal::stored(text.clone()) };
        // What stands above the whole is not said twice.
        let own = text.clone();
        let said = move || own.is_empty() || instead.with(|instead| *instead == own);
        let note = limits(&question);
        let stops = stops(question.choices.len());
        let long = question.choices.iter().any(|choice| has_long_word(&choice.label));
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
                <p class="question-text" hidden=said>{text.clone()}</p>
                <p class="question-note" hidden=note.is_empty()>{note.clone()}</p>
                {crumb}
                <div
                    class="picks"
                    class:scale=scale
                    style:--stops=stops.to_string()
                    class:pictures=pictures
                    class:long=long && !scale && !pictures
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
                {Key::sign("round quiet", Icon::LEFT, "Back").press(up)}
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
        let whole = match above {
            Some(above) => ids_below(above),
            None => question.ids().into_iter().map(str::to_owned).collect(),
        };
        let own = above.map(|above| self.key(at, question, above, 1, (None, &whole)));
        let below = choices.iter().enumerate().map(|(index, choice)| {
            let opens = (!choice.choices.is_empty()).then_some(index);
            self.key(at, question, choice, first + index + 1, (opens, &whole))
        });
        let below = below.collect_view();
        view! {
            {own}
            {below}
        }
        .into_any()
    }

    /// A choice as a key. `opens` is its index on its level where there is more below it; `whole`
    /// is all that can be chosen on that level and below.
    fn key(
        self,
        at: usize,
        question: &Question,
        choice: &Choice,
        number: usize,
        (opens, whole): (Option<usize>, &[String]),
    ) -> AnyView {
        let many = question.pick == Pick::Several;
        let mine = if opens.is_some() { ids_below(choice) } else { vec![choice.id.clone()] };
        let chosen = self.chosen;
        let on = Signal::derive(move || chosen.with(|c| c.iter().any(|id| mine.contains(id))));
        let whole = whole.to_vec();
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
        // A key is named by its label, and described by what else is read on it.
        let mark = choice.id.replace(char::is_whitespace, "%20");
        let [hint_id, deeper_id, more_id] =
            ["hint-", "deeper-", "more-"].map(|of| of.to_owned() + &mark);
        let described = [
            opens.map(|_| deeper_id.as_str()),
            choice.hint.as_ref().map(|_| hint_id.as_str()),
            opens.map(|_| more_id.as_str()),
        ];
        let described = described.into_iter().flatten().collect::<Vec<_>>().join(" ");
        let described = (!described.is_empty()).then_some(described);
        let hint = choice.hint.clone();
        let picture = choice.picture.as_ref().and_then(|p| p.best_for(320)).cloned();
        let id = choice.id.clone();
        let press = move || match opens {
            Some(index) => self.move_in(at, |way| way.push(index)),
            None => self.tap(at, &id),
        };
        let bare = question.pick == Pick::Scale && choice.label.chars().count() > 3;
        let (label, name) = (choice.label.clone(), choice.label.clone());
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
                <span class="choice-mark" aria-hidden="true">{icon(Icon::DONE)}</span>
                <span class="choice-label">{label}</span>
                <small class="choice-deeper" id=deeper_id>{deeper}</small>
                {hint.map(|hint| view! { <small class="choice-hint" id=hint_id>{hint}</small> })}
                {opens.map(|_| opener(more_id))}
                <span class="choice-number" aria-hidden="true">{digit_of(number)}</span>
            </button>
        }
        .into_any()
    }

    /// What the ends of a scale mean, and the stop that is chosen.
    fn ends(self, question: StoredValue<Question>) -> AnyView {
        let label = move |choice: Option<&Choice>| choice.map(|c| c.label.clone());
        let (first, last) =
            question.with_value(|q| (label(q.choices.first()), label(q.choices.last())));
        let now = Signal::derive(move || {
            let find =
                |q: &Question| self.chosen.with(|c| c.iter().find_map(|id| q.find(id).cloned()));
            question.with_value(find)
        });
        let hint = move || now.with(|now| now.as_ref()?.hint.clone());
        let plain = question.with_value(|q| q.choices.iter().all(|c| c.label.chars().count() <= 3));
        view! {
            <p class="scale-ends" aria-hidden="true" hidden=plain>
                <span>{first}</span>
                <strong>{move || now.with(|now| label(now.as_ref()))}</strong>
                <span>{last}</span>
            </p>
            <p class="question-note" aria-hidden="true" hidden=move || hint().is_none()>
                {hint}
            </p>
        }
        .into_any()
    }
}

/// The sign on a key that opens a level of a tree, in words for those who do not see it.
fn opener(id: String) -> AnyView {
    view! {
        <span class="choice-more">
            {icon(Icon::RIGHT)} <span class="unseen" id=id>"Opens more choices"</span>
        </span>
    }
    .into_any()
}

/// A choice's id and those of all below it.
fn ids_below(choice: &Choice) -> Vec<String> {
    let mut ids = vec![];
    choice.walk(&mut |choice| ids.push(choice.id.clone()));
    ids
}

/// How many stops of a scale lie beside each other, so that a thumb meets each: with more than
/// six there are two lines of them.
fn stops(count: usize) -> usize {
    if count > 6 { count.div_ceil(2).min(6) } else { count.max(1) }
}

/// Whether a label has a word that half a phone's width would break.
fn has_long_word(label: &str) -> bool {
    label.split_whitespace().any(|word| word.chars().count() > 10)
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
