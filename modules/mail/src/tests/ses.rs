use aws_sdk_sesv2::{
    Client, Config,
    config::{BehaviorVersion, Credentials, Region, retry::RetryConfig},
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpListener,
};

use super::{closed_port, mailer, to};
use crate::{
    SesSettings, Transport, Undelivered,
    transport::ses::{Ses, http},
};

#[tokio::test]
async fn an_accepted_email_has_the_id_that_ses_gave_it() {
    let port = amazon("HTTP/1.1 200 OK", r#"{"MessageId": "0-a"}"#).await;
    assert_eq!(send(port).await, Ok("<0-a@eu-west-1.amazonses.com>".to_owned()));
}

#[tokio::test]
async fn a_rejected_email_is_given_up() {
    let refused = "HTTP/1.1 400 Bad Request\r\nx-amzn-errortype: MessageRejected";
    let outcome = send(amazon(refused, r#"{"message": "not a verified address"}"#).await).await;
    let reason = "Amazon SES: MessageRejected: not a verified address".to_owned();
    assert_eq!(outcome, Err(Undelivered::Permanent(reason)));
}

#[tokio::test]
async fn too_many_emails_at_once_are_delayed() {
    let busy = "HTTP/1.1 429 Too Many Requests\r\nx-amzn-errortype: TooManyRequestsException";
    let outcome = send(amazon(busy, "{}").await).await;
    assert!(matches!(outcome, Err(Undelivered::Temporary(_))), "{outcome:?}");
}

#[tokio::test]
async fn an_answer_that_never_came_leaves_it_open() {
    let outcome = send(amazon("", "").await).await;
    assert!(matches!(outcome, Err(Undelivered::Unknown(_))), "{outcome:?}");
}

#[tokio::test]
async fn a_connection_that_was_refused_delays_the_email() {
    let outcome = send(closed_port().await).await;
    assert!(matches!(outcome, Err(Undelivered::Temporary(_))), "{outcome:?}");
}

#[tokio::test]
async fn without_credentials_there_is_an_error_and_no_panic() {
    let settings = settings(closed_port().await);
    let config = Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::new(settings.region.clone()))
        .retry_config(RetryConfig::disabled())
        .http_client(http())
        .build();
    let ses = Ses::with(settings, Client::from_conf(config));
    let outcome = ses.send(&envelope(), b"Subject: x\r\n\r\nx".to_vec()).await;
    assert!(matches!(outcome, Err(Undelivered::Temporary(_))), "{outcome:?}");
    assert!(ses.check().await.expect_err("no credentials").to_string().starts_with("Amazon SES: "));
}

/// Whatever credentials this machine has, nobody listens.
#[tokio::test]
async fn the_usual_client_is_made_without_a_panic() {
    let mailer = mailer(Transport::Ses(settings(closed_port().await)));
    let outcome = mailer.deliver(&to("Ada", "ada@example.com")).await;
    assert!(matches!(outcome, Err(Undelivered::Temporary(_))), "{outcome:?}");
}

fn settings(port: u16) -> SesSettings {
    SesSettings { region: "eu-west-1".into(), endpoint: Some(format!("http://127.0.0.1:{port}")) }
}

async fn send(port: u16) -> Result<String, Undelivered> {
    let settings = settings(port);
    let config = Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::new(settings.region.clone()))
        .endpoint_url(settings.endpoint.clone().unwrap_or_default())
        .credentials_provider(Credentials::new("key", "secret", None, None, "test"))
        .retry_config(RetryConfig::disabled())
        .http_client(http())
        .build();
    let ses = Ses::with(settings, Client::from_conf(config));
    ses.send(&envelope(), b"Subject: x\r\n\r\nx".to_vec()).await
}

fn envelope() -> lettre::address::Envelope {
    let from = "no-reply@crm.example.com".parse().expect("an address");
    let to = "ada@example.com".parse().expect("an address");
    lettre::address::Envelope::new(Some(from), vec![to]).expect("an envelope")
}

/// Takes one request, answers it (unless there is nothing to say) and hangs up.
#[expect(clippy::disallowed_methods, reason = "the runtime of the test ends the task")]
async fn amazon(head: &'static str, body: &'static str) -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let port = listener.local_addr().expect("an address").port();
    tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.expect("a connection");
        let mut request = String::new();
        // The body is one JSON object.
        while !request.trim_end().ends_with('}') {
            let mut piece = [0; 4096];
            let length = stream.read(&mut piece).await.expect("a request");
            request.push_str(&String::from_utf8_lossy(&piece[..length]));
        }
        if !head.is_empty() {
            let answer = format!("{head}\r\nContent-Length: {}\r\n\r\n{body}", body.len());
            stream.write_all(answer.as_bytes()).await.expect("answered");
        }
    });
    port
}
