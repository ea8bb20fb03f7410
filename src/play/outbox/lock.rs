//! One sender at a time, over all tabs of this browser.

use std::future::Future;
use std::pin::Pin;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::{JsFuture, future_to_promise};

/// Runs `work` while holding the browser's lock called `name`, or does nothing
/// where another tab holds it. Says whether it ran. A browser without locks
/// runs it: sending twice stores once.
pub(super) async fn alone(name: &str, work: impl Future<Output = ()> + 'static) -> bool {
    match request(name, Box::pin(work)) {
        Ok(held) => JsFuture::from(held).await.is_ok_and(|ran| ran.is_truthy()),
        Err(work) => {
            work.await;
            true
        }
    }
}

type Work = Pin<Box<dyn Future<Output = ()>>>;

/// `navigator.locks.request(name, { ifAvailable: true }, work)`. By hand: the
/// bindings hold it back as unstable.
fn request(name: &str, work: Work) -> Result<js_sys::Promise, Work> {
    let found = || -> Option<(JsValue, js_sys::Function)> {
        let navigator = web_sys::window()?.navigator();
        let locks = js_sys::Reflect::get(&navigator, &"locks".into()).ok()?;
        let request = js_sys::Reflect::get(&locks, &"request".into()).ok()?.dyn_into().ok()?;
        Some((locks, request))
    };
    let Some((locks, request)) = found() else { return Err(work) };
    let options = js_sys::Object::new();
    let _ = js_sys::Reflect::set(&options, &"ifAvailable".into(), &true.into());
    let run = Closure::once_into_js(move |lock: JsValue| -> JsValue {
        if lock.is_null() {
            return JsValue::FALSE;
        }
        future_to_promise(async move {
            work.await;
            Ok(JsValue::TRUE)
        })
        .into()
    });
    match request.call3(&locks, &name.into(), &options, &run) {
        Ok(promise) => Ok(promise.unchecked_into()),
        Err(_) => Ok(js_sys::Promise::resolve(&JsValue::FALSE)),
    }
}
