//! Libraries' image services whose tiles this server may fetch.

use super::{Store, sql::json};
use crate::error::{Error, Result};
use domain::{Size, Tiles};
use sqlx::{Row, SqliteConnection};

/// An image service.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct NewService {
    /// Its name under `/iiif/`.
    pub(crate) id: String,
    /// Its address, without a slash at its end.
    pub(crate) url: String,
    /// Its image's size.
    pub(crate) size: Size,
    /// How its tiles are named.
    pub(crate) tiles: Tiles,
}

impl Store {
    /// The service of that name.
    pub(crate) async fn service(&self, id: &str) -> Result<Option<NewService>> {
        let row = sqlx::query("SELECT url, tiles, width, height FROM services WHERE id = ?")
            .bind(id)
            .fetch_optional(&self.readers)
            .await?;
        let Some(row) = row else { return Ok(None) };
        Ok(Some(NewService {
            id: id.to_owned(),
            url: row.get(0),
            tiles: serde_json::from_str(row.get(1)).map_err(Error::internal)?,
            size: Size { width: row.get(2), height: row.get(3) },
        }))
    }
}

/// Adds a service, or what it says of itself by now.
pub(super) async fn add_service(conn: &mut SqliteConnection, new: &NewService) -> Result<()> {
    sqlx::query("INSERT INTO services (id, url, tiles, width, height) VALUES (?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET tiles = excluded.tiles, width = excluded.width, height = excluded.height")
        .bind(&new.id)
        .bind(&new.url)
        .bind(json(&new.tiles)?)
        .bind(new.size.width)
        .bind(new.size.height)
        .execute(conn)
        .await?;
    Ok(())
}
