use base::{Tx, record, search, ties::Named};
use notes::Noted;
use sea_orm::{entity::prelude::*, sea_query::SelectStatement};
use serde::Serialize;

use crate::view::Salutation;

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, DeriveEntityModel)]
#[sea_orm(table_name = "contact")]
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

    pub salutation: Option<Salutation>,
    pub first_name: String,
    pub last_name: String,
    /// Unique among the live contacts of the organisation, whatever its case.
    pub email: Option<String>,
    pub phone_typed: Option<String>,
    pub phone_e164: Option<String>,
    /// Where they work, as they say it; an account's name may be another.
    pub organization: Option<String>,
    pub title: Option<String>,
    pub department: Option<String>,
    pub do_not_call: bool,
    pub website: Option<String>,
    pub linkedin_url: Option<String>,
    /// The account that they belong to; those that they are linked to beside it are in `account_contact`.
    pub account_id: Option<Uuid>,
    /// The lead that they came from.
    pub lead_id: Option<Uuid>,
    pub address_line: Option<String>,
    pub city: Option<String>,
    pub state: Option<String>,
    pub postcode: Option<String>,
    pub country: Option<String>,
    pub description: Option<String>,
    pub is_active: bool,
    pub search_text: String,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

record!("contact", unlogged: ["search_text"], settle: found_by);

fn found_by(row: &mut Model) {
    row.search_text = search::text([
        Some(row.first_name.as_str()),
        Some(row.last_name.as_str()),
        row.email.as_deref(),
        row.phone_typed.as_deref(),
        row.phone_e164.as_deref(),
        row.organization.as_deref(),
        row.city.as_deref(),
    ]);
}

impl Model {
    /// What others call them: first name, last name.
    #[must_use]
    pub fn name(&self) -> String {
        format!("{} {}", self.first_name, self.last_name).trim().to_owned()
    }
}

impl Named for Entity {
    fn name() -> Vec<Column> {
        vec![Column::FirstName, Column::LastName]
    }
}

impl Noted for Entity {
    fn title(row: &Model) -> String {
        row.name()
    }

    fn named(tx: &Tx, ids: &[Uuid]) -> Option<SelectStatement> {
        Some(tx.named::<Self>(ids))
    }
}
