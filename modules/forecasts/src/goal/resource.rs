use base::{Faults, Resource, Result, Tx};

use super::{
    row::{Entity, Model},
    show,
    view::{GoalMetric, GoalView},
};

impl Resource for Entity {
    type View = GoalView;
    type Beside = Faults;

    async fn check(tx: &Tx, row: &mut Model, before: Option<&Model>, faults: &mut Faults) -> Result<()> {
        target(row, faults);
        if row.member_user_id.is_some() && row.team_id.is_some() {
            faults.add("/team_id", "one_of_two", "A goal is a member's or a team's.");
        }
        // Whoever it was for may have left since.
        let new = |of: fn(&Model) -> Option<uuid::Uuid>| of(row).filter(|id| before.and_then(of) != Some(*id));
        if let Some(member) = new(|row| row.member_user_id) {
            let people = tx.people([member]).await?;
            if !people.get(&member).is_some_and(|person| person.is_active) {
                faults.add("/member_id", "unknown_reference", "There is no such member.");
            }
        }
        if let Some(team) = new(|row| row.team_id)
            && teams::names(tx, [team]).await?.is_empty()
        {
            faults.add("/team_id", "unknown_reference", "There is no such team.");
        }
        Ok(())
    }

    async fn show(tx: &Tx, rows: Vec<Model>) -> Result<Vec<GoalView>> {
        show::show(tx, rows).await
    }
}

/// Money with its currency, or a number, as the metric asks; the other is cleared.
fn target(row: &mut Model, faults: &mut Faults) {
    match row.metric {
        GoalMetric::Revenue => {
            if row.target_amount.is_none_or(|amount| amount.is_zero()) {
                faults.add("/target_amount", "required", "A goal of revenue needs an amount above 0.");
            }
            if row.currency.is_none() {
                faults.add("/currency", "required", "An amount needs a currency.");
            }
            row.target_count = None;
        }
        GoalMetric::Deals => {
            if row.target_count.is_none() {
                faults.add("/target_count", "required", "A goal of deals needs a number.");
            }
            (row.target_amount, row.currency) = (None, None);
        }
    }
}
