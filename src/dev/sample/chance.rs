//! Chance that is the same every time: a seeded generator, and smooth noise.

/// `SplitMix64`.
pub(super) struct Chance(u64);

impl Chance {
    pub(super) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ 0x5eed)
    }

    pub(super) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        mix(self.0)
    }

    /// 0 (in) to 1 (out).
    pub(super) fn unit(&mut self) -> f32 {
        (self.next() >> 40) as f32 / (1u64 << 24) as f32
    }

    pub(super) fn between(&mut self, low: f32, high: f32) -> f32 {
        low + (high - low) * self.unit()
    }

    pub(super) fn one_in(&mut self, share: f32) -> bool {
        self.unit() < share
    }

    pub(super) fn pick<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        &list[(self.next() % list.len() as u64) as usize]
    }
}

fn mix(mut z: u64) -> u64 {
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

/// A value from −1 to 1 at a point of a lattice.
fn lattice(seed: u64, x: i32, y: i32) -> f32 {
    let key = (u64::from(x as u32) << 32) | u64::from(y as u32);
    (mix(key ^ seed.wrapping_mul(0x2545_f491_4f6c_dd1d)) >> 40) as f32 / (1u64 << 23) as f32 - 1.0
}

/// Smooth noise from −1 to 1 whose hills are about `size` apart.
pub(super) fn noise(seed: u64, x: f32, y: f32, size: f32) -> f32 {
    let (x, y) = (x / size, y / size);
    let (fx, fy) = (x.floor(), y.floor());
    let (ix, iy) = (fx as i32, fy as i32);
    let ease = |t: f32| t * t * (3.0 - 2.0 * t);
    let (u, v) = (ease(x - fx), ease(y - fy));
    let top = lattice(seed, ix, iy) * (1.0 - u) + lattice(seed, ix + 1, iy) * u;
    let low = lattice(seed, ix, iy + 1) * (1.0 - u) + lattice(seed, ix + 1, iy + 1) * u;
    top * (1.0 - v) + low * v
}

/// Noise of several sizes, each half as strong as the one twice its size.
pub(super) fn clouds(seed: u64, x: f32, y: f32, size: f32, octaves: u32) -> f32 {
    let (mut sum, mut weight, mut total, mut at) = (0.0, 1.0, 0.0, size);
    for octave in 0..octaves {
        sum += weight * noise(seed + u64::from(octave) * 101, x, y, at);
        total += weight;
        weight /= 2.0;
        at /= 2.0;
    }
    sum / total
}
