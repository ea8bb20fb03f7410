//! When two drawings are the same, and which of many stands for them.

use super::geometry::{line_apart, overlap};
use super::{DrawingRules, Drawn, Point, Shape};
use domain::{Effort, Given, Tally, Weighted};

/// Two areas are the same from this share of overlap on.
const SAME: f64 = 0.5;

/// Counts who drew the same, whatever the order of answers. Two drawings are the same where each
/// mark of one has its own in the other: of the same label, with the same said of it, and near
/// enough. The best is the one that most are the same as, and of those the one nearest to all.
pub(super) fn agree(rules: &DrawingRules, answers: &[Weighted<Drawn>]) -> Tally<Drawn> {
    let mut counted: Vec<(String, Given<Measured>, f64)> = answers
        .iter()
        .filter(|answer| answer.given.effort() != Effort::None && answer.weight > 0.0)
        .map(|answer| {
            let given = answer.given.clone().map(Measured::new);
            let name = match &answer.given {
                Given::Value(drawn) => drawn.write().to_string(),
                Given::Outcome(outcome) => outcome.name().to_owned(),
            };
            (name, given, answer.weight)
        })
        .collect();
    // Always counted in the same order, so that even the last digit of a sum is the same.
    counted.sort_by(|a, b| a.0.cmp(&b.0).then(a.2.total_cmp(&b.2)));
    let total: f64 = counted.iter().map(|answer| answer.2).sum();
    let camps = counted.iter().map(|(_, given, _)| {
        let mut camp = Camp { given, votes: 0, weight: 0.0, near: 0.0 };
        for (_, other, weight) in &counted {
            if let Some(near) = same(rules, given, other) {
                camp.votes += 1;
                camp.weight += weight;
                camp.near += near;
            }
        }
        camp
    });
    let best = camps.reduce(|a, b| if b.before(&a) { b } else { a });
    let Some(best) = best else { return Tally::empty() };
    Tally {
        votes: best.votes,
        counted: u32::try_from(counted.len()).unwrap_or(u32::MAX),
        agreement: (best.weight / total).min(1.0),
        best: Some(best.given.clone().map(|measured| measured.drawn)),
    }
}

/// Those who gave the same as one of them.
struct Camp<'a> {
    given: &'a Given<Measured>,
    votes: u32,
    weight: f64,
    /// How near to it they are, together.
    near: f64,
}

impl Camp<'_> {
    /// Heavier first, then a value before an outcome, then the one nearest to all of its camp.
    fn before(&self, other: &Self) -> bool {
        let value = |camp: &Self| matches!(camp.given, Given::Value(_));
        let order = self.weight.total_cmp(&other.weight);
        let order = order.then(value(self).cmp(&value(other)));
        order.then(self.near.total_cmp(&other.near)).is_gt()
    }
}

/// A drawing with the outlines of its marks.
#[derive(Clone)]
struct Measured {
    drawn: Drawn,
    outlines: Vec<Vec<Point>>,
}

impl Measured {
    fn new(drawn: Drawn) -> Self {
        let outlines = drawn.shapes.iter().map(|shape| shape.geometry.outline()).collect();
        Self { drawn, outlines }
    }
}

/// How near two answers are that are the same, 0 to 1; none where they are not.
fn same(rules: &DrawingRules, one: &Given<Measured>, other: &Given<Measured>) -> Option<f64> {
    match (one, other) {
        (Given::Outcome(a), Given::Outcome(b)) => (a == b).then_some(1.0),
        (Given::Value(a), Given::Value(b)) => same_drawing(rules, a, b),
        _ => None,
    }
}

fn same_drawing(rules: &DrawingRules, one: &Measured, other: &Measured) -> Option<f64> {
    let (mine, yours) = (&one.drawn, &other.drawn);
    if mine.shapes.len() != yours.shapes.len() || !alike(&mine.choices, &yours.choices) {
        return None;
    }
    let scores: Vec<Vec<f64>> = mine
        .shapes
        .iter()
        .zip(&one.outlines)
        .map(|(shape, outline)| {
            let others = yours.shapes.iter().zip(&other.outlines);
            others.map(|(s, o)| nearness(rules, (shape, outline), (s, o))).collect()
        })
        .collect();
    if !paired(&scores) {
        return None;
    }
    let best = |row: &Vec<f64>| row.iter().copied().fold(0.0, f64::max);
    #[expect(clippy::cast_precision_loss, reason = "a few marks")]
    let count = scores.len().max(1) as f64;
    Some(if scores.is_empty() { 1.0 } else { scores.iter().map(best).sum::<f64>() / count })
}

/// The same choices, in any order.
fn alike(one: &[String], other: &[String]) -> bool {
    one.len() == other.len() && one.iter().all(|id| other.contains(id))
}

/// How near two marks are: above 0 where they are the same, 1 where nothing differs.
fn nearness(
    rules: &DrawingRules,
    (one, a): (&Shape, &[Point]),
    (other, b): (&Shape, &[Point]),
) -> f64 {
    let form = one.geometry.form();
    if form != other.geometry.form()
        || one.label != other.label
        || !alike(&one.choices, &other.choices)
    {
        return 0.0;
    }
    if form.is_area() {
        let shared = overlap(a, b);
        return if shared >= SAME { shared } else { 0.0 };
    }
    let far = line_apart(a, b);
    if far <= rules.tolerance { 1.0 - 0.5 * far / rules.tolerance.max(0.1) } else { 0.0 }
}

/// Whether every row can have a column of its own with a score above 0 (Kuhn's way).
fn paired(scores: &[Vec<f64>]) -> bool {
    let mut taken: Vec<Option<usize>> = vec![None; scores.len()];
    (0..scores.len()).all(|row| {
        let mut seen = vec![false; scores.len()];
        pair(scores, row, &mut seen, &mut taken)
    })
}

fn pair(scores: &[Vec<f64>], row: usize, seen: &mut [bool], taken: &mut [Option<usize>]) -> bool {
    for column in 0..scores[row].len() {
        if scores[row][column] <= 0.0 || seen[column] {
            continue;
        }
        seen[column] = true;
        if taken[column].is_none_or(|holder| pair(scores, holder, seen, taken)) {
            taken[column] = Some(row);
            return true;
        }
    }
    false
}

/// Whether two drawings are the same.
#[cfg(feature = "view")]
pub(super) fn matches(rules: &DrawingRules, one: &Drawn, other: &Drawn) -> bool {
    let (one, other) = (Measured::new(one.clone()), Measured::new(other.clone()));
    same_drawing(rules, &one, &other).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::drawing::Geometry;
    use domain::Outcome;
    use proptest::prelude::*;

    fn boxed(x: f64, y: f64) -> Shape {
        Shape::new(Geometry::Box { x, y, width: 40.0, height: 30.0, rotation: 0.0 }, "box")
    }

    fn point(x: f64, y: f64) -> Shape {
        Shape::new(Geometry::Point { x, y }, "point")
    }

    fn drew(shapes: &[Shape]) -> Weighted<Drawn> {
        let drawn = Drawn { shapes: shapes.to_vec(), choices: vec![] };
        Weighted { given: Given::Value(drawn), weight: 1.0 }
    }

    fn count(answers: &[Weighted<Drawn>]) -> (u32, u32) {
        let tally = agree(&DrawingRules::default(), answers);
        (tally.votes, tally.counted)
    }

    #[test]
    fn marks_that_are_near_enough_are_the_same_in_any_order() {
        let one = drew(&[boxed(0.0, 0.0), point(100.0, 100.0)]);
        let other = drew(&[point(110.0, 110.0), boxed(4.0, 3.0)]);
        assert_eq!(count(&[one.clone(), other]), (2, 2));
        assert_eq!(count(&[one.clone(), drew(&[boxed(0.0, 0.0)])]), (1, 2), "one mark less");
        let far = drew(&[boxed(0.0, 0.0), point(130.0, 100.0)]);
        assert_eq!(count(&[one, far]), (1, 2));
    }

    #[test]
    fn each_mark_needs_one_of_its_own() {
        // Both points of the first are near one of the second, and none is near its other.
        let one = drew(&[point(0.0, 0.0), point(10.0, 0.0)]);
        let other = drew(&[point(5.0, 0.0), point(300.0, 0.0)]);
        assert_eq!(count(&[one, other]), (1, 2));
        // Here the nearest pairs first would leave one over, and yet all can be paired.
        let one = drew(&[point(0.0, 0.0), point(18.0, 0.0)]);
        let other = drew(&[point(17.0, 0.0), point(36.0, 0.0)]);
        assert_eq!(count(&[one, other]), (2, 2));
    }

    #[test]
    fn what_was_said_of_a_mark_counts() {
        let mut gone = boxed(0.0, 0.0);
        gone.choices = vec!["gone".into()];
        assert_eq!(count(&[drew(&[gone]), drew(&[boxed(0.0, 0.0)])]), (1, 2));
    }

    #[test]
    fn the_best_is_in_the_middle_of_its_camp() {
        let answers = [0.0, 10.0, 19.0].map(|x| drew(&[point(x, 0.0)]));
        let tally = agree(&DrawingRules::default(), &answers);
        assert_eq!(tally.votes, 3);
        assert_eq!(tally.best, Some(answers[1].given.clone()));
    }

    #[test]
    fn nothing_here_can_be_agreed() {
        let none = Weighted { given: Given::Outcome(Outcome::NothingHere), weight: 1.0 };
        let tally = agree(
            &DrawingRules::default(),
            &[none.clone(), drew(&[point(1.0, 1.0)]), none.clone()],
        );
        assert_eq!(tally.best, Some(none.given));
        assert_eq!((tally.votes, tally.counted), (2, 3));
    }

    proptest! {
        #[test]
        fn the_order_of_answers_never_matters(
            places in proptest::collection::vec(
                proptest::collection::vec((0.0..60.0, 0.0..60.0, any::<bool>()), 0..4), 0..6),
            turn in 0usize..6,
        ) {
            let answers: Vec<_> = places
                .iter()
                .map(|marks| {
                    let shapes: Vec<Shape> = marks
                        .iter()
                        .map(|&(x, y, area)| if area { boxed(x, y) } else { point(x, y) })
                        .collect();
                    drew(&shapes)
                })
                .collect();
            let mut turned = answers.clone();
            if !turned.is_empty() {
                let by = turn % turned.len();
                turned.rotate_left(by);
                turned.reverse();
            }
            let rules = DrawingRules::default();
            prop_assert_eq!(agree(&rules, &answers), agree(&rules, &turned));
        }
    }
}
