use super::*;
use proptest::prelude::*;

/// A picture that is shown at a scale, moved and turned.
#[derive(Clone, Copy, Debug)]
struct Glass {
    scale: f64,
    x: f64,
    turned: bool,
}

impl Lens for Glass {
    fn point_at(&self, at: Point) -> Point {
        let (x, y) = ((at.0 - self.x) / self.scale, at.1 / self.scale);
        if self.turned { (y, -x) } else { (x, y) }
    }
}

const PLAIN: Glass = Glass { scale: 1.0, x: 0.0, turned: false };

fn input(id: i32, phase: Phase, at: Point) -> Pointer {
    Pointer { id, phase, at, wide: false, grab: Grab::Tool }
}

/// What comes of a list of inputs, from nothing.
fn play(inputs: &[Pointer]) -> (Stroke, Vec<Act>) {
    let mut stroke = Stroke::Idle;
    let mut all = vec![];
    for input in inputs {
        let (next, acts) = stroke.on(*input, &PLAIN);
        stroke = next;
        all.extend(acts);
    }
    (stroke, all)
}

fn stores(acts: &[Act]) -> usize {
    acts.iter().filter(|act| matches!(act, Act::Put(..) | Act::Tap(..))).count()
}

use Phase::{Cancel, Down, Move, Up};

#[test]
fn a_tap_counts_where_the_finger_left() {
    let (stroke, acts) = play(&[
        input(1, Down, (50.0, 50.0)),
        input(1, Move, (53.0, 52.0)),
        input(1, Up, (53.0, 52.0)),
    ]);
    assert_eq!(stroke, Stroke::Idle);
    assert_eq!(acts.last(), Some(&Act::Tap(Grab::Tool, (53.0, 52.0))));
}

#[test]
fn a_drag_goes_from_where_the_finger_came_down() {
    let (_, acts) = play(&[
        input(1, Down, (10.0, 10.0)),
        input(1, Move, (14.0, 10.0)),
        input(1, Move, (60.0, 40.0)),
        input(1, Move, (90.0, 70.0)),
        input(1, Up, (95.0, 70.0)),
    ]);
    let way = vec![(10.0, 10.0), (60.0, 40.0), (90.0, 70.0)];
    assert_eq!(acts.last(), Some(&Act::Put(Grab::Tool, way)), "what was shown, not the last jump");
}

#[test]
fn a_second_finger_makes_it_a_pinch_at_any_time() {
    let early = [input(1, Down, (10.0, 10.0)), input(2, Down, (90.0, 90.0))];
    let late = [
        input(1, Down, (10.0, 10.0)),
        input(1, Move, (80.0, 10.0)),
        input(1, Move, (80.0, 60.0)),
        input(2, Down, (90.0, 90.0)),
    ];
    for start in [&early[..], &late[..]] {
        let mut inputs = start.to_vec();
        inputs.extend([
            input(2, Move, (120.0, 120.0)),
            input(1, Up, (0.0, 0.0)),
            // The finger that is left draws nothing, nor does a new one.
            input(2, Move, (20.0, 20.0)),
            input(3, Down, (50.0, 50.0)),
            input(3, Up, (50.0, 50.0)),
            input(2, Up, (20.0, 20.0)),
        ]);
        let (stroke, acts) = play(&inputs);
        assert_eq!(stroke, Stroke::Idle);
        assert_eq!(stores(&acts), 0, "{acts:?}");
        assert!(acts.contains(&Act::Forget));
        assert_eq!(acts.iter().filter(|act| matches!(act, Act::Pinch(..))).count(), 1);
    }
}

#[test]
fn after_a_pinch_drawing_goes_on_once_all_are_up() {
    let mut inputs = vec![
        input(1, Down, (10.0, 10.0)),
        input(2, Down, (90.0, 90.0)),
        input(1, Up, (0.0, 0.0)),
        input(2, Up, (0.0, 0.0)),
    ];
    inputs.extend([input(1, Down, (40.0, 40.0)), input(1, Up, (40.0, 40.0))]);
    assert_eq!(play(&inputs).1.last(), Some(&Act::Tap(Grab::Tool, (40.0, 40.0))));
}

#[test]
fn a_cancelled_pointer_leaves_nothing() {
    let (stroke, acts) = play(&[
        input(1, Down, (10.0, 10.0)),
        input(1, Move, (90.0, 10.0)),
        input(1, Cancel, (90.0, 10.0)),
        input(1, Up, (90.0, 10.0)),
    ]);
    assert_eq!(stroke, Stroke::Idle);
    assert_eq!((stores(&acts), acts.last()), (0, Some(&Act::Forget)));
}

#[test]
fn a_palm_does_nothing() {
    let palm = |phase| Pointer { wide: true, ..input(2, phase, (200.0, 300.0)) };
    let (_, acts) = play(&[
        palm(Down),
        input(1, Down, (10.0, 10.0)),
        palm(Move),
        input(1, Move, (90.0, 10.0)),
        palm(Up),
        input(1, Up, (90.0, 10.0)),
    ]);
    assert_eq!(stores(&acts), 1);
    assert!(!acts.contains(&Act::Forget));
    // One that turns out to be a palm before it went anywhere.
    let (_, acts) = play(&[
        input(1, Down, (10.0, 10.0)),
        Pointer { wide: true, ..input(1, Move, (12.0, 10.0)) },
        input(1, Up, (12.0, 10.0)),
    ]);
    assert_eq!(stores(&acts), 0);
}

#[test]
fn the_picture_is_moved_and_nothing_is_drawn() {
    let on = |phase, at| Pointer { grab: Grab::Picture, ..input(1, phase, at) };
    let (_, acts) = play(&[
        on(Down, (10.0, 10.0)),
        on(Move, (40.0, 10.0)),
        on(Move, (41.0, 15.0)),
        on(Up, (41.0, 15.0)),
    ]);
    assert_eq!(acts, [Act::Pan(30.0, 0.0), Act::Pan(1.0, 5.0)]);
}

#[test]
fn a_mark_that_is_not_chosen_is_tapped_and_never_dragged() {
    let on = |phase, at| Pointer { grab: Grab::Loose(3), ..input(1, phase, at) };
    let (_, acts) = play(&[on(Down, (10.0, 10.0)), on(Move, (40.0, 10.0)), on(Up, (40.0, 10.0))]);
    assert_eq!(acts, [Act::Pan(30.0, 0.0)]);
    let (_, acts) = play(&[on(Down, (10.0, 10.0)), on(Move, (13.0, 10.0)), on(Up, (13.0, 10.0))]);
    assert_eq!(acts, [Act::Tap(Grab::Loose(3), (10.0, 10.0))]);
}

/// Ids, phases and places as no hand would make them.
fn anything() -> impl Strategy<Value = (Pointer, Glass)> {
    const GRABS: [Grab; 6] = [
        Grab::Tool,
        Grab::Tool,
        Grab::Picture,
        Grab::Mark(0, 2),
        Grab::Loose(1),
        Grab::Handle(0, 1),
    ];
    let phases = [Down, Down, Move, Move, Move, Up, Cancel];
    (
        (0i32..4, 0usize..7, (-20.0..420.0, -20.0..420.0), 0u8..9, 0..GRABS.len()),
        (0.05..8.0, -500.0..500.0, any::<bool>()),
    )
        .prop_map(move |((id, phase, at, wide, grab), (scale, x, turned))| {
            let wide = wide == 0;
            let pointer = Pointer { id, phase: phases[phase], at, wide, grab: GRABS[grab] };
            (pointer, Glass { scale, x, turned })
        })
}

#[test]
fn what_is_let_go_of_is_not_taken_up_by_another_finger() {
    for start in [
        &[input(1, Down, (10.0, 10.0))][..],
        &[input(1, Down, (10.0, 10.0)), input(1, Move, (90.0, 10.0))],
    ] {
        let mut stroke = play(start).0.dropped();
        for (at, input) in [
            input(1, Move, (95.0, 10.0)),
            input(2, Down, (50.0, 50.0)),
            input(2, Move, (90.0, 50.0)),
            input(2, Up, (90.0, 50.0)),
            input(1, Up, (95.0, 10.0)),
        ]
        .into_iter()
        .enumerate()
        {
            let (next, acts) = stroke.on(input, &PLAIN);
            stroke = next;
            assert_eq!(acts, [], "{at}");
        }
        assert_eq!(stroke, Stroke::Idle);
    }
}

proptest! {
    /// The picture is moved, enlarged and turned between any two inputs, and now and then a key
    /// has what is held let go of.
    #[test]
    fn nothing_is_stored_that_was_not_shown(
        inputs in proptest::collection::vec((anything(), 0u8..8), 0..80),
    ) {
        let mut stroke = Stroke::Idle;
        let mut shown: Option<(Grab, Vec<Point>)> = None;
        let mut down = std::collections::BTreeSet::new();
        for ((input, glass), key) in inputs {
            if key == 0 {
                stroke = stroke.dropped();
                shown = None;
            }
            if input.phase == Down && !input.wide {
                down.insert(input.id);
            }
            let (next, acts) = stroke.on(input, &glass);
            stroke = next;
            for act in acts {
                match act {
                    Act::Show(grab, trail) => shown = Some((grab, trail)),
                    Act::Forget => shown = None,
                    Act::Put(grab, trail) => {
                        prop_assert_eq!(shown.take(), Some((grab, trail)));
                        prop_assert!(down.len() <= 1, "two fingers never draw");
                    }
                    Act::Tap(Grab::Picture | Grab::Loose(_), _) | Act::Pan(..) | Act::Pinch(..) => {}
                    Act::Tap(grab, at) => {
                        prop_assert_eq!(shown.take(), Some((grab, vec![at])));
                        prop_assert!(down.len() <= 1, "two fingers never draw");
                    }
                }
            }
            if matches!(input.phase, Up | Cancel) {
                down.remove(&input.id);
            }
            if down.is_empty() {
                prop_assert_eq!(&stroke, &Stroke::Idle, "nobody is there");
            }
        }
    }
}
