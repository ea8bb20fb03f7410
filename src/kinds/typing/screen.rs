//! The typing screen.

use crate::{Run, Screen, typing::Typing};
use leptos::prelude::*;

impl Screen for Typing {
    fn view(_run: Run) -> AnyView {
        ().into_any()
    }
}
