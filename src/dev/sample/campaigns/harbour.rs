//! `harbour-panorama`: one picture of twelve megapixels, and a tool for every shape.

use super::super::art::{
    Area, Art, At, Colour, INK, PAPER, WHITE, line, mix, oval, poly, rect, smooth, sweep,
};
use super::super::built::{House, State, boat, house, person};
use super::super::chance::Chance;
use super::super::creature::{GOOSE, GULL, bird, mole};
use super::super::nature::{Tree, blot, cloud, hills, sky, tree, water};
use super::{Drive, Kit, entry, number};
use crate::command::Trouble;
use image::RgbImage;
use image::imageops::{FilterType, crop_imm, resize};
use serde_json::{Value, json};

const SIZE: (u32, u32) = (4_000, 3_000);
/// The side of the parts that are asked about one by one.
const PART: f32 = 1_000.0;
/// The quay's edge.
const QUAY: f32 = 1_830.0;

/// Where the things are that the lessons ask for.
#[derive(Default)]
struct Seen {
    boats: Vec<Area>,
    geese: Vec<Area>,
    /// Middle and radii.
    ponds: Vec<(f32, f32, f32, f32)>,
}

const SAILS: &[(f32, f32)] = &[
    (260.0, 2_330.0),
    (690.0, 2_760.0),
    (1_240.0, 2_700.0),
    (1_820.0, 2_620.0),
    (2_140.0, 2_180.0),
    (2_480.0, 2_760.0),
    (2_790.0, 2_360.0),
];
const PONDS: &[(f32, f32, f32, f32)] = &[
    (3_300.0, 2_560.0, 120.0, 52.0),
    (820.0, 1_330.0, 110.0, 46.0),
    (2_700.0, 1_180.0, 130.0, 50.0),
];
const GEESE: &[(f32, f32)] = &[
    (3_130.0, 2_690.0),
    (3_480.0, 2_700.0),
    (3_560.0, 2_560.0),
    (700.0, 1_420.0),
    (960.0, 1_420.0),
    (2_560.0, 1_270.0),
    (2_850.0, 1_275.0),
    (2_690.0, 1_290.0),
];
/// Gardens, by their middle.
const GARDENS: &[(f32, f32)] = &[(1_620.0, 1_230.0), (3_380.0, 1_240.0), (330.0, 1_000.0)];
/// Old town wall along the hill.
const WALL: &[(f32, f32)] = &[
    (140.0, 760.0),
    (600.0, 690.0),
    (1_050.0, 740.0),
    (1_500.0, 660.0),
    (2_100.0, 700.0),
    (2_600.0, 640.0),
    (3_150.0, 710.0),
    (3_780.0, 680.0),
];
/// From the quay into the water.
const PIERS: &[[(f32, f32); 2]] = &[
    [(1_180.0, QUAY), (1_560.0, 2_330.0)],
    [(2_300.0, QUAY), (2_520.0, 2_080.0)],
    [(420.0, QUAY), (330.0, 2_060.0)],
];

pub(super) fn make(drive: &Drive, _: &Kit) -> Result<(), Trouble> {
    let (art, seen) = draw();
    let picture = art.finish(0.35);
    drive.picture("harbour.jpg", &picture, 55)?;
    let (boats, pond) = ((0, 2), (3, 2));
    let mut subjects = vec![json!({
        "type": "image", "file": "harbour.jpg", "id": "harbour", "alt": "The whole harbour of Seemünde, from the air",
    })];
    for row in 0..3 {
        for column in 0..4 {
            if (column, row) != boats && (column, row) != pond {
                let mut one = part(column, row);
                one["id"] = format!("part-{}-{}", column + 1, row + 1).into();
                subjects.push(one);
            }
        }
    }
    let mut first = part(boats.0, boats.1);
    let shapes: Vec<Value> =
        seen.boats.iter().filter(|area| in_part(**area, boats)).map(|area| boxed(*area)).collect();
    first["answer"] = json!({ "shapes": shapes });
    first["hint"] =
        "Two boats with sails: a box around each, mast and hull. Pinch to come closer.".into();
    let mut second = part(pond.0, pond.1);
    let mut shapes: Vec<Value> = vec![];
    for (x, y, rx, ry) in &seen.ponds {
        let area = Area { x: x - rx, y: y - ry, width: 2.0 * rx, height: 2.0 * ry };
        if in_part(area, pond) {
            shapes.push(json!({
                "type": "ellipse", "label": "pond", "cx": number(*x), "cy": number(*y),
                "rx": number(*rx), "ry": number(*ry), "rotation": 0.0,
            }));
        }
    }
    for area in seen.geese.iter().filter(|area| in_part(**area, pond)) {
        let (x, y) = (area.x + area.width / 2.0, area.y + area.height / 2.0);
        shapes.push(json!({ "type": "point", "label": "goose", "x": number(x), "y": number(y) }));
    }
    second["answer"] = json!({ "shapes": shapes });
    second["hint"] =
        "The island has one pond (an ellipse) and three geese (a point on each).".into();
    let cut = |(x, y): (f32, f32), wide: u32, high: u32| {
        let (left, top) =
            ((x as u32).saturating_sub(wide / 2), (y as u32).saturating_sub(high / 2));
        resize(
            &crop_imm(&picture, left, top, wide, high).to_image(),
            360,
            270,
            FilterType::CatmullRom,
        )
    };
    let guides: [(&str, RgbImage); 5] = [
        ("boat", cut((SAILS[0].0, SAILS[0].1 - 40.0), 360, 270)),
        ("pond", cut((PONDS[0].0, PONDS[0].1), 480, 360)),
        ("wall", cut((1_050.0, 720.0), 640, 480)),
        ("garden", cut(GARDENS[0], 480, 360)),
        ("weed", cut((1_980.0, 2_420.0), 480, 360)),
    ];
    for (name, guide) in &guides {
        drive.picture(&format!("guide-{name}.jpg"), guide, 74)?;
    }
    let mut title = Art::new(960, 504, PAPER, 2);
    let middle = crop_imm(&picture, 700, 1_250, 1_920, 1_008).to_image();
    title.paste(&resize(&middle, 960, 504, FilterType::CatmullRom), 0, 0);
    mole(&mut title, At::new(130.0, 490.0, 2.1), [104, 96, 108], [52, 104, 140]);
    drive.picture("title.jpg", &title.finish(0.0), 74)?;
    drive.project(&project(&subjects, &[first, second]))
}

fn part(column: u32, row: u32) -> Value {
    json!({
        "type": "image_region", "file": "harbour.jpg", "label": "The whole harbour",
        "mark": { "x": number(column as f32 * PART), "y": number(row as f32 * PART), "width": PART, "height": PART },
    })
}

fn in_part(area: Area, (column, row): (u32, u32)) -> bool {
    let part = Area { x: column as f32 * PART, y: row as f32 * PART, width: PART, height: PART };
    area.meets(part)
}

fn boxed(area: Area) -> Value {
    json!({
        "type": "box", "label": "boat", "x": number(area.x), "y": number(area.y),
        "width": number(area.width), "height": number(area.height), "rotation": 0.0,
    })
}

fn draw() -> (Art, Seen) {
    let mut art = Art::new(SIZE.0, SIZE.1, PAPER, 88);
    art.tremble = 1.8;
    let mut seen = Seen::default();
    sky(&mut art, [222, 226, 214], Some(((3_300.0, 210.0), 90.0, [248, 214, 140])));
    for (x, y) in [(500.0, 180.0), (1_350.0, 260.0), (2_350.0, 160.0)] {
        cloud(&mut art, At::new(x, y, 2.6), WHITE);
    }
    hills(&mut art, 3, 480.0, 150.0, 900.0, [186, 196, 158]);
    hills(&mut art, 4, 640.0, 70.0, 700.0, [168, 184, 134]);
    hills(&mut art, 5, 800.0, 30.0, 600.0, [196, 196, 150]);
    art.ink(&sweep(WALL), 24.0, INK);
    art.ink(&sweep(WALL), 18.0, [200, 188, 172]);
    town(&mut art);
    for (x, y) in GARDENS {
        garden(&mut art, *x, *y);
    }
    quay(&mut art);
    water(&mut art, 6, QUAY + 34.0, SIZE.1 as f32 + 40.0, [138, 176, 186], 1.0);
    for [from, to] in PIERS {
        pier(&mut art, *from, *to);
    }
    for (at, (x, y)) in
        [(1_980.0, 2_420.0), (2_330.0, 2_500.0), (1_380.0, 2_480.0)].into_iter().enumerate()
    {
        let weed = blot(at as u64 + 3, (x, y), 110.0, 0.34);
        art.fill(&weed, [92, 134, 112], 0.8);
        art.hatch(&weed, (22.0, 64.0), 2.4, [66, 104, 88]);
    }
    island(&mut art);
    for (x, y, rx, ry) in PONDS {
        art.draw(&oval(*x, *y, *rx, *ry), [138, 176, 186], 3.0);
        art.ink(&sweep(&[(x - 40.0, *y), (x - 10.0, y - 8.0), (x + 20.0, *y)]), 2.4, WHITE);
        seen.ponds.push((*x, *y, *rx, *ry));
    }
    let hulls: &[Colour] = &[[176, 84, 66], [70, 118, 128], [188, 136, 56], [92, 106, 118]];
    let sails: &[Colour] = &[[236, 214, 160], [226, 150, 110], [220, 226, 214]];
    for (at, (x, y)) in SAILS.iter().enumerate() {
        let place = At::new(*x, *y, 1.6).flipped(at % 2 == 1);
        let area = art.within(place, |art| {
            boat(art, At::new(0.0, 0.0, 1.0), hulls[at % 4], Some(sails[at % 3]));
        });
        seen.boats.push(area);
    }
    for (at, (x, y)) in GEESE.iter().enumerate() {
        let place = At::new(*x, *y, 1.1).flipped(at % 2 == 0);
        seen.geese.push(bird(&mut art, place, &GOOSE, at % 3 == 1).area);
    }
    (art, seen)
}

fn town(art: &mut Art) {
    let mut chance = Chance::new(41);
    let walls: &[Colour] =
        &[[238, 222, 190], [226, 196, 170], [214, 216, 204], [232, 206, 140], [206, 216, 214]];
    let roofs: &[Colour] =
        &[[184, 92, 66], [120, 96, 92], [164, 76, 70], [92, 106, 118], [198, 122, 80]];
    let mut row = 0;
    let mut y = 930.0;
    while y < QUAY - 60.0 {
        let scale = 0.95 + row as f32 * 0.05;
        let mut x = -40.0 + (row % 2) as f32 * 70.0;
        while x < SIZE.0 as f32 + 60.0 {
            let here = Area { x: x - 90.0, y: y - 160.0, width: 180.0, height: 170.0 };
            let open = PONDS.iter().map(|(x, y, ..)| (*x, *y)).chain(GARDENS.iter().copied());
            let free = open.into_iter().all(|(x, y)| {
                !here.meets(Area { x: x - 190.0, y: y - 110.0, width: 380.0, height: 240.0 })
            });
            if free && chance.one_in(0.78) {
                let look = House {
                    wall: *chance.pick(walls),
                    roof: *chance.pick(roofs),
                    wide: chance.between(92.0, 124.0),
                    high: *chance.pick(&[58.0, 64.0, 98.0]),
                    state: State::Whole,
                };
                house(art, At::new(x, y + chance.between(-8.0, 8.0), scale), &look);
            } else if free {
                let kind = *chance.pick(&[Tree::Round, Tree::Round, Tree::Fir]);
                tree(art, At::new(x, y, chance.between(0.8, 1.15)), kind, [104, 142, 96]);
            }
            x += chance.between(140.0, 176.0);
        }
        y += 118.0;
        row += 1;
    }
}

fn garden(art: &mut Art, x: f32, y: f32) {
    let plot = poly(&[
        (x - 150.0, y - 56.0),
        (x + 130.0, y - 72.0),
        (x + 168.0, y + 66.0),
        (x - 120.0, y + 84.0),
    ]);
    art.draw(&plot, [150, 170, 104], 3.4);
    for piece in plot.hatch(24.0, -4.0) {
        let fine = piece.fine(26.0);
        for (at, (px, py)) in fine.points.iter().enumerate().skip(1) {
            let tone = [[196, 84, 66], [232, 196, 92], [92, 132, 78]][(at + *py as usize / 24) % 3];
            art.draw(&oval(*px, *py, 7.0, 6.0), tone, 1.2);
        }
    }
}

fn quay(art: &mut Art) {
    let width = SIZE.0 as f32;
    art.draw(&rect(-20.0, QUAY - 60.0, width + 40.0, 100.0), [212, 198, 172], 3.4);
    let mut chance = Chance::new(43);
    let mut x = 0.0;
    while x < width {
        art.ink(&line(&[(x, QUAY + 4.0), (x, QUAY + 36.0)]), 2.0, [166, 150, 130]);
        if chance.one_in(0.34) {
            let coats: &[Colour] =
                &[[176, 84, 66], [88, 112, 140], [196, 156, 76], [112, 104, 128]];
            person(
                art,
                At::new(x + 30.0, QUAY - 4.0, 0.95),
                *chance.pick(coats),
                Some([84, 72, 66]),
            );
        } else if chance.one_in(0.25) {
            bird(art, At::new(x + 30.0, QUAY - 6.0, 0.8), &GULL, false);
        } else if chance.one_in(0.4) {
            art.draw(&rect(x + 10.0, QUAY - 46.0, 46.0, 40.0), [196, 160, 112], 2.4);
            art.ink(&line(&[(x + 10.0, QUAY - 46.0), (x + 56.0, QUAY - 6.0)]), 2.0, INK);
        }
        x += 82.0;
    }
    art.ink(&line(&[(-20.0, QUAY + 2.0), (width + 20.0, QUAY + 2.0)]), 3.0, INK);
}

fn pier(art: &mut Art, from: (f32, f32), to: (f32, f32)) {
    art.ink(&line(&[from, to]), 46.0, INK);
    art.ink(&line(&[from, to]), 40.0, [186, 150, 106]);
    let planks = line(&[from, to]).fine(26.0).points;
    for (x, y) in planks {
        art.ink(
            &line(&[(x - 18.0, y + 3.0), (x + 18.0, y - 3.0)]),
            1.8,
            mix([186, 150, 106], INK, 0.45),
        );
    }
}

fn island(art: &mut Art) {
    let shore = smooth(&[
        (3_060.0, 2_640.0),
        (3_120.0, 2_470.0),
        (3_330.0, 2_400.0),
        (3_600.0, 2_440.0),
        (3_720.0, 2_590.0),
        (3_640.0, 2_740.0),
        (3_380.0, 2_800.0),
        (3_140.0, 2_760.0),
    ]);
    art.draw(&shore.clone().moved(0.0, 18.0), [222, 204, 158], 3.4);
    art.draw(&shore, [174, 190, 130], 3.0);
    let (x, y) = (3_620.0, 2_500.0);
    for (at, tone) in [WHITE, [176, 84, 66], WHITE, [176, 84, 66]].into_iter().enumerate() {
        let (t, u) = (at as f32 * 66.0, (at + 1) as f32 * 66.0);
        let half = |t: f32| 46.0 - t * 0.06;
        art.draw(
            &poly(&[
                (x - half(t), y - t),
                (x + half(t), y - t),
                (x + half(u), y - u),
                (x - half(u), y - u),
            ]),
            tone,
            2.8,
        );
    }
    art.draw(&rect(x - 26.0, y - 312.0, 52.0, 48.0), [248, 226, 150], 2.8);
    art.draw(
        &poly(&[(x - 36.0, y - 312.0), (x, y - 356.0), (x + 36.0, y - 312.0)]),
        [92, 106, 118],
        2.8,
    );
    tree(art, At::new(3_200.0, 2_520.0, 1.2), Tree::Round, [104, 142, 96]);
    tree(art, At::new(3_440.0, 2_480.0, 1.0), Tree::Fir, [92, 130, 104]);
}

fn project(subjects: &[Value], warm_ups: &[Value]) -> Value {
    json!({
        "slug": "harbour-panorama",
        "title": "Everything that floats, grows or quacks",
        "purpose": "Somebody went up in the balloon and drew the whole harbour of Seemünde on one sheet. Mark \
                    what you find in your part of it, or roam over all of it: boats, ponds, gardens, piers, the \
                    old wall, the drifting weed, and the geese. Drawn for practice.",
        "voice": "For the harbour master, who has never seen it from above",
        "owner": { "name": "The balloon office" },
        "language": "en",
        "accent": "#34688c",
        "tone": "playful",
        "kind": "drawing",
        "question": "What do you find in the harbour?",
        "rules": {
            "tools": [
                { "id": "boat", "tool": "box", "label": "Boat with a sail" },
                { "id": "goose", "tool": "point", "label": "Goose" },
                { "id": "pond", "tool": "ellipse", "label": "Pond" },
                { "id": "pier", "tool": "line", "label": "Pier" },
                { "id": "wall", "tool": "polyline", "label": "Town wall" },
                { "id": "garden", "tool": "polygon", "label": "Garden" },
                { "id": "weed", "tool": "freehand", "label": "Drifting weed" },
            ],
            "rotatable": true,
            "outcomes": ["nothing_here", "bad_subject", "skipped"],
        },
        "rule": { "rule": "equal", "answers": 3, "at_most": 7 },
        "help": [
            entry("Boat with a sail", "A box around mast, sail and hull.", "guide-boat.jpg"),
            entry("Pond", "An ellipse along the water's edge. The harbour itself is no pond.", "guide-pond.jpg"),
            entry("Town wall", "Point by point along its middle, as far as it runs in your part.", "guide-wall.jpg"),
            entry("Garden", "Its four corners, and close.", "guide-garden.jpg"),
            entry("Drifting weed", "Go around it in one stroke, without lifting the finger.", "guide-weed.jpg"),
            { "title": "Geese and gulls", "body": "Geese have long necks and stand on grass. Gulls stand on the quay and are not asked for." },
            { "title": "Come closer", "body": "Two fingers move and enlarge the sheet; it stays sharp." },
        ],
        "layers": ["goal"],
        "picture": "title.jpg",
        "warm_ups": warm_ups,
        "subjects": subjects,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lessons_parts_hold_their_things_whole() {
        let (_, seen) = draw();
        let whole = |area: Area, part: (u32, u32)| {
            let (x, y) = (part.0 as f32 * PART, part.1 as f32 * PART);
            area.x > x
                && area.y > y
                && area.x + area.width < x + PART
                && area.y + area.height < y + PART
        };
        let boats: Vec<Area> =
            seen.boats.iter().copied().filter(|area| in_part(*area, (0, 2))).collect();
        assert_eq!(boats.len(), 2);
        assert!(boats.iter().all(|area| whole(*area, (0, 2))));
        let geese: Vec<Area> =
            seen.geese.iter().copied().filter(|area| in_part(*area, (3, 2))).collect();
        assert_eq!(geese.len(), 3);
        assert!(geese.iter().all(|area| whole(*area, (3, 2))));
        assert!(seen.boats.iter().all(|area| !in_part(*area, (3, 2))));
    }
}
