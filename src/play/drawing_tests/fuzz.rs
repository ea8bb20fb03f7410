//! Fingers, palms, pens, mice and keys as no hand would move them, on the real screen, with questions
//! between and the page opened anew. Nothing is stored that was not seen, and what is seen is what
//! is sent.
//!
//! A failure tells its seed and everything that was done: `sequence(seed)` does it again.

mod end;
mod eyes;

use super::seen::{Dice, Place, Seen, fire, listen, point};
use super::*;
use eyes::{May, hear_troubles};
use wasm_bindgen_test::{console_log, wasm_bindgen_test as test};

const FORMS: [&str; 7] = ["point", "box", "ellipse", "line", "polyline", "polygon", "freehand"];
const COLOURS: [&str; 7] =
    ["#f0a830", "#56b4e9", "#1fae84", "#f5ee7a", "#e0602c", "#e8b4d4", "#a0c010"];
/// The rooms of a phone that is held upright or across, and of one that is smaller.
const ROOMS: [(u32, u32); 3] = [(360, 320), (560, 210), (300, 420)];
const SEQUENCES: u64 = 40;
const STEPS: usize = 20;
/// Keys of the stage, each with whether Control is held.
const KEYS: [(&str, bool); 24] = [
    ("z", true),
    ("z", true),
    ("y", true),
    ("Delete", false),
    ("Backspace", false),
    ("Escape", false),
    ("Enter", false),
    ("Enter", false),
    ("ArrowLeft", false),
    ("ArrowDown", false),
    ("c", false),
    ("i", false),
    ("r", false),
    ("R", false),
    ("0", false),
    ("+", false),
    ("-", false),
    ("1", false),
    ("2", false),
    ("3", false),
    ("4", false),
    ("5", false),
    ("6", false),
    ("7", false),
];

struct Play {
    screen: Screen,
    rules: Value,
    task: u64,
    dice: Dice,
    log: Vec<String>,
    /// Pointers that are down, but for palms.
    down: Vec<(i32, &'static str)>,
    /// The only one of them that may leave a mark.
    draws: Option<i32>,
    /// Where in the window the last pointer is.
    at: Place,
    /// So much was kept when the step began, and what it was.
    kept: (usize, Value),
    /// What was seen just before something that may store a mark.
    before: Option<Seen>,
}

impl Play {
    async fn open(seed: u64) -> Self {
        let mut dice = Dice(seed);
        let tool = |(form, colour): (&str, &str)| json!({"id": form, "tool": form, "label": form, "colour": colour});
        let tools: Vec<Value> = FORMS.into_iter().zip(COLOURS).map(tool).collect();
        let mut rules = json!({"tools": tools, "snap": true, "rotatable": true});
        rules["least"] = json!(dice.below(3));
        rules["most"] = json!(dice.one_of(&[0, 0, 6]));
        let question = |id: &str| {
            let choice = |name: &str| json!({"id": format!("{id}-{name}"), "label": name});
            json!([{"id": id, "text": "Which?", "choices": [choice("one"), choice("other")]}])
        };
        // Of a box something is asked, and of the whole.
        if dice.below(2) == 0 {
            rules["tools"][1]["questions"] = question("box");
        }
        if dice.below(3) == 0 {
            rules["questions"] = question("whole");
        }
        let log = vec![format!("sequence({seed}), {rules}")];
        let number = 2000 + seed;
        let screen = Screen::open(rules.clone(), shown(task(number, None), None)).await;
        let (down, at, kept) = (vec![], (0.0, 0.0), (0, Value::Null));
        Self { screen, rules, task: number, dice, log, down, draws: None, at, kept, before: None }
    }

    /// The page is opened anew, whatever the fingers do: what was kept is there again.
    async fn reloads(&mut self) {
        self.log.push("reload".into());
        let draft = Some(self.screen.draft()).filter(|draft| !draft.is_null());
        let first = shown(task(self.task, None), draft.clone());
        self.screen.close();
        self.screen = Screen::open(self.rules.clone(), first).await;
        self.screen.drafts.lock().unwrap().extend(draft);
        (self.down, self.draws) = (vec![], None);
        self.begin();
        self.agrees().await;
    }

    /// What is asked is answered, or asked once more.
    async fn answers(&mut self) {
        leptos::task::tick().await;
        let choices = self.screen.root.query_selector_all(".drawing-panel [role=radio]").unwrap();
        if choices.length() == 0 {
            for name in ["Back to the question", "About it"] {
                if let Some(key) = self.key(name) {
                    self.begin();
                    key.click();
                    self.end(May::Nothing).await;
                    break;
                }
            }
            return;
        }
        let at = self.dice.below(choices.length() as usize);
        self.begin();
        self.log.push(format!("choose {at}"));
        let choice = choices.get(u32::try_from(at).unwrap()).unwrap();
        choice.unchecked_into::<HtmlElement>().click();
        frame().await;
        // A step lets go of what a finger holds, and what is chosen already is none.
        if self.kept.1 != self.screen.draft() {
            self.draws = None;
        }
        self.end(May::Anything).await;
        if self.dice.below(4) > 0 {
            self.goes_on().await;
        }
    }

    /// On from what is asked.
    async fn goes_on(&mut self) {
        for name in ["Next", "Done"] {
            if let Some(key) = self.key(name) {
                self.begin();
                key.click();
                self.end(May::Anything).await;
            }
        }
    }

    /// A key that is in sight.
    fn key(&mut self, name: &str) -> Option<HtmlElement> {
        let key = self.screen.keys(name).into_iter().next()?;
        self.log.push(format!("key {name}"));
        Some(key)
    }

    /// A pointer does something where the last one was.
    fn send(&mut self, with: &str, id: i32, kind: &str, size: f64, button: i32) {
        let (x, y) = self.at;
        self.log.push(format!("{with} {id} {kind} {x:.2} {y:.2}, {size} wide, button {button}"));
        let more = json!({"width": size, "height": size / 2.0, "button": button});
        point(&self.screen, (with, id), kind, self.at, &more);
    }

    /// Somewhere in the room and a little around it, or on a mark.
    fn aim(&mut self) {
        let seen = Seen::of(&self.screen);
        let [left, top, width, height] = seen.room;
        let over = self.dice.one_of(&[0.0, 0.0, 0.0, 20.0]);
        let across = self.dice.between(-over, width + over);
        self.at = (left + across, top + self.dice.between(-over, height + over));
        let mut corners: Vec<Place> = vec![];
        for points in seen.figures.iter().map(|figure| &figure.points) {
            corners.extend(points);
            let middle = |a: Place, b: Place| (f64::midpoint(a.0, b.0), f64::midpoint(a.1, b.1));
            corners.extend(points.windows(2).map(|pair| middle(pair[0], pair[1])));
        }
        if !corners.is_empty() && self.dice.below(5) < 2 {
            // On it, or near enough to snap to it.
            let at = seen.to(self.dice.one_of(&corners));
            let across = self.dice.between(-12.0, 12.0);
            self.at = (at.0 + across, at.1 + self.dice.between(-12.0, 12.0));
        }
    }

    /// A pointer comes down, most often one that is not down yet.
    async fn comes(&mut self) {
        let all = [(11, "touch"), (12, "touch"), (13, "touch"), (21, "pen"), (1, "mouse")];
        let (id, with) = self.dice.one_of(&all);
        self.begin();
        self.aim();
        let button = if with == "mouse" && self.dice.below(4) == 0 { 2 } else { 0 };
        self.send(with, id, "pointerdown", 12.0, button);
        if !self.down.contains(&(id, with)) {
            self.draws = self.down.is_empty().then_some(id);
            self.down.push((id, with));
        }
        self.end(May::Nothing).await;
    }

    fn some_down(&mut self) -> Option<(i32, &'static str)> {
        (!self.down.is_empty()).then(|| self.dice.one_of(&self.down))
    }

    async fn moves(&mut self) {
        let Some((id, with)) = self.some_down() else { return self.comes().await };
        self.begin();
        for _ in 0..=self.dice.below(4) {
            if self.dice.below(3) == 0 {
                self.aim();
            } else {
                let far = self.dice.one_of(&[5.0, 40.0]);
                self.at.0 += self.dice.between(-far, far);
                self.at.1 += self.dice.between(-far, far);
            }
            self.send(with, id, "pointermove", 12.0, -1);
        }
        self.end(May::Nothing).await;
    }

    async fn goes(&mut self, how: &str) {
        let Some((id, with)) = self.some_down() else { return self.comes().await };
        let may = match self.draws.take() {
            Some(drew) if drew == id && how == "pointerup" => May::Seen,
            drew => {
                self.draws = drew.filter(|drew| *drew != id);
                May::Nothing
            }
        };
        self.begin_to_see(may).await;
        self.send(with, id, how, 12.0, 0);
        self.down.retain(|(one, _)| *one != id);
        self.end(may).await;
    }

    /// A palm, a pointer that nobody knows, or a finger that grows wide under the hand.
    async fn strays(&mut self) {
        self.begin();
        self.aim();
        match self.dice.below(3) {
            0 => {
                for kind in ["pointerdown", "pointermove", "pointermove", "pointerup"] {
                    self.send("touch", 31, kind, 95.0, 0);
                    self.at.0 += 9.0;
                }
            }
            1 => {
                let kind = self.dice.one_of(&["pointermove", "pointerup", "pointercancel"]);
                self.send("touch", 41, kind, 12.0, 0);
            }
            _ => {
                if let Some((id, with)) = self.some_down() {
                    self.send(with, id, "pointermove", 95.0, -1);
                }
            }
        }
        self.end(May::Nothing).await;
    }

    /// What a person does who draws: a tap or a stroke of a pointer that is alone; now and then the
    /// phone is turned, another finger comes or a key is pressed on the way.
    async fn draws(&mut self) {
        self.comes().await;
        for _ in 0..self.dice.below(3) {
            self.moves().await;
            match self.dice.below(12) {
                0 | 1 => self.views().await,
                2 => self.tools().await,
                3 => self.edits().await,
                4 => self.comes().await,
                5 => self.strays().await,
                _ => {}
            }
        }
        self.goes("pointerup").await;
    }

    /// Clicks a key, if it is there.
    fn click(&mut self, selector: &str) -> Option<String> {
        let key = self.screen.root.query_selector(selector).unwrap()?;
        self.log.push(format!("click {selector}"));
        key.unchecked_ref::<HtmlElement>().click();
        key.text_content()
    }

    /// Undo, redo or delete by its button, whatever the fingers do meanwhile.
    async fn edits(&mut self) {
        let name = self.dice.one_of(&["Undo", "Redo", "Delete mark"]);
        // What keys say of themselves follows a moment later.
        leptos::task::tick().await;
        let Some(key) = self.key(name) else { return self.answers().await };
        let off = key.get_attribute("aria-disabled").as_deref() == Some("true");
        self.begin();
        key.click();
        self.draws = None;
        self.end(May::Anything).await;
        let content =
            |draft: &Value| (Self::shapes(draft), draft["half"].clone(), draft["choices"].clone());
        let changed = content(&self.kept.1) != content(&self.screen.draft());
        self.check(changed != off, || format!("{name}: {changed}"));
        if changed && name == "Delete mark" {
            let count =
                |draft: &Value| Self::shapes(draft).len() + usize::from(!draft["half"].is_null());
            let (old, new) = (count(&self.kept.1), count(&self.screen.draft()));
            self.check(new + 1 == old, || format!("{old} became {new}"));
        }
    }

    /// Another tool, or none; an outline that can be closed is closed by it.
    async fn tools(&mut self) {
        if self.key("Move").is_none() {
            return self.answers().await;
        }
        self.begin_to_see(May::Seen).await;
        let at = self.dice.below(FORMS.len() + 1) + 1;
        self.click(&format!(".drawing-tools button:nth-of-type({at})"));
        self.end(May::Seen).await;
    }

    /// The key that finishes an outline or a line, where it is that.
    async fn closes(&mut self) {
        leptos::task::tick().await;
        let name = self.screen.find(".drawing-forward").text_content().unwrap_or_default();
        if name != "Close" && name != "Finish" {
            return self.draws().await;
        }
        self.begin_to_see(May::Seen).await;
        self.click(".drawing-forward");
        self.end(May::Seen).await;
    }

    /// An outline or a line of corners, tap by tap: by chance alone few are ever finished.
    async fn corners(&mut self) {
        if self.key("Move").is_none() {
            return self.answers().await;
        }
        self.begin_to_see(May::Seen).await;
        let tool = self.dice.one_of(&[6, 7]);
        self.click(&format!(".drawing-tools button:nth-of-type({tool})"));
        self.end(May::Seen).await;
        for _ in 0..4 {
            self.comes().await;
            self.goes("pointerup").await;
        }
        self.closes().await;
    }

    async fn keys(&mut self) {
        leptos::task::tick().await;
        let (key, control) = self.dice.one_of(&KEYS);
        let corner: HtmlElement =
            self.screen.find(".drawing-edits .key:nth-of-type(4)").unchecked_into();
        assert_eq!(corner.text_content().as_deref(), Some("Remove corner"));
        let takes_corner = !corner.hidden();
        self.begin();
        self.log.push(format!("key {key}, control {control}"));
        self.screen.type_key(key, control).await;
        // These let go of what a finger holds.
        if control || matches!(key, "Delete" | "Backspace") && !takes_corner {
            self.draws = None;
        }
        self.end(May::Anything).await;
    }

    /// The picture is turned, enlarged or brought into another room, whatever the fingers do.
    async fn views(&mut self) {
        self.begin();
        let what = self.dice.below(5);
        match what {
            0 | 1 => {
                self.click(".stage-tools [aria-label='Rotate']");
            }
            2 => {
                let name = self.dice.one_of(&["Zoom in", "Zoom in", "Zoom out"]);
                self.click(&format!(".stage-tools [aria-label='{name}']"));
            }
            3 => {
                self.aim();
                let by = self.dice.between(-250.0, 250.0);
                let init = json!({"clientX": self.at.0, "clientY": self.at.1, "deltaY": by, "cancelable": true});
                self.log.push(format!("wheel {init}"));
                fire(&self.screen.find(".drawing-stage"), "WheelEvent", "wheel", &init);
            }
            _ => {
                let (width, height) = self.dice.one_of(&ROOMS);
                self.log.push(format!("room {width} {height}"));
                let room = self.screen.find(".drawing");
                let style =
                    format!("width: {width}px; grid-template: auto {height}px auto / {width}px");
                room.set_attribute("style", &style).unwrap();
                fire(&web_sys::window().unwrap(), "Event", "resize", &json!({}));
                frame().await;
            }
        }
        self.end(May::Nothing).await;
    }

    async fn step(&mut self) {
        match self.dice.below(27) {
            0..=5 => self.draws().await,
            6 => self.comes().await,
            7..=8 => self.moves().await,
            9 => self.goes("pointercancel").await,
            10..=11 => self.goes("pointerup").await,
            12 => self.strays().await,
            13..=14 => self.edits().await,
            15..=16 => self.tools().await,
            17 => self.closes().await,
            18..=19 => self.keys().await,
            20..=21 => self.corners().await,
            22..=23 => self.answers().await,
            24 => self.reloads().await,
            _ => self.views().await,
        }
    }
}

/// Does what a seed says, sends it, and says how many marks were sent; none where it was refused.
async fn sequence(seed: u64) -> Option<usize> {
    listen();
    hear_troubles();
    let mut play = Play::open(seed).await;
    for _ in 0..STEPS {
        play.step().await;
    }
    play.finish().await
}

#[test]
async fn nothing_is_sent_that_was_not_seen() {
    let mut sent = vec![];
    for seed in 0..SEQUENCES {
        sent.push(sequence(seed).await);
    }
    console_log!("{sent:?}");
    let count = sent.iter().flatten().count();
    let marks: usize = sent.iter().flatten().sum();
    // What is always refused would prove nothing.
    assert!(count * 2 > sent.len() && marks > count, "{sent:?}");
}
