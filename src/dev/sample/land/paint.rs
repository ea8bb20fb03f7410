//! A plan as a picture from above.

use super::super::art::{Art, Colour, INK, Shape, WHITE, line, mix, oval, poly, rect};
use super::super::chance::{Chance, clouds};
use super::super::nature::blot;
use super::{Dwelling, Land, Roof};

/// The colours of a place.
pub(crate) struct Mood {
    pub(crate) fields: [Colour; 5],
    pub(crate) leaf: Colour,
    pub(crate) fir: Colour,
    pub(crate) water: Colour,
    pub(crate) road: Colour,
    pub(crate) roofs: [Colour; 4],
}

impl Mood {
    pub(crate) const MEADOW: Self = Self {
        fields: [
            [202, 204, 138],
            [224, 206, 140],
            [180, 190, 122],
            [214, 190, 132],
            [192, 200, 150],
        ],
        leaf: [112, 146, 92],
        fir: [84, 122, 94],
        water: [138, 172, 182],
        road: [238, 224, 192],
        roofs: [[192, 92, 66], [168, 80, 70], [204, 120, 78], [132, 104, 98]],
    };
    pub(crate) const WOOD: Self = Self {
        fields: [
            [176, 184, 122],
            [190, 186, 128],
            [164, 178, 116],
            [184, 176, 118],
            [170, 182, 128],
        ],
        leaf: [104, 140, 84],
        fir: [70, 110, 88],
        water: [130, 164, 176],
        road: [230, 212, 176],
        roofs: [[186, 96, 70], [168, 80, 70], [140, 112, 104], [204, 130, 84]],
    };
    pub(crate) const STONE: Self = Self {
        fields: [
            [222, 204, 166],
            [214, 196, 156],
            [226, 210, 174],
            [208, 192, 158],
            [218, 200, 168],
        ],
        leaf: [140, 150, 100],
        fir: [120, 136, 98],
        water: [150, 174, 178],
        road: [240, 228, 204],
        roofs: [[198, 172, 140], [186, 158, 128], [206, 184, 150], [176, 152, 128]],
    };
}

/// Draws the whole land.
pub(crate) fn draw(art: &mut Art, land: &Land, mood: &Mood) {
    art.tremble = 1.4;
    art.beside = (0.9, 0.7);
    ground(art, land, mood);
    for cut in &land.cuts {
        felled(art, cut);
    }
    for (scar, _) in &land.scars {
        burnt(art, scar);
    }
    if let Some(river) = &land.river {
        art.ink(river, 52.0, mix(mood.water, INK, 0.55));
        art.ink(river, 47.0, mood.water);
        ripples(art, river);
    }
    for road in &land.roads {
        art.ink(road, 19.0, mix(mood.road, INK, 0.6));
    }
    for road in &land.roads {
        art.ink(road, 15.5, mood.road);
    }
    for at in &land.mounds {
        mound(art, *at, mood);
    }
    let mut woods = land.woods.clone();
    woods.sort_by(|a, b| a.at.1.total_cmp(&b.at.1));
    for home in &land.homes {
        dwelling(art, home, mood);
    }
    for wood in &woods {
        let (x, y) = wood.at;
        art.fill(&oval(x + 4.0, y + 6.0, wood.r, wood.r * 0.9), INK, 0.22);
        let leaf = if wood.fir { mood.fir } else { mood.leaf };
        let tint = clouds(land.seed + 50, x, y, 60.0, 2) * 0.3;
        let leaf = mix(leaf, if tint > 0.0 { WHITE } else { INK }, tint.abs() * 0.5);
        art.draw(&Land::crown(wood), leaf, 1.3);
        if wood.fir {
            art.ink(&line(&[(x - wood.r * 0.4, y), (x + wood.r * 0.4, y)]), 0.9, INK);
            art.ink(&line(&[(x, y - wood.r * 0.4), (x, y + wood.r * 0.4)]), 0.9, INK);
        } else {
            art.ink(
                &line(&[(x - wood.r * 0.4, y - 2.0), (x, y + 3.0), (x + wood.r * 0.4, y)]),
                0.9,
                INK,
            );
        }
    }
    for (at, turn) in &land.blocks {
        trunk(art, *at, *turn, mood);
    }
    for at in &land.tents {
        tent(art, *at);
    }
    for home in land.homes.iter().filter(|home| home.roof == Roof::Smoking) {
        smoke(art, home.at, 0.5, WHITE);
    }
    for (scar, smoking) in &land.scars {
        if *smoking {
            let b = scar.bounds();
            let at = (b.x + b.width * 0.42, b.y + b.height * 0.42);
            flames(art, at);
            smoke(art, at, 1.15, [212, 206, 200]);
        }
    }
}

fn ground(art: &mut Art, land: &Land, mood: &Mood) {
    let (width, height) = land.size;
    art.fill(&rect(-9.0, -9.0, width + 18.0, height + 18.0), mood.fields[0], 1.0);
    for (at, field) in land.fields().iter().enumerate() {
        let mut chance = Chance::new(land.seed * 37 + at as u64);
        let tone = *chance.pick(&mood.fields);
        art.fill(field, tone, 1.0);
        let furrow = mix(tone, INK, 0.16);
        if chance.one_in(0.55) {
            art.hatch(field, (chance.between(9.0, 14.0), chance.between(0.0, 180.0)), 1.4, furrow);
        }
        art.ink(field, 1.3, mix(tone, INK, 0.4));
    }
}

fn ripples(art: &mut Art, river: &Shape) {
    let fine = river.fine(6.0).points;
    for at in (4..fine.len().saturating_sub(6)).step_by(11) {
        let off = (at * 7 % 5) as f32 * 7.0 - 14.0;
        let wave: Vec<_> = fine[at..at + 4].iter().map(|(x, y)| (x + off, y + off * 0.3)).collect();
        art.ink(&line(&wave), 1.5, WHITE);
    }
}

fn dwelling(art: &mut Art, home: &Dwelling, mood: &Mood) {
    let shape = home.shape();
    art.fill(&shape.clone().moved(6.0, 8.0), INK, 0.25);
    let tone = mood.roofs[home.tone % 4];
    let ((x, y), (wide, deep)) = (home.at, home.size);
    let part = |x0: f32, y0: f32, w: f32, d: f32| {
        rect(x + x0 * wide, y + y0 * deep, w * wide, d * deep).turned(home.at, home.turn)
    };
    if home.roof == Roof::Gone {
        art.draw(&shape, [206, 192, 168], 2.4);
        art.draw(&part(-0.40, -0.36, 0.80, 0.72), [150, 134, 116], 1.5);
        art.ink(&part(0.02, -0.36, 0.0, 0.72), 2.0, [206, 192, 168]);
        rubble(art, home, [186, 170, 148], 9);
        return;
    }
    art.draw(&shape, tone, 1.9);
    art.fill(&part(-0.5, 0.0, 1.0, 0.5), mix(tone, INK, 0.22), 1.0);
    for t in [-0.25, 0.0, 0.25] {
        art.ink(&part(-0.5, t, 1.0, 0.0), if t == 0.0 { 1.8 } else { 0.8 }, INK);
    }
    art.draw(&part(0.22, -0.22, 0.13, 0.18), mix(tone, INK, 0.45), 1.1);
    art.ink(&shape, 1.9, INK);
    if home.roof == Roof::Holed {
        let gap = [
            (-0.36, -0.34),
            (-0.10, -0.42),
            (0.04, -0.16),
            (0.18, 0.06),
            (0.02, 0.36),
            (-0.20, 0.22),
            (-0.42, 0.10),
        ];
        let torn: Vec<_> = gap.iter().map(|(u, v)| (x + u * wide, y + v * deep)).collect();
        art.draw(&poly(&torn).turned(home.at, home.turn), [58, 46, 48], 1.5);
        for t in [-0.22, -0.06, 0.08] {
            let beam =
                line(&[(x + t * wide, y - 0.3 * deep), (x + (t - 0.06) * wide, y + 0.22 * deep)]);
            art.ink(&beam.turned(home.at, home.turn), 1.8, [196, 160, 112]);
        }
        rubble(art, home, tone, 10);
    }
}

fn rubble(art: &mut Art, home: &Dwelling, tone: Colour, count: u64) {
    let mut chance = Chance::new(home.at.0 as u64 * 31 + home.at.1 as u64);
    for _ in 0..count {
        let angle = chance.between(0.0, std::f32::consts::TAU);
        let far = home.size.0 * chance.between(0.52, 0.72);
        let (x, y) = (home.at.0 + far * angle.cos(), home.at.1 + far * 0.8 * angle.sin());
        let bit = rect(x - 2.5, y - 1.8, 5.0, 3.6).turned((x, y), chance.between(0.0, 90.0));
        art.draw(&bit, tone, 0.9);
    }
}

/// A tree lying across a road.
fn trunk(art: &mut Art, (x, y): (f32, f32), turn: f32, mood: &Mood) {
    let across = turn + 74.0;
    let put = |shape: Shape| shape.moved(x, y).turned((x, y), across);
    art.fill(&put(rect(-26.0, 1.0, 54.0, 8.0)), INK, 0.25);
    for (px, py, r) in [(20.0, -5.0, 11.0), (28.0, 4.0, 12.0), (14.0, 6.0, 9.0)] {
        art.draw(&put(oval(px, py, r, r * 0.9)), mood.leaf, 1.3);
    }
    art.draw(&put(rect(-28.0, -3.4, 46.0, 6.8)), [132, 96, 66], 1.6);
    for (a, b) in [((-6.0, -3.0), (2.0, -15.0)), ((4.0, 3.0), (12.0, 14.0))] {
        art.ink(&put(line(&[a, b])), 3.0, [132, 96, 66]);
    }
    art.draw(&put(oval(-28.0, 0.0, 4.4, 5.6)), [222, 190, 142], 1.3);
}

fn tent(art: &mut Art, (x, y): (f32, f32)) {
    for (dx, dy) in [(-17.0, -9.0), (15.0, -11.0), (-3.0, 12.0)] {
        let (x, y) = (x + dx, y + dy);
        art.fill(&rect(x - 8.0, y - 4.0, 26.0, 18.0), INK, 0.22);
        art.draw(&rect(x - 12.0, y - 8.0, 24.0, 16.0), WHITE, 1.6);
        art.fill(&rect(x - 12.0, y, 24.0, 8.0), [206, 204, 200], 1.0);
        art.ink(&line(&[(x - 12.0, y), (x + 12.0, y)]), 1.3, INK);
        art.ink(&rect(x - 12.0, y - 8.0, 24.0, 16.0), 1.4, INK);
    }
}

fn mound(art: &mut Art, (x, y): (f32, f32), mood: &Mood) {
    art.fill(&oval(x + 4.0, y + 5.0, 23.0, 20.0), INK, 0.2);
    art.draw(&oval(x, y, 22.0, 20.0), mix(mood.fields[0], [160, 150, 110], 0.5), 1.5);
    for at in 0..10 {
        let (sin, cos) = (at as f32 / 10.0 * std::f32::consts::TAU).sin_cos();
        art.draw(&oval(x + 22.0 * cos, y + 20.0 * sin, 3.4, 3.0), [226, 220, 208], 1.0);
    }
    art.fill(&oval(x - 5.0, y - 6.0, 9.0, 6.0), WHITE, 0.3);
}

fn felled(art: &mut Art, ground: &Shape) {
    art.draw(ground, [198, 168, 122], 1.6);
    art.hatch(ground, (15.0, 24.0), 1.2, [166, 134, 94]);
    for piece in ground.hatch(19.0, 0.0) {
        let (a, b) = (piece.points[0], piece.points[1]);
        let mut x = a.0 + 10.0;
        while x < b.0 - 6.0 {
            art.draw(&oval(x, a.1, 3.0, 2.6), [230, 206, 160], 1.0);
            x += 23.0;
        }
    }
}

fn burnt(art: &mut Art, ground: &Shape) {
    art.draw(ground, [104, 88, 80], 1.4);
    let b = ground.bounds();
    let (cx, cy) = (b.x + b.width / 2.0, b.y + b.height / 2.0);
    let heart = ground.clone().map(|(x, y)| (cx + (x - cx) * 0.72, cy + (y - cy) * 0.72));
    art.fill(&heart, [66, 58, 60], 1.0);
    for piece in ground.hatch(17.0, 0.0) {
        let (a, b) = (piece.points[0], piece.points[1]);
        let mut x = a.0 + 9.0;
        while x < b.0 - 5.0 {
            art.ink(&line(&[(x, a.1 + 4.0), (x + 1.0, a.1 - 6.0)]), 1.8, INK);
            x += 25.0;
        }
    }
}

fn flames(art: &mut Art, (x, y): (f32, f32)) {
    for (dx, dy, r) in [(0.0, 0.0, 10.0), (-15.0, 5.0, 7.0), (14.0, 6.0, 7.5)] {
        let (x, y) = (x + dx, y + dy);
        let flame = poly(&[
            (x - r, y + r),
            (x - r * 0.6, y - r * 0.4),
            (x - r * 0.1, y - r * 1.7),
            (x + r * 0.5, y - r * 0.5),
            (x + r, y + r),
        ]);
        art.draw(&flame, [228, 108, 48], 1.6);
        art.fill(&oval(x, y + r * 0.4, r * 0.4, r * 0.5), [250, 208, 96], 1.0);
    }
}

fn smoke(art: &mut Art, (x, y): (f32, f32), size: f32, tone: Colour) {
    for step in 0..6 {
        let t = step as f32;
        let (px, py) = (x + (8.0 + t * 17.0) * size, y - (10.0 + t * 15.0) * size);
        let puff = blot(step + x as u64, (px, py), (8.0 + t * 4.4) * size, 0.2);
        art.fill(&puff, tone, 0.86 - 0.09 * t);
        if step < 4 {
            art.ink(&puff, 1.0, mix(tone, INK, 0.45));
        }
    }
}
