use base::{Body, Changed, Db, IfMatch, Member, Result};
use poem_openapi::{Object, OpenApi, param::Path, types::Example};
use uuid::Uuid;

use super::{merge::merge, unmerge::unmerge};
use crate::{case::Entity, view::CaseView};

/// Cases that are one.
pub struct CaseMergesApi {
    pub db: Db,
}

/// Which cases are to be merged.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields, example)]
pub struct NewCaseMerge {
    /// Those that go into this one.
    #[oai(validator(min_items = 1, max_items = 20))]
    pub others: Vec<Uuid>,
}

impl Example for NewCaseMerge {
    fn example() -> Self {
        Self { others: vec![Uuid::from_u128(0x0190_f3c2_0000_7000_8000_0000_0000_0001)] }
    }
}

#[OpenApi(prefix_path = "/api/cases")]
impl CaseMergesApi {
    /// Merge others into a case
    ///
    /// All of them or none. Their comments, files and time entries move to it, and their contacts and watchers come along; they are closed as
    /// duplicates that say where they went. Their tasks, tags and assignees stay with them, and so do the cases beneath them.
    /// What was promised for this case is counted as before. 409 `already_merged` when one of them is merged already,
    /// `wip_limit_reached` when the stage for duplicates is full.
    #[oai(path = "/:id/merge/", method = "post", operation_id = "merge_cases")]
    async fn create(
        &self,
        member: Member,
        id: Path<Uuid>,
        seen: IfMatch,
        merging: Body<NewCaseMerge>,
    ) -> Result<Changed<CaseView>> {
        self.db
            .write(&member, async |tx| {
                let row = Box::pin(merge(tx, id.0, &seen, merging.0.others)).await?;
                Ok(Changed(tx.show::<Entity>(row).await?))
            })
            .await
    }

    /// Unmerge a case
    ///
    /// It is what it was before, with its status and stage, its clock, its comments, files and time entries; and what came along
    /// with it alone leaves the
    /// other one. What was said on the other one since stays there. 409 `not_merged`; 409 `target_merged` when the other one was
    /// merged in its turn.
    #[oai(path = "/:id/separation/", method = "post", operation_id = "unmerge_case")]
    async fn delete(&self, member: Member, id: Path<Uuid>, seen: IfMatch) -> Result<Changed<CaseView>> {
        self.db
            .write(&member, async |tx| {
                let row = Box::pin(unmerge(tx, id.0, &seen)).await?;
                Ok(Changed(tx.show::<Entity>(row).await?))
            })
            .await
    }
}
