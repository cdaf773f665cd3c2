//! What the rules would do with a case, without doing it.

use std::{collections::BTreeSet, sync::Arc};

use async_trait::async_trait;
use base::{Faults, Ref, Result, Tx};
use uuid::Uuid;

use super::{
    book::{self, Entry},
    choice::{self, Choice},
    facts::{self, Facts},
    staff::Staff,
    view::{NewRoutingTrial, RoutingOutcome, RoutingStep, RoutingTrial},
};
use crate::case::{Entity, Model};

/// Whoever knows by what mail a case was opened. It stands above this module: the binary lends one.
#[async_trait]
pub trait Postbox: Send + Sync {
    /// The address that wrote it; `None` when no mail opened the case, or the actor may not see the mails.
    async fn sender(&self, tx: &Tx, case: Uuid) -> Result<Option<String>>;
}

/// Tries the rules in their order. No turn is taken by it.
///
/// # Errors
/// 422 for ids that are not there for the actor.
pub async fn run(tx: &Tx, postbox: &Arc<dyn Postbox>, asked: NewRoutingTrial) -> Result<RoutingTrial> {
    let facts = facts(tx, postbox, asked).await?;
    let entries = book::read(tx).await?;
    let staff = Staff::of(tx, entries.iter()).await?;
    let mut trial = RoutingTrial { tried: Vec::new(), rule: None, assigned_to: Vec::new(), team: None };
    for entry in &entries {
        let failed = entry.failed(&facts);
        let step = |outcome, passed_over| RoutingStep { rule: name(entry), outcome, failed, passed_over };
        if failed.is_some() {
            trial.tried.push(step(RoutingOutcome::Failed, Vec::new()));
            continue;
        }
        let present = staff.present(entry);
        let choice = if present.is_empty() { None } else { choice::look(tx, entry, &present).await? };
        let Some(choice) = choice else {
            trial.tried.push(step(RoutingOutcome::NobodyLeft, staff.gone(entry)));
            continue;
        };
        trial.tried.push(step(RoutingOutcome::Matched, staff.gone(entry)));
        trial.rule = Some(name(entry));
        match choice {
            Choice::Members(members) => {
                trial.assigned_to = members.into_iter().filter_map(|user| staff.person(user)).collect();
            }
            Choice::Team(team) => trial.team = staff.team(team),
        }
        break;
    }
    Ok(trial)
}

/// Those of the case, but for what is said instead.
async fn facts(tx: &Tx, postbox: &Arc<dyn Postbox>, asked: NewRoutingTrial) -> Result<Facts> {
    let mut faults = Faults::new();
    let case = match asked.case_id {
        Some(id) => tx.find::<Entity>().ids([id]).await?.pop(),
        None => None,
    };
    if asked.case_id.is_some() && case.is_none() {
        faults.add("/case_id", "unknown_reference", "There is no such case.");
    }
    tx.known::<accounts::Entity>(asked.account_id, None, "/account_id", &mut faults).await?;
    let tags: Option<BTreeSet<Uuid>> = asked.tags.map(|tags| tags.into_iter().collect());
    if let Some(tags) = &tags
        && tx.find::<notes::Tag>().there(tags.iter().copied()).await?.len() != tags.len()
    {
        faults.add("/tags", "unknown_reference", "There is no such tag.");
    }
    faults.check()?;
    let known = match &case {
        Some(case) => of_case(tx, postbox, case).await?,
        None => Facts::default(),
    };
    Ok(Facts {
        priority: asked.priority.unwrap_or(known.priority),
        case_type: asked.case_type.or(known.case_type),
        account: asked.account_id.or(known.account),
        tags: tags.unwrap_or(known.tags),
        domain: asked.sender.and_then(|sender| facts::domain(sender.as_str())).or(known.domain),
    })
}

async fn of_case(tx: &Tx, postbox: &Arc<dyn Postbox>, case: &Model) -> Result<Facts> {
    let tags = notes::tag_ids::<Entity>(tx, &[case.id]).await?.remove(&case.id).unwrap_or_default();
    let sender = postbox.sender(tx, case.id).await?;
    Ok(Facts::of(case, tags, sender.as_deref()))
}

fn name(entry: &Entry) -> Ref {
    Ref { id: entry.rule.id, name: entry.rule.name.clone() }
}
