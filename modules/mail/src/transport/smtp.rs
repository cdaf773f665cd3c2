use std::{net::IpAddr, time::Duration};

use lettre::{
    address::Envelope,
    transport::smtp::{
        authentication::{Credentials, DEFAULT_MECHANISMS},
        client::{AsyncSmtpConnection, TlsParameters},
        extension::ClientId,
    },
};
use secrecy::{ExposeSecret as _, SecretString};
use tokio::{
    sync::Mutex,
    time::{Instant, timeout},
};

use super::handover::hand_over;
use crate::{Undelivered, Unready, error::explain};

/// An SMTP server to hand e-mails to (RFC 6409 submission, or a relay).
#[derive(Clone, Debug)]
pub struct SmtpSettings {
    pub host: String,
    /// Customary: 587 with STARTTLS, 465 with implicit TLS.
    pub port: u16,
    pub tls: Tls,
    pub login: Option<Login>,
}

#[derive(Clone, Debug)]
pub struct Login {
    pub user: String,
    pub password: SecretString,
}

/// How the connection is encrypted. Certificates are checked against Mozilla's list; there is no way to skip that.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tls {
    /// STARTTLS, and no e-mail if the server does not offer it (RFC 3207).
    Starttls,
    /// From the first byte on (RFC 8314).
    Implicit,
    /// Only to this machine (`localhost` or a loopback address).
    None,
}

const CONNECT: Duration = Duration::from_secs(30);

/// An open connection is used again within this time; servers close idle ones after some minutes.
const KEEP: Duration = Duration::from_secs(30);

/// lettre's own connections, but not its transport: that one answers the same error whether a connection broke before
/// or after the message was handed over, and only one of them may be repeated without care.
pub(crate) struct Smtp {
    settings: SmtpSettings,
    tls: Option<TlsParameters>,
    hello: ClientId,
    kept: Mutex<Option<(AsyncSmtpConnection, Instant)>>,
}

impl Smtp {
    pub fn new(settings: SmtpSettings) -> Result<Self, Unready> {
        let tls = match settings.tls {
            Tls::None if is_this_machine(&settings.host) => None,
            Tls::None => {
                let host = &settings.host;
                return Err(Unready(format!("e-mails go to {host} only with TLS; without it only to localhost")));
            }
            Tls::Starttls | Tls::Implicit => {
                Some(TlsParameters::new(settings.host.clone()).map_err(|error| Unready(explain(&error)))?)
            }
        };
        Ok(Self { settings, tls, hello: ClientId::default(), kept: Mutex::new(None) })
    }

    pub async fn check(&self) -> Result<(), Unready> {
        let mut connection = self.connect().await.map_err(Unready)?;
        close(&mut connection).await;
        Ok(())
    }

    pub async fn send(&self, envelope: &Envelope, content: &[u8]) -> Result<(), Undelivered> {
        let mut connection = match self.take_kept().await {
            Some(connection) => connection,
            None => self.connect().await.map_err(Undelivered::Temporary)?,
        };
        let answer = hand_over(&mut connection, envelope, content).await;
        if answer.is_ok() {
            *self.kept.lock().await = Some((connection, Instant::now()));
        } else {
            close(&mut connection).await;
        }
        answer
    }

    /// The kept connection, if it is young and the server still answers on it.
    async fn take_kept(&self) -> Option<AsyncSmtpConnection> {
        let (mut connection, since) = self.kept.lock().await.take()?;
        let alive = since.elapsed() < KEEP && timeout(CONNECT, connection.test_connected()).await == Ok(true);
        alive.then_some(connection)
    }

    /// Connects, encrypts and logs in. What goes wrong here is never the e-mail's fault, so even a "535 wrong
    /// password" only delays it.
    async fn connect(&self) -> Result<AsyncSmtpConnection, String> {
        let SmtpSettings { host, port, .. } = &self.settings;
        match timeout(CONNECT, self.open()).await {
            Ok(Ok(connection)) => Ok(connection),
            Ok(Err(error)) => Err(format!("{host}:{port}: {}", explain(&error))),
            Err(_) => Err(format!("{host}:{port}: no answer within {} s", CONNECT.as_secs())),
        }
    }

    async fn open(&self) -> Result<AsyncSmtpConnection, lettre::transport::smtp::Error> {
        let SmtpSettings { host, port, tls, login } = &self.settings;
        let from_the_start = self.tls.clone().filter(|_| *tls == Tls::Implicit);
        let server = (host.as_str(), *port);
        let mut connection =
            AsyncSmtpConnection::connect_tokio1(server, Some(CONNECT), &self.hello, from_the_start, None).await?;
        if let Some(tls) = self.tls.clone().filter(|_| *tls == Tls::Starttls) {
            connection.starttls(tls, &self.hello).await?;
        }
        if let Some(Login { user, password }) = login {
            let login = Credentials::new(user.clone(), password.expose_secret().to_owned());
            connection.auth(DEFAULT_MECHANISMS, &login).await?;
        }
        Ok(connection)
    }
}

/// Says goodbye, but does not wait long for an answer.
async fn close(connection: &mut AsyncSmtpConnection) {
    let _ = timeout(Duration::from_secs(2), connection.abort()).await;
}

fn is_this_machine(host: &str) -> bool {
    host.eq_ignore_ascii_case("localhost") || host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}
