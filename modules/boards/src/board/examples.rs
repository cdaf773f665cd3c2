use base::value::{Change, Note, Text};
use poem_openapi::types::Example;
use uuid::Uuid;

use super::view::{BoardChange, BoardReplacement, NewBoard};

const PERSON: Uuid = Uuid::from_u128(0x0190_7c1e_52a0_7b30_9c11_3f6a_2d8e_0001);

fn name() -> Text<255> {
    Text::parse("Moving house").expect("a name")
}

impl Example for NewBoard {
    fn example() -> Self {
        Self {
            name: name(),
            description: Note::parse("Everything until the new warehouse opens.").ok(),
            is_archived: false,
            owners: vec![],
            admins: vec![],
            members: vec![PERSON],
            columns: Some(["Ideas", "Doing", "Done"].into_iter().filter_map(|name| Text::parse(name).ok()).collect()),
        }
    }
}

impl Example for BoardReplacement {
    fn example() -> Self {
        Self {
            name: name(),
            description: None,
            is_archived: false,
            owners: vec![PERSON],
            admins: vec![],
            members: vec![],
        }
    }
}

impl Example for BoardChange {
    fn example() -> Self {
        Self { is_archived: Change::To(true), ..Self::default() }
    }
}
