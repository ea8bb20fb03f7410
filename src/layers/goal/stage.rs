//! The common goal's stage: the bar that everybody fills, and the mole at its
//! front. What is given is hatched, what agrees is solid, what is checked is
//! stitched: a difference of shape and not only of colour.

use super::{Goal, Zones};
use crate::Stage;
use domain::Cue;
use leptos::prelude::*;
use std::time::Duration;
use ui::{Doing, fixed, mole, watch};

/// How long the mole is about something.
const BUSY: Duration = Duration::from_millis(900);
/// How long a piece of news stays.
const NEWS: Duration = Duration::from_secs(7);

impl Stage for Goal {
    fn view(state: Signal<Self>, cues: Signal<Vec<Cue>>, solemn: bool) -> AnyView {
        let doing = RwSignal::new(Doing::Idle);
        let laid = RwSignal::new(0u32);
        let news = RwSignal::new(None::<String>);
        watch(move || {
            for cue in cues.get() {
                let (does, tells) = told(&cue);
                if let Some(line) = tells {
                    news.set(Some(line.clone()));
                    set_timeout(
                        move || {
                            if news.try_get_untracked().flatten() == Some(line) {
                                news.set(None);
                            }
                        },
                        NEWS,
                    );
                }
                if cue == Cue::Laid {
                    laid.update(|n| *n += 1);
                }
                if !solemn {
                    doing.set(does);
                    let rest = move || {
                        doing.try_set(Doing::Idle);
                    };
                    set_timeout(rest, BUSY);
                }
            }
        });
        let zones = Signal::derive(move || state.with(Goal::zones));
        let numbers = Signal::derive(move || {
            state.with(|goal| [goal.given(), goal.everybody.agreed, goal.everybody.checked])
        });
        let odd = move || laid.get() % 2 == 1;
        let even = move || laid.get().is_multiple_of(2) && laid.get() != 0;
        let front = move || fixed(zones.get().given * 100.0, 2) + "%";
        view! {
            <section class="goal" class:solemn=solemn aria-label="The common goal">
                <div class="goal-road">
                    <div
                        class="goal-front"
                        style:--front=front
                        hidden=solemn
                    >
                        // Two sheets in turn, so that each answer's movement starts anew.
                        <span class="goal-sheet" class:odd=odd class:even=even></span>
                        {(!solemn).then(|| mole(doing.into()))}
                    </div>
                    {bar(zones)}
                </div>
                <p class="goal-news" role="status" aria-live="polite">{move || news.get()}</p>
                <ul class="goal-key" class:covered=move || news.get().is_some()>
                    {counts(numbers)}
                </ul>
            </section>
        }
        .into_any()
    }
}

/// The bar alone, as a list of drives shows it.
pub fn bar(zones: Signal<Zones>) -> AnyView {
    let share = |part: f64| fixed(part, 4);
    view! {
        <div class="goal-bar">
            <div class="zone given" style:--share=move || share(zones.get().given)></div>
            <div class="zone agreed" style:--share=move || share(zones.get().agreed)></div>
            <div class="zone checked" style:--share=move || share(zones.get().checked)></div>
        </div>
    }
    .into_any()
}

/// What the zones stand for, with their numbers: given, agreed, checked.
pub fn counts(numbers: Signal<[u64; 3]>) -> AnyView {
    let line = |(at, zone): (usize, &'static str)| {
        let words = move || format!("{} {zone}", numbers.get()[at]);
        view! { <li><i class=format!("swatch {zone}")></i>{words}</li> }
    };
    ["given", "agreed", "checked"].into_iter().enumerate().map(line).collect_view().into_any()
}

/// What the mole does at a cue, and what is said.
fn told(cue: &Cue) -> (Doing, Option<String>) {
    match cue {
        Cue::Laid => (Doing::Work, None),
        Cue::Set { pieces: 1 } => (Doing::Walk, Some("One more word agrees.".to_owned())),
        Cue::Set { pieces } => (Doing::Walk, Some(format!("{pieces} more words agree."))),
        Cue::Unlocked { readable: 1 } => (Doing::Cheer, Some("A page can be read now.".to_owned())),
        Cue::Unlocked { readable } => {
            (Doing::Cheer, Some(format!("{readable} pages can be read now.")))
        }
        Cue::Finished => (Doing::Cheer, Some("Every word is typed. Thank you.".to_owned())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_readable_page_is_told_in_words() {
        let line = |cue| told(&cue).1.unwrap_or_default();
        assert_eq!(line(Cue::Unlocked { readable: 1 }), "A page can be read now.");
        assert_eq!(line(Cue::Unlocked { readable: 2 }), "2 pages can be read now.");
        assert_eq!(told(&Cue::Laid), (Doing::Work, None));
    }
}
