//! As many records as a large organisation has.

mod words;
mod people;
mod sales;
mod service;

use base::{Actor, Request, Result, Tx, queue::Actors};
use indicatif::{ProgressBar, ProgressStyle};
use rand::{SeedableRng, rngs::StdRng};
use uuid::Uuid;

use crate::mount::{self, Parts};

/// Kept in one transaction.
const BATCH: u64 = 5_000;

/// What is made, and for whom.
pub struct Many {
    pub org: Uuid,
    pub admin: Uuid,
    /// Every twentieth of each kind is theirs.
    pub seller: Uuid,
    /// So many leads, and a tenth as many contacts and accounts.
    pub records: u64,
    /// As many opportunities, cases, tasks and events, too.
    pub of_each: bool,
}

pub async fn many(parts: &Parts, many: Many) -> Result<()> {
    let actor = mount::gate(parts).actor(many.org, Some(many.admin), Request::default()).await?;
    let actor = actor.ok_or_else(base::Error::not_found)?;
    let bar = ProgressBar::new(many.records).with_style(ProgressStyle::default_bar());
    let kinds = if many.of_each { "of each kind" } else { "leads" };
    bar.set_style(
        ProgressStyle::with_template(&format!("{{bar:40}} {{pos}}/{{len}} {kinds}, {{per_sec}}, {{eta}} left"))
            .unwrap_or_else(|_| ProgressStyle::default_bar()),
    );
    let mut chance = StdRng::seed_from_u64(many.records);
    let mut made = 0;
    while made < many.records {
        let batch = made..many.records.min(made + BATCH);
        made = batch.end;
        keep(parts, &actor, &many, batch, &mut chance).await?;
        bar.set_position(made);
    }
    bar.finish();
    Ok(())
}

async fn keep(
    parts: &Parts,
    actor: &Actor,
    many: &Many,
    batch: std::ops::Range<u64>,
    chance: &mut StdRng,
) -> Result<()> {
    let leads: Vec<_> = batch.clone().map(|n| people::lead(n, chance)).collect();
    let contacts: Vec<_> = batch.clone().step_by(10).map(|n| people::contact(n, chance)).collect();
    let accounts: Vec<_> = batch.clone().step_by(10).map(|n| people::account(n, chance)).collect();
    parts
        .db
        .apply(actor, async |tx| {
            let mut leads = leads;
            pipelines::place_all::<leads::Entity>(tx, &mut leads).await?;
            let leads = tx.insert_many::<leads::Entity>(leads).await?;
            give::<leads::Entity>(tx, &leads, many.seller).await?;
            tx.insert_many::<contacts::Entity>(contacts).await?;
            let accounts = tx.insert_many::<accounts::Entity>(accounts).await?;
            if many.of_each {
                let accounts: Vec<Uuid> = accounts.iter().map(|account| account.id).collect();
                sales::keep(tx, many, &accounts, batch.clone(), chance).await?;
                service::keep(tx, many, &accounts, batch, chance).await?;
            }
            Ok(())
        })
        .await
}

/// Every twentieth.
async fn give<R: base::Record>(tx: &Tx, rows: &[R::Model], seller: Uuid) -> Result<()> {
    let theirs: Vec<Uuid> = rows.iter().step_by(20).map(base::Row::id).collect();
    notes::assign_many::<R>(tx, &theirs, seller).await
}
