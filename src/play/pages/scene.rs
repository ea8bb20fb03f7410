//! The house's own drawings: the mark, the scene above the drives, a cover for
//! a drive without a picture.

use domain::PictureSource;
use leptos::prelude::*;
use ui::{Doing, mole};

/// The mark: a mole that comes up out of an open book.
pub(super) fn mark() -> AnyView {
    view! {
        <svg class="mark" viewBox="0 0 64 64" aria-hidden="true">
            <path class="mark-fur" d="M14 46C11 25 18 9 32 9s21 16 18 37Z" />
            <path class="mark-glass" d="M18 27c0-5 3-8 7-8s7 3 7 8-3 7-7 7-7-3-7-7ZM32 27c0-5 3-8 7-8s7 3 7 8-3 7-7 7-7-3-7-7Z" />
            <path class="mark-eye" d="M24 27.5c0-3 4.5-3 4.5 0s-4.5 3-4.5 0ZM38 27.5c0-3 4.5-3 4.5 0s-4.5 3-4.5 0Z" />
            <path class="mark-nose" d="M26.5 38c0-4 2.5-6 5.5-6s5.5 2 5.5 6-2.5 5-5.5 5-5.5-1-5.5-5Z" />
            <path class="mark-book" d="M4 43c10-4 20-3 28 3 8-6 18-7 28-3v14c-10-4-20-3-28 2-8-5-18-6-28-2Z" />
            <path class="mark-line" d="M32 46v13M10 48.5c5-1 10-.5 15 1.5M54 48.5c-5-1-10-.5-15 1.5" />
        </svg>
    }
    .into_any()
}

/// The mole at home: an open book for a tent, a lantern moon, the piles that wait.
pub(super) fn scene() -> AnyView {
    view! {
        <div class="scene" aria-hidden="true">
            <svg viewBox="0 0 480 300">
                <path class="sun" d="M338 92c0-29 22-48 50-48s49 20 49 48-22 50-50 49c-28 0-49-20-49-49Z" />
                <path class="hill-far" d="M0 214c56-44 108-52 166-30 52 19 92-22 150-27 62-6 110 22 164 47v96H0Z" />
                <path class="hill" d="M0 252c70-26 138-30 214-16 92 17 176 8 266-14v78H0Z" />
                <g class="books">
                    <path class="honey" d="M40 236c34-6 66-6 98 0l-1 22c-32 5-64 5-97 0Z" />
                    <path class="moss" d="M50 212c26-5 52-5 80-1l2 24c-28-4-56-4-84 1Z" />
                    <path class="red" d="M46 190c28-4 50-4 76 1l-1 20c-24-3-48-3-73 0Z" />
                    <path class="leaf" d="M56 172c22-4 36-3 58 0l3 17c-22-3-42-3-63 0Z" />
                    <path class="ink" d="M54 246h30M64 223h22M60 200h34M40 236c-6 8-6 15 0 22M132 235c-5-8-6-16-2-24M48 211c-6-7-6-14-2-21" />
                </g>
                <g class="tent">
                    <path class="leaf" d="M300 262l58-116c20 36 40 74 64 116-20-8-43-8-64 1-18-9-38-9-58-1Z" />
                    <path class="ink" d="M358 146c-1 40-1 78 0 117M332 214c-6 12-12 24-18 38M344 206c-4 14-8 28-12 44M374 200c6 16 12 32 20 50M368 216c3 11 6 22 10 34" />
                </g>
                <path class="ink" d="M18 262c5-9 6-14 6-20M24 262c2-8 5-12 9-16M446 252c3-10 3-14 2-20M452 252c2-7 5-11 9-14" />
            </svg>
            {mole(Signal::stored(Doing::Idle))}
        </div>
    }
    .into_any()
}

/// A cover for a drive that brings no picture.
pub(super) fn cover() -> AnyView {
    view! {
        <svg class="cover" viewBox="0 0 320 220" preserveAspectRatio="xMidYMid slice">
            <path class="cover-cloth" d="M0 0h320v220H0Z" />
            <path class="cover-frame" d="M18 17c95-3 190-3 285 1 2 62 2 124-1 186-94 2-189 3-284-1-2-62-2-124 0-186Z" />
            <path class="cover-page" d="M62 66c36-10 70-8 98 12 28-20 62-22 98-12v92c-36-9-70-6-98 12-28-18-62-21-98-12Z" />
            <path class="ink" d="M160 78v92M78 84c24-5 46-3 66 6M78 104c24-5 46-3 66 6M78 124c24-5 46-3 66 6M242 84c-24-5-46-3-66 6M242 104c-24-5-46-3-66 6M242 124c-24-5-46-3-66 6" />
            <path class="cover-mark" d="M176 98c20-9 40-11 60-6 3 5 3 11 0 16-20-4-40-2-60 7-3-6-3-11 0-17Z" />
        </svg>
    }
    .into_any()
}

/// A drive's own picture.
pub(super) fn picture_of(source: &PictureSource) -> AnyView {
    view! { <img src=source.url.clone() alt="" width=source.width height=source.height /> }
        .into_any()
}
