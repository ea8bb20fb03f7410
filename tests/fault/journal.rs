//! What the clients put on disk: each answer before it is sent, each receipt after.

use std::{
    collections::HashMap,
    fs::File,
    io::Write,
    path::Path,
    sync::{Mutex, MutexGuard, PoisonError},
};

/// An answer as it was sent.
#[derive(Clone, Debug)]
pub(crate) struct Sent {
    /// Whose it is.
    pub(crate) token: String,
    /// Whose it is, by name.
    pub(crate) volunteer: String,
    /// The task it answers.
    pub(crate) task: String,
    /// What was typed.
    pub(crate) text: String,
    /// The body, byte for byte, to be sent again.
    pub(crate) body: String,
}

#[derive(Default)]
struct Pages {
    sent: HashMap<String, Sent>,
    receipts: HashMap<String, String>,
}

/// Two append-only files, synced line by line, and what they say.
pub(crate) struct Journal {
    sent: Mutex<File>,
    receipts: Mutex<File>,
    pages: Mutex<Pages>,
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn append(file: &Mutex<File>, line: &str) {
    let mut file = lock(file);
    writeln!(file, "{line}").expect("the journal takes a line");
    file.sync_data().expect("the journal is synced");
}

impl Journal {
    /// A new journal beside the server's data.
    pub(crate) fn new(folder: &Path) -> Self {
        let file = |name| Mutex::new(File::create(folder.join(name)).expect("a journal's file"));
        Self {
            sent: file("sent.journal"),
            receipts: file("receipts.journal"),
            pages: Mutex::default(),
        }
    }

    /// Writes down an answer that is about to be sent.
    pub(crate) fn will_send(&self, id: &str, sent: Sent) {
        append(&self.sent, &format!("{id} {}", sent.body));
        lock(&self.pages).sent.insert(id.to_owned(), sent);
    }

    /// Writes down a receipt.
    pub(crate) fn was_received(&self, id: &str, status: &str) {
        append(&self.receipts, &format!("{id} {status}"));
        lock(&self.pages).receipts.insert(id.to_owned(), status.to_owned());
    }

    /// All that was sent, by id.
    pub(crate) fn sent(&self) -> HashMap<String, Sent> {
        lock(&self.pages).sent.clone()
    }

    /// The ids that were acknowledged as stored.
    pub(crate) fn receipts(&self) -> Vec<String> {
        let pages = lock(&self.pages);
        pages.receipts.iter().filter(|(_, s)| *s != "rejected").map(|(id, _)| id.clone()).collect()
    }

    /// What was sent and never acknowledged.
    pub(crate) fn waiting(&self) -> Vec<(String, Sent)> {
        let pages = lock(&self.pages);
        pages
            .sent
            .iter()
            .filter(|(id, _)| !pages.receipts.contains_key(*id))
            .map(|(id, sent)| (id.clone(), sent.clone()))
            .collect()
    }
}
