//! What pointers do on the stage, as a state chart: pointers come in, acts go out. One finger
//! draws, two always move and enlarge. What is put was shown before, point for point.

use super::Point;
use super::geometry::apart;

/// A finger moves no further than this while it taps, in CSS pixels.
const STILL: f64 = 10.0;
/// A trail has no two points nearer to each other than this, in CSS pixels.
const FINE: f64 = 2.0;

/// What a pointer does.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Pointer {
    /// Its number.
    pub(super) id: i32,
    /// What it does.
    pub(super) phase: Phase,
    /// Where it is in the stage's room, in CSS pixels.
    pub(super) at: Point,
    /// It touches with more than a fingertip: a palm.
    pub(super) wide: bool,
    /// What lies under it, where it comes down.
    pub(super) grab: Grab,
}

/// What a pointer does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Phase {
    /// It comes down.
    Down,
    /// It moves.
    Move,
    /// It goes up.
    Up,
    /// The browser takes it away.
    Cancel,
}

/// What a pointer takes hold of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Grab {
    /// The picture: it is moved.
    #[default]
    Picture,
    /// The chosen tool: it draws.
    Tool,
    /// The mark of the first number: it is moved. A tap chooses the second, which may lie over it.
    Mark(usize, usize),
    /// A mark that a finger has not chosen: a tap chooses it, and a longer way moves the picture.
    /// Where marks lie close, a finger that means the picture cannot help meeting one.
    Loose(usize),
    /// A handle of a mark: the mark's form changes.
    Handle(usize, usize),
}

impl Grab {
    /// Whether something comes of it on its way, which is shown.
    fn holds(self) -> bool {
        !matches!(self, Self::Picture | Self::Loose(_))
    }
}

/// What is to be done.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Act {
    /// Move the picture by so many CSS pixels.
    Pan(f64, f64),
    /// Enlarge and move it with two fingers, in CSS pixels.
    Pinch([Point; 2], [Point; 2]),
    /// Show what would come of this way, in pixels of the picture.
    Show(Grab, Vec<Point>),
    /// Nothing comes of what was shown.
    Forget,
    /// The way that was shown last is meant: a tap.
    Tap(Grab, Point),
    /// The way that was shown last is meant: from one point to another.
    Put(Grab, Vec<Point>),
}

/// Where a place in the room lies in the picture.
pub(super) trait Lens {
    /// The point of the picture at a place in the room.
    fn point_at(&self, at: Point) -> Point;
}

/// What is going on.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) enum Stroke {
    /// Nothing.
    #[default]
    Idle,
    /// One finger is down and may still be a tap, or the first of two.
    Pressed {
        /// The finger.
        id: i32,
        /// What it holds.
        grab: Grab,
        /// Where it came down in the room.
        start: Point,
        /// Where it is in the room.
        at: Point,
        /// Where it came down and where it is, in the picture.
        trail: Vec<Point>,
    },
    /// One finger is on its way.
    Drawing {
        /// The finger.
        id: i32,
        /// What it holds.
        grab: Grab,
        /// Where it is in the room.
        at: Point,
        /// Where the trail's last lasting point was, in the room.
        anchor: Point,
        /// Its way in the picture.
        trail: Vec<Point>,
    },
    /// Two fingers move and enlarge.
    Pinching {
        /// Each with its place in the room.
        fingers: [(i32, Point); 2],
        /// Further ones, which do nothing.
        more: Vec<i32>,
    },
    /// It was a pinch, or was cancelled: nothing counts until all are up.
    Waiting {
        /// Those that are still down.
        down: Vec<i32>,
    },
}

impl Stroke {
    /// What comes of an input.
    pub(super) fn on(self, input: Pointer, view: &dyn Lens) -> (Self, Vec<Act>) {
        match input.phase {
            Phase::Down => self.down(input, view),
            Phase::Move => self.moved(input, view),
            Phase::Up => self.up(input.id),
            Phase::Cancel => self.cancelled(input.id),
        }
    }

    /// What is held is let go of. The finger is still there: as after a cancelled stroke nothing
    /// counts until all are up, so that a second one next to it does not draw.
    pub(super) fn dropped(self) -> Self {
        match self {
            Self::Pressed { id, .. } | Self::Drawing { id, .. } => Self::Waiting { down: vec![id] },
            other => other,
        }
    }

    fn down(self, input: Pointer, view: &dyn Lens) -> (Self, Vec<Act>) {
        let Pointer { id, at, grab, .. } = input;
        if input.wide || self.knows(id) {
            return (self, vec![]);
        }
        match self {
            Self::Idle => {
                let trail = vec![view.point_at(at)];
                let acts = shown(grab, &trail);
                (Self::Pressed { id, grab, start: at, at, trail }, acts)
            }
            // A second finger, whenever it comes: it was no mark.
            Self::Pressed { id: first, grab, at: place, .. }
            | Self::Drawing { id: first, grab, at: place, .. } => {
                let acts = if grab.holds() { vec![Act::Forget] } else { vec![] };
                (Self::Pinching { fingers: [(first, place), (id, at)], more: vec![] }, acts)
            }
            Self::Pinching { fingers, mut more } => {
                more.push(id);
                (Self::Pinching { fingers, more }, vec![])
            }
            Self::Waiting { mut down } => {
                down.push(id);
                (Self::Waiting { down }, vec![])
            }
        }
    }

    fn moved(self, input: Pointer, view: &dyn Lens) -> (Self, Vec<Act>) {
        let to = input.at;
        match self {
            Self::Pressed { id, .. } if id == input.id && input.wide => {
                (Self::Waiting { down: vec![id] }, vec![Act::Forget])
            }
            Self::Pressed { id, grab, start, at, mut trail } if id == input.id => {
                let point = view.point_at(to);
                if apart(start, to) <= STILL {
                    // It may be a tap: it counts where the finger is, not where it came down.
                    if grab.holds() {
                        trail = vec![point];
                    }
                    let acts = shown(grab, &trail);
                    return (Self::Pressed { id, grab, start, at: to, trail }, acts);
                }
                if !grab.holds() {
                    let acts = vec![Act::Pan(to.0 - at.0, to.1 - at.1)];
                    return (Self::Drawing { id, grab, at: to, anchor: to, trail }, acts);
                }
                trail = vec![view.point_at(start), point];
                let acts = shown(grab, &trail);
                (Self::Drawing { id, grab, at: to, anchor: start, trail }, acts)
            }
            Self::Drawing { id, grab, at, anchor, mut trail } if id == input.id => {
                if !grab.holds() {
                    let acts = vec![Act::Pan(to.0 - at.0, to.1 - at.1)];
                    return (Self::Drawing { id, grab, at: to, anchor, trail }, acts);
                }
                let lasting = apart(anchor, at) >= FINE;
                if !lasting {
                    trail.pop();
                }
                trail.push(view.point_at(to));
                let anchor = if lasting { at } else { anchor };
                let acts = shown(grab, &trail);
                (Self::Drawing { id, grab, at: to, anchor, trail }, acts)
            }
            Self::Pinching { mut fingers, more } => {
                let from = fingers.map(|finger| finger.1);
                let mut acts = vec![];
                for finger in &mut fingers {
                    if finger.0 == input.id {
                        finger.1 = to;
                    }
                }
                let now = fingers.map(|finger| finger.1);
                if now != from {
                    acts.push(Act::Pinch(from, now));
                }
                (Self::Pinching { fingers, more }, acts)
            }
            other => (other, vec![]),
        }
    }

    fn up(self, gone: i32) -> (Self, Vec<Act>) {
        match self {
            Self::Pressed { id, grab, trail, .. } if id == gone => {
                let acts = trail.last().map(|at| Act::Tap(grab, *at));
                (Self::Idle, acts.into_iter().collect())
            }
            Self::Drawing { id, grab, trail, .. } if id == gone => {
                let acts = grab.holds().then_some(Act::Put(grab, trail));
                (Self::Idle, acts.into_iter().collect())
            }
            other => other.released(gone),
        }
    }

    fn cancelled(self, gone: i32) -> (Self, Vec<Act>) {
        match self {
            Self::Pressed { id, grab, .. } | Self::Drawing { id, grab, .. } if id == gone => {
                let acts = if grab.holds() { vec![Act::Forget] } else { vec![] };
                (Self::Idle, acts)
            }
            other => other.released(gone),
        }
    }

    /// A finger of a pinch, or one that counts for nothing, is gone.
    fn released(self, gone: i32) -> (Self, Vec<Act>) {
        let mut down = match self {
            Self::Pinching { fingers, more } => {
                if !fingers.iter().any(|finger| finger.0 == gone) {
                    let more = more.into_iter().filter(|id| *id != gone).collect();
                    return (Self::Pinching { fingers, more }, vec![]);
                }
                fingers.iter().map(|finger| finger.0).chain(more).collect()
            }
            Self::Waiting { down } => down,
            other => return (other, vec![]),
        };
        down.retain(|id| *id != gone);
        let next = if down.is_empty() { Self::Idle } else { Self::Waiting { down } };
        (next, vec![])
    }

    fn knows(&self, known: i32) -> bool {
        match self {
            Self::Idle => false,
            Self::Pressed { id, .. } | Self::Drawing { id, .. } => *id == known,
            Self::Pinching { fingers, more } => {
                fingers.iter().any(|finger| finger.0 == known) || more.contains(&known)
            }
            Self::Waiting { down } => down.contains(&known),
        }
    }
}

fn shown(grab: Grab, trail: &[Point]) -> Vec<Act> {
    if grab.holds() { vec![Act::Show(grab, trail.to_vec())] } else { vec![] }
}

#[cfg(test)]
#[path = "stroke_tests.rs"]
mod tests;
