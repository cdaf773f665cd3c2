//! What is taxed and how, in the words of EN 16931.

use base::value::{Amount, Percent, Text};
use einvoice::model::{Category, Tax};
use poem_openapi::{Enum, Object};
use rust_decimal::Decimal;
use sea_orm::{Iterable, entity::prelude::*};
use serde::{Deserialize, Serialize, Serializer};

/// A category of UNTDID 5305 (BT-151): `S` taxed at a rate above nought, `Z` zero rated, `E` exempt, `AE` reverse charge, `K`
/// supplied within the European Union, `G` exported, `O` outside the scope of the tax.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Enum, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(2))")]
pub enum TaxCategory {
    #[default]
    #[sea_orm(string_value = "S")]
    S,
    #[sea_orm(string_value = "Z")]
    Z,
    #[sea_orm(string_value = "E")]
    E,
    #[sea_orm(string_value = "AE")]
    #[oai(rename = "AE")]
    #[serde(rename = "AE")]
    Ae,
    #[sea_orm(string_value = "K")]
    K,
    #[sea_orm(string_value = "G")]
    G,
    #[sea_orm(string_value = "O")]
    O,
}

/// How something is taxed.
#[derive(Clone, Debug, PartialEq, Eq, Object)]
#[oai(rename = "InvoiceTax")]
pub struct TaxView {
    pub category: TaxCategory,
    /// `0` where the category has no rate.
    pub percent: Percent,
    /// Why there is no tax, where somebody said so.
    pub exemption_reason: Option<String>,
}

/// How something is to be taxed.
#[derive(Clone, Debug, PartialEq, Eq, Object)]
#[oai(rename = "NewInvoiceTax", deny_unknown_fields)]
pub struct NewTax {
    pub category: TaxCategory,
    /// Above nought with `S`; with no other category.
    pub percent: Option<Percent>,
    /// Why there is no tax. An invoice with something exempt (`E`) cannot be issued without.
    pub exemption_reason: Option<Text<255>>,
}

/// The tax of a category at a rate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Object)]
#[oai(rename = "InvoiceTaxPart")]
pub struct TaxPart {
    pub category: TaxCategory,
    pub percent: Percent,
    /// What it is taken of: lines less discounts plus charges, without tax.
    pub taxable: Amount,
    /// Rounded once, half up, to the minor unit of the currency.
    pub tax: Amount,
    pub exemption_reason: Option<String>,
}

/// How a line is taxed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Taxed {
    pub category: TaxCategory,
    pub percent: Decimal,
    pub exemption_reason: Option<String>,
}

impl Taxed {
    pub fn without(category: TaxCategory) -> Self {
        Self { category, percent: Decimal::ZERO, exemption_reason: None }
    }

    pub fn standard(percent: Decimal) -> Self {
        Self { category: TaxCategory::S, percent, exemption_reason: None }
    }
}

impl NewTax {
    /// Faults are told by where they are in the tax, a code and a sentence.
    pub fn taken(self, fault: &mut impl FnMut(&str, &str, &str)) -> Option<Taxed> {
        let percent = self.percent.map_or(Decimal::ZERO, Decimal::from);
        match (self.category, self.percent) {
            (TaxCategory::S, None) => {
                fault("/tax/percent", "required", "A rate goes with the category S.");
                return None;
            }
            (TaxCategory::S, Some(_)) if percent.is_zero() => {
                fault(
                    "/tax/percent",
                    "out_of_range",
                    "The rate is above nought; what is taxed at nought is of the category Z.",
                );
                return None;
            }
            (TaxCategory::S, _) => {}
            _ if !percent.is_zero() => {
                fault("/tax/percent", "not_taxed", "Only the category S has a rate.");
                return None;
            }
            _ => {}
        }
        Some(Taxed { category: self.category, percent, exemption_reason: self.exemption_reason.map(Into::into) })
    }
}

impl TaxCategory {
    pub fn category(self) -> Category {
        match self {
            Self::S => Category::Standard,
            Self::Z => Category::ZeroRated,
            Self::E => Category::Exempt,
            Self::Ae => Category::ReverseCharge,
            Self::K => Category::IntraCommunity,
            Self::G => Category::Export,
            Self::O => Category::OutsideScope,
        }
    }

    pub fn at(self, percent: Decimal) -> Tax {
        match self {
            Self::S => Tax::Standard(percent),
            Self::Z => Tax::ZeroRated,
            Self::E => Tax::Exempt,
            Self::Ae => Tax::ReverseCharge,
            Self::K => Tax::IntraCommunity,
            Self::G => Tax::Export,
            Self::O => Tax::OutsideScope,
        }
    }

    /// Ours of the standard's; it has two more, which no line here has.
    pub fn of(category: Category) -> Self {
        Self::iter().find(|ours| ours.category() == category).unwrap_or_default()
    }
}

/// Serialises a row's number for the change log: databases and bodies write 12.5 and 12.50, which is no change.
///
/// # Errors
/// The serializer's own.
pub fn plain<S: Serializer>(number: &Decimal, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(&number.normalize())
}
