//! A lead becomes an account, a contact and perhaps an opportunity: all of it at once, and once.

pub(crate) mod view;
mod account;
pub(crate) mod contact;
pub(crate) mod opportunity;

use base::{Body, Created, Db, Error, Faults, Fields, IfMatch, Member, Ref, Result, Tx};
use poem_openapi::{OpenApi, param::Path};
use uuid::Uuid;

pub use view::{ConvertedLead, NewConversion};

use crate::{
    access::CONVERT,
    lead::{Entity, Model},
    status::LeadStatus,
};

/// Leads that become customers.
pub struct ConversionApi {
    pub db: Db,
}

#[OpenApi(prefix_path = "/api/leads")]
impl ConversionApi {
    /// Convert a lead
    ///
    /// In one step it becomes an account, a contact if there is a last name or an e-mail address, and an opportunity if
    /// one is asked for. Those that are made get its assignees, teams and tags; its comments and files move to the account.
    ///
    /// An account of that name or a contact of that e-mail address that you may see is used, and stays as it is. 409
    /// `duplicate` when there is one that you may not see; 409 `already_converted`, with `ids`, when it was converted before.
    #[oai(path = "/:id/conversion/", method = "post", operation_id = "convert_lead")]
    async fn create(
        &self,
        member: Member,
        id: Path<Uuid>,
        seen: IfMatch,
        new: Body<NewConversion>,
    ) -> Result<Created<ConvertedLead>> {
        self.db
            .write(&member, async |tx| {
                let converted = Box::pin(convert(tx, id.0, &seen, new.0)).await?;
                Ok(Created::at("/api/leads", converted))
            })
            .await
    }
}

/// The lead is locked from the first line on: of twelve at once, eleven find it converted.
async fn convert(tx: &Tx, id: Uuid, seen: &IfMatch, new: NewConversion) -> Result<ConvertedLead> {
    let lead = tx.open::<Entity>(id, CONVERT, &IfMatch::ANY).await?;
    refuse_converted(&lead)?;
    let lead = tx.open::<Entity>(id, CONVERT, seen).await?;
    new.check(&lead)?;
    let account = account::settle(tx, &lead, new.account_id, new.account_name).await?;
    let contact = contact::settle(tx, &lead, new.contact_id, &account).await?;
    let opportunity = match new.opportunity {
        None => None,
        Some(wanted) => Some(opportunity::make(tx, &lead, wanted, &account, contact.as_ref()).await?),
    };
    notes::carry::<Entity, accounts::Entity>(tx, lead.id, account.id).await?;
    let mut after = Model {
        status: LeadStatus::Converted,
        converted_at: Some(tx.now()),
        converted_account_id: Some(account.id),
        converted_contact_id: contact.as_ref().map(|contact| contact.id),
        converted_opportunity_id: opportunity.as_ref().map(|opportunity| opportunity.id),
        ..lead.clone()
    };
    pipelines::place::<Entity>(tx, &mut after, Some(&lead), &mut Faults::new()).await?;
    let lead = tx.update_as::<Entity>(&lead, after, "converted", Fields::none()).await?;
    Ok(ConvertedLead {
        lead_id: lead.id,
        account: Ref { id: account.id, name: account.name },
        contact: contact.map(|contact| Ref { id: contact.id, name: contact.name() }),
        opportunity: opportunity.map(|opportunity| Ref { id: opportunity.id, name: opportunity.name }),
        version: lead.version,
    })
}

fn refuse_converted(lead: &Model) -> Result<()> {
    if lead.status != LeadStatus::Converted {
        return Ok(());
    }
    let became = [
        ("account_id", lead.converted_account_id),
        ("contact_id", lead.converted_contact_id),
        ("opportunity_id", lead.converted_opportunity_id),
    ];
    let already = Error::conflict("already_converted", "This lead was converted before.");
    let known = became.into_iter().filter_map(|(role, id)| Some((role, id?)));
    Err(known.fold(already, |error, (role, id)| error.with_id(role, id)))
}
