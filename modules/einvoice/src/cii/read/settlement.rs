use super::{date, party, payment, period};
use crate::{
    Invoice,
    model::{
        Adjustment, Currency, DocumentAdjustment, Exemption, Preceding, Tax, TaxBreakdown, TaxCurrency, TaxPoint,
        TaxPointEvent, Totals, UnknownCode,
    },
    xml::{
        Element, ReadError,
        value::{TaxAt, tax},
    },
};

const TAX: TaxAt =
    TaxAt { code: "ram:CategoryCode", percent: "ram:RateApplicablePercent", wanted: "BR-CO-04", rate: "05" };

pub fn into(it: &mut Invoice, of: Element<'_>) -> Result<(), ReadError> {
    it.payee = of.at("ram:PayeeTradeParty").map(party::payee);
    it.payment = payment::payment(of);
    for terms in of.children("ram:SpecifiedTradePaymentTerms") {
        it.terms = it.terms.take().or_else(|| terms.text("ram:Description"));
        it.due_on = it.due_on.or(date(terms, "ram:DueDateDateTime")?);
    }
    for part in of.children("ram:ApplicableTradeTax") {
        it.tax_point = it.tax_point.or(tax_point(part)?);
        it.breakdown.push(breakdown(part)?);
    }
    it.period = of.at("ram:BillingSpecifiedPeriod").map_or(Ok(None), period)?;
    (it.allowances, it.charges) = adjustments(of, ["BR-31", "BR-36"], |one, adjustment, is_charge| {
        let (wanted, rate) = if is_charge { ("BR-37", "07") } else { ("BR-32", "06") };
        let category = one.group("ram:CategoryTradeTax", wanted)?;
        category.pass("ram:TypeCode");
        Ok(DocumentAdjustment { adjustment, tax: tax(category, &TaxAt { wanted, rate, ..TAX })? })
    })?;
    (it.totals, it.tax_currency) = totals(of, it.currency)?;
    it.preceding = of.children("ram:InvoiceReferencedDocument").into_iter().map(preceding).collect::<Result<_, _>>()?;
    it.buyer_accounting = of.text("ram:ReceivableSpecifiedTradeAccountingAccount/ram:ID");
    Ok(())
}

/// The category of a line.
pub fn of_a_line(settlement: Element<'_>) -> Result<Tax, ReadError> {
    let category = settlement.group("ram:ApplicableTradeTax", TAX.wanted)?;
    category.pass("ram:TypeCode");
    tax(category, &TAX)
}

pub fn adjustments<T>(
    of: Element<'_>,
    no_amount: [&str; 2],
    make: impl Fn(Element<'_>, Adjustment, bool) -> Result<T, ReadError>,
) -> Result<(Vec<T>, Vec<T>), ReadError> {
    let (mut allowances, mut charges) = (Vec::new(), Vec::new());
    for one in of.children("ram:SpecifiedTradeAllowanceCharge") {
        let is_charge = match one.text("ram:ChargeIndicator/udt:Indicator").as_deref() {
            Some("true" | "1") => true,
            Some("false" | "0") => false,
            _ => {
                let indicator = one.group("ram:ChargeIndicator/udt:Indicator", "PEPPOL-EN16931-R043")?;
                return Err(indicator.wrong("neither true nor false.", "PEPPOL-EN16931-R043"));
            }
        };
        let adjustment = Adjustment {
            amount: one.required_decimal("ram:ActualAmount", no_amount[usize::from(is_charge)])?,
            base: one.decimal("ram:BasisAmount")?,
            percent: one.decimal("ram:CalculationPercent")?,
            reason: one.text("ram:Reason"),
            reason_code: one.text("ram:ReasonCode"),
        };
        let list = if is_charge { &mut charges } else { &mut allowances };
        list.push(make(one, adjustment, is_charge)?);
    }
    Ok((allowances, charges))
}

fn tax_point(of: Element<'_>) -> Result<Option<TaxPoint>, ReadError> {
    let event = |code: &str| {
        TaxPointEvent::ALL
            .into_iter()
            .find(|event| event.cii_code() == code)
            .ok_or_else(|| UnknownCode { code: code.to_owned(), list: "UNTDID 2475, as EN 16931 takes it" })
    };
    let day = of.at("ram:TaxPointDate").map_or(Ok(None), |day| day.date("udt:DateString"))?.map(TaxPoint::On);
    let with = of.code("ram:DueDateTypeCode", "BR-CL-06", event)?.map(TaxPoint::With);
    if day.is_some() && with.is_some() {
        let both = of.at("ram:DueDateTypeCode").unwrap_or(of);
        return Err(both.wrong("there is a date for the tax point as well.", "BR-CO-03"));
    }
    Ok(day.or(with))
}

fn breakdown(of: Element<'_>) -> Result<TaxBreakdown, ReadError> {
    of.pass("ram:TypeCode");
    let exemption = Exemption { text: of.text("ram:ExemptionReason"), code: of.text("ram:ExemptionReasonCode") };
    Ok(TaxBreakdown {
        tax: tax(of, &TaxAt { wanted: "BR-47", rate: "09", ..TAX })?,
        taxable: of.required_decimal("ram:BasisAmount", "BR-45")?,
        amount: of.required_decimal("ram:CalculatedAmount", "BR-46")?,
        exemption: Some(exemption).filter(|reason| *reason != Exemption::default()),
    })
}

fn totals(of: Element<'_>, currency: Currency) -> Result<(Totals, Option<TaxCurrency>), ReadError> {
    let sums = of.group("ram:SpecifiedTradeSettlementHeaderMonetarySummation", "BR-12")?;
    let or_nought = |path: &str| sums.decimal(path).map(Option::unwrap_or_default);
    let mut totals = Totals {
        lines: sums.required_decimal("ram:LineTotalAmount", "BR-12")?,
        allowances: or_nought("ram:AllowanceTotalAmount")?,
        charges: or_nought("ram:ChargeTotalAmount")?,
        without_tax: sums.required_decimal("ram:TaxBasisTotalAmount", "BR-13")?,
        with_tax: sums.required_decimal("ram:GrandTotalAmount", "BR-14")?,
        prepaid: or_nought("ram:TotalPrepaidAmount")?,
        rounding: or_nought("ram:RoundingAmount")?,
        due: sums.required_decimal("ram:DuePayableAmount", "BR-15")?,
        ..Totals::default()
    };
    let other = of.code("ram:TaxCurrencyCode", "BR-CL-05", Currency::parse)?;
    let mut in_other = None;
    for (nth, amount) in sums.children("ram:TaxTotalAmount").into_iter().enumerate() {
        let is_other = match amount.attribute("currencyID") {
            Some(code) if other != Some(currency) => code != currency.code(),
            _ => nth > 0,
        };
        let tax = amount.decimal_here()?.unwrap_or_default();
        if is_other { in_other = Some(tax) } else { totals.tax = tax }
    }
    let tax_currency = match (other, in_other) {
        (Some(currency), Some(tax_total)) => Some(TaxCurrency { currency, tax_total }),
        (Some(_), None) => return Err(sums.missing("ram:TaxTotalAmount", "BR-53")),
        (None, _) => None,
    };
    Ok((totals, tax_currency))
}

fn preceding(of: Element<'_>) -> Result<Preceding, ReadError> {
    let issued = of.at("ram:FormattedIssueDateTime");
    Ok(Preceding {
        number: of.text("ram:IssuerAssignedID").unwrap_or_default(),
        issued_on: issued.map_or(Ok(None), |issued| issued.date("qdt:DateTimeString"))?,
    })
}
