use mail_parser::MessageParser;

use super::{
    closed_port, mailer, over_smtp,
    sink::{Mood, Sink},
    to,
};
use crate::{Mailer, Settings, SmtpSettings, Tls, Transport, Undelivered};

#[tokio::test]
async fn smtp_delivers_and_keeps_the_connection() {
    let sink = Sink::start(Mood::Kind).await;
    let mailer = over_smtp(sink.port);
    mailer.check().await.expect("reachable");
    for _ in 0..3 {
        let outgoing = to("Ada", "ada@example.com");
        let sent = mailer.deliver(&outgoing).await.expect("sent");
        assert_eq!(sent.message_id, format!("<{}@crm.example.com>", outgoing.id));
    }
    let taken = sink.taken();
    assert_eq!(taken.len(), 3);
    let greetings = taken.iter().flat_map(|mail| &mail.commands).filter(|line| line.starts_with("EHLO")).count();
    assert_eq!(greetings, 1);
    let message = MessageParser::new().parse(taken[0].content.as_bytes()).expect("a message");
    assert_eq!(message.subject(), Some("Confirm your e-mail address"));
}

#[tokio::test]
async fn an_address_in_another_script_goes_out() {
    let sink = Sink::start(Mood::Kind).await;
    over_smtp(sink.port).deliver(&to("Jürgen", "jürgen@example.com")).await.expect("sent");
    assert_eq!(sink.taken()[0].recipients, ["<jürgen@example.com>"]);
}

#[tokio::test]
async fn the_outcome_says_whether_to_try_again() {
    type Is = fn(&Undelivered) -> bool;
    let temporary: Is = |outcome| matches!(outcome, Undelivered::Temporary(_));
    let permanent: Is = |outcome| matches!(outcome, Undelivered::Permanent(_));
    let unknown: Is = |outcome| matches!(outcome, Undelivered::Unknown(_));
    let cases = [
        (Mood::Answers("EHLO", "554 go away"), temporary),
        (Mood::Answers("MAIL", "451 busy"), temporary),
        (Mood::Answers("MAIL", "530 log in first"), temporary),
        (Mood::Answers("RCPT", "450 mailbox busy"), temporary),
        (Mood::Answers("RCPT", "550 no such user"), permanent),
        (Mood::Answers("DATA", "554 no"), permanent),
        (Mood::Answers(".", "452 disk full"), temporary),
        (Mood::Answers(".", "552 too big"), permanent),
        (Mood::HangsUpAfter("EHLO"), temporary),
        (Mood::HangsUpAfter("RCPT"), temporary),
        (Mood::HangsUpAfter("DATA"), temporary),
        (Mood::HangsUpAfter("."), unknown),
    ];
    for (mood, expected) in cases {
        let sink = Sink::start(mood).await;
        let outcome = over_smtp(sink.port).deliver(&to("Ada", "ada@example.com")).await.expect_err("undelivered");
        assert!(expected(&outcome), "{mood:?} gave {outcome:?}");
    }
}

#[tokio::test]
async fn a_server_that_is_away_delays_the_email() {
    let mailer = over_smtp(closed_port().await);
    assert!(matches!(mailer.deliver(&to("Ada", "ada@example.com")).await, Err(Undelivered::Temporary(_))));
    let fault = mailer.check().await.expect_err("nobody there").to_string();
    assert!(fault.contains("127.0.0.1") && fault.contains("refused"), "{fault}");
}

#[tokio::test]
async fn starttls_is_not_optional() {
    let sink = Sink::start(Mood::Kind).await;
    let settings = SmtpSettings { host: "127.0.0.1".into(), port: sink.port, tls: Tls::Starttls, login: None };
    let mailer = mailer(Transport::Smtp(settings));
    assert!(matches!(mailer.deliver(&to("Ada", "ada@example.com")).await, Err(Undelivered::Temporary(_))));
    let fault = mailer.check().await.expect_err("no STARTTLS").to_string();
    assert!(fault.contains("STARTTLS is not supported"), "{fault}");
    assert!(sink.taken().is_empty());
}

#[test]
fn without_tls_no_email_leaves_the_machine() {
    let with = |host: &str| {
        let smtp = SmtpSettings { host: host.into(), port: 25, tls: Tls::None, login: None };
        let from = "no-reply@crm.example.com".parse().expect("an address");
        Mailer::new(Settings { from, reply_to: None, transport: Transport::Smtp(smtp) }).is_ok()
    };
    assert!(with("localhost") && with("127.0.0.1") && with("::1"));
    assert!(!with("mail.example.com") && !with("localhost.example.com") && !with("10.0.0.1"));
}
