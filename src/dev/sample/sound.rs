//! Sounds made of numbers: calls like those of birds, in a WAV.

use super::chance::{Chance, noise};

/// Samples a second.
pub(super) const RATE: u32 = 16_000;

/// A recording while it is made: one number from −1 to 1 a sample.
pub(super) struct Tape {
    samples: Vec<f32>,
}

impl Tape {
    /// Silence with a little wind in it.
    pub(super) fn windy(seed: u64, seconds: f32, strength: f32) -> Self {
        let mut chance = Chance::new(seed);
        let mut low = 0.0;
        let samples = (0..(seconds * RATE as f32) as usize)
            .map(|at| {
                low += (chance.between(-1.0, 1.0) - low) * 0.06;
                let gust = 0.6 + 0.4 * noise(seed, at as f32, 0.0, 9_000.0);
                low * gust * strength
            })
            .collect();
        Self { samples }
    }

    /// A tone whose pitch goes through `hertz` and whose loudness swells and ebbs.
    pub(super) fn tone(&mut self, from: f32, seconds: f32, hertz: &[f32], loud: f32) {
        let start = (from * RATE as f32) as usize;
        let count = (seconds * RATE as f32) as usize;
        let mut phase = 0.0f32;
        for at in 0..count {
            let t = at as f32 / count as f32;
            let place = t * (hertz.len() - 1) as f32;
            let step = (place as usize).min(hertz.len().saturating_sub(2));
            let next = hertz.get(step + 1).copied().unwrap_or(hertz[step]);
            let pitch = hertz[step] + (next - hertz[step]) * (place - step as f32);
            phase = (phase + pitch / RATE as f32).fract();
            let angle = phase * std::f32::consts::TAU;
            let swell = (t * std::f32::consts::PI).sin().sqrt();
            let wave = angle.sin() + 0.18 * (2.0 * angle).sin();
            self.add(start + at, wave * swell * loud);
        }
    }

    /// A short rasp, as of a comb.
    pub(super) fn rasp(&mut self, from: f32, seconds: f32, teeth: f32, loud: f32, seed: u64) {
        let mut chance = Chance::new(seed);
        let start = (from * RATE as f32) as usize;
        let count = (seconds * RATE as f32) as usize;
        for at in 0..count {
            let t = at as f32 / count as f32;
            let tooth = (t * teeth).fract();
            let strength = (1.0 - tooth).powi(3) * (t * std::f32::consts::PI).sin();
            self.add(start + at, chance.between(-1.0, 1.0) * strength * loud);
        }
    }

    fn add(&mut self, at: usize, value: f32) {
        if let Some(sample) = self.samples.get_mut(at) {
            *sample += value;
        }
    }

    /// The loudest sample.
    #[cfg(test)]
    pub(super) fn peak(&self) -> f32 {
        self.samples.iter().fold(0.0, |most, value| value.abs().max(most))
    }

    /// As a WAV: one channel, 16 bits.
    pub(super) fn wav(&self) -> Vec<u8> {
        let length = self.samples.len() as u32 * 2;
        let mut bytes = Vec::with_capacity(length as usize + 44);
        bytes.extend(b"RIFF");
        bytes.extend((length + 36).to_le_bytes());
        bytes.extend(b"WAVEfmt ");
        bytes.extend(16u32.to_le_bytes());
        bytes.extend(1u16.to_le_bytes());
        bytes.extend(1u16.to_le_bytes());
        bytes.extend(RATE.to_le_bytes());
        bytes.extend((RATE * 2).to_le_bytes());
        bytes.extend(2u16.to_le_bytes());
        bytes.extend(16u16.to_le_bytes());
        bytes.extend(b"data");
        bytes.extend(length.to_le_bytes());
        for value in &self.samples {
            bytes.extend(((value.clamp(-1.0, 1.0) * 32_000.0).round() as i16).to_le_bytes());
        }
        bytes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wav_is_as_long_as_it_says() {
        let mut tape = Tape::windy(1, 0.5, 0.1);
        tape.tone(0.1, 0.2, &[800.0, 600.0], 0.5);
        let bytes = tape.wav();
        assert_eq!(bytes.len(), 44 + 16_000);
        assert_eq!(bytes[40..44], 16_000u32.to_le_bytes());
        assert!(tape.peak() > 0.4 && tape.peak() < 1.0);
    }
}
