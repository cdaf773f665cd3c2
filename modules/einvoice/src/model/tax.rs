use rust_decimal::Decimal;

use super::UnknownCode;
use crate::model::code::find;

/// A tax category and, where the category has one, its rate in per cent. Categories without tax cannot be given a rate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Tax {
    /// `S`: at any rate above nought, reduced ones too.
    Standard(Decimal),
    /// `Z`
    ZeroRated,
    /// `E`
    Exempt,
    /// `AE`
    ReverseCharge,
    /// `K`: goods to a business in another member state.
    IntraCommunity,
    /// `G`: out of the Union.
    Export,
    /// `O`: services outside the scope of the tax.
    OutsideScope,
    /// `L`: IGIC of the Canary Islands, at nought or above.
    CanaryIslands(Decimal),
    /// `M`: IPSI of Ceuta and Melilla, at nought or above.
    CeutaMelilla(Decimal),
}

impl Tax {
    #[must_use]
    pub fn category(self) -> Category {
        match self {
            Self::Standard(_) => Category::Standard,
            Self::ZeroRated => Category::ZeroRated,
            Self::Exempt => Category::Exempt,
            Self::ReverseCharge => Category::ReverseCharge,
            Self::IntraCommunity => Category::IntraCommunity,
            Self::Export => Category::Export,
            Self::OutsideScope => Category::OutsideScope,
            Self::CanaryIslands(_) => Category::CanaryIslands,
            Self::CeutaMelilla(_) => Category::CeutaMelilla,
        }
    }

    /// In per cent; nought where the category has none.
    #[must_use]
    pub fn rate(self) -> Decimal {
        match self {
            Self::Standard(rate) | Self::CanaryIslands(rate) | Self::CeutaMelilla(rate) => rate,
            _ => Decimal::ZERO,
        }
    }
}

/// UNTDID 5305, as far as EN 16931 takes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Category {
    Standard,
    ZeroRated,
    Exempt,
    ReverseCharge,
    IntraCommunity,
    Export,
    OutsideScope,
    CanaryIslands,
    CeutaMelilla,
}

impl Category {
    pub const ALL: [Self; 9] = [
        Self::Standard,
        Self::ZeroRated,
        Self::Exempt,
        Self::ReverseCharge,
        Self::IntraCommunity,
        Self::Export,
        Self::OutsideScope,
        Self::CanaryIslands,
        Self::CeutaMelilla,
    ];

    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Standard => "S",
            Self::ZeroRated => "Z",
            Self::Exempt => "E",
            Self::ReverseCharge => "AE",
            Self::IntraCommunity => "K",
            Self::Export => "G",
            Self::OutsideScope => "O",
            Self::CanaryIslands => "L",
            Self::CeutaMelilla => "M",
        }
    }

    /// # Errors
    /// A code that is none of the nine.
    pub fn parse(code: &str) -> Result<Self, UnknownCode> {
        find(Self::ALL, Self::code, code, "the tax categories (UNTDID 5305)")
    }

    /// Whether it may hold more than nought.
    #[must_use]
    pub fn has_rate(self) -> bool {
        matches!(self, Self::Standard | Self::CanaryIslands | Self::CeutaMelilla)
    }

    /// The reason that goes with it, where there is but one; an exemption has many, so its reason has to be given.
    #[must_use]
    pub fn usual_exemption(self) -> Option<Exemption> {
        let (text, code) = match self {
            Self::ReverseCharge => ("Reverse charge", "VATEX-EU-AE"),
            Self::IntraCommunity => ("Intra-community supply", "VATEX-EU-IC"),
            Self::Export => ("Export outside the EU", "VATEX-EU-G"),
            Self::OutsideScope => ("Not subject to VAT", "VATEX-EU-O"),
            _ => return None,
        };
        Some(Exemption { text: Some(text.to_owned()), code: Some(code.to_owned()) })
    }
}

/// Why there is no tax.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Exemption {
    /// BT-120.
    pub text: Option<String>,
    /// BT-121: the VATEX list.
    pub code: Option<String>,
}
