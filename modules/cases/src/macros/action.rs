use base::{Beside, Faults, Result, Tx, value::Note};
use notes::{Ties, Visibility};
use poem_openapi::Object;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::placeholder;
use crate::{
    case::Entity as Case,
    view::{CasePriority, CaseStatus, CaseType},
    watchers::Watchers,
};

/// One thing to do with a case: exactly one member says which.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Object)]
#[oai(deny_unknown_fields, skip_serializing_if_is_none)]
pub struct MacroAction {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<CaseStatus>,
    /// The stage of a pipeline into which it goes; it says the status.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pipeline_stage_id: Option<Uuid>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub priority: Option<CasePriority>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub case_type: Option<CaseType>,
    /// User ids of members who get it, instead of whoever had it.
    #[oai(validator(min_items = 1, max_items = 50))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub assigned_to: Option<Vec<Uuid>>,
    /// `true`: whoever runs the macro gets it, instead of whoever had it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub assigned_to_me: Option<bool>,
    /// The teams that get it, instead of those that had it.
    #[oai(validator(min_items = 1, max_items = 50))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub teams: Option<Vec<Uuid>>,
    #[oai(validator(min_items = 1, max_items = 50))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub add_tags: Option<Vec<Uuid>>,
    #[oai(validator(min_items = 1, max_items = 50))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remove_tags: Option<Vec<Uuid>>,
    /// User ids of members who watch it from then on.
    #[oai(validator(min_items = 1, max_items = 50))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub add_watchers: Option<Vec<Uuid>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub comment: Option<MacroComment>,
}

/// What a macro says.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Object)]
#[oai(deny_unknown_fields)]
pub struct MacroComment {
    /// With placeholders: `{{case.number}}`, `{{case.name}}`, `{{contact.name}}`, `{{contact.first_name}}`, `{{contact.last_name}}`,
    /// `{{me.name}}`, `{{org.name}}`. The contact is the first of the case that you may see; without one its words are empty.
    pub body: Note<5_000>,
    /// What is public goes to the customer, as a comment by hand does.
    #[oai(default)]
    #[serde(default)]
    pub visibility: Visibility,
}

impl MacroAction {
    /// What is wrong with the `n`th action, and with the records that it names.
    pub async fn check(&self, tx: &Tx, n: usize, faults: &mut Faults) -> Result<()> {
        let at = |rest: &str| format!("/actions/{n}{rest}");
        if self.said() != 1 {
            faults.add(at(""), "one_thing", "An action says one thing to do.");
            return Ok(());
        }
        if self.assigned_to_me == Some(false) {
            faults.add(at("/assigned_to_me"), "invalid_value", "It is true or absent.");
        }
        if let Some(comment) = &self.comment {
            placeholder::check(comment.body.as_str(), &at("/comment/body"), faults);
        }
        if let Some(stage) = self.pipeline_stage_id {
            let found = tx.find::<pipelines::StageEntity>().ids([stage]).await?;
            if !found.iter().any(|stage| stage.record_kind == pipelines::Kind::Case) {
                faults.add(at("/pipeline_stage_id"), "unknown_reference", "There is no such stage for cases.");
            }
        }
        let mut unknown = Faults::new();
        let tags = self.add_tags.iter().chain(&self.remove_tags).flatten().copied().collect();
        let (members, teams) = (self.assigned_to.clone(), self.teams.clone());
        let ties = Ties::put(members.unwrap_or_default(), teams.unwrap_or_default(), tags);
        Beside::<Case>::check((ties, Watchers(self.add_watchers.clone())), tx, None, &mut unknown).await?;
        for fault in unknown {
            let member = match fault.pointer.as_str() {
                "/tags" if self.remove_tags.is_some() => "/remove_tags",
                "/tags" => "/add_tags",
                "/watchers" => "/add_watchers",
                same => same,
            };
            faults.add(at(member), fault.code, fault.detail);
        }
        Ok(())
    }

    /// How many things it says.
    fn said(&self) -> usize {
        let said = [
            self.status.is_some(),
            self.pipeline_stage_id.is_some(),
            self.priority.is_some(),
            self.case_type.is_some(),
            self.assigned_to.is_some(),
            self.assigned_to_me.is_some(),
            self.teams.is_some(),
            self.add_tags.is_some(),
            self.remove_tags.is_some(),
            self.add_watchers.is_some(),
            self.comment.is_some(),
        ];
        said.into_iter().filter(|said| *said).count()
    }
}
