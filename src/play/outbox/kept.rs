//! What else is kept on the device: tasks, a draft, and how the volunteer likes it.

use super::local;
use domain::{Task, TaskId};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// Tasks older than this are not taken up again: others have done them by then.
const STALE: f64 = 24.0 * 3_600_000.0;

#[derive(Serialize, Deserialize)]
struct Tasks<T> {
    /// When they were kept, in milliseconds since 1970.
    at: f64,
    tasks: Vec<T>,
}

/// What had been put in for a task when the page was left.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Draft {
    pub(crate) task: TaskId,
    pub(crate) value: Value,
}

/// How the volunteer likes it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Prefs {
    /// The game is off.
    pub(crate) plain: bool,
    /// Scans are dimmed.
    pub(crate) dim: bool,
    /// `day` or `night`; anything else as the device has it.
    pub(crate) look: String,
    /// This device has become a volunteer before.
    pub(crate) known: bool,
    /// Storage that the browser does not clear has been asked for.
    pub(crate) asked: bool,
}

/// Keeps a project's tasks, so that a reload without a network goes on.
pub(crate) fn keep_tasks<'a>(slug: &str, tasks: impl Iterator<Item = &'a Task>) {
    let kept = Tasks { at: js_sys::Date::now(), tasks: tasks.collect() };
    local::put_json(&format!("tasks.{slug}"), &kept);
}

/// The project's tasks that were kept.
pub(crate) fn tasks(slug: &str) -> Vec<Task> {
    local::get_json::<Tasks<Task>>(&format!("tasks.{slug}"))
        .filter(|kept| js_sys::Date::now() - kept.at < STALE)
        .map(|kept| kept.tasks)
        .unwrap_or_default()
}

/// Keeps what is half typed.
pub(crate) fn keep_draft(slug: &str, draft: &Draft) {
    local::put_json(&format!("draft.{slug}"), draft);
}

/// What was half typed.
pub(crate) fn draft(slug: &str) -> Option<Draft> {
    local::get_json(&format!("draft.{slug}"))
}

/// It was sent.
pub(crate) fn forget_draft(slug: &str) {
    local::remove(&format!("draft.{slug}"));
}

/// How many of the project's warm-ups were answered on this device.
pub(crate) fn practised(slug: &str) -> usize {
    local::get_json(&format!("practised.{slug}")).unwrap_or(0)
}

/// So many are answered now.
pub(crate) fn set_practised(slug: &str, count: usize) {
    local::put_json(&format!("practised.{slug}"), &count);
}

/// How the volunteer likes it.
pub(crate) fn prefs() -> Prefs {
    local::get_json("prefs").unwrap_or_default()
}

/// The volunteer likes it otherwise.
pub(crate) fn set_prefs(prefs: &Prefs) {
    local::put_json("prefs", prefs);
}
