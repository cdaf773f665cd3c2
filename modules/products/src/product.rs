use base::{record, search, ties::Named};
use sea_orm::entity::prelude::*;
use serde::Serialize;

use crate::view::TaxClass;

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, DeriveEntityModel)]
#[sea_orm(table_name = "product")]
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
    /// Unique among the products that are not in the trash, whatever the case.
    pub sku: Option<String>,
    pub category: Option<String>,
    /// A code of UN/ECE Recommendation 20.
    pub unit: String,
    pub tax_class: TaxClass,
    pub description: Option<String>,
    pub is_active: bool,
    pub search_text: String,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

record!("product", unlogged: ["search_text"], settle: settle);

fn settle(row: &mut Model) {
    row.search_text = search::text([Some(row.name.as_str()), row.sku.as_deref(), row.category.as_deref()]);
}

impl Named for Entity {
    fn name() -> Vec<Column> {
        vec![Column::Name]
    }
}
