//! What draws on a canvas, in the room's CSS pixels or in the picture's.

use super::{Figure, Point, Viewport};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{CanvasRenderingContext2d as Context, Path2d};

/// Under every line lies a dark one, so that it is seen on any picture.
const HALO: &str = "rgb(12 20 24 / 72%)";
/// A line that is no wider than a pixel of a coarse canvas, in CSS pixels: it is drawn in a tenth
/// of the time that any wider one takes.
const HAIR: f64 = 0.98;
/// Points nearer to each other than this on the screen are one.
const FINE: f64 = 0.75;
/// Figures lower and narrower than this on the screen have no room for a sign: it stands beside.
const ROOMY: f64 = 26.0;

/// A pen over one canvas, for one view.
pub struct Pen<'c> {
    pub(super) context: &'c Context,
    /// Where the picture lies.
    pub view: Viewport,
}

impl Pen<'_> {
    /// Strokes figures that take the same pen, as one path; `strong` makes it bolder.
    pub fn figures(&self, figures: &[&Figure], strong: bool) {
        self.stroke(figures, strong, false);
    }

    /// The same. Those of a `crowd` are thin, and most of the work is saved.
    pub(super) fn stroke(&self, figures: &[&Figure], strong: bool, crowd: bool) {
        let Some(first) = figures.first() else { return };
        if crowd {
            self.hair(figures, first);
        } else {
            self.lines(figures, first, strong);
        }
        for figure in figures.iter().filter(|figure| figure.points.len() == 1) {
            let radius = if strong { 12.0 } else { 9.0 };
            self.disc(self.view.to_screen(figure.points[0]), radius, &figure.colour, &figure.tag);
        }
    }

    /// Strokes figures like the `first`, over a dark line.
    fn lines(&self, figures: &[&Figure], first: &Figure, strong: bool) {
        let c = self.context;
        // A broken line of round pieces takes twice as long to draw, and looks the same.
        c.set_line_join(if first.faint { "bevel" } else { "round" });
        c.set_line_cap(if first.faint { "butt" } else { "round" });
        let width = match (strong, first.faint) {
            (true, _) => 3.5,
            (_, true) => 1.5,
            _ => 2.25,
        };
        c.begin_path();
        for figure in figures {
            self.trace(figure, c);
        }
        c.set_stroke_style_str(HALO);
        c.set_line_width(width + 2.25);
        c.stroke();
        if first.faint {
            self.dash(&[6.0, 4.0]);
        }
        c.set_stroke_style_str(&first.colour);
        c.set_line_width(width);
        c.stroke();
        if first.faint {
            self.dash(&[]);
        }
    }

    /// Strokes figures like the `first` as thinly as can be. The volunteer's own are twice as wide
    /// and have a shadow, to the right and below.
    fn hair(&self, figures: &[&Figure], first: &Figure) {
        let Ok(path) = Path2d::new() else { return };
        for figure in figures {
            self.trace(figure, &path);
        }
        let c = self.context;
        c.set_line_width(HAIR);
        let strokes = [(1.4, HALO), (0.7, &*first.colour), (0.0, &*first.colour)];
        for (off, colour) in strokes.into_iter().skip(if first.faint { 2 } else { 0 }) {
            let _ = c.translate(off, off);
            c.set_stroke_style_str(colour);
            c.stroke_with_path(&path);
            let _ = c.translate(-off, -off);
        }
    }

    /// Fills a figure with its own colour, thinly.
    pub fn fill(&self, figure: &Figure) {
        self.context.begin_path();
        self.trace(figure, self.context);
        self.context.set_global_alpha(0.22);
        self.context.set_fill_style_str(&figure.colour);
        self.context.fill();
        self.context.set_global_alpha(1.0);
    }

    /// The sign of a figure: on it where there is room, else beside it. Of others' marks only
    /// where there is room.
    pub fn tag(&self, figure: &Figure) {
        if figure.points.len() < 2 || figure.tag.is_empty() {
            return;
        }
        let lies = self.view.screen_area(&figure.bounds);
        if lies.width.max(lies.height) >= ROOMY {
            let at = self.view.to_screen(figure.points[0]);
            self.disc(at, 9.0, &figure.colour, &figure.tag);
        } else if !figure.faint {
            self.disc((lies.x - 4.0, lies.y - 4.0), 7.5, &figure.colour, &figure.tag);
        }
    }

    /// A disc with a sign in it, at a place in the room.
    pub fn disc(&self, (x, y): Point, radius: f64, colour: &str, tag: &str) {
        let c = self.context;
        c.begin_path();
        let _ = c.arc(x, y, radius, 0.0, std::f64::consts::TAU);
        c.set_fill_style_str(colour);
        c.fill();
        c.set_stroke_style_str(HALO);
        c.set_line_width(2.0);
        c.stroke();
        if !tag.is_empty() {
            c.set_font("700 12px system-ui, sans-serif");
            c.set_text_align("center");
            c.set_text_baseline("middle");
            c.set_fill_style_str("#101a1f");
            let _ = c.fill_text(tag, x, y + 0.5);
        }
    }

    /// A handle: a light disc with a ring, at a place in the room.
    pub fn handle(&self, (x, y): Point, radius: f64, colour: &str) {
        let c = self.context;
        c.begin_path();
        let _ = c.arc(x, y, radius, 0.0, std::f64::consts::TAU);
        c.set_fill_style_str("#fffaf0");
        c.fill();
        c.set_stroke_style_str(HALO);
        c.set_line_width(5.0);
        c.stroke();
        c.set_stroke_style_str(colour);
        c.set_line_width(3.0);
        c.stroke();
    }

    /// A straight line between two places in the room.
    pub fn line(&self, from: Point, to: Point, colour: &str) {
        let c = self.context;
        c.begin_path();
        c.move_to(from.0, from.1);
        c.line_to(to.0, to.1);
        c.set_stroke_style_str(HALO);
        c.set_line_width(4.0);
        c.stroke();
        c.set_stroke_style_str(colour);
        c.set_line_width(1.75);
        c.stroke();
    }

    /// A cross over the whole room, with its middle left open.
    pub fn cross(&self, (x, y): Point, colour: &str) {
        const OPEN: f64 = 9.0;
        let (width, height) = self.view.room;
        self.line((0.0, y), (x - OPEN, y), colour);
        self.line((x + OPEN, y), (width, y), colour);
        self.line((x, 0.0), (x, y - OPEN), colour);
        self.line((x, y + OPEN), (x, height), colour);
    }

    fn dash(&self, lengths: &[f64]) {
        let list: js_sys::Array = lengths.iter().map(|length| JsValue::from(*length)).collect();
        let _ = self.context.set_line_dash(&list);
    }

    /// Adds a figure to a path: a [`Path2d`], or a context's own, which is told the same.
    fn trace(&self, figure: &Figure, path: &JsValue) {
        let path: &Path2d = path.unchecked_ref();
        let mut points = figure.points.iter().map(|point| self.view.to_screen(*point));
        let Some(start) = points.next().filter(|_| figure.points.len() > 1) else { return };
        path.move_to(start.0, start.1);
        let mut last = start;
        let end = figure.points.len() - 2;
        for (at, point) in points.enumerate() {
            let apart = (point.0 - last.0).abs().max((point.1 - last.1).abs());
            if apart >= FINE || at == end {
                path.line_to(point.0, point.1);
                last = point;
            }
        }
        if figure.closed {
            path.close_path();
        }
    }
}
