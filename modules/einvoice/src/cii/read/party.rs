use super::{identifier, identifiers};
use crate::{
    model::{Address, Buyer, Contact, Country, Payee, Schemed, Seller, TaxRepresentative},
    xml::{Element, ReadError},
};

const ADDRESS: &str = "ram:PostalTradeAddress";
const LEGAL_ID: &str = "ram:SpecifiedLegalOrganization/ram:ID";
const TRADING_NAME: &str = "ram:SpecifiedLegalOrganization/ram:TradingBusinessName";

pub fn seller(of: Element<'_>) -> Result<Seller, ReadError> {
    let (vat_id, tax_registration) = tax_numbers(of);
    Ok(Seller {
        name: of.text("ram:Name").unwrap_or_default(),
        trading_name: of.text(TRADING_NAME),
        identifiers: identifiers(of),
        legal_id: of.at(LEGAL_ID).and_then(identifier),
        vat_id,
        tax_registration,
        legal_information: of.text("ram:Description"),
        electronic_address: endpoint(of),
        address: address(of.group(ADDRESS, "BR-08")?, "BR-09")?,
        contact: of.at("ram:DefinedTradeContact").map(contact),
    })
}

pub fn buyer(of: Element<'_>) -> Result<Buyer, ReadError> {
    Ok(Buyer {
        name: of.text("ram:Name").unwrap_or_default(),
        trading_name: of.text(TRADING_NAME),
        identifier: identifiers(of).into_iter().next(),
        legal_id: of.at(LEGAL_ID).and_then(identifier),
        vat_id: tax_numbers(of).0,
        electronic_address: endpoint(of),
        address: address(of.group(ADDRESS, "BR-10")?, "BR-11")?,
        contact: of.at("ram:DefinedTradeContact").map(contact),
    })
}

pub fn payee(of: Element<'_>) -> Payee {
    Payee {
        name: of.text("ram:Name").unwrap_or_default(),
        identifier: identifiers(of).into_iter().next(),
        legal_id: of.at(LEGAL_ID).and_then(identifier),
    }
}

pub fn tax_representative(of: Element<'_>) -> Result<TaxRepresentative, ReadError> {
    Ok(TaxRepresentative {
        name: of.text("ram:Name").unwrap_or_default(),
        vat_id: tax_numbers(of).0.unwrap_or_default(),
        address: address(of.group(ADDRESS, "BR-19")?, "BR-20")?,
    })
}

pub fn address(of: Element<'_>, no_country: &str) -> Result<Address, ReadError> {
    let at = "ram:CountryID";
    Ok(Address {
        line1: of.text("ram:LineOne"),
        line2: of.text("ram:LineTwo"),
        line3: of.text("ram:LineThree"),
        city: of.text("ram:CityName"),
        post_code: of.text("ram:PostcodeCode"),
        subdivision: of.text("ram:CountrySubDivisionName"),
        country: of.code(at, "BR-CL-14", Country::parse)?.ok_or_else(|| of.missing(at, no_country))?,
    })
}

/// The VAT number (`VA`), and the one of the tax office (`FC`).
fn tax_numbers(of: Element<'_>) -> (Option<String>, Option<String>) {
    let mut numbers = (None, None);
    for id in of.children("ram:SpecifiedTaxRegistration").into_iter().filter_map(|one| one.at("ram:ID")) {
        let is_vat = id.attribute("schemeID").is_some_and(|scheme| matches!(scheme.as_str(), "VA" | "VAT"));
        let place = if is_vat { &mut numbers.0 } else { &mut numbers.1 };
        if place.is_none() {
            *place = id.own_text();
        }
    }
    numbers
}

fn endpoint(of: Element<'_>) -> Option<Schemed> {
    let endpoint = of.at("ram:URIUniversalCommunication/ram:URIID")?;
    Some(Schemed { scheme: endpoint.attribute("schemeID").unwrap_or_default(), value: endpoint.own_text()? })
}

/// A person, or else a department.
fn contact(of: Element<'_>) -> Contact {
    Contact {
        name: of.text("ram:PersonName").or_else(|| of.text("ram:DepartmentName")),
        phone: of.text("ram:TelephoneUniversalCommunication/ram:CompleteNumber"),
        email: of.text("ram:EmailURIUniversalCommunication/ram:URIID"),
    }
}
