use accounts::Rating;
use base::{
    Tx, record, search,
    ties::Named,
    value::{Industry, Rank},
};
use contacts::Salutation;
use notes::Noted;
use opportunities::LeadSource;
use rust_decimal::Decimal;
use sea_orm::{entity::prelude::*, sea_query::SelectStatement};
use serde::Serialize;

use crate::status::LeadStatus;

#[derive(Clone, Debug, Default, PartialEq, Serialize, DeriveEntityModel)]
#[sea_orm(table_name = "lead")]
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
    pub salutation: Option<Salutation>,
    pub first_name: Option<String>,
    pub last_name: Option<String>,
    /// Several leads may have the same.
    pub email: Option<String>,
    pub phone_typed: Option<String>,
    pub phone_e164: Option<String>,
    pub job_title: Option<String>,
    pub company_name: Option<String>,
    pub website: Option<String>,
    pub linkedin_url: Option<String>,
    pub status: LeadStatus,
    pub source: Option<LeadSource>,
    pub industry: Option<Industry>,
    pub rating: Option<Rating>,
    #[serde(serialize_with = "base::value::two_places")]
    pub opportunity_amount: Option<Decimal>,
    pub currency: Option<String>,
    /// 0 to 100.
    pub probability: Option<i32>,
    pub close_date: Option<Date>,
    pub address_line: Option<String>,
    pub city: Option<String>,
    pub state: Option<String>,
    pub postcode: Option<String>,
    pub country: Option<String>,
    pub last_contacted: Option<Date>,
    pub next_follow_up: Option<Date>,
    pub description: Option<String>,
    pub is_active: bool,
    /// Whether a website sent it, and what was known of its visitor.
    pub created_from_site: bool,
    pub form_id: Option<Uuid>,
    pub site_ip: Option<String>,
    pub site_user_agent: Option<String>,
    pub site_referrer: Option<String>,
    /// What it became.
    pub converted_at: Option<DateTimeUtc>,
    pub converted_account_id: Option<Uuid>,
    pub converted_contact_id: Option<Uuid>,
    pub converted_opportunity_id: Option<Uuid>,
    /// Where it stands in its pipeline, and since when.
    pub stage_id: Uuid,
    pub rank: Rank,
    pub stage_entered_at: DateTimeUtc,
    pub search_text: String,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

record!("lead", unlogged: ["search_text", "stage_entered_at"], settle: found_by);

fn found_by(row: &mut Model) {
    row.search_text = search::text([
        Some(row.title.as_str()),
        row.first_name.as_deref(),
        row.last_name.as_deref(),
        row.email.as_deref(),
        row.phone_typed.as_deref(),
        row.phone_e164.as_deref(),
        row.job_title.as_deref(),
        row.company_name.as_deref(),
        row.website.as_deref(),
        row.city.as_deref(),
    ]);
}

impl Named for Entity {
    fn name() -> Vec<Column> {
        vec![Column::Title]
    }
}

impl Noted for Entity {
    fn title(row: &Model) -> String {
        row.title.clone()
    }

    fn named(tx: &Tx, ids: &[Uuid]) -> Option<SelectStatement> {
        Some(tx.named::<Self>(ids))
    }
}

impl Model {
    /// First and last name together, of those that are known.
    #[must_use]
    pub fn person_name(&self) -> Option<String> {
        let names: Vec<&str> = [&self.first_name, &self.last_name].into_iter().filter_map(Option::as_deref).collect();
        (!names.is_empty()).then(|| names.join(" "))
    }
}
