//! The keys of the drawing screen: tools and edits.

use super::desk::{Desk, Hand};
use super::marks::Marks;
use super::{Form, Tool};
use domain::Subject;
use leptos::prelude::*;
use ui::{Compare, Icon, Key, icon, keep_focus, keep_focus_of_mouse};

/// The keys, for as long as nothing is asked.
pub(super) fn bar(desk: Desk, list_open: RwSignal<bool>) -> AnyView {
    let rules = desk.rules();
    let asked = move || desk.asking.get() || desk.telling.get().is_some();
    let tools = rules.tools.iter().enumerate().map(|(at, tool)| tool_key(desk, at, tool));
    let tools = tools.collect_view();
    let moving = Signal::derive(move || desk.hand.get() == Hand::Move);
    let nothing = Signal::derive(move || {
        desk.marks.with(|marks| marks.half().is_none()) && desk.picked.get().is_none()
    });
    let no_undo = Signal::derive(move || !desk.marks.with(Marks::can_undo));
    let no_redo = Signal::derive(move || !desk.marks.with(Marks::can_redo));
    let no_corner = Signal::derive(move || desk.loose_corner().is_none());
    let count = move || desk.marks.with(|marks| marks.shapes().len());
    let back = !rules.questions.is_empty();
    view! {
        <div class="drawing-bar" hidden=asked>
            {pair_keys(desk)}
            <div class="drawing-tools" role="group" aria-label="Tools">
                <button
                    type="button"
                    class="key tool"
                    aria-pressed=move || moving.get().to_string()
                    on:pointerdown=keep_focus
                    on:mousedown=keep_focus_of_mouse
                    on:click=move |_| desk.take(Hand::Move)
                >
                    {icon(Icon::HAND)}
                    "Move"
                </button>
                {tools}
            </div>
            <div class="drawing-edits">
                {edit_key(Icon::UNDO, "Undo", no_undo, move || desk.undo())}
                {edit_key(Icon::REDO, "Redo", no_redo, move || desk.redo())}
                {edit_key(Icon::BIN, "Delete mark", nothing, move || desk.delete())}
                {Key { hidden: Some(no_corner), ..Key::text("key", "Remove corner") }
                    .press(move || desk.remove_corner())}
                <button
                    type="button"
                    class="key drawing-list-key"
                    aria-label=move || format!("List of marks, {}", count())
                    on:click=move |_| list_open.set(true)
                >
                    {icon(Icon::LIST)}
                    {count}
                </button>
                {tell_key(desk)}
                {take_back_key(desk, false)}
                {back.then(|| {
                    Key::sign("key edit", Icon::LEFT, "Back to the question")
                        .press(move || desk.asking.set(true))
                })}
            </div>
        </div>
    }
    .into_any()
}

/// A tool: its colour and number, its form, and what it marks.
fn tool_key(desk: Desk, at: usize, tool: &Tool) -> AnyView {
    let rules = desk.rules();
    let (id, label, form) = (tool.id.clone(), tool.label.clone(), tool.tool.title());
    let name = if label == form { label.clone() } else { label.clone() + ", " + form };
    let colour = rules.colour(at).to_owned();
    let own = tool.clone();
    let away = move || desk.chosen.with(|chosen| !own.offered(chosen));
    let count = move || {
        let mine = |marks: &Marks| {
            marks.shapes().iter().filter(|s| s.label.as_deref() == Some(id.as_str())).count()
        };
        desk.marks.with(mine)
    };
    let most = tool.most;
    let told = move || match (count(), most) {
        (0, 0) => String::new(),
        (count, 0) => count.to_string(),
        (count, most) => format!("{count}/{most}"),
    };
    view! {
        <button
            type="button"
            class="key tool"
            aria-label=name
            aria-pressed=move || (desk.hand.get() == Hand::Tool(at)).to_string()
            hidden=away
            on:pointerdown=keep_focus
            on:mousedown=keep_focus_of_mouse
            on:click=move |_| desk.take(Hand::Tool(at))
        >
            <span class="tool-sign" style:background-color=colour>{glyph(tool.tool)}<b>{at + 1}</b></span>
            <span>{label}</span>
            <small class="tool-count">{told}</small>
        </button>
    }
    .into_any()
}

/// A form as a sign.
fn glyph(form: Form) -> AnyView {
    let path = match form {
        Form::Point => "M12 4.500v15M4.500 12h15",
        Form::Box => "M5 6.500h14v11H5Z",
        Form::Ellipse => "M12 6c10 0 10 12 0 12S2 6 12 6Z",
        Form::Line => "M5 18 19 6",
        Form::Polyline => "M4 17l5-8 5 6 6-9",
        Form::Polygon => "M12 4.500l7.500 6-3 8.500h-9l-3-8.500Z",
        Form::Freehand => "M4 16c3-12 5-9 6-4s4 6 10-6",
    };
    view! { <svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d=path /></svg> }
        .into_any()
}

fn edit_key(
    sign: Icon,
    name: &'static str,
    off: Signal<bool>,
    press: impl Fn() + 'static,
) -> AnyView {
    view! {
        <button
            type="button"
            class="key edit"
            aria-label=name
            aria-disabled=move || off.get().to_string()
            on:pointerdown=keep_focus
            on:mousedown=keep_focus_of_mouse
            on:click=move |_| press()
        >
            {icon(sign)}
        </button>
    }
    .into_any()
}

/// Undo and redo while the whole is asked about: they lie on the picture, where there is room.
pub(super) fn ways_back(desk: Desk) -> AnyView {
    let step = move |sign, name, can: fn(&Marks) -> bool, press: fn(Desk)| {
        let hidden = Signal::derive(move || !desk.asking.get() || !desk.marks.with(can));
        Key { hidden: Some(hidden), ..Key::sign("round", sign, name) }
            .press_seldom(move || press(desk))
    };
    view! {
        <div class="drawing-back">
            {step(Icon::UNDO, "Undo", Marks::can_undo, Desk::undo)}
            {step(Icon::REDO, "Redo", Marks::can_redo, Desk::redo)}
        </div>
    }
    .into_any()
}

/// Takes the last answer back: a key for while the whole is asked about, and one for afterwards.
pub(super) fn take_back_key(desk: Desk, asking: bool) -> AnyView {
    let (take_back, can) = desk.run.with_value(|run| (run.take_back, run.can_take_back));
    let hidden = Some(Signal::derive(move || !can.get() || desk.asking.get() != asking));
    Key { hidden, ..Key::sign("key edit", Icon::BACK, "Take back") }
        .press_seldom(move || take_back.run(()))
}

/// Asks about the chosen mark once more.
fn tell_key(desk: Desk) -> AnyView {
    let hidden = Signal::derive(move || {
        desk.marks.track();
        desk.picked.get().is_none_or(|at| !desk.has_questions(at))
    });
    Key { hidden: Some(hidden), ..Key::sign("key edit", Icon::HELP, "About it") }
        .press_seldom(move || desk.telling.set(desk.picked.get_untracked()))
}

impl Desk {
    /// What people call the two of a pair; `None` for what is no pair.
    pub(super) fn names(self) -> Memo<Option<[String; 2]>> {
        let shown = self.run.with_value(|run| run.shown);
        Memo::new(move |_| {
            shown.with(|shown| match shown.as_ref().map(|shown| &shown.task.subject) {
                Some(Subject::ImagePair(pair)) => {
                    Some([pair.before_label.clone(), pair.after_label.clone()])
                }
                _ => None,
            })
        })
    }
}

/// Which picture of a pair is seen, or how both are.
fn pair_keys(desk: Desk) -> AnyView {
    let names = desk.names();
    let pair = desk.pair();
    let keys = move || {
        names.get().map(|[before, after]| {
            let key = |label: String, later: bool| {
                let alone = move || pair.how.get() == Compare::Flip && pair.later.get() == later;
                Key { pressed: Some(Signal::derive(alone)), ..Key::text("key", label) }.press(
                    move || {
                        pair.later.set(later);
                        pair.how.set(Compare::Flip);
                    },
                )
            };
            view! {
                <div class="drawing-pair" role="group" aria-label="Which picture">
                    {key(before, false)}
                    {key(after, true)}
                    {pair.way(Compare::Wipe, Icon::WIPE, "Swipe line")}
                    {pair.way(Compare::Beside, Icon::BESIDE, "Side by side")}
                </div>
            }
        })
    };
    view! { {keys} }.into_any()
}
