//! What was agreed becomes a draft.

use base::{
    Body, Created, Db, Error, Listed, Member, Result, Tx,
    value::{Amount, CurrencyCode, Percent, Quantity, Text, UnitCode, UnitPrice},
};
use opportunities::{Opportunity, OpportunityLine};
use poem_openapi::{Object, OpenApi, types::Example};
use uuid::Uuid;

use crate::{
    examples::SOME,
    invoice::{Entity, Model},
    lines::{self, NewInvoiceLine, NewInvoiceLines},
    settings,
    view::{InvoiceView, NewInvoice},
};

/// Of which opportunity.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields, example)]
pub struct NewOpportunityInvoice {
    pub opportunity_id: Uuid,
}

impl Example for NewOpportunityInvoice {
    fn example() -> Self {
        Self { opportunity_id: SOME }
    }
}

/// Invoices of opportunities.
pub struct FromOpportunityApi {
    pub db: Db,
}

#[OpenApi(prefix_path = "/api/invoices")]
impl FromOpportunityApi {
    /// Create an invoice of an opportunity
    ///
    /// A draft to its account, in its currency and with its lines, which are without tax; each is taxed by its product's tax class, as
    /// a new line is. The opportunity stays as it is, and can be invoiced again.
    #[oai(path = "/from-opportunity/", method = "post", operation_id = "create_opportunity_invoice")]
    async fn create(&self, member: Member, new: Body<NewOpportunityInvoice>) -> Result<Created<InvoiceView>> {
        self.db
            .write(&member, async |tx| {
                let row = Box::pin(invoice_opportunity(tx, new.0.opportunity_id)).await?;
                Ok(Created::at(Entity::PATH, tx.show::<Entity>(row).await?))
            })
            .await
    }
}

/// # Errors
/// 403 without a grant to create invoices; 422 for an opportunity that is not there, or lacks what an invoice needs.
pub async fn invoice_opportunity(tx: &Tx, id: Uuid) -> Result<Model> {
    base::access::scope::<Entity>(tx.actor(), base::Verb::CREATE).ok_or_else(Error::forbidden)?;
    let Some(opportunity) = tx.find::<opportunities::Entity>().ids([id]).await?.pop() else {
        return Err(refused("unknown_reference", "There is no such opportunity."));
    };
    let lines = opportunities::lines(tx, id).await?;
    let new = draft(tx, &opportunity).await?;
    let lines = NewInvoiceLines {
        currency: None,
        prices_include_tax: None,
        lines: copied(tx, lines).await?,
        adjustments: Vec::new(),
    };
    // What is wrong is wrong with the opportunity, which is all that the body names.
    let settings = settings::current(tx).await?;
    let made = tx.make::<Entity>(|row| new.write(row, &settings)).await;
    let made = made.map_err(|error| error.at("/opportunity_id"))?;
    lines::replace(tx, made, lines).await.map_err(|error| error.at("/opportunity_id"))
}

async fn draft(tx: &Tx, opportunity: &Opportunity) -> Result<NewInvoice> {
    let account = opportunity.account_id.into_iter();
    let Some(account_id) = tx.find::<accounts::Entity>().there(account).await?.into_iter().next() else {
        return Err(refused("no_account", "It has no account that you see: an invoice needs one."));
    };
    let Some(currency) = opportunity.currency.as_deref().and_then(|code| CurrencyCode::parse(code).ok()) else {
        return Err(refused("no_currency", "It does not say its currency: an invoice needs one."));
    };
    Ok(NewInvoice {
        title: Text::parse(&opportunity.name).ok(),
        account_id,
        contact_id: None,
        opportunity_id: Some(opportunity.id),
        currency,
        prices_include_tax: false,
        terms: None,
        due_date: None,
        service_from: None,
        service_to: None,
        buyer_reference: None,
        order_reference: None,
        notes: None,
        internal_notes: None,
        buyer: None,
        assigned_to: vec![],
        teams: vec![],
        tags: vec![],
    })
}

/// A product that has gone since is free text.
async fn copied(tx: &Tx, lines: Vec<OpportunityLine>) -> Result<Vec<NewInvoiceLine>> {
    let products = tx.find::<products::Entity>().there(lines.iter().filter_map(|line| line.product_id)).await?;
    let copy = |line: OpportunityLine| NewInvoiceLine {
        product_id: line.product_id.filter(|id| products.contains(id)),
        name: Text::parse(&line.name).ok(),
        description: None,
        quantity: Some(Quantity::from(line.quantity)),
        unit: UnitCode::parse(&line.unit).ok(),
        unit_price: Some(UnitPrice::from(line.unit_price)),
        discount_percent: line.discount_percent.map(Percent::from),
        discount_amount: line.discount_amount.map(|amount| Amount::of(amount, 0)),
        tax: None,
    };
    Ok(lines.into_iter().map(copy).collect())
}

fn refused(code: &str, told: &str) -> Error {
    Error::fault("/opportunity_id", code, told)
}
