use base::link;
use rust_decimal::Decimal;
use sea_orm::entity::prelude::*;

use crate::tax::TaxCategory;

/// A line of an invoice. All of them change together, with the invoice.
#[derive(Clone, Debug, Default, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "invoice_line")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub org_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub invoice_id: Uuid,
    /// Its place among the lines, from 0 on.
    #[sea_orm(primary_key, auto_increment = false)]
    pub position: i32,
    pub product_id: Option<Uuid>,
    pub name: String,
    pub description: Option<String>,
    pub quantity: Decimal,
    /// A code of UN/ECE Recommendation 20.
    pub unit: String,
    /// With tax where the invoice's prices include it, and so is the discount.
    pub unit_price: Decimal,
    /// One of the two at most.
    pub discount_percent: Option<Decimal>,
    pub discount_amount: Option<Decimal>,
    pub tax_category: TaxCategory,
    pub tax_percent: Decimal,
    pub exemption_reason: Option<String>,
    /// Without tax, as it was reckoned.
    pub total: Decimal,
    pub created_at: DateTimeUtc,
    pub created_by: Option<Uuid>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

link!();
