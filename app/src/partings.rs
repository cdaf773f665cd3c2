//! What ends elsewhere when somebody is removed from an organisation.

use async_trait::async_trait;
use base::{Result, Tx};
use orgs::member::Farewell;
use uuid::Uuid;

/// Takes them out of their teams and off their boards: whoever comes back later sees nobody's work until a team or a board
/// takes them in again.
pub struct Partings;

#[async_trait]
impl Farewell for Partings {
    async fn removed(&self, tx: &Tx, user: Uuid) -> Result<()> {
        teams::leave(tx, user).await?;
        boards::leave(tx, user).await
    }
}
