use mail_parser::{MessageParser, MimeHeaders};

use super::{
    over_smtp,
    sink::{Mood, Sink, Taken},
    to,
};
use crate::{
    AccountExists, Assigned, CalendarMethod, CalendarPart, CaseAlarm, CaseAnswer, CaseNews, CaseSurvey, EventCancelled,
    EventInvitation, EventSoon, Invitation, Mentioned, NewFormLead, Notified, NotifiedItem, Outgoing, TaskDue, Thread,
    Undelivered,
};

/// What people try in a name, a subject or a message, in the hope that it becomes a header, a recipient or a command.
const CORPUS: &[&str] = &[
    "Ada\r\nBcc: victim@evil.example",
    "Ada\nBcc: victim@evil.example",
    "Ada\rBcc: victim@evil.example",
    "Ada\r\n Bcc: victim@evil.example",
    "Ada\0\r\nTo: victim@evil.example",
    "Ada\u{85}Bcc: victim@evil.example",
    "Ada\u{2028}Bcc: victim@evil.example",
    "Ada\u{b}\u{c}Bcc: victim@evil.example",
    "Ada\u{560a}\u{560d}Bcc: victim@evil.example",
    "Ada%0d%0aBcc: victim@evil.example",
    "=?utf-8?Q?Ada=0D=0ABcc:_victim@evil.example?=",
    "\" <victim@evil.example>, \"Ada",
    "Ada <victim@evil.example>",
    "Ada>, <victim@evil.example",
    "Ada, victim@evil.example;",
    "Ada\\\" <victim@evil.example>",
    "\r\n.\r\nMAIL FROM:<x@evil.example>\r\nRCPT TO:<victim@evil.example>\r\nDATA\r\n",
    "\n.\nRCPT TO:<victim@evil.example>",
    "\r.\rRCPT TO:<victim@evil.example>",
    "\r\n\r\n<b>a new body</b>",
    "\r\nContent-Type: text/html\r\n\r\n<script>alert(1)</script>",
    "\u{202e}elpmaxe.live@mitciv",
];

const HEADERS: &[&str] =
    &["Message-ID", "Date", "From", "To", "Subject", "Auto-Submitted", "Reply-To", "MIME-Version", "Content-Type"];

#[tokio::test]
async fn values_cannot_steer_an_email() {
    let sink = Sink::start(Mood::Kind).await;
    let mailer = over_smtp(sink.port);
    let mut sent = 0;
    for evil in CORPUS {
        for outgoing in letters(evil) {
            mailer.deliver(&outgoing).await.expect("it goes out, tamed");
            sent += 1;
        }
    }
    let taken = sink.taken();
    assert_eq!(taken.len(), sent);
    taken.iter().for_each(is_one_plain_letter);
}

#[tokio::test]
async fn an_address_is_an_address() {
    let sink = Sink::start(Mood::Kind).await;
    let mailer = over_smtp(sink.port);
    let addresses = [
        "",
        "ada",
        "@example.com",
        "ada@",
        "ada@exa mple.com",
        "ada@example.com,victim@evil.example",
        "ada@example.com\r\nRCPT TO:<victim@evil.example>",
        "ada@example.com>\r\nDATA",
        "<ada@example.com>",
        "ada@example.com\0",
        "\"a\r\nb\"@example.com",
        "\"a b\"@example.com",
        "ada@example.com> NOTIFY=NEVER",
        "Ada <ada@example.com>",
        "ada\n@example.com",
        "ada@[127.0.0.1]\r\n",
        "ada@example.com ORCPT=rfc822;x",
    ];
    for address in addresses {
        let answer = mailer.deliver(&to("Ada", address)).await;
        assert!(matches!(answer, Err(Undelivered::Permanent(_))), "{address:?} gave {answer:?}");
    }
    assert!(sink.taken().is_empty());
}

/// What a mail that came in says goes into the answer to it: its subject, its sender's name and Message-IDs.
#[tokio::test]
async fn a_mail_that_came_in_cannot_steer_its_answer() {
    let sink = Sink::start(Mood::Kind).await;
    let mailer = over_smtp(sink.port);
    for evil in CORPUS {
        let word = || (*evil).to_owned();
        let words = CaseAnswer { subject: word(), answer: word(), author_name: word(), org_name: word() };
        let thread = Thread {
            in_reply_to: Some(word()),
            references: vec!["first@mail.example".to_owned(), word(), "last@mail.example".to_owned()],
            from_name: word(),
            reply_to: "support@example.com".to_owned(),
        };
        let answer = Outgoing { email: words.into(), thread: Some(thread), ..to(evil, "ada@example.com") };
        mailer.deliver(&answer).await.expect("it goes out, tamed");
    }
    for taken in sink.taken() {
        assert_eq!(taken.recipients, ["<ada@example.com>"]);
        let message = MessageParser::new().parse(taken.content.as_bytes()).expect("a message");
        let mut names: Vec<&str> = message.headers().iter().map(mail_parser::Header::name).collect();
        names.sort_unstable();
        let mut expected = HEADERS.to_vec();
        expected.retain(|name| *name != "Auto-Submitted");
        expected.extend(["References", "X-Loop"]);
        expected.sort_unstable();
        assert_eq!(names, expected, "{}", taken.content);
        let ids = message.references().as_text_list().expect("Message-IDs");
        assert_eq!(ids, ["first@mail.example", "last@mail.example"], "{}", taken.content);
        let address = |field: Option<&mail_parser::Address<'_>>| {
            let all: Vec<_> = field.into_iter().flat_map(|field| field.iter()).collect();
            assert_eq!(all.len(), 1, "{}", taken.content);
            all[0].address().unwrap_or_default().to_owned()
        };
        assert_eq!(address(message.from()), "no-reply@crm.example.com");
        assert_eq!(address(message.reply_to()), "support@example.com");
        assert!(message.subject().is_some_and(|subject| subject.starts_with("Re: ")), "{}", taken.content);
        assert_eq!(message.attachment_count(), 0);
    }
}

#[tokio::test]
async fn an_answer_says_what_it_answers() {
    let sink = Sink::start(Mood::Kind).await;
    let words = CaseAnswer {
        subject: "The lift".to_owned(),
        answer: "On the way.".to_owned(),
        author_name: "Ada Moss".to_owned(),
        org_name: "Harbour".to_owned(),
    };
    let references: Vec<String> = (0..60).map(|n| format!("{n}@mail.example")).collect();
    let thread = Thread {
        in_reply_to: references.last().cloned(),
        references,
        from_name: "Support (Harbour)".to_owned(),
        reply_to: "support@example.com".to_owned(),
    };
    let answer = Outgoing { email: words.into(), thread: Some(thread), ..to("Ada", "ada@example.com") };
    over_smtp(sink.port).deliver(&answer).await.expect("it goes out");
    let taken = sink.taken();
    let message = MessageParser::new().parse(taken[0].content.as_bytes()).expect("a message");
    assert_eq!(message.in_reply_to().as_text(), Some("59@mail.example"));
    let ids = message.references().as_text_list().expect("Message-IDs");
    assert_eq!(
        (ids.len(), &*ids[0], &*ids[1], &*ids[19]),
        (20, "0@mail.example", "41@mail.example", "59@mail.example")
    );
    assert_eq!(message.from().and_then(|from| from.first()?.name()), Some("Support (Harbour)"));
    assert!(taken[0].content.contains("X-Loop: support@example.com"), "{}", taken[0].content);
}

fn letters(evil: &str) -> Vec<Outgoing> {
    let word = || evil.to_owned();
    let plain = |email: crate::EmailKind| Outgoing { email, ..to(evil, "ada@example.com") };
    vec![
        to(evil, "ada@example.com"),
        plain(AccountExists { name: word(), login_link: word(), reset_link: word() }.into()),
        plain(
            Invitation { org_name: word(), inviter_name: word(), role_name: word(), link: word(), expires_days: 7 }
                .into(),
        ),
        plain(
            Assigned { org_name: word(), record_kind: word(), record_name: word(), by_name: word(), link: word() }
                .into(),
        ),
        plain(
            Notified {
                org_name: word(),
                items: vec![NotifiedItem { what: word(), by_name: word(), record_name: word(), link: word() }],
                more: 0,
                link: word(),
                how_often: String::new(),
            }
            .into(),
        ),
        plain(
            CaseNews {
                org_name: word(),
                case_name: word(),
                by_name: word(),
                news: "It is closed now.".into(),
                link: word(),
            }
            .into(),
        ),
        plain(
            CaseSurvey { org_name: word(), case_name: word(), question: word(), link: word(), expires_days: 30 }.into(),
        ),
        plain(
            EventInvitation {
                org_name: word(),
                organizer_name: word(),
                event_title: word(),
                when: "11 January 2027".to_owned(),
                place: word(),
                link: word(),
                is_changed: false,
            }
            .into(),
        )
        .with(CalendarPart { method: CalendarMethod::Request, content: word() }),
        plain(
            EventCancelled {
                org_name: word(),
                organizer_name: word(),
                event_title: word(),
                when: "11 January 2027".to_owned(),
                link: word(),
            }
            .into(),
        )
        .with(CalendarPart { method: CalendarMethod::Cancel, content: word() }),
        plain(
            EventSoon {
                org_name: word(),
                event_title: word(),
                when: "11 January 2027".to_owned(),
                place: word(),
                link: word(),
            }
            .into(),
        ),
        plain(
            CaseAlarm { org_name: word(), case_name: word(), news: "A first answer is due.".into(), link: word() }
                .into(),
        ),
        plain(TaskDue { org_name: word(), task_title: word(), due: "11 January 2027".to_owned(), link: word() }.into()),
        plain(
            Mentioned {
                org_name: word(),
                record_kind: word(),
                record_name: word(),
                by_name: word(),
                comment: word(),
                link: word(),
            }
            .into(),
        ),
        plain(
            NewFormLead {
                org_name: word(),
                form_title: word(),
                lead_name: word(),
                lead_email: word(),
                message: word(),
                link: word(),
            }
            .into(),
        ),
    ]
}

fn is_one_plain_letter(taken: &Taken) {
    assert_eq!(taken.recipients, ["<ada@example.com>"]);
    let known = |line: &String| {
        ["EHLO", "MAIL FROM:<no-reply@crm.example.com>", "RCPT TO:<ada@example.com>", "DATA", "NOOP"]
            .iter()
            .any(|start| line.starts_with(start))
    };
    assert!(taken.commands.iter().all(known), "{:?}", taken.commands);

    let message = MessageParser::new().parse(taken.content.as_bytes()).expect("a message");
    let mut names: Vec<&str> = message.headers().iter().map(mail_parser::Header::name).collect();
    let mut expected = HEADERS.to_vec();
    names.sort_unstable();
    expected.sort_unstable();
    assert_eq!(names, expected, "{}", taken.content);
    let to: Vec<_> = message.to().expect("To").iter().map(|to| to.address().unwrap_or_default()).collect();
    assert_eq!(to, ["ada@example.com"], "{}", taken.content);
    let is_calendar = |part: &&mail_parser::MessagePart| {
        part.content_type().is_some_and(|kind| kind.ctype() == "text" && kind.subtype() == Some("calendar"))
    };
    let calendars: Vec<_> = message.parts.iter().filter(is_calendar).collect();
    let asked = ["method=REQUEST", "method=CANCEL"].iter().filter(|method| taken.content.contains(**method)).count();
    assert_eq!((calendars.len(), message.attachment_count()), (asked, asked), "{}", taken.content);
    assert_eq!(message.parts.len(), 3 + asked, "a part for each, and the one around them");
    assert!(calendars.iter().all(|part| part.headers.len() == 2), "its type and its encoding: {}", taken.content);
    assert_eq!((message.text_body_count(), message.html_body_count()), (1, 1));
    let html = message.body_html(0).expect("HTML");
    assert!(!html.contains("<script") && !html.contains("<b>"), "{html}");
}
