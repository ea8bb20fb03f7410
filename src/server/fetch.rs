//! The one function that fetches something from another server.
//!
//! Whoever can name an address must not reach what only this machine reaches:
//! the name is resolved here, private addresses are refused, and the connection
//! goes to the very address that was looked at. Redirects go through the same.

use domain::Fault;
use futures_util::StreamExt;
use reqwest::{Client, StatusCode, Url, header, redirect::Policy};
use std::{
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr},
    time::Duration,
};

/// The code of a fault that says there is nothing at an address, which its server knows for sure.
pub(crate) const NOT_THERE: &str = "not-there";

/// How to fetch.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Fetcher {
    /// Whether private addresses and plain http are allowed: for tests, and for a library that
    /// serves its own images within its own walls.
    private: bool,
    /// The one server that a test lets answer all the same.
    #[cfg(test)]
    but: Option<SocketAddr>,
}

/// Redirects that are followed.
const REDIRECTS: usize = 3;
/// How long a connection may take to be made.
const CONNECT: Duration = Duration::from_secs(5);
/// How long all of a reply may take.
const PATIENCE: Duration = Duration::from_secs(30);

impl Fetcher {
    /// One that asks public servers only, or `private` ones too.
    pub(crate) fn new(private: bool) -> Self {
        Self {
            private,
            #[cfg(test)]
            but: None,
        }
    }

    /// Whether an address may be asked.
    fn may_ask(self, to: SocketAddr) -> bool {
        #[cfg(test)]
        if self.but == Some(to) {
            return true;
        }
        self.private || is_public(to.ip())
    }

    /// Whether an address may be asked without anything being hidden on the way.
    fn may_ask_openly(self, at: &Url) -> bool {
        #[cfg(test)]
        if self.but.is_some_and(|to| at.port() == Some(to.port())) {
            return true;
        }
        self.private && at.scheme() == "http"
    }

    /// What lies at an address, of `most` bytes at the most.
    pub(crate) async fn get(&self, url: &str, most: usize) -> Result<Vec<u8>, Fault> {
        let told = |why: &str| Fault::new("not-fetched", format!("{url} was not fetched: {why}"));
        let work = async {
            let mut at = Url::parse(url).map_err(|_| told("this is no address."))?;
            for _ in 0..=REDIRECTS {
                let reply = self.ask(&at).await.map_err(|why| told(&why))?;
                if [StatusCode::NOT_FOUND, StatusCode::GONE].contains(&reply.status()) {
                    let why = format!("the server answers “{}”.", reply.status());
                    return Err(Fault { code: NOT_THERE, ..told(&why) });
                }
                if !reply.status().is_redirection() {
                    return read(reply, most).await.map_err(|why| told(&why));
                }
                let next = reply.headers().get(header::LOCATION).and_then(|to| to.to_str().ok());
                at = next
                    .and_then(|next| at.join(next).ok())
                    .ok_or_else(|| told("it leads on to no address."))?;
            }
            Err(told("it leads on and on; three times is the most."))
        };
        let late = |_| told("it took longer than 30 seconds. Try again later.");
        tokio::time::timeout(PATIENCE, work).await.map_err(late)?
    }

    /// One request, to an address that was looked at.
    async fn ask(&self, at: &Url) -> Result<reqwest::Response, String> {
        let allowed = at.scheme() == "https" || self.may_ask_openly(at);
        if !allowed {
            return Err("only addresses that begin with https:// are.".into());
        }
        if !at.username().is_empty() || at.password().is_some() {
            return Err("addresses with a password in them are not.".into());
        }
        let (Some(host), Some(port)) = (at.host_str(), at.port_or_known_default()) else {
            return Err("it names no server.".into());
        };
        let bare = host.trim_start_matches('[').trim_end_matches(']');
        let found: Vec<SocketAddr> = match bare.parse::<IpAddr>() {
            Ok(ip) => vec![SocketAddr::new(ip, port)],
            Err(_) => tokio::net::lookup_host((bare, port))
                .await
                .map_err(|_| format!("there is no server called {host}."))?
                .collect(),
        };
        let to = found.into_iter().find(|to| self.may_ask(*to));
        let to = to.ok_or_else(|| format!("{host} is no public server."))?;
        let client = Client::builder()
            .resolve(bare, to)
            .redirect(Policy::none())
            .no_proxy()
            .https_only(!self.may_ask_openly(at))
            .connect_timeout(CONNECT)
            .timeout(PATIENCE)
            .user_agent(concat!("Talkoot/", env!("CARGO_PKG_VERSION")))
            .build()
            .map_err(|error| format!("this server cannot fetch anything ({error})."))?;
        let sent = client.get(at.clone()).send().await;
        sent.map_err(|error| {
            if error.is_timeout() {
                "the server does not answer in time.".into()
            } else {
                "the server cannot be reached.".to_owned()
            }
        })
    }
}

/// A reply's body, while it is no longer than it may be.
async fn read(reply: reqwest::Response, most: usize) -> Result<Vec<u8>, String> {
    let status = reply.status();
    if status != StatusCode::OK {
        return Err(format!("the server answers “{status}”."));
    }
    let large = || format!("it is larger than {} MB.", most >> 20);
    if reply.content_length().is_some_and(|length| length > most as u64) {
        return Err(large());
    }
    let mut bytes = Vec::new();
    let mut body = reply.bytes_stream();
    while let Some(part) = body.next().await {
        let part = part.map_err(|_| "the server broke off.".to_owned())?;
        if bytes.len() + part.len() > most {
            return Err(large());
        }
        bytes.extend_from_slice(&part);
    }
    Ok(bytes)
}

/// Whether an address is one of the open internet.
fn is_public(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(ip) => is_public_4(ip),
        IpAddr::V6(ip) => is_public_6(ip),
    }
}

fn is_public_4(ip: Ipv4Addr) -> bool {
    let [a, b, c, _] = ip.octets();
    !(ip.is_private()
        || ip.is_loopback()
        || ip.is_link_local()
        || ip.is_documentation()
        || ip.is_multicast()
        || a == 0
        || a >= 240
        // Shared by providers' customers, protocol assignments, benchmarks.
        || (a == 100 && (64..128).contains(&b))
        || (a == 192 && b == 0 && c == 0)
        || (a == 192 && b == 88 && c == 99)
        || (a == 198 && (b == 18 || b == 19)))
}

fn is_public_6(ip: Ipv6Addr) -> bool {
    let [a, b, c, ..] = ip.segments();
    let octets = ip.octets();
    let inner = |from: usize| {
        let four: [u8; 4] = octets[from..from + 4].try_into().unwrap_or_default();
        Ipv4Addr::from(four)
    };
    // An IPv4 address in other clothes: translated (64:ff9b::/96) or tunnelled (2002::/16).
    if (a, b) == (0x64, 0xff9b) {
        return c == 0 && is_public_4(inner(12));
    }
    if a == 0x2002 {
        return is_public_4(inner(2));
    }
    // Of the rest only global unicast, without Teredo, documentation and the like; so mapped,
    // local and multicast addresses are none.
    (a & 0xe000) == 0x2000
        && !(a == 0x2001 && b < 0x200)
        && (a, b) != (0x2001, 0x0db8)
        && a != 0x3fff
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_is_within_a_network_is_not_public() {
        for ip in [
            "127.0.0.1",
            "10.0.0.1",
            "192.168.1.1",
            "172.16.0.1",
            "169.254.169.254",
            "0.0.0.0",
            "100.64.0.1",
            "198.18.0.1",
            "224.0.0.1",
            "255.255.255.255",
            "192.0.0.1",
            "::1",
            "::",
            "::ffff:127.0.0.1",
            "::ffff:8.8.8.8",
            "fe80::1",
            "fc00::1",
            "fd12::1",
            "ff02::1",
            "64:ff9b::7f00:1",
            "64:ff9b:1::1",
            "2002:7f00:1::",
            "2001:db8::1",
            "2001::1",
            "fec0::1",
        ] {
            assert!(!is_public(ip.parse().unwrap()), "{ip}");
        }
        for ip in ["8.8.8.8", "1.1.1.1", "2606:4700::1111", "64:ff9b::808:808", "2001:4860::8888"] {
            assert!(is_public(ip.parse().unwrap()), "{ip}");
        }
    }

    #[tokio::test]
    async fn what_is_not_to_be_fetched_says_why() {
        for (url, said) in [
            ("not an address", "no address"),
            ("http://example.org/a", "https://"),
            ("file:///etc/passwd", "https://"),
            ("ftp://example.org/a", "https://"),
            ("https://user:pass@example.org/a", "password"),
            ("https://127.0.0.1/a", "no public server"),
            ("https://127.1/a", "no public server"),
            ("https://0x7f000001/a", "no public server"),
            ("https://[::1]/a", "no public server"),
            ("https://[::ffff:10.0.0.1]/a", "no public server"),
            ("https://169.254.169.254/latest/meta-data", "no public server"),
            ("https://localhost/a", "no public server"),
        ] {
            let fault = Fetcher::default().get(url, 10).await.unwrap_err();
            assert!(fault.detail.contains(said), "{}", fault.detail);
            assert!(fault.detail.ends_with('.'), "{}", fault.detail);
        }
    }

    #[tokio::test]
    async fn a_redirect_is_looked_at_like_the_first_address() {
        use axum::{Router, response::Redirect, routing::get};
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let own = listener.local_addr().unwrap();
        let to = |url: &'static str| get(move || async move { Redirect::temporary(url) });
        let router = Router::new()
            .route("/inside", to("https://10.0.0.1/secret"))
            .route("/machine", to("https://169.254.169.254/latest/meta-data"))
            .route("/open", to("http://example.org/a"))
            .route("/file", to("file:///etc/passwd"))
            .route("/twice", to("/thrice"))
            .route("/thrice", to("/inside"))
            .route("/good", to("/there"))
            .route("/there", get(async || "here it is"))
            .route("/large", get(async || "x".repeat(2000)));
        tokio::spawn(async move { axum::serve(listener, router).await });
        let fetcher = Fetcher { but: Some(own), ..Fetcher::default() };
        for (path, said) in [
            ("inside", "10.0.0.1 is no public server"),
            ("machine", "169.254.169.254 is no public server"),
            ("open", "https://"),
            ("file", "https://"),
            ("twice", "10.0.0.1 is no public server"),
            ("large", "larger than"),
        ] {
            let fault = fetcher.get(&format!("http://{own}/{path}"), 1000).await.unwrap_err();
            assert!(fault.detail.contains(said), "{path}: {}", fault.detail);
        }
        let good = fetcher.get(&format!("http://{own}/good"), 1000).await.unwrap();
        assert_eq!(good, b"here it is");
    }

    proptest! {
        #[test]
        fn no_disguise_makes_a_private_address_public(last in any::<u32>()) {
            let ip = Ipv4Addr::from(last);
            let [w, x, y, z] = ip.octets();
            let pair = |a: u8, b: u8| u16::from_be_bytes([a, b]);
            let translated = Ipv6Addr::new(0x64, 0xff9b, 0, 0, 0, 0, pair(w, x), pair(y, z));
            let tunnelled = Ipv6Addr::new(0x2002, pair(w, x), pair(y, z), 0, 0, 0, 0, 1);
            prop_assert_eq!(is_public_6(translated), is_public_4(ip));
            prop_assert_eq!(is_public_6(tunnelled), is_public_4(ip));
            prop_assert!(!is_public_6(ip.to_ipv6_mapped()));
        }
    }
}
