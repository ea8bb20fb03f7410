//! From a file's lengths to pixels of the image.

use super::outline::{Outline, PageNode};
use domain::{Fault, Size};

/// How far the two directions may differ before the scan counts as another one.
const APART: f64 = 0.02;

/// What lengths across and down are multiplied with.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Scale {
    pub(super) across: f64,
    pub(super) down: f64,
}

impl Scale {
    /// Lengths as they are in the file.
    pub(super) const NONE: Self = Self { across: 1.0, down: 1.0 };
}

/// The scale of a page, where the image has this size.
pub(super) fn scale(outline: &Outline, page: &PageNode, image: Size) -> Result<Scale, Fault> {
    let unit = outline.unit.as_deref().unwrap_or("pixel").to_lowercase();
    let (width, height) = (f64::from(image.width), f64::from(image.height));
    let (Some(page_width), Some(page_height)) = (page.width, page.height) else {
        return if unit == "pixel" {
            reaches_out(page, image).map_or(Ok(Scale::NONE), Err)
        } else {
            Err(Fault::new(
                "no-page-size",
                format!(
                    "This ALTO counts in {unit} and does not say how large its page is (WIDTH and \
                     HEIGHT of Page), so its words cannot be found on the image."
                ),
            ))
        };
    };
    let (across, down) = (width / page_width, height / page_height);
    if (across - down).abs() > APART * across.max(down) {
        let turned = (height / page_width, width / page_height);
        let hint = if (turned.0 - turned.1).abs() <= APART * turned.0.max(turned.1) {
            " It would fit if the image were turned by 90 degrees."
        } else {
            ""
        };
        return Err(wrong(&format!(
            "its page is {page_width} × {page_height} ({unit}), the image {} × {} pixels, and \
             these are not of one shape.{hint}",
            image.width, image.height
        )));
    }
    // Lengths of paper tell how finely it was scanned; nobody scans outside these bounds.
    let (fine, plausible) = match unit.as_str() {
        "mm10" => (across * 254.0, 20.0..=5000.0),
        "inch1200" => (across * 1200.0, 20.0..=5000.0),
        _ => (across, 0.02..=50.0),
    };
    if !plausible.contains(&fine) {
        return Err(wrong(&format!(
            "its page is {page_width} × {page_height} ({unit}) and the image {} × {} pixels, which \
             is no scan of it.",
            image.width, image.height
        )));
    }
    Ok(Scale { across, down })
}

fn wrong(why: &str) -> Fault {
    Fault::new("wrong-scan", format!("This ALTO seems to belong to another scan: {why}"))
}

/// Without a page size: a fault where words lie well outside the image.
fn reaches_out(page: &PageNode, image: Size) -> Option<Fault> {
    let lines = page.blocks.iter().flat_map(|block| &block.lines);
    let areas = lines.flat_map(|line| {
        line.words.iter().filter_map(|word| word.area).chain(line.area).chain(line.polygon)
    });
    let (right, bottom) = areas.fold((0.0_f64, 0.0_f64), |(right, bottom), area| {
        (right.max(area.right()), bottom.max(area.bottom()))
    });
    let limit = 1.0 + APART;
    (right > f64::from(image.width) * limit || bottom > f64::from(image.height) * limit).then(
        || {
            wrong(&format!(
                "its words reach to {right:.0} × {bottom:.0}, and the image has {} × {} pixels.",
                image.width, image.height
            ))
        },
    )
}
