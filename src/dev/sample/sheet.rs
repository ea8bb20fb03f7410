//! The flat printed sheet: how much ink lies where, 0 to 1.

use ab_glyph_rasterizer::{Point, Rasterizer, point};

/// A filled shape of lines and quadratic curves, in pixels.
#[derive(Clone, Default)]
pub(super) struct Outline {
    parts: Vec<Part>,
    start: (f32, f32),
    at: (f32, f32),
}

/// One stretch of an outline: from, by way of, to.
#[derive(Clone, Copy)]
pub(super) enum Part {
    Line((f32, f32), (f32, f32)),
    Curve((f32, f32), (f32, f32), (f32, f32)),
}

impl Outline {
    pub(super) fn start(&mut self, p: (f32, f32)) {
        self.start = p;
        self.at = p;
    }
    pub(super) fn line(&mut self, p: (f32, f32)) {
        self.parts.push(Part::Line(self.at, p));
        self.at = p;
    }
    pub(super) fn curve(&mut self, c: (f32, f32), p: (f32, f32)) {
        self.parts.push(Part::Curve(self.at, c, p));
        self.at = p;
    }
    pub(super) fn close(&mut self) {
        if self.at != self.start {
            self.line(self.start);
        }
    }

    /// Its stretches, each beginning where the one before it ended, or anew.
    pub(super) fn parts(&self) -> &[Part] {
        &self.parts
    }

    /// A closed shape through points.
    pub(super) fn polygon(points: &[(f32, f32)]) -> Self {
        let mut outline = Self::default();
        if let Some((first, rest)) = points.split_first() {
            outline.start(*first);
            for p in rest {
                outline.line(*p);
            }
            outline.close();
        }
        outline
    }

    /// A stroke from one point to another, as wide as said at its two ends.
    pub(super) fn stroke(a: (f32, f32), b: (f32, f32), wide: (f32, f32)) -> Self {
        let (dx, dy) = (b.0 - a.0, b.1 - a.1);
        let length = (dx * dx + dy * dy).sqrt().max(1e-3);
        let (nx, ny) = (-dy / length / 2.0, dx / length / 2.0);
        Self::polygon(&[
            (a.0 + nx * wide.0, a.1 + ny * wide.0),
            (b.0 + nx * wide.1, b.1 + ny * wide.1),
            (b.0 - nx * wide.1, b.1 - ny * wide.1),
            (a.0 - nx * wide.0, a.1 - ny * wide.0),
        ])
    }

    /// Left, top, right, bottom; none where there is no shape (a blank).
    pub(super) fn bounds(&self) -> Option<Bounds> {
        let points = self.parts.iter().flat_map(|part| match *part {
            Part::Line(a, b) => vec![a, b],
            Part::Curve(a, c, b) => vec![a, c, b],
        });
        points.map(|(x, y)| Bounds { l: x, t: y, r: x, b: y }).reduce(Bounds::with)
    }
}

/// A box: left, top, right, bottom.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Bounds {
    pub(super) l: f32,
    pub(super) t: f32,
    pub(super) r: f32,
    pub(super) b: f32,
}

impl Bounds {
    pub(super) fn with(self, o: Self) -> Self {
        Self { l: self.l.min(o.l), t: self.t.min(o.t), r: self.r.max(o.r), b: self.b.max(o.b) }
    }
    pub(super) fn moved(self, x: f32, y: f32) -> Self {
        Self { l: self.l + x, t: self.t + y, r: self.r + x, b: self.b + y }
    }
}

/// A plane of values.
pub(super) struct Sheet {
    pub(super) width: usize,
    pub(super) height: usize,
    pub(super) ink: Vec<f32>,
}

impl Sheet {
    pub(super) fn new(width: usize, height: usize) -> Self {
        Self { width, height, ink: vec![0.0; width * height] }
    }

    /// Prints a shape with its origin at `x`, `y`; where it lies.
    pub(super) fn print(&mut self, shape: &Outline, x: f32, y: f32, ink: f32) -> Option<Bounds> {
        let bounds = shape.bounds()?.moved(x, y);
        let (left, top) = (bounds.l.floor() - 1.0, bounds.t.floor() - 1.0);
        let wide = (bounds.r - left).ceil() as usize + 2;
        let high = (bounds.b - top).ceil() as usize + 2;
        let mut raster = Rasterizer::new(wide, high);
        let at = |p: (f32, f32)| -> Point { point(p.0 + x - left, p.1 + y - top) };
        for part in &shape.parts {
            match *part {
                Part::Line(a, b) => raster.draw_line(at(a), at(b)),
                Part::Curve(a, c, b) => raster.draw_quad(at(a), at(c), at(b)),
            }
        }
        let (width, height) = (self.width as i32, self.height as i32);
        raster.for_each_pixel_2d(|px, py, cover| {
            let (gx, gy) = (px as i32 + left as i32, py as i32 + top as i32);
            if cover > 0.0 && gx >= 0 && gy >= 0 && gx < width && gy < height {
                let cell = &mut self.ink[(gy * width + gx) as usize];
                *cell = (*cell + cover.min(1.0) * ink).min(1.0);
            }
        });
        Some(bounds)
    }

    /// The value at a point between pixels; 0 outside.
    pub(super) fn sample(&self, x: f32, y: f32) -> f32 {
        let (fx, fy) = (x.floor(), y.floor());
        let (u, v) = (x - fx, y - fy);
        let get = |ix: f32, iy: f32| {
            if ix < 0.0 || iy < 0.0 || ix >= self.width as f32 || iy >= self.height as f32 {
                0.0
            } else {
                self.ink[iy as usize * self.width + ix as usize]
            }
        };
        (get(fx, fy) * (1.0 - u) + get(fx + 1.0, fy) * u) * (1.0 - v)
            + (get(fx, fy + 1.0) * (1.0 - u) + get(fx + 1.0, fy + 1.0) * u) * v
    }

    /// The same, smeared over `radius` pixels: three passes of a running mean.
    pub(super) fn blurred(&self, radius: usize) -> Self {
        let mut ink = self.ink.clone();
        for _ in 0..3 {
            ink = mean(&ink, self.width, self.height, radius, true);
            ink = mean(&ink, self.width, self.height, radius, false);
        }
        Self { width: self.width, height: self.height, ink }
    }
}

fn mean(ink: &[f32], width: usize, height: usize, radius: usize, across: bool) -> Vec<f32> {
    let mut out = vec![0.0; ink.len()];
    let (lines, length, step, next) =
        if across { (height, width, 1, width) } else { (width, height, width, 1) };
    let window = (2 * radius + 1) as f32;
    for line in 0..lines {
        let base = line * next;
        let get = |at: isize| {
            let at = at.clamp(0, length as isize - 1) as usize;
            f64::from(ink[base + at * step])
        };
        let r = radius as isize;
        let mut sum: f64 = (-r..=r).map(get).sum();
        for at in 0..length {
            out[base + at * step] = sum as f32 / window;
            sum += get(at as isize + r + 1) - get(at as isize - r);
        }
    }
    out
}
