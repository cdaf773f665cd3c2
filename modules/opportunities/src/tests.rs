use base::{
    Faults,
    value::{Change, Money},
};
use chrono::NaiveDate;
use poem_openapi::types::{Example, MaybeUndefined};
use uuid::Uuid;

use crate::{
    CloseReason, ForecastCategory, ForecastOverride, Opportunity, Stage, check, closing,
    view::{NewOpportunity, OpportunityChange},
    write::BY_STAGE,
};

const SOMEBODY: Uuid = Uuid::from_u128(1);
const ANOTHER: Uuid = Uuid::from_u128(2);

fn made(stage: Stage, probability: Option<i32>) -> Opportunity {
    let mut row = Opportunity::default();
    NewOpportunity { stage, probability, ..NewOpportunity::example() }.write(&mut row);
    row
}

fn unchanged() -> OpportunityChange {
    OpportunityChange {
        stage: Change::Keep,
        currency: MaybeUndefined::Undefined,
        amount: MaybeUndefined::Undefined,
        closed_on: MaybeUndefined::Undefined,
        close_reason: MaybeUndefined::Undefined,
        ..OpportunityChange::example()
    }
}

fn moved(row: &Opportunity, stage: Stage) -> Opportunity {
    let mut row = row.clone();
    OpportunityChange { stage: Change::To(stage), ..unchanged() }.write(&mut row);
    row
}

fn pointers(row: &Opportunity) -> Vec<String> {
    let mut faults = Faults::new();
    check::complete(row, &mut faults);
    faults.into_iter().map(|fault| fault.pointer).collect()
}

#[test]
fn a_given_probability_counts_until_the_stage_changes() {
    let row = made(Stage::Proposal, Some(66));
    assert_eq!(row.probability, 66);
    assert_eq!(moved(&row, Stage::Proposal).probability, 66);
    assert_eq!(moved(&row, Stage::Negotiation).probability, BY_STAGE);
}

#[test]
fn a_probability_given_with_a_new_stage_counts() {
    let mut row = made(Stage::Proposal, None);
    assert_eq!(row.probability, BY_STAGE);
    OpportunityChange { stage: Change::To(Stage::Negotiation), probability: Change::To(90), ..unchanged() }
        .write(&mut row);
    assert_eq!(row.probability, 90);
}

#[test]
fn a_closed_one_is_certain() {
    for (stage, certain) in [(Stage::ClosedWon, 100), (Stage::ClosedLost, 0)] {
        let mut row = made(stage, Some(40));
        <crate::Entity as base::Record>::settle(&mut row);
        assert_eq!(row.probability, certain);
    }
}

#[test]
fn winning_needs_an_amount_and_a_date_and_all_faults_are_told() {
    let bare = Opportunity { stage: Stage::ClosedWon, ..Opportunity::default() };
    assert_eq!(pointers(&bare), ["/amount", "/closed_on"]);
    let lost = Opportunity { stage: Stage::ClosedLost, ..Opportunity::default() };
    assert_eq!(pointers(&lost), ["/closed_on"]);
    assert_eq!(pointers(&made(Stage::ClosedWon, None)), [""; 0]);
}

#[test]
fn an_amount_needs_a_currency() {
    let amount = Money::parse("12.50").ok().map(Money::amount);
    assert_eq!(pointers(&Opportunity { amount, ..Opportunity::default() }), ["/currency"]);
}

#[test]
fn whoever_closes_signs() {
    let open = made(Stage::Negotiation, None);
    assert_eq!(pointers(&Opportunity { closed_by: Some(SOMEBODY), ..open.clone() }), ["/closed_by"]);

    let mut won = moved(&open, Stage::ClosedWon);
    won.sign(Some(&open), Some(SOMEBODY));
    assert_eq!(won.closed_by, Some(SOMEBODY));

    let mut replaced = Opportunity { closed_by: None, ..won.clone() };
    replaced.sign(Some(&won), Some(ANOTHER));
    assert_eq!(replaced.closed_by, Some(SOMEBODY));

    let mut lost = moved(&won, Stage::ClosedLost);
    lost.sign(Some(&won), Some(ANOTHER));
    assert_eq!(lost.closed_by, Some(ANOTHER));
}

#[test]
fn opening_again_forgets_the_closing() {
    let closed = Opportunity { closed_by: Some(SOMEBODY), ..made(Stage::ClosedLost, None) };
    let open = moved(&closed, Stage::Qualification);
    assert_eq!((open.closed_by, open.closed_on, open.probability), (None, None, BY_STAGE));

    let date = NaiveDate::from_ymd_opt(2027, 6, 30).expect("a date");
    let mut dated = closed;
    OpportunityChange {
        stage: Change::To(Stage::Qualification),
        closed_on: MaybeUndefined::Value(date),
        ..unchanged()
    }
    .write(&mut dated);
    assert_eq!(dated.closed_on, Some(date));
}

#[test]
fn the_forecast_goes_by_what_is_said_and_else_by_the_probability() {
    let settled = |row: &Opportunity| {
        let mut row = row.clone();
        <crate::Entity as base::Record>::settle(&mut row);
        row.forecast_category
    };
    let by = |probability| settled(&made(Stage::Prospecting, Some(probability)));
    let told: Vec<_> = [0, 1, 49, 50, 74, 75, 100].into_iter().map(by).collect();
    let [omitted, pipeline, best_case, commit] =
        [ForecastCategory::Omitted, ForecastCategory::Pipeline, ForecastCategory::BestCase, ForecastCategory::Commit];
    assert_eq!(told, [omitted, pipeline, pipeline, best_case, best_case, commit, commit]);
    let said = Opportunity { forecast_override: Some(ForecastOverride::Commit), ..made(Stage::Prospecting, Some(0)) };
    assert_eq!(settled(&said), commit);
    assert_eq!(settled(&Opportunity { is_active: false, ..made(Stage::Negotiation, None) }), omitted);
    let closed = [Stage::ClosedWon, Stage::ClosedLost].map(|stage| settled(&Opportunity { stage, ..said.clone() }));
    assert_eq!(closed, [ForecastCategory::Won, ForecastCategory::Lost], "whatever was said");
}

#[test]
fn a_reason_is_one_of_a_closed_opportunity() {
    let faults = |mut row: Opportunity, before: Option<&Opportunity>| {
        let mut faults = Faults::new();
        closing::check(&mut row, before, &mut faults);
        (faults.into_iter().map(|fault| fault.pointer).collect::<Vec<_>>(), row.close_reason)
    };
    let reason = Some(CloseReason::Price);
    let open = Opportunity { close_reason: reason, ..made(Stage::Proposal, None) };
    assert_eq!(faults(open.clone(), None), (vec!["/close_reason".to_owned()], None));
    let lost = Opportunity { close_reason: reason, ..made(Stage::ClosedLost, None) };
    assert_eq!(faults(lost.clone(), None), (vec![], reason));
    assert_eq!(faults(open, Some(&lost)), (vec![], None), "opened again");
}
