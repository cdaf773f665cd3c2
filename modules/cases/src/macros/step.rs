//! The actions of a macro as changes of a case by hand, and comments.

use std::collections::BTreeSet;

use base::{Error, Result, Tx, value::Change};
use notes::tied;
use poem_openapi::types::MaybeUndefined;
use uuid::Uuid;

use super::{
    action::{MacroAction, MacroComment},
    refused::Behind,
};
use crate::{case::Entity, view::CaseChange, watchers};

pub enum Step<'m> {
    Change(Box<CaseChange>, Behind),
    Say(&'m MacroComment, Behind),
}

/// What is added to and taken from: as it is, and as each action leaves it.
struct Beside {
    tags: BTreeSet<Uuid>,
    watchers: BTreeSet<Uuid>,
}

/// Actions between two comments are one change, as they would be by hand: one version, and one piece of news. What is said a
/// second time is another one, so that each refusal has its action.
pub async fn of<'m>(tx: &Tx, case: Uuid, actions: &'m [MacroAction]) -> Result<Vec<Step<'m>>> {
    let ties = tied::<Entity>(tx, &[case]).await?.remove(&case).unwrap_or_default();
    let tags = ties.tags.iter().map(|tag| tag.id).collect();
    let mut beside = Beside { tags, watchers: watchers::of(tx, case).await? };
    let mut steps = Vec::new();
    for (n, action) in actions.iter().enumerate() {
        if let Some(comment) = &action.comment {
            steps.push(Step::Say(comment, Behind::of(n)));
            continue;
        }
        let members = members(action);
        match steps.last_mut() {
            Some(Step::Change(change, behind)) if !behind.has(members) => {
                put(tx, action, change, &mut beside)?;
                behind.add(members, n);
            }
            _ => {
                let (mut change, mut behind) = (Box::default(), Behind::of(n));
                put(tx, action, &mut change, &mut beside)?;
                behind.add(members, n);
                steps.push(Step::Change(change, behind));
            }
        }
    }
    Ok(steps)
}

/// The members of a change of which an action says one: a stage says the status.
fn members(action: &MacroAction) -> &'static [&'static str] {
    match action {
        MacroAction { status: Some(_), .. } | MacroAction { pipeline_stage_id: Some(_), .. } => {
            &["status", "pipeline_stage_id"]
        }
        MacroAction { priority: Some(_), .. } => &["priority"],
        MacroAction { case_type: Some(_), .. } => &["case_type"],
        MacroAction { assigned_to: Some(_), .. } | MacroAction { assigned_to_me: Some(_), .. } => &["assigned_to"],
        MacroAction { teams: Some(_), .. } => &["teams"],
        MacroAction { add_watchers: Some(_), .. } => &["watchers"],
        _ => &["tags"],
    }
}

/// Puts an action into a change.
fn put(tx: &Tx, action: &MacroAction, change: &mut CaseChange, beside: &mut Beside) -> Result<()> {
    let action = action.clone();
    if let Some(status) = action.status {
        change.status = Change::To(status);
    }
    if let Some(stage) = action.pipeline_stage_id {
        change.pipeline_stage_id = Change::To(stage);
    }
    if let Some(priority) = action.priority {
        change.priority = Change::To(priority);
    }
    if let Some(case_type) = action.case_type {
        change.case_type = MaybeUndefined::Value(case_type);
    }
    if let Some(members) = action.assigned_to {
        change.assigned_to = Change::To(members);
    }
    if action.assigned_to_me == Some(true) {
        change.assigned_to = Change::To(vec![tx.actor().user().ok_or_else(Error::forbidden)?]);
    }
    if let Some(teams) = action.teams {
        change.teams = Change::To(teams);
    }
    if let Some(added) = action.add_watchers {
        beside.watchers.extend(added);
        change.watchers = Change::To(beside.watchers.iter().copied().collect());
    }
    if let Some(added) = action.add_tags {
        beside.tags.extend(added);
        change.tags = Change::To(beside.tags.iter().copied().collect());
    }
    if let Some(gone) = action.remove_tags {
        beside.tags.retain(|tag| !gone.contains(tag));
        change.tags = Change::To(beside.tags.iter().copied().collect());
    }
    Ok(())
}
