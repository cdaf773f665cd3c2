use base::{Tx, record, search, ties::Named, value::Industry};
use notes::Noted;
use rust_decimal::Decimal;
use sea_orm::{entity::prelude::*, sea_query::SelectStatement};
use serde::Serialize;

use crate::view::Rating;

#[derive(Clone, Debug, Default, PartialEq, Serialize, DeriveEntityModel)]
#[sea_orm(table_name = "account")]
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

    /// Unique among the live accounts of the organisation, whatever its case.
    pub name: String,
    pub email: Option<String>,
    pub phone_typed: Option<String>,
    pub phone_e164: Option<String>,
    pub website: Option<String>,
    pub linkedin_url: Option<String>,
    pub industry: Option<Industry>,
    pub rating: Option<Rating>,
    pub number_of_employees: Option<i32>,
    #[serde(serialize_with = "base::value::two_places")]
    pub annual_revenue: Option<Decimal>,
    pub currency: Option<String>,
    pub billing_address_line: Option<String>,
    pub billing_city: Option<String>,
    pub billing_state: Option<String>,
    pub billing_postcode: Option<String>,
    pub billing_country: Option<String>,
    pub parent_id: Option<Uuid>,
    /// The lead that it came from.
    pub lead_id: Option<Uuid>,
    pub description: Option<String>,
    pub is_active: bool,
    pub search_text: String,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

record!("account", unlogged: ["search_text"], settle: found_by);

fn found_by(row: &mut Model) {
    row.search_text = search::text([
        Some(row.name.as_str()),
        row.email.as_deref(),
        row.phone_typed.as_deref(),
        row.phone_e164.as_deref(),
        row.website.as_deref(),
        row.billing_city.as_deref(),
    ]);
}

impl Named for Entity {
    fn name() -> Vec<Column> {
        vec![Column::Name]
    }
}

impl Noted for Entity {
    fn title(row: &Model) -> String {
        row.name.clone()
    }

    fn named(tx: &Tx, ids: &[Uuid]) -> Option<SelectStatement> {
        Some(tx.named::<Self>(ids))
    }
}
