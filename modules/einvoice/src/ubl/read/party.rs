use super::identifier;
use crate::{
    model::{Address, Buyer, Contact, Country, Identifier, Payee, Schemed, Seller, TaxRepresentative},
    xml::{Element, ReadError},
};

pub struct SellerRead {
    pub party: Seller,
    /// BT-90, which UBL keeps among the seller's identifiers.
    pub creditor: Option<String>,
}

pub fn seller(root: Element<'_>, is_debited: bool) -> Result<SellerRead, ReadError> {
    let of = root.group("cac:AccountingSupplierParty/cac:Party", "BR-06")?;
    let (identifiers, creditor) = identifications(of, is_debited);
    let (vat_id, tax_registration) = tax_numbers(of);
    let legal = of.at("cac:PartyLegalEntity");
    let party = Seller {
        name: legal.and_then(|legal| legal.text("cbc:RegistrationName")).unwrap_or_default(),
        trading_name: of.text("cac:PartyName/cbc:Name"),
        identifiers,
        legal_id: legal.and_then(|legal| legal.at("cbc:CompanyID")).and_then(identifier),
        vat_id,
        tax_registration,
        legal_information: legal.and_then(|legal| legal.text("cbc:CompanyLegalForm")),
        electronic_address: endpoint(of),
        address: address(of.group("cac:PostalAddress", "BR-08")?, "BR-09")?,
        contact: of.at("cac:Contact").map(contact),
    };
    Ok(SellerRead { party, creditor })
}

pub fn buyer(root: Element<'_>) -> Result<Buyer, ReadError> {
    let of = root.group("cac:AccountingCustomerParty/cac:Party", "BR-07")?;
    let legal = of.at("cac:PartyLegalEntity");
    Ok(Buyer {
        name: legal.and_then(|legal| legal.text("cbc:RegistrationName")).unwrap_or_default(),
        trading_name: of.text("cac:PartyName/cbc:Name"),
        identifier: of.at("cac:PartyIdentification/cbc:ID").and_then(identifier),
        legal_id: legal.and_then(|legal| legal.at("cbc:CompanyID")).and_then(identifier),
        vat_id: tax_numbers(of).0,
        electronic_address: endpoint(of),
        address: address(of.group("cac:PostalAddress", "BR-10")?, "BR-11")?,
        contact: of.at("cac:Contact").map(contact),
    })
}

pub fn payee(root: Element<'_>, is_debited: bool) -> Option<Payee> {
    let of = root.at("cac:PayeeParty")?;
    Some(Payee {
        name: of.text("cac:PartyName/cbc:Name").unwrap_or_default(),
        identifier: identifications(of, is_debited).0.into_iter().next(),
        legal_id: of.at("cac:PartyLegalEntity/cbc:CompanyID").and_then(identifier),
    })
}

/// BT-90 may stand with whom is paid as well.
pub fn payee_creditor(root: Element<'_>) -> Option<String> {
    identifications(root.at("cac:PayeeParty")?, true).1
}

pub fn tax_representative(root: Element<'_>) -> Result<Option<TaxRepresentative>, ReadError> {
    let Some(of) = root.at("cac:TaxRepresentativeParty") else { return Ok(None) };
    Ok(Some(TaxRepresentative {
        name: of.text("cac:PartyName/cbc:Name").unwrap_or_default(),
        vat_id: tax_numbers(of).0.unwrap_or_default(),
        address: address(of.group("cac:PostalAddress", "BR-19")?, "BR-20")?,
    }))
}

pub fn address(of: Element<'_>, no_country: &str) -> Result<Address, ReadError> {
    let at = "cac:Country/cbc:IdentificationCode";
    Ok(Address {
        line1: of.text("cbc:StreetName"),
        line2: of.text("cbc:AdditionalStreetName"),
        line3: of.text("cac:AddressLine/cbc:Line"),
        city: of.text("cbc:CityName"),
        post_code: of.text("cbc:PostalZone"),
        subdivision: of.text("cbc:CountrySubentity"),
        country: of.code(at, "BR-CL-14", Country::parse)?.ok_or_else(|| of.missing(at, no_country))?,
    })
}

/// The creditor's is taken out only if there is a mandate that it belongs to.
fn identifications(of: Element<'_>, is_debited: bool) -> (Vec<Identifier>, Option<String>) {
    let all =
        of.children("cac:PartyIdentification").into_iter().filter_map(|one| one.at("cbc:ID")).filter_map(identifier);
    let (creditors, others): (Vec<_>, Vec<_>) = all
        .partition(|one| is_debited && one.scheme.as_deref().is_some_and(|scheme| scheme.eq_ignore_ascii_case("SEPA")));
    (others, creditors.into_iter().next().map(|one| one.value))
}

/// The VAT number, and the one of the tax office.
fn tax_numbers(of: Element<'_>) -> (Option<String>, Option<String>) {
    let mut numbers = (None, None);
    for one in of.children("cac:PartyTaxScheme") {
        let is_vat = one.text("cac:TaxScheme/cbc:ID").is_some_and(|scheme| scheme.eq_ignore_ascii_case("VAT"));
        let place = if is_vat { &mut numbers.0 } else { &mut numbers.1 };
        if place.is_none() {
            *place = one.text("cbc:CompanyID");
        }
    }
    numbers
}

fn endpoint(of: Element<'_>) -> Option<Schemed> {
    let endpoint = of.at("cbc:EndpointID")?;
    Some(Schemed { scheme: endpoint.attribute("schemeID").unwrap_or_default(), value: endpoint.own_text()? })
}

fn contact(of: Element<'_>) -> Contact {
    Contact { name: of.text("cbc:Name"), phone: of.text("cbc:Telephone"), email: of.text("cbc:ElectronicMail") }
}
