//! The sheet that is drawn on.

use super::super::chance::noise;
use super::super::face::Face;
use super::super::sheet::Part;
use super::{Area, Colour, INK, Shape};
use image::{Rgb, RgbImage};
use tiny_skia::{FillRule, LineCap, LineJoin, Paint, Path, PathBuilder, Pixmap, Stroke, Transform};

/// A picture while it is drawn.
pub(crate) struct Art {
    sheet: Pixmap,
    seed: u64,
    /// How far the hand strays from the line, in pixels of the picture.
    pub(crate) tremble: f32,
    /// How far the colours lie beside the ink.
    pub(crate) beside: (f32, f32),
    at: At,
    seen: Option<Area>,
}

/// Where a drawing of its own is put: its origin, its size, and whether it looks the other way.
#[derive(Clone, Copy)]
pub(crate) struct At {
    pub(crate) x: f32,
    pub(crate) y: f32,
    pub(crate) scale: f32,
    pub(crate) flip: bool,
}

impl At {
    pub(crate) fn new(x: f32, y: f32, scale: f32) -> Self {
        Self { x, y, scale, flip: false }
    }

    pub(crate) fn flipped(self, flip: bool) -> Self {
        Self { flip, ..self }
    }

    /// Where a point of the drawing comes to lie.
    pub(crate) fn place(&self, (x, y): (f32, f32)) -> (f32, f32) {
        let x = if self.flip { -x } else { x };
        (self.x + x * self.scale, self.y + y * self.scale)
    }
}

impl Art {
    pub(crate) fn new(width: u32, height: u32, paper: Colour, seed: u64) -> Self {
        // No picture here is empty or larger than memory.
        let mut sheet = Pixmap::new(width.max(1), height.max(1)).expect("a size within memory");
        sheet.fill(tiny_skia::Color::from_rgba8(paper[0], paper[1], paper[2], 255));
        Self {
            sheet,
            seed,
            tremble: 1.1,
            beside: (1.6, 1.2),
            at: At::new(0.0, 0.0, 1.0),
            seen: None,
        }
    }

    pub(crate) fn width(&self) -> f32 {
        self.sheet.width() as f32
    }

    pub(crate) fn height(&self) -> f32 {
        self.sheet.height() as f32
    }

    /// Draws something in its own measure; the box of the picture that it fills.
    pub(crate) fn within(&mut self, at: At, draw: impl FnOnce(&mut Self)) -> Area {
        let (outer, seen) = (self.at, self.seen.take());
        let (x, y) = outer.place((at.x, at.y));
        self.at = At { x, y, scale: outer.scale * at.scale, flip: outer.flip != at.flip };
        draw(self);
        let mine = self.seen.unwrap_or(Area { x, y, width: 0.0, height: 0.0 });
        self.at = outer;
        self.seen = Some(seen.map_or(mine, |before| before.with(mine)));
        mine
    }

    /// A flat colour with an ink line around it, `width` pixels wide in the drawing's measure.
    pub(crate) fn draw(&mut self, shape: &Shape, colour: Colour, width: f32) {
        self.fill(shape, colour, 1.0);
        self.ink(shape, width, INK);
    }

    /// Shapes of one colour that grow together: one ink line around them all.
    pub(crate) fn union(&mut self, shapes: &[Shape], colour: Colour, width: f32) {
        for shape in shapes {
            self.ink(shape, width * 2.0, INK);
        }
        let beside = std::mem::replace(&mut self.beside, (0.0, 0.0));
        for shape in shapes {
            let placed = self.placed(shape, 1.0);
            self.flood(&placed.points, colour, 1.0);
        }
        self.beside = beside;
    }

    /// A flat colour, 0 to 1 strong.
    pub(crate) fn fill(&mut self, shape: &Shape, colour: Colour, strength: f32) {
        let placed = self.placed(shape, 1.7).map(|(x, y)| (x + self.beside.0, y + self.beside.1));
        self.flood(&placed.points, colour, strength);
    }

    fn flood(&mut self, points: &[(f32, f32)], colour: Colour, strength: f32) {
        let Some(path) = path(points, true) else { return };
        let paint = paint(colour, strength);
        self.sheet.fill_path(&path, &paint, FillRule::Winding, Transform::identity(), None);
    }

    /// An ink line, now a little thicker, now a little thinner.
    pub(crate) fn ink(&mut self, shape: &Shape, width: f32, colour: Colour) {
        let placed = self.placed(shape, 1.0);
        let width = width * self.at.scale;
        let mut points = placed.points;
        if placed.closed
            && let Some(first) = points.first().copied()
        {
            points.push(first);
        }
        let mut stroke =
            Stroke { line_cap: LineCap::Round, line_join: LineJoin::Round, ..Stroke::default() };
        for from in (0..points.len().saturating_sub(1)).step_by(3) {
            let piece = &points[from..(from + 4).min(points.len())];
            let Some(path) = path(piece, false) else { continue };
            let press = noise(self.seed + 5, piece[0].0, piece[0].1, 34.0);
            stroke.width = (width * (1.0 + 0.32 * press)).max(0.5);
            self.sheet.stroke_path(
                &path,
                &paint(colour, 1.0),
                &stroke,
                Transform::identity(),
                None,
            );
        }
    }

    /// Parallel strokes inside a shape.
    pub(crate) fn hatch(
        &mut self,
        shape: &Shape,
        (gap, degrees): (f32, f32),
        width: f32,
        colour: Colour,
    ) {
        for piece in shape.hatch(gap, degrees) {
            self.ink(&piece, width, colour);
        }
    }

    /// Lettering, from its baseline's left end; its width in the drawing's measure.
    pub(crate) fn letters(
        &mut self,
        face: &Face,
        text: &str,
        size: f32,
        (x, y): (f32, f32),
        colour: Colour,
    ) -> f32 {
        let mut at = x;
        for word in text.split_inclusive(' ') {
            let (glyphs, width) = face.set(word.trim_end(), size);
            for glyph in glyphs {
                let mut pen = PathBuilder::new();
                let start = |p: (f32, f32)| (p.0 + at + glyph.x, p.1 + y);
                let mut last = None;
                for part in glyph.outline.parts() {
                    let (from, to) = match *part {
                        Part::Line(a, b) | Part::Curve(a, _, b) => (a, b),
                    };
                    let (p, q) = (start(from), start(to));
                    let (p, q) = (self.at.place(p), self.at.place(q));
                    if last != Some(from) {
                        pen.move_to(p.0, p.1);
                    }
                    match *part {
                        Part::Line(..) => pen.line_to(q.0, q.1),
                        Part::Curve(_, c, _) => {
                            let c = self.at.place(start(c));
                            pen.quad_to(c.0, c.1, q.0, q.1);
                        }
                    }
                    last = Some(to);
                }
                if let Some(path) = pen.finish() {
                    self.see(path.bounds());
                    self.sheet.fill_path(
                        &path,
                        &paint(colour, 1.0),
                        FillRule::Winding,
                        Transform::identity(),
                        None,
                    );
                }
            }
            at += width + if word.ends_with(' ') { size * 0.26 } else { 0.0 };
        }
        at - x
    }

    /// Puts a finished picture into this one, left top corner first, `scale` times as large.
    pub(crate) fn paste(&mut self, picture: &RgbImage, x: i32, y: i32) {
        let (width, height) = (self.sheet.width() as i32, self.sheet.height() as i32);
        for (px, py, pixel) in picture.enumerate_pixels() {
            let (tx, ty) = (x + px as i32, y + py as i32);
            if tx >= 0 && ty >= 0 && tx < width && ty < height {
                let at = (ty * width + tx) as usize;
                let [r, g, b] = pixel.0;
                self.sheet.pixels_mut()[at] =
                    tiny_skia::ColorU8::from_rgba(r, g, b, 255).premultiply();
            }
        }
    }

    /// The finished picture on paper with a grain, 0 none to 1 rough.
    pub(crate) fn finish(self, grain: f32) -> RgbImage {
        let seed = self.seed + 77;
        let mut image = RgbImage::new(self.sheet.width(), self.sheet.height());
        for (pixel, (x, y, to)) in self.sheet.pixels().iter().zip(image.enumerate_pixels_mut()) {
            let (x, y) = (x as f32, y as f32);
            let tooth = noise(seed, x, y, 5.0) * 3.0 + noise(seed + 1, x, y, 90.0) * 3.5;
            let tone = |value: u8| (f32::from(value) + tooth * grain).round().clamp(0.0, 255.0);
            *to = Rgb([pixel.red(), pixel.green(), pixel.blue()].map(|value| tone(value) as u8));
        }
        image
    }

    /// In the picture's pixels, and as a hand would draw it.
    fn placed(&mut self, shape: &Shape, calm: f32) -> Shape {
        let at = self.at;
        let placed = shape.clone().map(|p| at.place(p)).fine(7.0);
        let (seed, far) = (self.seed, self.tremble / calm);
        let placed = placed.map(|(x, y)| {
            let dx = noise(seed, x, y, 26.0) + 0.4 * noise(seed + 1, x, y, 9.0);
            let dy = noise(seed + 2, x, y, 26.0) + 0.4 * noise(seed + 3, x, y, 9.0);
            (x + dx * far, y + dy * far)
        });
        if !placed.points.is_empty() {
            let b = placed.bounds();
            self.seen = Some(self.seen.map_or(b, |seen| seen.with(b)));
        }
        placed
    }

    fn see(&mut self, b: tiny_skia::Rect) {
        let area = Area { x: b.left(), y: b.top(), width: b.width(), height: b.height() };
        self.seen = Some(self.seen.map_or(area, |seen| seen.with(area)));
    }
}

fn path(points: &[(f32, f32)], close: bool) -> Option<Path> {
    let (first, rest) = points.split_first()?;
    let mut pen = PathBuilder::new();
    pen.move_to(first.0, first.1);
    for point in rest {
        pen.line_to(point.0, point.1);
    }
    if close {
        pen.close();
    }
    pen.finish()
}

fn paint(colour: Colour, strength: f32) -> Paint<'static> {
    let mut paint = Paint::default();
    let alpha = (strength.clamp(0.0, 1.0) * 255.0).round() as u8;
    paint.set_color_rgba8(colour[0], colour[1], colour[2], alpha);
    paint
}

#[cfg(test)]
mod tests {
    use super::super::{PAPER, oval, rect};
    use super::*;

    fn picture(seed: u64) -> RgbImage {
        let mut art = Art::new(80, 60, PAPER, seed);
        art.draw(&oval(40.0, 30.0, 20.0, 12.0), [200, 90, 60], 2.0);
        art.finish(1.0)
    }

    #[test]
    fn the_same_seed_is_the_same_picture() {
        assert_eq!(picture(3), picture(3));
        assert_ne!(picture(3), picture(4));
    }

    #[test]
    fn what_is_drawn_within_is_where_it_is_said_to_be() {
        let mut art = Art::new(200, 100, PAPER, 1);
        let seen = art.within(At::new(100.0, 50.0, 2.0).flipped(true), |art| {
            art.draw(&rect(0.0, 0.0, 10.0, 5.0), INK, 1.0);
        });
        let right = Area { x: 80.0, y: 50.0, width: 20.0, height: 10.0 };
        assert!(
            (seen.x - right.x).abs() < 3.0 && (seen.width - right.width).abs() < 5.0,
            "{seen:?}"
        );
        assert!((seen.y - right.y).abs() < 3.0 && (seen.height - right.height).abs() < 5.0);
    }
}
