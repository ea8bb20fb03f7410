//! Importing: a page's text and image become tasks with their cuts. Everything
//! is read and cut first; then all of it goes into the database, or nothing.

use crate::{
    error::{Error, Result},
    files::Files,
    media::{self, Cut, Media, MediaFile},
    project::{PageFiles, ProjectFile, Settings, WarmUp},
    registry::Live,
    store::{NewPage, NewTask, Store},
};
use domain::{Fault, Lesson, OffsetDateTime, Picture, Size, Subject};
use formats::{Page, Parsed, Rejected, Scan, Unit, imports, pick};
use serde::Serialize;
use std::sync::{Arc, LazyLock};
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
    /// What of them cannot be asked, each with its reason.
    pub(crate) skipped: Vec<Reason>,
    /// Pages that were not taken, each with its reason.
    pub(crate) refused: Vec<Reason>,
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

/// Imports pages into a project. Pages that cannot be taken are told in the report.
pub(crate) async fn pages(
    store: &Store,
    media: &Media,
    live: &Arc<Live>,
    pages: Vec<PageIn>,
    now: OffsetDateTime,
) -> Result<Report> {
    let mut report = Report::default();
    let mut ready: Vec<NewPage> = Vec::new();
    for page in pages {
        let name = page.text_name.clone();
        let again = ready.iter().any(|other| other.source == page.text);
        if again || store.has_source(live.id.0, &page.text).await? {
            let fault = crate::store::already_there(&name);
            report.refused.push(Reason { place: name, reason: fault.detail });
            continue;
        }
        let settings = live.settings();
        match off_thread(move || prepare(&page, &settings)).await {
            Ok(prepared) => {
                media.keep(prepared.files).await?;
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
    if !ready.is_empty() {
        store.add_pages(live, ready, now).await?;
    }
    Ok(report)
}

/// Imports a project file with all that belongs to it. A project that is there
/// already gets the pages it has not got; its settings stay as they are.
pub(crate) async fn project(
    store: &Store,
    media: &Media,
    files: &Files,
    project: ProjectFile,
    now: OffsetDateTime,
) -> Result<(Arc<Live>, Report)> {
    let ProjectFile { slug, mut settings, parts } = project;
    let live = if let Some(live) = store.registry().by_slug(&slug) {
        live
    } else {
        // Everything that may be wrong with the parts shows before the project exists.
        if let Some(name) = &parts.picture {
            settings.picture = Some(picture(media, name.clone(), files.read(name)?).await?);
        }
        let lessons = lessons(media, files, &settings, parts.warm_ups).await?;
        let live = store.add_project(&slug, &settings, None, now).await?;
        store.add_warm_ups(&live, lessons, now).await?;
        live
    };
    let mut ready = Vec::new();
    for PageFiles { text, image, label } in parts.pages {
        ready.push(PageIn {
            text: files.read(&text)?,
            image: files.read(&image)?,
            text_name: base_name(&text).to_owned(),
            image_name: base_name(&image).to_owned(),
            label,
        });
    }
    let report = pages(store, media, &live, ready, now).await?;
    Ok((live, report))
}

/// Gives a project the warm-ups of the built-in sample, where they fit its kind.
pub(crate) async fn built_in_warm_ups(
    store: &Store,
    media: &Media,
    live: &Arc<Live>,
    now: OffsetDateTime,
) -> Result<()> {
    let lessons = lessons(media, &Files::Built, &live.settings(), None).await?;
    store.add_warm_ups(live, lessons, now).await
}

async fn lessons(
    media: &Media,
    files: &Files,
    settings: &Settings,
    warm_ups: Option<Vec<WarmUp>>,
) -> Result<Vec<(Subject, Lesson)>> {
    let (files, warm_ups) = match warm_ups {
        Some(own) => (files, own),
        None => (&Files::Built, sample_warm_ups(settings)?),
    };
    let mut lessons = Vec::new();
    for WarmUp { image, mark, answer, hint } in warm_ups {
        let bytes = files.read(&image)?;
        let name = image.clone();
        let cut = off_thread(move || {
            let image = media::decode(&name, &bytes)?.fitting(None);
            media::whole(&image, mark)
        })
        .await?;
        media.keep(cut.files).await?;
        let subject = Subject::ImageRegion(cut.shown);
        let checked = kinds::check(&settings.kind, &settings.rules, &subject, answer)?;
        lessons.push((subject, Lesson { answer: checked.value, hint }));
    }
    Ok(lessons)
}

fn sample_warm_ups(settings: &Settings) -> Result<Vec<WarmUp>> {
    let Ok(bytes) = Files::Built.read("project.json") else { return Ok(Vec::new()) };
    let sample = ProjectFile::from_json(&bytes)?;
    Ok(if sample.settings.kind == settings.kind {
        sample.parts.warm_ups.unwrap_or_default()
    } else {
        Vec::new()
    })
}

async fn picture(media: &Media, name: String, bytes: Vec<u8>) -> Result<Picture> {
    let shown = off_thread(move || {
        let image = media::decode(&name, &bytes)?.fitting(None);
        media::page_picture(&image, &name)
    })
    .await?;
    media.keep(shown.files).await?;
    Ok(shown.shown.picture)
}

/// Runs heavy work beside the async threads, two at a time.
async fn off_thread<T: Send + 'static>(
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
    let image = media::decode(&input.image_name, &input.image)?.fitting(lying);
    let size = Size { width: image.width(), height: image.height() };
    let Parsed { parsed: page, rejected } =
        only_page(input, (import.read)(&input.text, Some(size))?)?;
    let text_hash = blake3::hash(&input.text);
    let seed = u64::from_le_bytes(text_hash.as_bytes()[..8].try_into().unwrap_or_default());
    let picked = pick::choose(&page, size, &settings.picking, seed);
    let label = input.label.clone().unwrap_or_else(|| input.image_name.clone());
    let shown = media::page_picture(&image, &label)?;
    let mut files = shown.files;
    let mut tasks = Vec::with_capacity(picked.tasks.len());
    for pick in &picked.tasks {
        let cut = Cut { mark: pick.area, line: pick.line_area, rotation: pick.rotation };
        let cut = media::strip(&image, &cut, Some(&shown.shown))?;
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
