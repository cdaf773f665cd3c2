use base::{
    Ref, Stamp, View,
    value::{Change, Note, Text},
};
use poem_openapi::{
    Object,
    types::{Example, MaybeUndefined},
};
use uuid::Uuid;

use super::targets::{Target, Targets};

/// An SLA policy: in which time an organisation promises to answer and to resolve.
#[derive(Clone, Debug, Object)]
pub struct SlaPolicyView {
    #[oai(flatten)]
    pub stamp: Stamp,
    pub name: String,
    pub description: Option<String>,
    /// Whose time counts; `null`: around the clock.
    pub calendar: Option<Ref>,
    pub targets: Targets,
    /// It holds for every new case.
    pub is_default: bool,
}

/// What is promised for a new case.
#[derive(Clone, Debug, Object)]
pub struct SlaInForce {
    /// `null`: the built-in one, for no policy is the default.
    pub policy: Option<Ref>,
    /// Whose time counts; `null`: around the clock.
    pub calendar: Option<Ref>,
    pub targets: Targets,
}

/// An SLA policy to make, or to put in the place of one.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields, example)]
pub struct NewSlaPolicy {
    /// Unique in the organisation, whatever the case.
    pub name: Text<100>,
    pub description: Option<Note<2000>>,
    /// The business calendar whose time counts; around the clock when left out.
    pub calendar_id: Option<Uuid>,
    #[oai(default)]
    pub targets: Targets,
    /// Takes it from the one that was.
    #[oai(default)]
    pub is_default: bool,
}

/// What to change of an SLA policy.
#[derive(Clone, Debug, Default, Object)]
#[oai(deny_unknown_fields, example)]
pub struct SlaPolicyChange {
    pub name: Change<Text<100>>,
    pub description: MaybeUndefined<Note<2000>>,
    pub calendar_id: MaybeUndefined<Uuid>,
    /// All four; a priority that is left out gets what is usual for it.
    pub targets: Change<Targets>,
    pub is_default: Change<bool>,
}

impl View for SlaPolicyView {
    fn id(&self) -> Uuid {
        self.stamp.id
    }

    fn version(&self) -> i64 {
        self.stamp.version
    }
}

impl Example for NewSlaPolicy {
    fn example() -> Self {
        Self {
            name: Text::parse("Gold").expect("a name"),
            description: Note::parse("For customers with a service contract.").ok(),
            calendar_id: None,
            targets: Targets { urgent: Target { first_response: 1_800, resolution: 7_200 }, ..Targets::default() },
            is_default: false,
        }
    }
}

impl Example for SlaPolicyChange {
    fn example() -> Self {
        Self { description: MaybeUndefined::Null, ..Self::default() }
    }
}
