//! What share of the wrong words will be seen.

/// Of a hundred wrong words, about how many will be seen. Engines differ, so it is a range: the
/// lower end from docWorks on newspapers, the upper from Tesseract on Fraktur, both measured
/// against pages whose text is known. How many words are wrong in all is not guessed: confidences
/// do not tell, the controls do.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Estimate {
    /// At the least, 0 to 100.
    pub from: f64,
    /// At the most, 0 to 100.
    pub to: f64,
}

impl Estimate {
    /// A sentence for a librarian.
    pub fn sentence(&self) -> String {
        let (from, to) = (self.from.round(), self.to.round());
        if from > 99.5 {
            "Every wrong word will be seen.".to_owned()
        } else if (from - to).abs() < 0.5 {
            format!("About {from} of 100 wrong words will be seen.")
        } else {
            format!("About {from} to {to} of 100 wrong words will be seen.")
        }
    }
}

/// What was shown, and which share of the wrong words was among it, both of a hundred.
type Measured = &'static [(f64, f64)];

/// Tesseract 5.3.0, Fraktur, 7 pages, 1305 words, 361 of them wrong.
const TESSERACT: Measured =
    &[(0.0, 0.0), (9.0, 22.0), (22.0, 50.0), (35.0, 67.0), (69.0, 89.0), (100.0, 100.0)];

/// docWorks with ABBYY, 6 newspaper blocks, 419 words, 101 of them wrong.
const DOCWORKS: Measured = &[(0.0, 0.0), (12.0, 19.0), (33.0, 44.0), (39.0, 54.0), (100.0, 100.0)];

/// How many words there are of what sort.
pub(super) struct Counts {
    /// Can be asked.
    pub(super) able: usize,
    /// Are asked for their rank.
    pub(super) worst: usize,
    /// Are asked as controls.
    pub(super) controls: usize,
    /// Cannot be asked, though they hold letters.
    pub(super) lost: usize,
}

pub(super) fn of_words(counts: &Counts) -> Option<Estimate> {
    let share = |part: usize, of: usize| {
        #[expect(clippy::cast_precision_loss, reason = "no page has that many words")]
        (of > 0).then(|| part as f64 / of as f64)
    };
    let shown = share(counts.worst, counts.able)? * 100.0;
    let drawn = share(counts.controls, counts.able - counts.worst).unwrap_or(0.0);
    let reach = share(counts.able, counts.able + counts.lost)?;
    let seen = |measured: Measured| {
        let by_rank = along(measured, shown);
        (by_rank + (100.0 - by_rank) * drawn) * reach
    };
    let (one, other) = (seen(DOCWORKS), seen(TESSERACT));
    Some(Estimate { from: one.min(other), to: one.max(other) })
}

/// Lines are all asked; only the words of skipped ones are not seen.
pub(super) fn of_lines(seen: usize, lost: usize) -> Option<Estimate> {
    #[expect(clippy::cast_precision_loss, reason = "no page has that many words")]
    let share = (seen + lost > 0).then(|| seen as f64 / (seen + lost) as f64 * 100.0)?;
    Some(Estimate { from: share, to: share })
}

/// Between measured points, straight lines.
fn along(measured: Measured, shown: f64) -> f64 {
    let after = measured.iter().position(|(x, _)| *x >= shown).unwrap_or(measured.len() - 1).max(1);
    let ((x0, y0), (x1, y1)) = (measured[after - 1], measured[after]);
    y0 + (y1 - y0) * ((shown - x0) / (x1 - x0)).clamp(0.0, 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn measured_points_come_out_as_measured() {
        assert!((along(TESSERACT, 22.0) - 50.0).abs() < 1e-9);
        assert!((along(DOCWORKS, 36.0) - 49.0).abs() < 1e-9);
        assert!((along(TESSERACT, 100.0) - 100.0).abs() < 1e-9);
        let all = of_words(&Counts { able: 10, worst: 10, controls: 0, lost: 0 }).unwrap();
        assert_eq!(all.sentence(), "Every wrong word will be seen.");
        let some = of_words(&Counts { able: 100, worst: 22, controls: 0, lost: 0 }).unwrap();
        assert_eq!(some.sentence(), "About 31 to 50 of 100 wrong words will be seen.");
    }
}
