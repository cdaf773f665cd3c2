use std::time::Duration;

use aws_sdk_sesv2::{
    Client,
    config::{Region, SharedHttpClient, retry::RetryConfig, timeout::TimeoutConfig},
    error::{ConnectorError, ProvideErrorMetadata, SdkError},
    operation::send_email::SendEmailError,
    primitives::Blob,
    types::{Destination, EmailContent, RawMessage},
};
use aws_smithy_http_client::{
    Builder,
    tls::{Provider, rustls_provider::CryptoMode},
};
use lettre::address::Envelope;
use tokio::sync::OnceCell;

use crate::{Undelivered, Unready, error::explain, filters::one_line};

/// Amazon SES. Credentials come from where AWS tools look for them: environment, profile, container or machine role.
#[derive(Clone, Debug)]
pub struct SesSettings {
    /// Such as `eu-west-1`.
    pub region: String,
    /// Another address of the API, such as a VPC endpoint or a simulator.
    pub endpoint: Option<String>,
}

/// Well over what SES needs, well under a job's patience.
const ANSWER: Duration = Duration::from_mins(1);

pub(crate) struct Ses {
    settings: SesSettings,
    /// Made by the first use, as reading AWS profiles is asynchronous.
    client: OnceCell<Client>,
}

impl Ses {
    pub fn new(settings: SesSettings) -> Self {
        Self { settings, client: OnceCell::new() }
    }

    #[cfg(test)]
    pub fn with(settings: SesSettings, client: Client) -> Self {
        Self { settings, client: OnceCell::new_with(Some(client)) }
    }

    pub async fn check(&self) -> Result<(), Unready> {
        let account = self.client().await.get_account().send().await.map_err(|error| Unready(tell(&error)))?;
        if account.sending_enabled() {
            Ok(())
        } else {
            Err(Unready("Amazon SES: sending is switched off for this account".to_owned()))
        }
    }

    /// Answers with the Message-ID, which SES makes itself.
    pub async fn send(&self, envelope: &Envelope, content: Vec<u8>) -> Result<String, Undelivered> {
        let raw = RawMessage::builder().data(Blob::new(content)).build();
        let raw = raw.map_err(|error| Undelivered::Permanent(error.to_string()))?;
        // The destination is given apart from the content, so no header could ever add a recipient.
        let to = envelope.to().iter().map(ToString::to_string).collect();
        let sent = self
            .client()
            .await
            .send_email()
            .destination(Destination::builder().set_to_addresses(Some(to)).build())
            .content(EmailContent::builder().raw(raw).build())
            .send()
            .await
            .map_err(|error| judge(&error))?;
        let host = match self.settings.region.as_str() {
            "us-east-1" => "email",
            region => region,
        };
        Ok(format!("<{}@{host}.amazonses.com>", sent.message_id().unwrap_or_default()))
    }

    async fn client(&self) -> &Client {
        self.client.get_or_init(|| connect(&self.settings)).await
    }
}

async fn connect(settings: &SesSettings) -> Client {
    let mut loader = aws_config::from_env()
        .http_client(http())
        .region(Region::new(settings.region.clone()))
        // The job tries again, and knows when it must not.
        .retry_config(RetryConfig::disabled())
        .timeout_config(TimeoutConfig::builder().operation_timeout(ANSWER).build());
    if let Some(endpoint) = &settings.endpoint {
        loader = loader.endpoint_url(endpoint);
    }
    Client::new(&loader.load().await)
}

/// The one TLS stack of the house: rustls with ring.
pub(crate) fn http() -> SharedHttpClient {
    Builder::new().tls_provider(Provider::Rustls(CryptoMode::Ring)).build_https()
}

fn judge(error: &SdkError<SendEmailError>) -> Undelivered {
    match error {
        // The operator can mend an unverified domain or a paused account while the e-mail waits.
        SdkError::ServiceError(refused) => match refused.err() {
            SendEmailError::BadRequestException(_) | SendEmailError::MessageRejected(_) => {
                Undelivered::Permanent(tell(error))
            }
            _ => Undelivered::Temporary(tell(error)),
        },
        // No credentials, no connection: nothing has left this machine.
        SdkError::ConstructionFailure(_) => Undelivered::Temporary(tell(error)),
        SdkError::DispatchFailure(failure) if !failure.as_connector_error().is_none_or(may_have_left) => {
            Undelivered::Temporary(tell(error))
        }
        _ => Undelivered::Unknown(tell(error)),
    }
}

/// Whether the request may have reached Amazon. The client tells a connection that was never made from one that broke
/// only in the text of its error.
fn may_have_left(failure: &ConnectorError) -> bool {
    let connecting = failure.is_io() && explain(failure).contains("(Connect)");
    let asking_for_credentials = failure.is_other() && failure.as_other().is_none();
    !(connecting || asking_for_credentials || failure.is_user())
}

fn tell<E>(error: &SdkError<E>) -> String
where
    E: std::error::Error + ProvideErrorMetadata + 'static,
{
    let text = match (error.code(), error.message()) {
        (Some(code), Some(message)) => format!("Amazon SES: {code}: {message}"),
        _ => format!("Amazon SES: {}", explain(error)),
    };
    one_line(&text, 400)
}
