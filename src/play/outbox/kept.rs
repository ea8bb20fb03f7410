//! What else is kept on the device: tasks, a draft, and how the volunteer likes it.

use super::local;
use crate::api::tasks_in;
use crate::json::{field, parse, quoted, text};
use domain::{Task, TaskId};
use js_sys::JsString;
use serde_json::Value;

/// Tasks older than this are not taken up again: others have done them by then.
const STALE: f64 = 24.0 * 3_600_000.0;
/// So many lists of tasks are kept, each as the server sent it.
const LISTS: usize = 4;

/// What had been put in for a task when the page was left.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Draft {
    pub(crate) task: TaskId,
    pub(crate) value: Value,
}

/// How the volunteer likes it.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Prefs {
    /// The game is off.
    pub(crate) plain: bool,
    /// Scans are dimmed.
    pub(crate) dim: bool,
    /// `day` or `night`; anything else as the device has it.
    pub(crate) look: String,
    /// Storage that the browser does not clear has been asked for.
    pub(crate) asked: bool,
}

/// Keeps a list of tasks, JSON as the server sent it, so that a reload without
/// a network goes on.
pub(crate) fn keep_tasks(slug: &str, list: &JsString) {
    let start = format!("tasks.{slug}.");
    let mut kept = local::all(&start);
    while kept.len() >= LISTS {
        local::remove(&format!("{start}{}", kept.remove(0).0));
    }
    // Whole milliseconds since 1970 have 13 digits for some centuries: as text they sort.
    local::keep(&format!("{start}{}", ui::fixed(js_sys::Date::now(), 0)), list);
}

/// Of the project's tasks that were kept, those that are still to be done.
pub(crate) fn tasks(slug: &str) -> Vec<Task> {
    let start = format!("tasks.{slug}.");
    let left = local::get(&format!("left.{slug}")).unwrap_or_default();
    let fresh =
        |at: &str| at.parse::<u64>().is_ok_and(|at| js_sys::Date::now() - to_f64(at) < STALE);
    let mut tasks: Vec<Task> = vec![];
    for (at, list) in local::all(&start) {
        if fresh(&at) {
            tasks.extend(parse(&list).and_then(|list| tasks_in(list).ok()).unwrap_or_default());
        } else {
            local::remove(&format!("{start}{at}"));
        }
    }
    tasks.retain(|task| left.split(' ').any(|id| id == task.id.to_string()));
    tasks
}

/// These of the project's tasks are still to be done.
pub(crate) fn keep_left(slug: &str, left: impl Iterator<Item = TaskId>) {
    let names: Vec<String> = left.map(|id| id.to_string()).collect();
    local::put(&format!("left.{slug}"), &names.join(" "));
}

/// Keeps what is half typed.
pub(crate) fn keep_draft(slug: &str, draft: &Draft) {
    local::put(&format!("draft.{slug}.{}", draft.task), &text(&draft.value));
}

/// What was half typed, for every task.
pub(crate) fn drafts(slug: &str) -> Vec<Draft> {
    let read = |(task, value): (String, String)| {
        Some(Draft { task: task.parse().ok()?, value: parse(&value)? })
    };
    local::all(&format!("draft.{slug}.")).into_iter().filter_map(read).collect()
}

/// It was sent.
pub(crate) fn forget_draft(slug: &str, task: TaskId) {
    local::remove(&format!("draft.{slug}.{task}"));
}

/// How many of the project's warm-ups were answered on this device.
pub(crate) fn practised(slug: &str) -> usize {
    local::get(&format!("practised.{slug}")).and_then(|count| count.parse().ok()).unwrap_or(0)
}

/// So many are answered now.
pub(crate) fn set_practised(slug: &str, count: usize) {
    local::put(&format!("practised.{slug}"), &count.to_string());
}

/// How the volunteer likes it.
pub(crate) fn prefs() -> Prefs {
    let prefs = local::get("prefs").and_then(|text| parse(&text)).unwrap_or_default();
    let yes = |name: &str| prefs[name].as_bool().unwrap_or(false);
    Prefs {
        plain: yes("plain"),
        dim: yes("dim"),
        look: prefs["look"].as_str().unwrap_or_default().to_owned(),
        asked: yes("asked"),
    }
}

/// The volunteer likes it otherwise.
pub(crate) fn set_prefs(prefs: &Prefs) {
    let yes = |name: &str, yes: bool| field(name, if yes { "true" } else { "false" });
    let fields = [
        yes("plain", prefs.plain),
        yes("dim", prefs.dim),
        field("look", &quoted(&prefs.look)),
        yes("asked", prefs.asked),
    ];
    local::put("prefs", &format!("{{{}}}", fields.join(",")));
}

#[expect(clippy::cast_precision_loss, reason = "milliseconds stay far below 2^52")]
fn to_f64(millis: u64) -> f64 {
    millis as f64
}
