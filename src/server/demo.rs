//! The demo: the sample drive that is built into the program.

use crate::{
    error::Result,
    files::Files,
    import::{self, Report},
    media::Media,
    project::ProjectFile,
    store::Store,
};
use domain::OffsetDateTime;

/// Imports the sample drive unless it is there. `None` where none is built in.
pub(crate) async fn prepare(
    store: &Store,
    media: &Media,
    now: OffsetDateTime,
) -> Result<Option<Report>> {
    let Ok(bytes) = Files::Built.read("project.json") else { return Ok(None) };
    let project = ProjectFile::from_json(&bytes)?;
    if store.registry().by_slug(&project.slug).is_some() {
        return Ok(Some(Report::default()));
    }
    let (_, report) = import::project(store, media, &Files::Built, project, now).await?;
    Ok(Some(report))
}
