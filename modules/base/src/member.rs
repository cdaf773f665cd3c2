//! Who may call: a person with a session, and a member of the organisation that the `org` header names.

use std::{net::IpAddr, ops::Deref, sync::Arc};

use async_trait::async_trait;
use poem::{FromRequest, Request, RequestBody, http::header};
use poem_openapi::{
    ApiExtractor, ApiExtractorType, ExtractParamOptions,
    registry::{MetaSecurityScheme, Registry},
};
use uuid::Uuid;

use crate::{
    actor::{self, Actor},
    error::{Error, Result},
    idempotency::Once,
};

/// The security schemes of the document. [`Member`] needs both.
pub const BEARER: &str = "bearer";
pub const ORG: &str = "org";

/// Turns a bearer token into a person, and a person in an organisation into an [`Actor`]. The binary has the one there is.
#[async_trait]
pub trait Gate: Send + Sync {
    async fn person(&self, token: &str) -> Result<Who>;
    async fn member(&self, token: &str, org: Uuid, request: actor::Request) -> Result<Actor>;
    /// Somebody who came in before, as they are now; `None` when their session has ended, or they belong there no longer.
    async fn still(&self, who: Who, org: Uuid) -> Result<Option<Actor>>;
}

/// The user and the session that a token stands for.
#[derive(Clone, Copy, Debug)]
pub struct Who {
    pub user: Uuid,
    pub session: Uuid,
}

/// What the gate noted of a request before anything read it.
#[derive(Clone, Debug, Default)]
pub struct Caller {
    pub request_id: String,
    pub ip: Option<IpAddr>,
    pub user_agent: Option<String>,
    /// A digest of the body, for requests with an `Idempotency-Key`.
    pub fingerprint: String,
}

impl<'a> FromRequest<'a> for Caller {
    async fn from_request(request: &'a Request, _: &mut RequestBody) -> poem::Result<Self> {
        Ok(request.data::<Self>().cloned().unwrap_or_default())
    }
}

/// A member of the organisation in the `org` header. As an argument of a handler it is the permission to be called.
#[derive(Clone, Debug)]
pub struct Member(Actor);

impl Deref for Member {
    type Target = Actor;

    fn deref(&self) -> &Actor {
        &self.0
    }
}

impl Member {
    /// The same member, for an upload whose digest is known only after it was read.
    #[must_use]
    pub fn with_fingerprint(self, upload: &str) -> Self {
        Self(self.0.with_fingerprint(upload))
    }
}

/// A person with a session, in no organisation.
#[derive(Clone, Debug)]
pub struct Person {
    who: Who,
    request: actor::Request,
}

impl Person {
    pub fn user(&self) -> Uuid {
        self.who.user
    }

    pub fn session(&self) -> Uuid {
        self.who.session
    }

    pub fn request(&self) -> &actor::Request {
        &self.request
    }
}

impl<'a> ApiExtractor<'a> for Member {
    const TYPES: &'static [ApiExtractorType] = &[ApiExtractorType::SecurityScheme];

    type ParamType = ();
    type ParamRawType = ();

    fn register(registry: &mut Registry) {
        registry.create_security_scheme(BEARER, bearer_scheme());
        registry.create_security_scheme(ORG, org_scheme());
    }

    fn security_schemes() -> Vec<&'static str> {
        vec![BEARER, ORG]
    }

    async fn from_request(request: &'a Request, _: &mut RequestBody, _: ExtractParamOptions<()>) -> poem::Result<Self> {
        let token = bearer(request)?;
        let gate = gate(request)?;
        let org = match org(request) {
            Ok(org) => org,
            Err(error) => {
                gate.person(token).await?;
                return Err(error.into());
            }
        };
        Ok(Self(gate.member(token, org, noted(request)?).await?))
    }
}

impl<'a> ApiExtractor<'a> for Person {
    const TYPES: &'static [ApiExtractorType] = &[ApiExtractorType::SecurityScheme];

    type ParamType = ();
    type ParamRawType = ();

    fn register(registry: &mut Registry) {
        registry.create_security_scheme(BEARER, bearer_scheme());
    }

    fn security_schemes() -> Vec<&'static str> {
        vec![BEARER]
    }

    async fn from_request(request: &'a Request, _: &mut RequestBody, _: ExtractParamOptions<()>) -> poem::Result<Self> {
        let token = bearer(request)?;
        let who = gate(request)?.person(token).await?;
        Ok(Self { who, request: noted(request)? })
    }
}

pub(crate) fn gate(request: &Request) -> Result<&Arc<dyn Gate>> {
    request.data::<Arc<dyn Gate>>().ok_or_else(|| Error::internal("no gate is mounted"))
}

pub(crate) fn bearer(request: &Request) -> Result<&str> {
    let mut values = request.headers().get_all(header::AUTHORIZATION).iter();
    let (Some(value), None) = (values.next(), values.next()) else {
        return Err(Error::unauthorized());
    };
    let (scheme, token) =
        value.to_str().ok().and_then(|value| value.split_once(' ')).ok_or_else(Error::unauthorized)?;
    if !scheme.eq_ignore_ascii_case("bearer") || token.is_empty() {
        return Err(Error::unauthorized());
    }
    Ok(token)
}

pub(crate) fn org(request: &Request) -> Result<Uuid> {
    let mut values = request.headers().get_all(ORG).iter();
    let value = match (values.next(), values.next()) {
        (Some(value), None) => value,
        (None, _) => {
            return Err(Error::bad_request("org_missing", "the `org` header must name your organisation by its id"));
        }
        _ => return Err(Error::bad_request("org_doubled", "there must be one `org` header")),
    };
    let id = value.to_str().ok().filter(|id| id.len() == 36).and_then(|id| Uuid::parse_str(id).ok());
    id.ok_or_else(|| Error::bad_request("org_malformed", "the `org` header must be a UUID"))
}

/// What is remembered of a request: its id, and its `Idempotency-Key` on a POST.
///
/// # Errors
/// 400 for a key that is none.
pub fn noted(request: &Request) -> Result<actor::Request> {
    let caller = request.data::<Caller>().cloned().unwrap_or_default();
    let key = match request.headers().get("idempotency-key") {
        Some(key) if *request.method() == poem::http::Method::POST => Some(key.to_str().unwrap_or_default()),
        _ => None,
    };
    if key.is_some_and(|key| key.trim().is_empty() || key.len() > 255) {
        return Err(Error::bad_request("idempotency_key", "an Idempotency-Key has 1 to 255 ASCII characters"));
    }
    let once = key.map(|key| Once {
        key: key.to_owned(),
        method: request.method().to_string(),
        path: request.uri().path().to_owned(),
        fingerprint: caller.fingerprint,
    });
    Ok(actor::Request { id: caller.request_id, once })
}

pub(crate) fn bearer_scheme() -> MetaSecurityScheme {
    MetaSecurityScheme {
        ty: "http",
        description: Some("The access token of `login` or `refresh`."),
        name: None,
        key_in: None,
        scheme: Some("bearer"),
        bearer_format: Some("JWT"),
        flows: None,
        openid_connect_url: None,
    }
}

pub(crate) fn org_scheme() -> MetaSecurityScheme {
    MetaSecurityScheme {
        ty: "apiKey",
        description: Some("The id of the organisation in which you are asking, one of `GET /api/orgs/`."),
        name: Some(ORG),
        key_in: Some("header"),
        scheme: None,
        bearer_format: None,
        flows: None,
        openid_connect_url: None,
    }
}
