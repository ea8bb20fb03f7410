//! What a kind's screen is given.

use crate::Kind;
use domain::{Given, Picture, PictureSource, Subject, Task};
use leptos::prelude::*;
use serde_json::Value;
use std::sync::Arc;

/// A run of tasks of one kind: everything its screen needs, and nothing of the app around it.
#[derive(Clone)]
pub struct Run {
    /// What is on the screen; `None` for as long as there is nothing.
    pub shown: Signal<Option<Shown>>,
    /// The tasks after it, in the order to come: for screens that show several at once. Such a
    /// screen gives its gifts in this order, the one that is shown first.
    pub ahead: Signal<Vec<Arc<Task>>>,
    /// The project's settings for the kind.
    pub rules: Value,
    /// BCP 47 tag of the material's language.
    pub language: String,
    /// Takes what the volunteer gives.
    pub give: Callback<Gift>,
    /// Takes what has been put in so far, a value of the kind, at every change.
    pub draft: Callback<Value>,
    /// Takes the last answer back.
    pub take_back: Callback<()>,
    /// Whether there is one to take back.
    pub can_take_back: Signal<bool>,
    /// Opens the project's help: its conventions and its field guide.
    pub help: Callback<()>,
}

/// One task on the screen.
#[derive(Clone, Debug)]
pub struct Shown {
    /// The task.
    pub task: Arc<Task>,
    /// What had been put in before: a draft, or an answer that was taken back.
    pub draft: Option<Value>,
    /// For practice: which one this is, from 1, and of how many.
    pub practice: Option<(usize, usize)>,
    /// The answer just given to this practice task missed; the next gift moves on.
    pub missed: bool,
}

/// A task that came once is one task: comparing all that is in it would cost the app 3 kB.
impl PartialEq for Shown {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.task, &other.task)
            && (self.practice, self.missed) == (other.practice, other.missed)
            && self.draft == other.draft
    }
}

/// The task that is shown; it changes with the task, and with nothing else.
pub(crate) fn task_of(shown: Signal<Option<Shown>>) -> Memo<Option<Arc<Task>>> {
    Memo::new_with_compare(
        move |_| shown.with(|s| s.as_ref().map(|s| s.task.clone())),
        |old, new| match (old.and_then(Option::as_ref), new.and_then(Option::as_ref)) {
            (Some(old), Some(new)) => !Arc::ptr_eq(old, new),
            (old, new) => old.is_some() || new.is_some(),
        },
    )
}

/// What a volunteer gives, and how it came about.
#[derive(Clone, Debug, PartialEq)]
pub struct Gift {
    /// A value of the kind, or an outcome.
    pub given: Given<Value>,
    /// How often the keyboard replaced what had been typed.
    pub corrections: u32,
    /// For practice: whether it is another answer than the right one.
    pub missed: bool,
    /// So many gifts follow at once, made with this one: the time spent is that of all of them.
    pub more: usize,
}

/// A kind with a screen.
pub trait Screen: Kind {
    /// The screen, mounted once for a whole run; only what it shows changes from task to task.
    fn view(run: Run) -> AnyView;

    /// Whether it covers by itself what has a content note: else all of it is covered.
    fn covers(rules: &Value) -> bool {
        let _ = rules;
        false
    }
}

/// Which file of a picture that is as wide as the window this screen shows:
/// whoever fetches ahead fetches the same one. It is also what the server's
/// preload asks for.
pub fn sharp(picture: &Picture) -> Option<String> {
    sharp_source(picture).map(|source| source.url.clone())
}

pub(crate) fn sharp_source(picture: &Picture) -> Option<&PictureSource> {
    let dense = web_sys::window()?.device_pixel_ratio();
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "pixels")]
    let wanted = (ui::window_width() * dense) as u32;
    picture.best_for(wanted)
}

/// Whether tasks of this build may come with marks, of which there may be thousands.
pub const HAS_MARKS: bool = crate::built("drawing");

/// Whether this build has subjects that are heard.
pub const HAS_SOUNDS: bool = crate::built("tagging") || crate::built("forms");

/// The sound that a task is about, to be fetched ahead. Films are too large for that.
pub fn sound_of(task: &Task) -> Option<&str> {
    match &task.subject {
        Subject::Audio(clip) => Some(&clip.url),
        _ => None,
    }
}

/// The pictures that a task is shown with, to be fetched ahead.
pub fn pictures_of(task: &Task) -> Vec<String> {
    let pictures: Vec<&Picture> = match &task.subject {
        Subject::ImageRegion(region) => vec![&region.picture],
        Subject::Image(image) => vec![&image.picture],
        Subject::ImagePair(pair) => vec![&pair.before.picture, &pair.after.picture],
        Subject::MapTile(tile) => {
            let around = tile.around.iter().map(|near| &near.picture);
            std::iter::once(&tile.picture).chain(around).collect()
        }
        Subject::Video(clip) => clip.poster.iter().collect(),
        Subject::Text(_) | Subject::Audio(_) => vec![],
    };
    pictures.into_iter().filter_map(sharp).collect()
}
