//! The demo: every project that is built into the program.

use crate::{
    error::{Error, Result},
    files::Files,
    import::{self, Report},
    media::Media,
    project::ProjectFile,
    store::Store,
};
use domain::OffsetDateTime;
use futures_util::{StreamExt, TryStreamExt, stream};
use std::sync::Arc;

/// Imports the built-in projects that are not there yet, as many at once as there are
/// processors, and tells of each in turn. How many there are: none where none are built in.
pub(crate) async fn prepare(
    store: &Store,
    media: &Media,
    now: OffsetDateTime,
    mut tell: impl FnMut(&str, &Report),
) -> Result<usize> {
    let at_once = std::thread::available_parallelism().map_or(1, Into::into);
    let mut drives = stream::iter(Files::built().map(async |files| {
        let project = ProjectFile::from_json(&files.project()?)?;
        let slug = project.slug.clone();
        let report = if store.registry().by_slug(&slug).is_some() {
            Report::default()
        } else {
            import::project(store, media, &Arc::new(files), project, now).await?.1
        };
        Ok::<_, Error>((slug, report))
    }))
    .buffered(at_once);
    let mut count = 0;
    while let Some((slug, report)) = drives.try_next().await? {
        tell(&slug, &report);
        count += 1;
    }
    Ok(count)
}
