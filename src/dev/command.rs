//! Running other programs, and saying what went wrong.

use crate::place::Place;
use std::ffi::OsStr;
use std::fmt;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// What stopped a command, in a sentence for the person who ran it.
#[derive(Debug)]
pub(crate) struct Trouble(String);

impl Trouble {
    pub(crate) fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// For files: what was being done, to which path.
    pub(crate) fn file(doing: &str, path: &Path) -> impl FnOnce(std::io::Error) -> Self {
        let text = format!("Could not {doing} {}", path.display());
        move |error| Self(format!("{text}: {error}."))
    }
}

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// One run of another program, in the project's root, with the tools folder
/// first on PATH.
pub(crate) struct Run {
    name: String,
    command: Command,
}

impl Run {
    pub(crate) fn new(place: &Place, program: impl AsRef<OsStr>) -> Self {
        let name = Path::new(program.as_ref())
            .file_name()
            .unwrap_or(program.as_ref())
            .to_string_lossy()
            .into_owned();
        let mut command = Command::new(program);
        command.current_dir(&place.root);
        let path = std::env::var_os("PATH").unwrap_or_default();
        let mut folders = vec![place.tools.join("bin")];
        folders.extend(std::env::split_paths(&path));
        if let Ok(joined) = std::env::join_paths(folders) {
            command.env("PATH", joined);
        }
        // What `cargo run` tells this program about itself is nobody else's
        // business; left in place, it makes build scripts run again.
        for (key, _) in std::env::vars_os() {
            let key_text = key.to_string_lossy();
            if key_text.starts_with("CARGO_PKG_")
                || key_text.starts_with("CARGO_MANIFEST_")
                || key_text == "LD_LIBRARY_PATH"
            {
                command.env_remove(&key);
            }
        }
        Self { name, command }
    }

    pub(crate) fn args<S: AsRef<OsStr>>(mut self, args: impl IntoIterator<Item = S>) -> Self {
        self.command.args(args);
        self
    }

    pub(crate) fn env(mut self, key: &str, value: impl AsRef<OsStr>) -> Self {
        self.command.env(key, value);
        self
    }

    pub(crate) fn folder(mut self, folder: &Path) -> Self {
        self.command.current_dir(folder);
        self
    }

    /// Runs it in the foreground; trouble where it fails.
    pub(crate) fn done(mut self) -> Result<(), Trouble> {
        let status = self.command.status().map_err(|error| self.missing(&error))?;
        if status.success() {
            return Ok(());
        }
        let how = status.code().map_or("was stopped".into(), |code| format!("ended with {code}"));
        Err(Trouble::new(format!("{} {how}; what it said is above.", self.name)))
    }

    /// Runs it silently; its output where it succeeds.
    pub(crate) fn text(mut self) -> Result<String, Trouble> {
        let output =
            self.command.stdin(Stdio::null()).output().map_err(|error| self.missing(&error))?;
        if output.status.success() {
            return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
        }
        let said = String::from_utf8_lossy(&output.stderr);
        Err(Trouble::new(format!("{} failed: {}", self.name, said.trim())))
    }

    /// Becomes that program: signals then go straight to it.
    pub(crate) fn become_it(mut self) -> Trouble {
        use std::os::unix::process::CommandExt;
        let error = self.command.exec();
        self.missing(&error)
    }

    fn missing(&self, error: &std::io::Error) -> Trouble {
        Trouble::new(format!("Could not start {}: {error}.", self.name))
    }
}

/// Numbered steps with the time each took: `[2/7] building the app …`.
pub(crate) struct Steps {
    total: usize,
    at: usize,
    troubles: Vec<String>,
    started: Instant,
    times: Vec<(String, Duration, bool)>,
}

impl Steps {
    pub(crate) fn new(total: usize) -> Self {
        Self { total, at: 0, troubles: vec![], started: Instant::now(), times: vec![] }
    }

    /// Does one step; trouble ends the whole.
    pub(crate) fn step<T>(
        &mut self,
        what: &str,
        work: impl FnOnce() -> Result<T, Trouble>,
    ) -> Result<T, Trouble> {
        self.at += 1;
        println!("[{}/{}] {what} …", self.at, self.total);
        let started = Instant::now();
        let result = work();
        let took = started.elapsed();
        println!("[{}/{}] {} ({})", self.at, self.total, ended(result.is_ok()), seconds(took));
        self.times.push((what.to_owned(), took, result.is_ok()));
        result
    }

    /// Does one step and goes on whatever came of it.
    pub(crate) fn attempt(&mut self, what: &str, work: impl FnOnce() -> Result<(), Trouble>) {
        if let Err(trouble) = self.step(what, work) {
            eprintln!("{trouble}");
            self.troubles.push(format!("{what}: {trouble}"));
        }
    }

    /// The steps with their times, and trouble where there was any.
    pub(crate) fn sum_up(self) -> Result<(), Trouble> {
        println!();
        for (what, took, fine) in &self.times {
            println!(
                "  {:>9}  {}  {what}",
                seconds(*took),
                if *fine { "ok    " } else { "FAILED" }
            );
        }
        println!("  {:>9}  in all", seconds(self.started.elapsed()));
        if self.troubles.is_empty() {
            return Ok(());
        }
        Err(Trouble::new(self.troubles.join("\n")))
    }
}

fn ended(fine: bool) -> &'static str {
    if fine { "done" } else { "FAILED" }
}

/// A duration for people: `4.2 s`, `3 min 07 s`.
pub(crate) fn seconds(took: Duration) -> String {
    let all = took.as_secs();
    if all < 60 {
        format!("{:.1} s", took.as_secs_f64())
    } else {
        format!("{} min {:02} s", all / 60, all % 60)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_read_well() {
        assert_eq!(seconds(Duration::from_millis(4_230)), "4.2 s");
        assert_eq!(seconds(Duration::from_secs(187)), "3 min 07 s");
    }

    #[test]
    fn a_failed_step_is_trouble_in_the_end_and_the_rest_still_runs() {
        let mut steps = Steps::new(2);
        let mut ran = false;
        steps.attempt("one", || Err(Trouble::new("broken")));
        steps.attempt("two", || {
            ran = true;
            Ok(())
        });
        assert!(ran);
        assert!(steps.sum_up().unwrap_err().to_string().contains("one: broken"));
    }
}
