//! Clients that behave like phones: they keep an answer until its receipt is
//! here, and send it again when the connection breaks.

use crate::ledger::{Ledger, Sent};
use std::{
    io::{Read, Write},
    net::{SocketAddr, TcpStream},
    sync::{
        Arc, RwLock,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    time::Duration,
};
use uuid::Uuid;

/// What all clients share.
pub(crate) struct Stage {
    address: RwLock<SocketAddr>,
    ended: AtomicBool,
    marks: AtomicU64,
    tasks: Vec<Uuid>,
}

impl Stage {
    pub(crate) fn new(address: SocketAddr, tasks: Vec<Uuid>) -> Self {
        Self {
            address: RwLock::new(address),
            ended: AtomicBool::new(false),
            marks: AtomicU64::new(1),
            tasks,
        }
    }

    /// The server was started again and listens elsewhere.
    pub(crate) fn moved(&self, address: SocketAddr) {
        *self.address.write().expect("not poisoned") = address;
    }

    /// No new answers; those under way are sent until they have their receipts.
    pub(crate) fn finish(&self) {
        self.ended.store(true, Ordering::SeqCst);
    }

    fn address(&self) -> SocketAddr {
        *self.address.read().expect("not poisoned")
    }
}

pub(crate) struct Client {
    number: usize,
    stage: Arc<Stage>,
    ledger: Ledger,
}

impl Client {
    pub(crate) fn new(number: usize, stage: Arc<Stage>, ledger: Ledger) -> Self {
        Self { number, stage, ledger }
    }

    pub(crate) fn run(mut self) {
        let mut token = String::new();
        let mut line = None;
        let mut turn = self.number;
        while !self.stage.ended.load(Ordering::SeqCst) {
            // A new volunteer now and then: creating one races with kills too.
            if turn % 40 == self.number || token.is_empty() {
                token = self.volunteer(&mut line);
            }
            let task = self.stage.tasks[rand::random_range(0..self.stage.tasks.len())];
            let sent = Sent {
                id: new_id(),
                task,
                text: ["ja", "nein", "doch"][turn % 3].to_owned(),
                mark: self.stage.marks.fetch_add(1, Ordering::SeqCst),
            };
            self.ledger.sends(&sent);
            let status = self.give(&mut line, &token, &sent);
            assert!(status == "stored" || status == "duplicate", "{status}");
            self.ledger.received(sent.id);
            if turn.is_multiple_of(9) {
                assert_eq!(self.give(&mut line, &token, &sent), "duplicate");
            }
            turn += 1;
        }
    }

    fn volunteer(&self, line: &mut Option<TcpStream>) -> String {
        let (status, body) = self.until_it_answers(line, "/api/v1/volunteers", "", "");
        assert_eq!(status, 201, "{body}");
        let body: serde_json::Value = serde_json::from_str(&body).expect("JSON");
        body["token"].as_str().expect("a token").to_owned()
    }

    /// Sends an answer until it has its receipt; says which.
    fn give(&self, line: &mut Option<TcpStream>, token: &str, sent: &Sent) -> String {
        let Sent { id, task, text, mark } = sent;
        #[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^52")]
        let seconds = *mark as f64 / 1000.0;
        let body = format!(
            r#"{{"answers":[{{"id":"{id}","task":"{task}","value":{{"text":"{text}"}},"seconds":{seconds},"corrections":0}}]}}"#
        );
        let (status, reply) = self.until_it_answers(line, "/api/v1/answers", token, &body);
        assert_eq!(status, 200, "{reply}");
        let reply: serde_json::Value = serde_json::from_str(&reply).expect("JSON");
        assert_eq!(reply["outcomes"][0]["id"], id.to_string());
        reply["outcomes"][0]["status"].as_str().expect("a status").to_owned()
    }

    fn until_it_answers(
        &self,
        line: &mut Option<TcpStream>,
        path: &str,
        token: &str,
        body: &str,
    ) -> (u16, String) {
        loop {
            let stream = match line.take() {
                Some(stream) => Ok(stream),
                None => connect(self.stage.address()),
            };
            let reply = stream.and_then(|mut stream| {
                let reply = exchange(&mut stream, "POST", path, token, body)?;
                Ok((stream, reply))
            });
            match reply {
                Ok((stream, reply)) if reply.0 != 503 => {
                    *line = Some(stream);
                    return reply;
                }
                // Killed meanwhile, or too busy: the same again, a little later.
                _ => std::thread::sleep(Duration::from_millis(5)),
            }
        }
    }
}

/// One request on a connection of its own.
pub(crate) fn request(
    address: SocketAddr,
    method: &str,
    path: &str,
    token: &str,
    body: &str,
) -> std::io::Result<(u16, String)> {
    exchange(&mut connect(address)?, method, path, token, body)
}

fn connect(address: SocketAddr) -> std::io::Result<TcpStream> {
    let stream = TcpStream::connect(address)?;
    stream.set_nodelay(true)?;
    stream.set_read_timeout(Some(Duration::from_secs(20)))?;
    Ok(stream)
}

fn exchange(
    stream: &mut TcpStream,
    method: &str,
    path: &str,
    token: &str,
    body: &str,
) -> std::io::Result<(u16, String)> {
    let who =
        if token.is_empty() { String::new() } else { format!("authorization: Bearer {token}\r\n") };
    let request = format!(
        "{method} {path} HTTP/1.1\r\nhost: t\r\n{who}content-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    );
    stream.write_all(request.as_bytes())?;
    let broken = || std::io::Error::from(std::io::ErrorKind::UnexpectedEof);
    let mut read = Vec::new();
    let mut part = [0; 4096];
    loop {
        let end = read.windows(4).position(|w| w == b"\r\n\r\n");
        if let Some(end) = end {
            let head = std::str::from_utf8(&read[..end]).map_err(|_| broken())?;
            let status = head.get(9..12).and_then(|s| s.parse().ok()).ok_or_else(broken)?;
            let length: usize = head
                .lines()
                .find_map(|line| line.strip_prefix("content-length: "))
                .and_then(|length| length.parse().ok())
                .ok_or_else(broken)?;
            if let Some(body) = read.get(end + 4..end + 4 + length) {
                return Ok((status, String::from_utf8_lossy(body).into_owned()));
            }
        }
        let more = stream.read(&mut part)?;
        if more == 0 {
            return Err(broken());
        }
        read.extend_from_slice(&part[..more]);
    }
}

fn new_id() -> Uuid {
    let now = time::OffsetDateTime::now_utc().unix_timestamp_nanos() / 1_000_000;
    let now = u64::try_from(now).expect("after 1970");
    uuid::Builder::from_unix_timestamp_millis(now, &rand::random()).into_uuid()
}
