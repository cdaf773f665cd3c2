use super::{
    super::{INVOICED_OBJECT, TENDER},
    party,
};
use crate::{
    Invoice,
    model::{Attachment, Identifier},
    xml::{Element, ReadError, value},
};

pub fn into(it: &mut Invoice, of: Element<'_>) -> Result<(), ReadError> {
    it.buyer_reference = of.text("ram:BuyerReference");
    it.tax_representative =
        of.at("ram:SellerTaxRepresentativeTradeParty").map(party::tax_representative).transpose()?;
    it.references.sales_order = of.text("ram:SellerOrderReferencedDocument/ram:IssuerAssignedID");
    it.references.order = of.text("ram:BuyerOrderReferencedDocument/ram:IssuerAssignedID");
    it.references.contract = of.text("ram:ContractReferencedDocument/ram:IssuerAssignedID");
    if let Some(project) = of.at("ram:SpecifiedProcuringProject") {
        it.references.project = project.text("ram:ID");
        project.pass("ram:Name");
    }
    for one in of.children("ram:AdditionalReferencedDocument") {
        match one.text("ram:TypeCode").as_deref() {
            Some(TENDER) => it.references.tender = one.text("ram:IssuerAssignedID"),
            Some(INVOICED_OBJECT) => it.references.object = object(one),
            _ => it.attachments.push(attachment(one)?),
        }
    }
    Ok(())
}

pub fn object(of: Element<'_>) -> Option<Identifier> {
    of.pass("ram:TypeCode");
    Some(Identifier { value: of.text("ram:IssuerAssignedID")?, scheme: of.text("ram:ReferenceTypeCode") })
}

fn attachment(of: Element<'_>) -> Result<Attachment, ReadError> {
    Ok(Attachment {
        reference: of.text("ram:IssuerAssignedID").unwrap_or_default(),
        description: of.text("ram:Name"),
        location: of.text("ram:URIID"),
        file: of.at("ram:AttachmentBinaryObject").map(value::file).transpose()?.flatten(),
    })
}
