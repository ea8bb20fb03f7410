//! A drive's own accent colour, made readable on our paper by day and by night.

/// Of the papers of `style/tokens.css` those on which it is harder to read: by day `--paper`, the
/// darker one, by night `--leaf`, the lighter one.
const DAY: [u8; 3] = [0xf5, 0xec, 0xd9];
const NIGHT: [u8; 3] = [0x18, 0x30, 0x39];
/// WCAG 2.2 AA for text.
const ENOUGH: f64 = 4.5;

/// The colour by day and by night, as `#rrggbb`, each as near to `colour` as
/// contrast allows. `None` where `colour` is not of the form `#rrggbb`.
pub(crate) fn accents(colour: &str) -> Option<(String, String)> {
    let colour = parse(colour)?;
    Some((hex(readable(colour, DAY, 0)), hex(readable(colour, NIGHT, 255))))
}

fn readable(colour: [u8; 3], paper: [u8; 3], towards: u8) -> [u8; 3] {
    let step = |n: u32| {
        colour.map(|c| {
            let (c, to) = (u32::from(c), u32::from(towards));
            u8::try_from((c * (20 - n) + to * n) / 20).unwrap_or(towards)
        })
    };
    (0..=20).map(step).find(|c| contrast(*c, paper) >= ENOUGH).unwrap_or([towards; 3])
}

/// WCAG's contrast of two colours, 1 to 21.
fn contrast(a: [u8; 3], b: [u8; 3]) -> f64 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

fn luminance(colour: [u8; 3]) -> f64 {
    let [r, g, b] = colour.map(|c| {
        let c = f64::from(c) / 255.0;
        if c <= 0.040_45 { c / 12.92 } else { to_the_2_4((c + 0.055) / 1.055) }
    });
    0.2126 * r + 0.7152 * g + 0.0722 * b
}

/// `x` to the power of 2.4, for `x` from 0 to 1: x² times the fifth root of x²,
/// by Newton's steps. The general power would be 3 kB of the app.
fn to_the_2_4(x: f64) -> f64 {
    let square = x * x;
    let mut root = 1.0;
    for _ in 0..12 {
        let fourth = root * root * root * root;
        root -= (fourth * root - square) / (5.0 * fourth);
    }
    square * root
}

fn parse(colour: &str) -> Option<[u8; 3]> {
    let digits = colour.strip_prefix('#').filter(|d| d.len() == 6 && d.is_ascii())?;
    let byte = |at: usize| u8::from_str_radix(&digits[at..at + 2], 16).ok();
    Some([byte(0)?, byte(2)?, byte(4)?])
}

fn hex([r, g, b]: [u8; 3]) -> String {
    format!("#{r:02x}{g:02x}{b:02x}")
}

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn every_accent_can_be_read_by_day_and_by_night() {
        for colour in ["#ffff00", "#000000", "#ffffff", "#8a2b1f", "#2f6fdd", "#7f7f7f"] {
            let (day, night) = accents(colour).unwrap();
            assert!(contrast(parse(&day).unwrap(), DAY) >= ENOUGH, "{colour} by day");
            assert!(contrast(parse(&night).unwrap(), NIGHT) >= ENOUGH, "{colour} by night");
        }
    }

    #[test]
    fn a_readable_accent_stays_as_it_is() {
        assert_eq!(accents("#8a2b1f").unwrap().0, "#8a2b1f");
    }

    #[test]
    fn the_power_is_right() {
        for n in 5u8..=100 {
            let x = f64::from(n) / 100.0;
            assert!((to_the_2_4(x) - x.powf(2.4)).abs() < 1e-6, "{x}");
        }
    }

    #[test]
    fn what_is_no_colour_is_no_accent() {
        for colour in ["red", "#12345", "#12345g", "#ååå", ""] {
            assert_eq!(accents(colour), None);
        }
    }
}
