use std::sync::Arc;

use base::{Error, Person, PlatformTx, Result};

/// The e-mail domains whose people run this installation. Empty, and nobody does.
#[derive(Clone, Debug, Default)]
pub struct Keepers(Arc<[String]>);

impl Keepers {
    pub fn of(domains: impl IntoIterator<Item = String>) -> Self {
        Self(
            domains
                .into_iter()
                .map(|domain| domain.trim().to_lowercase())
                .filter(|domain| !domain.is_empty())
                .collect(),
        )
    }

    /// 404 for whoever has no verified address at one of the domains.
    pub async fn check(&self, tx: &PlatformTx, person: &Person) -> Result<()> {
        let address = identity::verified_email_of(tx, person.user()).await?.unwrap_or_default();
        let domain = address.rsplit_once('@').map_or("", |(_, domain)| domain);
        let keeps = self.0.iter().any(|own| own == domain);
        keeps.then_some(()).ok_or_else(Error::not_found)
    }
}
