use super::identifier;
use crate::{
    Invoice,
    model::{Address, Buyer, Contact, Identifier, Payee, Schemed, TaxRepresentative},
    xml::Node,
};

pub fn seller(it: &Invoice) -> Node {
    let of = &it.seller;
    let creditor = it.payment.as_ref().and_then(|payment| payment.direct_debit.as_ref()?.creditor.as_ref());
    let creditor = creditor.map(|id| Identifier::of("SEPA", id));
    let party = Node::group("cac:Party")
        .with(of.electronic_address.as_ref().map(endpoint))
        .with(of.identifiers.iter().chain(&creditor).map(identification))
        .with(name(of.trading_name.as_ref()))
        .with(address("cac:PostalAddress", &of.address))
        .with(of.vat_id.as_ref().map(|id| tax_scheme(id, "VAT")))
        .with(of.tax_registration.as_ref().map(|id| tax_scheme(id, "TAX")))
        .with(
            Node::group("cac:PartyLegalEntity")
                .with(Node::leaf("cbc:RegistrationName", &of.name))
                .with(of.legal_id.as_ref().map(|id| identifier("cbc:CompanyID", id)))
                .with(Node::maybe("cbc:CompanyLegalForm", of.legal_information.as_ref())),
        )
        .with(of.contact.as_ref().map(contact));
    Node::group("cac:AccountingSupplierParty").with(party)
}

pub fn buyer(of: &Buyer) -> Node {
    let party = Node::group("cac:Party")
        .with(of.electronic_address.as_ref().map(endpoint))
        .with(of.identifier.as_ref().map(identification))
        .with(name(of.trading_name.as_ref()))
        .with(address("cac:PostalAddress", &of.address))
        .with(of.vat_id.as_ref().map(|id| tax_scheme(id, "VAT")))
        .with(
            Node::group("cac:PartyLegalEntity")
                .with(Node::leaf("cbc:RegistrationName", &of.name))
                .with(of.legal_id.as_ref().map(|id| identifier("cbc:CompanyID", id))),
        )
        .with(of.contact.as_ref().map(contact));
    Node::group("cac:AccountingCustomerParty").with(party)
}

pub fn payee(of: &Payee) -> Node {
    Node::group("cac:PayeeParty")
        .with(of.identifier.as_ref().map(identification))
        .with(name(Some(&of.name)))
        .with(of.legal_id.as_ref().map(|id| Node::group("cac:PartyLegalEntity").with(identifier("cbc:CompanyID", id))))
}

pub fn tax_representative(of: &TaxRepresentative) -> Node {
    Node::group("cac:TaxRepresentativeParty")
        .with(name(Some(&of.name)))
        .with(address("cac:PostalAddress", &of.address))
        .with(tax_scheme(&of.vat_id, "VAT"))
}

pub fn address(name: &'static str, of: &Address) -> Node {
    Node::group(name)
        .with(Node::maybe("cbc:StreetName", of.line1.as_ref()))
        .with(Node::maybe("cbc:AdditionalStreetName", of.line2.as_ref()))
        .with(Node::maybe("cbc:CityName", of.city.as_ref()))
        .with(Node::maybe("cbc:PostalZone", of.post_code.as_ref()))
        .with(Node::maybe("cbc:CountrySubentity", of.subdivision.as_ref()))
        .with(Node::group("cac:AddressLine").with(Node::maybe("cbc:Line", of.line3.as_ref())))
        .with(Node::group("cac:Country").with(Node::leaf("cbc:IdentificationCode", of.country.code())))
}

fn endpoint(of: &Schemed) -> Node {
    Node::leaf("cbc:EndpointID", &of.value).attribute("schemeID", of.scheme.as_str())
}

fn identification(of: &Identifier) -> Node {
    Node::group("cac:PartyIdentification").with(identifier("cbc:ID", of))
}

fn name(of: Option<&String>) -> Node {
    Node::group("cac:PartyName").with(Node::maybe("cbc:Name", of))
}

fn tax_scheme(number: &str, scheme: &str) -> Node {
    Node::group("cac:PartyTaxScheme")
        .with(Node::leaf("cbc:CompanyID", number))
        .with(Node::group("cac:TaxScheme").with(Node::leaf("cbc:ID", scheme)))
}

fn contact(of: &Contact) -> Node {
    Node::group("cac:Contact")
        .with(Node::maybe("cbc:Name", of.name.as_ref()))
        .with(Node::maybe("cbc:Telephone", of.phone.as_ref()))
        .with(Node::maybe("cbc:ElectronicMail", of.email.as_ref()))
}
