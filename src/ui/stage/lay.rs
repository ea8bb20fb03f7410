//! Lays a picture's files and tiles on the stage.

use super::viewport::density;
use super::{Area, Plane, Point, Viewport};
use crate::strip::set;
use crate::{fixed, pictures};
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, HtmlImageElement};

/// More tiles than this are never asked for at once: coarser ones are.
const MOST: usize = 48;
/// A tile has at least so many pixels for one of CSS, on a screen that has as many: more are too
/// small to be told apart, and there would be up to four times as many tiles.
const DENSE: f64 = 1.5;
/// Of tiles that are no longer wanted, so many stay until those that are have come.
const SPARE: usize = 96;

/// A file that lies there.
#[derive(Clone)]
pub(super) struct Laid {
    pub(super) image: HtmlImageElement,
    pub(super) area: Area,
    pub(super) turns: u8,
    /// A tile's address; empty for a piece.
    url: String,
    wanted: bool,
    /// It has come, or will not.
    came: bool,
}

/// What lies, and for which view it was laid.
pub(super) struct Lay {
    layer: HtmlElement,
    paper: HtmlElement,
    focus: HtmlElement,
    plane: Option<Plane>,
    base: Viewport,
    laid: Vec<Laid>,
    /// Tiles still to be asked for, each with what it shows.
    queue: Vec<(String, Area)>,
    /// What of the picture is in the middle of the room: tiles come from there outwards.
    middle: Point,
    /// Called when a tile has come.
    came: js_sys::Function,
    /// Called when a piece cannot come.
    failed: js_sys::Function,
}

impl Lay {
    pub(super) fn new(
        layer: HtmlElement,
        paper: HtmlElement,
        focus: HtmlElement,
        came: js_sys::Function,
        failed: js_sys::Function,
    ) -> Self {
        let base = Viewport::default();
        let (laid, queue, middle) = (vec![], vec![], (0.0, 0.0));
        Self { layer, paper, focus, plane: None, base, laid, queue, middle, came, failed }
    }

    /// What lies there, lowest first.
    pub(super) fn laid(&self) -> &[Laid] {
        &self.laid
    }

    /// Puts another picture there; says whether a file of it is known to be missing.
    pub(super) fn put(&mut self, plane: Option<Plane>) -> bool {
        self.laid.clear();
        self.queue.clear();
        self.paper.replace_children_with_node_0();
        self.plane = plane;
        let Some(plane) = &self.plane else { return false };
        let mut missing = false;
        for (at, piece) in plane.pieces.iter().enumerate() {
            // There is one element for each address; where it lies already, it takes another.
            let twice = plane.pieces[..at].iter().any(|before| before.url == piece.url);
            let image =
                if twice { HtmlImageElement::new().ok() } else { pictures::take(&piece.url) };
            let Some(image) = image else { continue };
            if twice {
                image.set_src(&piece.url);
            }
            image.set_alt(if at == 0 { &plane.alt } else { "" });
            image.set_onerror(Some(&self.failed));
            missing |= image.complete() && image.natural_width() == 0;
            let _ = self.paper.append_child(&image);
            self.laid.push(Laid {
                image,
                area: piece.area,
                turns: piece.turns,
                url: String::new(),
                wanted: true,
                came: false,
            });
        }
        missing
    }

    /// Brings what lies there to where a view has it.
    pub(super) fn follow(&self, view: &Viewport) {
        set(&self.layer, &[("transform", view.from_base(&self.base))]);
    }

    /// Lays everything anew for a view at rest.
    pub(super) fn settle(&mut self, view: Viewport) {
        let Some(focus) = self.plane.as_ref().map(|plane| plane.focus) else { return };
        let fresh = (self.base.scale, self.base.turns) != (view.scale, view.turns);
        self.base = view;
        set(&self.paper, &[("transform", view.paper())]);
        self.follow(&view);
        if let Some(area) = focus {
            set(&self.focus, &[("transform", view.paper())]);
            if let Some(mark) = self.focus.first_element_child() {
                place(mark.unchecked_ref(), &area, 0, view.scale, 0.0);
            }
        }
        self.focus.set_hidden(focus.is_none());
        if fresh {
            for laid in &self.laid {
                laid.place(view.scale);
            }
        }
        for laid in self.laid.iter().filter(|laid| laid.url.is_empty()) {
            laid.place(view.scale);
        }
        self.fetch(&view);
        self.prune();
    }

    /// Finds out which tiles a view needs; [`Self::ask`] asks for them.
    pub(super) fn fetch(&mut self, view: &Viewport) {
        let Some(tiling) = self.plane.as_ref().and_then(|plane| plane.tiling.clone()) else {
            return;
        };
        let seen = view.seen();
        let area = seen.grown(seen.width.min(seen.height) / 5.0);
        let mut scale = view.scale * density().min(DENSE);
        let mut tiles = (tiling.at)(area, scale);
        for _ in 0..8 {
            if tiles.len() <= MOST {
                break;
            }
            scale /= 2.0;
            tiles = (tiling.at)(area, scale);
        }
        for laid in &mut self.laid {
            laid.wanted = laid.url.is_empty() || tiles.iter().any(|(url, _)| *url == laid.url);
        }
        tiles.retain(|(url, _)| self.laid.iter().all(|laid| laid.url != *url));
        (self.queue, self.middle) = (tiles, seen.middle());
    }

    /// Asks for at most so many of the tiles that are needed, and lays them where they belong;
    /// whether there are more to ask for.
    pub(super) fn ask(&mut self, most: usize) -> bool {
        for _ in 0..most {
            let Some((url, area)) = self.next() else { break };
            let Ok(image) = HtmlImageElement::new() else { continue };
            image.set_decoding("async");
            image.set_draggable(false);
            image.set_alt("");
            image.set_class_name("stage-tile");
            image.set_onload(Some(&self.came));
            image.set_onerror(Some(&self.came));
            image.set_src(&url);
            let laid = Laid { image, area, turns: 0, url, wanted: true, came: false };
            laid.place(self.base.scale);
            let _ = self.paper.append_child(&laid.image);
            self.laid.push(laid);
        }
        !self.queue.is_empty()
    }

    /// Of the tiles to be asked for the one nearest to the middle.
    fn next(&mut self) -> Option<(String, Area)> {
        let off = |at: usize| {
            let (x, y) = self.queue[at].1.middle();
            (x - self.middle.0).hypot(y - self.middle.1)
        };
        let nearer = |a: usize, b: usize| if off(b) < off(a) { b } else { a };
        let nearest = (0..self.queue.len()).reduce(nearer)?;
        Some(self.queue.swap_remove(nearest))
    }

    /// Takes tiles away that nobody looks at, once those that are looked at have come.
    pub(super) fn prune(&mut self) {
        for laid in self.laid.iter_mut().filter(|laid| !laid.came) {
            laid.came = laid.image.complete();
            if laid.came && !laid.url.is_empty() && laid.image.natural_width() == 0 {
                // One that could not be fetched shows what lies below it, not a torn sign.
                laid.image.set_hidden(true);
            }
        }
        let all_here =
            self.queue.is_empty() && self.laid.iter().all(|laid| !laid.wanted || laid.came);
        let spare = self.laid.iter().filter(|laid| !laid.wanted).count();
        let mut surplus = if all_here { spare } else { spare.saturating_sub(SPARE) };
        self.laid.retain(|laid| {
            let goes = !laid.wanted && surplus > 0;
            if goes {
                surplus -= 1;
                laid.image.remove();
            }
            !goes
        });
    }

    /// Lets go of the pictures, some of which are kept for the next who shows them: they tell
    /// this stage nothing more.
    pub(super) fn release(&self) {
        for laid in &self.laid {
            laid.image.set_onload(None);
            laid.image.set_onerror(None);
        }
    }

    /// Asks once more for the pieces that did not come.
    pub(super) fn try_again(&mut self) {
        for laid in &self.laid {
            if laid.image.complete() && laid.image.natural_width() == 0 {
                let url = laid.image.src();
                laid.image.set_src(&url);
            }
        }
    }
}

impl Laid {
    fn place(&self, scale: f64) {
        // Half a pixel over the edge: no light comes through between two tiles.
        let over = if self.url.is_empty() { 0.0 } else { 0.5 };
        place(self.image.unchecked_ref(), &self.area, self.turns, scale, over);
    }
}

/// Lays an element where `area` is at `scale`, unturned by `turns` quarters.
fn place(element: &HtmlElement, area: &Area, turns: u8, scale: f64, over: f64) {
    let px = |value: f64| fixed(value, 2) + "px";
    let (w, h) = (area.width * scale, area.height * scale);
    let (across, down) = if turns.is_multiple_of(2) { (w, h) } else { (h, w) };
    let shift = |x: f64, y: f64, turn: &str| {
        let mut css = String::from("translate(");
        css += &px(x);
        css += ",";
        css += &px(y);
        css += ") rotate(";
        css += turn;
        css + ")"
    };
    let unturned = match turns % 4 {
        1 => shift(0.0, h, "-90deg"),
        2 => shift(w, h, "180deg"),
        3 => shift(w, 0.0, "90deg"),
        _ => "none".to_owned(),
    };
    set(
        element,
        &[
            ("left", px(area.x * scale)),
            ("top", px(area.y * scale)),
            ("width", px(across + over)),
            ("height", px(down + over)),
            ("transform", unturned),
        ],
    );
}
