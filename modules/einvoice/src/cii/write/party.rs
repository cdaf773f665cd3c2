use super::{identifier, identifiers};
use crate::{
    model::{Address, Buyer, Contact, Identifier, Payee, Schemed, Seller, TaxRepresentative},
    xml::Node,
};

pub fn seller(of: &Seller) -> Node {
    Node::group("ram:SellerTradeParty")
        .with(identifiers(&of.identifiers))
        .with(Node::leaf("ram:Name", &of.name))
        .with(Node::maybe("ram:Description", of.legal_information.as_ref()))
        .with(legal(of.legal_id.as_ref(), of.trading_name.as_ref()))
        .with(of.contact.as_ref().map(contact))
        .with(address(&of.address))
        .with(of.electronic_address.as_ref().map(endpoint))
        .with(of.vat_id.as_ref().map(|id| registration(id, "VA")))
        .with(of.tax_registration.as_ref().map(|id| registration(id, "FC")))
}

pub fn buyer(of: &Buyer) -> Node {
    Node::group("ram:BuyerTradeParty")
        .with(identifiers(&of.identifier))
        .with(Node::leaf("ram:Name", &of.name))
        .with(legal(of.legal_id.as_ref(), of.trading_name.as_ref()))
        .with(of.contact.as_ref().map(contact))
        .with(address(&of.address))
        .with(of.electronic_address.as_ref().map(endpoint))
        .with(of.vat_id.as_ref().map(|id| registration(id, "VA")))
}

pub fn payee(of: &Payee) -> Node {
    Node::group("ram:PayeeTradeParty")
        .with(identifiers(&of.identifier))
        .with(Node::leaf("ram:Name", &of.name))
        .with(legal(of.legal_id.as_ref(), None))
}

pub fn tax_representative(of: &TaxRepresentative) -> Node {
    Node::group("ram:SellerTaxRepresentativeTradeParty")
        .with(Node::leaf("ram:Name", &of.name))
        .with(address(&of.address))
        .with(registration(&of.vat_id, "VA"))
}

pub fn address(of: &Address) -> Node {
    Node::group("ram:PostalTradeAddress")
        .with(Node::maybe("ram:PostcodeCode", of.post_code.as_ref()))
        .with(Node::maybe("ram:LineOne", of.line1.as_ref()))
        .with(Node::maybe("ram:LineTwo", of.line2.as_ref()))
        .with(Node::maybe("ram:LineThree", of.line3.as_ref()))
        .with(Node::maybe("ram:CityName", of.city.as_ref()))
        .with(Node::leaf("ram:CountryID", of.country.code()))
        .with(Node::maybe("ram:CountrySubDivisionName", of.subdivision.as_ref()))
}

fn legal(id: Option<&Identifier>, trading_name: Option<&String>) -> Node {
    Node::group("ram:SpecifiedLegalOrganization")
        .with(id.map(|id| identifier("ram:ID", id)))
        .with(Node::maybe("ram:TradingBusinessName", trading_name))
}

fn contact(of: &Contact) -> Node {
    let phone =
        Node::group("ram:TelephoneUniversalCommunication").with(Node::maybe("ram:CompleteNumber", of.phone.as_ref()));
    let email = Node::group("ram:EmailURIUniversalCommunication").with(Node::maybe("ram:URIID", of.email.as_ref()));
    Node::group("ram:DefinedTradeContact").with(Node::maybe("ram:PersonName", of.name.as_ref())).with(phone).with(email)
}

fn endpoint(of: &Schemed) -> Node {
    let id = Node::leaf("ram:URIID", &of.value).attribute("schemeID", of.scheme.as_str());
    Node::group("ram:URIUniversalCommunication").with(id)
}

fn registration(number: &str, scheme: &str) -> Node {
    Node::group("ram:SpecifiedTaxRegistration").with(Node::leaf("ram:ID", number).attribute("schemeID", scheme))
}
