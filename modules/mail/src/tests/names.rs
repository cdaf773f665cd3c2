use lettre::message::Mailbox;

use super::to;
use crate::{Mailer, Settings, Transport, Undelivered, message::compose, render::Rendered};

/// lettre panics while writing a name with a control character in it, so none may get that far.
#[test]
fn every_character_may_be_in_a_name() {
    for c in odd_characters() {
        let headers = headers(&format!("A{c}\"{c} B"), "ada@example.com").expect("a message");
        assert!(headers.is_ascii() && !headers.contains('\0'), "{c:?}");
        assert_eq!(headers.matches("\r\nTo: ").count(), 1, "{c:?}");
        assert_eq!(headers.matches("ada@example.com").count(), 1, "{c:?}");
    }
}

#[test]
fn no_character_in_an_address_does_harm() {
    for c in odd_characters() {
        for address in [format!("a{c}b@example.com"), format!("\"a{c}b\"@example.com"), format!("ab@exam{c}ple.com")] {
            if let Ok(headers) = headers("Ada", &address) {
                assert_eq!(headers.matches("\r\nTo: ").count(), 1, "{c:?}");
                assert!(!headers.contains("\r\nb") && !headers.contains('\0'), "{c:?}");
            }
        }
    }
}

#[test]
fn a_sender_with_a_control_character_is_refused_at_the_start() {
    let address = "no-reply@crm.example.com".parse().expect("an address");
    let from = Mailbox::new(Some("Rapport\r\nBcc: x@y.example".into()), address);
    let settings = Settings { from, reply_to: None, transport: Transport::Console };
    assert!(Mailer::new(settings).is_err());
}

/// Controls, Latin, general punctuation with the invisible ones, and the half and full width forms.
fn odd_characters() -> impl Iterator<Item = char> {
    ('\0'..='\u{17f}').chain('\u{2000}'..='\u{206f}').chain('\u{fe00}'..='\u{ffff}')
}

fn headers(name: &str, address: &str) -> Result<String, Undelivered> {
    let from: Mailbox = "Rapport <no-reply@crm.example.com>".parse().expect("an address");
    let settings = Settings { from, reply_to: None, transport: Transport::Console };
    let words = Rendered { subject: "Hello".into(), text: "Hello".into(), html: "<p>Hello".into() };
    let message = compose(&settings, &to(name, address), words)?;
    let content = String::from_utf8_lossy(&message.formatted()).into_owned();
    Ok(content.split("\r\n\r\n").next().unwrap_or_default().to_owned())
}
