use base::{record, search};
use notes::Noted;
use sea_orm::entity::prelude::*;
use serde::Serialize;

use crate::view::SolutionStatus;

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, DeriveEntityModel)]
#[sea_orm(table_name = "solution")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub org_id: Uuid,
    pub created_at: DateTimeUtc,
    pub created_by: Option<Uuid>,
    pub updated_at: DateTimeUtc,
    pub updated_by: Option<Uuid>,
    pub version: i64,
    pub deleted_at: Option<DateTimeUtc>,

    pub title: String,
    /// Unique among the solutions that are not in the trash: a published one is known by it.
    pub slug: String,
    /// Markdown; nothing here makes HTML of it.
    pub content: String,
    pub status: SolutionStatus,
    pub approved_at: Option<DateTimeUtc>,
    pub approved_by: Option<Uuid>,
    /// Only what is approved is.
    pub is_published: bool,
    pub published_at: Option<DateTimeUtc>,
    pub search_text: String,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

record!("solution", unlogged: ["search_text"], settle: settle);

/// Characters of the content that a search looks at.
const SEARCHED: usize = 20_000;

fn settle(row: &mut Model) {
    let beginning: String = row.content.chars().take(SEARCHED).collect();
    row.search_text = search::text([Some(row.title.as_str()), Some(beginning.as_str())]);
}

impl Noted for Entity {
    fn title(row: &Model) -> String {
        row.title.clone()
    }
}
