//! The real program as a process of its own, and a light client for it.

use std::{
    io::{BufRead, BufReader},
    net::SocketAddr,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

/// Where the program lies: `TALKOOT_BIN`, else where `cargo dev build` leaves it.
pub(crate) fn path() -> Option<PathBuf> {
    let path = std::env::var_os("TALKOOT_BIN").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/release/talkoot"),
        PathBuf::from,
    );
    path.is_file().then_some(path)
}

/// A running `talkoot serve`.
pub(crate) struct Program {
    child: Child,
    /// Where it listens.
    pub(crate) address: SocketAddr,
}

impl Program {
    /// Starts it on a data folder and waits until it listens.
    pub(crate) fn serve(bin: &Path, data: &Path) -> Self {
        let mut child = Command::new(bin)
            .args(["serve", "--listen", "127.0.0.1:0", "--device-rate", "100000", "--data"])
            .arg(data)
            .env("RUST_LOG", "warn")
            .stdout(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let mut line = String::new();
        let stdout = child.stdout.take().expect("its output is ours");
        BufReader::new(stdout).read_line(&mut line).expect("it says where it listens");
        let address = line
            .trim()
            .strip_prefix("listening on http://")
            .and_then(|address| address.parse().ok())
            .unwrap_or_else(|| panic!("not an address: {line}"));
        Self { child, address }
    }

    /// Kills it as the system does when memory runs out: no chance to tidy up.
    pub(crate) fn kill(&mut self) {
        self.child.kill().expect("it can be killed");
        self.child.wait().expect("it ends");
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Runs a command of the program to its end and gives back what it printed.
pub(crate) fn run(bin: &Path, data: &Path, args: &[&str]) -> String {
    let output = Command::new(bin)
        .args(args)
        .arg("--data")
        .arg(data)
        .stderr(Stdio::inherit())
        .output()
        .expect("the program runs");
    assert!(output.status.success(), "talkoot {args:?} failed");
    String::from_utf8(output.stdout).expect("it prints text")
}

/// One kept connection that speaks just enough HTTP/1.1 to cost next to nothing.
pub(crate) struct Line {
    stream: TcpStream,
    read: Vec<u8>,
}

impl Line {
    /// Connects.
    pub(crate) async fn open(address: SocketAddr) -> std::io::Result<Self> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        Ok(Self { stream, read: Vec::with_capacity(4096) })
    }

    /// Sends a request and waits for its status and body. An error where the
    /// connection breaks before all of the reply is here.
    pub(crate) async fn send(
        &mut self,
        method: &str,
        path: &str,
        token: &str,
        body: &str,
    ) -> std::io::Result<(u16, Vec<u8>)> {
        let request = format!(
            "{method} {path} HTTP/1.1\r\nhost: t\r\nauthorization: Bearer {token}\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
            body.len()
        );
        self.stream.write_all(request.as_bytes()).await?;
        self.read.clear();
        let broken = || std::io::Error::from(std::io::ErrorKind::UnexpectedEof);
        loop {
            if self.stream.read_buf(&mut self.read).await? == 0 {
                return Err(broken());
            }
            let Some(end) = self.read.windows(4).position(|w| w == b"\r\n\r\n") else { continue };
            let head = std::str::from_utf8(&self.read[..end]).map_err(|_| broken())?;
            let status = head.get(9..12).and_then(|s| s.parse().ok()).ok_or_else(broken)?;
            let length: usize = head
                .lines()
                .find_map(|line| line.strip_prefix("content-length: "))
                .and_then(|length| length.parse().ok())
                .ok_or_else(broken)?;
            let start = end + 4;
            while self.read.len() < start + length {
                if self.stream.read_buf(&mut self.read).await? == 0 {
                    return Err(broken());
                }
            }
            return Ok((status, self.read[start..start + length].to_vec()));
        }
    }
}
