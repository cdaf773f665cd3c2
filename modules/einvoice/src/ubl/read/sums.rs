use crate::{
    model::{Adjustment, Currency, DocumentAdjustment, Exemption, TaxBreakdown, TaxCurrency, Totals},
    xml::{
        Element, ReadError,
        value::{TaxAt, tax},
    },
};

type Adjustments<T> = (Vec<T>, Vec<T>);
type Sums = (Totals, Vec<TaxBreakdown>, Option<TaxCurrency>);

pub fn on_the_document(root: Element<'_>) -> Result<Adjustments<DocumentAdjustment>, ReadError> {
    adjustments(root, ["BR-31", "BR-36"], |of, adjustment, is_charge| {
        let (wanted, rate) = if is_charge { ("BR-37", "07") } else { ("BR-32", "06") };
        let category = of.group("cac:TaxCategory", wanted)?;
        category.pass("cac:TaxScheme");
        Ok(DocumentAdjustment { adjustment, tax: tax(category, &TaxAt { wanted, rate, ..TAX })? })
    })
}

const TAX: TaxAt = TaxAt { code: "cbc:ID", percent: "cbc:Percent", wanted: "BR-CO-04", rate: "05" };

/// The category of a line.
pub fn of_a_line(item: Element<'_>) -> Result<crate::model::Tax, ReadError> {
    let category = item.group("cac:ClassifiedTaxCategory", TAX.wanted)?;
    category.pass("cac:TaxScheme");
    tax(category, &TAX)
}

pub fn on_a_line(line: Element<'_>) -> Result<Adjustments<Adjustment>, ReadError> {
    adjustments(line, ["BR-41", "BR-43"], |_, adjustment, _| Ok(adjustment))
}

fn adjustments<T>(
    of: Element<'_>,
    no_amount: [&str; 2],
    make: impl Fn(Element<'_>, Adjustment, bool) -> Result<T, ReadError>,
) -> Result<Adjustments<T>, ReadError> {
    let (mut allowances, mut charges) = (Vec::new(), Vec::new());
    for one in of.children("cac:AllowanceCharge") {
        let is_charge = match one.text("cbc:ChargeIndicator").as_deref() {
            Some("true" | "1") => true,
            Some("false" | "0") => false,
            _ => {
                let indicator = one.group("cbc:ChargeIndicator", "PEPPOL-EN16931-R043")?;
                return Err(indicator.wrong("neither true nor false.", "PEPPOL-EN16931-R043"));
            }
        };
        let adjustment = Adjustment {
            amount: one.required_decimal("cbc:Amount", no_amount[usize::from(is_charge)])?,
            base: one.decimal("cbc:BaseAmount")?,
            percent: one.decimal("cbc:MultiplierFactorNumeric")?,
            reason: one.text("cbc:AllowanceChargeReason"),
            reason_code: one.text("cbc:AllowanceChargeReasonCode"),
        };
        let list = if is_charge { &mut charges } else { &mut allowances };
        list.push(make(one, adjustment, is_charge)?);
    }
    Ok((allowances, charges))
}

pub fn totals(root: Element<'_>, currency: Currency) -> Result<Sums, ReadError> {
    let of = root.group("cac:LegalMonetaryTotal", "BR-12")?;
    let or_nought = |path: &str| of.decimal(path).map(Option::unwrap_or_default);
    let other = root.code("cbc:TaxCurrencyCode", "BR-CL-05", Currency::parse)?;
    let mut totals = Totals {
        lines: of.required_decimal("cbc:LineExtensionAmount", "BR-12")?,
        allowances: or_nought("cbc:AllowanceTotalAmount")?,
        charges: or_nought("cbc:ChargeTotalAmount")?,
        without_tax: of.required_decimal("cbc:TaxExclusiveAmount", "BR-13")?,
        with_tax: of.required_decimal("cbc:TaxInclusiveAmount", "BR-14")?,
        prepaid: or_nought("cbc:PrepaidAmount")?,
        rounding: or_nought("cbc:PayableRoundingAmount")?,
        due: of.required_decimal("cbc:PayableAmount", "BR-15")?,
        ..Totals::default()
    };
    let mut breakdown = Vec::new();
    let mut in_other = None;
    for tax_total in root.children("cac:TaxTotal") {
        let subtotals = tax_total.children("cac:TaxSubtotal");
        let code = tax_total.at("cbc:TaxAmount").and_then(|amount| amount.attribute("currencyID"));
        let amount = tax_total.decimal("cbc:TaxAmount")?.unwrap_or_default();
        // By its currency; by its place where both are the same.
        let is_other = match other {
            Some(other) if other == currency => !breakdown.is_empty(),
            Some(other) => code.as_deref() == Some(other.code()),
            None => false,
        };
        if is_other && subtotals.is_empty() {
            in_other = Some(amount);
        } else {
            totals.tax = amount;
            breakdown.extend(subtotals.into_iter().map(subtotal).collect::<Result<Vec<_>, _>>()?);
        }
    }
    let tax_currency = match (other, in_other) {
        (Some(currency), Some(tax_total)) => Some(TaxCurrency { currency, tax_total }),
        (Some(_), None) => return Err(root.missing("cac:TaxTotal/cbc:TaxAmount", "BR-53")),
        (None, _) => None,
    };
    Ok((totals, breakdown, tax_currency))
}

fn subtotal(of: Element<'_>) -> Result<TaxBreakdown, ReadError> {
    let category = of.group("cac:TaxCategory", "BR-47")?;
    category.pass("cac:TaxScheme");
    let exemption =
        Exemption { text: category.text("cbc:TaxExemptionReason"), code: category.text("cbc:TaxExemptionReasonCode") };
    Ok(TaxBreakdown {
        tax: tax(category, &TaxAt { wanted: "BR-47", rate: "09", ..TAX })?,
        taxable: of.required_decimal("cbc:TaxableAmount", "BR-45")?,
        amount: of.required_decimal("cbc:TaxAmount", "BR-46")?,
        exemption: Some(exemption).filter(|reason| *reason != Exemption::default()),
    })
}
