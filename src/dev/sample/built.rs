//! Houses, tents, stalls, boats and people, from the side; each stands at the origin.

use super::art::{Art, At, Colour, INK, WHITE, line, mix, oval, poly, rect, smooth, sweep};

/// A house's state: what a storm or a flood left of it.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) enum State {
    Whole,
    /// Some tiles are gone.
    Chipped,
    /// The roof has fallen in.
    Fallen,
}

/// A house: its walls, its roof, how wide and high the walls are.
#[derive(Clone, Copy)]
pub(super) struct House {
    pub(super) wall: Colour,
    pub(super) roof: Colour,
    pub(super) wide: f32,
    pub(super) high: f32,
    pub(super) state: State,
}

/// A house seen at its long side.
pub(super) fn house(art: &mut Art, at: At, h: &House) {
    let (half, high) = (h.wide / 2.0, h.high);
    let ridge = -high - h.wide * 0.34;
    art.within(at, |art| {
        art.draw(&rect(-half, -high, h.wide, high), h.wall, 2.2);
        windows(art, h);
        let eaves = half + 9.0;
        if h.state == State::Fallen {
            fallen(art, h, ridge);
            return;
        }
        art.draw(&rect(half * 0.34, ridge - 14.0, 14.0, 34.0), mix(h.roof, INK, 0.25), 1.8);
        let roof = poly(&[
            (-eaves, -high + 3.0),
            (-half * 0.72, ridge),
            (half * 0.72, ridge),
            (eaves, -high + 3.0),
        ]);
        art.draw(&roof, h.roof, 2.2);
        for row in 1..4 {
            let t = row as f32 / 4.0;
            let y = ridge + (-high + 3.0 - ridge) * t;
            let reach = half * 0.72 + (eaves - half * 0.72) * t;
            let mut x = -reach + 6.0;
            while x < reach - 14.0 {
                art.ink(
                    &sweep(&[(x, y), (x + 6.0, y + 3.0), (x + 12.0, y)]),
                    1.0,
                    mix(h.roof, INK, 0.55),
                );
                x += 17.0;
            }
        }
        if h.state == State::Chipped {
            let y = ridge.midpoint(-high);
            let hole = [
                (-half * 0.42, y - 12.0),
                (-half * 0.1, y - 16.0),
                (half * 0.04, y + 4.0),
                (-half * 0.2, y + 14.0),
                (-half * 0.5, y + 6.0),
            ];
            art.draw(&poly(&hole), [74, 62, 62], 1.8);
            for x in [-0.38, -0.22, -0.06] {
                art.ink(
                    &line(&[(half * x, y - 13.0), (half * x - 3.0, y + 11.0)]),
                    2.4,
                    [176, 140, 96],
                );
            }
            for (x, turn) in [(-half - 18.0, 12.0), (-half - 34.0, -20.0)] {
                art.draw(&rect(x, -6.0, 13.0, 6.0).turned((x, 0.0), turn), h.roof, 1.3);
            }
        }
    });
}

fn windows(art: &mut Art, h: &House) {
    let (half, high) = (h.wide / 2.0, h.high);
    let tall = (high * 0.34).min(30.0);
    let floors = if high > 90.0 { 2 } else { 1 };
    for floor in 0..floors {
        let y = -high + 14.0 + floor as f32 * (high * 0.46);
        for x in [-0.66, 0.0, 0.66] {
            if x == 0.0 && floor + 1 == floors {
                continue;
            }
            let x = half * x - 10.0;
            art.draw(&rect(x, y, 20.0, tall), [150, 176, 184], 1.7);
            art.ink(&line(&[(x + 10.0, y), (x + 10.0, y + tall)]), 1.3, WHITE);
            art.ink(&line(&[(x, y + tall / 2.0), (x + 20.0, y + tall / 2.0)]), 1.3, WHITE);
        }
    }
    let door = (high * 0.56).min(48.0);
    art.draw(&rect(-12.0, -door, 24.0, door), mix(h.roof, INK, 0.3), 1.9);
    art.fill(&oval(7.0, -door * 0.5, 2.0, 2.0), WHITE, 1.0);
}

/// Rafters where the roof was, a broken wall, a heap of tiles.
fn fallen(art: &mut Art, h: &House, ridge: f32) {
    let (half, high) = (h.wide / 2.0, h.high);
    let gap = [
        (half * 0.1, -high - 6.0),
        (half * 0.3, -high * 0.55),
        (half * 0.62, -high * 0.42),
        (half * 1.1, -high * 0.30),
        (half * 1.1, -high - 8.0),
    ];
    art.draw(&poly(&gap), [74, 62, 62], 1.8);
    let part = poly(&[
        (-half - 9.0, -high + 3.0),
        (-half * 0.72, ridge),
        (-half * 0.36, ridge + 8.0),
        (-half * 0.46, -high * 0.96),
        (-half * 0.30, -high + 4.0),
    ]);
    art.draw(&part, h.roof, 2.2);
    for (a, b) in [
        ((-0.3, 0.0), (0.2, 0.9)),
        ((0.1, 0.05), (-0.1, 0.75)),
        ((0.5, 0.1), (0.9, 0.7)),
        ((0.75, -0.1), (0.55, 0.62)),
    ] {
        let y = |t: f32| -high + (ridge + high) * t;
        art.ink(&line(&[(half * a.0, y(a.1)), (half * b.0, y(b.1))]), 5.0, [150, 112, 76]);
    }
    let heap = [
        (half * 0.4, 2.0),
        (half * 0.62, -20.0),
        (half * 0.95, -30.0),
        (half * 1.25, -14.0),
        (half * 1.5, 2.0),
    ];
    art.draw(&poly(&heap), mix(h.roof, [190, 180, 170], 0.4), 2.0);
    for (x, y) in [(0.7, -6.0), (0.95, -14.0), (1.2, -4.0), (0.9, -24.0)] {
        art.draw(&rect(half * x, y - 4.0, 12.0, 6.0).turned((half * x, y), 24.0 * x), h.roof, 1.2);
    }
}

/// A ridge tent with its opening.
pub(super) fn tent(art: &mut Art, at: At, cloth: Colour) {
    art.within(at, |art| {
        art.draw(
            &poly(&[(-30.0, 0.0), (0.0, -62.0), (74.0, -56.0), (98.0, 0.0)]),
            mix(cloth, INK, 0.12),
            2.0,
        );
        art.draw(&poly(&[(-38.0, 0.0), (0.0, -62.0), (38.0, 0.0)]), cloth, 2.2);
        art.draw(&poly(&[(-10.0, 0.0), (0.0, -44.0), (12.0, 0.0)]), [74, 66, 70], 1.8);
        for (a, b) in [((-38.0, 0.0), (-56.0, 4.0)), ((98.0, 0.0), (116.0, 3.0))] {
            art.ink(&line(&[a, b]), 1.4, INK);
        }
        art.ink(&line(&[(0.0, -62.0), (0.0, -72.0)]), 2.4, INK);
    });
}

/// A round hut of felt.
pub(super) fn yurt(art: &mut Art, at: At, cloth: Colour, band: Colour) {
    art.within(at, |art| {
        art.draw(&rect(-56.0, -44.0, 112.0, 44.0), cloth, 2.2);
        art.draw(
            &smooth(&[
                (-60.0, -43.0),
                (-30.0, -68.0),
                (0.0, -77.0),
                (30.0, -68.0),
                (60.0, -43.0),
                (0.0, -40.0),
            ]),
            cloth,
            2.2,
        );
        art.draw(&rect(-56.0, -34.0, 112.0, 8.0), band, 1.5);
        art.draw(&rect(-11.0, -36.0, 22.0, 36.0), [150, 84, 62], 2.0);
        art.ink(&line(&[(0.0, -76.0), (0.0, -86.0)]), 3.0, INK);
    });
}

/// A sheet over poles: the quickest roof there is.
pub(super) fn lean_to(art: &mut Art, at: At, sheet: Colour) {
    art.within(at, |art| {
        for (x, y) in [(-50.0, -30.0), (48.0, -62.0), (-44.0, -30.0), (54.0, -62.0)] {
            art.ink(&line(&[(x, y), (x, 0.0)]), 3.6, [140, 104, 72]);
        }
        art.fill(
            &poly(&[(-48.0, -28.0), (50.0, -58.0), (50.0, 0.0), (-48.0, 0.0)]),
            [92, 84, 84],
            0.55,
        );
        art.draw(
            &smooth(&[
                (-66.0, -24.0),
                (-50.0, -35.0),
                (10.0, -50.0),
                (56.0, -70.0),
                (70.0, -60.0),
                (20.0, -42.0),
            ]),
            sheet,
            2.2,
        );
    });
}

/// Somebody, small: in a coat, with or without a hat; arms by mood.
pub(super) fn person(art: &mut Art, at: At, coat: Colour, hat: Option<Colour>) {
    art.within(at, |art| {
        for x in [-5.0, 5.0] {
            art.ink(&line(&[(x, -18.0), (x + 1.0, 0.0)]), 5.0, INK);
        }
        for (x, bend) in [(-10.0, -17.0), (10.0, 16.0)] {
            art.ink(
                &sweep(&[(x * 0.8, -48.0), (bend, -36.0), (x * 1.3, -24.0)]),
                5.0,
                mix(coat, INK, 0.25),
            );
        }
        art.draw(&smooth(&[(-9.0, -52.0), (9.0, -52.0), (13.0, -16.0), (-13.0, -16.0)]), coat, 1.9);
        art.draw(&oval(0.0, -61.0, 9.0, 9.5), [232, 196, 164], 1.8);
        if let Some(hat) = hat {
            art.draw(
                &smooth(&[(-11.0, -65.0), (-8.0, -75.0), (8.0, -75.0), (11.0, -65.0)]),
                hat,
                1.7,
            );
        }
        for x in [-3.0, 3.5] {
            art.fill(&oval(x, -61.0, 1.3, 1.5), INK, 1.0);
        }
    });
}

/// A rowing boat, or one with a sail.
pub(super) fn boat(art: &mut Art, at: At, hull: Colour, sail: Option<Colour>) {
    art.within(at, |art| {
        if let Some(sail) = sail {
            art.ink(&line(&[(0.0, -8.0), (0.0, -108.0)]), 3.6, [120, 88, 64]);
            art.draw(
                &smooth(&[(5.0, -104.0), (34.0, -60.0), (44.0, -22.0), (5.0, -20.0)]),
                sail,
                2.0,
            );
            art.draw(&poly(&[(-5.0, -96.0), (-34.0, -24.0), (-5.0, -22.0)]), WHITE, 1.8);
        }
        art.draw(
            &smooth(&[(-58.0, -18.0), (0.0, -12.0), (60.0, -20.0), (40.0, 6.0), (-36.0, 6.0)]),
            hull,
            2.3,
        );
        art.ink(&sweep(&[(-52.0, -8.0), (0.0, -3.0), (53.0, -10.0)]), 1.5, WHITE);
    });
}

/// A hand pump for water.
pub(super) fn pump(art: &mut Art, at: At, colour: Colour) {
    art.within(at, |art| {
        art.draw(&rect(-16.0, -5.0, 40.0, 6.0), [186, 180, 170], 1.8);
        art.draw(&rect(-6.0, -50.0, 12.0, 46.0), colour, 2.0);
        art.ink(&sweep(&[(0.0, -50.0), (-20.0, -56.0), (-32.0, -36.0)]), 3.6, INK);
        art.ink(&line(&[(6.0, -36.0), (19.0, -34.0), (19.0, -27.0)]), 4.4, mix(colour, INK, 0.3));
        art.draw(
            &poly(&[(12.0, -16.0), (28.0, -16.0), (25.0, -1.0), (15.0, -1.0)]),
            [130, 150, 160],
            1.6,
        );
    });
}
