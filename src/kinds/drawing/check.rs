//! Brings marks into the form that is stored, and says what is wrong with those that have none.

use super::geometry::{area, crosses_itself, length};
use super::{DrawingRules, Drawn, Form, Geometry, Point, Shape, Tool};
use crate::questions::check_chosen;
use domain::{Fault, Rect, Size, Subject};

/// Marks may be this far outside of what is seen, in pixels, and are brought to its edge.
const SLIP: f64 = 1.0;
/// Nothing is smaller than this, in pixels.
const LEAST: f64 = 1.0;
/// More points than this are no line by a person's hand.
const POINTS: usize = 1_000;
/// Nor are more than this in all marks together: whoever checks them has to compare them.
const ALL_POINTS: usize = 20_000;
/// More marks than this no person draws for one task.
const MARKS: usize = 1_000;

/// What may be drawn on, in pixels of the original image; none where there is no picture.
pub(super) fn drawable(subject: &Subject) -> Option<Rect> {
    let whole = |size: Size| Rect::new(0.0, 0.0, size.width.into(), size.height.into());
    match subject {
        Subject::Image(image) => Some(whole(image.size)),
        Subject::ImagePair(pair) => Some(whole(pair.before.size)),
        Subject::ImageRegion(region) => {
            let page = region.page.as_ref().map(|page| whole(page.size));
            Some(page.map_or(region.frame, |page| page.union(&region.frame)))
        }
        Subject::MapTile(tile) => {
            let here = whole(tile.size);
            Some(tile.around.iter().fold(here, |all, near| {
                let (dx, dy) = (f64::from(near.dx), f64::from(near.dy));
                let x = dx * here.width;
                all.union(&Rect::new(x, dy * here.height, here.width, here.height))
            }))
        }
        Subject::Text(_) | Subject::Audio(_) | Subject::Video(_) => None,
    }
}

/// The answer in the form that is stored, or what is wrong with it.
pub(super) fn check(
    rules: &DrawingRules,
    subject: &Subject,
    answer: Drawn,
) -> Result<Drawn, Fault> {
    let area = drawable(subject).ok_or_else(|| {
        Fault::new("not-drawable", "This is no picture that can be drawn on.").at("/value")
    })?;
    let choices = check_chosen(&rules.questions, &answer.choices, "/value/choices")?;
    if answer.shapes.len() > MARKS {
        return Err(Fault::new("too-many-marks", format!("An answer has at most {MARKS} marks."))
            .at("/value/shapes"));
    }
    let points: usize = answer.shapes.iter().map(|shape| shape.geometry.points()).sum();
    if points > ALL_POINTS {
        let detail = format!("An answer has at most {ALL_POINTS} points; this has {points}.");
        return Err(Fault::new("too-many-points", detail).at("/value/shapes"));
    }
    let mut shapes = vec![];
    for (at, shape) in answer.shapes.into_iter().enumerate() {
        let here = format!("/value/shapes/{at}");
        shapes.push(check_mark(rules, &area, &choices, shape).map_err(|fault| {
            let below = fault.pointer.clone().unwrap_or_default();
            fault.at(here + &below)
        })?);
    }
    counts(rules, &choices, &shapes)?;
    Ok(Drawn { shapes, choices })
}

/// One mark in the form that is stored, or what is wrong with it. `chosen` is what was said of
/// the subject; the fault's pointer starts at the mark.
pub(super) fn check_mark(
    rules: &DrawingRules,
    drawable: &Rect,
    chosen: &[String],
    shape: Shape,
) -> Result<Shape, Fault> {
    let tool = tool_of(rules, &shape)?;
    if !tool.offered(chosen) {
        let detail = format!(
            "“{}” does not fit what was said of the picture. Delete the mark, or change the answer.",
            tool.label
        );
        return Err(Fault::new("tool-not-asked", detail).at("/label"));
    }
    let geometry = check_geometry(drawable, shape.geometry)?;
    let choices = check_chosen(&tool.questions, &shape.choices, "/choices")?;
    Ok(Shape { geometry, label: Some(tool.id.clone()), choices })
}

/// The tool that a mark was made with; one without a label belongs to the only one of its form.
fn tool_of<'r>(rules: &'r DrawingRules, shape: &Shape) -> Result<&'r Tool, Fault> {
    let form = shape.geometry.form();
    let wrong = |code, detail: String| Fault::new(code, detail).at("/label");
    let Some(label) = &shape.label else {
        let mut fitting = rules.tools.iter().filter(|tool| tool.tool == form);
        return match (fitting.next(), fitting.next()) {
            (Some(tool), None) => Ok(tool),
            _ => Err(wrong("label-missing", "A mark needs the label of its tool.".into())),
        };
    };
    let Some((_, tool)) = rules.tool(label) else {
        return Err(wrong("unknown-label", format!("There is no tool “{label}” here.")));
    };
    if tool.tool != form {
        let detail = format!(
            "“{}” is marked with the form “{}”, not “{}”.",
            tool.label,
            tool.tool.name(),
            form.name()
        );
        return Err(wrong("wrong-form", detail));
    }
    Ok(tool)
}

/// Tenths of a pixel: finer than any finger, and the same when it is done again.
fn tenth(value: f64) -> f64 {
    let rounded = (value * 10.0).round() / 10.0;
    // No -0.
    if rounded == 0.0 { 0.0 } else { rounded }
}

/// Whole turns fall away.
fn degrees(rotation: f64) -> f64 {
    let turned = tenth(rotation.rem_euclid(360.0));
    if turned >= 360.0 { 0.0 } else { turned }
}

/// A form where it may be, or what is wrong with it.
pub(super) fn check_geometry(drawable: &Rect, geometry: Geometry) -> Result<Geometry, Fault> {
    let finite = |numbers: &[f64]| numbers.iter().all(|n| n.is_finite() && n.abs() < 1e7);
    let strange = || Fault::new("bad-number", "A mark is made of numbers of pixels.");
    let small = || {
        Fault::new("zero-area", "This mark is too small to be seen. Make it larger, or delete it.")
    };
    Ok(match geometry {
        Geometry::Point { x, y } => {
            if !finite(&[x, y]) {
                return Err(strange());
            }
            let (x, y) = keep(drawable, (x, y))?;
            Geometry::Point { x, y }
        }
        Geometry::Box { x, y, width, height, rotation } => {
            if !finite(&[x, y, width, height, rotation]) {
                return Err(strange());
            }
            // From any two corners.
            let given = Rect::new(x, y, width, height);
            let rotation = degrees(rotation);
            if given.width.min(given.height) < LEAST {
                return Err(small());
            }
            if rotation == 0.0 {
                let (left, top) = keep(drawable, (given.x, given.y))?;
                let (right, bottom) = keep(drawable, (given.right(), given.bottom()))?;
                let (width, height) = (tenth(right - left), tenth(bottom - top));
                Geometry::Box { x: left, y: top, width, height, rotation }
            } else {
                // A turned box may reach over the edge, as what it is drawn around does.
                keep(drawable, (x + width / 2.0, y + height / 2.0))?;
                let [x, y, width, height] =
                    [given.x, given.y, given.width, given.height].map(tenth);
                mostly_inside(drawable, Geometry::Box { x, y, width, height, rotation })?
            }
        }
        Geometry::Ellipse { cx, cy, rx, ry, rotation } => {
            if !finite(&[cx, cy, rx, ry, rotation]) {
                return Err(strange());
            }
            let (cx, cy) = keep(drawable, (cx, cy))?;
            let (rx, ry) = (tenth(rx.abs()), tenth(ry.abs()));
            if rx.min(ry) < LEAST / 2.0 {
                return Err(small());
            }
            let rotation = degrees(rotation);
            mostly_inside(drawable, Geometry::Ellipse { cx, cy, rx, ry, rotation })?
        }
        Geometry::Line { points } => {
            Geometry::Line { points: chain(drawable, points, Form::Line)? }
        }
        Geometry::Polyline { points } => {
            Geometry::Polyline { points: chain(drawable, points, Form::Polyline)? }
        }
        Geometry::Polygon { points } => {
            Geometry::Polygon { points: chain(drawable, points, Form::Polygon)? }
        }
        Geometry::Freehand { points } => {
            Geometry::Freehand { points: chain(drawable, points, Form::Freehand)? }
        }
    })
}

/// A place inside of what may be drawn on, rounded.
fn keep(drawable: &Rect, (x, y): Point) -> Result<Point, Fault> {
    let inside = |at: f64, from: f64, to: f64| {
        (at >= from - SLIP && at <= to + SLIP).then(|| tenth(at.max(from).min(to)))
    };
    match (inside(x, drawable.x, drawable.right()), inside(y, drawable.y, drawable.bottom())) {
        (Some(x), Some(y)) => Ok((x, y)),
        _ => Err(outside()),
    }
}

fn outside() -> Fault {
    Fault::new("outside", "This mark lies outside of the picture. Move it back, or delete it.")
}

/// What reaches over the edge has its middle inside: a quarter of what is around it at least, if it
/// is no larger than the picture.
fn mostly_inside(drawable: &Rect, geometry: Geometry) -> Result<Geometry, Fault> {
    let lies = geometry.bounds();
    let inside = lies.common(drawable).map_or(0.0, |part| part.area());
    if inside < lies.area() / 5.0 { Err(outside()) } else { Ok(geometry) }
}

/// A chain of points, each once, none outside.
fn chain(drawable: &Rect, points: Vec<Point>, form: Form) -> Result<Vec<Point>, Fault> {
    if points.len() > POINTS {
        let detail = format!("A mark has at most {POINTS} points.");
        return Err(Fault::new("too-many-points", detail));
    }
    let mut kept: Vec<Point> = vec![];
    for point in points {
        if !point.0.is_finite() || !point.1.is_finite() {
            return Err(Fault::new("bad-number", "A mark is made of numbers of pixels."));
        }
        let point = keep(drawable, point)?;
        if kept.last() != Some(&point) {
            kept.push(point);
        }
    }
    if form == Form::Polygon {
        while kept.len() > 1 && kept.first() == kept.last() {
            kept.pop();
        }
    }
    let least = if form == Form::Polygon { 3 } else { 2 };
    if kept.len() < least {
        let detail = match form {
            Form::Polygon => "An outline needs at least three points. Add some, or delete it.",
            _ => "A line needs at least two points. Add one, or delete it.",
        };
        return Err(Fault::new("too-few-points", detail));
    }
    if form == Form::Line && kept.len() > 2 {
        return Err(Fault::new("too-many-points", "A line goes from one point to one other."));
    }
    if form == Form::Polygon {
        if crosses_itself(&kept) {
            return Err(Fault::new(
                "crosses-itself",
                "This outline crosses itself. Move a corner until it does not.",
            ));
        }
        if area(&kept) < LEAST {
            return Err(Fault::new(
                "zero-area",
                "This outline has no area. Move a corner, or delete it.",
            ));
        }
    } else if length(&kept) < LEAST {
        return Err(Fault::new(
            "zero-length",
            "This line has no length. Move an end, or delete it.",
        ));
    }
    Ok(kept)
}

/// Whether there are as many marks as are wanted.
fn counts(rules: &DrawingRules, chosen: &[String], shapes: &[Shape]) -> Result<(), Fault> {
    let wrong = |code, detail: String| Err(Fault::new(code, detail).at("/value/shapes"));
    let all = u32::try_from(shapes.len()).unwrap_or(u32::MAX);
    if all == 0 && rules.questions.is_empty() {
        let detail = "Nothing is marked yet. Where there is nothing, say “Nothing here”.";
        return wrong("nothing-drawn", detail.into());
    }
    // Where no tool is left by what was said of the subject, no mark is wanted.
    if rules.tools.iter().any(|tool| tool.offered(chosen)) {
        if all < rules.least {
            return wrong("too-few-marks", few(rules.least, ""));
        }
        if rules.most != 0 && all > rules.most {
            return wrong("too-many-marks", many(rules.most, ""));
        }
    }
    for tool in rules.tools.iter().filter(|tool| tool.offered(chosen)) {
        let mine = shapes.iter().filter(|shape| shape.label.as_ref() == Some(&tool.id)).count();
        let mine = u32::try_from(mine).unwrap_or(u32::MAX);
        let of = format!(" of “{}”", tool.label);
        if mine < tool.least {
            return wrong("too-few-marks", few(tool.least, &of));
        }
        if tool.most != 0 && mine > tool.most {
            return wrong("too-many-marks", many(tool.most, &of));
        }
    }
    Ok(())
}

fn few(least: u32, of: &str) -> String {
    let (marks, are) = counted(least);
    format!("At least {least} {marks}{of} {are} wanted.")
}

fn many(most: u32, of: &str) -> String {
    let (marks, are) = counted(most);
    format!("At most {most} {marks}{of} {are} wanted; delete some.")
}

fn counted(count: u32) -> (&'static str, &'static str) {
    if count == 1 { ("mark", "is") } else { ("marks", "are") }
}

#[cfg(test)]
#[path = "check_tests.rs"]
mod tests;
