use base::View;
use chrono::{DateTime, Utc};
use poem_openapi::{Object, types::Example};
use uuid::Uuid;

/// An organisation from outside.
#[derive(Clone, Debug, PartialEq, Eq, Object)]
#[oai(example)]
pub struct PlatformOrg {
    pub id: Uuid,
    pub name: String,
    /// `false`: nobody can come in.
    pub is_active: bool,
    /// Active ones.
    pub members: u64,
    pub created_at: DateTime<Utc>,
    pub version: i64,
}

/// Whether an organisation may be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Object)]
#[oai(deny_unknown_fields, example)]
pub struct PlatformOrgChange {
    pub is_active: bool,
}

impl View for PlatformOrg {
    fn id(&self) -> Uuid {
        self.id
    }

    fn version(&self) -> i64 {
        self.version
    }
}

impl Example for PlatformOrg {
    fn example() -> Self {
        Self {
            id: Uuid::from_u128(0x0190_7c1e_52a0_7b30_9c11_3f6a_2d8e_0100),
            name: "Nordlicht Ltd".to_owned(),
            is_active: true,
            members: 12,
            created_at: DateTime::UNIX_EPOCH,
            version: 1,
        }
    }
}

impl Example for PlatformOrgChange {
    fn example() -> Self {
        Self { is_active: false }
    }
}
