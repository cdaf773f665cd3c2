//! What a type holds is told by its rule when a document breaks it.

use einvoice::{Profile, ReadError, cii, read, ubl};

use crate::rules::of_category;
use einvoice::model::{Kind, Tax};

fn rule_of(document: &str) -> String {
    match read(document.as_bytes()) {
        Err(ReadError::Missing { rule, .. } | ReadError::Wrong { rule, .. }) => rule,
        other => panic!("{other:?}"),
    }
}

/// Without the element that begins so, the first of its kind.
fn without(document: &str, name: &str) -> String {
    let start = document.find(&format!("<{name}")).unwrap_or_else(|| panic!("no {name}"));
    let close = format!("</{name}>");
    let end = start + document[start..].find(&close).unwrap() + close.len();
    format!("{}{}", &document[..start], &document[end..])
}

#[test]
fn ubl_without_what_must_be_there() {
    let document = ubl::write(&of_category(Tax::Standard(19.into())), Profile::En16931).unwrap();
    for (element, rule) in [
        ("cbc:IssueDate", "BR-03"),
        ("cbc:InvoiceTypeCode", "BR-04"),
        ("cbc:DocumentCurrencyCode", "BR-05"),
        ("cac:AccountingSupplierParty", "BR-06"),
        ("cac:AccountingCustomerParty", "BR-07"),
        ("cac:PostalAddress", "BR-08"),
        ("cac:Country", "BR-09"),
        ("cac:LegalMonetaryTotal", "BR-12"),
        ("cbc:TaxExclusiveAmount", "BR-13"),
        ("cbc:TaxInclusiveAmount", "BR-14"),
        ("cbc:PayableAmount", "BR-15"),
        ("cbc:InvoicedQuantity", "BR-22"),
        ("cac:Price", "BR-26"),
        ("cbc:Amount", "BR-31"),
        ("cbc:TaxableAmount", "BR-45"),
        ("cac:ClassifiedTaxCategory", "BR-CO-04"),
    ] {
        assert_eq!(rule_of(&without(&document, element)), rule, "{element}");
    }
}

#[test]
fn cii_without_what_must_be_there() {
    let document = cii::write(&of_category(Tax::Standard(19.into())), Profile::En16931).unwrap();
    for (element, rule) in [
        ("ram:IssueDateTime", "BR-03"),
        ("ram:TypeCode", "BR-04"),
        ("ram:InvoiceCurrencyCode", "BR-05"),
        ("ram:SellerTradeParty", "BR-06"),
        ("ram:BuyerTradeParty", "BR-07"),
        ("ram:PostalTradeAddress", "BR-08"),
        ("ram:CountryID", "BR-09"),
        ("ram:SpecifiedTradeSettlementHeaderMonetarySummation", "BR-12"),
        ("ram:TaxBasisTotalAmount", "BR-13"),
        ("ram:GrandTotalAmount", "BR-14"),
        ("ram:DuePayableAmount", "BR-15"),
        ("ram:BilledQuantity", "BR-22"),
        ("ram:NetPriceProductTradePrice", "BR-26"),
        ("ram:ActualAmount", "BR-31"),
        ("ram:CalculatedAmount", "BR-46"),
    ] {
        assert_eq!(rule_of(&without(&document, element)), rule, "{element}");
    }
}

#[test]
fn codes_of_closed_lists() {
    let document = ubl::write(&of_category(Tax::Standard(19.into())), Profile::En16931).unwrap();
    for (right, wrong, rule) in [
        (">380<", ">998<", "BR-CL-01"),
        ("DocumentCurrencyCode>EUR<", "DocumentCurrencyCode>EURO<", "BR-CL-04"),
        ("TaxCurrencyCode>USD<", "TaxCurrencyCode>usd<", "BR-CL-05"),
        ("IdentificationCode>DE<", "IdentificationCode>XX<", "BR-CL-14"),
        ("<cbc:ID>S</cbc:ID>", "<cbc:ID>B</cbc:ID>", "BR-CL-18"),
        (">false<", ">maybe<", "PEPPOL-EN16931-R043"),
    ] {
        assert!(document.contains(right), "{right}");
        assert_eq!(rule_of(&document.replacen(right, wrong, 1)), rule, "{wrong}");
    }
}

#[test]
fn rates_where_there_are_none_and_none_where_there_are() {
    for (tax, name) in [
        (Tax::ZeroRated, "Z"),
        (Tax::Exempt, "E"),
        (Tax::ReverseCharge, "AE"),
        (Tax::IntraCommunity, "IC"),
        (Tax::Export, "G"),
    ] {
        let document = ubl::write(&of_category(tax), Profile::En16931).unwrap();
        let line = document.find("<cac:ClassifiedTaxCategory>").unwrap();
        let (head, tail) = document.split_at(line);
        let on_line = format!("{head}{}", tail.replacen("Percent>0<", "Percent>7<", 1));
        assert_eq!(rule_of(&on_line), format!("BR-{name}-05"));
        assert_eq!(rule_of(&document.replacen("Percent>0<", "Percent>7<", 1)), format!("BR-{name}-06"));
    }
    let document = ubl::write(&of_category(Tax::Standard(19.into())), Profile::En16931).unwrap();
    assert_eq!(rule_of(&without(&document, "cbc:Percent")), "BR-S-06");
}

#[test]
fn the_tax_point_is_a_date_or_a_code() {
    let mut it = of_category(Tax::Standard(19.into()));
    it.tax_point = Some(einvoice::model::TaxPoint::On(crate::documents::day(1)));
    it.period = Some(einvoice::model::Period::From(crate::documents::day(1)));
    let document = ubl::write(&it, Profile::En16931).unwrap();
    let both = document.replacen(
        "</cac:InvoicePeriod>",
        "<cbc:DescriptionCode>35</cbc:DescriptionCode></cac:InvoicePeriod>",
        1,
    );
    assert_eq!(rule_of(&both), "BR-CO-03");
    it.kind = Kind::CreditNote;
    assert!(read(ubl::write(&it, Profile::En16931).unwrap().as_bytes()).is_ok());
}

#[test]
fn the_total_in_the_tax_currency_is_there_if_the_currency_is() {
    let document = ubl::write(&of_category(Tax::Standard(19.into())), Profile::En16931).unwrap();
    let without = document.replace("<cbc:TaxAmount currencyID=\"USD\">100.00</cbc:TaxAmount>", "");
    assert_ne!(document, without);
    assert_eq!(rule_of(&without), "BR-53");
}
