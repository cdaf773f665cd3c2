use base::{
    Result, Stamp, Tx,
    value::{Amount, CurrencyCode},
};
use chrono::NaiveDate;
use notes::tied_and;

use crate::{
    invoice::{Column, Entity, Model},
    state::InvoiceState,
    view::{InvoiceTotals, InvoiceView},
};

/// Today, where the organisation is.
pub async fn today(tx: &Tx) -> Result<NaiveDate> {
    Ok(tx.now().with_timezone(&tx.org_time_zone().await?).date_naive())
}

/// Rows as they are shown, in their order, with two more statements however many there are.
pub async fn show(tx: &Tx, rows: Vec<Model>) -> Result<Vec<InvoiceView>> {
    let ids: Vec<_> = rows.iter().map(|row| row.id).collect();
    let others = tied_and::<Entity>(tx, &ids, |asked| {
        asked
            .at::<accounts::Entity>(Column::AccountId)
            .at::<contacts::Entity>(Column::ContactId)
            .at::<opportunities::Entity>(Column::OpportunityId)
            .at::<numbering::Entity>(Column::SeriesId)
    });
    let mut tied = others.await?;
    let today = today(tx).await?;
    let view = |row: Model| {
        let mut tied = tied.remove(&row.id).unwrap_or_default();
        InvoiceView {
            stamp: Stamp::of(&row),
            totals: InvoiceTotals::of(&row),
            is_overdue: row.state == InvoiceState::Issued && row.due_date.is_some_and(|due| due < today),
            title: row.title,
            number: row.number,
            state: row.state,
            account: tied.at("account_id"),
            contact: tied.at("contact_id"),
            opportunity: tied.at("opportunity_id"),
            series: tied.at("series_id"),
            currency: row.currency,
            prices_include_tax: row.prices_include_tax,
            terms: row.terms,
            issue_date: row.issue_date,
            due_date: row.due_date,
            service_from: row.service_from,
            service_to: row.service_to,
            buyer_reference: row.buyer_reference,
            order_reference: row.order_reference,
            notes: row.notes,
            internal_notes: row.internal_notes,
            buyer: row.buyer,
            seller: row.seller,
            bank_account: row.bank_account,
            issued_at: row.issued_at,
            issued_by: row.issued_by,
            content_hash: row.content_hash,
            line_count: row.line_count,
            assigned_to: tied.assigned_to,
            teams: tied.teams,
            tags: tied.tags,
        }
    };
    Ok(rows.into_iter().map(view).collect())
}

/// The decimal places of a currency that is kept.
pub fn places(currency: &str) -> u32 {
    CurrencyCode::parse(currency).map_or(2, |currency| currency.places())
}

impl InvoiceTotals {
    pub fn of(row: &Model) -> Self {
        let places = places(&row.currency);
        let amount = |amount| Amount::of(amount, places);
        Self {
            line_total: amount(row.line_total),
            discounts: amount(row.discounts),
            charges: amount(row.charges),
            net_total: amount(row.net_total),
            taxes: row.taxes.0.clone(),
            tax_total: amount(row.tax_total),
            rounding: amount(row.rounding),
            total: amount(row.total),
        }
    }
}
