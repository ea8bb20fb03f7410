//! The crew, drawn in one ink line. First of them: the mole.

use leptos::prelude::*;

/// What an animal is about. Each is a short movement that comes to rest by itself.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Doing {
    /// Stands still.
    #[default]
    Idle,
    /// Waddles along.
    Walk,
    /// Writes.
    Work,
    /// Both paws up.
    Cheer,
}

/// The mole: spectacles, waistcoat and a quill. Reads from 32 to 160 px and takes its
/// colours from the page, so it is at home by day and by night.
pub fn mole(doing: Signal<Doing>) -> AnyView {
    let name = move || match doing.get() {
        Doing::Idle => "idle",
        Doing::Walk => "walk",
        Doing::Work => "work",
        Doing::Cheer => "cheer",
    };
    view! {
        <div class="mole" data-doing=name aria-hidden="true">
            <svg viewBox="0 0 160 160">
                <g class="mole-foot-l">
                    <path class="skin" d="M40 147c1-9 31-10 34 0 0 6-33 7-34 0Z" />
                </g>
                <g class="mole-foot-r">
                    <path class="skin" d="M86 147c2-10 33-9 34 0 0 7-34 6-34 0Z" />
                </g>
                <g class="mole-body">
                    <path class="fur" d="M29 139C20 95 33 34 80 29c48 4 60 66 51 110-18 11-84 11-102 0Z" />
                    <path class="cloth" d="M31 112c16 8 33 7 49 17 15-11 32-9 49-17 3 9 3 18 2 27-18 11-84 11-102 0-1-9-1-18 2-27Z" />
                    <path class="mark" d="M80 130v14" />
                    <path class="hair" d="M75 30c-1-8 3-13 9-17M82 30c1-6 5-9 11-11" />
                    <path class="snout" d="M50 92c2-20 16-29 30-29s29 10 30 29c-6 19-54 20-60 0Z" />
                    <path class="mark" d="M66 101c8 7 20 7 28 0" />
                    <path class="skin" d="M67 83c0-9 6-13 13-13 8 0 13 5 13 12-1 8-6 11-13 11S68 90 67 83Z" />
                    <path class="glass" d="M41 64c0-11 8-17 17-17s17 6 16 17c0 10-8 16-17 16s-16-7-16-16ZM86 64c0-11 8-17 17-17s16 7 16 17c0 9-7 16-17 16-9 0-16-6-16-16Z" />
                    <path class="mark" d="M74 61c4-4 8-4 12 0" />
                    <path class="pupil" d="M57 65c0-6 9-6 9 0 0 5-9 6-9 0ZM101 65c0-6 9-6 9 0 0 5-9 6-9 0Z" />
                </g>
                <g class="mole-arm-l">
                    <path class="skin" d="M36 98c-11-9-26-3-27 10-1 6 2 9 6 10 2 5 7 6 11 3 6 3 12 0 14-6 2-5 1-12-4-17Z" />
                    <path class="mark" d="M16 117l2-7M26 120l1-8" />
                </g>
                <g class="mole-arm-r">
                    <path class="quill" d="M134 121c3-24 7-45 18-68 6 16 4 34-10 50M136 112c3-16 7-30 12-42" />
                    <path class="skin" d="M124 98c11-9 26-3 27 10 1 6-2 9-6 10-2 5-7 6-11 3-6 3-12 0-14-6-2-5-1-12 4-17Z" />
                    <path class="mark" d="M144 117l-2-7M134 120l-1-8" />
                </g>
            </svg>
        </div>
    }
    .into_any()
}
