use base::{
    View,
    people::Ref,
    value::{Change, Note, Text},
};
use chrono::{DateTime, Utc};
use poem_openapi::{
    Object,
    types::{Example, MaybeUndefined},
};
use uuid::Uuid;

use crate::{roster::Roster, team::Model};

/// A team.
#[derive(Clone, Debug, PartialEq, Eq, Object)]
#[oai(rename = "Team", example)]
pub struct TeamView {
    pub id: Uuid,
    pub name: String,
    pub description: Option<String>,
    /// By name.
    pub members: Vec<Ref>,
    pub created_at: DateTime<Utc>,
    /// `null`: made by the system.
    pub created_by: Option<Ref>,
    pub updated_at: DateTime<Utc>,
    pub updated_by: Option<Ref>,
    /// 1 when new, one more with each change.
    pub version: i64,
}

/// A team to be: all that a client says about it.
#[derive(Clone, Debug, PartialEq, Eq, Object)]
#[oai(deny_unknown_fields, example)]
pub struct NewTeam {
    /// Unique in the organisation, whatever the case.
    pub name: Text<100>,
    pub description: Option<Note<2000>>,
    /// User ids of active members.
    #[oai(default, validator(max_items = 500, unique_items))]
    pub members: Vec<Uuid>,
}

/// What to change of a team.
#[derive(Clone, Debug, Default, PartialEq, Eq, Object)]
#[oai(deny_unknown_fields, example)]
pub struct TeamChange {
    pub name: Change<Text<100>>,
    pub description: MaybeUndefined<Note<2000>>,
    /// User ids of active members: all who are to be in it.
    #[oai(validator(max_items = 500, unique_items))]
    pub members: Change<Vec<Uuid>>,
}

impl View for TeamView {
    fn id(&self) -> Uuid {
        self.id
    }

    fn version(&self) -> i64 {
        self.version
    }
}

impl NewTeam {
    pub fn write(self, team: &mut Model) -> Roster {
        team.name = self.name.into_inner();
        team.description = self.description.and_then(filled);
        Roster(Some(self.members))
    }
}

impl TeamChange {
    pub fn write(self, team: &mut Model) -> Roster {
        if let Change::To(name) = self.name {
            team.name = name.into_inner();
        }
        match self.description {
            MaybeUndefined::Undefined => {}
            MaybeUndefined::Null => team.description = None,
            MaybeUndefined::Value(description) => team.description = filled(description),
        }
        Roster(self.members.into_option())
    }
}

fn filled(note: Note<2000>) -> Option<String> {
    Some(note.into_inner()).filter(|text| !text.is_empty())
}

const PERSON: Uuid = Uuid::from_u128(0x0190_7c1e_52a0_7b30_9c11_3f6a_2d8e_0001);

impl Example for TeamView {
    fn example() -> Self {
        let ana = Ref { id: PERSON, name: "Ana Lindt".to_owned() };
        Self {
            id: Uuid::from_u128(0x0190_7c1e_52a0_7b30_9c11_3f6a_2d8e_0010),
            name: "Sales North".to_owned(),
            description: Some("Everything north of Hanover.".to_owned()),
            members: vec![ana.clone()],
            created_at: DateTime::UNIX_EPOCH,
            created_by: Some(ana.clone()),
            updated_at: DateTime::UNIX_EPOCH,
            updated_by: Some(ana),
            version: 1,
        }
    }
}

impl Example for NewTeam {
    #[expect(clippy::unwrap_used, reason = "a constant that is a name")]
    fn example() -> Self {
        Self {
            name: Text::parse("Sales North").unwrap(),
            description: Note::parse("Everything north of Hanover.").ok(),
            members: vec![PERSON],
        }
    }
}

impl Example for TeamChange {
    fn example() -> Self {
        Self { description: MaybeUndefined::Null, members: Change::To(vec![PERSON]), ..Self::default() }
    }
}
