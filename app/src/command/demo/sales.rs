//! What a maker of warehouse fittings sells: its products, half a year of deals, its goals and the rates of its currencies.

use base::{
    Faults, IfMatch, Result, Tx,
    value::{CurrencyCode, Percent, Quantity, UnitPrice},
};
use chrono::{Datelike, Days, Months, NaiveDate};
use forecasts::{
    goal::{Goal, GoalMetric, GoalPeriod},
    rate::ExchangeRate,
};
use notes::Ties;
use opportunities::{
    CloseReason, LeadSource, NewOpportunityLine, NewOpportunityLines, Opportunity, OpportunityType, Stage, put_lines,
};
use products::{NewPrice, Prices, Product, TaxClass};
use rust_decimal::Decimal;
use uuid::Uuid;

/// Name, stock keeping unit, category, unit, and the price in euros and in pounds.
const PRODUCTS: &[(&str, &str, &str, &str, &str, &str)] = &[
    ("Pallet rack, three bays", "RACK-P3", "Racks", "H87", "1840.00", "1590.00"),
    ("Extra bay for a pallet rack", "RACK-P1", "Racks", "H87", "540.00", "468.00"),
    ("Packing bench, oak, 2 m", "BENCH-O2", "Benches", "H87", "1120.00", "970.00"),
    ("Cardboard dispenser", "DISP-C", "Benches", "H87", "89.50", "77.50"),
    ("Floor marking tape", "TAPE-F", "Small parts", "MTR", "0.8450", "0.7325"),
    ("Assembly on site", "WORK-A", "Services", "HUR", "78.00", "67.50"),
    ("Yearly inspection of racks", "WORK-I", "Services", "C62", "690.00", "598.00"),
    ("Rack planning software", "SOFT-R", "Software", "MON", "49.00", "42.00"),
];

/// A deal: of which account, on which day from today it closed or is to, how far it is and why, and how many of which
/// products, with a discount in per cent.
struct Deal {
    name: &'static str,
    account: usize,
    days: i64,
    stage: Stage,
    why: Option<(CloseReason, &'static str)>,
    kind: OpportunityType,
    lines: &'static [(usize, &'static str, Option<&'static str>)],
}

const DEALS: &[Deal] = &[
    Deal {
        name: "Racks for hall 4",
        account: 0,
        days: -96,
        stage: Stage::ClosedWon,
        why: Some((CloseReason::Product, "The only rack with the load plates that their insurer asked for.")),
        kind: OpportunityType::NewBusiness,
        lines: &[(0, "14", Some("6")), (1, "30", Some("6")), (5, "112", None)],
    },
    Deal {
        name: "Packing line for the spring",
        account: 1,
        days: -61,
        stage: Stage::ClosedWon,
        why: Some((CloseReason::Relationship, "")),
        kind: OpportunityType::ExistingBusiness,
        lines: &[(2, "8", None), (3, "16", Some("10")), (5, "24", None)],
    },
    Deal {
        name: "Refit of the Leeds store",
        account: 2,
        days: -40,
        stage: Stage::ClosedLost,
        why: Some((CloseReason::Price, "A refurbished system for a third less.")),
        kind: OpportunityType::NewBusiness,
        lines: &[(0, "22", Some("8"))],
    },
    Deal {
        name: "Inspection of all racks",
        account: 0,
        days: -18,
        stage: Stage::ClosedWon,
        why: Some((CloseReason::Relationship, "")),
        kind: OpportunityType::Renewal,
        lines: &[(6, "14", None)],
    },
    Deal {
        name: "Benches for the returns desk",
        account: 1,
        days: -5,
        stage: Stage::Negotiation,
        why: None,
        kind: OpportunityType::Upsell,
        lines: &[(2, "5", Some("4")), (4, "350", None)],
    },
    Deal {
        name: "Planning software for three sites",
        account: 0,
        days: 12,
        stage: Stage::Proposal,
        why: None,
        kind: OpportunityType::CrossSell,
        lines: &[(7, "36", Some("15"))],
    },
    Deal {
        name: "Racks for the new hall",
        account: 2,
        days: 34,
        stage: Stage::Negotiation,
        why: None,
        kind: OpportunityType::NewBusiness,
        lines: &[(0, "40", Some("9.5")), (1, "85", Some("9.5")), (5, "310", None)],
    },
    Deal {
        name: "Second packing line",
        account: 1,
        days: 75,
        stage: Stage::Qualification,
        why: None,
        kind: OpportunityType::ExistingBusiness,
        lines: &[(2, "10", None), (3, "20", None)],
    },
];

/// What one is worth in euros, on the first day of so many months ago.
const RATES: &[(&str, &str, u32)] =
    &[("GBP", "1.1518", 3), ("GBP", "1.1487", 1), ("USD", "0.8641", 3), ("USD", "0.8572", 1), ("CHF", "1.0688", 1)];

pub async fn fill(tx: &Tx, colleague: Uuid) -> Result<()> {
    let today = tx.now().date_naive();
    let mut sold = Vec::new();
    for (name, sku, category, unit, euros, pounds) in PRODUCTS {
        let product = tx.make::<products::Entity>(|row: &mut Product| {
            (*name).clone_into(&mut row.name);
            row.sku = Some((*sku).to_owned());
            row.category = Some((*category).to_owned());
            (*unit).clone_into(&mut row.unit);
            row.tax_class = TaxClass::Standard;
            row.is_active = true;
            Prices(Some(
                [("EUR", euros), ("GBP", pounds)]
                    .into_iter()
                    .filter_map(|(code, price)| new_price(code, price))
                    .collect(),
            ))
        });
        sold.push(product.await?.id);
    }
    let accounts = tx.find::<accounts::Entity>().first_by(accounts::Column::CreatedAt, 3).await?;
    for (n, deal) in DEALS.iter().enumerate() {
        let whose = if n.is_multiple_of(3) { tx.actor().user().unwrap_or(colleague) } else { colleague };
        let made = make(tx, deal, accounts.get(deal.account).map(|account| account.id), whose, today).await?;
        // The one in Leeds pays in pounds.
        let currency = if deal.account == 2 { "GBP" } else { "EUR" };
        put_lines(tx, made, &IfMatch::ANY, lines(deal, currency, &sold)?).await?;
        if deal.stage.is_closed() {
            tx.amend::<opportunities::Entity>(made, &IfMatch::ANY, |row| close(row, deal)).await?;
        }
    }
    for (currency, rate, months) in RATES {
        tx.make::<forecasts::rate::Entity>(|row: &mut ExchangeRate| {
            (*currency).clone_into(&mut row.from_currency);
            "EUR".clone_into(&mut row.to_currency);
            (*rate).clone_into(&mut row.rate);
            row.valid_on = first_of_month(today) - Months::new(*months);
        })
        .await?;
    }
    aim(tx, colleague, today).await
}

async fn make(tx: &Tx, deal: &Deal, account: Option<Uuid>, whose: Uuid, today: NaiveDate) -> Result<Uuid> {
    let made = tx.make::<opportunities::Entity>(|row: &mut Opportunity| {
        deal.name.clone_into(&mut row.name);
        row.account_id = account;
        row.stage = if deal.stage.is_closed() { Stage::Negotiation } else { deal.stage };
        row.probability = row.stage.probability();
        row.closed_on = Some(day(today, deal.days));
        row.opportunity_type = Some(deal.kind);
        row.lead_source = Some(LeadSource::ExistingCustomer);
        row.is_active = true;
        (Ties { assigned_to: Some(vec![whose]), ..Ties::default() }, None.into())
    });
    Ok(made.await?.id)
}

fn close(row: &mut Opportunity, deal: &Deal) -> <opportunities::Entity as base::Resource>::Beside {
    row.stage = deal.stage;
    row.close_reason = deal.why.map(|(reason, _)| reason);
    row.close_note = deal.why.map(|(_, note)| note.to_owned()).filter(|note| !note.is_empty());
    (Ties::default(), None.into())
}

fn lines(deal: &Deal, currency: &str, sold: &[Uuid]) -> Result<NewOpportunityLines> {
    let line = |(product, quantity, discount): &(usize, &str, Option<&str>)| NewOpportunityLine {
        product_id: sold.get(*product).copied(),
        quantity: Quantity::parse(quantity).ok(),
        discount_percent: discount.and_then(|percent| Percent::parse(percent).ok()),
        ..NewOpportunityLine::default()
    };
    let currency = CurrencyCode::parse(currency).map_err(|refused| base::Error::internal(refused.detail))?;
    Ok(NewOpportunityLines { currency, lines: deal.lines.iter().map(line).collect() })
}

/// This quarter's revenue of the house, and the colleague's deals of this month.
async fn aim(tx: &Tx, colleague: Uuid, today: NaiveDate) -> Result<()> {
    let month = first_of_month(today);
    let quarter = month - Months::new(today.month0() % 3);
    let goals = [
        ("Revenue of the quarter", GoalPeriod::Quarterly, quarter, None, GoalMetric::Revenue),
        ("Revenue of the month", GoalPeriod::Monthly, month, None, GoalMetric::Revenue),
        ("Three deals this month", GoalPeriod::Monthly, month, Some(colleague), GoalMetric::Deals),
    ];
    for (name, period, starts_on, member, metric) in goals {
        let ends_on = starts_on + Months::new(if period == GoalPeriod::Monthly { 1 } else { 3 }) - Days::new(1);
        tx.make::<forecasts::goal::Entity>(|row: &mut Goal| {
            name.clone_into(&mut row.name);
            (row.period, row.starts_on, row.ends_on) = (period, starts_on, ends_on);
            (row.metric, row.member_user_id, row.target_count) = (metric, member, Some(3));
            row.target_amount = Some(Decimal::from(if period == GoalPeriod::Monthly { 25_000 } else { 80_000 }));
            row.currency = Some("EUR".to_owned());
            Faults::new()
        })
        .await?;
    }
    Ok(())
}

fn new_price(currency: &str, price: &str) -> Option<NewPrice> {
    Some(NewPrice { currency: CurrencyCode::parse(currency).ok()?, price: UnitPrice::parse(price).ok()? })
}

fn first_of_month(day: NaiveDate) -> NaiveDate {
    day.with_day(1).unwrap_or(day)
}

fn day(today: NaiveDate, from_now: i64) -> NaiveDate {
    today + chrono::Duration::days(from_now)
}
