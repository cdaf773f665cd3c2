use std::collections::BTreeSet;

use base::{
    Result, Tx, View,
    people::Ref,
    value::{Email, Text},
};
use chrono::{DateTime, Utc};
use poem_openapi::{Enum, Object, types::Example};
use uuid::Uuid;

use super::Model;
use crate::role;

/// An invitation, as those see it who invite.
#[derive(Clone, Debug, PartialEq, Eq, Object)]
#[oai(rename = "Invitation", example)]
pub struct InvitationView {
    pub id: Uuid,
    pub email: String,
    pub role: Option<Ref>,
    pub state: InvitationState,
    /// When its latest letter was posted.
    pub sent_at: Option<DateTime<Utc>>,
    pub expires_at: DateTime<Utc>,
    pub created_at: DateTime<Utc>,
    pub created_by: Option<Ref>,
    pub updated_at: DateTime<Utc>,
    /// 1 when new, one more with each change.
    pub version: i64,
}

/// What became of an invitation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[oai(rename_all = "snake_case")]
pub enum InvitationState {
    Open,
    Accepted,
    Revoked,
    Expired,
}

/// Whom to invite.
#[derive(Clone, Debug, PartialEq, Eq, Object)]
#[oai(deny_unknown_fields, example)]
pub struct NewInvitation {
    pub email: Email,
    pub role_id: Uuid,
}

/// Taking an invitation up.
#[derive(Clone, PartialEq, Eq, Object)]
#[oai(rename = "NewAcceptance", deny_unknown_fields, example)]
pub struct Acceptance {
    /// From the link in the mail.
    pub token: Text<128>,
}

impl InvitationView {
    pub(crate) async fn show(tx: &Tx, invitation: Model) -> Result<Self> {
        let mut views = Self::show_all(tx, vec![invitation]).await?;
        views.pop().ok_or_else(base::Error::not_found)
    }

    /// In their order; two statements, however many they are.
    pub(crate) async fn show_all(tx: &Tx, invitations: Vec<Model>) -> Result<Vec<Self>> {
        let inviters: BTreeSet<Uuid> = invitations.iter().filter_map(|invitation| invitation.created_by).collect();
        let people = tx.people(inviters).await?;
        let roles = tx.find::<role::Entity>().ids(invitations.iter().map(|invitation| invitation.role_id)).await?;
        let shown = invitations.into_iter().map(|invitation| {
            let role = roles.iter().find(|role| role.id == invitation.role_id);
            let inviter = |id: Uuid| people.get(&id).map(|person| Ref { id, name: person.name.clone() });
            Self {
                id: invitation.id,
                state: InvitationState::of(&invitation, tx.now()),
                email: invitation.email,
                role: role.map(|role| Ref { id: role.id, name: role.name.clone() }),
                sent_at: invitation.sent_at,
                expires_at: invitation.expires_at,
                created_at: invitation.created_at,
                created_by: invitation.created_by.and_then(inviter),
                updated_at: invitation.updated_at,
                version: invitation.version,
            }
        });
        Ok(shown.collect())
    }
}

impl InvitationState {
    fn of(invitation: &Model, now: DateTime<Utc>) -> Self {
        match invitation {
            Model { accepted_at: Some(_), .. } => Self::Accepted,
            Model { revoked_at: Some(_), .. } => Self::Revoked,
            Model { expires_at, .. } if *expires_at <= now => Self::Expired,
            _ => Self::Open,
        }
    }
}

impl View for InvitationView {
    fn id(&self) -> Uuid {
        self.id
    }

    fn version(&self) -> i64 {
        self.version
    }
}

const ID: Uuid = Uuid::from_u128(0x0190_7c1e_52a0_7b30_9c11_3f6a_2d8e_0300);
const ROLE: Uuid = Uuid::from_u128(0x0190_7c1e_52a0_7b30_9c11_3f6a_2d8e_0200);

impl Example for InvitationView {
    fn example() -> Self {
        Self {
            id: ID,
            email: "jo@nordlicht.example".to_owned(),
            role: Some(Ref { id: ROLE, name: "User".to_owned() }),
            state: InvitationState::Open,
            sent_at: Some(DateTime::UNIX_EPOCH),
            expires_at: DateTime::UNIX_EPOCH,
            created_at: DateTime::UNIX_EPOCH,
            created_by: None,
            updated_at: DateTime::UNIX_EPOCH,
            version: 1,
        }
    }
}

impl Example for NewInvitation {
    #[expect(clippy::unwrap_used, reason = "a constant that is an address")]
    fn example() -> Self {
        Self { email: Email::parse("jo@nordlicht.example").unwrap(), role_id: ROLE }
    }
}

impl Example for Acceptance {
    #[expect(clippy::unwrap_used, reason = "a constant that is a text")]
    fn example() -> Self {
        Self { token: Text::parse("q8W1mYzT3sVb0LxkR7pNfC5hJd2uEoAi9GtXyKwSvZM").unwrap() }
    }
}
