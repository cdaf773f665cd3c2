//! Totals are those of the rows that one sees, counted one by one.

use std::collections::BTreeMap;

use base::{Actor, Request, Result, Tx, queue::Actors};
use chrono::{Days, NaiveDate};
use opportunities::{Column, Entity, Opportunity, Stage};
use rapport::mount;
use rust_decimal::Decimal;
use sea_orm::{ColumnTrait, Iterable};
use serde_json::json;
use testing::{Person, TestApp, both};
use uuid::Uuid;

type Sums = BTreeMap<String, (u64, Decimal, Decimal)>;

async fn actor(app: &TestApp, who: &Person) -> Actor {
    let org = who.org.expect("an organisation");
    let gate = mount::gate(&app.parts);
    gate.actor(org, Some(who.user), Request::default()).await.expect("an answer").expect("an actor")
}

fn day(n: u64) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 1).expect("a day") + Days::new(n)
}

/// A hundred of them in three months and two currencies, some without an amount, with fractions that no float has.
fn some() -> Vec<Opportunity> {
    let stages: Vec<Stage> = Stage::iter().collect();
    let one = |n: u64| Opportunity {
        name: format!("Deal {n}"),
        stage: stages[usize::try_from(n % 4).expect("small")],
        probability: i32::try_from(n * 7 % 101).expect("small"),
        currency: Some(["EUR", "USD"][usize::from(n.is_multiple_of(3))].to_owned()),
        amount: (!n.is_multiple_of(5)).then(|| Decimal::new(i64::try_from(n * 123_457 + 10).expect("small"), 2)),
        closed_on: Some(day(n % 92)),
        is_active: true,
        ..Opportunity::default()
    };
    (0..100).map(one).collect()
}

/// The sum that a shop assistant would come to.
async fn counted(tx: &Tx, key: impl Fn(&Opportunity) -> String, asked: impl Fn(&Opportunity) -> bool) -> Result<Sums> {
    let mut sums = Sums::new();
    for row in tx.find::<Entity>().all(1_000).await?.into_iter().filter(asked) {
        let amount = row.amount.unwrap_or_default();
        let sum = sums.entry(key(&row)).or_default();
        *sum = (sum.0 + 1, sum.1 + amount, sum.2 + amount * Decimal::from(row.probability));
    }
    Ok(sums)
}

async fn differs(tx: &Tx) -> Result<()> {
    let (from, to) = (day(10), day(70));
    let asked = || tx.find::<Entity>().totals().within(Column::ClosedOn, from, to);
    let in_time = |row: &Opportunity| row.closed_on.is_some_and(|day| from <= day && day <= to);
    let months = asked()
        .by_month(Column::ClosedOn)
        .by(Column::Currency)
        .by_before(Column::ClosedOn, day(40))
        .sum(Column::Amount)
        .sum_times(Column::Amount, Column::Probability)
        .all(1_000)
        .await?;
    let mut told = Sums::new();
    for total in months {
        let key = (total.key::<String>(0)?, total.key::<Option<String>>(1)?, total.key::<i32>(2)?);
        told.insert(format!("{key:?}"), (total.count, total.sum(0), total.sum(1)));
    }
    let key = |row: &Opportunity| {
        let month = row.closed_on.map(|day| day.format("%Y-%m").to_string()).unwrap_or_default();
        format!("{:?}", (month, row.currency.clone(), i32::from(row.closed_on < Some(day(40)))))
    };
    assert_eq!(told, counted(tx, key, in_time).await?);

    // Of these the twin of the table knows everything.
    let mut told = Sums::new();
    for total in asked().any_of(Column::Stage, [Stage::Proposal, Stage::Negotiation]).by(Column::Stage).all(10).await? {
        told.insert(format!("{:?}", total.key::<Stage>(0)?), (total.count, Decimal::ZERO, Decimal::ZERO));
    }
    let far = |row: &Opportunity| in_time(row) && [Stage::Proposal, Stage::Negotiation].contains(&row.stage);
    let rows = counted(tx, |row| format!("{:?}", row.stage), far).await?;
    assert_eq!(told, rows.into_iter().map(|(key, sum)| (key, (sum.0, Decimal::ZERO, Decimal::ZERO))).collect());

    // A condition of one's own, and two questions at once.
    let few = tx.find::<Entity>().filter(Column::Probability.gte(50)).totals().sum(Column::Amount);
    let all = tx.find::<Entity>().totals().sum(Column::Amount);
    let both = base::Totals::together(vec![few, all], 10).await?;
    let few = counted(tx, |_| String::new(), |row| row.probability >= 50).await?.remove("").unwrap_or_default();
    let all = counted(tx, |_| String::new(), |_| true).await?.remove("").unwrap_or_default();
    let told: Vec<_> = both.iter().flatten().map(|total| (total.count, total.sum(0))).collect();
    assert_eq!(told, [(few.0, few.1), (all.0, all.1)]);
    Ok(())
}

async fn insert(
    tx: &base::Tx,
    mut rows: Vec<opportunities::Opportunity>,
) -> base::Result<Vec<opportunities::Opportunity>> {
    pipelines::place_all::<Entity>(tx, &mut rows).await?;
    tx.insert_many::<Entity>(rows).await
}

both! {
    async fn totals_are_those_of_the_rows_that_one_sees(app) {
        let ada = app.admin("Acme").await;
        let [bob, eve, tom] = [app.member(&ada, "Bob").await, app.member(&ada, "Eve").await, app.member(&ada, "Tom").await];
        let team = json!({ "name": "North", "members": [bob.user, eve.user] });
        let team = app.post(&ada, "/api/teams/", team).await.expect(201).id();
        let (admin, seller) = (actor(&app, &ada).await, actor(&app, &eve).await);
        let db = &app.parts.db;
        let theirs = db.apply(&admin, async |tx| {
            let made = insert(tx, some()).await?;
            let ids = |step| made.iter().map(|row| row.id).step_by(step).collect::<Vec<Uuid>>();
            notes::assign_many::<Entity>(tx, &ids(3), bob.user).await?;
            notes::assign_many::<Entity>(tx, &ids(4), eve.user).await?;
            tx.trash::<Entity>(&made[24]).await?;
            Ok(made[1].id)
        }).await.expect("rows");
        db.apply(&seller, async |tx| insert(tx, some().split_off(90)).await.map(|_| ())).await.expect("rows");
        let path = format!("/api/opportunities/{theirs}/");
        app.patch(&ada, &path, json!({ "teams": [team] })).await.expect(200);
        for (who, seen) in [(&ada, 109), (&bob, 50), (&eve, 60), (&tom, 0)] {
            let who = actor(&app, who).await;
            db.read(&who, async |tx| {
                assert_eq!(tx.find::<Entity>().totals().all(1).await?[0].count, seen);
                differs(tx).await
            }).await.expect("totals");
        }

        // By whom they are assigned to: what is two members' is in both groups, and the rest is nobody's.
        let groups = db.read(&admin, async |tx| {
            let mut groups = BTreeMap::new();
            for total in tx.find::<Entity>().totals().by_assignee().all(10).await? {
                groups.insert(total.key::<Option<Uuid>>(0)?, total.count);
            }
            let of_both = tx.find::<Entity>().totals().assigned_to([bob.user, eve.user]).all(1).await?[0].count;
            assert_eq!(of_both, 49, "each once");
            Ok(groups)
        }).await.expect("groups");
        assert_eq!(groups, BTreeMap::from([(None, 60), (Some(bob.user), 33), (Some(eve.user), 24)]));
        app.done().await;
    }
}
