//! A client that costs next to nothing, so that what is measured is the server.

use std::net::SocketAddr;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

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
