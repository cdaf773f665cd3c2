//! Invoices of what was sold: issued on the day of the deal, and a draft of what is about to be.

use base::{
    Error, IfMatch, Result, Tx,
    value::{Change, Country, Percent, Text},
};
use invoices::{InvoiceSettingsChange, NewBankAccount, NewIssue, PartyChange};
use notes::Ties;
use opportunities::{Column, Stage};
use poem_openapi::types::MaybeUndefined;
use sea_orm::ColumnTrait;
use uuid::Uuid;

pub async fn fill(tx: &Tx, colleague: Uuid) -> Result<()> {
    invoices::change_settings(tx, settings()?).await?;
    let today = tx.now().with_timezone(&tx.org_time_zone().await?).date_naive();
    let of = |stage: Stage| tx.find::<opportunities::Entity>().filter(Column::Stage.eq(stage));
    for won in of(Stage::ClosedWon).first_by(Column::ClosedOn, 10).await? {
        let made = invoices::invoice_opportunity(tx, won.id).await?;
        let whose = |_: &mut invoices::Invoice| Ties { assigned_to: Some(vec![colleague]), ..Ties::default() };
        tx.amend::<invoices::Entity>(made.id, &IfMatch::ANY, whose).await?;
        let issue_date = won.closed_on.map(|day| day.min(today));
        invoices::issue(tx, made.id, &IfMatch::ANY, NewIssue { issue_date, series_id: None }).await?;
    }
    let next = of(Stage::Negotiation).filter(Column::LineCount.gt(0)).first_by(Column::ClosedOn, 1).await?;
    for agreed in next {
        invoices::invoice_opportunity(tx, agreed.id).await?;
    }
    Ok(())
}

fn settings() -> Result<InvoiceSettingsChange> {
    let text = |text: &str| Text::parse(text).map_or(MaybeUndefined::Undefined, MaybeUndefined::Value);
    let seller = PartyChange {
        address_line: text("Am Sandtorkai 27"),
        city: text("Hamburg"),
        postcode: Text::parse("20457").map_or(MaybeUndefined::Undefined, MaybeUndefined::Value),
        country: Country::parse("DE").map_or(MaybeUndefined::Undefined, MaybeUndefined::Value),
        vat_id: Text::parse("DE123456788").map_or(MaybeUndefined::Undefined, MaybeUndefined::Value),
        ..PartyChange::default()
    };
    // The account that every example of an IBAN has.
    let bank = NewBankAccount {
        iban: Text::parse("DE89370400440532013000").map_err(Error::internal)?,
        bic: Text::parse("COBADEFFXXX").ok(),
        name: None,
    };
    let rate = |rate: &str| Percent::parse(rate).map_or(MaybeUndefined::Undefined, MaybeUndefined::Value);
    Ok(InvoiceSettingsChange {
        seller: Change::To(seller),
        bank_account: MaybeUndefined::Value(bank),
        standard_rate: rate("19"),
        reduced_rate: rate("7"),
        ..InvoiceSettingsChange::default()
    })
}
