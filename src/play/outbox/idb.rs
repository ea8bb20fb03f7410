//! The browser's database: three boxes of text under text keys, written with
//! strict durability. Chrome's default leaves writes in memory for a while.

use std::cell::RefCell;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::JsFuture;
use web_sys::{IdbDatabase, IdbObjectStore, IdbOpenDbRequest, IdbRequest, IdbTransaction};

/// The boxes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tray {
    /// Answers that no receipt has come for.
    Waiting,
    /// Answers to be taken back on the server.
    Withdrawn,
    /// Answers that the server refused: kept, to be looked at and copied.
    Refused,
}

impl Tray {
    const ALL: [Self; 3] = [Self::Waiting, Self::Withdrawn, Self::Refused];

    fn name(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Withdrawn => "withdrawn",
            Self::Refused => "refused",
        }
    }
}

const NAME: &str = "talkoot";
const VERSION: u32 = 1;

thread_local! {
    static OPEN: RefCell<Option<IdbDatabase>> = const { RefCell::new(None) };
}

/// Writes `text` under `key`; done when it is on disk.
pub(super) async fn put(into: Tray, key: &str, text: &str) -> Result<(), JsValue> {
    let (key, text) = (JsValue::from_str(key), JsValue::from_str(text));
    write(into, move |store| store.put_with_key(&text, &key)).await
}

/// Removes what lies under `key`, if anything does.
pub(super) async fn remove(from: Tray, key: &str) -> Result<(), JsValue> {
    let key = JsValue::from_str(key);
    write(from, move |store| store.delete(&key)).await
}

/// Every key and text, by key: ids made by the clock come in the order they were made.
pub(super) async fn all(of: Tray) -> Result<Vec<(String, String)>, JsValue> {
    let store = begin(of, "readonly").await?.object_store(of.name())?;
    let (keys, texts) = (store.get_all_keys()?, store.get_all()?);
    let list = |value: JsValue| {
        js_sys::Array::from(&value).iter().map(|v| v.as_string().unwrap_or_default()).collect()
    };
    let keys: Vec<String> = list(done(&keys).await?);
    let texts: Vec<String> = list(done(&texts).await?);
    Ok(keys.into_iter().zip(texts).collect())
}

async fn write(
    of: Tray,
    change: impl FnOnce(&IdbObjectStore) -> Result<IdbRequest, JsValue>,
) -> Result<(), JsValue> {
    let transaction = begin(of, "readwrite").await?;
    change(&transaction.object_store(of.name())?)?;
    finished(&transaction).await
}

/// Begins a transaction; where the handle died (Safari kills it in the
/// background), the database is opened anew, once.
async fn begin(of: Tray, mode: &str) -> Result<IdbTransaction, JsValue> {
    let first = transaction(&database().await?, of, mode);
    if first.is_ok() {
        return first;
    }
    OPEN.with_borrow_mut(Option::take);
    transaction(&database().await?, of, mode)
}

/// By hand, because the bindings have no options: `{ durability: "strict" }`.
fn transaction(db: &IdbDatabase, of: Tray, mode: &str) -> Result<IdbTransaction, JsValue> {
    let options = js_sys::Object::new();
    js_sys::Reflect::set(&options, &"durability".into(), &"strict".into())?;
    let begin: js_sys::Function = js_sys::Reflect::get(db, &"transaction".into())?.dyn_into()?;
    begin.call3(db, &of.name().into(), &mode.into(), &options)?.dyn_into()
}

async fn database() -> Result<IdbDatabase, JsValue> {
    if let Some(open) = OPEN.with_borrow(Clone::clone) {
        return Ok(open);
    }
    let factory = web_sys::window()
        .and_then(|window| window.indexed_db().ok().flatten())
        .ok_or("this browser has no database")?;
    let request: IdbOpenDbRequest = factory.open_with_u32(NAME, VERSION)?;
    let opening = request.clone();
    let upgrade = Closure::once_into_js(move || {
        let db: Result<IdbDatabase, _> = opening.result().and_then(JsCast::dyn_into);
        if let Ok(db) = db {
            for each in Tray::ALL {
                let _ = db.create_object_store(each.name());
            }
        }
    });
    request.set_onupgradeneeded(Some(upgrade.unchecked_ref()));
    let db: IdbDatabase = done(&request).await?.dyn_into()?;
    let lost = Closure::once_into_js(|| drop(OPEN.with_borrow_mut(Option::take)));
    db.set_onclose(Some(lost.unchecked_ref()));
    OPEN.with_borrow_mut(|open| *open = Some(db.clone()));
    Ok(db)
}

/// The request's result, when it is there.
async fn done(request: &IdbRequest) -> Result<JsValue, JsValue> {
    let settled = js_sys::Promise::new(&mut |resolve, reject| {
        request.set_onsuccess(Some(&resolve));
        request.set_onerror(Some(&reject));
    });
    JsFuture::from(settled).await?;
    request.result()
}

/// Done when the transaction is.
async fn finished(transaction: &IdbTransaction) -> Result<(), JsValue> {
    let settled = js_sys::Promise::new(&mut |resolve, reject| {
        transaction.set_oncomplete(Some(&resolve));
        transaction.set_onerror(Some(&reject));
        transaction.set_onabort(Some(&reject));
    });
    JsFuture::from(settled).await.map(drop)
}
