use base::{
    Ref, Stamp, View,
    value::{Change, Text, patch, patch_required},
};
use poem_openapi::{
    Object,
    types::{Example, MaybeUndefined},
};
use uuid::Uuid;

use super::{
    notified::Notified,
    rule::{Model, Priorities},
};
use crate::{
    sla::{Level, Promised},
    view::CasePriority,
};

/// An escalation rule: what is done when a promise is at risk or broken. Those who look after a case and those who watch it are
/// told without any.
#[derive(Clone, Debug, Object)]
pub struct EscalationRuleView {
    #[oai(flatten)]
    pub stamp: Stamp,
    pub name: String,
    pub promised: Promised,
    pub level: Level,
    /// Of cases of these priorities; of all when there is none.
    pub priorities: Vec<CasePriority>,
    /// Members who are told as well, if they may see the case.
    pub notify: Vec<Ref>,
    /// Who gets the case, instead of whoever had it. Of several rules the oldest decides.
    pub assign_to: Option<Ref>,
    /// Whether the priority becomes the next higher one. Of several rules it does so once.
    pub raises_priority: bool,
    pub is_active: bool,
}

/// An escalation rule to make, or to put in the place of one.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields, example)]
pub struct NewEscalationRule {
    pub name: Text<100>,
    pub promised: Promised,
    pub level: Level,
    #[oai(default, validator(max_items = 4))]
    pub priorities: Vec<CasePriority>,
    /// User ids of members.
    #[oai(default, validator(max_items = 50))]
    pub notify: Vec<Uuid>,
    /// The user id of a member.
    pub assign_to_id: Option<Uuid>,
    #[oai(default)]
    pub raises_priority: bool,
    #[oai(default = "yes")]
    pub is_active: bool,
}

/// What to change of an escalation rule.
#[derive(Clone, Debug, Default, Object)]
#[oai(deny_unknown_fields, example)]
pub struct EscalationRuleChange {
    pub name: Change<Text<100>>,
    pub promised: Change<Promised>,
    pub level: Change<Level>,
    #[oai(validator(max_items = 4))]
    pub priorities: Change<Vec<CasePriority>>,
    #[oai(validator(max_items = 50))]
    pub notify: Change<Vec<Uuid>>,
    pub assign_to_id: MaybeUndefined<Uuid>,
    pub raises_priority: Change<bool>,
    pub is_active: Change<bool>,
}

fn yes() -> bool {
    true
}

impl NewEscalationRule {
    pub fn write(self, row: &mut Model) -> Notified {
        row.name = self.name.into();
        (row.promised, row.level) = (self.promised, self.level);
        row.priorities = Priorities(self.priorities);
        row.assign_to = self.assign_to_id;
        row.raises_priority = self.raises_priority;
        row.is_active = self.is_active;
        Notified(Some(self.notify))
    }
}

impl EscalationRuleChange {
    pub fn write(self, row: &mut Model) -> Notified {
        patch_required(&mut row.name, self.name);
        patch_required(&mut row.promised, self.promised);
        patch_required(&mut row.level, self.level);
        if let Change::To(priorities) = self.priorities {
            row.priorities = Priorities(priorities);
        }
        patch(&mut row.assign_to, self.assign_to_id);
        patch_required(&mut row.raises_priority, self.raises_priority);
        patch_required(&mut row.is_active, self.is_active);
        Notified(self.notify.into_option())
    }
}

impl View for EscalationRuleView {
    fn id(&self) -> Uuid {
        self.stamp.id
    }

    fn version(&self) -> i64 {
        self.stamp.version
    }
}

impl Example for NewEscalationRule {
    fn example() -> Self {
        Self {
            name: Text::parse("Urgent cases are everybody's").expect("a name"),
            promised: Promised::Resolution,
            level: Level::Warning,
            priorities: vec![CasePriority::High, CasePriority::Urgent],
            notify: vec![],
            assign_to_id: None,
            raises_priority: true,
            is_active: true,
        }
    }
}

impl Example for EscalationRuleChange {
    fn example() -> Self {
        Self { level: Change::To(Level::Breach), assign_to_id: MaybeUndefined::Null, ..Self::default() }
    }
}
