//! The figures at rest, on a canvas of their own. They are drawn in slices of a few
//! milliseconds on a second canvas out of sight, and the first is handed what is on it in
//! the frame after it is done: however many figures there are, a finger never waits for them.

use super::viewport::{density, shift};
use super::{Area, Figure, Pen, Viewport};
use crate::strip::set;
use std::sync::Arc;
use wasm_bindgen::JsCast;
use web_sys::{
    CanvasRenderingContext2d as Context, HtmlCanvasElement, ImageBitmapRenderingContext,
    OffscreenCanvas,
};

/// Drawn beyond the room on every side, in CSS pixels, so that a small move shows it at once.
const MARGIN: f64 = 96.0;
/// What is drawn reaches so far beyond its figure, in CSS pixels.
const EDGE: f64 = 16.0;
/// A canvas begins and ends at multiples of this in the room: a figure more or less does not make
/// another one necessary each time.
const GRID: f64 = 64.0;
/// One frame's share for drawing while the picture moves, in milliseconds.
const SLICE: f64 = 5.0;
/// The same while it lies still.
const STILL: f64 = 10.0;
/// The same where a figure that was drawn elsewhere until now would be gone for so long, and
/// while nothing is drawn yet: there is nothing to move either.
const AT_ONCE: f64 = 50.0;
/// Figures drawn as one path: between them the clock is read.
const BATCH: usize = 16;
/// With more figures in sight than this, signs would cover the picture.
const TAGGED: usize = 250;

/// With more figures in sight than this they are a crowd.
const CROWD: usize = 400;

/// A canvas that is seen, and one that is drawn on.
pub(super) struct Board {
    front: HtmlCanvasElement,
    /// An [`OffscreenCanvas`] where there is one: what is asked of it is called the same there.
    back: HtmlCanvasElement,
    hand: Hand,
    /// The view that the front was drawn for, and where in the room it lay then; none where it is
    /// empty.
    base: Option<(Viewport, Area)>,
    job: Option<Job>,
    /// A canvas of one pixel, made when first needed.
    blot: Option<Context>,
}

/// How the one that is seen gets what is drawn.
enum Hand {
    /// As a finished bitmap. Any other canvas is copied anew for each frame in which it moves,
    /// by browsers that have no graphics processor.
    Bitmap(ImageBitmapRenderingContext),
    Copy(Context),
}

/// A drawing that is going on.
struct Job {
    context: Context,
    view: Viewport,
    part: Area,
    figures: Arc<Vec<Figure>>,
    /// Which of them are in sight.
    sight: Vec<usize>,
    /// So many of those are drawn.
    drawn: usize,
    /// So many have been looked at for a sign.
    signed: usize,
}

impl Board {
    /// A board whose figures are seen on a canvas that is laid over the room; none where the
    /// browser has no such canvas.
    pub(super) fn new(front: HtmlCanvasElement) -> Option<Self> {
        front.set_hidden(true);
        let (back, hand) = if let Ok(back) = OffscreenCanvas::new(1, 1) {
            let context = front.get_context("bitmaprenderer").ok()??;
            (back.unchecked_into(), Hand::Bitmap(context.unchecked_into()))
        } else {
            (canvas()?, Hand::Copy(context_of(&front)?))
        };
        Some(Self { front, back, hand, base: None, job: None, blot: None })
    }

    /// Begins to draw figures as a view shows them. What was drawn stays until it is done.
    pub(super) fn begin(&mut self, figures: &Arc<Vec<Figure>>, view: Viewport) {
        self.job = None;
        let seen = reach(&view);
        let meets = |at: &usize| figures[*at].bounds.meets(&seen);
        let sight: Vec<usize> = (0..figures.len()).filter(meets).collect();
        let bounds = sight.iter().map(|at| figures[*at].bounds);
        let Some(all) = bounds.reduce(|all, one| all.union(&one)) else {
            self.front.set_hidden(true);
            self.base = None;
            return;
        };
        let part = part(&view, &all);
        let most = if sight.len() > CROWD { 1.0 } else { 2.0 };
        let Some(context) = prepare(&self.back, part, most) else { return };
        self.job =
            Some(Job { context, view, part, figures: figures.clone(), sight, drawn: 0, signed: 0 });
    }

    /// Draws for one frame's share, in one in which the picture `moved` or did not; whether there
    /// is more to do.
    pub(super) fn work(&mut self, moved: bool) -> bool {
        let Some(job) = &mut self.job else { return false };
        let sliced = self.base.is_some_and(|(base, _)| base != job.view);
        let share = match (sliced, moved) {
            (false, _) => AT_ONCE,
            (true, false) => STILL,
            (true, true) => SLICE,
        };
        let until = now() + share;
        let drawn = job.done();
        while !job.done() {
            job.batch();
            if sliced {
                self.blot = self.blot.take().or_else(blot);
                dry(self.blot.as_ref(), &self.back);
            }
            if now() >= until {
                return true;
            }
        }
        // To show it takes a frame of its own.
        if sliced && !drawn {
            return true;
        }
        let (view, part) = (job.view, job.part);
        self.base = Some((view, part));
        self.job = None;
        self.show(&part);
        false
    }

    /// Has what is drawn seen, in that part of the room.
    fn show(&self, part: &Area) {
        let (front, back) = (&self.front, &self.back);
        // To be given a size empties it too.
        front.set_width(back.width());
        front.set_height(back.height());
        let px = |value: f64| crate::fixed(value, 1) + "px";
        set(front, &[("width", px(part.width)), ("height", px(part.height))]);
        match &self.hand {
            Hand::Bitmap(context) => {
                let back: &OffscreenCanvas = back.unchecked_ref();
                if let Ok(bitmap) = back.transfer_to_image_bitmap() {
                    context.transfer_from_image_bitmap(&bitmap);
                }
            }
            Hand::Copy(context) => {
                let _ = context.draw_image_with_html_canvas_element(back, 0.0, 0.0);
            }
        }
        front.set_hidden(false);
    }

    /// Whether there is no drawing yet, or no longer.
    pub(super) fn is_blank(&self) -> bool {
        self.base.is_none()
    }

    /// The view that is drawn, or being drawn.
    pub(super) fn drawn_for(&self) -> Option<Viewport> {
        self.job.as_ref().map(|job| job.view).or(self.base.map(|(view, _)| view))
    }

    /// Brings what is drawn to where a view has it.
    pub(super) fn follow(&self, view: &Viewport) {
        if let Some((base, part)) = &self.base {
            let css = view.from_base(base) + " " + &shift(part.x, part.y);
            set(self.front.unchecked_ref(), &[("transform", css)]);
        }
    }
}

impl Job {
    fn done(&self) -> bool {
        let signs = if self.sight.len() <= TAGGED { self.sight.len() } else { 0 };
        self.drawn >= self.sight.len() && self.signed >= signs
    }

    /// Draws some figures, or after the last of them some of their signs.
    fn batch(&mut self) {
        let pen = Pen { context: &self.context, view: self.view };
        let seen =
            |from: usize| self.sight.iter().skip(from).take(BATCH).map(|at| &self.figures[*at]);
        let Some(first) = seen(self.drawn).next() else {
            seen(self.signed).for_each(|figure| pen.tag(figure));
            self.signed += BATCH;
            return;
        };
        let path: Vec<&Figure> = seen(self.drawn).take_while(|one| first.like(one)).collect();
        pen.stroke(&path, false, self.sight.len() > CROWD);
        self.drawn += path.len();
    }
}

fn blot() -> Option<Context> {
    let canvas = canvas()?;
    canvas.set_width(1);
    context_of(&canvas)
}

fn canvas() -> Option<HtmlCanvasElement> {
    let canvas = web_sys::window()?.document()?.create_element("canvas").ok()?;
    Some(canvas.unchecked_into())
}

fn context_of(canvas: &HtmlCanvasElement) -> Option<Context> {
    Some(canvas.get_context("2d").ok()??.unchecked_into())
}

/// A browser writes down what is to be drawn and draws it all at once when the script is through:
/// no clock that bounds a slice would hear of it. It draws when somebody asks for a pixel.
fn dry(blot: Option<&Context>, canvas: &HtmlCanvasElement) {
    let Some((blot, one)) = blot.and_then(|blot| Some((blot, blot.canvas()?))) else { return };
    let _ = blot.draw_image_with_html_canvas_element_and_sw_and_sh_and_dx_and_dy_and_dw_and_dh(
        canvas, 0.0, 0.0, 1.0, 1.0, 0.0, 0.0, 1.0, 1.0,
    );
    // Emptied, it lets go of the other's picture, which would be copied at the next stroke.
    one.set_width(1);
}

/// What a canvas shows of the picture, its margin included.
fn reach(view: &Viewport) -> Area {
    view.seen().grown((MARGIN + 12.0) / view.scale)
}

/// The part of the room and its margin that a canvas needs, for figures within `all`.
fn part(view: &Viewport, all: &Area) -> Area {
    let room = view.whole_room().grown(MARGIN);
    let lies = view.screen_area(all).grown(EDGE);
    let begin = |at: f64, least: f64| ((at / GRID).floor() * GRID).max(least);
    let end = |at: f64, most: f64| ((at / GRID).ceil() * GRID).min(most);
    let from = (begin(lies.x, room.x), begin(lies.y, room.y));
    Area::around(&[from, (end(lies.right(), room.right()), end(lies.bottom(), room.bottom()))])
}

/// Makes a canvas as large as a part of the room, empties it, and has it take CSS pixels from the
/// room's corner. `most` bounds its pixels for one of the room's.
pub(super) fn prepare(canvas: &HtmlCanvasElement, part: Area, most: f64) -> Option<Context> {
    let dense = density().min(most);
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "pixels")]
    let pixels = |length: f64| (length * dense).round() as u32;
    let (across, down) = (pixels(part.width), pixels(part.height));
    if canvas.width() != across || canvas.height() != down {
        canvas.set_width(across);
        canvas.set_height(down);
    }
    let context = context_of(canvas)?;
    let _ = context.set_transform(1.0, 0.0, 0.0, 1.0, 0.0, 0.0);
    context.clear_rect(0.0, 0.0, across.into(), down.into());
    // By the pixels there are: rounded, they are not quite so dense.
    let (x, y) = (f64::from(across) / part.width, f64::from(down) / part.height);
    let _ = context.set_transform(x, 0.0, 0.0, y, -part.x * x, -part.y * y);
    Some(context)
}

fn now() -> f64 {
    web_sys::window().and_then(|window| window.performance()).map_or(0.0, |clock| clock.now())
}
