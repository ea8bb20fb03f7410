//! Text in a field.

use web_sys::HtmlInputElement;

/// `text` in Unicode's normal form C, by the browser.
pub fn nfc(text: &str) -> String {
    String::from(js_sys::JsString::from(text).normalize("NFC"))
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
