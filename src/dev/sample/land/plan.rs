//! What lies where.

use super::super::art::{Shape, oval, poly, rect, sweep};
use super::super::chance::{Chance, clouds};

/// A piece of land, in pixels.
#[derive(Clone)]
pub(crate) struct Land {
    pub(crate) seed: u64,
    pub(crate) size: (f32, f32),
    /// Side of a field, about.
    pub(crate) field: f32,
    pub(crate) river: Option<Shape>,
    pub(crate) roads: Vec<Shape>,
    pub(crate) homes: Vec<Dwelling>,
    pub(crate) woods: Vec<Wood>,
    /// Trunks across a road: where, and the road's direction in degrees.
    pub(crate) blocks: Vec<((f32, f32), f32)>,
    /// White tents.
    pub(crate) tents: Vec<(f32, f32)>,
    /// Burnt ground; whether it still smokes.
    pub(crate) scars: Vec<(Shape, bool)>,
    /// Felled ground.
    pub(crate) cuts: Vec<Shape>,
    /// Grave mounds.
    pub(crate) mounds: Vec<(f32, f32)>,
}

/// A house from above.
#[derive(Clone, Copy)]
pub(crate) struct Dwelling {
    pub(crate) at: (f32, f32),
    pub(crate) size: (f32, f32),
    /// Degrees.
    pub(crate) turn: f32,
    pub(crate) roof: Roof,
    pub(crate) tone: usize,
}

/// What became of a roof.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(crate) enum Roof {
    Whole,
    /// Whole, and somebody is cooking.
    Smoking,
    /// A hole, with tiles around.
    Holed,
    /// Only walls, as after a storm or a hundred years.
    Gone,
}

impl Dwelling {
    pub(crate) fn shape(&self) -> Shape {
        let ((x, y), (wide, deep)) = (self.at, self.size);
        rect(x - wide / 2.0, y - deep / 2.0, wide, deep).turned(self.at, self.turn)
    }
}

/// A tree's crown.
#[derive(Clone, Copy)]
pub(crate) struct Wood {
    pub(crate) at: (f32, f32),
    pub(crate) r: f32,
    pub(crate) fir: bool,
}

impl Land {
    fn bare(seed: u64, size: (f32, f32), field: f32) -> Self {
        Self {
            seed,
            size,
            field,
            river: None,
            roads: vec![],
            homes: vec![],
            woods: vec![],
            blocks: vec![],
            tents: vec![],
            scars: vec![],
            cuts: vec![],
            mounds: vec![],
        }
    }

    /// Fields, a river, roads with houses along them.
    pub(crate) fn village(seed: u64, size: (f32, f32)) -> Self {
        let mut land = Self::bare(seed, size, 210.0);
        land.river = Some(land.winding(0.30, true, 1));
        land.roads = vec![land.winding(0.34, false, 2), land.winding(0.74, false, 3)];
        land.roads.push(land.winding(0.62, true, 4));
        land.settle(80.0, 0.66, (47.0, 33.0));
        land.plant(1, 0.24, 15.0);
        land
    }

    /// Woods with a few fields, a river and one road.
    pub(crate) fn forest(seed: u64, size: (f32, f32)) -> Self {
        let mut land = Self::bare(seed, size, 250.0);
        land.river = Some(land.winding(0.44, true, 1));
        land.roads = vec![land.winding(0.56, false, 2)];
        land.settle(150.0, 0.45, (42.0, 30.0));
        land.plant(1, -0.14, 17.0);
        land
    }

    /// Stony hills with a track and few houses.
    pub(crate) fn hills(seed: u64, size: (f32, f32)) -> Self {
        let mut land = Self::bare(seed, size, 400.0);
        land.roads = vec![land.winding(0.40, false, 2), land.winding(0.50, true, 5)];
        land.settle(76.0, 0.5, (36.0, 30.0));
        land.plant(1, 0.42, 12.0);
        land
    }

    /// A line from edge to edge, about `share` of the way across.
    fn winding(&self, share: f32, down: bool, salt: u64) -> Shape {
        let (long, across) =
            if down { (self.size.1, self.size.0) } else { (self.size.0, self.size.1) };
        let mut points = vec![];
        let mut at = -80.0;
        while at < long + 160.0 {
            let off = share * across + clouds(self.seed * 7 + salt, at, 0.0, 420.0, 2) * 150.0;
            points.push(if down { (off, at) } else { (at, off) });
            at += 80.0;
        }
        sweep(&points)
    }

    /// Houses on both sides of the roads.
    fn settle(&mut self, gap: f32, share: f32, size: (f32, f32)) {
        let mut chance = Chance::new(self.seed * 11 + 1);
        for road in self.roads.clone() {
            let fine = road.fine(4.0).points;
            let step = (gap / 4.0) as usize;
            for at in (step / 2..fine.len().saturating_sub(2)).step_by(step) {
                let ((x, y), next) = (fine[at], fine[at + 1]);
                let turn = (next.1 - y).atan2(next.0 - x).to_degrees();
                for side in [-1.0, 1.0] {
                    let far = side * chance.between(40.0, 52.0);
                    let (sin, cos) = turn.to_radians().sin_cos();
                    let home = Dwelling {
                        at: (x - sin * far, y + cos * far),
                        size: (
                            size.0 * chance.between(0.85, 1.2),
                            size.1 * chance.between(0.9, 1.1),
                        ),
                        turn: turn + chance.between(-7.0, 7.0),
                        roof: Roof::Whole,
                        tone: (chance.next() % 4) as usize,
                    };
                    if chance.one_in(share) && self.free(home.at, 33.0, 46.0) {
                        self.homes.push(home);
                    }
                }
            }
        }
    }

    /// Trees where the clouds of chance are thick, and a few alone.
    fn plant(&mut self, salt: u64, above: f32, r: f32) {
        let mut chance = Chance::new(self.seed * 23 + salt);
        let mut y = 0.0;
        while y < self.size.1 + 20.0 {
            let mut x = 0.0;
            while x < self.size.0 + 20.0 {
                let at = (x + chance.between(-0.6, 0.6) * r, y + chance.between(-0.6, 0.6) * r);
                let thick = clouds(self.seed + 40, at.0, at.1, 330.0, 3);
                let alone = chance.one_in(0.025);
                let r = r * chance.between(0.7, 1.15);
                let fir = clouds(self.seed + 41, at.0, at.1, 160.0, 2) > 0.1;
                if (thick > above || alone) && self.free(at, r + 3.0, r + 30.0) {
                    self.woods.push(Wood { at, r, fir });
                }
                x += r * 1.55;
            }
            y += r * 1.35;
        }
    }

    /// Whether nothing built and no water is at a place.
    pub(crate) fn free(&self, at: (f32, f32), from_road: f32, from_home: f32) -> bool {
        let roads = self.roads.iter().all(|road| apart(road, at) > from_road);
        let river = self.river.iter().all(|river| apart(river, at) > from_road + 26.0);
        roads && river && self.homes.iter().all(|home| far(home.at, at) > from_home)
    }

    /// Every `nth` house, beginning with `from`, gets this roof.
    pub(crate) fn strike(&mut self, from: usize, nth: usize, roof: Roof) {
        for home in self.homes.iter_mut().skip(from).step_by(nth) {
            home.roof = roof;
        }
    }

    /// Trunks across the roads, `gap` pixels apart.
    pub(crate) fn block(&mut self, gap: f32) {
        for road in &self.roads {
            let fine = road.fine(4.0).points;
            let step = (gap / 4.0) as usize;
            for at in (step / 3..fine.len() - 1).step_by(step) {
                let (a, b) = (fine[at], fine[at + 1]);
                self.blocks.push((a, (b.1 - a.1).atan2(b.0 - a.0).to_degrees()));
            }
        }
    }

    /// Up to `count` free places at least `apart` from each other.
    pub(crate) fn places(
        &self,
        salt: u64,
        count: usize,
        clear: f32,
        between: f32,
    ) -> Vec<(f32, f32)> {
        let mut chance = Chance::new(self.seed * 29 + salt);
        let mut found: Vec<(f32, f32)> = vec![];
        for _ in 0..count * 60 {
            let at = (
                chance.between(30.0, self.size.0 - 30.0),
                chance.between(30.0, self.size.1 - 30.0),
            );
            let open = self.woods.iter().all(|wood| far(wood.at, at) > wood.r + clear);
            let alone = found.iter().all(|other| far(*other, at) > between);
            if found.len() < count && open && alone && self.free(at, clear + 14.0, clear + 36.0) {
                found.push(at);
            }
        }
        found
    }

    /// Takes the trees off some ground.
    pub(crate) fn clear(&mut self, ground: &Shape) {
        self.woods.retain(|wood| !ground.holds(wood.at.0, wood.at.1));
    }

    /// Fields as a patchwork whose corners are shared.
    pub(crate) fn fields(&self) -> Vec<Shape> {
        let side = self.field;
        let (columns, rows) = ((self.size.0 / side) as i32 + 2, (self.size.1 / side) as i32 + 2);
        let corner = |column: i32, row: i32| {
            let mut chance = Chance::new(self.seed ^ ((column as u64) << 20) ^ ((row as u64) << 4));
            let x = (column as f32 - 0.5 + chance.between(-0.24, 0.24)) * side;
            (x, (row as f32 - 0.5 + chance.between(-0.24, 0.24)) * side)
        };
        let mut fields = vec![];
        for row in 0..rows {
            for column in 0..columns {
                fields.push(poly(&[
                    corner(column, row),
                    corner(column + 1, row),
                    corner(column + 1, row + 1),
                    corner(column, row + 1),
                ]));
            }
        }
        fields
    }

    /// The crown of a tree.
    pub(crate) fn crown(wood: &Wood) -> Shape {
        oval(wood.at.0, wood.at.1, wood.r, wood.r * 0.94)
    }
}

fn far(a: (f32, f32), b: (f32, f32)) -> f32 {
    (a.0 - b.0).hypot(a.1 - b.1)
}

/// How far a point is from a line.
fn apart(line: &Shape, p: (f32, f32)) -> f32 {
    let mut least = f32::MAX;
    for pair in line.points.windows(2) {
        let (a, b) = (pair[0], pair[1]);
        let (dx, dy) = (b.0 - a.0, b.1 - a.1);
        let t = ((p.0 - a.0) * dx + (p.1 - a.1) * dy) / (dx * dx + dy * dy).max(1e-6);
        let t = t.clamp(0.0, 1.0);
        least = least.min(far(p, (a.0 + dx * t, a.1 + dy * t)));
    }
    least
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_house_stands_on_a_road_or_in_the_river() {
        for seed in 1..6 {
            let land = Land::village(seed, (1500.0, 1200.0));
            assert!(land.homes.len() > 20, "{}", land.homes.len());
            for home in &land.homes {
                assert!(land.roads.iter().all(|road| apart(road, home.at) > 33.0));
                assert!(land.river.iter().all(|river| apart(river, home.at) > 50.0));
            }
        }
    }

    #[test]
    fn ground_is_cleared() {
        let mut land = Land::forest(3, (800.0, 800.0));
        let ground = oval(400.0, 400.0, 150.0, 150.0);
        land.clear(&ground);
        assert!(land.woods.iter().all(|wood| !ground.holds(wood.at.0, wood.at.1)));
        assert!(!land.woods.is_empty());
    }
}
