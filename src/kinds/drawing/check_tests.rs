use super::*;
use crate::Kind;
use crate::drawing::Drawing;
use crate::questions::{Choice, Question};
use crate::tests::subject;
use domain::{MapTile, Neighbour, Passage, Picture};
use proptest::prelude::*;

const AREA: Rect = Rect { x: 0.0, y: 0.0, width: 1000.0, height: 1000.0 };

fn taken(geometry: Geometry) -> Result<Geometry, Fault> {
    let form = geometry.form();
    let shape = Shape::new(geometry, form.name());
    check_mark(&DrawingRules::default(), &AREA, &[], shape).map(|shape| shape.geometry)
}

fn polygon(points: &[Point]) -> Geometry {
    Geometry::Polygon { points: points.to_vec() }
}

fn code<T: std::fmt::Debug>(result: Result<T, Fault>) -> &'static str {
    result.unwrap_err().code
}

#[test]
fn marks_are_stored_in_tenths_with_each_point_once() {
    let rough = [(0.04, 0.0), (0.0, 0.04), (99.96, 0.0), (50.0, 80.0), (0.0, 0.0)];
    assert_eq!(taken(polygon(&rough)).unwrap(), polygon(&[(0.0, 0.0), (100.0, 0.0), (50.0, 80.0)]));
    // The winding stays as it was drawn.
    let left = [(0.0, 0.0), (50.0, 80.0), (100.0, 0.0)];
    assert_eq!(taken(polygon(&left)).unwrap(), polygon(&left));
    let back = Geometry::Box { x: 50.0, y: 60.0, width: -40.0, height: -30.0, rotation: 359.99 };
    assert_eq!(
        taken(back).unwrap(),
        Geometry::Box { x: 10.0, y: 30.0, width: 40.0, height: 30.0, rotation: 0.0 }
    );
}

#[test]
fn marks_that_are_none_are_told_apart() {
    let bow = [(0.0, 0.0), (90.0, 90.0), (90.0, 0.0), (0.0, 90.0)];
    assert_eq!(code(taken(polygon(&bow))), "crosses-itself");
    assert_eq!(code(taken(polygon(&[(0.0, 0.0), (50.0, 0.0)]))), "too-few-points");
    assert_eq!(code(taken(polygon(&[(0.0, 0.0), (50.0, 0.0), (99.0, 0.0)]))), "crosses-itself");
    assert_eq!(code(taken(Geometry::Line { points: vec![(1.0, 1.0); 2] })), "too-few-points");
    assert_eq!(code(taken(Geometry::Line { points: vec![(1.0, 1.0), (1.2, 1.0)] })), "zero-length");
    let flat = Geometry::Box { x: 5.0, y: 5.0, width: 90.0, height: 0.0, rotation: 0.0 };
    assert_eq!(code(taken(flat)), "zero-area");
    assert_eq!(code(taken(Geometry::Point { x: -9.0, y: 3.0 })), "outside");
    assert_eq!(code(taken(Geometry::Point { x: f64::NAN, y: 3.0 })), "bad-number");
    assert_eq!(
        taken(Geometry::Point { x: -0.9, y: 1000.4 }).unwrap(),
        Geometry::Point { x: 0.0, y: 1000.0 },
        "a slip over the edge is brought back"
    );
}

#[test]
fn what_reaches_over_the_edge_is_no_larger_than_the_picture() {
    let ellipse = |cx, cy, r| Geometry::Ellipse { cx, cy, rx: r, ry: r, rotation: 0.0 };
    assert!(taken(ellipse(0.0, 0.0, 100.0)).is_ok(), "a quarter of it is seen");
    assert_eq!(code(taken(ellipse(500.0, 500.0, 90_000.0))), "outside");
    let turned = |x, width| Geometry::Box { x, y: x, width, height: width, rotation: 1.0 };
    assert!(taken(turned(-40.0, 90.0)).is_ok());
    assert_eq!(code(taken(turned(-90_000.0, 181_000.0))), "outside");
}

#[test]
fn a_fault_says_which_mark_it_is() {
    let point = |x: f64, label: &str| Shape::new(Geometry::Point { x, y: 1.0 }, label);
    for (shapes, at, bad) in [
        (vec![point(1.0, "point"), point(-5.0, "point")], "/value/shapes/1", "outside"),
        (vec![point(1.0, "tree")], "/value/shapes/0/label", "unknown-label"),
        (vec![point(1.0, "box")], "/value/shapes/0/label", "wrong-form"),
        (vec![], "/value/shapes", "nothing-drawn"),
    ] {
        let answer = Drawn { shapes, choices: vec![] };
        let fault = Drawing::check(&DrawingRules::default(), &subject(), answer).unwrap_err();
        assert_eq!((fault.pointer.as_deref(), fault.code), (Some(at), bad));
    }
}

#[test]
fn nobody_draws_without_end() {
    let line = |count: u32| {
        let points = (0..count).map(|at| (f64::from(at % 900), f64::from(at % 7))).collect();
        Shape::new(Geometry::Freehand { points }, "freehand")
    };
    let check = |shapes: Vec<Shape>| {
        let answer = Drawn { shapes, choices: vec![] };
        Drawing::check(&DrawingRules::default(), &subject(), answer)
    };
    assert!(check(vec![line(1_000)]).is_ok());
    assert_eq!(code(check(vec![line(1_001)])), "too-many-points");
    assert_eq!(code(check(vec![line(900); 23])), "too-many-points");
    assert_eq!(code(check(vec![line(2); 1_001])), "too-many-marks");
}

fn survey() -> DrawingRules {
    let choice = |id: &str| Choice { id: id.into(), label: id.into(), ..Choice::default() };
    let question =
        |a: &str, b: &str| Question { choices: vec![choice(a), choice(b)], ..Question::default() };
    DrawingRules {
        tools: vec![Tool {
            id: "roof".into(),
            label: "Roof".into(),
            least: 1,
            most: 2,
            questions: vec![question("gone", "torn")],
            when: vec!["yes".into()],
            ..Tool::default()
        }],
        questions: vec![question("yes", "no")],
        ..DrawingRules::default()
    }
}

#[test]
fn questions_decide_what_is_wanted() {
    let roof = |choices: &[&str]| Shape {
        choices: choices.iter().map(|c| (*c).to_owned()).collect(),
        ..Shape::new(Geometry::Point { x: 5.0, y: 5.0 }, "roof")
    };
    let check = |shapes: &[Shape], said: &[&str]| {
        let choices = said.iter().map(|c| (*c).to_owned()).collect();
        let answer = Drawn { shapes: shapes.to_vec(), choices };
        Drawing::check(&survey(), &subject(), answer)
    };
    assert!(check(&[], &["no"]).is_ok(), "no roof, and said so");
    assert!(check(&[roof(&["gone"])], &["yes"]).is_ok());
    assert_eq!(code(check(&[], &[])), "choice-missing");
    assert_eq!(code(check(&[], &["yes"])), "too-few-marks");
    assert_eq!(code(check(&[roof(&["gone"])], &["no"])), "tool-not-asked");
    let unsaid = check(&[roof(&[])], &["yes"]).unwrap_err();
    assert_eq!(unsaid.pointer.as_deref(), Some("/value/shapes/0/choices"));
    let three = [roof(&["gone"]), roof(&["torn"]), roof(&["gone"])];
    assert_eq!(code(check(&three, &["yes"])), "too-many-marks");
}

#[test]
fn a_map_can_be_marked_around_its_tile_and_a_text_cannot() {
    let picture = Picture { sources: vec![] };
    let tile = Subject::MapTile(MapTile {
        z: 3,
        x: 1,
        y: 1,
        picture: picture.clone(),
        size: Size { width: 256, height: 256 },
        around: vec![Neighbour { dx: -1, dy: 0, picture }],
        attribution: String::new(),
    });
    let at = |x: f64| {
        let shapes = vec![Shape::new(Geometry::Point { x, y: 9.0 }, "point")];
        let answer = Drawn { shapes, choices: vec![] };
        Drawing::check(&DrawingRules::default(), &tile, answer)
    };
    assert!(at(-200.0).is_ok());
    assert_eq!(code(at(-300.0)), "outside");
    assert_eq!(code(at(300.0)), "outside", "nothing lies to the east");
    let text = Subject::Text(Passage { text: "a".into(), language: None, source: None });
    let drawn = Drawing::sample(1);
    assert_eq!(code(Drawing::check(&DrawingRules::default(), &text, drawn)), "not-drawable");
}

proptest! {
    #[test]
    fn what_is_stored_is_stored_again_unchanged(
        points in proptest::collection::vec((-20.0..1020.0, -20.0..1020.0), 0..7),
        form in 0usize..7, rotation in -720.0..720.0,
    ) {
        let at = |i: usize| points.get(i).copied().unwrap_or((0.0, 0.0));
        let ((x, y), (width, height)) = (at(0), at(1));
        let geometry = match Form::ALL[form] {
            Form::Point => Geometry::Point { x, y },
            Form::Box => Geometry::Box { x, y, width, height, rotation },
            Form::Ellipse => Geometry::Ellipse { cx: x, cy: y, rx: width, ry: height, rotation },
            form => Geometry::of_points(form, points),
        };
        if let Ok(once) = taken(geometry) {
            prop_assert_eq!(taken(once.clone()).unwrap(), once);
        }
    }
}
