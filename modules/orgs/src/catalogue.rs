use std::collections::BTreeMap;

use base::{Access, Faults, Grants, Result, Scope};

use crate::{invitation, member, role};

/// Everything that a role can grant: the objects of all modules, each with its verbs. `app/src/mount.rs` collects it.
#[derive(Clone, Debug)]
pub struct Catalogue(BTreeMap<String, Vec<String>>);

impl Catalogue {
    /// What this module has to grant.
    #[must_use]
    pub fn new() -> Self {
        Self(BTreeMap::new())
            .and("org", &["change"])
            .with::<role::Entity>()
            .with::<member::Entity>()
            .with::<invitation::Entity>()
    }

    /// A record, by its access policy.
    #[must_use]
    pub fn with<A: Access>(mut self) -> Self {
        self.0.insert(A::OBJECT.to_owned(), A::VERBS.iter().map(|verb| verb.0.to_owned()).collect());
        self
    }

    /// An object that is not a record.
    #[must_use]
    pub fn and(mut self, object: &str, verbs: &[&str]) -> Self {
        self.0.insert(object.to_owned(), verbs.iter().map(|verb| (*verb).to_owned()).collect());
        self
    }

    #[must_use]
    pub fn objects(&self) -> &BTreeMap<String, Vec<String>> {
        &self.0
    }

    /// `wanted` as grants that somebody with `own` may give.
    ///
    /// # Errors
    /// 422 `unknown_grant` for each name that is not here, `not_yours` for each grant wider than one's own.
    pub(crate) fn check(&self, wanted: &BTreeMap<String, Scope>, own: &Grants) -> Result<Grants> {
        let mut faults = Faults::new();
        for (name, scope) in wanted {
            let pointer = format!("/grants/{}", name.replace('~', "~0").replace('/', "~1"));
            if !self.has(name) {
                faults.add(pointer, "unknown_grant", "There is nothing by this name to grant.");
            } else if !own.hold(&Grants::from_iter([(name.clone(), *scope)])) {
                faults.add(pointer, "not_yours", "Nobody can give what they do not have.");
            }
        }
        faults.check()?;
        Ok(wanted.iter().map(|(name, scope)| (name.clone(), *scope)).collect())
    }

    fn has(&self, name: &str) -> bool {
        let Some((object, verb)) = name.split_once('.') else { return false };
        self.0.get(object).is_some_and(|verbs| verbs.iter().any(|known| known == verb))
    }
}

impl Default for Catalogue {
    fn default() -> Self {
        Self::new()
    }
}
