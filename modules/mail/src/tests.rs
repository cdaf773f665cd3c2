mod sink;
mod words;
mod files;
mod smtp;
mod ses;
mod injection;
mod names;

use std::path::PathBuf;

use tokio::net::TcpListener;
use uuid::Uuid;

use crate::{Mailer, Outgoing, Recipient, Settings, SmtpSettings, Tls, Transport, VerifyEmail};

fn mailer(transport: Transport) -> Mailer {
    Mailer::new(Settings {
        from: "Rapport <no-reply@crm.example.com>".parse().expect("an address"),
        reply_to: Some("help@crm.example.com".parse().expect("an address")),
        transport,
    })
    .expect("settings that hold together")
}

fn over_smtp(port: u16) -> Mailer {
    mailer(Transport::Smtp(SmtpSettings { host: "127.0.0.1".into(), port, tls: Tls::None, login: None }))
}

fn to(name: &str, address: &str) -> Outgoing {
    let recipient = Recipient { name: name.into(), address: address.into() };
    let email = VerifyEmail {
        name: "Ada Moss".into(),
        link: "https://crm.example.com/verify-email?token=2f9c1d".into(),
        expires_hours: 24,
    };
    Outgoing::new(Uuid::now_v7(), recipient, email)
}

/// A folder of its own that nobody has made yet.
fn folder() -> PathBuf {
    std::env::temp_dir().join(format!("rapport-mail-{}", Uuid::now_v7()))
}

/// A port where nobody listens.
async fn closed_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    listener.local_addr().expect("an address").port()
}
