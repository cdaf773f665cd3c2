//! Who may listen: a member as everywhere, or whoever brings a ticket that a member got for themselves, since a browser's
//! `EventSource` sends no headers.

use poem::{Request, RequestBody};
use poem_openapi::{
    ApiExtractor, ApiExtractorType, ExtractParamOptions,
    registry::{MetaSecurityScheme, Registry},
};
use uuid::Uuid;

use crate::member::{BEARER, ORG, Who, bearer, bearer_scheme, gate, org, org_scheme};

/// The security scheme of the document that stands for both others.
pub const TICKET: &str = "ticket";

/// Whoever wants to listen.
#[derive(Clone, Debug)]
pub enum Listener {
    /// With a session, in the organisation of the `org` header.
    Member(Who, Uuid),
    /// With a ticket that is yet to be redeemed.
    Ticket(String),
}

impl<'a> ApiExtractor<'a> for Listener {
    const TYPES: &'static [ApiExtractorType] = &[ApiExtractorType::SecurityScheme];

    type ParamType = ();
    type ParamRawType = ();

    fn register(registry: &mut Registry) {
        registry.create_security_scheme(BEARER, bearer_scheme());
        registry.create_security_scheme(ORG, org_scheme());
        registry.create_security_scheme(TICKET, ticket_scheme());
    }

    fn security_schemes() -> Vec<&'static str> {
        vec![BEARER, ORG, TICKET]
    }

    async fn from_request(request: &'a Request, _: &mut RequestBody, _: ExtractParamOptions<()>) -> poem::Result<Self> {
        let pairs: Vec<(String, String)> = request.params().unwrap_or_default();
        if let Some((_, ticket)) = pairs.into_iter().find(|(name, _)| name == TICKET) {
            return Ok(Self::Ticket(ticket));
        }
        let who = gate(request)?.person(bearer(request)?).await?;
        Ok(Self::Member(who, org(request)?))
    }
}

fn ticket_scheme() -> MetaSecurityScheme {
    MetaSecurityScheme {
        ty: "apiKey",
        description: Some("A ticket of `POST /api/stream/tickets/`, good for one stream within a minute."),
        name: Some(TICKET),
        key_in: Some("query"),
        scheme: None,
        bearer_format: None,
        flows: None,
        openid_connect_url: None,
    }
}
