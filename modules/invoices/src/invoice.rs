use base::{record, search};
use notes::Noted;
use rust_decimal::Decimal;
use sea_orm::{FromJsonQueryResult, entity::prelude::*};
use serde::{Deserialize, Serialize};

use crate::{
    party::Party,
    settings::BankAccount,
    state::{InvoiceState, Terms},
    tax::{TaxPart, plain},
};

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, DeriveEntityModel)]
#[sea_orm(table_name = "invoice")]
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

    pub title: Option<String>,
    pub account_id: Uuid,
    pub contact_id: Option<Uuid>,
    pub opportunity_id: Option<Uuid>,
    pub state: InvoiceState,
    pub currency: String,
    pub prices_include_tax: bool,
    pub terms: Terms,
    pub issue_date: Option<Date>,
    /// Of a draft, only where it is given.
    pub due_date: Option<Date>,
    pub service_from: Option<Date>,
    pub service_to: Option<Date>,
    pub buyer_reference: Option<String>,
    pub order_reference: Option<String>,
    /// For the buyer to read.
    pub notes: Option<String>,
    pub internal_notes: Option<String>,
    pub buyer: Party,
    pub buyer_name: String,
    /// As these were when it was issued; a draft has none of the rest.
    pub seller: Option<Party>,
    pub bank_account: Option<BankAccount>,
    pub number: Option<String>,
    pub series_id: Option<Uuid>,
    pub issued_at: Option<DateTimeUtc>,
    pub issued_by: Option<Uuid>,
    /// SHA-256 of what is issued, in hexadecimal digits; see `issue::content`.
    pub content_hash: Option<String>,
    /// What follows from the lines: see `reckon`.
    pub line_count: i32,
    #[serde(serialize_with = "plain")]
    pub line_total: Decimal,
    #[serde(serialize_with = "plain")]
    pub discounts: Decimal,
    #[serde(serialize_with = "plain")]
    pub charges: Decimal,
    #[serde(serialize_with = "plain")]
    pub net_total: Decimal,
    #[serde(serialize_with = "plain")]
    pub tax_total: Decimal,
    #[serde(serialize_with = "plain")]
    pub rounding: Decimal,
    #[serde(serialize_with = "plain")]
    pub total: Decimal,
    pub taxes: Taxes,
    pub search_text: String,
}

/// By category and rate.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
#[serde(transparent)]
pub struct Taxes(pub Vec<TaxPart>);

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

record!("invoice", unlogged: ["search_text", "buyer_name", "line_count"], settle: settle);

fn settle(row: &mut Model) {
    row.buyer_name.clone_from(&row.buyer.name);
    let words = [row.number.as_deref(), row.title.as_deref(), Some(row.buyer_name.as_str())];
    row.search_text = search::text(words);
}

impl Noted for Entity {
    fn title(row: &Model) -> String {
        row.called()
    }
}

impl Model {
    /// As people speak of it: its number, or what it is about while it has none.
    pub fn called(&self) -> String {
        let title = self.title.as_ref().or(Some(&self.buyer_name)).filter(|title| !title.is_empty());
        match (&self.number, title) {
            (Some(number), Some(title)) => format!("{number} {title}"),
            (Some(number), None) => number.clone(),
            (None, Some(title)) => title.clone(),
            (None, None) => "Invoice".to_owned(),
        }
    }
}
