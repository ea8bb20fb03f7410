//! The volunteers' app: two addresses, `/` and `/p/{slug}`, each of them a
//! page of its own that the server opens with all that its first paint needs.

mod accent;
mod api;
mod device;
#[cfg(test)]
#[cfg(target_arch = "wasm32")]
mod drawing_tests;
#[cfg(test)]
#[cfg(target_arch = "wasm32")]
mod form_tests;
mod json;
mod outbox;
mod page;
mod pages;
mod round;
mod session;
#[cfg(test)]
#[cfg(target_arch = "wasm32")]
mod sight_tests;
#[cfg(test)]
#[cfg(target_arch = "wasm32")]
mod tagging_tests;
#[cfg(test)]
#[cfg(target_arch = "wasm32")]
mod typing_tests;
mod visit;
mod watch;

// Tests of this crate run where it runs.
#[cfg(all(test, target_arch = "wasm32"))]
wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);

fn main() {
    std::panic::set_hook(Box::new(|panic| {
        console_error_panic_hook::hook(panic);
        // The boot script outlives the app: it says what happened and offers to open the page anew.
        page::announce("talkoot:broken");
    }));
    let Some(root) = page::root() else { return };
    // Known before there is anything to lay out.
    let _ = ui::window_width();
    let opening = page::opening();
    let address = page::address();
    leptos::mount::mount_to(root, move || pages::at(&address, opening)).forget();
    page::mounted();
    page::announce("talkoot:ready");
    // For as long as the page lives.
    device::once_open(|| std::mem::forget(ui::follow_viewport()));
}
