//! The outbox in a real browser, with a server that is played.

use super::*;
use domain::TaskId;
use gloo::timers::callback::Timeout;
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test as test;

/// Answers calls in the place of the network: `reply` is JavaScript that gets
/// the path, the method and the body, and returns `[status, text]`. Every call
/// is noted in `globalThis.calls`.
fn server(reply: &str) {
    let body = format!(
        "return (async () => {{
            const path = new URL(request.url).pathname.replace('/api/v1', '');
            const body = await request.text();
            (globalThis.calls ??= []).push(`${{request.method}} ${{path}}`);
            const [status, text] = ((path, method, body) => {{ {reply} }})(path, request.method, body);
            return new Response(text, {{ status }});
        }})()"
    );
    let played = js_sys::Function::new_with_args("request", &body);
    js_sys::Reflect::set(&js_sys::global(), &"fetch".into(), &played).unwrap();
    js_sys::Reflect::set(&js_sys::global(), &"calls".into(), &js_sys::Array::new()).unwrap();
}

/// Stores every answer.
const STORES: &str = "if (path === '/answers') return [200, JSON.stringify({outcomes: \
    JSON.parse(body).answers.map((a) => ({id: a.id, status: 'stored', verdict: 'pending'}))})]; \
    return [200, '{}'];";
const UNREACHABLE: &str = "throw new TypeError('no network');";

fn calls() -> Vec<String> {
    let calls = js_sys::Reflect::get(&js_sys::global(), &"calls".into()).unwrap();
    js_sys::Array::from(&calls).iter().filter_map(|call: JsValue| call.as_string()).collect()
}

fn answer(n: u8) -> AnswerIn {
    AnswerIn {
        id: AnswerId::v7(u64::from(n), [n; 10]),
        task: TaskId::v7(1, [n; 10]),
        value: Some(serde_json::json!({"text": "Weſen"})),
        outcome: None,
        layer: Some("goal".to_owned()),
        seconds: 2.5,
        corrections: 1,
    }
}

async fn wait(millis: u32) {
    let after = js_sys::Promise::new(&mut |done, _| {
        Timeout::new(millis, move || drop(done.call0(&JsValue::NULL))).forget();
    });
    wasm_bindgen_futures::JsFuture::from(after).await.unwrap();
}

/// Waits until `outbox` is as wanted; fails after a while.
async fn until(outbox: &Outbox, wanted: impl Fn(&Counts) -> bool) {
    for _ in 0..1_500 {
        if wanted(&outbox.0.state.borrow().counts) {
            return;
        }
        wait(20).await;
    }
    panic!("still {:?}", outbox.0.state.borrow().counts);
}

/// An outbox on a device on which nothing is kept.
async fn fresh() -> Outbox {
    for tray in [Tray::Waiting, Tray::Withdrawn, Tray::Refused] {
        for (id, _) in idb::all(tray).await.unwrap() {
            idb::remove(tray, &id).await.unwrap();
        }
    }
    for (id, _) in local::all(JOURNAL) {
        local::remove(&format!("{JOURNAL}{id}"));
    }
    Outbox::open(|_| {}, |_| {})
}

/// Everything on the device, wherever it lies.
async fn on_device() -> Vec<String> {
    let mut kept = idb::all(Tray::Waiting).await.unwrap();
    for (id, text) in local::all(JOURNAL) {
        put(&mut kept, &id, &text);
    }
    kept.into_iter().map(|(id, _)| id).collect()
}

#[test]
async fn an_answer_is_on_the_device_before_anything_else_happens() {
    server(UNREACHABLE);
    let outbox = fresh().await;
    outbox.put(&answer(1));
    // No waiting in between: the small storage has it by now.
    let id = answer(1).id.to_string();
    let kept = local::get(&format!("{JOURNAL}{id}")).unwrap();
    let kept = crate::json::parse(&kept).unwrap();
    assert_eq!(kept, serde_json::to_value(answer(1)).unwrap());
}

#[test]
async fn what_no_receipt_names_is_kept() {
    for reply in [
        UNREACHABLE,
        "return [500, 'broken'];",
        "return [503, '{}'];",
        "return [401, '{}'];",
        "return [200, 'not json'];",
        "return [200, JSON.stringify({outcomes: []})];",
        "return [200, JSON.stringify({outcomes: [{id: 'another', status: 'stored'}]})];",
        "return [200, JSON.stringify({outcomes: JSON.parse(body || '{\"answers\":[]}').answers\
            .map((a) => ({id: a.id, status: 'perhaps'}))})];",
    ] {
        server(reply);
        let outbox = fresh().await;
        outbox.put(&answer(2));
        until(&outbox, |counts| counts.stuck).await;
        assert_eq!(on_device().await, [answer(2).id.to_string()], "{reply}");
        assert_eq!(outbox.0.state.borrow().counts.waiting, 1, "{reply}");
    }
}

#[test]
async fn a_receipt_empties_it() {
    server(STORES);
    let outbox = fresh().await;
    for n in 3..9 {
        outbox.put(&answer(n));
    }
    assert_eq!(outbox.0.state.borrow().counts.waiting, 6);
    until(&outbox, |counts| counts.waiting == 0).await;
    assert!(on_device().await.is_empty());
}

#[test]
async fn the_next_visit_sends_what_an_earlier_one_left() {
    server(UNREACHABLE);
    let earlier = fresh().await;
    earlier.put(&answer(10));
    until(&earlier, |counts| counts.stuck).await;
    server(STORES);
    let later = Outbox::open(|_| {}, |_| {});
    for _ in 0..1_500 {
        if on_device().await.is_empty() {
            break;
        }
        wait(20).await;
    }
    assert!(on_device().await.is_empty());
    until(&later, |counts| counts.waiting == 0).await;
}

#[test]
async fn a_crash_between_the_two_copies_loses_nothing() {
    server(UNREACHABLE);
    fresh().await;
    let (id, text) = (answer(11).id.to_string(), written(&answer(11)));
    assert!(local::put(&format!("{JOURNAL}{id}"), &text));
    let outbox = Outbox::open(|_| {}, |_| {});
    until(&outbox, |counts| counts.waiting == 1).await;
    let in_database = idb::all(Tray::Waiting).await.unwrap();
    assert_eq!(in_database, [(id.clone(), text)]);
    assert_eq!(local::get(&format!("{JOURNAL}{id}")), None);
}

#[test]
async fn a_refused_answer_blocks_no_other_and_is_kept() {
    server(
        "if (path !== '/answers') return [200, '{}'];
         const { answers } = JSON.parse(body);
         return [200, JSON.stringify({outcomes: answers.map((a) => a.seconds === 99
            ? {id: a.id, status: 'rejected', verdict: 'pending', problem: {detail: 'Too long.'}}
            : {id: a.id, status: 'stored', verdict: 'pending'})})];",
    );
    let outbox = fresh().await;
    outbox.put(&AnswerIn { seconds: 99.0, ..answer(12) });
    outbox.put(&answer(13));
    until(&outbox, |counts| counts.waiting == 0 && counts.refused.len() == 1).await;
    assert_eq!(idb::all(Tray::Refused).await.unwrap().len(), 1);
    assert!(outbox.refused_as_text().contains("Too long."));
    let next = Outbox::open(|_| {}, |_| {});
    until(&next, |counts| counts.refused.len() == 1).await;
    assert_eq!(next.0.state.borrow().counts.refused[0].reason, "Too long.");
}

#[test]
async fn a_refused_call_is_tried_answer_by_answer() {
    server(
        "if (path !== '/answers') return [200, '{}'];
         const { answers } = JSON.parse(body);
         if (answers.some((a) => a.seconds === 99)) return [422, JSON.stringify({detail: 'Bad.'})];
         return [200, JSON.stringify({outcomes:
            answers.map((a) => ({id: a.id, status: 'stored', verdict: 'pending'}))})];",
    );
    let outbox = fresh().await;
    outbox.put(&AnswerIn { seconds: 99.0, ..answer(14) });
    outbox.put(&answer(15));
    until(&outbox, |counts| counts.waiting == 0 && counts.refused.len() == 1).await;
}

#[test]
async fn a_stranger_becomes_a_volunteer_and_keeps_the_outbox() {
    server(
        "if (path === '/volunteers') { globalThis.known = true; return [201, '{}']; }
         if (!globalThis.known) return [401, '{}'];
         return [200, JSON.stringify({outcomes: JSON.parse(body).answers
            .map((a) => ({id: a.id, status: 'duplicate', verdict: 'held'}))})];",
    );
    let outbox = fresh().await;
    outbox.put(&answer(16));
    until(&outbox, |counts| counts.waiting == 0).await;
    let calls = calls();
    assert_eq!(calls, ["POST /answers", "POST /volunteers", "POST /answers"]);
}

#[test]
async fn what_is_taken_back_is_taken_back_on_the_server_too() {
    server(STORES);
    let outbox = fresh().await;
    outbox.put(&answer(17));
    until(&outbox, |counts| counts.waiting == 0).await;
    outbox.withdraw(answer(17).id);
    for _ in 0..1_500 {
        if calls().iter().any(|call| call.starts_with("DELETE")) {
            break;
        }
        wait(20).await;
    }
    assert!(calls().contains(&format!("DELETE /answers/{}", answer(17).id)));
    wait(50).await;
    assert!(idb::all(Tray::Withdrawn).await.unwrap().is_empty());
}

#[test]
async fn only_one_tab_sends() {
    server(STORES);
    let outbox = fresh().await;
    wait(100).await;
    // Another tab holds the lock.
    let (free, freed) = futures_of_a_promise();
    let held =
        js_sys::Reflect::get(&web_sys::window().unwrap().navigator(), &"locks".into()).unwrap();
    let request: js_sys::Function = wasm_bindgen::JsCast::unchecked_into(
        js_sys::Reflect::get(&held, &"request".into()).unwrap(),
    );
    let keep = js_sys::Function::new_no_args("return globalThis.held;");
    js_sys::Reflect::set(&js_sys::global(), &"held".into(), &freed).unwrap();
    let _ = request.call2(&held, &"talkoot-outbox".into(), &keep).unwrap();
    wait(20).await;
    outbox.put(&answer(18));
    wait(300).await;
    assert!(calls().is_empty(), "{:?}", calls());
    assert_eq!(on_device().await.len(), 1);
    free.call0(&JsValue::NULL).unwrap();
    until(&outbox, |counts| counts.waiting == 0).await;
    assert_eq!(calls(), ["POST /answers"]);
}

/// A promise, and the function that settles it.
fn futures_of_a_promise() -> (js_sys::Function, js_sys::Promise) {
    let mut settle = None;
    let promise = js_sys::Promise::new(&mut |resolve, _| settle = Some(resolve));
    (settle.unwrap(), promise)
}
