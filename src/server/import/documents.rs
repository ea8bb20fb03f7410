//! The pages of a PDF, each drawn as an image.

use super::{
    off_thread,
    subjects::{Maker, Outcome},
};
use crate::{
    error::{Error, Result},
    media::{self, Held},
    project::{Beside, PdfIn},
};
use domain::{Fault, Subject};
use futures_util::StreamExt;
use hayro::{
    PixmapSettings, RenderCache, RenderSettings,
    hayro_interpret::InterpreterSettings,
    hayro_syntax::{LoadPdfError, Pdf},
    vello_cpu::color::palette::css::WHITE,
};
use image::{DynamicImage, RgbImage};
use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::Arc,
    time::Duration,
};

/// Most pages of one document.
const MOST: usize = 200;
/// The largest document, in bytes.
const LARGEST: usize = 200 << 20;
/// Pages drawn in one go: their files are kept before the next ones are drawn.
const TOGETHER: usize = 8;
/// How long one go may take. What takes longer is left to end by itself.
const PATIENCE: Duration = Duration::from_mins(2);

/// Makes every page of a document a subject.
pub(super) async fn pages(maker: &Maker, input: PdfIn, beside: Beside) -> Result<Vec<Outcome>> {
    if !(36..=600).contains(&input.dpi) {
        return Err(Fault::new("bad-dpi", "A PDF is drawn with 36 to 600 pixels an inch.").into());
    }
    let document = Arc::new(Document {
        bytes: Arc::new(maker.files().read(&input.file)?),
        largest: maker.settings().largest(),
        input,
    });
    let count = {
        let document = Arc::clone(&document);
        off_thread(move || Ok(document.count()?)).await?
    };
    let name = beside.id.clone().unwrap_or_else(|| document.input.file.clone());
    let wanted: Vec<(usize, String)> =
        (0..count).map(|at| (at, format!("{name}#{}", at + 1))).collect();
    let mut outcomes = Vec::new();
    let mut free = Vec::new();
    for (at, id) in wanted {
        match maker.claim(&id) {
            Ok(()) => free.push((at, id)),
            Err(fault) => outcomes.push((id, Err(fault))),
        }
    }
    let goes = free.chunks(TOGETHER).map(|go| {
        let (document, go, beside) = (Arc::clone(&document), go.to_vec(), beside.clone());
        async move { some(maker, document, go, beside).await }
    });
    let goes: Vec<_> = goes.collect();
    let mut goes = futures_util::stream::iter(goes).buffered(2);
    while let Some(done) = goes.next().await {
        outcomes.extend(done?);
    }
    Ok(outcomes)
}

async fn some(
    maker: &Maker,
    document: Arc<Document>,
    go: Vec<(usize, String)>,
    beside: Beside,
) -> Result<Vec<Outcome>> {
    let numbers: Vec<usize> = go.iter().map(|(at, _)| *at).collect();
    let late =
        || Fault::new("pdf-slow", "Drawing this page takes too long. Export it as an image.");
    let work = off_thread(move || Ok(document.draw(&numbers)));
    let drawn = match tokio::time::timeout(PATIENCE, work).await {
        Ok(drawn) => drawn?,
        Err(_) => go.iter().map(|_| Err(late().into())).collect(),
    };
    let mut outcomes = Vec::new();
    for ((_, id), page) in go.into_iter().zip(drawn) {
        let made = match page {
            Ok(page) => {
                maker.media().keep(page.files).await?;
                maker.with_beside(id.clone(), Subject::Image(page.shown), beside.clone())
            }
            Err(error) => Err(error),
        };
        match made {
            Ok(subject) => outcomes.push((id, Ok(subject))),
            Err(Error::Fault(fault)) => outcomes.push((id, Err(fault))),
            Err(error) => return Err(error),
        }
    }
    Ok(outcomes)
}

struct Document {
    bytes: Arc<Vec<u8>>,
    largest: u64,
    input: PdfIn,
}

impl Document {
    fn fault(&self, code: &'static str, why: &str) -> Fault {
        Fault::new(code, format!("{}: {why}", self.input.file))
    }

    fn broken(&self) -> Fault {
        self.fault("pdf-broken", "This PDF cannot be read. Open it and export it again.")
    }

    fn open(&self) -> Result<Pdf, Fault> {
        if !self.bytes.starts_with(b"%PDF") {
            return Err(self.fault("pdf-broken", "This is no PDF."));
        }
        if self.bytes.len() > LARGEST {
            return Err(self.fault("pdf-large", "This PDF is larger than 200 MB. Split it."));
        }
        Pdf::new(Arc::clone(&self.bytes)).map_err(|error| match error {
            LoadPdfError::Decryption(_) => {
                self.fault("pdf-locked", "This PDF asks for a password. Export it without one.")
            }
            LoadPdfError::Invalid => self.broken(),
        })
    }

    /// How many pages there are. A reader that gives up in the midst of a broken file takes no
    /// more with it.
    fn count(&self) -> Result<usize, Fault> {
        let counted = catch_unwind(AssertUnwindSafe(|| Ok(self.open()?.pages().len())));
        match counted.unwrap_or_else(|_| Err(self.broken()))? {
            0 => Err(self.fault("pdf-broken", "This PDF has no pages.")),
            many if many > MOST => Err(self.fault(
                "pdf-long",
                &format!("This PDF has {many} pages; {MOST} are taken at the most. Split it."),
            )),
            count => Ok(count),
        }
    }

    /// Draws pages, by their numbers from 0.
    fn draw(&self, numbers: &[usize]) -> Vec<Result<media::Shown<domain::Image>>> {
        let drawn = catch_unwind(AssertUnwindSafe(|| {
            let pdf = self.open()?;
            let cache = RenderCache::new();
            Ok(numbers.iter().map(|at| self.page(&pdf, &cache, *at)).collect())
        }));
        let all: Result<Vec<_>, Fault> = drawn.unwrap_or_else(|_| Err(self.broken()));
        all.unwrap_or_else(|fault| numbers.iter().map(|_| Err(fault.clone().into())).collect())
    }

    fn page<'p>(
        &self,
        pdf: &'p Pdf,
        cache: &RenderCache<'p>,
        at: usize,
    ) -> Result<media::Shown<domain::Image>> {
        let page = pdf.pages().get(at).ok_or_else(|| self.broken())?;
        #[expect(clippy::cast_precision_loss, reason = "at most 600")]
        let scale = self.input.dpi as f32 / 72.0;
        let (width, height) = page.render_dimensions();
        let (wide, high) = (f64::from(width * scale), f64::from(height * scale));
        let sides = 1.0..=f64::from(u16::MAX);
        #[expect(clippy::cast_precision_loss, reason = "at most 120 million")]
        let most = self.largest as f64;
        if !sides.contains(&wide) || !sides.contains(&high) || wide * high > most {
            let told = format!(
                "Its page {} would have {wide:.0} × {high:.0} pixels, which is too many or none. Take a smaller “dpi”.",
                at + 1
            );
            return Err(self.fault("image-large", &told).into());
        }
        let drawn = catch_unwind(AssertUnwindSafe(|| {
            hayro::render(
                page,
                cache,
                &InterpreterSettings::default(),
                &RenderSettings::default(),
                &PixmapSettings { x_scale: scale, y_scale: scale, bg_color: WHITE },
            )
        }));
        let pixels = drawn.map_err(|_| {
            let told = format!("Its page {} cannot be drawn. Export it as an image.", at + 1);
            self.fault("pdf-broken", &told)
        })?;
        // On white nothing shines through, so that the colours are as they are.
        let (width, height) = (u32::from(pixels.width()), u32::from(pixels.height()));
        let mut rgb = Vec::with_capacity(width as usize * height as usize * 3);
        for pixel in pixels.data() {
            rgb.extend_from_slice(&[pixel.r, pixel.g, pixel.b]);
        }
        let image = RgbImage::from_raw(width, height, rgb).ok_or_else(|| self.broken())?;
        drop(pixels);
        let name = super::base_name(&self.input.file);
        let source = [
            blake3::hash(&self.bytes).as_bytes().as_slice(),
            format!("#{at}@{}", self.input.dpi).as_bytes(),
        ]
        .concat();
        let held = Held::alone(DynamicImage::ImageRgb8(image));
        media::image(held, &source, &format!("{name}, {}", at + 1))
    }
}
