//! Volunteers and team members. Of tokens only a hash is kept; they are 256
//! random bits, so a fast hash does.

use super::{
    Store, millis, new_id,
    sql::{LONGEST, list, safe},
    time_of,
};
use crate::error::{Error, Result};
use domain::{Fault, OffsetDateTime, VolunteerId};
use futures_util::FutureExt;
use sqlx::Row;
use uuid::Uuid;

/// What a team member may do in a project; a later one may do all that an earlier one may.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, clap::ValueEnum)]
pub enum Role {
    /// Reads results and answers.
    Reviewer,
    /// Also imports, and changes settings.
    Editor,
    /// All of it.
    Owner,
}

impl Role {
    fn name(self) -> &'static str {
        match self {
            Self::Reviewer => "reviewer",
            Self::Editor => "editor",
            Self::Owner => "owner",
        }
    }

    fn of(name: &str) -> Option<Self> {
        [Self::Reviewer, Self::Editor, Self::Owner].into_iter().find(|role| role.name() == name)
    }
}

/// Somebody who runs projects.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Member {
    /// Their name for machines.
    pub(crate) id: Uuid,
    /// Their role in every project, if they have one.
    pub(crate) everywhere: Option<Role>,
    /// Their roles in single projects.
    pub(crate) roles: Vec<(Uuid, Role)>,
}

impl Member {
    /// Their role in a project.
    pub(crate) fn role_in(&self, project: Uuid) -> Option<Role> {
        let here = self.roles.iter().find(|(id, _)| *id == project).map(|(_, role)| *role);
        here.max(self.everywhere)
    }
}

/// 256 random bits as text.
fn new_token(prefix: &str) -> String {
    use std::fmt::Write;
    let bits: [u8; 32] = rand::random();
    bits.iter().fold(prefix.to_owned(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

fn hash(token: &str) -> Vec<u8> {
    blake3::hash(token.as_bytes()).as_bytes().to_vec()
}

impl Store {
    /// A new anonymous volunteer, and the token that proves them.
    pub(crate) async fn add_volunteer(&self, now: OffsetDateTime) -> Result<(VolunteerId, String)> {
        let (id, token) = (new_id(now), new_token("tv_"));
        let hash = hash(&token);
        self.writer
            .call(
                move |conn| {
                    async move {
                        sqlx::query(
                            "INSERT INTO volunteers (id, token_hash, created_at) VALUES (?, ?, ?)",
                        )
                        .bind(id)
                        .bind(hash)
                        .bind(millis(now))
                        .execute(conn)
                        .await?;
                        Ok(())
                    }
                    .boxed()
                },
                |()| {},
            )
            .await?;
        Ok((VolunteerId(id), token))
    }

    /// Whose token that is.
    pub(crate) async fn volunteer_of(&self, token: &str) -> Result<Option<VolunteerId>> {
        let id = sqlx::query_scalar("SELECT id FROM volunteers WHERE token_hash = ?")
            .bind(hash(token))
            .fetch_optional(&self.readers)
            .await?;
        Ok(id.map(VolunteerId))
    }

    /// When a volunteer first came.
    pub(crate) async fn volunteer_since(&self, volunteer: VolunteerId) -> Result<OffsetDateTime> {
        let at: Option<i64> = sqlx::query_scalar("SELECT created_at FROM volunteers WHERE id = ?")
            .bind(volunteer.0)
            .fetch_optional(&self.readers)
            .await?;
        at.map(time_of).ok_or(Error::NotSignedIn)
    }

    /// Forgets a volunteer. What they answered stays, as somebody's.
    pub(crate) async fn erase_volunteer(&self, volunteer: VolunteerId) -> Result<()> {
        let projects: Vec<Uuid> = self.registry.all().iter().map(|live| live.id.0).collect();
        self.writer
            .call(
                move |conn| {
                    async move {
                        for project in projects {
                            super::leases::give_up(conn, project, volunteer.0).await?;
                            sqlx::query(
                                "UPDATE answers SET volunteer = NULL WHERE project = ? AND volunteer = ?",
                            )
                            .bind(project)
                            .bind(volunteer.0)
                            .execute(&mut *conn)
                            .await?;
                        }
                        sqlx::query("DELETE FROM volunteers WHERE id = ?")
                            .bind(volunteer.0)
                            .execute(conn)
                            .await?;
                        Ok(())
                    }
                    .boxed()
                },
                |()| {},
            )
            .await
    }

    /// A new team member with a role in all projects (those to come included) or in
    /// the given ones, and the token that proves them.
    pub(crate) async fn add_member(
        &self,
        name: &str,
        email: &str,
        role: Role,
        projects: &[Uuid],
        now: OffsetDateTime,
    ) -> Result<String> {
        let token = new_token("tt_");
        let (id, hash) = (new_id(now), hash(&token));
        let (name, email, projects) = (name.to_owned(), email.to_owned(), projects.to_vec());
        self.writer
            .call(
                move |conn| {
                    async move {
                        sqlx::query("INSERT INTO members (id, name, email, role, token_hash, created_at) VALUES (?, ?, ?, ?, ?, ?)")
                            .bind(id)
                            .bind(name)
                            .bind(email)
                            .bind(projects.is_empty().then(|| role.name()))
                            .bind(hash)
                            .bind(millis(now))
                            .execute(&mut *conn)
                            .await
                            .map_err(known_already)?;
                        for project in projects {
                            super::projects::join(conn, project, id, role.name()).await?;
                        }
                        Ok(())
                    }
                    .boxed()
                },
                |()| {},
            )
            .await?;
        Ok(token)
    }

    /// Whose token that is, and what they may do.
    pub(crate) async fn member_of(&self, token: &str) -> Result<Option<Member>> {
        let found = sqlx::query("SELECT id, role FROM members WHERE token_hash = ?")
            .bind(hash(token))
            .fetch_optional(&self.readers)
            .await?;
        let Some(row) = found else { return Ok(None) };
        let id: Uuid = row.get(0);
        let everywhere = row.get::<Option<&str>, _>(1).and_then(Role::of);
        let projects: Vec<Uuid> = self.registry.all().iter().map(|live| live.id.0).collect();
        let mut roles = Vec::new();
        for part in projects.chunks(LONGEST) {
            let (marks, ids) = list(part);
            let sql = format!(
                "SELECT project, role FROM memberships WHERE project IN ({marks}) AND member = ?"
            );
            let mut query = sqlx::query(safe(sql));
            for project in ids {
                query = query.bind(project);
            }
            for row in query.bind(id).fetch_all(&self.readers).await? {
                if let Some(role) = Role::of(row.get(1)) {
                    roles.push((row.get(0), role));
                }
            }
        }
        Ok(Some(Member { id, everywhere, roles }))
    }
}

fn known_already(error: sqlx::Error) -> Error {
    match &error {
        sqlx::Error::Database(e) if e.is_unique_violation() => Error::Conflict(
            Fault::new("email-taken", "There is a team member with this e-mail address already.")
                .at("/email"),
        ),
        _ => error.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_are_256_bits_and_differ() {
        let (one, other) = (new_token("tv_"), new_token("tv_"));
        assert_eq!(one.len(), 3 + 64);
        assert_ne!(one, other);
        assert_ne!(hash(&one), hash(&other));
    }

    #[test]
    fn the_greater_role_counts() {
        let project = Uuid::from_u128(1);
        let member = Member {
            id: Uuid::from_u128(2),
            everywhere: Some(Role::Reviewer),
            roles: vec![(project, Role::Owner)],
        };
        assert_eq!(member.role_in(project), Some(Role::Owner));
        assert_eq!(member.role_in(Uuid::from_u128(3)), Some(Role::Reviewer));
        assert_eq!(Member { everywhere: None, ..member }.role_in(Uuid::from_u128(3)), None);
    }
}
