use poem_openapi::Enum;
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

/// The trade an account or a lead is in.
#[derive(Enum, EnumIter, DeriveActiveEnum, Serialize, Deserialize, Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[oai(rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(32))", rename_all = "snake_case")]
pub enum Industry {
    Advertising,
    Agriculture,
    ApparelAndAccessories,
    Automotive,
    Banking,
    Biotechnology,
    BuildingMaterialsAndEquipment,
    Chemical,
    Computer,
    Education,
    Electronics,
    Energy,
    EntertainmentAndLeisure,
    Finance,
    FoodAndBeverage,
    Grocery,
    Healthcare,
    Insurance,
    Legal,
    Manufacturing,
    Publishing,
    RealEstate,
    Service,
    Software,
    Sports,
    Technology,
    Telecommunications,
    Television,
    Transportation,
    VentureCapital,
}
