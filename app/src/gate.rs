//! Who may come in: the one place where a token and an organisation become an [`Actor`].

use std::sync::Arc;

use async_trait::async_trait;
use base::{Actor, Error, Gate, Platform, PlatformTx, Request, Result, Who, queue::Actors};
use identity::KeyRing;
use uuid::Uuid;

/// The gate of this server.
pub struct Doorkeeper {
    pub platform: Platform,
    pub keys: Arc<KeyRing>,
}

#[async_trait]
impl Gate for Doorkeeper {
    async fn person(&self, token: &str) -> Result<Who> {
        let seen = self.platform.read(async |tx| identity::who(tx, &self.keys, token).await).await?;
        self.noted(seen).await
    }

    async fn member(&self, token: &str, org: Uuid, request: Request) -> Result<Actor> {
        let (seen, actor) = self
            .platform
            .read_in(org, async |tx| {
                let seen = identity::who(tx, &self.keys, token).await?;
                let actor = actor(tx, org, seen.who.user, request).await?;
                Ok((seen, actor))
            })
            .await?;
        self.noted(seen).await?;
        actor.ok_or_else(Error::not_found)
    }

    async fn still(&self, who: Who, org: Uuid) -> Result<Option<Actor>> {
        self.platform
            .read_in(org, async |tx| {
                if !identity::is_live(tx, who).await? {
                    return Ok(None);
                }
                actor(tx, org, who.user, Request::default()).await
            })
            .await
    }
}

#[async_trait]
impl Actors for Doorkeeper {
    /// In whose name a job runs; `None` when its user is no longer a member.
    async fn actor(&self, org: Uuid, user: Option<Uuid>, request: Request) -> Result<Option<Actor>> {
        let Some(user) = user else {
            #[expect(clippy::disallowed_methods, reason = "the organisation's own job, as its row says")]
            return Ok(Some(Actor::system(org, request)));
        };
        self.platform.read_in(org, async |tx| actor(tx, org, user, request).await).await
    }
}

impl Doorkeeper {
    async fn noted(&self, seen: identity::Seen) -> Result<Who> {
        if let Some(first) = seen.first_use {
            identity::note_use(&self.platform, first).await?;
        }
        Ok(seen.who)
    }
}

/// Membership, role and teams as they are now: whoever is removed is out at once.
async fn actor(tx: &PlatformTx, org: Uuid, user: Uuid, request: Request) -> Result<Option<Actor>> {
    let Some(standing) = orgs::standing(tx, org, user, Some(teams::circle(org, user))).await? else {
        return Ok(None);
    };
    let orgs::Standing { grants, circle } = standing;
    #[expect(clippy::disallowed_methods, reason = "this is the gate")]
    Ok(Some(Actor::of(org, user, grants, circle, request)))
}
