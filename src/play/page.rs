//! The document around the app: its address, what the server wrote into it,
//! and what it looks like.

use crate::accent::accents;
use crate::json;
use crate::outbox::Prefs;
use domain::{Opening, Project, Read};
use wasm_bindgen::JsCast;
use web_sys::{CustomEvent, Document, HtmlElement};

fn document() -> Option<Document> {
    web_sys::window()?.document()
}

fn html() -> Option<HtmlElement> {
    document()?.document_element()?.dyn_into().ok()
}

/// Where the app is mounted.
pub(crate) fn root() -> Option<HtmlElement> {
    document()?.get_element_by_id("app")?.dyn_into().ok()
}

/// The address's path.
pub(crate) fn address() -> String {
    web_sys::window().and_then(|w| w.location().pathname().ok()).unwrap_or_default()
}

/// What the server wrote into the page; nothing where it wrote nothing readable.
pub(crate) fn opening() -> Opening {
    document()
        .and_then(|d| d.get_element_by_id("opening"))
        .and_then(|script| json::parse(&script.text_content().unwrap_or_default()))
        .and_then(|opening| Opening::read(&opening))
        .unwrap_or_default()
}

/// The app is there: the server's first paint goes.
pub(crate) fn mounted() {
    if let Some(shell) = document().and_then(|d| d.get_element_by_id("shell")) {
        shell.remove();
    }
}

/// Tells the boot script.
pub(crate) fn announce(event: &str) {
    if let (Some(window), Ok(event)) = (web_sys::window(), CustomEvent::new(event)) {
        let _ = window.dispatch_event(&event);
    }
}

/// Dresses the document for a project: its title and its accent.
pub(crate) fn dress(project: &Project) {
    if let Some(document) = document() {
        document.set_title(&format!("{} · Talkoot", project.title));
    }
    let accents = project.accent.as_deref().and_then(accents);
    if let (Some(html), Some((day, night))) = (html(), accents) {
        let _ = html.style().set_property("--drive-day", &day);
        let _ = html.style().set_property("--drive-night", &night);
    }
}

/// Dresses the document as the volunteer likes it.
pub(crate) fn prefer(prefs: &Prefs) {
    if let Some(html) = html() {
        let _ = html.dataset().set("look", &prefs.look);
        let _ = html.dataset().set("dim", if prefs.dim { "yes" } else { "no" });
    }
}
