//! Small signs in the same ink line.

use leptos::prelude::*;

/// A sign, drawn in 24 by 24.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Icon {
    /// An arrow to the right: send.
    Send,
    /// A leaf with a mark on it: show the page.
    Page,
    /// A bent arrow back: take back.
    Back,
    /// A glass with a plus.
    Larger,
    /// A glass with a minus.
    Smaller,
    /// A cross.
    Close,
    /// A question mark.
    Help,
    /// A tick.
    Done,
    /// An hourglass: waiting.
    Waiting,
    /// An arrow to the left.
    Left,
    /// A corner to the right: there is more behind it.
    Right,
    /// A triangle to the right.
    Play,
    /// Two bars.
    Pause,
    /// A ring that runs into itself.
    Loop,
    /// Two lines of speech in a frame.
    Captions,
    /// A frame with a line that divides it.
    Wipe,
    /// One frame before another.
    Flip,
    /// Two frames beside each other.
    Beside,
}

/// The sign as a decoration: it has no name of its own.
pub fn icon(sign: Icon) -> AnyView {
    let path = match sign {
        Icon::Send => {
            "M4 12.2c5-.5 9.7-.4 15.5-.2M13 5.5c1.8 2.6 4 4.7 6.8 6.4-2.9 1.5-5 3.6-6.7 6.6"
        }
        Icon::Page => {
            "M6 3.2c3-.3 5.5-.3 8-.2l4.2 4.3c.3 4.4.2 9-.1 13.4-4.2.4-8 .4-12.2.1C5.6 15 5.7 9 6 3.2ZM14 3.2c0 1.6 0 3-.1 4.3l4.2.1M8.8 12.2h6.3M8.8 15.9h4.2"
        }
        Icon::Back => {
            "M9.5 5.2C7.7 7 6 8.5 4.2 10c1.9 1.3 3.7 2.9 5.2 4.8M4.5 10c5.3-.4 9-.3 11.9.9 3.4 1.5 4 5.6 1.3 8.3"
        }
        Icon::Larger => {
            "M16.2 16.1c1.7 1.5 3 2.9 4.3 4.4M10.5 4c8.6-.2 8.8 13 .2 13C2 17.2 1.8 4.2 10.5 4ZM7.5 10.5h6M10.5 7.5v6"
        }
        Icon::Smaller => {
            "M16.2 16.1c1.7 1.5 3 2.9 4.3 4.4M10.5 4c8.6-.2 8.8 13 .2 13C2 17.2 1.8 4.2 10.5 4ZM7.5 10.5h6"
        }
        Icon::Close => "M5.5 5.7c4.2 4.3 8.5 8.5 13 12.7M18.3 5.5c-4.4 4.3-8.7 8.6-12.8 13",
        Icon::Help => "M8 8.7c.3-5.7 9-5.6 8.6-.3-.3 3.3-4.6 3.2-4.6 6.8M12 19.2v.5",
        Icon::Done => "M4.5 12.8c2 1.7 3.6 3.4 5 5.6 2.5-5 5.6-8.9 10-12.6",
        Icon::Waiting => {
            "M6.5 3.5h11M6.5 20.5h11M7.5 3.7c0 5 9 5.3 9 8.3s-9 3.3-9 8.3M16.5 3.7c0 5-9 5.3-9 8.3s9 3.3 9 8.3"
        }
        Icon::Play => "M8 5.2c-.3 4.6-.3 9 0 13.6 4-2 7.6-4.2 11-6.8C15.6 9.3 12 7.2 8 5.2Z",
        Icon::Pause => "M8.7 5.3c-.3 4.5-.3 9 0 13.4M15.4 5.2c.3 4.5.3 9.1 0 13.5",
        Icon::Loop => {
            "M5 13.5c-1.2-4.8 1.6-7 5-7 3.2-.1 5.8 0 8.2.1M15.5 3.6c1 1.2 2 2.1 3.2 3-1.1 1-2.1 1.9-3 3.1M19 10.6c1.2 4.8-1.6 7-5 7-3.2.1-5.8 0-8.2-.1M8.5 20.5c-1-1.2-2-2.1-3.2-3 1.1-1 2.1-1.9 3-3.1"
        }
        Icon::Captions => {
            "M3.6 5.6c5.6-.4 11.2-.4 16.9 0 .3 4.3.3 8.5 0 12.8-5.6.4-11.2.4-16.9 0-.3-4.2-.3-8.5 0-12.8ZM7 11.2h4M13.5 11.2H17M7 14.9h6.5M16 14.9h1"
        }
        Icon::Wipe => {
            "M3.6 5.6c5.6-.4 11.2-.4 16.9 0 .3 4.3.3 8.5 0 12.8-5.6.4-11.2.4-16.9 0-.3-4.2-.3-8.5 0-12.8ZM12 2.8c-.2 6.1-.2 12.2 0 18.4"
        }
        Icon::Flip => {
            "M3.5 3.7c4-.3 8-.3 12 0 .3 3.6.3 7.2 0 10.9-4 .3-8 .3-12 0-.3-3.6-.3-7.2 0-10.9ZM18.7 8.3l2 .1c.3 4 .3 8 0 12-4.2.3-8.4.3-12.6 0l-.1-2"
        }
        Icon::Beside => {
            "M3 5.6c2.5-.3 4.9-.3 7.3 0 .3 4.3.3 8.5 0 12.8-2.4.3-4.8.3-7.3 0-.3-4.2-.3-8.5 0-12.8ZM13.7 5.6c2.5-.3 4.9-.3 7.3 0 .3 4.3.3 8.5 0 12.8-2.4.3-4.8.3-7.3 0-.3-4.2-.3-8.5 0-12.8Z"
        }
        Icon::Right => "M9.2 5.4c1.9 2.3 3.9 4.4 6.3 6.5-2.4 2-4.4 4.2-6.2 6.7",
        Icon::Left => {
            "M20 11.9c-5-.3-10-.3-15.5 0M11 5.5c-1.8 2.6-4 4.7-6.8 6.4 2.9 1.5 5 3.6 6.7 6.6"
        }
    };
    view! {
        <svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
            <path d=path />
        </svg>
    }
    .into_any()
}
