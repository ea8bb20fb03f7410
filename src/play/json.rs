//! JSON by the browser: it reads and writes it anyway, and a reader of our own
//! would be a tenth of the app.

use js_sys::{Array, Float64Array, JSON, JsString, Number, Object};
use serde_json::Value;
use wasm_bindgen::{JsCast, JsValue};

/// Reads JSON text.
pub(crate) fn parse(text: &str) -> Option<Value> {
    JSON::parse(text).ok().map(|value| from_js(&value))
}

/// `value` as JSON text.
pub(crate) fn text(value: &Value) -> String {
    match value {
        Value::Null => "null".to_owned(),
        Value::Bool(yes) => yes.to_string(),
        Value::Number(number) => {
            number.as_f64().map_or_else(String::new, |n| Number::from(n).to_js_string().into())
        }
        Value::String(text) => quoted(text),
        Value::Array(list) => format!("[{}]", list.iter().map(text).collect::<Vec<_>>().join(",")),
        Value::Object(fields) => {
            let fields = fields.iter().map(|(name, value)| field(name, &text(value)));
            format!("{{{}}}", fields.collect::<Vec<_>>().join(","))
        }
    }
}

/// `"name":value`, where `value` is JSON already.
pub(crate) fn field(name: &str, value: &str) -> String {
    format!("{}:{value}", quoted(name))
}

/// A string in quotes.
pub(crate) fn quoted(text: &str) -> String {
    JSON::stringify(&JsString::from(text)).map(String::from).unwrap_or_default()
}

/// What the browser has read.
pub(crate) fn from_js(value: &JsValue) -> Value {
    // Of numbers, and of lists of them, there are thousands where there are thousands of marks.
    if let Some(number) = value.as_f64() {
        return number_from(number);
    }
    if let Some(list) = value.dyn_ref::<Array>() {
        return Value::Array(list.iter().map(|entry| from_js(&entry)).collect());
    }
    if let Some(text) = value.as_string() {
        return Value::String(text);
    }
    if let Some(object) = value.dyn_ref::<Object>() {
        let mut fields = serde_json::Map::new();
        for pair in Object::entries(object).iter() {
            let pair: Array = pair.unchecked_into();
            let (name, value) = (pair.get(0).as_string().unwrap_or_default(), pair.get(1));
            let value = corners(&name, &value).unwrap_or_else(|| from_js(&value));
            fields.insert(name, value);
        }
        return Value::Object(fields);
    }
    value.as_bool().map_or(Value::Null, Value::Bool)
}

/// The field `points` of a mark, which the server has made sure is a list of pairs of numbers. Of
/// these there are tens of thousands where there are thousands of marks: a list is fetched at once.
fn corners(name: &str, value: &JsValue) -> Option<Value> {
    let list = value.dyn_ref::<Array>().filter(|_| kinds::HAS_MARKS && name == "points")?;
    let flat = Float64Array::new(&list.flat(1)).to_vec();
    let pairs = flat.len() == 2 * list.length() as usize && flat.iter().all(|n| n.is_finite());
    let pair = |pair: &[f64]| Value::Array(pair.iter().copied().map(number_from).collect());
    pairs.then(|| flat.chunks_exact(2).map(pair).collect())
}

/// Whole numbers stay whole, as far as a float is exact.
fn number_from(number: f64) -> Value {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    if number.fract() == 0.0 && number.abs() <= EXACT {
        #[expect(clippy::cast_possible_truncation, reason = "it is whole and fits")]
        let whole = number as i64;
        u64::try_from(whole).map_or_else(|_| whole.into(), Value::from)
    } else {
        number.into()
    }
}

#[cfg(test)]
#[cfg(target_arch = "wasm32")]
mod tests {
    use super::*;
    use serde_json::json;
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn what_is_written_can_be_read_again() {
        let value = json!({"text": "Weſen \"⸗\\\n", "n": [0, -3, 2.5, true, null], "o": {"ä": {}}});
        assert_eq!(parse(&text(&value)), Some(value));
    }

    #[test]
    fn points_that_are_no_pairs_of_numbers_are_read_as_they_are() {
        for points in [
            json!([[1, 2.5], [-3, 4]]),
            json!([]),
            json!([[1, 2, 3]]),
            json!([[1, "a"], [2, 3]]),
            json!({"x": 1}),
            json!("1,2"),
        ] {
            let mark = json!({"type": "polygon", "points": points});
            assert_eq!(parse(&text(&mark)), Some(mark));
        }
    }

    #[test]
    fn what_is_no_json_is_not_read() {
        for text in ["", "{", "undefined", "{'a': 1}"] {
            assert_eq!(parse(text), None);
        }
    }
}
