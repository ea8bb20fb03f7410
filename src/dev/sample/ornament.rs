//! The vignette above the paper's name: a mole at its hill, cut as if in wood.

use super::sheet::{Outline, Sheet};

/// Draws it with its middle at `x` and its top at `y`.
pub(super) fn mole(sheet: &mut Sheet, x: f32, y: f32, scale: f32) {
    let mut stroke = |a: (f32, f32), b: (f32, f32), wide: (f32, f32)| {
        let at = |p: (f32, f32)| (p.0 * scale, p.1 * scale);
        let wide = (wide.0 * scale, wide.1 * scale);
        sheet.print(&Outline::stroke(at(a), at(b), wide), x, y, 0.95);
    };
    // The hill, in strokes that follow its round, darker at the foot.
    for step in 0..46 {
        let t = step as f32 / 45.0;
        let angle = std::f32::consts::PI * (1.0 - t);
        let (cx, cy) = (angle.cos(), angle.sin());
        let foot = (cx * 118.0, 72.0);
        let top = (cx * 58.0, 66.0 - cy * 34.0);
        stroke(foot, top, (3.4, 0.8));
    }
    for row in 0..5 {
        let r = row as f32;
        stroke((-124.0 - r * 16.0, 73.0 + r), (124.0 + r * 16.0, 73.0 + r), (0.7, 0.7));
    }
    // The mole: body, head with its snout, two hands.
    let body: Vec<(f32, f32)> = (0..=24)
        .map(|i| {
            let t = std::f32::consts::PI * i as f32 / 24.0;
            (t.cos() * 34.0, 44.0 - t.sin() * 44.0)
        })
        .collect();
    let filled: Vec<(f32, f32)> = body.iter().map(|p| (p.0 * scale, p.1 * scale)).collect();
    sheet.print(&Outline::polygon(&filled), x, y, 1.0);
    let snout: Vec<(f32, f32)> =
        [(16.0, 6.0), (52.0, 22.0), (55.0, 27.0), (50.0, 31.0), (18.0, 36.0)]
            .map(|p| (p.0 * scale, p.1 * scale))
            .to_vec();
    sheet.print(&Outline::polygon(&snout), x, y, 1.0);
    for (hx, lean) in [(-34.0, -1.0), (30.0, 1.0)] {
        for finger in 0..4 {
            let f = finger as f32;
            let from = (hx * scale, 42.0 * scale);
            let to = ((hx + lean * (6.0 + f * 4.0)) * scale, (32.0 + f * 5.0) * scale);
            sheet.print(&Outline::stroke(from, to, (5.0 * scale, 1.6 * scale)), x, y, 1.0);
        }
    }
    // Grass at both sides.
    for side in [-1.0, 1.0] {
        for blade in 0..9 {
            let b = blade as f32;
            let root = side * (132.0 + b * 9.0);
            let tip = root + side * (b % 3.0 - 1.0) * 7.0;
            let up = 60.0 - (b * 37.0 % 19.0);
            let outline = Outline::stroke(
                (root * scale, 74.0 * scale),
                (tip * scale, up * scale),
                (2.4, 0.5),
            );
            sheet.print(&outline, x, y, 0.95);
        }
    }
}
