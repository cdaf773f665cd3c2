use base::{Changed, Db, Member, Page, Resource, Result, Trashed};
use poem_openapi::{
    OpenApi,
    param::{Path, Query},
    payload::Json,
};
use sea_orm::ColumnTrait;
use uuid::Uuid;

use super::{link, of, suggestions, unlink};
use crate::{
    solution::{Column, Entity},
    view::{SolutionView, SuggestedSolutions},
};

/// What helps with a case.
pub struct CaseSolutionsApi {
    pub db: Db,
}

/// Solutions of a page when nothing is said.
const USUAL: u64 = 20;
/// Suggestions of one answer.
const SUGGESTED: u64 = 10;

#[OpenApi(prefix_path = "/api/cases")]
impl CaseSolutionsApi {
    /// List the solutions of a case
    ///
    /// Those that it was helped with, the newest first. The cases of a solution are in the list of cases, by `solution_id`.
    #[oai(path = "/:id/solutions/", method = "get", operation_id = "list_case_solutions")]
    async fn list(
        &self,
        member: Member,
        id: Path<Uuid>,
        /// Solutions of this page.
        #[oai(validator(minimum(value = "1"), maximum(value = "200")))]
        limit: Query<Option<u64>>,
        /// The `next` of the page before.
        #[oai(validator(max_length = 2000))]
        cursor: Query<Option<String>>,
    ) -> Result<Json<Page<SolutionView>>> {
        self.db
            .read(&member, async |tx| {
                let case = tx.get::<cases::Entity>(id.0).await?;
                let theirs = Column::Id.is_in(of(tx, case.id).await?);
                let rows = tx.pile::<Entity>(theirs, limit.0.unwrap_or(USUAL), cursor.0.as_deref()).await?;
                Ok(Json(rows.show_with(async |rows| Entity::show(tx, rows).await).await?))
            })
            .await
    }

    /// Suggest solutions for a case
    ///
    /// The approved ones that share most with its name, its tags and its description, by their rarest words, without those that
    /// it was helped with already: at most 10, the likeliest first.
    #[oai(path = "/:id/suggested-solutions/", method = "get", operation_id = "list_case_suggested_solutions")]
    async fn suggestions(&self, member: Member, id: Path<Uuid>) -> Result<Json<SuggestedSolutions>> {
        self.db
            .read(&member, async |tx| {
                let found = suggestions(tx, id.0, SUGGESTED).await?;
                Ok(Json(SuggestedSolutions { results: Entity::show(tx, found).await? }))
            })
            .await
    }

    /// Link a solution to a case
    ///
    /// It was helped with it. Whoever may change the case says so; said again, it stays as it is.
    #[oai(path = "/:id/solutions/:solution_id/", method = "put", operation_id = "link_case_solution")]
    async fn link(&self, member: Member, id: Path<Uuid>, solution_id: Path<Uuid>) -> Result<Changed<SolutionView>> {
        self.db
            .write(&member, async |tx| {
                let row = link(tx, id.0, solution_id.0).await?;
                Ok(Changed(tx.show::<Entity>(row).await?))
            })
            .await
    }

    /// Unlink a solution from a case
    ///
    /// One that is not linked stays so.
    #[oai(path = "/:id/solutions/:solution_id/", method = "delete", operation_id = "unlink_case_solution")]
    async fn unlink(&self, member: Member, id: Path<Uuid>, solution_id: Path<Uuid>) -> Result<Trashed> {
        self.db.write(&member, async |tx| unlink(tx, id.0, solution_id.0).await.map(|()| Trashed)).await
    }
}
