use std::time::Duration;

use lettre::{
    address::Envelope,
    transport::smtp::{
        Error,
        client::AsyncSmtpConnection,
        commands::{Data, Mail, Rcpt},
        extension::{Extension, MailBodyParameter, MailParameter},
        response::Response,
    },
};
use tokio::time::timeout;

use crate::{Undelivered, error::explain};

/// RFC 5321 §4.5.3.2 asks for 5 minutes; nothing is lost by trying again later, so a worker is not held that long.
const COMMAND: Duration = Duration::from_mins(1);

/// RFC 5321 §4.5.3.2.6. Whoever waits less sends e-mails twice.
const CONTENT: Duration = Duration::from_mins(10);

/// One SMTP transaction (RFC 5321 §3.3). Up to the content any failure means that nothing was delivered; once the
/// content is on its way, only the server's answer tells.
pub(super) async fn hand_over(
    connection: &mut AsyncSmtpConnection,
    envelope: &Envelope,
    content: &[u8],
) -> Result<(), Undelivered> {
    let parameters = parameters(connection, envelope, content)?;
    before(timeout(COMMAND, connection.command(Mail::new(envelope.from().cloned(), parameters))).await)?;
    for to in envelope.to() {
        before(timeout(COMMAND, connection.command(Rcpt::new(to.clone(), Vec::new()))).await)?;
    }
    before(timeout(COMMAND, connection.command(Data)).await)?;

    match timeout(CONTENT, connection.message(content)).await {
        Ok(Ok(_)) => Ok(()),
        Ok(Err(error)) if error.status().is_some() => Err(refused(&error)),
        Ok(Err(error)) => Err(Undelivered::Unknown(explain(&error))),
        Err(_) => Err(Undelivered::Unknown(format!("no answer within {} s", CONTENT.as_secs()))),
    }
}

/// What the server must know beforehand: addresses in other scripts (RFC 6531), bytes above 127 (RFC 6152).
fn parameters(
    connection: &AsyncSmtpConnection,
    envelope: &Envelope,
    content: &[u8],
) -> Result<Vec<MailParameter>, Undelivered> {
    let mut parameters = Vec::new();
    let server = connection.server_info();
    let foreign = envelope.to().iter().chain(envelope.from()).any(|address| !AsRef::<str>::as_ref(address).is_ascii());
    if foreign {
        if !server.supports_feature(Extension::SmtpUtfEight) {
            return Err(Undelivered::Permanent("the mail server takes only ASCII addresses".to_owned()));
        }
        parameters.push(MailParameter::SmtpUtfEight);
    }
    if !content.is_ascii() {
        if !server.supports_feature(Extension::EightBitMime) {
            return Err(Undelivered::Permanent("the mail server takes only 7-bit e-mails".to_owned()));
        }
        parameters.push(MailParameter::Body(MailBodyParameter::EightBitMime));
    }
    Ok(parameters)
}

fn before(answer: Result<Result<Response, Error>, tokio::time::error::Elapsed>) -> Result<(), Undelivered> {
    match answer {
        Ok(Ok(_)) => Ok(()),
        Ok(Err(error)) => Err(refused(&error)),
        Err(_) => Err(Undelivered::Temporary(format!("no answer within {} s", COMMAND.as_secs()))),
    }
}

fn refused(error: &Error) -> Undelivered {
    // 530, 534, 535 and 538 ask us to log in, better or safer (RFC 4954 §6, RFC 3207): the operator's to mend.
    let login = error.status().is_some_and(|code| matches!(u16::from(code), 530 | 534 | 535 | 538));
    if error.is_permanent() && !login {
        Undelivered::Permanent(explain(error))
    } else {
        Undelivered::Temporary(explain(error))
    }
}
