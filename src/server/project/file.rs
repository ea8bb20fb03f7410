//! The file that describes a project: what `talkoot import --project` takes.

use super::{ProjectIn, Settings, SubjectIn, WarmUp, read};
use crate::error::Result;
use domain::{Fault, Picture};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, value::RawValue};

/// A project described in a file, with what it asks about.
#[derive(Clone, Debug)]
pub(crate) struct ProjectFile {
    /// Its name in addresses.
    pub(crate) slug: String,
    /// Everything else about the project, without its pictures.
    pub(crate) settings: Settings,
    /// What belongs to it, by paths relative to the file.
    pub(crate) parts: Parts,
    /// The settings as they are written; where a picture is named there is null.
    written: Value,
}

/// The parts of a project file that name other files.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Parts {
    /// Every picture that is named, with its place in the settings (a JSON pointer).
    pub(crate) pictures: Vec<(String, String)>,
    /// Tasks with known answers; for pages, the built-in ones where this is left out.
    pub(crate) warm_ups: Option<Vec<WarmUp>>,
    /// The pages.
    pub(crate) pages: Vec<PageFiles>,
    /// The subjects. One that cannot be read takes no other with it.
    pub(crate) subjects: Vec<Result<SubjectIn, Fault>>,
}

/// A page: its text and its image.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct PageFiles {
    /// The text's file, such as an ALTO.
    pub(crate) text: String,
    /// The image's file.
    pub(crate) image: String,
    /// What people call the page; the image's name where this is left out.
    #[serde(default)]
    pub(crate) label: Option<String>,
}

/// What is read from the text itself, because a value forgets the order of facts.
#[derive(Deserialize)]
struct Lists<'t> {
    #[serde(borrow, default)]
    warm_ups: Option<Vec<&'t RawValue>>,
    #[serde(default)]
    pages: Vec<PageFiles>,
    #[serde(borrow, default)]
    subjects: Vec<&'t RawValue>,
}

impl ProjectFile {
    /// Reads a project file.
    pub(crate) fn from_json(bytes: &[u8]) -> Result<Self> {
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        let mut written: Value = serde_json::from_slice(bytes)
            .map_err(|e| Fault::new("bad-json", format!("The project file is not JSON: {e}.")))?;
        let lists: Lists = serde_json::from_slice(bytes).map_err(|e| {
            Fault::new("bad-project-file", format!("The project file cannot be read: {e}."))
        })?;
        if let Some(fields) = written.as_object_mut() {
            for list in ["warm_ups", "pages", "subjects"] {
                fields.remove(list);
            }
        }
        let mut pictures = Vec::new();
        take_pictures(&mut written, "", &mut pictures);
        let ProjectIn { slug, settings } = ProjectIn::from_value(written.clone())?;
        if let Some(fields) = written.as_object_mut() {
            fields.remove("slug");
        }
        let warm_ups = lists.warm_ups.map(|all| {
            let each = all.iter().zip(1..).map(|(one, at)| {
                WarmUp::from_json(one.get()).map_err(|fault| Fault {
                    detail: format!("Warm-up {at}: {}", fault.detail),
                    ..fault
                })
            });
            each.collect::<Result<Vec<_>, Fault>>()
        });
        let parts = Parts {
            pictures,
            warm_ups: warm_ups.transpose()?,
            pages: lists.pages,
            subjects: lists.subjects.iter().map(|one| SubjectIn::from_json(one.get())).collect(),
        };
        Ok(Self { slug, settings, parts, written })
    }

    /// The settings with pictures at their places.
    pub(crate) fn with_pictures(
        &self,
        pictures: impl IntoIterator<Item = (String, Picture)>,
    ) -> Result<Settings> {
        let mut written = self.written.clone();
        for (pointer, picture) in pictures {
            if let Some(place) = written.pointer_mut(&pointer) {
                *place = serde_json::to_value(picture).map_err(crate::Error::internal)?;
            }
        }
        read(written)?.checked()
    }
}

/// Takes out every name of a file that stands under a key `picture`, wherever that is.
fn take_pictures(value: &mut Value, at: &str, into: &mut Vec<(String, String)>) {
    match value {
        Value::Object(fields) => in_fields(fields, at, into),
        Value::Array(items) => {
            for (number, item) in items.iter_mut().enumerate() {
                take_pictures(item, &format!("{at}/{number}"), into);
            }
        }
        _ => {}
    }
}

fn in_fields(fields: &mut Map<String, Value>, at: &str, into: &mut Vec<(String, String)>) {
    for (key, value) in fields {
        let place = format!("{at}/{}", key.replace('~', "~0").replace('/', "~1"));
        if key == "picture"
            && let Value::String(name) = value
        {
            into.push((place, std::mem::take(name)));
            *value = Value::Null;
        } else {
            take_pictures(value, &place, into);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::PictureSource;
    use proptest::prelude::*;
    use serde_json::json;

    fn file(change: &Value) -> Value {
        let mut file = json!({"slug": "s", "title": "T", "owner": {"name": "O"}, "question": "?"});
        for (key, value) in change.as_object().unwrap() {
            file[key] = value.clone();
        }
        file
    }

    fn parsed(change: &Value) -> Result<ProjectFile> {
        ProjectFile::from_json(file(change).to_string().as_bytes())
    }

    #[test]
    fn pictures_are_found_wherever_they_are_named_and_come_back_there() {
        let help =
            json!([{"title": "a", "body": "b"}, {"title": "c", "body": "d", "picture": "e/f.jpg"}]);
        let project = parsed(&json!({"picture": "t.jpg", "help": help})).unwrap();
        assert_eq!(
            project.parts.pictures,
            [("/help/1/picture".into(), "e/f.jpg".into()), ("/picture".into(), "t.jpg".into())]
        );
        let picture = |url: &str| Picture {
            sources: vec![PictureSource { url: url.into(), width: 1, height: 1 }],
        };
        let named = project.parts.pictures.iter().map(|(at, name)| (at.clone(), picture(name)));
        let settings = project.with_pictures(named).unwrap();
        assert_eq!(settings.picture, Some(picture("t.jpg")));
        assert_eq!(settings.help[1].picture, Some(picture("e/f.jpg")));
        assert_eq!(settings.help[0].picture, None);
    }

    #[test]
    fn a_fact_called_picture_is_no_picture() {
        let subject = json!({"type": "text", "content": "x", "facts": {"picture": "blue"}});
        let project = parsed(&json!({"subjects": [subject]})).unwrap();
        assert!(project.parts.pictures.is_empty());
    }

    #[test]
    fn what_is_no_project_file_is_told() {
        for (change, said) in [
            (json!({"colour": 1}), "colour"),
            (json!({"subjects": {}}), "sequence"),
            (json!({"pages": [{"text": "a.xml", "image": "b", "x": 1}]}), "`x`"),
            (json!({"warm_ups": [{"image": "a"}]}), "Warm-up 1"),
        ] {
            let error = parsed(&change).unwrap_err();
            let told = error.problem().detail;
            assert!(told.contains(said), "{told}");
        }
        assert!(ProjectFile::from_json(b"{").is_err());
        assert!(ProjectFile::from_json(b"[]").is_err());
    }

    proptest! {
        #[test]
        fn no_bytes_break_the_reader(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            let _ = ProjectFile::from_json(&bytes);
        }
    }
}
