use base::record;
use rust_decimal::Decimal;
use sea_orm::entity::prelude::*;
use serde::{Serialize, Serializer};

use super::bank::BankAccount;
use crate::{party::Party, state::Terms};

/// What stands on all invoices of an organisation: one at most.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, DeriveEntityModel)]
#[sea_orm(table_name = "invoice_setting")]
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

    pub seller: Party,
    pub bank_account: Option<BankAccount>,
    /// In per cent, above nought.
    #[serde(serialize_with = "plain")]
    pub standard_rate: Option<Decimal>,
    #[serde(serialize_with = "plain")]
    pub reduced_rate: Option<Decimal>,
    pub terms: Terms,
    pub notes: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

record!("invoice_setting");

#[expect(clippy::ref_option, reason = "serde passes references")]
fn plain<S: Serializer>(rate: &Option<Decimal>, serializer: S) -> Result<S::Ok, S::Error> {
    rate.map(|rate| rate.normalize().to_string()).serialize(serializer)
}
