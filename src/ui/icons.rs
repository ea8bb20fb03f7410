//! Small signs in the same ink line.

use leptos::prelude::*;

/// A sign, drawn in 24 by 24: its path. A build has those that it shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Icon(&'static str);

impl Icon {
    /// An arrow to the right: send.
    pub const SEND: Self =
        Self("M4 12.2c5-.5 9.7-.4 15.5-.2M13 5.5c1.8 2.6 4 4.7 6.8 6.4-2.9 1.5-5 3.6-6.7 6.6");
    /// A leaf with a mark on it: show the page.
    pub const PAGE: Self = Self(
        "M6 3.2c3-.3 5.5-.3 8-.2l4.2 4.3c.3 4.4.2 9-.1 13.4-4.2.4-8 .4-12.2.1C5.6 15 5.7 9 6 3.2ZM14 3.2c0 1.6 0 3-.1 4.3l4.2.1M8.8 12.2h6.3M8.8 15.9h4.2",
    );
    /// A bent arrow back: take back.
    pub const BACK: Self = Self(
        "M9.5 5.2C7.7 7 6 8.5 4.2 10c1.9 1.3 3.7 2.9 5.2 4.8M4.5 10c5.3-.4 9-.3 11.9.9 3.4 1.5 4 5.6 1.3 8.3",
    );
    /// A glass with a plus.
    pub const LARGER: Self = Self(
        "M16.2 16.1c1.7 1.5 3 2.9 4.3 4.4M10.5 4c8.6-.2 8.8 13 .2 13C2 17.2 1.8 4.2 10.5 4ZM7.5 10.5h6M10.5 7.5v6",
    );
    /// A glass with a minus.
    pub const SMALLER: Self = Self(
        "M16.2 16.1c1.7 1.5 3 2.9 4.3 4.4M10.5 4c8.6-.2 8.8 13 .2 13C2 17.2 1.8 4.2 10.5 4ZM7.5 10.5h6",
    );
    /// A cross.
    pub const CLOSE: Self =
        Self("M5.5 5.7c4.2 4.3 8.5 8.5 13 12.7M18.3 5.5c-4.4 4.3-8.7 8.6-12.8 13");
    /// A question mark.
    pub const HELP: Self = Self("M8 8.7c.3-5.7 9-5.6 8.6-.3-.3 3.3-4.6 3.2-4.6 6.8M12 19.2v.5");
    /// A tick.
    pub const DONE: Self = Self("M4.5 12.8c2 1.7 3.6 3.4 5 5.6 2.5-5 5.6-8.9 10-12.6");
    /// An hourglass: waiting.
    pub const WAITING: Self = Self(
        "M6.5 3.5h11M6.5 20.5h11M7.5 3.7c0 5 9 5.3 9 8.3s-9 3.3-9 8.3M16.5 3.7c0 5-9 5.3-9 8.3s9 3.3 9 8.3",
    );
    /// An arrow to the left.
    pub const LEFT: Self =
        Self("M20 11.9c-5-.3-10-.3-15.5 0M11 5.5c-1.8 2.6-4 4.7-6.8 6.4 2.9 1.5 5 3.6 6.7 6.6");
    /// A corner to the right: there is more behind it.
    pub const RIGHT: Self = Self("M9.2 5.4c1.9 2.3 3.9 4.4 6.3 6.5-2.4 2-4.4 4.2-6.2 6.7");
    /// A triangle to the right.
    pub const PLAY: Self =
        Self("M8 5.2c-.3 4.6-.3 9 0 13.6 4-2 7.6-4.2 11-6.8C15.6 9.3 12 7.2 8 5.2Z");
    /// Two bars.
    pub const PAUSE: Self = Self("M8.7 5.3c-.3 4.5-.3 9 0 13.4M15.4 5.2c.3 4.5.3 9.1 0 13.5");
    /// A ring that runs into itself.
    pub const LOOP: Self = Self(
        "M5 13.5c-1.2-4.8 1.6-7 5-7 3.2-.1 5.8 0 8.2.1M15.5 3.6c1 1.2 2 2.1 3.2 3-1.1 1-2.1 1.9-3 3.1M19 10.6c1.2 4.8-1.6 7-5 7-3.2.1-5.8 0-8.2-.1M8.5 20.5c-1-1.2-2-2.1-3.2-3 1.1-1 2.1-1.9 3-3.1",
    );
    /// Two lines of speech in a frame.
    pub const CAPTIONS: Self = Self(
        "M3.6 5.6c5.6-.4 11.2-.4 16.9 0 .3 4.3.3 8.5 0 12.8-5.6.4-11.2.4-16.9 0-.3-4.2-.3-8.5 0-12.8ZM7 11.2h4M13.5 11.2H17M7 14.9h6.5M16 14.9h1",
    );
    /// A frame with a line that divides it.
    pub const WIPE: Self = Self(
        "M3.6 5.6c5.6-.4 11.2-.4 16.9 0 .3 4.3.3 8.5 0 12.8-5.6.4-11.2.4-16.9 0-.3-4.2-.3-8.5 0-12.8ZM12 2.8c-.2 6.1-.2 12.2 0 18.4",
    );
    /// One frame before another.
    pub const FLIP: Self = Self(
        "M3.5 3.7c4-.3 8-.3 12 0 .3 3.6.3 7.2 0 10.9-4 .3-8 .3-12 0-.3-3.6-.3-7.2 0-10.9ZM18.7 8.3l2 .1c.3 4 .3 8 0 12-4.2.3-8.4.3-12.6 0l-.1-2",
    );
    /// Two frames beside each other.
    pub const BESIDE: Self = Self(
        "M3 5.6c2.5-.3 4.9-.3 7.3 0 .3 4.3.3 8.5 0 12.8-2.4.3-4.8.3-7.3 0-.3-4.2-.3-8.5 0-12.8ZM13.7 5.6c2.5-.3 4.9-.3 7.3 0 .3 4.3.3 8.5 0 12.8-2.4.3-4.8.3-7.3 0-.3-4.2-.3-8.5 0-12.8Z",
    );
    /// An arrow around: turn.
    pub const TURN: Self = Self(
        "M18.6 15.5c-3 6.6-13.4 4.6-13.2-3.3.2-7 8.4-9.5 12.4-4.2M18.6 3.6c-.1 1.7-.2 3.1-.6 4.7-1.6-.1-3-.1-4.7-.5",
    );
    /// A sun, half of it dark: brightness.
    pub const LIGHT: Self = Self(
        "M12 6.5c7.2-.2 7.3 11 0 11-7.2 0-7.3-11 0-11v11M12 1.8v1.6M12 20.6v1.6M1.8 12h1.6M20.6 12h1.6",
    );
    /// An arrow back around: undo.
    pub const UNDO: Self = Self(
        "M8.8 4.5C7 6 5.5 7.300 3.900 8.700c1.800 1.200 3.400 2.600 4.800 4.300M4.300 8.700c9.500-.900 14.800.900 14.800 6.200 0 3.200-2.500 4.700-6 4.900",
    );
    /// An arrow forth around: redo.
    pub const REDO: Self = Self(
        "M15.2 4.500c1.800 1.500 3.300 2.800 4.900 4.200-1.800 1.200-3.400 2.600-4.800 4.300M19.700 8.700c-9.500-.900-14.800.900-14.800 6.200 0 3.200 2.500 4.700 6 4.900",
    );
    /// A basket: delete.
    pub const BIN: Self = Self(
        "M4.500 6.700c5-.4 10-.4 15-.1M9.500 6.200c.3-3.300 4.700-3.300 5 0M6.500 6.900c.3 4.500.6 9 1.200 13.300 2.900.3 5.800.3 8.700 0 .6-4.300.900-8.800 1.100-13.300M10.300 10.500l.3 6M13.700 10.500l-.3 6",
    );
    /// A hand: move.
    pub const HAND: Self = Self(
        "M7.500 13.200c-.4-2.800-.4-5-.3-7.300.1-1.500 2-1.500 2.100 0l.3 4.600.1-6.200c.1-1.500 2.100-1.500 2.200 0l.1 6 .7-5.200c.3-1.400 2.100-1.200 2.100.3l-.3 5.700 1.100-3.600c.5-1.300 2.200-.8 1.900.600-.6 3.500-1 5.600-1.600 8.300-.8 3.800-2.800 4.900-5.300 4.700-3.100-.2-4.300-2.600-6.200-6.300-.8-1.500 1-2.600 2.200-1.400Z",
    );
    /// A list.
    pub const LIST: Self = Self(
        "M8.500 6.200c4-.2 7.500-.2 11.500 0M8.500 12c4-.2 7.500-.2 11.500 0M8.500 17.900c4-.2 7.500-.2 11.500 0M4.200 6.200h.6M4.200 12h.6M4.200 17.900h.6",
    );
    /// A plus.
    pub const PLUS: Self = Self("M12 4.500c-.2 5-.2 10 0 15M4.500 12c5-.2 10-.2 15 0");
}

/// The sign as a decoration: it has no name of its own.
pub fn icon(sign: Icon) -> AnyView {
    view! {
        <svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
            <path d=sign.0 />
        </svg>
    }
    .into_any()
}
