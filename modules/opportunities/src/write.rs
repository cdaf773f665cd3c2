//! Bodies put onto rows. What is beside the row goes with it: assignees, teams and tags, and the contacts.

use base::value::{Change, patch, patch_required};
use contacts::People;
use notes::Ties;
use uuid::Uuid;

use crate::{
    Stage,
    opportunity::Model,
    opportunity_contact,
    view::{NewOpportunity, OpportunityChange},
};

type Beside = (Ties, People<opportunity_contact::Entity>);

impl NewOpportunity {
    pub fn write(self, row: &mut Model) -> Beside {
        row.name = self.name.into();
        row.account_id = self.account_id;
        row.stage = self.stage;
        row.stage_id = self.pipeline_stage_id.unwrap_or(row.stage_id);
        row.probability = self.probability.unwrap_or(BY_STAGE);
        row.opportunity_type = self.opportunity_type;
        // The lines' own stay unless the body says others, which is refused.
        let lines = if row.line_count > 0 { (row.currency.take(), row.amount.take()) } else { (None, None) };
        row.currency = self.currency.map(Into::into).or(lines.0);
        row.amount = self.amount.map(Into::into).or(lines.1);
        row.closed_on = self.closed_on;
        row.closed_by = self.closed_by;
        row.lead_source = self.lead_source;
        row.description = self.description.map(Into::into);
        row.forecast_override = self.forecast_override;
        row.close_reason = self.close_reason;
        row.close_note = self.close_note.map(Into::into);
        row.is_active = self.is_active;
        (Ties::put(self.assigned_to, self.teams, self.tags), Some(self.contacts).into())
    }
}

impl OpportunityChange {
    pub fn write(self, row: &mut Model) -> Beside {
        patch_required(&mut row.name, self.name);
        patch(&mut row.account_id, self.account_id);
        row.move_to(self.stage, self.pipeline_stage_id, self.probability);
        patch(&mut row.opportunity_type, self.opportunity_type);
        patch(&mut row.currency, self.currency);
        patch(&mut row.amount, self.amount);
        patch(&mut row.closed_on, self.closed_on);
        patch(&mut row.closed_by, self.closed_by);
        patch(&mut row.lead_source, self.lead_source);
        patch(&mut row.description, self.description);
        patch(&mut row.forecast_override, self.forecast_override);
        patch(&mut row.close_reason, self.close_reason);
        patch(&mut row.close_note, self.close_note);
        patch_required(&mut row.is_active, self.is_active);
        (Ties::patch(self.assigned_to, self.teams, self.tags), self.contacts.into_option().into())
    }
}

/// A probability that nobody gave: the stage's, once it is known.
pub const BY_STAGE: i32 = -1;

impl Model {
    /// A new stage brings its probability unless one is given, and forgets who closed the row before, and, of an open one, when.
    fn move_to(&mut self, stage: Change<Stage>, stage_id: Change<Uuid>, probability: Change<i32>) {
        let was = (self.stage, self.stage_id);
        patch_required(&mut self.stage, stage);
        patch_required(&mut self.stage_id, stage_id);
        if (self.stage, self.stage_id) != was {
            self.leave_stage();
        }
        if was.0.is_closed() && !self.stage.is_closed() {
            self.closed_on = None;
        }
        patch_required(&mut self.probability, probability);
    }

    /// Its probability was the stage's, and who closed it did not close what it becomes.
    pub(crate) fn leave_stage(&mut self) {
        (self.probability, self.closed_by) = (BY_STAGE, None);
    }

    /// A closed row was closed by somebody: by whoever it was, if it was in this stage already, or else by `user`.
    pub(crate) fn sign(&mut self, before: Option<&Self>, user: Option<Uuid>) {
        if self.stage.is_closed() && self.closed_by.is_none() {
            let signed = before.filter(|before| before.stage == self.stage).and_then(|before| before.closed_by);
            self.closed_by = signed.or(user);
        }
    }
}
