//! The real program as a process of its own.

use std::{
    io::{BufRead, BufReader},
    net::SocketAddr,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
};

/// The built program: `TALKOOT_BIN`, else where `cargo dev build` leaves it.
///
/// Where it is missing, says so loudly and gives `None`; in CI that is a failure.
///
/// # Panics
/// In CI, where a missing program would let every test of it pass unseen.
pub fn path() -> Option<PathBuf> {
    let path = std::env::var_os("TALKOOT_BIN").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/release/talkoot"),
        PathBuf::from,
    );
    if path.is_file() {
        return Some(path);
    }
    let said = format!("{} is not built: run `cargo dev build` first", path.display());
    assert!(std::env::var_os("CI").is_none(), "{said}");
    eprintln!("SKIPPED: {said}");
    None
}

/// A running `talkoot serve`.
pub struct Program {
    child: Child,
    /// Where it listens.
    pub address: SocketAddr,
}

impl Program {
    /// Starts it on a data folder and waits until it listens.
    ///
    /// # Panics
    /// When it does not come up.
    pub fn serve(bin: &Path, data: &Path) -> Self {
        let mut child = Command::new(bin)
            .args(["serve", "--listen", "127.0.0.1:0", "--device-rate", "100000", "--data"])
            .arg(data)
            .env("RUST_LOG", "warn")
            .stdout(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let mut line = String::new();
        let mut stdout = BufReader::new(child.stdout.take().expect("its output is ours"));
        stdout.read_line(&mut line).expect("it says where it listens");
        // Somebody must go on reading, or the pipe fills and the program waits.
        std::thread::spawn(move || stdout.lines().map_while(Result::ok).for_each(drop));
        let address = line
            .trim()
            .strip_prefix("listening on http://")
            .and_then(|address| address.parse().ok())
            .unwrap_or_else(|| panic!("not an address: {line}"));
        Self { child, address }
    }

    /// Kills it as the system does when memory runs out: no chance to tidy up.
    ///
    /// # Panics
    /// When the system refuses.
    pub fn kill(&mut self) {
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
///
/// # Panics
/// When it does not start, or fails.
pub fn run(bin: &Path, data: &Path, args: &[&str]) -> String {
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
