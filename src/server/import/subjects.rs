//! Subjects of every form, read and cut, with their pictures kept; nothing of
//! them is in the database yet.

use super::{Reason, documents, manifests, maps, off_thread, tables};
use crate::{
    error::{Error, Result},
    files::Files,
    media::{self, Cut, Held, Media, MediaFile, Medium, Shown},
    project::{Beside, ClipIn, CutIn, Form, PairIn, RegionIn, Settings, SubjectIn, TextIn},
    store::{NewService, NewSubject},
};
use domain::{Clip, Fault, Image, ImagePair, Passage, Picture, Rect, Size, Subject};
use futures_util::StreamExt;
use std::{
    collections::{HashMap, HashSet},
    sync::{Arc, Mutex, PoisonError},
};

/// Makes subjects of what a project file says.
#[derive(Clone)]
pub(crate) struct Maker {
    pub(super) shared: Arc<Shared>,
}

/// What all copies of a maker share.
pub(super) struct Shared {
    media: Media,
    files: Arc<Files>,
    settings: Arc<Settings>,
    /// Pictures that were made already: a tile of a map stands beside up to 24 others.
    made: Mutex<HashMap<([u8; 32], u8), Made>>,
    /// The pictures of addresses that were asked already.
    fetched: Mutex<HashMap<String, (Picture, Size)>>,
    /// The names that are taken.
    known: Mutex<HashSet<String>>,
    services: Mutex<Vec<NewService>>,
}

/// A picture that was made already.
#[derive(Clone)]
enum Made {
    Picture(Picture, Size),
    Image(Image),
}

/// What became of the subjects.
pub(super) struct All {
    pub(super) subjects: Vec<NewSubject>,
    pub(super) refused: Vec<Reason>,
    /// Libraries' services that they need.
    pub(super) services: Vec<NewService>,
}

/// A subject that is asked for, or why it cannot be; with its name or place.
pub(super) type Asked = (String, Result<SubjectIn, Fault>);
/// What became of one subject, with its name or place.
pub(super) type Outcome = (String, Result<NewSubject, Fault>);

/// Subjects under way at once; two of them are decoded at a time.
const AT_ONCE: usize = 4;
/// The longest text that is a subject, in characters.
const LONGEST: usize = 20_000;

impl Maker {
    /// A maker that reads files from `files` and keeps pictures in `media`.
    pub(crate) fn new(media: &Media, files: &Arc<Files>, settings: &Arc<Settings>) -> Self {
        let shared = Shared {
            media: media.clone(),
            files: Arc::clone(files),
            settings: Arc::clone(settings),
            made: Mutex::default(),
            fetched: Mutex::default(),
            known: Mutex::default(),
            services: Mutex::default(),
        };
        Self { shared: Arc::new(shared) }
    }

    /// Where pictures are kept.
    pub(super) fn media(&self) -> &Media {
        &self.shared.media
    }

    /// The settings of the project that the subjects are for.
    pub(super) fn settings(&self) -> &Arc<Settings> {
        &self.shared.settings
    }

    /// Where named files are read from.
    pub(super) fn files(&self) -> &Files {
        &self.shared.files
    }

    /// Takes a name for a subject, which nothing else may have.
    pub(super) fn claim(&self, name: &str) -> Result<(), Fault> {
        let mut known = self.shared.known.lock().unwrap_or_else(PoisonError::into_inner);
        if known.insert(name.to_owned()) { Ok(()) } else { Err(crate::store::already_there(name)) }
    }

    /// The picture of what lay at an address, where it was asked already.
    pub(super) fn fetched(&self, url: &str) -> Option<(Picture, Size)> {
        self.shared.fetched.lock().unwrap_or_else(PoisonError::into_inner).get(url).cloned()
    }

    /// Notes what lay at an address, so that nobody is asked twice for it.
    pub(super) fn note_fetched(&self, url: String, picture: (Picture, Size)) {
        let fetched = &self.shared.fetched;
        fetched.lock().unwrap_or_else(PoisonError::into_inner).insert(url, picture);
    }

    /// Notes a library's service that a subject needs.
    pub(super) fn needs(&self, service: NewService) {
        self.shared.services.lock().unwrap_or_else(PoisonError::into_inner).push(service);
    }

    /// Makes subjects, in their order. `known` are the names that the project has already.
    pub(super) async fn make(
        &self,
        subjects: Vec<Result<SubjectIn, Fault>>,
        known: HashSet<String>,
    ) -> Result<All> {
        *self.shared.known.lock().unwrap_or_else(PoisonError::into_inner) = known;
        let work: Vec<_> = self
            .asked(subjects)?
            .into_iter()
            .map(|(place, input)| async move {
                match input {
                    Ok(input) => self.several(place, input).await,
                    Err(fault) => Ok(vec![(place, Err(fault))]),
                }
            })
            .collect();
        let mut work = futures_util::stream::iter(work).buffered(AT_ONCE);
        let mut all = All { subjects: Vec::new(), refused: Vec::new(), services: Vec::new() };
        while let Some(outcomes) = work.next().await {
            for (place, made) in outcomes? {
                match made {
                    Ok(subject) => all.subjects.push(subject),
                    Err(fault) => all.refused.push(Reason { place, reason: fault.detail }),
                }
            }
        }
        let services = &self.shared.services;
        all.services =
            std::mem::take(&mut *services.lock().unwrap_or_else(PoisonError::into_inner));
        Ok(all)
    }

    /// What is asked for, with the rows of tables in their places, each under a name of its own.
    fn asked(&self, subjects: Vec<Result<SubjectIn, Fault>>) -> Result<Vec<Asked>> {
        let mut asked: Vec<Asked> = Vec::new();
        for (input, at) in subjects.into_iter().zip(1usize..) {
            let name = input.as_ref().ok().and_then(SubjectIn::name);
            let place = name.unwrap_or_else(|| format!("subject {at}"));
            match input {
                Ok(SubjectIn { form: Form::Csv(table), beside }) => {
                    match tables::rows(self.files(), &table, &beside) {
                        Ok(rows) => asked.extend(rows),
                        Err(Error::Fault(fault)) => asked.push((table.file, Err(fault))),
                        Err(error) => return Err(error),
                    }
                }
                other => asked.push((place, other)),
            }
        }
        for (place, input) in &mut asked {
            if let Some(name) = input.as_ref().ok().and_then(SubjectIn::name)
                && let Err(fault) = self.claim(&name)
            {
                (*place, *input) = (name, Err(fault));
            }
        }
        Ok(asked)
    }

    /// Makes what is asked for at one place: one subject, or all pages of a document.
    async fn several(&self, place: String, input: SubjectIn) -> Result<Vec<Outcome>> {
        let SubjectIn { form, beside } = input;
        let (place, made) = match form {
            Form::Pdf(pdf) => (pdf.file.clone(), documents::pages(self, pdf, beside).await),
            Form::Iiif(iiif) => {
                let place = iiif.url.clone().or_else(|| iiif.file.clone()).unwrap_or(place);
                (place, manifests::canvases(self, iiif, beside).await)
            }
            form => {
                let made = self.one(SubjectIn { beside, form }).await;
                (place.clone(), made.map(|subject| vec![(place, Ok(subject))]))
            }
        };
        match made {
            Err(Error::Fault(fault)) => Ok(vec![(place, Err(fault))]),
            other => other,
        }
    }

    /// Makes one subject.
    pub(super) async fn one(&self, input: SubjectIn) -> Result<NewSubject> {
        let external_id = input.name().ok_or_else(|| {
            Fault::new("several-subjects", "This stands for several subjects; here is one wanted.")
        })?;
        check(&external_id, &input.beside)?;
        let (subject, files) = match input.form {
            Form::MapTile(tile) => maps::tile(self, tile).await?,
            form => {
                let shared = Arc::clone(&self.shared);
                off_thread(move || shared.subject(form)).await?
            }
        };
        self.shared.media.keep(files).await?;
        self.with_beside(external_id, subject, input.beside)
    }

    /// A subject with what belongs to it.
    pub(super) fn with_beside(
        &self,
        external_id: String,
        subject: Subject,
        beside: Beside,
    ) -> Result<NewSubject> {
        let settings = &self.shared.settings;
        kinds::takes(&settings.kind, &settings.rules, &subject)?;
        let prefill = match beside.prefill {
            Some(value) => {
                let checked = kinds::check(&settings.kind, &settings.rules, &subject, value);
                Some(checked.map_err(|fault| Fault {
                    detail: format!("Its “prefill” is no answer: {}", fault.detail),
                    ..fault
                })?)
            }
            None => None,
        };
        Ok(NewSubject {
            external_id,
            subject,
            text: beside.text,
            facts: beside.facts,
            note: beside.note,
            prefill: prefill.map(|checked| checked.value),
        })
    }

    /// A picture that belongs to the project itself: its title, or one of its help. `large` ones
    /// come in a page's sizes.
    pub(super) async fn picture(&self, name: String, large: bool) -> Result<Picture> {
        let shared = Arc::clone(&self.shared);
        let (picture, files) = off_thread(move || {
            let mut files = Vec::new();
            let made = shared.picture(&name, large.into(), &mut files, |held| {
                if large {
                    let page = media::page_picture(&held.image, &name)?;
                    Ok(Shown { shown: page.shown.picture, files: page.files })
                } else {
                    media::picture_of(&held.image)
                }
            })?;
            Ok((made.0, files))
        })
        .await?;
        self.shared.media.keep(files).await?;
        Ok(picture)
    }
}

/// Whether what belongs to a subject is of a length that can be shown.
pub(super) fn check(external_id: &str, beside: &Beside) -> Result<(), Fault> {
    let long = |text: &str, most: usize| text.chars().count() > most;
    let bad = |told: &str| Err(Fault::new("bad-subject", told));
    if external_id.is_empty() || long(external_id, 300) || external_id.contains(char::is_control) {
        return bad("A subject's id has 1 to 300 characters.");
    }
    if beside.text.as_deref().is_some_and(|text| long(text, 2_000)) {
        return bad("The text beside a subject has at most 2000 characters.");
    }
    if beside.note.as_deref().is_some_and(|note| note.trim().is_empty() || long(note, 300)) {
        return bad("A content note has 1 to 300 characters.");
    }
    let fact = |fact: &domain::Fact| {
        fact.name.trim().is_empty() || long(&fact.name, 100) || long(&fact.value, 1_000)
    };
    if beside.facts.len() > 30 || beside.facts.iter().any(fact) {
        return bad(
            "A subject has at most 30 facts, with names of 1 to 100 characters and values of at most 1000.",
        );
    }
    Ok(())
}

/// A subject, and the files of its pictures.
pub(super) type Kept = (Subject, Vec<MediaFile>);

impl Shared {
    /// Reads and cuts what is looked at. Heavy.
    fn subject(&self, form: Form) -> Result<Kept> {
        let mut files = Vec::new();
        let subject = match form {
            Form::Image(image) => {
                Subject::Image(self.image(&image.file, &image.alt, &mut files)?)
            }
            Form::ImageRegion(region) => self.region(&region, &mut files)?,
            Form::ImagePair(PairIn { before, after, before_label, after_label, alt }) => {
                if before_label.trim().is_empty() || after_label.trim().is_empty() {
                    return Err(bad("Both images of a pair need a label, such as “2015”.").into());
                }
                Subject::ImagePair(ImagePair {
                    before: self.image(&before, &alt, &mut files)?,
                    after: self.image(&after, &alt, &mut files)?,
                    before_label,
                    after_label,
                })
            }
            Form::Text(text) => passage(text)?,
            Form::Audio(clip) => Subject::Audio(self.clip(clip, Medium::Audio, &mut files)?),
            Form::Video(clip) => Subject::Video(self.clip(clip, Medium::Video, &mut files)?),
            Form::Cut(CutIn { image, mark }) => {
                let bytes = self.files.read(&image)?;
                let held = media::decode(&image, &bytes, self.settings.largest())?.lying();
                on_image(&held, &mark)?;
                let whole = media::whole(&held.image, mark)?;
                files.extend(whole.files);
                Subject::ImageRegion(whole.shown)
            }
            Form::MapTile(_) | Form::Pdf(_) | Form::Csv(_) | Form::Iiif(_) => {
                return Err(Error::internal("a subject that is made elsewhere"));
            }
        };
        Ok((subject, files))
    }

    /// A whole image.
    fn image(&self, name: &str, alt: &str, files: &mut Vec<MediaFile>) -> Result<Image> {
        let bytes = self.files.read(name)?;
        let key = (*blake3::hash(&bytes).as_bytes(), 3);
        if let Some(Made::Image(image)) = self.known(key) {
            return Ok(Image { alt: alt.to_owned(), ..image });
        }
        let held = media::decode(name, &bytes, self.settings.largest())?.upright();
        let made = media::image(held, &bytes, alt)?;
        files.extend(made.files);
        self.note(key, Made::Image(made.shown.clone()));
        Ok(made.shown)
    }

    /// A part of an image, with its surroundings.
    fn region(&self, region: &RegionIn, files: &mut Vec<MediaFile>) -> Result<Subject> {
        let RegionIn { file, mark, line, label } = region;
        let bytes = self.files.read(file)?;
        let held = media::decode(file, &bytes, self.settings.largest())?.lying();
        on_image(&held, mark)?;
        if let Some(line) = line {
            on_image(&held, line)?;
        }
        let label = label.clone().unwrap_or_else(|| super::base_name(file).to_owned());
        let page = media::page_picture(&held.image, &label)?;
        files.extend(page.files);
        let cut = Cut { mark: *mark, line: *line, rotation: 0.0 };
        let cut = media::strip(&held.image, &cut, Some(&page.shown))?;
        files.extend(cut.files);
        Ok(Subject::ImageRegion(cut.shown))
    }

    fn clip(&self, clip: ClipIn, wanted: Medium, files: &mut Vec<MediaFile>) -> Result<Clip> {
        let ClipIn { file, alt, poster, captions } = clip;
        if wanted == Medium::Audio && poster.is_some() {
            return Err(bad("A sound has no poster; leave it out.").into());
        }
        let (kept, url, media_type) = media::clip(&file, self.files.read(&file)?, wanted)?;
        files.push(kept);
        let captions = match captions {
            Some(name) => {
                let (kept, url) = media::captions(&name, self.files.read(&name)?)?;
                files.push(kept);
                Some(url)
            }
            None => None,
        };
        let poster = match poster {
            Some(name) => {
                let make = |held: &Held| media::picture_of(&held.image);
                Some(self.picture(&name, 0, files, make)?.0)
            }
            None => None,
        };
        Ok(Clip { url, media_type: media_type.to_owned(), alt, poster, captions })
    }

    /// A picture in some sizes, `form` by name; made once, however often it is used.
    pub(super) fn picture(
        &self,
        name: &str,
        form: u8,
        files: &mut Vec<MediaFile>,
        shape: impl Fn(&Held) -> Result<Shown<Picture>>,
    ) -> Result<(Picture, Size)> {
        self.picture_of(name, &self.files.read(name)?, form, files, shape)
    }

    /// The same of bytes at hand.
    pub(super) fn picture_of(
        &self,
        name: &str,
        bytes: &[u8],
        form: u8,
        files: &mut Vec<MediaFile>,
        shape: impl Fn(&Held) -> Result<Shown<Picture>>,
    ) -> Result<(Picture, Size)> {
        let key = (*blake3::hash(bytes).as_bytes(), form);
        if let Some(Made::Picture(picture, size)) = self.known(key) {
            return Ok((picture, size));
        }
        let held = media::decode(name, bytes, self.settings.largest())?.upright();
        let size = held.size();
        let made = shape(&held)?;
        files.extend(made.files);
        self.note(key, Made::Picture(made.shown.clone(), size));
        Ok((made.shown, size))
    }

    fn known(&self, key: ([u8; 32], u8)) -> Option<Made> {
        self.made.lock().unwrap_or_else(PoisonError::into_inner).get(&key).cloned()
    }

    fn note(&self, key: ([u8; 32], u8), made: Made) {
        self.made.lock().unwrap_or_else(PoisonError::into_inner).insert(key, made);
    }
}

pub(super) fn bad(told: &str) -> Fault {
    Fault::new("bad-subject", told)
}

/// Whether a part lies on an image.
fn on_image(held: &Held, part: &Rect) -> Result<(), Fault> {
    let size = held.size();
    let lies = [part.x, part.y, part.width, part.height].iter().all(|v| v.is_finite())
        && part.width > 0.0
        && part.height > 0.0
        && part.within(size).is_some_and(|within| (within.area() - part.area()).abs() < 1.0);
    if lies {
        return Ok(());
    }
    Err(Fault::new(
        "mark-outside",
        format!(
            "What is marked does not lie on the image, which has {} × {} pixels.",
            size.width, size.height
        ),
    ))
}

fn passage(text: TextIn) -> Result<Subject, Fault> {
    let TextIn { content, language, source } = text;
    // One form of line breaks, so that spans count alike in every browser.
    let text = content.replace("\r\n", "\n").replace('\r', "\n");
    let strange = |c: char| c.is_control() && c != '\n' && c != '\t';
    if text.trim().is_empty() || text.chars().count() > LONGEST || text.contains(strange) {
        return Err(bad(
            "A text has 1 to 20,000 characters, and no control characters but line breaks and tabs.",
        ));
    }
    if source.as_deref().is_some_and(|source| source.chars().count() > 300) {
        return Err(bad("A text's source has at most 300 characters."));
    }
    Ok(Subject::Text(Passage { text, language, source }))
}
