//! The canvases of a IIIF manifest, each an image. Its tiles stay with the
//! library until somebody looks at them; phones ask only this server.

use super::{
    off_thread,
    subjects::{Maker, Outcome},
};
use crate::{
    error::{Error, Result},
    media::{self, MediaFile},
    project::{Beside, IiifIn},
    store::NewService,
};
use domain::{Fault, Image, Size, Subject};
use formats::{
    iiif::{self, Canvas, Info},
    imports,
};
use futures_util::StreamExt;

/// The largest manifest and the largest `info.json`, in bytes.
const LARGEST: usize = 20 << 20;
/// The largest image that is fetched whole, in bytes.
const LARGEST_IMAGE: usize = 200 << 20;
/// Canvases fetched at once: libraries' servers have others to serve.
const AT_ONCE: usize = 4;
/// Names a service by its address; another text gives others.
const CONTEXT: &str = "talkoot 2026 image service 1";

/// Makes every canvas of a manifest a subject.
pub(super) async fn canvases(maker: &Maker, input: IiifIn, beside: Beside) -> Result<Vec<Outcome>> {
    let (name, bytes) = match (input.file, input.url) {
        (Some(file), None) => (file.clone(), maker.files().read(&file)?),
        (None, Some(url)) => (url.clone(), maker.media().fetcher().get(&url, LARGEST).await?),
        _ => {
            let told = "A IIIF manifest is named by “file” or by “url”: one of them.";
            return Err(Fault::new("bad-subject", told).into());
        }
    };
    let listing = imports::listing(&name, &bytes).unwrap_or(&imports::LISTINGS[0]);
    let read = (listing.read)(&bytes)
        .map_err(|fault| Fault { detail: format!("{name}: {}", fault.detail), ..fault })?;
    let mut outcomes: Vec<Outcome> = read
        .rejected
        .into_iter()
        .map(|rejected| (rejected.place, Err(Fault::new("bad-canvas", rejected.reason))))
        .collect();
    let mut free = Vec::new();
    for canvas in read.parsed.canvases {
        match maker.claim(&canvas.id) {
            Ok(()) => free.push(canvas),
            Err(fault) => outcomes.push((canvas.id, Err(fault))),
        }
    }
    let work: Vec<_> = free
        .into_iter()
        .map(|canvas| {
            let beside = Beside { id: None, ..beside.clone() };
            async move { (canvas.id.clone(), one(maker, canvas, beside).await) }
        })
        .collect();
    let mut work = futures_util::stream::iter(work).buffered(AT_ONCE);
    while let Some((id, made)) = work.next().await {
        match made {
            Ok(subject) => outcomes.push((id, Ok(subject))),
            Err(Error::Fault(fault)) => outcomes.push((id, Err(fault))),
            Err(error) => return Err(error),
        }
    }
    Ok(outcomes)
}

async fn one(maker: &Maker, canvas: Canvas, beside: Beside) -> Result<crate::store::NewSubject> {
    let Canvas { id, label, image } = canvas;
    super::subjects::check(&id, &beside)?;
    let made = match (&image.service, &image.url) {
        (Some(service), url) => match of_service(maker, &service.id, &label).await {
            Err(Error::Fault(fault)) => match url {
                // A service that fails may still have its image under a plain address.
                Some(url) if !url.starts_with(&service.id) => {
                    whole(maker, url, &label, None).await?
                }
                _ => return Err(fault.into()),
            },
            other => other?,
        },
        (None, Some(url)) => whole(maker, url, &label, None).await?,
        (None, None) => return Err(Fault::new("bad-canvas", "This canvas has no image.").into()),
    };
    maker.with_beside(id, Subject::Image(made), beside)
}

/// An image that is fetched whole and cut here. `size` is the original's, where what is fetched
/// may be smaller.
async fn whole(maker: &Maker, url: &str, alt: &str, size: Option<Size>) -> Result<Image> {
    let bytes = maker.media().fetcher().get(url, LARGEST_IMAGE).await?;
    let (name, alt, most) = (url.to_owned(), alt.to_owned(), maker.settings().largest());
    let made = off_thread(move || {
        let held = media::decode(&name, &bytes, most)?.upright();
        match size {
            Some(size) if size != held.size() => media::shrunk(&held, size, &alt),
            _ => media::image(held, &bytes, &alt),
        }
    })
    .await?;
    maker.media().keep(made.files).await?;
    Ok(made.shown)
}

/// An image whose tiles are the library's.
async fn of_service(maker: &Maker, url: &str, alt: &str) -> Result<Image> {
    let fetcher = maker.media().fetcher();
    let info = iiif::info(&fetcher.get(&format!("{url}/info.json"), LARGEST).await?)
        .map_err(|fault| Fault { detail: format!("{url}: {}", fault.detail), ..fault })?;
    let id = blake3::Hash::from(blake3::derive_key(CONTEXT, url.as_bytes())).to_hex().to_string();
    let Some(tiles) = info.tiles(&format!("/iiif/{id}")) else {
        return whole(maker, &format!("{url}/{}", info.largest()), alt, Some(info.size)).await;
    };
    let overview = overview(maker, url, &info).await?;
    let (name, most) = (url.to_owned(), maker.settings().largest());
    let made =
        off_thread(move || media::overview(&media::decode(&name, &overview, most)?.lying().image))
            .await?;
    let mut files = made.files;
    let kept = serde_json::json!({ "size": info.size, "tiles": tiles });
    files.push(MediaFile::of_tiles(&id, "info.json", kept.to_string().into_bytes()));
    maker.media().keep(files).await?;
    maker.needs(NewService { id, url: url.to_owned(), size: info.size, tiles: tiles.clone() });
    Ok(Image { picture: made.shown, size: info.size, alt: alt.to_owned(), tiles: Some(tiles) })
}

/// A picture of the whole image: the first that the service gives of those it should have.
async fn overview(maker: &Maker, url: &str, info: &Info) -> Result<Vec<u8>, Fault> {
    let mut last = Fault::new(
        "not-fetched",
        format!("{url} gives no picture of its whole image, so there is nothing to begin with."),
    );
    for path in info.overviews().iter().take(4) {
        match maker.media().fetcher().get(&format!("{url}/{path}"), LARGEST_IMAGE).await {
            Ok(bytes) => return Ok(bytes),
            Err(fault) => last = fault,
        }
    }
    Err(last)
}
