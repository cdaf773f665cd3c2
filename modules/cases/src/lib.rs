//! A case is something that a customer needs help with, until they have been helped.

mod case;
mod case_contact;
mod case_watcher;
mod case_lineage;
mod staged;
mod access;
mod view;
mod examples;
mod write;
mod watchers;
mod family;
mod resource;
mod show;
mod closing;
mod merging;
mod news;
mod sla;
mod escalation;
mod time;
mod macros;
mod routing;
mod satisfaction;
mod answer;
mod list;
mod api;
mod service_api;

pub use answer::{AnswerCustomer, Correspondent};
pub use api::CasesApi;
pub use case::{Column, Entity, Model as Case};
pub use escalation::{Entity as EscalationRule, EscalationRulesApi, Model as Escalation};
pub use macros::{
    Actions as MacroActions, Entity as CaseMacro, MacroAction, MacroComment, MacroVisibility, MacrosApi, Model as Macro,
};
pub use merging::CaseMergesApi;
pub use news::TellWatcher;
pub use routing::{
    Entity as RoutingRule, Model as Routing, NewRoutingRule, Postbox, RoutingRulesApi, RoutingStrategy, open,
};
pub use satisfaction::{
    AskSatisfaction, Entity as CaseSurvey, SatisfactionApi, SatisfactionSetting, SurveysApi, record_answer,
};
pub use service_api::CaseServiceApi;
pub use sla::{CaseSla, Level, Promised, SoundAlarm, TellAlarm, at_risk};
pub use time::{Entity as TimeEntry, Model as Time, TimeEntriesApi};
pub use view::{CasePriority, CaseStatus, CaseType};
pub use watchers::Watchers;
