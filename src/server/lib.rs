//! The REST backend: routes, store, imports, exports, and the app's files, in
//! one program.
//!
//! Only `store/` writes SQL, and only its writer writes the database: no
//! answer is acknowledged before it is on disk.

pub mod assets;
pub mod cli;
mod config;
mod demo;
mod error;
mod export;
mod fetch;
mod files;
mod guard;
mod import;
mod media;
mod pairing;
mod project;
mod registry;
mod routes;
mod serve;
mod store;
mod telemetry;

pub use config::{Config, ServeConfig};
pub use error::{Error, Result};
pub use serve::{App, Server};
pub use store::Role;
