//! What a client has sent and what it was told, on disk before it goes on.

use std::{
    collections::{HashMap, HashSet},
    fs::File,
    io::Write,
    path::Path,
};
use uuid::Uuid;

/// An answer as it was sent.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Sent {
    pub(crate) id: Uuid,
    pub(crate) task: Uuid,
    pub(crate) text: String,
    /// Milliseconds; no two answers have the same, so they tell copies.
    pub(crate) mark: u64,
}

/// One client's book.
pub(crate) struct Ledger {
    file: Option<File>,
    /// Every answer that may have reached the server.
    pub(crate) sent: HashMap<Uuid, Sent>,
    /// Those that the server has acknowledged.
    pub(crate) receipts: HashSet<Uuid>,
}

impl Ledger {
    pub(crate) fn create(path: &Path) -> Self {
        let file = File::create(path).expect("a ledger");
        Self { file: Some(file), sent: HashMap::new(), receipts: HashSet::new() }
    }

    /// Before the first send.
    pub(crate) fn sends(&mut self, sent: &Sent) {
        let Sent { id, task, text, mark } = sent;
        self.write(&format!("sent {id} {task} {text} {mark} {}\n", hash(sent)));
    }

    /// After the receipt.
    pub(crate) fn received(&mut self, id: Uuid) {
        self.write(&format!("receipt {id}\n"));
    }

    fn write(&mut self, line: &str) {
        let file = self.file.as_mut().expect("it was created");
        file.write_all(line.as_bytes()).expect("it is written");
        file.sync_data().expect("it is on disk");
    }

    /// Reads a book back, as somebody would after the power was cut.
    pub(crate) fn read(path: &Path) -> Self {
        let text = std::fs::read_to_string(path).expect("a ledger");
        let mut ledger = Self { file: None, sent: HashMap::new(), receipts: HashSet::new() };
        for line in text.lines() {
            let parts: Vec<_> = line.split(' ').collect();
            match parts.as_slice() {
                ["sent", id, task, text, mark, told] => {
                    let sent = Sent {
                        id: id.parse().expect("an id"),
                        task: task.parse().expect("an id"),
                        text: (*text).to_owned(),
                        mark: mark.parse().expect("a number"),
                    };
                    assert_eq!(hash(&sent), *told, "the ledger itself is whole");
                    ledger.sent.insert(sent.id, sent);
                }
                ["receipt", id] => {
                    ledger.receipts.insert(id.parse().expect("an id"));
                }
                _ => panic!("not a line of a ledger: {line}"),
            }
        }
        ledger
    }
}

fn hash(sent: &Sent) -> String {
    let Sent { id, task, text, mark } = sent;
    blake3::hash(format!("{id} {task} {text} {mark}").as_bytes()).to_hex().to_string()
}
