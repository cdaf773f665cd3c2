//! Guessing at one account is slow, from however many networks, and across restarts; locking somebody out of theirs is hard.

use base::{Error, PlatformTx, Result};
use chrono::{DateTime, Days, NaiveTime, TimeDelta, Utc};
use sea_orm::{
    ActiveValue::Set,
    QuerySelect,
    entity::prelude::*,
    sea_query::{LockType, OnConflict},
};

use crate::{
    guessing::seconds,
    row::attempt::{ActiveModel, Column, Entity, Model},
};

/// Failures a day (NIST SP 800-63B 5.2.2).
const MOST_A_DAY: i32 = 100;
/// Mails in an hour that a stranger can have us send to one address.
const MOST_MAILS: i32 = 5;

/// What is counted: passwords for an address, from places it was not yet used from.
pub fn login(email_lower: &str) -> String {
    format!("login:{email_lower}")
}

/// Passwords for an address from a place that it was used from: a stranger's failures do not lock its owner out.
pub fn login_from(ip: &str, email_lower: &str) -> String {
    format!("login@{ip}:{email_lower}")
}

/// The present password, asked of somebody who is logged in.
pub fn present_password(user: Uuid) -> String {
    format!("password:{user}")
}

/// # Errors
/// 429 while it is blocked.
pub async fn check(tx: &PlatformTx, key: &str) -> Result<()> {
    let row = Entity::find_by_id(key).one(tx.conn()).await?;
    match row.and_then(|row| row.blocked_until).map(|until| until - tx.now()) {
        Some(wait) if wait > TimeDelta::zero() => Err(Error::too_many(seconds(wait))),
        _ => Ok(()),
    }
}

/// Counts a failure. The transaction must commit although the request fails.
pub async fn failed(tx: &PlatformTx, key: &str) -> Result<()> {
    let row = locked(tx, key).await?;
    save(tx, after_failure(row, tx.now())).await
}

pub async fn forgive(tx: &PlatformTx, key: &str) -> Result<()> {
    Entity::delete_by_id(key).exec(tx.conn()).await?;
    Ok(())
}

/// Whether one more mail may go to an address, and counts it. Who asks is told nothing either way.
pub async fn may_send(tx: &PlatformTx, email_lower: &str) -> Result<bool> {
    let row = locked(tx, &format!("mail:{email_lower}")).await?;
    let (row, may) = after_mail(row, tx.now());
    save(tx, row).await?;
    Ok(may)
}

pub async fn forget(tx: &PlatformTx) -> Result<u64> {
    let long_ago = tx.now() - TimeDelta::days(2);
    Ok(Entity::delete_many().filter(Column::LastFailedAt.lt(long_ago)).exec(tx.conn()).await?.rows_affected)
}

async fn locked(tx: &PlatformTx, key: &str) -> Result<Model> {
    let unknown = ActiveModel {
        key: Set(key.to_owned()),
        failures: Set(0),
        last_failed_at: Set(tx.now()),
        blocked_until: Set(None),
        day: Set(tx.now().date_naive()),
        day_failures: Set(0),
    };
    let known = OnConflict::column(Column::Key).do_nothing().to_owned();
    Entity::insert(unknown).on_conflict(known).exec_without_returning(tx.conn()).await?;
    let row = Entity::find_by_id(key).lock(LockType::Update).one(tx.conn()).await?;
    row.ok_or_else(Error::unavailable)
}

async fn save(tx: &PlatformTx, row: Model) -> Result<()> {
    let row = ActiveModel {
        key: Set(row.key),
        failures: Set(row.failures),
        last_failed_at: Set(row.last_failed_at),
        blocked_until: Set(row.blocked_until),
        day: Set(row.day),
        day_failures: Set(row.day_failures),
    };
    row.update(tx.conn()).await?;
    Ok(())
}

/// 1, 3, 5, then always 10 seconds; after a hundred failures in a day, tomorrow.
fn after_failure(row: Model, now: DateTime<Utc>) -> Model {
    let today = now.date_naive();
    let day_failures = if row.day == today { row.day_failures.saturating_add(1) } else { 1 };
    let failures = row.failures.saturating_add(1);
    let delay = match failures {
        ..=1 => 1,
        2 => 3,
        3 => 5,
        _ => 10,
    };
    let tomorrow = (today + Days::new(1)).and_time(NaiveTime::MIN).and_utc();
    let blocked_until = if day_failures < MOST_A_DAY { now + TimeDelta::seconds(delay) } else { tomorrow };
    Model { failures, last_failed_at: now, blocked_until: Some(blocked_until), day: today, day_failures, ..row }
}

fn after_mail(row: Model, now: DateTime<Utc>) -> (Model, bool) {
    let sent = if now - row.last_failed_at < TimeDelta::hours(1) { row.failures } else { 0 };
    match sent {
        // The hour runs from the first of them.
        0 => (Model { failures: 1, last_failed_at: now, ..row }, true),
        1..MOST_MAILS => (Model { failures: sent + 1, ..row }, true),
        _ => (row, false),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn nobody() -> Model {
        let now = at(0);
        Model {
            key: String::new(),
            failures: 0,
            last_failed_at: now,
            blocked_until: None,
            day: now.date_naive(),
            day_failures: 0,
        }
    }

    fn at(seconds: i64) -> DateTime<Utc> {
        DateTime::UNIX_EPOCH + TimeDelta::seconds(seconds)
    }

    fn wait(row: &Model, now: DateTime<Utc>) -> i64 {
        (row.blocked_until.unwrap() - now).num_seconds()
    }

    #[test]
    fn each_failure_costs_more_up_to_ten_seconds() {
        let mut row = nobody();
        let waits: Vec<i64> = (0..6)
            .map(|_| {
                row = after_failure(row.clone(), at(0));
                wait(&row, at(0))
            })
            .collect();
        assert_eq!(waits, [1, 3, 5, 10, 10, 10]);
    }

    #[test]
    fn a_hundred_failures_are_enough_for_a_day() {
        let row = (0..99).fold(nobody(), |row, _| after_failure(row, at(3600)));
        assert_eq!(wait(&row, at(3600)), 10);
        let row = after_failure(row, at(3600));
        assert_eq!(wait(&row, at(3600)), 23 * 3600);
        let row = after_failure(row, at(86_400));
        assert_eq!(wait(&row, at(86_400)), 10, "the next day counts anew");
    }

    #[test]
    fn five_mails_an_hour_to_one_address() {
        let mut row = nobody();
        let mut sends = |now| {
            let (after, may) = after_mail(row.clone(), now);
            row = after;
            may
        };
        assert!((0..5).all(|n| sends(at(n))));
        assert!(!sends(at(6)));
        assert!(!sends(at(3599)));
        assert!(sends(at(3600)));
    }
}
