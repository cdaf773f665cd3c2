use base64::{Engine, engine::general_purpose::STANDARD};
use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::{Element, ReadError};
use crate::{
    check::category_rule,
    model::{Category, Classification, File, Tax},
};

/// As long as it has to be, with at least so many decimals.
pub fn plain(number: Decimal, least: u32) -> String {
    if number.is_zero() {
        return format!("{:.*}", least as usize, Decimal::ZERO);
    }
    let mut number = number.normalize();
    if number.scale() < least {
        number.rescale(least);
    }
    number.to_string()
}

/// XML Schema's decimal, of fifteen digits at most before the point and twelve after it: larger and finer ones are no amounts.
pub fn decimal(text: &str) -> Option<Decimal> {
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, ""));
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    let whole_digits = whole.trim_start_matches('0').len();
    let fraction = fraction.trim_end_matches('0');
    if !digits(whole)
        || !digits(fraction)
        || (whole.is_empty() && unsigned.len() < 2)
        || whole_digits > 15
        || fraction.len() > 12
    {
        return None;
    }
    Decimal::from_str_exact(&format!("{}{whole}.{fraction}0", if text.starts_with('-') { "-" } else { "" })).ok()
}

/// `2026-11-21`, with a time zone or without, or `20261121`.
pub fn date(text: &str) -> Option<NaiveDate> {
    if text.len() == 8 {
        return NaiveDate::parse_from_str(text, "%Y%m%d")
            .ok()
            .filter(|_| text.bytes().all(|byte| byte.is_ascii_digit()));
    }
    let (date, zone) = text.split_at_checked(10)?;
    let offset = |zone: &str| zone.len() == 6 && zone.starts_with(['+', '-']) && zone.as_bytes()[3] == b':';
    (zone.is_empty() || zone == "Z" || offset(zone)).then(|| NaiveDate::parse_from_str(date, "%Y-%m-%d").ok()).flatten()
}

/// Where a tax category stands, and which rules speak of it.
pub struct TaxAt {
    pub code: &'static str,
    pub percent: &'static str,
    /// The rule that wants a category.
    pub wanted: &'static str,
    /// The number, within the category's own rules, of the one about its rate.
    pub rate: &'static str,
}

/// A category with the rate that belongs to it.
pub fn tax(of: Element<'_>, at: &TaxAt) -> Result<Tax, ReadError> {
    let TaxAt { code, percent, .. } = *at;
    let category = of.code(code, "BR-CL-18", Category::parse)?.ok_or_else(|| of.missing(code, at.wanted))?;
    let rate = of.decimal(percent)?;
    let rule = || category_rule(category, at.rate);
    let rated = || rate.ok_or_else(|| of.missing(percent, &rule()));
    Ok(match category {
        Category::Standard => Tax::Standard(rated()?),
        Category::CanaryIslands => Tax::CanaryIslands(rated()?),
        Category::CeutaMelilla => Tax::CeutaMelilla(rated()?),
        _ if rate.is_some_and(|rate| !rate.is_zero()) => {
            let element = of.at(percent).unwrap_or(of);
            return Err(element.wrong("this tax category has no rate above nought.", &rule()));
        }
        Category::ZeroRated => Tax::ZeroRated,
        Category::Exempt => Tax::Exempt,
        Category::ReverseCharge => Tax::ReverseCharge,
        Category::IntraCommunity => Tax::IntraCommunity,
        Category::Export => Tax::Export,
        Category::OutsideScope => Tax::OutsideScope,
    })
}

pub fn base64(bytes: &[u8]) -> String {
    STANDARD.encode(bytes)
}

/// White space in it does not count.
pub fn bytes(text: &str) -> Option<Vec<u8>> {
    STANDARD.decode(text.split_ascii_whitespace().collect::<String>()).ok()
}

/// An attached file; both syntaxes name its parts alike.
pub fn file(of: Element<'_>) -> Result<Option<File>, ReadError> {
    let Some(text) = of.own_text() else { return Ok(None) };
    let bytes = bytes(&text).ok_or_else(|| of.wrong("not Base64.", "BR-CL-24"))?;
    let name = of.attribute("filename").unwrap_or_default();
    Ok(Some(File { mime: of.attribute("mimeCode").unwrap_or_default(), name, bytes }))
}

/// Both syntaxes name its parts alike.
pub fn classification(code: Element<'_>) -> Option<Classification> {
    Some(Classification {
        scheme: code.attribute("listID").unwrap_or_default(),
        version: code.attribute("listVersionID"),
        code: code.own_text()?,
    })
}
