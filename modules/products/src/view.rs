use base::{
    Stamp, View,
    value::{Change, Note, Text, UnitCode, UnitPrice},
};
use poem_openapi::{Enum, Object, types::MaybeUndefined};
use sea_orm::entity::prelude::*;
use serde::Serialize;

use crate::prices::NewPrice;

/// How it is taxed. An invoice states a category of UNCL 5305 (EN 16931, BT-151), given here in brackets.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Enum, EnumIter, DeriveActiveEnum)]
#[serde(rename_all = "snake_case")]
#[oai(rename_all = "snake_case")]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(32))", rename_all = "snake_case")]
pub enum TaxClass {
    /// At the standard rate (S).
    #[default]
    Standard,
    /// At a reduced rate (S).
    Reduced,
    /// At a rate of zero (Z).
    Zero,
    /// Exempt from tax (E).
    Exempt,
    /// The buyer owes the tax (AE).
    ReverseCharge,
    /// Supplied within the European Union without tax (K).
    IntraCommunity,
    /// Exported without tax (G).
    Export,
    /// Outside the scope of the tax (O).
    OutsideScope,
}

impl TaxClass {
    /// The category's code of UNCL 5305.
    #[must_use]
    pub fn category(self) -> &'static str {
        match self {
            Self::Standard | Self::Reduced => "S",
            Self::Zero => "Z",
            Self::Exempt => "E",
            Self::ReverseCharge => "AE",
            Self::IntraCommunity => "K",
            Self::Export => "G",
            Self::OutsideScope => "O",
        }
    }
}

/// What one costs in a currency, without tax.
#[derive(Clone, Debug, PartialEq, Eq, Object)]
#[oai(rename = "ProductPrice")]
pub struct Price {
    pub currency: String,
    pub price: UnitPrice,
}

/// A product.
#[derive(Clone, Debug, Object)]
pub struct ProductView {
    #[oai(flatten)]
    pub stamp: Stamp,
    pub name: String,
    /// The stock keeping unit: by what the organisation knows it.
    pub sku: Option<String>,
    /// One for each currency, by its code.
    pub prices: Vec<Price>,
    pub category: Option<String>,
    pub unit: UnitCode,
    pub tax_class: TaxClass,
    pub description: Option<String>,
    /// An inactive product stays where it was sold and is no longer offered.
    pub is_active: bool,
}

/// A product to make, or to put in the place of one.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields, example)]
pub struct NewProduct {
    pub name: Text<255>,
    /// Unique in the organisation, whatever the case.
    pub sku: Option<Text<64>>,
    /// One for each currency in which it is sold.
    #[oai(default, validator(max_items = 50))]
    pub prices: Vec<NewPrice>,
    pub category: Option<Text<100>>,
    #[oai(default = "UnitCode::one")]
    pub unit: UnitCode,
    #[oai(default)]
    pub tax_class: TaxClass,
    pub description: Option<Note<20_000>>,
    #[oai(default = "yes")]
    pub is_active: bool,
}

/// What to change of a product.
#[derive(Clone, Debug, Default, Object)]
#[oai(deny_unknown_fields, example)]
pub struct ProductChange {
    pub name: Change<Text<255>>,
    pub sku: MaybeUndefined<Text<64>>,
    /// All of its prices.
    #[oai(validator(max_items = 50))]
    pub prices: Change<Vec<NewPrice>>,
    pub category: MaybeUndefined<Text<100>>,
    pub unit: Change<UnitCode>,
    pub tax_class: Change<TaxClass>,
    pub description: MaybeUndefined<Note<20_000>>,
    pub is_active: Change<bool>,
}

fn yes() -> bool {
    true
}

impl View for ProductView {
    fn id(&self) -> Uuid {
        self.stamp.id
    }

    fn version(&self) -> i64 {
        self.stamp.version
    }
}
