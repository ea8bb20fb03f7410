//! Beasts and birds, and the mole of the house: all look to the right and stand at the origin.

use super::art::{Area, Art, At, Colour, INK, Shape, WHITE, line, mix, oval, poly, smooth, sweep};

/// The measures of something on four legs, in pixels of its own drawing.
#[derive(Clone, Copy)]
pub(super) struct Beast {
    pub(super) body: (f32, f32),
    pub(super) legs: f32,
    pub(super) neck: f32,
    pub(super) head: f32,
    pub(super) coat: Colour,
    pub(super) extra: Extra,
}

/// What tells one from another.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Extra {
    /// A mane and a long tail.
    Horse,
    /// Two upright horns.
    Antelope,
    /// A bushy tail, a sharp face.
    Fox,
    /// Long ears.
    Hare,
}

pub(super) const HORSE: Beast = Beast {
    body: (104.0, 44.0),
    legs: 54.0,
    neck: 46.0,
    head: 38.0,
    coat: [201, 160, 106],
    extra: Extra::Horse,
};
pub(super) const ANTELOPE: Beast = Beast {
    body: (78.0, 32.0),
    legs: 50.0,
    neck: 34.0,
    head: 25.0,
    coat: [221, 183, 128],
    extra: Extra::Antelope,
};
pub(super) const FOX: Beast = Beast {
    body: (62.0, 22.0),
    legs: 22.0,
    neck: 16.0,
    head: 24.0,
    coat: [206, 106, 58],
    extra: Extra::Fox,
};
pub(super) const HARE: Beast = Beast {
    body: (44.0, 26.0),
    legs: 12.0,
    neck: 10.0,
    head: 19.0,
    coat: [186, 158, 124],
    extra: Extra::Hare,
};

/// How it stands.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) enum Pose {
    Grazing,
    Looking,
    Running,
}

/// Where it came to lie in the picture.
#[derive(Clone, Copy, Debug)]
pub(super) struct Seen {
    pub(super) area: Area,
    pub(super) nose: (f32, f32),
}

/// Draws a beast.
pub(super) fn beast(art: &mut Art, at: At, b: &Beast, pose: Pose) -> Seen {
    let (long, high) = b.body;
    let top = -b.legs - high;
    let degrees: f32 = match pose {
        Pose::Grazing => 52.0,
        Pose::Looking => -62.0,
        Pose::Running => -24.0,
    };
    let (sin, cos) = degrees.to_radians().sin_cos();
    let root = (long * 0.40, top + high * 0.30);
    let poll = (root.0 + b.neck * cos, root.1 + b.neck * sin);
    let tilt: f32 = match pose {
        Pose::Grazing => 68.0,
        Pose::Looking => 20.0,
        Pose::Running => 24.0,
    };
    let head = |x: f32, y: f32| {
        let (s, c) = tilt.to_radians().sin_cos();
        (poll.0 + (x * c - y * s) * b.head, poll.1 + (x * s + y * c) * b.head)
    };
    let nose = head(1.0, 0.10);
    let area = art.within(at, |art| {
        let dark = mix(b.coat, INK, 0.28);
        tail(art, b, top);
        for (x, far) in [(-long * 0.34, true), (long * 0.30, true)] {
            art.draw(&leg(b, x, pose, far), dark, 1.7);
        }
        let mut parts = vec![trunk(b)];
        for x in [-long * 0.40, long * 0.38] {
            parts.push(leg(b, x, pose, false));
        }
        let (nx, ny) = (-sin, cos);
        let thick = high * 0.34;
        parts.push(poly(&[
            (root.0 + nx * thick - 6.0, root.1 + ny * thick),
            (poll.0 + nx * thick * 0.6, poll.1 + ny * thick * 0.6),
            (poll.0 - nx * thick * 0.5, poll.1 - ny * thick * 0.5),
            (root.0 - nx * thick - 8.0, root.1 - ny * thick),
        ]));
        let face = if b.extra == Extra::Fox { 0.10 } else { 0.17 };
        parts.push(smooth(&[
            head(-0.22, -0.16),
            head(0.30, -0.26),
            head(0.86, -face),
            head(1.0, 0.08),
            head(0.84, face + 0.06),
            head(0.30, 0.26),
            head(-0.20, 0.22),
        ]));
        art.union(&parts, b.coat, 1.1);
        details(art, b, &head, root, poll);
        for x in [-long * 0.40, long * 0.38] {
            let x = x + stride(pose, x, false) * b.legs;
            art.draw(
                &poly(&[(x - 3.4, -5.0), (x + 3.4, -5.0), (x + 4.4, 0.0), (x - 4.4, 0.0)]),
                INK,
                1.0,
            );
        }
    });
    Seen { area, nose: at.place(nose) }
}

fn trunk(b: &Beast) -> Shape {
    let (long, high) = b.body;
    let top = -b.legs - high;
    smooth(&[
        (-long * 0.50, top + high * 0.30),
        (-long * 0.36, top + high * 0.02),
        (0.0, top + high * 0.10),
        (long * 0.34, top),
        (long * 0.50, top + high * 0.34),
        (long * 0.44, top + high * 0.84),
        (0.0, top + high * 1.02),
        (-long * 0.40, top + high * 0.86),
    ])
}

/// How far a foot is before or behind its leg, in lengths of the leg.
fn stride(pose: Pose, x: f32, far: bool) -> f32 {
    let ahead = if x > 0.0 { 0.55 } else { -0.55 };
    match pose {
        Pose::Running if far => ahead * 0.5,
        Pose::Running => ahead,
        _ => 0.0,
    }
}

fn leg(b: &Beast, x: f32, pose: Pose, far: bool) -> Shape {
    let y = -b.legs - b.body.1 * 0.35;
    let foot = x + stride(pose, x, far) * b.legs;
    let knee = x.midpoint(foot) + if x < 0.0 { -3.0 } else { 2.0 };
    let thick = (b.body.1 * 0.19).min(b.legs * 0.24);
    poly(&[
        (x - thick, y),
        (x + thick, y),
        (knee + 3.4, -b.legs * 0.45),
        (foot + 3.2, 0.0),
        (foot - 3.2, 0.0),
        (knee - 3.6, -b.legs * 0.45),
    ])
}

fn tail(art: &mut Art, b: &Beast, top: f32) {
    let (long, high) = b.body;
    let root = (-long * 0.47, top + high * 0.22);
    match b.extra {
        Extra::Horse => {
            let curve =
                [root, (root.0 - 16.0, root.1 + 14.0), (root.0 - 15.0, root.1 + high * 1.2)];
            art.ink(&sweep(&curve), 9.0, mix(b.coat, INK, 0.75));
        }
        Extra::Fox => {
            let brush = [
                root,
                (root.0 - 20.0, root.1 - 4.0),
                (root.0 - 52.0, root.1 + 8.0),
                (root.0 - 24.0, root.1 + 18.0),
            ];
            art.draw(&smooth(&brush), b.coat, 1.6);
            art.draw(&oval(root.0 - 46.0, root.1 + 7.0, 8.0, 5.0), WHITE, 1.2);
        }
        Extra::Hare => art.draw(&oval(root.0 - 3.0, root.1 + 5.0, 6.0, 6.0), WHITE, 1.3),
        Extra::Antelope => art.ink(
            &sweep(&[root, (root.0 - 9.0, root.1 + 4.0), (root.0 - 8.0, root.1 + 15.0)]),
            4.0,
            INK,
        ),
    }
}

fn details(
    art: &mut Art,
    b: &Beast,
    head: &impl Fn(f32, f32) -> (f32, f32),
    root: (f32, f32),
    poll: (f32, f32),
) {
    let dark = mix(b.coat, INK, 0.75);
    match b.extra {
        Extra::Horse => {
            let mane = [(root.0 - 12.0, root.1 - 8.0), poll, head(0.05, -0.34)];
            art.ink(&sweep(&mane), 6.0, dark);
        }
        Extra::Antelope => {
            for x in [0.02, 0.16] {
                art.ink(
                    &sweep(&[head(x, -0.24), head(x - 0.20, -0.70), head(x - 0.10, -1.15)]),
                    2.6,
                    INK,
                );
            }
        }
        Extra::Fox | Extra::Hare => {}
    }
    let (wide, tall) = match b.extra {
        Extra::Hare => (0.14, 1.05),
        Extra::Fox => (0.20, 0.52),
        _ => (0.12, 0.34),
    };
    for back in [0.24, 0.0] {
        let ear = [
            head(-0.10 - back + wide, -0.20),
            head(-0.22 - back, -0.20 - tall),
            head(-0.14 - back - wide, -0.14),
        ];
        art.draw(&smooth(&ear), b.coat, 1.3);
    }
    art.fill(&oval(head(0.34, -0.06).0, head(0.34, -0.06).1, 2.2, 2.4), INK, 1.0);
    art.fill(&oval(head(0.95, 0.06).0, head(0.95, 0.06).1, 2.2, 1.9), INK, 1.0);
}

/// A bird on two legs, or on the water.
#[derive(Clone, Copy)]
pub(super) struct Bird {
    pub(super) body: (f32, f32),
    pub(super) legs: f32,
    pub(super) neck: f32,
    pub(super) coat: Colour,
    pub(super) bill: Colour,
}

pub(super) const GOOSE: Bird =
    Bird { body: (52.0, 30.0), legs: 14.0, neck: 34.0, coat: WHITE, bill: [224, 130, 50] };
pub(super) const CRANE: Bird = Bird {
    body: (52.0, 26.0),
    legs: 48.0,
    neck: 48.0,
    coat: [176, 184, 190],
    bill: [120, 104, 84],
};
pub(super) const GULL: Bird =
    Bird { body: (36.0, 18.0), legs: 12.0, neck: 9.0, coat: WHITE, bill: [226, 170, 60] };

/// Draws a bird; grazing, it has its bill at the ground.
pub(super) fn bird(art: &mut Art, at: At, b: &Bird, grazing: bool) -> Seen {
    let (long, high) = b.body;
    let middle = -b.legs - high * 0.5;
    let shoulder = (long * 0.36, middle - high * 0.18);
    let head = if grazing {
        (shoulder.0 + b.neck * 0.75, (shoulder.1 + b.neck * 0.75).min(-5.0))
    } else {
        (shoulder.0 + b.neck * 0.22, shoulder.1 - b.neck)
    };
    let bill = if grazing { (head.0 + 6.0, head.1 + 9.0) } else { (head.0 + 15.0, head.1 + 2.0) };
    let area = art.within(at, |art| {
        for x in [-5.0, 7.0] {
            if b.legs > 0.0 {
                art.ink(&line(&[(x, -b.legs), (x + 1.0, 0.0), (x + 8.0, 0.0)]), 2.4, b.bill);
            }
        }
        let trunk = smooth(&[
            (-long * 0.72, middle - high * 0.22),
            (-long * 0.20, middle - high * 0.46),
            (long * 0.34, middle - high * 0.44),
            (long * 0.50, middle),
            (long * 0.20, middle + high * 0.48),
            (-long * 0.34, middle + high * 0.34),
        ]);
        let bend = if grazing {
            (shoulder.0 + b.neck * 0.5, shoulder.1 - 4.0)
        } else {
            (shoulder.0 + 7.0, shoulder.1 - b.neck * 0.5)
        };
        let thick = 4.2;
        let neck = sweep(&[(shoulder.0 - 6.0, shoulder.1 + 4.0), bend, head]);
        let mut ribbon: Vec<_> = neck.points.iter().map(|(x, y)| (x - thick, *y)).collect();
        ribbon.extend(neck.points.iter().rev().map(|(x, y)| (x + thick, *y)));
        art.union(&[trunk, poly(&ribbon), oval(head.0, head.1, 7.2, 6.2)], b.coat, 1.0);
        let beak = poly(&[(head.0 + 4.0, head.1 - 4.0), bill, (head.0 + 2.0, head.1 + 5.0)]);
        art.draw(&beak, b.bill, 1.2);
        art.fill(&oval(head.0 + 1.5, head.1 - 1.5, 1.7, 1.8), INK, 1.0);
        let wing = [
            (-long * 0.5, middle),
            (-long * 0.1, middle + high * 0.16),
            (long * 0.24, middle - high * 0.16),
        ];
        art.ink(&sweep(&wing), 1.6, INK);
    });
    Seen { area, nose: at.place(bill) }
}

/// The mole, with whatever it carries in its paws.
pub(super) fn mole(art: &mut Art, at: At, coat: Colour, scarf: Colour) {
    art.within(at, |art| {
        let pink = [228, 160, 140];
        for (x, y) in [(-20.0, -3.0), (20.0, -3.0)] {
            art.draw(&oval(x, y, 13.0, 6.0), pink, 1.8);
        }
        let body = [
            (0.0, -98.0),
            (27.0, -84.0),
            (37.0, -42.0),
            (29.0, -6.0),
            (0.0, 0.0),
            (-29.0, -6.0),
            (-37.0, -42.0),
            (-27.0, -84.0),
        ];
        art.draw(&smooth(&body), coat, 2.4);
        art.fill(&oval(0.0, -30.0, 19.0, 24.0), mix(coat, WHITE, 0.35), 1.0);
        art.draw(
            &poly(&[(-27.0, -66.0), (27.0, -66.0), (25.0, -56.0), (-26.0, -56.0)]),
            scarf,
            1.7,
        );
        art.draw(&poly(&[(14.0, -58.0), (25.0, -58.0), (27.0, -32.0), (17.0, -30.0)]), scarf, 1.7);
        let snout =
            smooth(&[(-11.0, -82.0), (11.0, -82.0), (8.0, -70.0), (0.0, -66.0), (-8.0, -70.0)]);
        art.draw(&snout, mix(coat, WHITE, 0.35), 1.6);
        art.draw(&oval(0.0, -82.0, 6.5, 5.0), pink, 1.6);
        for x in [-13.0, 13.0] {
            art.fill(&oval(x, -88.0, 2.3, 2.8), INK, 1.0);
            art.draw(
                &smooth(&[(x * 2.4, -52.0), (x * 3.0, -38.0), (x * 2.3, -30.0), (x * 1.9, -40.0)]),
                pink,
                1.7,
            );
        }
        for y in [-75.0, -71.0] {
            art.ink(&line(&[(12.0, y), (30.0, y - 3.0)]), 0.9, INK);
            art.ink(&line(&[(-12.0, y), (-30.0, y - 3.0)]), 0.9, INK);
        }
    });
}
