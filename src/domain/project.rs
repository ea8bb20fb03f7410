//! One question asked about many subjects, owned by a team.

use crate::{HelpEntry, Picture, ProjectId, Task};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// A project as volunteers see it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Project {
    /// Its name for machines.
    pub id: ProjectId,
    /// Its name in addresses: `/p/{slug}`.
    pub slug: String,
    /// Its name for people.
    pub title: String,
    /// What the data is for: one or two sentences.
    pub purpose: String,
    /// A line in the project's own voice: "For the people of Turku, 1863".
    pub voice: String,
    /// Who wants the data.
    pub owner: Owner,
    /// BCP 47 tag of the material's language, such as `sv` or `de-Latf`.
    pub language: String,
    /// An accent colour of the project's own, `#rrggbb`, checked for contrast by the app.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub accent: Option<String>,
    /// The title picture.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub picture: Option<Picture>,
    /// Whether it takes part in the game at all.
    pub tone: Tone,
    /// Whether it hands out tasks.
    pub state: ProjectState,
    /// The kind of its tasks.
    pub kind: String,
    /// The kind's own settings, such as the character bar of typing; what they leave out has a default.
    #[serde(default)]
    pub rules: Value,
    /// What the subjects are called, where the kind's own word does not fit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub called: Option<Called>,
    /// The question asked about every subject.
    pub question: String,
    /// Help inside the task.
    pub help: Vec<HelpEntry>,
    /// The game layers that are on, by wire name; a name the app does not know is skipped.
    pub layers: Vec<String>,
    /// How far it is.
    pub progress: Progress,
}

/// What a project's subjects are called, in its language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Called {
    /// One of them: "photo".
    pub one: String,
    /// Several: "photos".
    pub many: String,
}

/// Who wants the data.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Owner {
    /// The library or organisation.
    pub name: String,
    /// Their page, `https://…`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub link: Option<String>,
}

/// How much game fits a project.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Tone {
    /// Layers may play.
    #[default]
    Playful,
    /// Only the common goal, without animation or sound.
    Solemn,
}

/// Whether a project hands out tasks. Answers are taken in every state.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ProjectState {
    /// Only its team sees it.
    Draft,
    /// Open to everybody.
    #[default]
    Live,
    /// Shown, but hands out nothing for now.
    Paused,
    /// Done.
    Finished,
}

/// How far a project is: `given` counts stored answers, the others tasks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Progress {
    /// All tasks.
    pub tasks: u64,
    /// Stored answers.
    pub given: u64,
    /// Tasks whose answers agree.
    pub agreed: u64,
    /// Tasks that a second, independent reading confirms: a team member reviewed it, or the
    /// volunteers agree with what the OCR had read without having been shown it.
    pub checked: u64,
    /// Answers that all tasks need together at the least.
    #[serde(default)]
    pub wanted: u64,
    /// Pages of the project.
    #[serde(default)]
    pub pages: u64,
    /// Pages on which no task is open any more: they can be read now.
    #[serde(default)]
    pub readable: u64,
}

/// When a task is done. `GET`s show it, teams may change it in mid-campaign.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "rule", rename_all = "snake_case")]
pub enum Rule {
    /// Done at `answers` equal ones; contentious when `at_most` came without that.
    Equal {
        /// Equal answers wanted, at least 1.
        answers: u32,
        /// Answers taken at the most, at least `answers`.
        at_most: u32,
    },
    /// Done when at least `least` answered and `percent` of them say the same (Micromappers: 3
    /// and 80); contentious when `at_most` came without that.
    Share {
        /// Answers wanted before anything is said, at least 1.
        least: u32,
        /// How many in a hundred have to be equal, 51 to 100.
        percent: u32,
        /// Answers taken at the most, at least `least`.
        at_most: u32,
    },
}

impl Default for Rule {
    fn default() -> Self {
        Self::Equal { answers: 2, at_most: 5 }
    }
}

impl Rule {
    /// The fewest answers that can finish a task.
    pub fn least(self) -> u32 {
        match self {
            Self::Equal { answers, .. } => answers,
            Self::Share { least, .. } => least,
        }
    }

    /// The most answers that a task is handed out for.
    pub fn most(self) -> u32 {
        match self {
            Self::Equal { at_most, .. } | Self::Share { at_most, .. } => at_most,
        }
    }
}

/// `GET /projects`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Projects {
    /// Every public project.
    pub projects: Vec<Project>,
}

/// What the server writes into the app's page, so that the first paint and the
/// first task wait for no call: on `/` the projects, on `/p/{slug}` that
/// project and its warm-up tasks, which are the same for everybody.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Opening {
    /// The projects, on `/`.
    #[serde(default)]
    pub projects: Vec<Project>,
    /// The project, on `/p/{slug}`.
    #[serde(default)]
    pub project: Option<Project>,
    /// The project's warm-ups.
    #[serde(default)]
    pub warm_ups: Vec<Task>,
}
