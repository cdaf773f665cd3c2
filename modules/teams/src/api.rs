use base::{Body, Changed, Created, Db, IfMatch, Listing, Member, Page, Result, Shown, Trashed, Verb};
use poem_openapi::{OpenApi, Tags, param::Path, payload::Json};
use uuid::Uuid;

use crate::{
    roster,
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
    async fn list(&self, member: Member, listing: Listing<Entity>) -> Result<Json<Page<TeamView>>> {
        self.db
            .read(&member, async |tx| {
                let mut page = tx.page(&listing).await?;
                let views = TeamView::show_all(tx, std::mem::take(&mut page.rows)).await?;
                Ok(Json(page.show(|_| views)))
            })
            .await
    }

    /// Create a team
    ///
    /// A name that another team has, in whatever case, is a 409 `duplicate`.
    #[oai(path = "/", method = "post", operation_id = "create_team")]
    async fn create(&self, member: Member, new: Body<NewTeam>) -> Result<Created<TeamView>> {
        self.db
            .write(&member, async |tx| {
                let team = roster::create(tx, new.0.clone()).await?;
                Ok(Created::at("/api/teams/", TeamView::show(tx, team).await?))
            })
            .await
    }

    /// Show a team
    ///
    /// With the people in it.
    #[oai(path = "/:id/", method = "get", operation_id = "show_team")]
    async fn show(&self, member: Member, id: Path<Uuid>) -> Result<Shown<TeamView>> {
        self.db
            .read(&member, async |tx| {
                let team = tx.get::<Entity>(id.0).await?;
                Ok(Shown(TeamView::show(tx, team).await?))
            })
            .await
    }

    /// Change a team
    ///
    /// What is absent stays; `members` is the whole list.
    #[oai(path = "/:id/", method = "patch", operation_id = "change_team")]
    async fn change(
        &self,
        member: Member,
        id: Path<Uuid>,
        expected: IfMatch,
        change: Body<TeamChange>,
    ) -> Result<Changed<TeamView>> {
        self.db
            .write(&member, async |tx| {
                let before = tx.open::<Entity>(id.0, Verb::CHANGE, &expected).await?;
                let members = change.0.members.as_option().cloned();
                let mut after = before.clone();
                change.0.clone().write(&mut after);
                let team = roster::update(tx, &before, after, members.as_deref()).await?;
                Ok(Changed(TeamView::show(tx, team).await?))
            })
            .await
    }

    /// Replace a team
    ///
    /// What is absent is cleared.
    #[oai(path = "/:id/", method = "put", operation_id = "replace_team")]
    async fn replace(
        &self,
        member: Member,
        id: Path<Uuid>,
        expected: IfMatch,
        new: Body<NewTeam>,
    ) -> Result<Changed<TeamView>> {
        self.db
            .write(&member, async |tx| {
                let before = tx.open::<Entity>(id.0, Verb::CHANGE, &expected).await?;
                let mut after = before.clone();
                new.0.clone().write(&mut after);
                let team = roster::update(tx, &before, after, Some(&new.0.members)).await?;
                Ok(Changed(TeamView::show(tx, team).await?))
            })
            .await
    }

    /// Delete a team
    ///
    /// It goes to the trash. What it is assigned to stays assigned, and comes back with it.
    #[oai(path = "/:id/", method = "delete", operation_id = "delete_team")]
    async fn delete(&self, member: Member, id: Path<Uuid>, expected: IfMatch) -> Result<Trashed> {
        self.db
            .write(&member, async |tx| {
                let team = tx.open::<Entity>(id.0, Verb::DELETE, &expected).await?;
                tx.trash::<Entity>(&team).await?;
                Ok(Trashed)
            })
            .await
    }

    /// Restore a team
    ///
    /// Out of the trash; 409 `duplicate` when another team took its name meanwhile.
    #[oai(path = "/:id/restore/", method = "post", operation_id = "restore_team")]
    async fn restore(&self, member: Member, id: Path<Uuid>) -> Result<Changed<TeamView>> {
        self.db
            .write(&member, async |tx| {
                let team = tx.open_trashed::<Entity>(id.0, Verb::DELETE).await?;
                let team = tx.restore::<Entity>(&team).await?;
                Ok(Changed(TeamView::show(tx, team).await?))
            })
            .await
    }
}
