use base::value::{Change, Note, Text};
use chrono::NaiveDate;
use poem_openapi::types::{Example, MaybeUndefined};

use crate::view::{NewChecklistItem, NewTask, TaskChange, TaskPriority, TaskStatus};

impl Example for NewTask {
    fn example() -> Self {
        Self {
            title: Text::parse("Call about the renewal").expect("a title"),
            description: Note::parse("They asked for two years.").ok(),
            status: TaskStatus::New,
            pipeline_stage_id: None,
            priority: TaskPriority::High,
            due_on: NaiveDate::from_ymd_opt(2027, 1, 11),
            due_at: None,
            time_zone: None,
            recurrence: Text::parse("FREQ=YEARLY").ok(),
            account_id: None,
            opportunity_id: None,
            lead_id: None,
            case_id: None,
            contacts: vec![],
            checklist: vec![NewChecklistItem {
                text: Text::parse("Read the contract").expect("a step"),
                is_done: false,
            }],
            reminders: vec![86_400],
            is_active: true,
            assigned_to: vec![],
            teams: vec![],
            tags: vec![],
        }
    }
}

impl Example for TaskChange {
    fn example() -> Self {
        Self { status: Change::To(TaskStatus::Completed), description: MaybeUndefined::Null, ..Self::default() }
    }
}
