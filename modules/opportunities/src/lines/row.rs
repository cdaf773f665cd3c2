use base::link;
use rust_decimal::Decimal;
use sea_orm::entity::prelude::*;

/// A line of an opportunity. All of them change together, with the opportunity.
#[derive(Clone, Debug, Default, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "opportunity_line")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub org_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub opportunity_id: Uuid,
    /// Its place among the lines, from 0 on.
    #[sea_orm(primary_key, auto_increment = false)]
    pub position: i32,
    pub product_id: Option<Uuid>,
    pub name: String,
    pub quantity: Decimal,
    /// A code of UN/ECE Recommendation 20.
    pub unit: String,
    pub unit_price: Decimal,
    /// One of the two at most.
    pub discount_percent: Option<Decimal>,
    pub discount_amount: Option<Decimal>,
    /// Rounded to the currency.
    pub total: Decimal,
    pub created_at: DateTimeUtc,
    pub created_by: Option<Uuid>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

link!();
