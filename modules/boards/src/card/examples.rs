use base::value::{Change, Note, Text};
use chrono::NaiveDate;
use poem_openapi::types::{Example, MaybeUndefined};
use uuid::Uuid;

use super::view::{CardChange, CardMove, CardPriority, NewCard, NewCardStep};

const COLUMN: Uuid = Uuid::from_u128(0x0190_7c1e_52a0_7b30_9c11_3f6a_2d8e_0021);

impl Example for NewCard {
    fn example() -> Self {
        Self {
            column_id: COLUMN,
            title: Text::parse("Ask three movers for an offer").expect("a title"),
            description: Note::parse("With insurance.").ok(),
            priority: CardPriority::High,
            due_on: NaiveDate::from_ymd_opt(2027, 1, 11),
            account_id: None,
            contact_id: None,
            opportunity_id: None,
            case_id: None,
            checklist: vec![NewCardStep { text: Text::parse("Measure the racks").expect("a step"), is_done: false }],
            assigned_to: vec![],
            teams: vec![],
            tags: vec![],
        }
    }
}

impl Example for CardChange {
    fn example() -> Self {
        Self { priority: Change::To(CardPriority::Urgent), description: MaybeUndefined::Null, ..Self::default() }
    }
}

impl Example for CardMove {
    fn example() -> Self {
        Self { column_id: Some(COLUMN), ..Self::default() }
    }
}
