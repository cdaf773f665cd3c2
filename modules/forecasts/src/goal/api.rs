use base::{Body, Changed, Created, Db, IfMatch, Listing, Member, Page, Result, Shown, Trashed};
use poem_openapi::{OpenApi, param::Path, payload::Json};
use uuid::Uuid;

use super::{
    leaderboard::{self, Leaderboard},
    row::Entity,
    view::{GoalChange, GoalView, NewGoal},
};

/// What is to be sold.
pub struct GoalsApi {
    pub db: Db,
}

#[OpenApi(prefix_path = "/api/goals")]
impl GoalsApi {
    /// List goals
    ///
    /// Your own, those of your teams and those of the whole organisation, each with how far it is: by opportunities that were won in
    /// its time and that you may see.
    #[oai(path = "/", method = "get", operation_id = "list_goals")]
    async fn list(&self, member: Member, query: Listing<Entity>) -> Result<Json<Page<GoalView>>> {
        self.db.list(&member, &query).await
    }

    /// Create a goal
    ///
    /// For a member, a team or the whole organisation.
    #[oai(path = "/", method = "post", operation_id = "create_goal")]
    async fn create(&self, member: Member, new: Body<NewGoal>) -> Result<Created<GoalView>> {
        self.db.create::<Entity>(&member, |row| new.0.write(row)).await
    }

    /// Show a goal
    ///
    /// With its `ETag`.
    #[oai(path = "/:id/", method = "get", operation_id = "show_goal")]
    async fn show(&self, member: Member, id: Path<Uuid>) -> Result<Shown<GoalView>> {
        self.db.show::<Entity>(&member, id.0).await
    }

    /// Show a goal's leaderboard
    ///
    /// Who has won how much in its time, of what you may see.
    #[oai(path = "/:id/leaderboard/", method = "get", operation_id = "show_goal_leaderboard")]
    async fn leaderboard(&self, member: Member, id: Path<Uuid>) -> Result<Json<Leaderboard>> {
        self.db.read(&member, async |tx| leaderboard::of(tx, id.0).await.map(Json)).await
    }

    /// Change a goal
    ///
    /// A merge patch (RFC 7396): absent leaves, `null` clears.
    #[oai(path = "/:id/", method = "patch", operation_id = "change_goal")]
    async fn change(
        &self,
        member: Member,
        id: Path<Uuid>,
        seen: IfMatch,
        change: Body<GoalChange>,
    ) -> Result<Changed<GoalView>> {
        self.db.change::<Entity>(&member, id.0, &seen, |row| change.0.write(row)).await
    }

    /// Replace a goal
    ///
    /// What the body leaves out is cleared.
    #[oai(path = "/:id/", method = "put", operation_id = "replace_goal")]
    async fn replace(
        &self,
        member: Member,
        id: Path<Uuid>,
        seen: IfMatch,
        new: Body<NewGoal>,
    ) -> Result<Changed<GoalView>> {
        self.db.change::<Entity>(&member, id.0, &seen, |row| new.0.write(row)).await
    }

    /// Trash a goal
    ///
    /// It can be restored.
    #[oai(path = "/:id/", method = "delete", operation_id = "delete_goal")]
    async fn delete(&self, member: Member, id: Path<Uuid>, seen: IfMatch) -> Result<Trashed> {
        self.db.delete::<Entity>(&member, id.0, &seen).await
    }

    /// Restore a goal
    ///
    /// Out of the trash, as it was.
    #[oai(path = "/:id/restore/", method = "post", operation_id = "restore_goal")]
    async fn restore(&self, member: Member, id: Path<Uuid>) -> Result<Changed<GoalView>> {
        self.db.restore::<Entity>(&member, id.0).await
    }
}
