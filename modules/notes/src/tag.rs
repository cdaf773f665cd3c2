use base::{record, search, value::Colour};
use sea_orm::entity::prelude::*;
use serde::Serialize;

/// A tag of an organisation. Its slug is its name in plain letters: two tags may not differ in case or accents alone.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, DeriveEntityModel)]
#[sea_orm(table_name = "tag")]
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
    pub name: String,
    pub slug: String,
    pub colour: Colour,
    pub description: Option<String>,
    pub is_active: bool,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

record!("tag", unlogged: ["slug"], settle: name_slug);

fn name_slug(tag: &mut Model) {
    let slug: String = search::text([Some(tag.name.as_str())]).replace(' ', "-").chars().take(60).collect();
    // A name of signs alone (`!!`) has no plain letters; it is its own slug.
    tag.slug = if slug.is_empty() { tag.name.to_lowercase() } else { slug };
}
