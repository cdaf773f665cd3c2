use base::Caller;
use poem::{FromRequest, Request, RequestBody, http::header};

/// What a request says of whoever sends it.
#[derive(Clone, Debug, Default)]
pub struct Visit {
    pub caller: Caller,
    pub asked: base::Request,
    /// The origin of the page, which browsers send with every form.
    pub origin: Option<String>,
    pub referrer: Option<String>,
}

impl<'a> FromRequest<'a> for Visit {
    async fn from_request(request: &'a Request, body: &mut RequestBody) -> poem::Result<Self> {
        let text =
            |name| request.headers().get(name).map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned());
        Ok(Self {
            caller: Caller::from_request(request, body).await?,
            asked: base::noted(request)?,
            origin: text(header::ORIGIN),
            referrer: text(header::REFERER),
        })
    }
}

impl Visit {
    pub fn ip(&self) -> Option<String> {
        self.caller.ip.map(|ip| ip.to_string())
    }

    pub fn user_agent(&self) -> Option<String> {
        self.caller.user_agent.as_deref().map(|agent| cut(agent, 512))
    }

    pub fn referrer(&self) -> Option<String> {
        self.referrer.as_deref().map(|referrer| cut(referrer, 2_048))
    }
}

fn cut(text: &str, most: usize) -> String {
    text.chars().filter(|c| !c.is_control()).take(most).collect()
}
