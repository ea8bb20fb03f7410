//! `/p/{slug}`: straight into a task.

use super::{
    cover, halted, help, rest,
    scene::{mark, picture_of},
    status,
};
use crate::outbox::Prefs;
use crate::session::{Scene, Session};
use crate::visit::Visit;
use domain::Opening;
use kinds::Run;
use layers::Show;
use leptos::prelude::*;
use ui::{Icon, Key, hold_focus, keep_focus, keep_focus_of_mouse, live};

/// A drive's page.
pub(super) fn drive(slug: String, opening: Opening, prefs: Prefs) -> AnyView {
    let visit = Visit::begin(slug, opening, prefs);
    let session = visit.session;
    let scene = Memo::new(move |_| session.with(Session::scene));
    let title = move || {
        session
            .with(|s| s.project.as_ref().map_or_else(|| "Talkoot".to_owned(), |p| p.title.clone()))
    };
    let has_layers = move || session.with(|s| s.first_layer().is_some());
    let help_open = RwSignal::new(false);
    let seen = RwSignal::new(None);
    let covered = cover::covered(visit, seen);
    let hides = move || covered.with(Option::is_some) && scene.get() == Scene::Task;
    let stage = NodeRef::new();
    let shown = visit.shown();
    hold_focus(stage, move || {
        shown.track();
        scene.track();
        covered.track();
    });
    let playing = move || session.with(|s| !s.prefs.plain);

    view! {
        <div class="drive-page" data-scene=move || format!("{:?}", scene.get()).to_lowercase()>
            <header class="head">
                <a class="round quiet" href="/" aria-label="All drives">{mark()}</a>
                <div class="head-title">
                    <h1>{title}</h1>
                    {status::status(visit)}
                </div>
                <button
                    type="button"
                    role="switch"
                    class="game"
                    aria-label="Game"
                    aria-checked=move || playing().to_string()
                    hidden=move || !has_layers()
                    on:pointerdown=keep_focus
                    on:mousedown=keep_focus_of_mouse
                    on:click=move |_| visit.prefer(|p| p.plain = !p.plain)
                >
                    <span class="game-track"><span class="game-knob">{mark()}</span></span>
                </button>
                {Key::sign("round quiet", Icon::HELP, "Help").press(move || help_open.set(true))}
            </header>
            {status::troubles(visit)}
            <aside class="side">
                {about(visit)}
                {stages(visit, scene)}
            </aside>
            <main class="stage" tabindex="-1" node_ref=stage>
                <div class="stage-scene" class:covered=hides inert=hides>
                    {live(move || match scene.get() {
                        Scene::Task => screen(visit, help_open),
                        Scene::Rest => rest::rest(visit),
                        Scene::Fetching => halted::fetching(),
                        Scene::Halted => halted::halted(visit),
                    })}
                </div>
                {cover::cover(visit, covered, seen)}
            </main>
            {help::help(visit, help_open)}
        </div>
    }
    .into_any()
}

/// What the drive is, beside the task where there is room.
fn about(visit: Visit) -> AnyView {
    // Once it is known a project stays the same for the visit.
    let here = Memo::new(move |_| visit.session.with(|s| s.project.is_some()));
    live(move || {
        here.track();
        visit.session.with_untracked(|s| s.project.clone()).map(|project| {
            view! {
                <div class="drive-about">
                    <div class="about-picture">
                        {project.picture.as_ref().and_then(|p| p.best_for(760)).map(picture_of)}
                    </div>
                    <p class="voice">{project.voice}</p>
                    <p>{project.purpose}</p>
                    <p class="owner">"For " {project.owner.name}</p>
                </div>
            }
        })
    })
}

/// The layers' stages, for as long as the game is on: off, nothing of them is there.
fn stages(visit: Visit, scene: Memo<Scene>) -> AnyView {
    let shown = Memo::new(move |_| {
        visit.session.with(|s| s.layer().is_some()) && scene.get() != Scene::Halted
    });
    live(move || {
        let name = visit.session.with_untracked(|s| s.layer().map(str::to_owned));
        let view = name.filter(|_| shown.get()).and_then(|name| {
            layers::stage(&name, Show { events: visit.events.into(), solemn: visit.solemn() })
        });
        visit.listen();
        view
    })
}

/// The kind's screen, mounted once for the whole run.
fn screen(visit: Visit, help_open: RwSignal<bool>) -> AnyView {
    let (kind, rules, language) = visit.session.with_untracked(|s| {
        s.project.as_ref().map_or_else(Default::default, |p| {
            (p.kind.clone(), p.rules.clone(), p.language.clone())
        })
    });
    let run = Run {
        shown: visit.shown().into(),
        ahead: visit.ahead(),
        rules,
        language,
        give: Callback::new(move |gift| visit.give(gift)),
        draft: Callback::new(move |value| visit.draft(value)),
        take_back: Callback::new(move |()| visit.take_back()),
        can_take_back: Signal::derive(move || visit.session.with(Session::can_take_back)),
        help: Callback::new(move |()| help_open.set(true)),
    };
    kinds::screen(&kind, run).unwrap_or_else(halted::unknown_kind)
}
