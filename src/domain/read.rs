//! Wire types read from a JSON value, for the app. What serde derives reads
//! the same, checks more and is what the server uses, but it is a fifth of the
//! app's size; the tests below hold both to the same form.

use crate::{
    Called, Clip, Fact, HelpEntry, Image, ImagePair, ImageRegion, Lesson, MapTile, Neighbour,
    Opening, Owner, PagePicture, Passage, Picture, PictureSource, Progress, Project, ProjectId,
    ProjectState, Rect, Size, Subject, Task, TaskId, Tiles, Tone,
};
use serde_json::Value;

/// What can be read from a JSON value. A field that is absent reads as null.
pub trait Read: Sized {
    /// Reads it; `None` where the value has another form.
    fn read(value: &Value) -> Option<Self>;
}

impl Read for String {
    fn read(value: &Value) -> Option<Self> {
        value.as_str().map(str::to_owned)
    }
}

impl Read for Value {
    fn read(value: &Value) -> Option<Self> {
        Some(value.clone())
    }
}

impl Read for f64 {
    fn read(value: &Value) -> Option<Self> {
        value.as_f64()
    }
}

impl Read for u64 {
    fn read(value: &Value) -> Option<Self> {
        value.as_u64()
    }
}

impl Read for u32 {
    fn read(value: &Value) -> Option<Self> {
        value.as_u64()?.try_into().ok()
    }
}

impl Read for i32 {
    fn read(value: &Value) -> Option<Self> {
        value.as_i64()?.try_into().ok()
    }
}

impl Read for u16 {
    fn read(value: &Value) -> Option<Self> {
        value.as_u64()?.try_into().ok()
    }
}

impl<T: Read> Read for Option<T> {
    fn read(value: &Value) -> Option<Self> {
        if value.is_null() { Some(None) } else { T::read(value).map(Some) }
    }
}

/// One bad entry never loses a list: it is left out.
impl<T: Read> Read for Vec<T> {
    fn read(value: &Value) -> Option<Self> {
        Some(value.as_array()?.iter().filter_map(T::read).collect())
    }
}

macro_rules! read {
    ($($type:ident { $($field:ident),* $(; $($optional:ident),*)? })*) => {$(
        impl Read for $type {
            fn read(value: &Value) -> Option<Self> {
                Some(Self {
                    $($field: Read::read(&value[stringify!($field)])?,)*
                    $($($optional: Read::read(&value[stringify!($optional)]).unwrap_or_default(),)*)?
                })
            }
        }
    )*};
}

// Each struct with its fields; those after the semicolon may be absent.
read! {
    Opening { ; projects, project, warm_ups }
    Project {
        id, slug, title, purpose, voice, owner, language, accent, picture, tone, state, kind,
        rules, called, question, help, layers, progress
    }
    Called { one, many }
    Owner { name, link }
    HelpEntry { title, body, example, picture }
    Progress { tasks, given, agreed, checked; wanted, pages, readable }
    Task { id, kind, subject, question, prefill, text, note, lesson; facts, others }
    Fact { name, value }
    Lesson { answer, hint }
    ImageRegion { picture, frame, mark, page; turned }
    Image { picture, size, tiles; alt }
    Tiles { base, version, format, tile, factors }
    ImagePair { before, after, before_label, after_label }
    Passage { text, language, source }
    Clip { url, media_type, poster, captions; alt }
    MapTile { z, x, y, picture, size; around, attribution }
    Neighbour { dx, dy, picture }
    PagePicture { picture, size, label }
    Picture { sources }
    PictureSource { url, width, height }
    Rect { x, y, width, height }
    Size { width, height }
}

impl Read for Subject {
    fn read(value: &Value) -> Option<Self> {
        match value["type"].as_str()? {
            "image_region" => ImageRegion::read(value).map(Self::ImageRegion),
            "image" => Image::read(value).map(Self::Image),
            "image_pair" => ImagePair::read(value).map(Self::ImagePair),
            "text" => Passage::read(value).map(Self::Text),
            "audio" => Clip::read(value).map(Self::Audio),
            "video" => Clip::read(value).map(Self::Video),
            "map_tile" => MapTile::read(value).map(Self::MapTile),
            _ => None,
        }
    }
}

impl Read for Tone {
    fn read(value: &Value) -> Option<Self> {
        match value.as_str()? {
            "playful" => Some(Self::Playful),
            "solemn" => Some(Self::Solemn),
            _ => None,
        }
    }
}

impl Read for ProjectState {
    fn read(value: &Value) -> Option<Self> {
        match value.as_str()? {
            "draft" => Some(Self::Draft),
            "live" => Some(Self::Live),
            "paused" => Some(Self::Paused),
            "finished" => Some(Self::Finished),
            _ => None,
        }
    }
}

impl Read for TaskId {
    fn read(value: &Value) -> Option<Self> {
        value.as_str()?.parse().ok()
    }
}

impl Read for ProjectId {
    fn read(value: &Value) -> Option<Self> {
        value.as_str()?.parse().ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::{Serialize, de::DeserializeOwned};
    use serde_json::json;
    use std::fmt::Debug;

    fn picture() -> Picture {
        Picture {
            sources: vec![PictureSource { url: "/media/a.webp".into(), width: 9, height: 4 }],
        }
    }

    fn task(n: u64) -> Task {
        Task {
            id: TaskId::v7(n, [1; 10]),
            kind: "typing".into(),
            subject: Subject::ImageRegion(ImageRegion {
                picture: picture(),
                frame: Rect::new(1.0, 2.5, 300.0, 40.0),
                mark: Rect::new(10.0, 12.25, 30.0, 20.0),
                turned: 90,
                page: Some(PagePicture {
                    picture: picture(),
                    size: Size { width: 1000, height: 1500 },
                    label: "Page 1".into(),
                }),
            }),
            question: "What does it say?".into(),
            prefill: Some(json!({"text": "Weſen"})),
            text: Some("Weſen".into()),
            facts: vec![Fact { name: "Place".into(), value: "Åbo".into() }],
            note: Some("A wound".into()),
            others: vec![json!({"shapes": []})],
            lesson: Some(Lesson { answer: json!({"text": "ſo"}), hint: "A long s.".into() }),
        }
    }

    fn subjects() -> Vec<Subject> {
        let size = Size { width: 8000, height: 6000 };
        let tiles = Tiles {
            base: "/iiif/a".into(),
            version: 3,
            format: "webp".into(),
            tile: Size { width: 512, height: 512 },
            factors: vec![1, 2, 4],
        };
        let image = |tiles| Image { picture: picture(), size, alt: "A bay".into(), tiles };
        let clip = |poster, captions| Clip {
            url: "/media/a.wav".into(),
            media_type: "audio/wav".into(),
            alt: "A bird".into(),
            poster,
            captions,
        };
        let around = vec![Neighbour { dx: -1, dy: 1, picture: picture() }];
        let map = MapTile {
            z: 14,
            x: 9323,
            y: 4712,
            picture: picture(),
            size,
            around,
            attribution: "Us".into(),
        };
        let passage = |known: bool| Passage {
            text: "Water\nis rising".into(),
            language: known.then(|| "en".into()),
            source: known.then(|| "SMS".into()),
        };
        vec![
            task(3).subject,
            Subject::Image(image(None)),
            Subject::Image(image(Some(tiles))),
            Subject::ImagePair(ImagePair {
                before: image(None),
                after: image(None),
                before_label: "2015".into(),
                after_label: "2017".into(),
            }),
            Subject::Text(passage(true)),
            Subject::Text(passage(false)),
            Subject::Audio(clip(None, None)),
            Subject::Video(clip(Some(picture()), Some("/media/a.vtt".into()))),
            Subject::MapTile(map),
        ]
    }

    fn project(tone: Tone, state: ProjectState) -> Project {
        Project {
            id: ProjectId::v7(7, [2; 10]),
            slug: "turku".into(),
            title: "Turku".into(),
            purpose: "To be searched.".into(),
            voice: "For the people of Turku, 1863".into(),
            owner: Owner { name: "The library".into(), link: Some("https://example.org".into()) },
            language: "sv".into(),
            accent: Some("#aa2211".into()),
            picture: Some(picture()),
            tone,
            state,
            kind: "typing".into(),
            rules: json!({"characters": ["å"]}),
            called: Some(Called { one: "page".into(), many: "pages".into() }),
            question: "What does it say?".into(),
            help: vec![HelpEntry {
                title: "The long s".into(),
                body: "Type s.".into(),
                example: Some("ſ → s".into()),
                picture: Some(picture()),
            }],
            layers: vec!["goal".into()],
            progress: Progress {
                tasks: 1,
                given: 2,
                agreed: 3,
                checked: 4,
                wanted: 5,
                pages: 6,
                readable: 7,
            },
        }
    }

    /// Every value that serde writes is read as serde reads it, whichever of its fields is left out.
    fn same<T: Read + Serialize + DeserializeOwned + PartialEq + Debug>(value: &T) {
        let json = serde_json::to_value(value).unwrap();
        assert_eq!(T::read(&json).as_ref(), Some(value));
        for name in json.as_object().unwrap().keys() {
            let mut less = json.clone();
            less.as_object_mut().unwrap().remove(name);
            if let Ok(by_serde) = serde_json::from_value::<T>(less.clone()) {
                assert_eq!(T::read(&less), Some(by_serde), "without {name}");
            } else {
                assert_eq!(T::read(&less), None, "without {name}");
            }
        }
    }

    #[test]
    fn both_readers_read_the_same() {
        for tone in [Tone::Playful, Tone::Solemn] {
            for state in [
                ProjectState::Draft,
                ProjectState::Live,
                ProjectState::Paused,
                ProjectState::Finished,
            ] {
                same(&project(tone, state));
            }
        }
        let mut bare = task(1);
        (bare.prefill, bare.lesson, bare.text, bare.note) = (None, None, None, None);
        (bare.facts, bare.others) = (vec![], vec![]);
        same(&bare);
        same(&task(2));
        same(&project(Tone::Playful, ProjectState::Live).progress);
        for subject in subjects() {
            same(&subject);
        }
        same(&Opening {
            projects: vec![project(Tone::Playful, ProjectState::Live)],
            project: Some(project(Tone::Solemn, ProjectState::Paused)),
            warm_ups: vec![task(4), task(5)],
        });
    }

    #[test]
    fn one_bad_entry_never_loses_a_list() {
        let good = serde_json::to_value(task(1)).unwrap();
        let list = Vec::<Task>::read(&json!([good, {"id": 3}])).unwrap();
        assert_eq!(list, [task(1)]);
    }
}
