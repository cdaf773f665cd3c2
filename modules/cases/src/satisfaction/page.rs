//! A question as a page, for people: it needs no script, and runs none.

use base::{Error, Result};
use base64::{Engine, prelude::BASE64_STANDARD};
use minijinja::{Environment, UndefinedBehavior, context};
use poem::{IntoResponse, Response, http::header};
use poem_openapi::{
    ApiResponse,
    registry::{MetaMediaType, MetaResponse, MetaResponses, MetaSchema, MetaSchemaRef, Registry},
};
use sha2::{Digest, Sha256};

use super::view::SurveyView;

/// What ends in `.html` is escaped as HTML.
const NAME: &str = "page.html";
const SOURCE: &str = include_str!("../../../../templates/survey/page.html.j2");
const STYLE: &str = include_str!("../../../../templates/survey/page.css");

const WORDS: [&str; 5] =
    ["very dissatisfied", "dissatisfied", "neither satisfied nor dissatisfied", "satisfied", "very satisfied"];

/// A whole page.
#[derive(Clone, Debug)]
pub struct Page(String);

impl Page {
    pub fn of(survey: &SurveyView) -> Result<Self> {
        let mut environment = Environment::new();
        environment.set_undefined_behavior(UndefinedBehavior::Strict);
        environment.add_template(NAME, SOURCE).map_err(Error::internal)?;
        let page = environment.get_template(NAME).map_err(Error::internal)?;
        let values = context! {
            style => STYLE,
            org_name => &survey.org_name,
            question => &survey.question,
            case_number => survey.case_number,
            case_name => &survey.case_name,
            rating => survey.rating,
            comment => survey.comment.clone().unwrap_or_default(),
            is_open => survey.is_open,
            words => WORDS,
        };
        page.render(values).map(Self).map_err(Error::internal)
    }
}

impl IntoResponse for Page {
    fn into_response(self) -> Response {
        // Its own style is known by its digest (CSP level 3); nothing else is loaded, and it is sent nowhere else.
        let style = BASE64_STANDARD.encode(Sha256::digest(STYLE.as_bytes()));
        let policy = format!(
            "default-src 'none'; style-src 'sha256-{style}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
        );
        Response::builder()
            .content_type("text/html; charset=utf-8")
            .header(header::CONTENT_SECURITY_POLICY, policy)
            .header("x-robots-tag", "noindex")
            .body(self.0)
    }
}

impl ApiResponse for Page {
    fn meta() -> MetaResponses {
        let text = MetaSchemaRef::Inline(Box::new(MetaSchema::new("string")));
        let content = vec![MetaMediaType { content_type: "text/html; charset=utf-8", schema: text }];
        let shown = MetaResponse {
            description: "A page with the question, and with the answer once there is one",
            status: Some(200),
            status_range: None,
            content,
            headers: vec![],
        };
        MetaResponses { responses: vec![shown] }
    }

    fn register(_: &mut Registry) {}
}
