//! What the program is told by flags and environment.

use crate::error::{Error, Result};
use domain::Fault;
use std::{net::SocketAddr, path::PathBuf};

/// Where things are, for every command.
#[derive(Clone, Debug, clap::Args)]
pub struct Config {
    /// The folder for the database and the pictures.
    #[arg(long, env = "TALKOOT_DATA", default_value = "data")]
    pub data: PathBuf,
    /// Another database than the one in the data folder, as `sqlite:PATH`.
    #[arg(long, env = "TALKOOT_DATABASE")]
    pub database: Option<String>,
    /// Let images be fetched from private addresses and without https: for a library that serves
    /// its own within its own walls. Whoever may import can then reach whatever this machine reaches.
    #[arg(long, env = "TALKOOT_ALLOW_PRIVATE_FETCH")]
    pub allow_private_fetch: bool,
}

/// How to serve.
#[derive(Clone, Debug, clap::Args)]
pub struct ServeConfig {
    /// The address to listen on; port 0 takes a free one.
    #[arg(long, env = "TALKOOT_LISTEN", default_value = "127.0.0.1:8080")]
    pub listen: SocketAddr,
    /// What browsers call this server, such as <https://talkoot.example.org>.
    #[arg(long, env = "TALKOOT_PUBLIC_URL")]
    pub public_url: Option<String>,
    /// Requests a second that one device may make in the long run.
    #[arg(long, env = "TALKOOT_DEVICE_RATE", default_value_t = 50)]
    pub device_rate: u32,
}

impl Default for ServeConfig {
    fn default() -> Self {
        Self { listen: SocketAddr::from(([127, 0, 0, 1], 0)), public_url: None, device_rate: 50 }
    }
}

impl Config {
    /// A data folder with everything in its usual place.
    pub fn in_folder(data: impl Into<PathBuf>) -> Self {
        Self { data: data.into(), database: None, allow_private_fetch: false }
    }

    /// Where the database is.
    pub fn database_path(&self) -> Result<PathBuf> {
        let Some(url) = &self.database else { return Ok(self.data.join("talkoot.sqlite")) };
        if let Some(path) = url.strip_prefix("sqlite:") {
            return Ok(PathBuf::from(path.strip_prefix("//").unwrap_or(path)));
        }
        let told = if url.starts_with("postgres") {
            "This version keeps its data in SQLite; Postgres is not built in yet. Leave --database out."
        } else {
            "The database is named as sqlite:PATH. Leave --database out to keep it in the data folder."
        };
        Err(Error::Fault(Fault::new("bad-database", told)))
    }
}

impl ServeConfig {
    /// Whether browsers come by https, so that cookies may be kept to it.
    pub fn secure(&self) -> bool {
        self.public_url.as_ref().is_some_and(|url| url.starts_with("https://"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_database_is_in_the_data_folder_unless_named() {
        let mut config = Config::in_folder("/d");
        assert_eq!(config.database_path().unwrap(), PathBuf::from("/d/talkoot.sqlite"));
        config.database = Some("sqlite:///x/y.db".into());
        assert_eq!(config.database_path().unwrap(), PathBuf::from("/x/y.db"));
        config.database = Some("postgres://x".into());
        assert!(config.database_path().unwrap_err().to_string().contains("SQLite"));
    }
}
