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

/// A part that is built when it is first wanted, and stays from then on. The first paint does not
/// wait for what is wanted now and then.
pub fn once_wanted(
    wanted: impl Fn() -> bool + Send + Sync + 'static,
    part: impl FnOnce() -> AnyView + 'static,
) -> AnyView {
    fn boxed(
        wanted: Box<dyn Fn() -> bool + Send + Sync>,
        part: Box<dyn FnOnce() -> AnyView>,
    ) -> AnyView {
        let wanted = Memo::new(move |was: Option<&bool>| was == Some(&true) || wanted());
        let part = StoredValue::new_local(Some(part));
        let built = move || Some(part.try_update_value(Option::take)??());
        live(move || wanted.get().then(built).flatten())
    }
    boxed(Box::new(wanted), Box::new(part))
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

#[cfg(test)]
#[cfg(target_arch = "wasm32")]
mod tests {
    use super::*;
    use leptos::mount::mount_to;
    use std::cell::Cell;
    use std::rc::Rc;
    use wasm_bindgen::JsCast;
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    async fn a_part_is_built_when_it_is_first_wanted_and_once() {
        let root: web_sys::HtmlElement = document().create_element("div").unwrap().unchecked_into();
        let (built, signal) = (Rc::new(Cell::new(0)), Rc::new(Cell::new(None)));
        let (count, given) = (built.clone(), signal.clone());
        let _mounted = mount_to(root.clone(), move || {
            let wanted = RwSignal::new(false);
            given.set(Some(wanted));
            once_wanted(
                move || wanted.get(),
                move || {
                    count.set(count.get() + 1);
                    view! { <p hidden=move || !wanted.get()>"Here"</p> }.into_any()
                },
            )
        });
        let wanted = signal.get().unwrap();
        let hidden = || {
            let part = root.query_selector("p").unwrap();
            part.map(|part| part.unchecked_into::<web_sys::HtmlElement>().hidden())
        };
        assert_eq!((built.get(), hidden()), (0, None));
        for (now, is_hidden) in [(true, false), (false, true), (true, false)] {
            wanted.set(now);
            leptos::task::tick().await;
            assert_eq!((built.get(), hidden()), (1, Some(is_hidden)));
        }
    }
}
