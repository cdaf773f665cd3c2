use std::path::{Path, PathBuf};
use std::str::FromStr;

use http::Uri;
use lettre::message::Mailbox;
use secrecy::{ExposeSecret, SecretString};

use super::reader::Reader;

#[derive(Debug, Clone)]
pub struct Mail {
    /// The sender of every e-mail, with or without a name.
    pub from: Mailbox,
    pub transport: MailTransport,
}

#[derive(Debug, Clone)]
pub enum MailTransport {
    Smtp(Smtp),
    /// Amazon's own way of finding credentials applies.
    Ses {
        region: String,
    },
    /// One `.eml` file per e-mail.
    File {
        folder: PathBuf,
    },
    /// Onto standard output.
    Console,
}

#[derive(Debug, Clone)]
pub struct Smtp {
    pub host: String,
    pub port: u16,
    pub tls: SmtpTls,
    /// User and password.
    pub login: Option<(String, SecretString)>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SmtpTls {
    /// Starts in clear and must upgrade before anything is said (RFC 3207); port 587.
    StartTls,
    /// TLS from the first byte (RFC 8314); port 465.
    Tls,
    /// For a relay on the same machine; port 25.
    Off,
}

impl Mail {
    pub(super) fn with(reader: &mut Reader<'_>, data_dir: &Path) -> Self {
        let transport = match reader.text("MAIL_TRANSPORT").unwrap_or("console") {
            "console" => MailTransport::Console,
            "file" => MailTransport::File {
                folder: reader.text("MAIL_DIR").map_or_else(|| data_dir.join("mail"), Into::into),
            },
            "smtp" => MailTransport::Smtp(Smtp::with(reader)),
            "ses" => MailTransport::Ses { region: ses_region(reader) },
            _ => {
                reader.fault("MAIL_TRANSPORT", "is not one of smtp, ses, file, console");
                MailTransport::Console
            }
        };
        let really_sends = matches!(transport, MailTransport::Smtp(_) | MailTransport::Ses { .. });
        if really_sends && reader.text("MAIL_FROM").is_none() {
            reader.fault("MAIL_FROM", "is needed when MAIL_TRANSPORT is smtp or ses");
        }
        let nobody = Mailbox::new(Some("Rapport".into()), lettre::Address::new_dangerous("rapport", "localhost"));
        let from = reader.read("MAIL_FROM", nobody, |value| {
            Mailbox::from_str(value).map_err(|_| "is not an e-mail address, with or without a name".into())
        });
        Self { from, transport }
    }
}

impl Smtp {
    fn with(reader: &mut Reader<'_>) -> Self {
        if let Some(url) = reader.secret("SMTP_URL") {
            for name in ["SMTP_HOST", "SMTP_PORT", "SMTP_TLS", "SMTP_USER"] {
                if reader.text(name).is_some() {
                    reader.fault(name, "and SMTP_URL are both set; keep one");
                }
            }
            return from_url(url.expose_secret()).unwrap_or_else(|problem| {
                reader.fault("SMTP_URL", problem);
                Self::default()
            });
        }
        let host = reader.text("SMTP_HOST").unwrap_or_default().to_owned();
        if host.is_empty() {
            reader.fault("SMTP_HOST", "or SMTP_URL is needed when MAIL_TRANSPORT is smtp");
        }
        let tls = reader.read("SMTP_TLS", SmtpTls::StartTls, tls);
        let port = reader.whole("SMTP_PORT", tls.usual_port(), 1..=u16::MAX);
        let user = reader.text("SMTP_USER").map(str::to_owned);
        let login = match (user, reader.secret("SMTP_PASSWORD")) {
            (Some(user), Some(password)) => Some((user, password)),
            (None, None) => None,
            (Some(_), None) => {
                reader.fault("SMTP_PASSWORD", "is needed when SMTP_USER is set");
                None
            }
            (None, Some(_)) => {
                reader.fault("SMTP_USER", "is needed when SMTP_PASSWORD is set");
                None
            }
        };
        Self { host, port, tls, login }
    }
}

impl Default for Smtp {
    fn default() -> Self {
        Self { host: "localhost".into(), port: 25, tls: SmtpTls::Off, login: None }
    }
}

impl SmtpTls {
    fn usual_port(self) -> u16 {
        match self {
            Self::StartTls => 587,
            Self::Tls => 465,
            Self::Off => 25,
        }
    }
}

fn tls(value: &str) -> Result<SmtpTls, String> {
    match value {
        "starttls" => Ok(SmtpTls::StartTls),
        "tls" => Ok(SmtpTls::Tls),
        "off" => Ok(SmtpTls::Off),
        _ => Err("is not one of starttls, tls, off".into()),
    }
}

/// `smtp[s]://[user:password@]host[:port][?tls=starttls|tls|off]`, the login percent-encoded.
fn from_url(url: &str) -> Result<Smtp, String> {
    let wrong = || "is not smtp[s]://[user:password@]host[:port][?tls=starttls|tls|off]".to_string();
    let uri: Uri = url.parse().map_err(|_| wrong())?;
    let (Some(scheme), Some(authority)) = (uri.scheme_str(), uri.authority()) else {
        return Err(wrong());
    };
    let tls = match (scheme, uri.query()) {
        ("smtps", None) => SmtpTls::Tls,
        ("smtp", None) => SmtpTls::StartTls,
        ("smtp" | "smtps", Some(query)) => {
            query.strip_prefix("tls=").and_then(|value| tls(value).ok()).ok_or_else(wrong)?
        }
        _ => return Err(wrong()),
    };
    let login = match authority.as_str().rsplit_once('@') {
        None => None,
        Some((login, _)) => {
            let (user, password) = login.split_once(':').ok_or_else(wrong)?;
            Some((decoded(user).ok_or_else(wrong)?, decoded(password).ok_or_else(wrong)?.into()))
        }
    };
    if authority.host().is_empty() || uri.path().len() > 1 {
        return Err(wrong());
    }
    Ok(Smtp {
        host: authority.host().into(),
        port: authority.port_u16().unwrap_or_else(|| tls.usual_port()),
        tls,
        login,
    })
}

/// Percent-decoding (RFC 3986 §2.1), for the login of an address.
fn decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&first, after)) = rest.split_first() {
        if first == b'%' {
            let digits = std::str::from_utf8(after.get(..2)?).ok()?;
            bytes.push(u8::from_str_radix(digits, 16).ok()?);
            rest = &after[2..];
        } else {
            bytes.push(first);
            rest = after;
        }
    }
    String::from_utf8(bytes).ok()
}

fn ses_region(reader: &mut Reader<'_>) -> String {
    let fits = |value: &str| {
        value.split('-').count() >= 3
            && value.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
    };
    match reader.text("SES_REGION") {
        Some(value) if fits(value) => value.into(),
        Some(_) => {
            reader.fault("SES_REGION", "is not an AWS region");
            String::new()
        }
        None => {
            reader.fault("SES_REGION", "is needed when MAIL_TRANSPORT is ses");
            String::new()
        }
    }
}
