//! Importing: a page's text and image become tasks with their cuts. Everything
//! is read and cut first; then all of it goes into the database, or nothing.

mod documents;
mod manifests;
mod maps;
mod subjects;
mod tables;

use subjects::All;
pub(crate) use subjects::Maker;

use crate::{
    error::{Error, Result},
    files::Files,
    media::{self, Cut, Media, MediaFile},
    project::{PageFiles, ProjectFile, Settings, SubjectIn, WarmUp},
    registry::Live,
    store::{Arrivals, NewPage, NewTask, NewWarmUp, Store, To},
};
use domain::{Fault, Lesson, OffsetDateTime, Picture, Size, Subject};
use formats::{Page, Parsed, Rejected, Scan, Unit, imports, pick};
use serde::Serialize;
use std::{
    path::{Path, PathBuf},
    sync::{Arc, LazyLock},
};
use tokio::sync::Semaphore;

/// Decoding a large page takes hundreds of megabytes: two at a time.
static DECODING: LazyLock<Semaphore> = LazyLock::new(|| Semaphore::new(2));

/// A page to import, as it was sent.
#[derive(Clone, Debug)]
pub(crate) struct PageIn {
    /// The text file's name.
    pub(crate) text_name: String,
    /// The text file.
    pub(crate) text: Vec<u8>,
    /// The image file's name.
    pub(crate) image_name: String,
    /// The image file.
    pub(crate) image: Vec<u8>,
    /// What people call the page; the image's name where this is `None`.
    pub(crate) label: Option<String>,
}

/// What an import did.
#[derive(Clone, Debug, Default, Serialize, utoipa::ToSchema)]
pub(crate) struct Report {
    /// The pages that were taken.
    pub(crate) pages: Vec<PageReport>,
    /// How many subjects were taken beside them.
    pub(crate) subjects: usize,
    /// What of them cannot be asked, each with its reason.
    pub(crate) skipped: Vec<Reason>,
    /// Pages and subjects that were not taken, each with its reason.
    pub(crate) refused: Vec<Reason>,
}

impl Report {
    /// Whether nothing at all was taken, though something was sent.
    pub(crate) fn is_in_vain(&self) -> bool {
        self.pages.is_empty() && self.subjects == 0 && !self.refused.is_empty()
    }
}

/// What became of one page.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub(crate) struct PageReport {
    /// The text file's name.
    pub(crate) name: String,
    /// What people call it.
    pub(crate) label: String,
    /// Tasks made from it.
    pub(crate) taken: usize,
    /// Words or lines that could have been asked and were not picked.
    pub(crate) left: usize,
    /// Words or lines that cannot be asked.
    pub(crate) skipped: usize,
    /// Whether its tasks ask for words or lines.
    #[schema(value_type = String)]
    pub(crate) unit: Unit,
    /// What that means, in a sentence.
    pub(crate) summary: String,
}

/// Where, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub(crate) struct Reason {
    /// A file, or an id within one.
    pub(crate) place: String,
    /// A sentence to act on.
    pub(crate) reason: String,
}

impl Reason {
    fn of(file: &str, rejected: Rejected) -> Self {
        Self { place: format!("{file}#{}", rejected.place), reason: rejected.reason }
    }
}

/// A page that is read and cut, and not stored yet.
struct Prepared {
    page: NewPage,
    files: Vec<MediaFile>,
    skipped: Vec<Reason>,
    report: PageReport,
}

/// What is imported at a time.
#[derive(Default)]
pub(crate) struct Load {
    /// Pages: texts with their images.
    pub(crate) pages: Vec<PageIn>,
    /// Subjects; one that could not be read takes no other with it.
    pub(crate) subjects: Vec<Result<SubjectIn, Fault>>,
}

/// Imports pages and subjects into a project. What cannot be taken is told in the report.
pub(crate) async fn load(
    store: &Store,
    live: &Arc<Live>,
    maker: &Maker,
    load: Load,
    now: OffsetDateTime,
) -> Result<Report> {
    let (arrivals, report) = arrivals(store, Some(live), maker, load).await?;
    if !arrivals.is_empty() {
        store.add(To::There(live.id), arrivals, now).await?;
    }
    Ok(report)
}

/// Reads and cuts everything; nothing of it is in the database yet.
async fn arrivals(
    store: &Store,
    live: Option<&Arc<Live>>,
    maker: &Maker,
    load: Load,
) -> Result<(Arrivals, Report)> {
    let mut report = Report::default();
    let pages = prepared(store, live, maker, load.pages, &mut report).await?;
    let known = match live {
        Some(live) => store.subject_ids(live.id.0).await?,
        None => std::collections::HashSet::new(),
    };
    let mut made = maker.make(load.subjects, known).await?;
    report.subjects = made.subjects.len();
    report.refused.append(&mut made.refused);
    let All { subjects, services, .. } = made;
    Ok((Arrivals { pages, subjects, services, warm_ups: Vec::new() }, report))
}

async fn prepared(
    store: &Store,
    live: Option<&Arc<Live>>,
    maker: &Maker,
    pages: Vec<PageIn>,
    report: &mut Report,
) -> Result<Vec<NewPage>> {
    let mut ready: Vec<NewPage> = Vec::new();
    for page in pages {
        let name = page.text_name.clone();
        let mut again = ready.iter().any(|other| other.source == page.text);
        if let Some(live) = live {
            again |= store.has_source(live.id.0, &page.text).await?;
        }
        if again {
            let fault = crate::store::already_there(&name);
            report.refused.push(Reason { place: name, reason: fault.detail });
            continue;
        }
        let settings = Arc::clone(maker.settings());
        match off_thread(move || prepare(&page, &settings)).await {
            Ok(prepared) => {
                maker.media().keep(prepared.files).await?;
                ready.push(prepared.page);
                report.skipped.extend(prepared.skipped);
                report.pages.push(prepared.report);
            }
            Err(Error::Fault(fault)) => {
                report.refused.push(Reason { place: name, reason: fault.detail });
            }
            Err(error) => return Err(error),
        }
    }
    Ok(ready)
}

/// Imports a project file with all that belongs to it, in one transaction. A project that is
/// there already gets the pages and subjects it has not got; its settings stay as they are.
/// `None` where nothing of a new project could be taken: then it is not made.
pub(crate) async fn project(
    store: &Store,
    media: &Media,
    files: &Arc<Files>,
    project: ProjectFile,
    now: OffsetDateTime,
) -> Result<(Option<Arc<Live>>, Report)> {
    let there = store.registry().by_slug(&project.slug);
    let settings = if let Some(live) = &there {
        live.settings()
    } else {
        let maker = Maker::new(media, files, &Arc::new(project.settings.clone()));
        Arc::new(project.with_pictures(pictures(&maker, &project).await?)?)
    };
    let maker = Maker::new(media, files, &settings);
    let ProjectFile { slug, parts, .. } = project;
    let warm_ups = match (&there, parts.warm_ups) {
        (Some(_), _) => Vec::new(),
        (None, Some(own)) => lessons(&maker, own).await?,
        (None, None) if parts.pages.is_empty() => Vec::new(),
        (None, None) => sample_lessons(media, &settings).await?,
    };
    let mut pages = Vec::new();
    for PageFiles { text, image, label } in parts.pages {
        pages.push(PageIn {
            text: files.read(&text)?,
            image: files.read(&image)?,
            text_name: base_name(&text).to_owned(),
            image_name: base_name(&image).to_owned(),
            label,
        });
    }
    let load = Load { pages, subjects: parts.subjects };
    let (arrivals, report) = arrivals(store, there.as_ref(), &maker, load).await?;
    if report.is_in_vain() {
        return Ok((there, report));
    }
    let arrivals = Arrivals { warm_ups, ..arrivals };
    let to = match there {
        Some(live) => To::There(live.id),
        None => To::New { slug, settings: Box::new(settings.as_ref().clone()) },
    };
    Ok((Some(store.add(to, arrivals, now).await?), report))
}

/// Imports a project file from disk, with the files beside it.
pub(crate) async fn project_file(
    store: &Store,
    media: &Media,
    path: &Path,
    now: OffsetDateTime,
) -> Result<(Option<Arc<Live>>, Report)> {
    let bytes = std::fs::read(path).map_err(|error| {
        Fault::new("file-missing", format!("{} cannot be read: {error}.", path.display()))
    })?;
    let project = ProjectFile::from_json(&bytes)?;
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    let folder = folder.map_or_else(|| PathBuf::from("."), Path::to_owned);
    self::project(store, media, &Arc::new(Files::Folder(folder)), project, now).await
}

/// Every picture that the settings name, with its place in them.
async fn pictures(maker: &Maker, project: &ProjectFile) -> Result<Vec<(String, Picture)>> {
    let mut made = Vec::new();
    for (place, name) in &project.parts.pictures {
        let large = place == "/picture";
        made.push((place.clone(), maker.picture(name.clone(), large).await?));
    }
    Ok(made)
}

/// Gives a project the warm-ups of the built-in sample, where they fit its kind.
pub(crate) async fn built_in_warm_ups(
    store: &Store,
    media: &Media,
    live: &Arc<Live>,
    now: OffsetDateTime,
) -> Result<()> {
    let warm_ups = sample_lessons(media, &live.settings()).await?;
    if warm_ups.is_empty() {
        return Ok(());
    }
    let arrivals = Arrivals { warm_ups, ..Arrivals::default() };
    store.add(To::There(live.id), arrivals, now).await.map(|_| ())
}

async fn lessons(maker: &Maker, warm_ups: Vec<WarmUp>) -> Result<Vec<NewWarmUp>> {
    let mut lessons = Vec::new();
    for (WarmUp { subject, answer, hint }, at) in warm_ups.into_iter().zip(1..) {
        let told =
            |fault: Fault| Fault { detail: format!("Warm-up {at}: {}", fault.detail), ..fault };
        let settings = maker.settings();
        let subject = match maker.one(subject).await {
            Err(Error::Fault(fault)) => Err(told(fault).into()),
            other => other,
        }?;
        let checked = kinds::check(&settings.kind, &settings.rules, &subject.subject, answer)
            .map_err(told)?;
        lessons.push(NewWarmUp { subject, lesson: Lesson { answer: checked.value, hint } });
    }
    Ok(lessons)
}

/// The warm-ups of the built-in words, for a project that asks for the same.
async fn sample_lessons(media: &Media, settings: &Arc<Settings>) -> Result<Vec<NewWarmUp>> {
    for files in Files::built() {
        let files = Arc::new(files);
        let sample = ProjectFile::from_json(&files.project()?)?;
        let same = |key: &str| sample.settings.rules.get(key) == settings.rules.get(key);
        // Practice in Fraktur teaches nobody to read a Swedish newspaper.
        let fits = !sample.parts.pages.is_empty()
            && sample.settings.kind == settings.kind
            && sample.settings.language == settings.language
            && ["unit", "fields", "translate_to"].into_iter().all(same);
        if fits {
            let maker = Maker::new(media, &files, settings);
            return lessons(&maker, sample.parts.warm_ups.unwrap_or_default()).await;
        }
    }
    Ok(Vec::new())
}

/// Runs heavy work beside the async threads, two at a time.
pub(crate) async fn off_thread<T: Send + 'static>(
    work: impl FnOnce() -> Result<T> + Send + 'static,
) -> Result<T> {
    let _turn = DECODING.acquire().await.map_err(Error::internal)?;
    tokio::task::spawn_blocking(work).await.map_err(Error::internal)?
}

/// Reads and cuts one page.
fn prepare(input: &PageIn, settings: &Settings) -> Result<Prepared> {
    let import = imports::find(&input.text_name, &input.text)?;
    // Once without the image, to know how the page lies; then in its pixels.
    let lying = only_page(input, (import.read)(&input.text, None)?)?.parsed.size;
    let held = media::decode(&input.image_name, &input.image, settings.largest())?.fitting(lying);
    let image = &held.image;
    let size = Size { width: image.width(), height: image.height() };
    let Parsed { parsed: page, rejected } =
        only_page(input, (import.read)(&input.text, Some(size))?)?;
    let text_hash = blake3::hash(&input.text);
    let seed = u64::from_le_bytes(text_hash.as_bytes()[..8].try_into().unwrap_or_default());
    let picked = if settings.asks_lines() {
        pick::lines(&page, size)
    } else {
        pick::choose(&page, size, &settings.picking, seed)
    };
    let label = input.label.clone().unwrap_or_else(|| input.image_name.clone());
    let shown = media::page_picture(image, &label)?;
    let mut files = shown.files;
    let mut tasks = Vec::with_capacity(picked.tasks.len());
    for pick in &picked.tasks {
        let cut = Cut { mark: pick.area, line: pick.line_area, rotation: pick.rotation };
        let cut = media::strip(image, &cut, Some(&shown.shown))?;
        files.extend(cut.files);
        tasks.push(NewTask {
            key: pick.key.clone(),
            subject: Subject::ImageRegion(cut.shown),
            ocr: pick.text.clone(),
            confidence: pick.confidence,
            control: pick.control,
        });
    }
    let skipped: Vec<_> = rejected
        .into_iter()
        .chain(picked.skipped.iter().cloned())
        .map(|rejected| Reason::of(&input.text_name, rejected))
        .collect();
    let report = PageReport {
        name: input.text_name.clone(),
        label,
        taken: tasks.len(),
        left: picked.left,
        skipped: skipped.len(),
        unit: picked.unit,
        summary: summary(&picked, skipped.len()),
    };
    let page = NewPage {
        name: input.text_name.clone(),
        format: import.id,
        source: input.text.clone(),
        image_name: input.image_name.clone(),
        image_hash: *blake3::hash(&input.image).as_bytes(),
        picture: shown.shown,
        unit: picked.unit,
        tasks,
    };
    Ok(Prepared { page, files, skipped, report })
}

fn summary(picked: &pick::Picked, skipped: usize) -> String {
    let unit = match picked.unit {
        Unit::Word => "words",
        Unit::Line => "lines",
    };
    let seen = match picked.estimate {
        Some(estimate) if estimate.from > 99.5 => {
            " All that was read wrong will be seen.".to_owned()
        }
        Some(estimate) => format!(
            " Of what was read wrong, about {:.0} to {:.0} in a hundred will be seen.",
            estimate.from, estimate.to
        ),
        None => String::new(),
    };
    format!(
        "{} {unit} to ask, {} left as they are, {skipped} skipped.{seen}",
        picked.tasks.len(),
        picked.left
    )
}

/// The page of a file that holds one: an image goes with one page.
fn only_page(input: &PageIn, scan: Parsed<Scan>) -> Result<Parsed<Page>, Fault> {
    let Parsed { parsed: Scan { mut pages, .. }, rejected } = scan;
    let name = &input.text_name;
    match pages.len() {
        1 => Ok(Parsed { parsed: pages.remove(0), rejected }),
        0 => {
            Err(Fault::new("no-page", format!("{name} holds no page, so there is nothing to ask.")))
        }
        many => Err(Fault::new(
            "many-pages",
            format!(
                "{name} holds {many} pages and came with one image. Send one file for each page."
            ),
        )),
    }
}

/// The last part of a path, whichever way its slashes lean.
pub(crate) fn base_name(path: &str) -> &str {
    path.rsplit(['/', '\\']).next().unwrap_or(path)
}
