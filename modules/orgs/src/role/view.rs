use std::collections::BTreeMap;

use base::{
    Error, Scope, View,
    value::{Change, Note, Text},
};
use chrono::{DateTime, Utc};
use poem_openapi::{
    Object,
    types::{Example, MaybeUndefined},
};
use uuid::Uuid;

use super::Model;
use crate::address::patch;

/// A role.
#[derive(Clone, Debug, PartialEq, Eq, Object)]
#[oai(rename = "Role", example)]
pub struct RoleView {
    pub id: Uuid,
    pub name: String,
    pub description: Option<String>,
    /// From `object.verb` to how far it reaches; `*` is everything.
    pub grants: BTreeMap<String, Scope>,
    /// One of the two that every organisation has, which stay as they are.
    pub is_built_in: bool,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
    /// 1 when new, one more with each change.
    pub version: i64,
}

/// A role to be.
#[derive(Clone, Debug, PartialEq, Eq, Object)]
#[oai(deny_unknown_fields, example)]
pub struct NewRole {
    /// Unique in the organisation, whatever the case.
    pub name: Text<100>,
    pub description: Option<Note<2000>>,
    /// From `object.verb`, as in `GET /api/grants/`, to how far it reaches.
    pub grants: BTreeMap<String, Scope>,
}

/// What to change of a role.
#[derive(Clone, Debug, Default, PartialEq, Eq, Object)]
#[oai(deny_unknown_fields, example)]
pub struct RoleChange {
    pub name: Change<Text<100>>,
    pub description: MaybeUndefined<Note<2000>>,
    /// All that the role is to grant.
    pub grants: Change<BTreeMap<String, Scope>>,
}

impl NewRole {
    pub fn write(self, role: &mut Model) {
        role.name = self.name.into_inner();
        role.description = self.description.map(Note::into_inner).filter(|text| !text.is_empty());
        role.grants = serde_json::json!(self.grants);
    }
}

impl RoleChange {
    pub fn write(self, role: &mut Model) {
        if let Change::To(name) = self.name {
            role.name = name.into_inner();
        }
        patch(&mut role.description, self.description, Note::into_inner);
        if let Change::To(grants) = self.grants {
            role.grants = serde_json::json!(grants);
        }
    }
}

impl TryFrom<Model> for RoleView {
    type Error = Error;

    fn try_from(role: Model) -> Result<Self, Error> {
        Ok(Self {
            grants: role.grants()?.iter().map(|(name, scope)| (name.to_owned(), scope)).collect(),
            id: role.id,
            name: role.name,
            description: role.description,
            is_built_in: role.key.is_some(),
            created_at: role.created_at,
            updated_at: role.updated_at,
            version: role.version,
        })
    }
}

impl View for RoleView {
    fn id(&self) -> Uuid {
        self.id
    }

    fn version(&self) -> i64 {
        self.version
    }
}

fn grants() -> BTreeMap<String, Scope> {
    BTreeMap::from([("lead.view".to_owned(), Scope::Org), ("lead.change".to_owned(), Scope::Team)])
}

impl Example for RoleView {
    fn example() -> Self {
        Self {
            id: Uuid::from_u128(0x0190_7c1e_52a0_7b30_9c11_3f6a_2d8e_0200),
            name: "Sales lead".to_owned(),
            description: None,
            grants: grants(),
            is_built_in: false,
            created_at: DateTime::UNIX_EPOCH,
            updated_at: DateTime::UNIX_EPOCH,
            version: 1,
        }
    }
}

impl Example for NewRole {
    #[expect(clippy::unwrap_used, reason = "a constant that is a text")]
    fn example() -> Self {
        Self { name: Text::parse("Sales lead").unwrap(), description: None, grants: grants() }
    }
}

impl Example for RoleChange {
    fn example() -> Self {
        Self { grants: Change::To(grants()), ..Self::default() }
    }
}
