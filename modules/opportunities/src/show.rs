use base::{Result, Stamp, Tx, value::Money};
use notes::tied_and;
use pipelines::StandingView;

use crate::{
    opportunity::{Column, Model},
    opportunity_contact::{self, Column as Contact},
    view::OpportunityView,
};

/// Rows as they are shown, in their order, with two more statements however many there are.
pub async fn show(tx: &Tx, rows: Vec<Model>) -> Result<Vec<OpportunityView>> {
    let ids: Vec<_> = rows.iter().map(|row| row.id).collect();
    let others = tied_and::<crate::Entity>(tx, &ids, |asked| {
        asked.at::<accounts::Entity>(Column::AccountId).through::<opportunity_contact::Entity, contacts::Entity>(
            Contact::OpportunityId,
            Contact::ContactId,
            None,
        )
    });
    let mut tied = others.await?;
    let standings = pipelines::standings::<crate::Entity>(tx, &rows).await?;
    let view = |(row, standing): (Model, StandingView)| {
        let mut tied = tied.remove(&row.id).unwrap_or_default();
        OpportunityView {
            stamp: Stamp::of(&row),
            standing,
            name: row.name,
            account: tied.at("account_id"),
            contacts: tied.through("opportunity_contact").into_iter().map(|(contact, _)| contact).collect(),
            stage: row.stage,
            probability: row.probability,
            opportunity_type: row.opportunity_type,
            currency: row.currency,
            amount: row.amount.map(Money::from),
            closed_on: row.closed_on,
            closed_by: row.closed_by,
            lead_source: row.lead_source,
            lead_id: row.lead_id,
            description: row.description,
            line_count: row.line_count,
            forecast_category: row.forecast_category,
            forecast_override: row.forecast_override,
            close_reason: row.close_reason,
            close_note: row.close_note,
            is_active: row.is_active,
            assigned_to: tied.assigned_to,
            teams: tied.teams,
            tags: tied.tags,
        }
    };
    Ok(rows.into_iter().zip(standings).map(view).collect())
}
