use base::{Body, Changed, Created, Db, IfMatch, Listing, Member, Page, Resource, Result, Shown, Trashed, Tx};
use poem_openapi::{
    OpenApi,
    param::{Path, Query},
    payload::Json,
};
use uuid::Uuid;

use crate::{
    solution::{Entity, Model},
    stage,
    suggest::suggest,
    view::{NewSolution, SolutionChange, SolutionView, SuggestedSolutions},
};

/// What is known.
pub struct SolutionsApi {
    pub db: Db,
}

/// Suggestions of one answer.
const SUGGESTED: u64 = 5;

#[OpenApi(prefix_path = "/api/solutions")]
impl SolutionsApi {
    /// List solutions
    ///
    /// Everybody in the organisation sees all of them. `search` finds by the beginnings of words in title and content.
    #[oai(path = "/", method = "get", operation_id = "list_solutions")]
    async fn list(&self, member: Member, query: Listing<Entity>) -> Result<Json<Page<SolutionView>>> {
        self.db.list(&member, &query).await
    }

    /// Suggest solutions
    ///
    /// The approved ones that share most with what somebody wrote, by its rarest words; the newest ones without any.
    #[oai(path = "/suggestions/", method = "get", operation_id = "suggest_solutions")]
    async fn suggestions(
        &self,
        member: Member,
        /// A question, say.
        #[oai(validator(max_length = 2000, pattern = "^[^\\u0000]*$"))]
        text: Query<Option<String>>,
    ) -> Result<Json<SuggestedSolutions>> {
        self.db
            .read(&member, async |tx| {
                let found = suggest(tx, &text.0.unwrap_or_default(), SUGGESTED).await?;
                Ok(Json(SuggestedSolutions { results: Entity::show(tx, found).await? }))
            })
            .await
    }

    /// Create a solution
    ///
    /// A draft.
    #[oai(path = "/", method = "post", operation_id = "create_solution")]
    async fn create(&self, member: Member, new: Body<NewSolution>) -> Result<Created<SolutionView>> {
        self.db.create::<Entity>(&member, |row| new.0.write(row)).await
    }

    /// Show a solution
    ///
    /// With its `ETag`.
    #[oai(path = "/:id/", method = "get", operation_id = "show_solution")]
    async fn show(&self, member: Member, id: Path<Uuid>) -> Result<Shown<SolutionView>> {
        self.db.show::<Entity>(&member, id.0).await
    }

    /// Change a solution
    ///
    /// What is absent stays. Another title or content makes it a draft again, which is not published, unless you may approve.
    #[oai(path = "/:id/", method = "patch", operation_id = "change_solution")]
    async fn change(
        &self,
        member: Member,
        id: Path<Uuid>,
        seen: IfMatch,
        change: Body<SolutionChange>,
    ) -> Result<Changed<SolutionView>> {
        self.db.change::<Entity>(&member, id.0, &seen, |row| change.0.write(row)).await
    }

    /// Replace a solution
    ///
    /// What the body leaves out is cleared, but for its slug.
    #[oai(path = "/:id/", method = "put", operation_id = "replace_solution")]
    async fn replace(
        &self,
        member: Member,
        id: Path<Uuid>,
        seen: IfMatch,
        new: Body<NewSolution>,
    ) -> Result<Changed<SolutionView>> {
        self.db.change::<Entity>(&member, id.0, &seen, |row| new.0.write(row)).await
    }

    /// Review a solution
    ///
    /// A draft: somebody has read it. With the grant `solution.review`.
    #[oai(path = "/:id/review/", method = "post", operation_id = "review_solution")]
    async fn review(&self, member: Member, id: Path<Uuid>) -> Result<Changed<SolutionView>> {
        self.step(&member, async |tx| stage::review(tx, id.0).await).await
    }

    /// Approve a solution
    ///
    /// It is right, and may be published. With the grant `solution.approve`, with or without a review before.
    #[oai(path = "/:id/approval/", method = "post", operation_id = "approve_solution")]
    async fn approve(&self, member: Member, id: Path<Uuid>) -> Result<Changed<SolutionView>> {
        self.step(&member, async |tx| stage::approve(tx, id.0).await).await
    }

    /// Take back an approval
    ///
    /// It is a draft again, and not published any more.
    #[oai(path = "/:id/approval/", method = "delete", operation_id = "withdraw_solution")]
    async fn withdraw(&self, member: Member, id: Path<Uuid>) -> Result<Changed<SolutionView>> {
        self.step(&member, async |tx| stage::withdraw(tx, id.0).await).await
    }

    /// Publish a solution
    ///
    /// For everybody to read, where the organisation has a help centre; 409 `not_approved` before it is approved. With the grant
    /// `solution.approve`.
    #[oai(path = "/:id/publication/", method = "post", operation_id = "publish_solution")]
    async fn publish(&self, member: Member, id: Path<Uuid>) -> Result<Changed<SolutionView>> {
        self.step(&member, async |tx| stage::publish(tx, id.0).await).await
    }

    /// Unpublish a solution
    ///
    /// It stays approved.
    #[oai(path = "/:id/publication/", method = "delete", operation_id = "unpublish_solution")]
    async fn unpublish(&self, member: Member, id: Path<Uuid>) -> Result<Changed<SolutionView>> {
        self.step(&member, async |tx| stage::unpublish(tx, id.0).await).await
    }

    /// Trash a solution
    ///
    /// It can be restored.
    #[oai(path = "/:id/", method = "delete", operation_id = "delete_solution")]
    async fn delete(&self, member: Member, id: Path<Uuid>, seen: IfMatch) -> Result<Trashed> {
        self.db.delete::<Entity>(&member, id.0, &seen).await
    }

    /// Restore a solution
    ///
    /// Out of the trash.
    #[oai(path = "/:id/restore/", method = "post", operation_id = "restore_solution")]
    async fn restore(&self, member: Member, id: Path<Uuid>) -> Result<Changed<SolutionView>> {
        self.db.restore::<Entity>(&member, id.0).await
    }
}

impl SolutionsApi {
    async fn step(
        &self,
        member: &Member,
        step: impl AsyncFnOnce(&Tx) -> Result<Model>,
    ) -> Result<Changed<SolutionView>> {
        self.db
            .write(member, async |tx| {
                let row = step(tx).await?;
                Ok(Changed(tx.show::<Entity>(row).await?))
            })
            .await
    }
}
