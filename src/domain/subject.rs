//! What is looked at.

use crate::{Rect, Size};
use serde::{Deserialize, Serialize};

/// What a volunteer looks at to answer a task.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Subject {
    /// A part of a page's image, such as a word in its line.
    ImageRegion(ImageRegion),
}

/// A part of an image, cut out with some of its surroundings.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ImageRegion {
    /// The cut itself: the word with its line around it.
    pub picture: Picture,
    /// What the cut shows, in pixels of the original image, before any turn.
    pub frame: Rect,
    /// What the task asks about, in pixels of the original image.
    pub mark: Rect,
    /// Degrees the cut was turned clockwise to be upright: 0, 90, 180 or 270.
    #[serde(default)]
    pub turned: u16,
    /// The whole page, for `Show the page`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page: Option<PagePicture>,
}

/// The page that a region was cut from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PagePicture {
    /// The page, small enough for a phone.
    pub picture: Picture,
    /// The page's size in pixels of the original image.
    pub size: Size,
    /// What people call it: "Page 12", or the scan's file name.
    pub label: String,
}

/// One picture in the sizes there are.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Picture {
    /// The files, smallest first, never empty.
    pub sources: Vec<PictureSource>,
}

/// One file of a picture.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PictureSource {
    /// Where it is, from the server's root; the name holds the content's hash, so it never changes.
    pub url: String,
    /// Its width in its own pixels.
    pub width: u32,
    /// Its height in its own pixels.
    pub height: u32,
}

impl Picture {
    /// The smallest source at least `device_pixels` wide, else the widest.
    pub fn best_for(&self, device_pixels: u32) -> Option<&PictureSource> {
        self.sources.iter().find(|s| s.width >= device_pixels).or(self.sources.last())
    }
}

impl ImageRegion {
    /// The mark's place in the cut as shown (after the turn), as fractions of
    /// its width and height: 0 is left or top, 1 right or bottom.
    pub fn mark_in_cut(&self) -> Rect {
        let (f, m) = (&self.frame, &self.mark);
        let (w, h) = (f.width.max(1.0), f.height.max(1.0));
        let (l, t) = ((m.x - f.x) / w, (m.y - f.y) / h);
        let (r, b) = ((m.right() - f.x) / w, (m.bottom() - f.y) / h);
        let (l, t, r, b) = match self.turned {
            90 => (1.0 - b, l, 1.0 - t, r),
            180 => (1.0 - r, 1.0 - b, 1.0 - l, 1.0 - t),
            270 => (t, 1.0 - r, b, 1.0 - l),
            _ => (l, t, r, b),
        };
        Rect { x: l, y: t, width: r - l, height: b - t }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn region(turned: u16) -> ImageRegion {
        ImageRegion {
            picture: Picture { sources: vec![] },
            frame: Rect::new(100.0, 200.0, 200.0, 100.0),
            mark: Rect::new(100.0, 200.0, 50.0, 20.0),
            turned,
            page: None,
        }
    }

    #[test]
    fn the_mark_turns_with_the_cut() {
        let at = |turned| {
            let r = region(turned).mark_in_cut();
            [r.x, r.y, r.width, r.height].map(|v| (v * 100.0).round() / 100.0)
        };
        assert_eq!(at(0), [0.0, 0.0, 0.25, 0.2]);
        // Turned right, the top left corner comes to the top right.
        assert_eq!(at(90), [0.8, 0.0, 0.2, 0.25]);
        assert_eq!(at(180), [0.75, 0.8, 0.25, 0.2]);
        // Turned left, it comes to the bottom left.
        assert_eq!(at(270), [0.0, 0.75, 0.2, 0.25]);
    }

    proptest! {
        #[test]
        fn the_best_source_is_the_smallest_that_is_sharp(want in 1u32..3000) {
            let picture = Picture {
                sources: [480, 960].map(|width| PictureSource { url: String::new(), width, height: 1 }).to_vec(),
            };
            let best = picture.best_for(want).unwrap().width;
            prop_assert_eq!(best, if want <= 480 { 480 } else { 960 });
        }
    }
}
