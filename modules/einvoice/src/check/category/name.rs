use crate::model::Category;

pub fn rule(category: Category, number: u8) -> String {
    category_rule(category, &format!("{number:02}"))
}

/// Of the rules that all categories have alike.
pub fn category_rule(category: Category, number: &str) -> String {
    let name = match category {
        Category::Standard => "S",
        Category::ZeroRated => "Z",
        Category::Exempt => "E",
        Category::ReverseCharge => "AE",
        Category::IntraCommunity => "IC",
        Category::Export => "G",
        Category::OutsideScope => "O",
        Category::CanaryIslands => "AF",
        Category::CeutaMelilla => "AG",
    };
    format!("BR-{name}-{number}")
}

/// As in “an invoice with …”.
pub fn name(category: Category) -> &'static str {
    match category {
        Category::Standard => "standard rate",
        Category::ZeroRated => "zero rate",
        Category::Exempt => "tax exemption",
        Category::ReverseCharge => "reverse charge",
        Category::IntraCommunity => "intra-community supply",
        Category::Export => "export",
        Category::OutsideScope => "sales outside the scope of VAT",
        Category::CanaryIslands => "IGIC of the Canary Islands",
        Category::CeutaMelilla => "IPSI of Ceuta and Melilla",
    }
}
