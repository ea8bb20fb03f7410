//! Text in a field, and numbers as text.

use web_sys::HtmlInputElement;

/// `text` in Unicode's normal form C, by the browser.
pub fn nfc(text: &str) -> String {
    String::from(js_sys::JsString::from(text).normalize("NFC"))
}

/// `text` in small letters, by the browser.
pub fn lower_case(text: &str) -> String {
    String::from(js_sys::JsString::from(text).to_lower_case())
}

/// Whether `text` begins with a combining mark, by the browser.
pub fn is_mark(text: &str) -> bool {
    js_sys::RegExp::new("^\\p{M}", "u").test(text)
}

/// A number with so many digits after the point, by the browser: its own
/// formatting of numbers would be a twentieth of the app.
pub fn fixed(value: f64, digits: u8) -> String {
    js_sys::Number::from(value).to_fixed(digits).map(String::from).unwrap_or_default()
}

/// `value`, but not below `least` and not above `most`. Not `clamp`: its panic
/// brings the printing of floats, a thirtieth of the app.
pub(crate) fn bound(value: f64, least: f64, most: f64) -> f64 {
    value.min(most).max(least)
}

/// Puts `text` where the caret is, over what is selected, and leaves the caret behind it.
pub fn insert(field: &HtmlInputElement, text: &str) {
    let end = u32::try_from(field.value().encode_utf16().count()).unwrap_or(u32::MAX);
    let from = field.selection_start().ok().flatten().unwrap_or(end);
    let to = field.selection_end().ok().flatten().unwrap_or(from).max(from);
    let _ = field.set_range_text_with_start_and_end(text, from, to);
    let caret = from + u32::try_from(text.encode_utf16().count()).unwrap_or(0);
    let _ = field.set_selection_range(caret, caret);
}
