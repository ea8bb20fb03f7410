//! Names of things: UUIDs, each of a type of its own.

use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};
use uuid::{Builder, Uuid};

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl $name {
            /// A UUID v7 (RFC 9562): ordered by `unix_millis`, the rest from `random`.
            pub fn v7(unix_millis: u64, random: [u8; 10]) -> Self {
                Self(Builder::from_unix_timestamp_millis(unix_millis, &random).into_uuid())
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}({})", stringify!($name), self.0)
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }
    )+};
}

ids! {
    /// Names a project; its `slug` is for people, this for machines.
    ProjectId,
    /// Names a subject.
    SubjectId,
    /// Names a task. Says nothing of whether the task is gold.
    TaskId,
    /// Names an answer. Made on the volunteer's device and kept for ever.
    AnswerId,
    /// Names a volunteer, who is anonymous unless they choose otherwise.
    VolunteerId,
    /// Names one run of an importer.
    ImportId,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn v7_ids_sort_by_time() {
        let early = AnswerId::v7(1, [255; 10]);
        let late = AnswerId::v7(2, [0; 10]);
        assert!(early < late);
        assert_eq!(early.0.get_version_num(), 7);
    }

    #[test]
    fn ids_are_plain_strings_on_the_wire() {
        let id = TaskId::v7(1_700_000_000_000, [7; 10]);
        let text = serde_json::to_string(&id).unwrap();
        assert_eq!(text, format!("\"{id}\""));
        assert_eq!(serde_json::from_str::<TaskId>(&text).unwrap(), id);
    }
}
