//! The demo: every project that is built into the program.

use crate::{
    error::Result,
    files::Files,
    import::{self, Report},
    media::Media,
    project::ProjectFile,
    store::Store,
};
use domain::OffsetDateTime;
use std::sync::Arc;

/// Imports the built-in projects that are not there yet, and gives back what became of each.
/// Empty where none are built in.
pub(crate) async fn prepare(
    store: &Store,
    media: &Media,
    now: OffsetDateTime,
) -> Result<Vec<(String, Report)>> {
    let mut reports = Vec::new();
    for files in Files::built() {
        let project = ProjectFile::from_json(&files.project()?)?;
        let slug = project.slug.clone();
        let report = if store.registry().by_slug(&slug).is_some() {
            Report::default()
        } else {
            import::project(store, media, &Arc::new(files), project, now).await?.1
        };
        reports.push((slug, report));
    }
    Ok(reports)
}
