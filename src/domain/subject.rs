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
        let (frame, mark) = (&self.frame, &self.mark);
        let (across, down) = (frame.width.max(1.0), frame.height.max(1.0));
        let (left, right) = ((mark.x - frame.x) / across, (mark.right() - frame.x) / across);
        let (top, bottom) = ((mark.y - frame.y) / down, (mark.bottom() - frame.y) / down);
        let (left, top, right, bottom) = match self.turned {
            90 => (1.0 - bottom, left, 1.0 - top, right),
            180 => (1.0 - right, 1.0 - bottom, 1.0 - left, 1.0 - top),
            270 => (top, 1.0 - right, bottom, 1.0 - left),
            _ => (left, top, right, bottom),
        };
        Rect { x: left, y: top, width: right - left, height: bottom - top }
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
    #[expect(clippy::cast_possible_truncation, reason = "hundredths of 1")]
    fn the_mark_turns_with_the_cut() {
        let at = |turned| {
            let r = region(turned).mark_in_cut();
            [r.x, r.y, r.width, r.height].map(|v| (v * 100.0).round() as i32)
        };
        assert_eq!(at(0), [0, 0, 25, 20]);
        // Turned right, the top left corner comes to the top right.
        assert_eq!(at(90), [80, 0, 20, 25]);
        assert_eq!(at(180), [75, 80, 25, 20]);
        // Turned left, it comes to the bottom left.
        assert_eq!(at(270), [0, 75, 20, 25]);
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
