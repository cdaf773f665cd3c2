use super::{
    super::{INVOICED_OBJECT, SUPPORTING, TENDER},
    party, referenced,
};
use crate::{
    Invoice,
    model::{Attachment, Identifier},
    xml::{Node, value},
};

pub fn agreement(it: &Invoice) -> Node {
    let refer = &it.references;
    let tender = refer.tender.as_ref().map(|id| {
        Node::group("ram:AdditionalReferencedDocument")
            .with(Node::leaf("ram:IssuerAssignedID", id))
            .with(Node::leaf("ram:TypeCode", TENDER))
    });
    // The name has to be there and says nothing.
    let project = refer.project.as_ref().map(|id| {
        Node::group("ram:SpecifiedProcuringProject")
            .with(Node::leaf("ram:ID", id))
            .with(Node::leaf("ram:Name", "Project reference"))
    });
    Node::group("ram:ApplicableHeaderTradeAgreement")
        .with(Node::maybe("ram:BuyerReference", it.buyer_reference.as_ref()))
        .with(party::seller(&it.seller))
        .with(party::buyer(&it.buyer))
        .with(it.tax_representative.as_ref().map(party::tax_representative))
        .with(referenced("ram:SellerOrderReferencedDocument", refer.sales_order.as_ref()))
        .with(referenced("ram:BuyerOrderReferencedDocument", refer.order.as_ref()))
        .with(referenced("ram:ContractReferencedDocument", refer.contract.as_ref()))
        .with(it.attachments.iter().map(attachment))
        .with(tender)
        .with(refer.object.as_ref().map(object))
        .with(project)
}

pub fn object(of: &Identifier) -> Node {
    Node::group("ram:AdditionalReferencedDocument")
        .with(Node::leaf("ram:IssuerAssignedID", &of.value))
        .with(Node::leaf("ram:TypeCode", INVOICED_OBJECT))
        .with(Node::maybe("ram:ReferenceTypeCode", of.scheme.as_ref()))
}

fn attachment(of: &Attachment) -> Node {
    let file = of.file.as_ref().map(|file| {
        Node::leaf("ram:AttachmentBinaryObject", value::base64(&file.bytes))
            .attribute("mimeCode", file.mime.as_str())
            .attribute("filename", file.name.as_str())
    });
    Node::group("ram:AdditionalReferencedDocument")
        .with(Node::leaf("ram:IssuerAssignedID", &of.reference))
        .with(Node::maybe("ram:URIID", of.location.as_ref()))
        .with(Node::leaf("ram:TypeCode", SUPPORTING))
        .with(Node::maybe("ram:Name", of.description.as_ref()))
        .with(file)
}
