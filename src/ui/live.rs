//! Parts that change, and work that is done at each change, in one form each.
//!
//! Leptos compiles either of them anew for each closure it is given, at two
//! kilobytes of the app a time; behind a box it is there once.

use leptos::prelude::*;

/// A part of a view that is built anew whenever something it reads changes.
pub fn live<V: IntoView + 'static>(part: impl Fn() -> V + Send + 'static) -> AnyView {
    fn boxed(part: Box<dyn Fn() -> AnyView + Send>) -> AnyView {
        part.into_any()
    }
    boxed(Box::new(move || part().into_any()))
}

/// Does something once what is on the screen stands, and again whenever something it reads changes.
pub fn watch(work: impl FnMut() + 'static) {
    fn boxed(mut work: Box<dyn FnMut()>) {
        Effect::new(move |_: Option<()>| work());
    }
    boxed(Box::new(work));
}

/// The same, where the work hands on to its next time what it gives back.
pub fn follow<T: 'static>(mut work: impl FnMut(Option<T>) -> T + 'static) {
    let mut before = None;
    watch(move || before = Some(work(before.take())));
}
