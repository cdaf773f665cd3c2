use std::{collections::BTreeMap, sync::Arc};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use uuid::Uuid;

/// How far a grant reaches: records of one's own, of one's teams, or of the whole organisation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, poem_openapi::Enum)]
#[serde(rename_all = "snake_case")]
#[oai(rename_all = "snake_case")]
pub enum Scope {
    /// Created by me or assigned to me.
    Own,
    /// Own, and assigned to a team of mine or to someone in it.
    Team,
    /// Everything in the organisation.
    Org,
}

/// What a role may do: `object.verb` (such as `lead.change`) to how far it reaches. `*` stands for every object and verb.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Grants(BTreeMap<String, Scope>);

impl Grants {
    /// The built-in ADMIN: everything, everywhere in the organisation.
    pub fn everything() -> Self {
        Self(BTreeMap::from([("*".to_owned(), Scope::Org)]))
    }

    pub fn reach(&self, object: &str, verb: &str) -> Option<Scope> {
        let granted = self.0.get(&format!("{object}.{verb}")).copied();
        granted.max(self.0.get("*").copied())
    }

    /// Whether these grants hold all of `others`: nobody can give what they do not have.
    pub fn hold(&self, others: &Self) -> bool {
        let all = self.0.get("*").copied();
        others.0.iter().all(|(name, scope)| all.max(self.0.get(name).copied()) >= Some(*scope))
    }

    pub fn iter(&self) -> impl Iterator<Item = (&str, Scope)> {
        self.0.iter().map(|(name, scope)| (name.as_str(), *scope))
    }
}

impl FromIterator<(String, Scope)> for Grants {
    fn from_iter<I: IntoIterator<Item = (String, Scope)>>(grants: I) -> Self {
        Self(grants.into_iter().collect())
    }
}

/// Who is asking, in which organisation, with which grants. Nothing org-scoped opens without one.
///
/// Made by the gate from a token and the `org` header, by the worker from a job, and by a form from its key.
#[derive(Clone, Debug)]
pub struct Actor {
    org: Uuid,
    user: Option<Uuid>,
    grants: Arc<Grants>,
    circle: Arc<[Uuid]>,
    request: Arc<Request>,
}

/// What is remembered of the request that an actor came with.
#[derive(Clone, Debug, Default)]
pub struct Request {
    /// The id that the answer, the log and the change log carry.
    pub id: String,
    /// Set when the client sent an `Idempotency-Key`.
    pub once: Option<crate::idempotency::Once>,
}

impl Actor {
    /// A member of `org`. `circle` holds the teams of the user and everyone in them.
    pub fn of(org: Uuid, user: Uuid, grants: Grants, circle: Vec<Uuid>, request: Request) -> Self {
        Self { org, user: Some(user), grants: grants.into(), circle: circle.into(), request: request.into() }
    }

    /// The organisation itself, when nobody is asking: a form's submission, a scheduled job.
    pub fn system(org: Uuid, request: Request) -> Self {
        let grants = Grants::everything().into();
        Self { org, user: None, grants, circle: Arc::default(), request: request.into() }
    }

    pub fn org(&self) -> Uuid {
        self.org
    }

    /// `None` is the organisation's own machinery.
    pub fn user(&self) -> Option<Uuid> {
        self.user
    }

    pub fn grants(&self) -> &Grants {
        &self.grants
    }

    pub fn request(&self) -> &Request {
        &self.request
    }

    /// How far this actor may do `verb` on `object`; `None` is not at all.
    pub fn reach(&self, object: &str, verb: &str) -> Option<Scope> {
        self.grants.reach(object, verb)
    }

    /// Everyone through whom a record of one's teams can be seen: the teams, and the people in them.
    pub fn circle(&self) -> &[Uuid] {
        &self.circle
    }

    /// The same actor for a request whose body could not be known at the door: a streamed upload, told by what it was.
    #[must_use]
    pub fn with_fingerprint(mut self, upload: &str) -> Self {
        let mut request = (*self.request).clone();
        if let Some(once) = &mut request.once {
            once.fingerprint = hex::encode(Sha256::digest(upload.as_bytes()));
        }
        self.request = request.into();
        self
    }
}
