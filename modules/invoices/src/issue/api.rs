use base::{Body, Changed, Db, IfMatch, Member, Result};
use poem_openapi::{OpenApi, param::Path};
use uuid::Uuid;

use super::{issuing::issue, view::NewIssue};
use crate::{invoice::Entity, view::InvoiceView};

/// Drafts that become invoices.
pub struct IssueApi {
    pub db: Db,
}

#[OpenApi(prefix_path = "/api/invoices")]
impl IssueApi {
    /// Issue an invoice
    ///
    /// It gets the next number of its series, without gaps, and the seller as the settings have it now; from then on it stays as it is.
    /// It takes the grant `invoice.issue`.
    ///
    /// What keeps it from being issued is a 422. Of a seller in the European Economic Area it is held against the rules of EN 16931, and
    /// each that does not hold is a fault with the rule's name as its `code`: `br_co_26` is BR-CO-26. That norm knows no thousandths, so
    /// in currencies that have them its rules on decimals are left out. 409 `issued` when it was issued before.
    #[oai(path = "/:id/issue/", method = "post", operation_id = "issue_invoice")]
    async fn create(
        &self,
        member: Member,
        id: Path<Uuid>,
        seen: IfMatch,
        new: Body<NewIssue>,
    ) -> Result<Changed<InvoiceView>> {
        self.db
            .write(&member, async |tx| {
                let row = Box::pin(issue(tx, id.0, &seen, new.0)).await?;
                Ok(Changed(tx.show::<Entity>(row).await?))
            })
            .await
    }
}
