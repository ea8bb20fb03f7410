//! Land and weather, from the side.

use super::art::{Art, At, Colour, INK, Shape, WHITE, line, oval, poly, smooth, sweep};
use super::chance::{Chance, clouds};

/// A band of land whose upper edge rolls: everything below it is covered.
pub(super) fn hills(art: &mut Art, seed: u64, y: f32, roll: f32, size: f32, colour: Colour) {
    let (width, height) = (art.width(), art.height());
    let mut points = vec![(-20.0, height + 20.0)];
    let mut x = -20.0;
    while x < width + 30.0 {
        points.push((x, y + clouds(seed, x, 0.0, size, 3) * roll));
        x += 12.0;
    }
    points.push((width + 30.0, height + 20.0));
    let edge = Shape { points: points[1..points.len() - 1].to_vec(), closed: false };
    art.fill(&poly(&points), colour, 1.0);
    art.ink(&edge, 2.2, INK);
}

/// The sky's colour, with a disc in it: a sun or a moon.
pub(super) fn sky(art: &mut Art, colour: Colour, disc: Option<((f32, f32), f32, Colour)>) {
    let (width, height) = (art.width(), art.height());
    art.fill(&super::art::rect(-9.0, -9.0, width + 18.0, height + 18.0), colour, 1.0);
    if let Some(((x, y), r, light)) = disc {
        art.fill(&oval(x, y, r * 1.5, r * 1.5), light, 0.35);
        art.draw(&oval(x, y, r, r), light, 2.0);
    }
}

pub(super) fn cloud(art: &mut Art, at: At, colour: Colour) {
    art.within(at, |art| {
        let puffs =
            [(-34.0, 0.0, 24.0), (-6.0, -14.0, 28.0), (26.0, -4.0, 24.0), (46.0, 4.0, 14.0)];
        let shapes: Vec<_> = puffs.iter().map(|(x, y, r)| oval(*x, *y, *r, r * 0.8)).collect();
        art.union(&shapes, colour, 0.9);
    });
}

/// Slanting strokes of rain.
pub(super) fn rain(art: &mut Art, seed: u64, strokes: usize, colour: Colour) {
    let mut chance = Chance::new(seed);
    for _ in 0..strokes {
        let (x, y) = (chance.between(0.0, art.width()), chance.between(-20.0, art.height()));
        let long = chance.between(14.0, 30.0);
        art.ink(&line(&[(x, y), (x - long * 0.3, y + long)]), 1.3, colour);
    }
}

/// Tufts of grass between two heights.
pub(super) fn grass(
    art: &mut Art,
    seed: u64,
    (top, low): (f32, f32),
    tufts: usize,
    colour: Colour,
) {
    let mut chance = Chance::new(seed);
    for _ in 0..tufts {
        let (x, y) = (chance.between(0.0, art.width()), chance.between(top, low));
        let size = 0.5 + (y - top) / (low - top + 1.0);
        for lean in [-6.0, -1.0, 5.0] {
            let tip = (x + lean * size + chance.between(-2.0, 2.0), y - 11.0 * size);
            art.ink(&line(&[(x + lean * 0.3, y), tip]), 1.1 + 0.6 * size, colour);
        }
    }
}

/// What grows.
#[derive(Clone, Copy)]
pub(super) enum Tree {
    Round,
    Fir,
}

/// A tree whose foot is at the origin, about 120 high.
pub(super) fn tree(art: &mut Art, at: At, kind: Tree, leaf: Colour) {
    let bark = [122, 92, 70];
    art.within(at, |art| match kind {
        Tree::Round => {
            art.draw(&poly(&[(-6.0, 0.0), (-4.0, -52.0), (4.0, -52.0), (7.0, 0.0)]), bark, 1.8);
            let puffs = [
                (-20.0, -62.0, 22.0),
                (18.0, -60.0, 24.0),
                (-4.0, -86.0, 28.0),
                (22.0, -84.0, 18.0),
            ];
            let shapes: Vec<_> = puffs.iter().map(|(x, y, r)| oval(*x, *y, *r, *r)).collect();
            art.union(&shapes, leaf, 1.1);
            for (x, y) in [(-18.0, -66.0), (6.0, -92.0), (20.0, -62.0)] {
                art.ink(&sweep(&[(x - 7.0, y), (x, y + 6.0), (x + 8.0, y + 1.0)]), 1.3, INK);
            }
        }
        Tree::Fir => {
            art.draw(&poly(&[(-4.0, 0.0), (-4.0, -22.0), (4.0, -22.0), (5.0, 0.0)]), bark, 1.8);
            for (y, wide) in [(-18.0, 34.0), (-46.0, 27.0), (-74.0, 19.0)] {
                let skirt = [
                    (0.0, y - 46.0),
                    (wide, y),
                    (wide * 0.4, y - 4.0),
                    (0.0, y + 3.0),
                    (-wide * 0.5, y - 3.0),
                    (-wide, y + 1.0),
                ];
                art.draw(&poly(&skirt), leaf, 1.9);
            }
        }
    });
}

pub(super) fn stone(art: &mut Art, at: At, colour: Colour) {
    art.within(at, |art| {
        let edge = [(-22.0, 0.0), (-18.0, -14.0), (-2.0, -21.0), (15.0, -15.0), (23.0, 0.0)];
        art.draw(&poly(&edge), colour, 1.8);
        art.ink(&line(&[(-4.0, -18.0), (2.0, -8.0), (12.0, -5.0)]), 1.2, INK);
    });
}

/// Standing or flowing water below a line, with strokes of light.
pub(super) fn water(art: &mut Art, seed: u64, top: f32, low: f32, colour: Colour, strength: f32) {
    let width = art.width();
    let mut edge = vec![];
    let mut x = -10.0;
    while x < width + 20.0 {
        edge.push((x, top + clouds(seed, x, 3.0, 70.0, 2) * 3.0));
        x += 14.0;
    }
    let mut body = edge.clone();
    body.extend([(width + 20.0, low), (-10.0, low)]);
    art.fill(&poly(&body), colour, strength);
    art.ink(&line(&edge), 1.6, INK);
    let mut chance = Chance::new(seed + 4);
    for _ in 0..((low - top) * width / 9_000.0) as usize {
        let (x, y) = (chance.between(0.0, width), chance.between(top + 8.0, low - 4.0));
        let long = chance.between(14.0, 46.0);
        let wave = [(x, y), (x + long * 0.3, y - 3.0), (x + long * 0.6, y), (x + long, y - 2.0)];
        art.ink(&sweep(&wave), 1.4, if chance.one_in(0.6) { WHITE } else { INK });
    }
}

/// A blot: a rounded, uneven patch.
pub(super) fn blot(seed: u64, (x, y): (f32, f32), r: f32, rough: f32) -> Shape {
    let mut chance = Chance::new(seed);
    let count = 11;
    let points: Vec<_> = (0..count)
        .map(|at| {
            let (sin, cos) = (at as f32 / count as f32 * std::f32::consts::TAU).sin_cos();
            let far = r * (1.0 + chance.between(-rough, rough));
            (x + far * cos, y + far * sin)
        })
        .collect();
    smooth(&points)
}
