//! The words of Talkoot: what every other member means by project, subject,
//! task, answer and result, and how they look on the wire.
//!
//! Nothing here does I/O, reads a clock or draws a random number; times and
//! seeds come in as arguments.

mod answer;
mod effort;
mod event;
mod fault;
mod geometry;
mod help;
mod ids;
mod project;
mod read;
mod result;
mod subject;
mod task;
mod volunteer;

pub use answer::{
    AnswerIn, AnswerOutcome, AnswerReply, AnswerStatus, Answers, Given, Judgement, Outcome,
};
pub use effort::Effort;
pub use event::{Cue, Event};
pub use fault::{Fault, Problem};
pub use geometry::{Rect, Size};
pub use help::HelpEntry;
pub use ids::{AnswerId, ImportId, ProjectId, SubjectId, TaskId, VolunteerId};
pub use project::{Called, Opening, Owner, Progress, Project, ProjectState, Projects, Rule, Tone};
pub use read::Read;
pub use result::{ResultRecord, Status, Tally, Weighted};
pub use subject::{
    Clip, Image, ImagePair, ImageRegion, MapTile, Neighbour, PagePicture, Passage, Picture,
    PictureSource, Subject, TilePlace, Tiles,
};
pub use task::{Fact, Lease, LeaseIn, Lesson, Task};
pub use time::OffsetDateTime;
pub use volunteer::{Me, MyAnswer, MyData, NewVolunteer};

/// Plain data: it can be copied, compared, stored and sent.
pub trait Data:
    Clone + std::fmt::Debug + PartialEq + serde::Serialize + serde::de::DeserializeOwned + 'static
{
}

impl<T> Data for T where
    T: Clone
        + std::fmt::Debug
        + PartialEq
        + serde::Serialize
        + serde::de::DeserializeOwned
        + 'static
{
}
