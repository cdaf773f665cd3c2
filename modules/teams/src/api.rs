use base::{Body, Changed, Created, Db, IfMatch, Listing, Member, Page, Result, Shown, Trashed};
use poem_openapi::{OpenApi, Tags, param::Path, payload::Json};
use uuid::Uuid;

use crate::{
    team::Entity,
    view::{NewTeam, TeamChange, TeamView},
};

pub struct Api {
    db: Db,
}

#[derive(Tags)]
enum Tag {
    /// People who see each other's work.
    Teams,
}

impl Api {
    #[must_use]
    pub fn new(db: Db) -> Self {
        Self { db }
    }
}

#[OpenApi(prefix_path = "/api/teams", tag = "Tag::Teams")]
impl Api {
    /// List the teams
    ///
    /// Every member sees every team of the organisation.
    #[oai(path = "/", method = "get", operation_id = "list_teams")]
    async fn list(&self, member: Member, query: Listing<Entity>) -> Result<Json<Page<TeamView>>> {
        self.db.list(&member, &query).await
    }

    /// Create a team
    ///
    /// A name that another team has, in whatever case, is a 409 `duplicate`.
    #[oai(path = "/", method = "post", operation_id = "create_team")]
    async fn create(&self, member: Member, new: Body<NewTeam>) -> Result<Created<TeamView>> {
        self.db.create::<Entity>(&member, |row| new.0.write(row)).await
    }

    /// Show a team
    ///
    /// With the people in it.
    #[oai(path = "/:id/", method = "get", operation_id = "show_team")]
    async fn show(&self, member: Member, id: Path<Uuid>) -> Result<Shown<TeamView>> {
        self.db.show::<Entity>(&member, id.0).await
    }

    /// Change a team
    ///
    /// What is absent stays; `members` is the whole list.
    #[oai(path = "/:id/", method = "patch", operation_id = "change_team")]
    async fn change(
        &self,
        member: Member,
        id: Path<Uuid>,
        seen: IfMatch,
        change: Body<TeamChange>,
    ) -> Result<Changed<TeamView>> {
        self.db.change::<Entity>(&member, id.0, &seen, |row| change.0.write(row)).await
    }

    /// Replace a team
    ///
    /// What is absent is cleared.
    #[oai(path = "/:id/", method = "put", operation_id = "replace_team")]
    async fn replace(
        &self,
        member: Member,
        id: Path<Uuid>,
        seen: IfMatch,
        new: Body<NewTeam>,
    ) -> Result<Changed<TeamView>> {
        self.db.change::<Entity>(&member, id.0, &seen, |row| new.0.write(row)).await
    }

    /// Delete a team
    ///
    /// It goes to the trash. What it is assigned to stays assigned, and comes back with it.
    #[oai(path = "/:id/", method = "delete", operation_id = "delete_team")]
    async fn delete(&self, member: Member, id: Path<Uuid>, seen: IfMatch) -> Result<Trashed> {
        self.db.delete::<Entity>(&member, id.0, &seen).await
    }

    /// Restore a team
    ///
    /// Out of the trash; 409 `duplicate` when another team took its name meanwhile.
    #[oai(path = "/:id/restore/", method = "post", operation_id = "restore_team")]
    async fn restore(&self, member: Member, id: Path<Uuid>) -> Result<Changed<TeamView>> {
        self.db.restore::<Entity>(&member, id.0).await
    }
}
