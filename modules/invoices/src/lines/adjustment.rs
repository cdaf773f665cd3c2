use base::link;
use poem_openapi::Enum;
use rust_decimal::Decimal;
use sea_orm::entity::prelude::*;
use serde::Serialize;

use crate::tax::TaxCategory;

/// A discount or a charge on the whole of an invoice.
#[derive(Clone, Debug, Default, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "invoice_adjustment")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub org_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub invoice_id: Uuid,
    /// Its place among them, from 0 on.
    #[sea_orm(primary_key, auto_increment = false)]
    pub position: i32,
    pub kind: AdjustmentKind,
    pub reason: String,
    /// Of the lines of its category and rate.
    pub percent: Option<Decimal>,
    /// Given, or reckoned from the percentage; with tax where the invoice's prices include it.
    pub amount: Decimal,
    pub tax_category: TaxCategory,
    pub tax_percent: Decimal,
    pub exemption_reason: Option<String>,
    /// Without tax, as it was reckoned.
    pub total: Decimal,
    pub created_at: DateTimeUtc,
    pub created_by: Option<Uuid>,
}

/// What it does.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Enum, EnumIter, DeriveActiveEnum)]
#[serde(rename_all = "snake_case")]
#[oai(rename_all = "snake_case", rename = "InvoiceAdjustmentKind")]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(16))", rename_all = "snake_case")]
pub enum AdjustmentKind {
    /// It makes the invoice less.
    #[default]
    Discount,
    /// It makes the invoice more, as shipping does.
    Charge,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

link!();
