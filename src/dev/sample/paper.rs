//! What 160 years and a scanner do to a printed sheet.

use super::chance::{Chance, clouds, noise};
use super::sheet::{Bounds, Sheet};
use image::{Rgb, RgbImage};

/// A scanned page: its image, and how the sheet lies in it.
pub(super) struct Scan {
    pub(super) image: RgbImage,
    history: &'static History,
}

/// What happened to one page.
pub(super) struct History {
    seed: u64,
    /// Degrees that it lies askew on the glass.
    skew: f32,
    /// Where it was folded: y, as a share of the height.
    fold: f32,
    /// A stain: x and y as shares, radius in pixels, strength.
    stain: (f32, f32, f32, f32),
    /// Whether the binding is at the left.
    binding_left: bool,
}

pub(super) const FIRST: History = History {
    seed: 1863,
    skew: 0.32,
    fold: 0.512,
    stain: (0.79, 0.30, 300.0, 0.34),
    binding_left: true,
};
pub(super) const SECOND: History = History {
    seed: 46,
    skew: -0.24,
    fold: 0.507,
    stain: (0.17, 0.83, 250.0, 0.30),
    binding_left: false,
};

impl History {
    /// Where on the flat sheet a point of the scan comes from.
    fn source(&self, x: f32, y: f32, width: f32, height: f32) -> (f32, f32) {
        let (cx, cy) = (width / 2.0, height / 2.0);
        let (sin, cos) = self.skew.to_radians().sin_cos();
        let (dx, dy) = (x - cx, y - cy);
        let (rx, ry) = (cx + dx * cos + dy * sin, cy - dx * sin + dy * cos);
        let wave = noise(self.seed, x, y, 900.0) * 4.0 + noise(self.seed + 7, x, y, 310.0) * 1.3;
        let swell = noise(self.seed + 3, x, y, 700.0) * 4.0;
        // Towards the binding the paper rises, and lines bend.
        let near = if self.binding_left { 1.0 - x / width } else { x / width };
        let bend = near.powi(6) * 14.0 * (y / height - 0.5);
        (rx + wave, ry + swell + bend)
    }

    /// How wet a point got: 0 dry, about 1 at the rim of the stain.
    fn stain(&self, x: f32, y: f32, width: f32, height: f32) -> (f32, f32) {
        let (sx, sy, radius, strength) = self.stain;
        let (dx, dy) = (x - sx * width, y - sy * height);
        let wobble = clouds(self.seed + 11, x, y, 220.0, 4) * 0.24;
        let r = (dx * dx + dy * dy).sqrt() / radius + wobble;
        let inside = smooth(1.03, 0.97, r);
        let rim = (-((r - 0.985) / 0.03).powi(2)).exp();
        let inner = (-((r - 0.80) / 0.06).powi(2)).exp() * 0.25;
        (inside * strength, (rim + inner) * strength * smooth(1.2, 1.0, r))
    }
}

impl Scan {
    /// Where a box of the flat sheet lies in the scan: left, top, right, bottom.
    pub(super) fn place(&self, flat: Bounds) -> Bounds {
        let (width, height) = (self.image.width() as f32, self.image.height() as f32);
        let corners = [(flat.l, flat.t), (flat.r, flat.t), (flat.l, flat.b), (flat.r, flat.b)];
        let placed = corners.map(|(x, y)| {
            let (mut qx, mut qy) = (x, y);
            for _ in 0..8 {
                let (sx, sy) = self.history.source(qx, qy, width, height);
                qx += x - sx;
                qy += y - sy;
            }
            Bounds { l: qx, t: qy, r: qx, b: qy }
        });
        let b = placed.into_iter().reduce(Bounds::with).unwrap_or(flat);
        Bounds { l: b.l.floor(), t: b.t.floor(), r: b.r.ceil(), b: b.b.ceil() }
    }

    /// How much harder a place is to read than a clean one, 0 to about 1.
    pub(super) fn damage(&self, at: Bounds) -> f32 {
        let (width, height) = (self.image.width() as f32, self.image.height() as f32);
        let (x, y) = (at.l.midpoint(at.r), at.t.midpoint(at.b));
        let (wet, rim) = self.history.stain(x, y, width, height);
        let crease = (1.0 - (y - self.history.fold * height).abs() / 26.0).max(0.0);
        (wet * 1.6 + rim + crease * 0.9).min(1.0)
    }
}

/// Ages a page whose other side is `back`.
pub(super) fn age(front: &Sheet, back: &Sheet, history: &'static History) -> Scan {
    let (w, h) = (front.width, front.height);
    let pressed = front.blurred(1);
    let through = back.blurred(4);
    let mut fibres = Sheet::new(w, h);
    draw_fibres(&mut fibres, history.seed);
    let mut image = RgbImage::new(w as u32, h as u32);
    let (width, height) = (w as f32, h as f32);
    for (px, py, pixel) in image.enumerate_pixels_mut() {
        let (x, y) = (px as f32, py as f32);
        let (sx, sy) = history.source(x, y, width, height);
        let light = shade(history, x, y, sx, sy, width, height);
        let ink = inked(front, &pressed, history, sx, sy, height);
        let ghost = through.sample(width - sx + 5.0, sy - 7.0) * 0.13;
        let fibre = fibres.ink[py as usize * w + px as usize];
        let (wet, rim) = history.stain(x, y, width, height);
        // Paper, then what soaked in, then the ink on top.
        let grey = light - ghost - fibre * 0.016;
        let paper = [
            232.0 * grey * (1.0 - 0.10 * wet - 0.20 * rim),
            219.0 * grey * (1.0 - 0.22 * wet - 0.34 * rim),
            190.0 * grey * (1.0 - 0.42 * wet - 0.55 * rim),
        ];
        let soot = [50.0, 43.0, 38.0];
        let grain = noise(history.seed + 99, x, y, 2.8) * 0.8;
        let tone = |i: usize| {
            let value = paper[i] * (1.0 - ink) + soot[i] * ink + grain;
            value.round().clamp(0.0, 255.0) as u8
        };
        *pixel = Rgb([tone(0), tone(1), tone(2)]);
    }
    specks(&mut image, history.seed);
    Scan { image, history }
}

/// How bright the bare paper is at a point: its cloudiness, its yellow edges,
/// the fold, the shadow at the binding, the scanner's bed beyond the sheet.
fn shade(h: &History, x: f32, y: f32, sx: f32, sy: f32, width: f32, height: f32) -> f32 {
    let mut light = 0.985 + clouds(h.seed + 21, x, y, 640.0, 3) * 0.035;
    light += clouds(h.seed + 22, x, y, 46.0, 3) * 0.016;
    let ragged = noise(h.seed + 25, x, y, 60.0) * 5.0;
    let edge = sx.min(width - sx).min(sy).min(height - sy) + ragged;
    light -= 0.16 * (-(edge.max(0.0)) / 55.0).exp();
    let crease = sy - h.fold * height + noise(h.seed + 24, x, y, 130.0) * 2.5;
    light += 0.06 * (-(crease / 2.2).powi(2)).exp();
    light -=
        0.10 * (-((crease - 6.0) / 6.0).powi(2)).exp() + 0.05 * (-(crease / 40.0).powi(2)).exp();
    let near = if h.binding_left { x } else { width - x };
    light -= 0.38 * (-near / 42.0).exp() + 0.06 * (-near / 190.0).exp();
    let far = if h.binding_left { width - sx } else { sx } + ragged * 0.8;
    light * (0.16 + 0.84 * smooth(9.0, 12.0, far))
}

/// How much ink shows at a point of the sheet: where the press bit too little it
/// breaks up, where too much it runs.
fn inked(sharp: &Sheet, soft: &Sheet, h: &History, x: f32, y: f32, height: f32) -> f32 {
    let cover = 0.55 * sharp.sample(x, y) + 0.45 * soft.sample(x, y);
    if cover < 0.02 {
        return 0.0;
    }
    let press = clouds(h.seed + 31, x, y, 420.0, 3);
    let tooth = noise(h.seed + 32, x, y, 3.1) * 0.17 + noise(h.seed + 33, x, y, 9.0) * 0.11;
    let crease = (1.0 - ((y - h.fold * height).abs() / 5.0)).max(0.0);
    let threshold = 0.40 - press * 0.16 + tooth + crease * 0.35;
    let shape = smooth(threshold - 0.20, threshold + 0.24, cover);
    let strength = 0.86 + press * 0.16 + noise(h.seed + 34, x, y, 26.0) * 0.07;
    (shape * strength).clamp(0.0, 0.97)
}

fn draw_fibres(sheet: &mut Sheet, seed: u64) {
    let mut chance = Chance::new(seed + 41);
    for _ in 0..5_200 {
        let (mut x, mut y) =
            (chance.unit() * sheet.width as f32, chance.unit() * sheet.height as f32);
        let mut angle = chance.between(0.0, std::f32::consts::TAU);
        let ink = chance.between(0.25, 1.0) * if chance.one_in(0.4) { -0.6 } else { 1.0 };
        for _ in 0..chance.between(8.0, 34.0) as usize {
            angle += chance.between(-0.3, 0.3);
            x += angle.cos();
            y += angle.sin();
            if x >= 0.0 && y >= 0.0 && (x as usize) < sheet.width && (y as usize) < sheet.height {
                sheet.ink[y as usize * sheet.width + x as usize] = ink;
            }
        }
    }
}

/// Dust, fly specks and rust: small dark spots of uneven shape.
fn specks(image: &mut RgbImage, seed: u64) {
    let mut chance = Chance::new(seed + 51);
    for _ in 0..260 {
        let (x, y) = (chance.unit() * image.width() as f32, chance.unit() * image.height() as f32);
        let radius = chance.unit().powi(5) * 5.5 + 0.7;
        let dark = chance.between(0.25, 0.75);
        let reach = radius.ceil() as i32 + 2;
        for dy in -reach..=reach {
            for dx in -reach..=reach {
                let (px, py) = (x as i32 + dx, y as i32 + dy);
                if px < 0 || py < 0 || px >= image.width() as i32 || py >= image.height() as i32 {
                    continue;
                }
                let r = ((dx * dx + dy * dy) as f32).sqrt()
                    + noise(seed, px as f32, py as f32, 3.0) * radius * 0.5;
                let cover = smooth(radius + 0.8, radius - 0.6, r) * dark;
                let pixel = image.get_pixel_mut(px as u32, py as u32);
                for (channel, tone) in [58.0, 42.0, 30.0].into_iter().enumerate() {
                    let old = f32::from(pixel[channel]);
                    pixel[channel] = (old * (1.0 - cover) + tone * cover) as u8;
                }
            }
        }
    }
}

/// 0 at `from`, 1 at `to`, smooth between; `from` may be the greater.
fn smooth(from: f32, to: f32, x: f32) -> f32 {
    let t = ((x - from) / (to - from)).clamp(0.0, 1.0);
    t * t * (3.0 - 2.0 * t)
}
