use base::value::{Change, Note, Text};
use poem_openapi::types::{Example, MaybeUndefined};

use crate::view::{CaseChange, CasePriority, CaseStatus, CaseType, NewCase, NewClosing};

impl Example for NewCase {
    fn example() -> Self {
        Self {
            name: Text::parse("The second delivery is missing").expect("a name"),
            description: Note::parse("Ordered on Monday, announced for Wednesday.").ok(),
            status: CaseStatus::New,
            pipeline_stage_id: None,
            priority: CasePriority::High,
            case_type: Some(CaseType::Incident),
            account_id: None,
            parent_id: None,
            contacts: vec![],
            is_active: true,
            watchers: vec![],
            assigned_to: vec![],
            teams: vec![],
            tags: vec![],
        }
    }
}

impl Example for CaseChange {
    fn example() -> Self {
        Self { status: Change::To(CaseStatus::Pending), description: MaybeUndefined::Null, ..Self::default() }
    }
}

impl Example for NewClosing {
    fn example() -> Self {
        Self { with_children: true }
    }
}
