use std::fmt::Write;

use base64::Engine;
use rand::{Rng, RngExt, SeedableRng, rngs::StdRng};

use crate::{letter::Letter, reason::Reason};

fn read(mail: &str) -> Letter {
    Letter::read(mail.replace('\n', "\r\n").as_bytes()).expect("a mail")
}

/// A mail with these headers beside its sender.
fn with(headers: &str) -> Letter {
    read(&format!("From: Greta <greta@elbe.example>\n{headers}\n\nHello"))
}

const WHOLE: &str = "From: =?utf-8?Q?Greta_Lindqvist?= <Greta@ELBE.example>
To: support@harbour.example
Reply-To: purchasing@elbe.example
Subject: =?utf-8?B?TGllZmVydW5nIMO8YmVyZsOkbGxpZw==?=
Date: Thu, 05 Nov 2026 10:00:00 +0100
Message-ID: <two@elbe.example>
In-Reply-To: <one@harbour.example>
References: <zero@elbe.example> <one@harbour.example>
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary=\"x\"

--x
Content-Type: multipart/alternative; boundary=\"y\"

--y
Content-Type: text/plain; charset=iso-8859-1
Content-Transfer-Encoding: quoted-printable

Wo bleibt die Lieferung? Gr=FC=DFe

> On Monday you wrote:
> It is on its way.
--y
Content-Type: text/html; charset=utf-8

<p>Wo bleibt die <b>Lieferung</b>?</p>
--y--
--x
Content-Type: application/pdf; name=\"../../order.pdf\"
Content-Disposition: attachment; filename=\"../../order.pdf\"
Content-Transfer-Encoding: base64

JVBERi0xLjcKJcOkw7w=
--x--
";

#[test]
fn a_mail_is_read() {
    let letter = read(WHOLE);
    assert_eq!(letter.message_id.as_deref(), Some("two@elbe.example"));
    assert_eq!(letter.answers, ["zero@elbe.example", "one@harbour.example"]);
    assert_eq!(letter.from_name.as_deref(), Some("Greta Lindqvist"));
    assert_eq!(letter.from.as_deref(), Some("Greta@elbe.example"));
    assert_eq!(letter.reply_to.as_deref(), Some("purchasing@elbe.example"));
    assert_eq!(letter.subject.as_deref(), Some("Lieferung überfällig"));
    assert_eq!(letter.sent_at.map(|at| at.to_rfc3339()).as_deref(), Some("2026-11-05T09:00:00+00:00"));
    assert_eq!(letter.text, "Wo bleibt die Lieferung? Grüße\n\n> On Monday you wrote:\n> It is on its way.");
    assert_eq!((letter.files.len(), &*letter.files[0].name), (1, "order.pdf"));
    assert!(letter.files[0].content.starts_with(b"%PDF-1.7"));
    assert_eq!(letter.automatic, None);
}

#[test]
fn markup_becomes_text() {
    let letter = with(
        "Content-Type: text/html; charset=utf-8

<html><head><style>p { color: red }</style><script>alert(1)</script></head><body>
<p>The lift <b>does not</b> stop.</p><table><tr><td>Floor</td><td>4</td></tr></table>
<img src='https://track.example/x.gif'><a href='javascript:alert(1)'>Look</a> &lt;script&gt;</body></html>",
    );
    for said in ["The lift does not stop.", "Floor", "4", "Look", "<script>"] {
        assert!(letter.text.contains(said), "{said}: {}", letter.text);
    }
    for gone in ["alert", "color", "track.example", "<p", "<b>"] {
        assert!(!letter.text.contains(gone), "{gone}: {}", letter.text);
    }
}

#[test]
fn what_a_program_sent_is_known() {
    for (headers, reason) in [
        ("Auto-Submitted: auto-replied", Reason::AutoReply),
        ("auto-submitted: Auto-Generated (vacation)", Reason::AutoReply),
        ("X-Autoreply: yes", Reason::AutoReply),
        ("Precedence: auto_reply", Reason::AutoReply),
        ("Precedence: bulk", Reason::Bulk),
        ("Precedence: junk", Reason::Bulk),
        ("Precedence: list", Reason::MailingList),
        ("List-Id: <news.example>", Reason::MailingList),
        ("List-Unsubscribe: <mailto:x@news.example>", Reason::MailingList),
        ("Return-Path: <>", Reason::Bounce),
        ("Content-Type: multipart/report; report-type=delivery-status; boundary=z", Reason::Bounce),
        ("Auto-Submitted: auto-replied\nReturn-Path: <>", Reason::Bounce),
    ] {
        assert_eq!(with(headers).automatic, Some(reason), "{headers}");
    }
    assert_eq!(read("From: MAILER-DAEMON@mx.example\nSubject: x\n\nx").automatic, Some(Reason::Bounce));
    let hops = "Received: from a by b\n".repeat(101);
    assert_eq!(with(hops.trim_end()).automatic, Some(Reason::Loop));
    for headers in
        ["Auto-Submitted: no", "Precedence: first-class", "Return-Path: <greta@elbe.example>", "X-Loop: a@b.example"]
    {
        assert_eq!(with(headers).automatic, None, "{headers}");
    }
    assert_eq!(with("X-Loop: Support@Harbour.example").been_at, ["support@harbour.example"]);
}

#[test]
fn an_answer_to_an_invitation_is_known_by_its_part() {
    let calendar = "BEGIN:VCALENDAR\r\nMETHOD:REPLY\r\nEND:VCALENDAR";
    let alone = with("Content-Type: Text/Calendar; METHOD=\"reply\"; charset=us-ascii\nX: y");
    assert_eq!(alone.reply.as_deref(), Some("Hello"));
    let of = |kind: &str, encoding: &str, content: &str| {
        with(&format!(
            "Content-Type: multipart/mixed; boundary=x\n\n--x\nContent-Type: text/plain\n\nYes\n--x\nContent-Type: {kind}\n\
             Content-Transfer-Encoding: {encoding}\n\n{content}\n--x--"
        ))
    };
    let encoded = base64::prelude::BASE64_STANDARD.encode(calendar);
    assert_eq!(of("text/calendar; method=REPLY", "base64", &encoded).reply.as_deref(), Some(calendar));
    for kind in
        ["text/calendar; method=REQUEST", "text/calendar", "application/ics; method=REPLY", "text/plain; method=REPLY"]
    {
        assert_eq!(of(kind, "base64", &encoded).reply, None, "{kind}");
    }
    assert!(!alone.from_many);
    for headers in ["From: a@b.example", "from: Greta <greta@elbe.example>"] {
        assert!(with(headers).from_many, "{headers}");
    }
    assert!(read("From: a@b.example, c@d.example\nSubject: x\n\nx").from_many);
    let forwarded = format!("Content-Type: text/calendar; method=REPLY\n\n{calendar}");
    assert_eq!(of("message/rfc822", "7bit", &forwarded).reply, None, "what somebody forwards is not theirs");
    assert_eq!(of("text/calendar; method=REPLY", "7bit", &"x".repeat(1024 * 1024 + 1)).reply, None);
}

#[test]
fn what_is_no_mail_is_none() {
    for bytes in
        [&b""[..], b"\r\n\r\n", b"hello", b"\x89PNG\r\n\x1a\n0000", b"{\"from\": \"x\"}", &[0; 4096], &[0xff; 4096]]
    {
        assert!(Letter::read(bytes).is_none(), "{bytes:?}");
    }
}

#[test]
fn a_header_is_a_line_and_an_id_is_an_id() {
    let letter = with(
        "Subject: =?utf-8?Q?One=0D=0ABcc:_x@y.example?=\nMessage-ID: <a b>\nReferences: <ok@x.example> <no good> <(x)@y>",
    );
    assert_eq!(letter.subject.as_deref(), Some("One Bcc: x@y.example"));
    assert_eq!(letter.message_id, None);
    assert!(
        letter.answers.iter().all(|id| id.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'<')),
        "{:?}",
        letter.answers
    );
    assert_eq!(read("From: \"x\" <no address>\nSubject: x\n\nx").from, None);
    assert_eq!(read("From: x@localhost\nSubject: x\n\nx").from, None);
}

#[test]
fn a_long_mail_is_cut() {
    let letter = read(&format!("From: a@b.example\nSubject: x\n\n{}", "ä ".repeat(6_000)));
    assert!(letter.is_cut && letter.text.chars().count() <= crate::words::MOST);
}

/// What mail servers have seen, and what they hope not to see.
fn broken() -> Vec<Vec<u8>> {
    let mut mails: Vec<Vec<u8>> = (0..WHOLE.len()).step_by(7).map(|end| WHOLE.as_bytes()[..end].to_vec()).collect();
    let nested = |kind: &str, depth: usize| {
        let mut mail = "From: a@b.example\r\n".to_owned();
        for n in 0..depth {
            let _ = write!(mail, "Content-Type: {kind}; boundary=b{n}\r\n\r\n--b{n}\r\n");
        }
        mail.into_bytes()
    };
    let rfc822 = "Content-Type: message/rfc822\r\n\r\n".repeat(9_990);
    mails.push(nested("multipart/mixed", 9_990));
    mails.push(nested("multipart/digest", 9_990));
    mails.push(format!("From: a@b.example\r\n{rfc822}").into_bytes());
    mails.push(
        format!(
            "From: a@b.example\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n{}",
            "--x\r\n\r\nx\r\n".repeat(50_000)
        )
        .into_bytes(),
    );
    mails.push(format!("From: {}a@b.example\r\n\r\nx", "(".repeat(100_000)).into_bytes());
    mails.push(format!("From: {}\r\n\r\nx", "a@b.example,".repeat(50_000)).into_bytes());
    mails.push(format!("From: a@b.example\r\nReferences: {}\r\n\r\nx", "<a@b.example> ".repeat(50_000)).into_bytes());
    mails.push(format!("From: a@b.example\r\n{}\r\nx", "X: y\r\n".repeat(100_000)).into_bytes());
    mails.push(b"From: a@b.example\r\nContent-Transfer-Encoding: base64\r\n\r\n====!!!\x00\xff".to_vec());
    mails.push(b"From: a@b.example\r\nContent-Type: text/plain; charset=\"\xff\xfe\"\r\n\r\n\xff\xfe\x00".to_vec());
    for charset in ["utf-7", "iso-2022-jp", "gb18030", "no-such", "utf-16le"] {
        let head = format!(
            "From: a@b.example\r\nSubject: =?{charset}?B?////?=\r\nContent-Type: text/plain; charset={charset}\r\n\r\n"
        );
        mails.push([head.into_bytes(), (0..=255).collect()].concat());
    }
    for open in ["<div>", "<table><tr><td>", "<ul><li>", "<blockquote>", "<b><i>"] {
        let markup = open.repeat(5_999 / open.matches('<').count());
        mails.push(
            format!(
                "From: a@b.example
Content-Type: text/html

{markup}x"
            )
            .into_bytes(),
        );
    }
    mails
}

/// On a thread like those on which mails are read.
fn in_little_room(work: impl FnOnce() + Send + 'static) {
    let thread = std::thread::Builder::new().stack_size(crate::delivery::STACK).spawn(work);
    thread.expect("a thread").join().expect("no panic");
}

#[test]
fn no_broken_mail_does_harm() {
    in_little_room(|| {
        for mail in broken() {
            let begun = std::time::Instant::now();
            let _ = Letter::read(&mail);
            let head = String::from_utf8_lossy(&mail[..mail.len().min(120)]).into_owned();
            assert!(begun.elapsed().as_secs() < 60, "{:?} for {head}", begun.elapsed());
        }
    });
}

#[test]
fn no_mail_with_a_few_other_bytes_does_harm() {
    in_little_room(|| {
        let mut random = StdRng::seed_from_u64(822);
        for _ in 0..3_000 {
            let _ = Letter::read(&mutated(WHOLE.as_bytes(), &mut random));
        }
    });
}

fn mutated(mail: &[u8], random: &mut impl Rng) -> Vec<u8> {
    let mut mail = mail.to_vec();
    for _ in 0..random.random_range(1..12) {
        let place = random.random_range(0..mail.len());
        match random.random_range(0..4) {
            0 => mail[place] = random.random(),
            1 => {
                mail.remove(place);
            }
            2 => mail.insert(place, *b"\r\n\0=\"<>;:-".get(random.random_range(0..10)).unwrap_or(&0)),
            _ => {
                let end = (place + random.random_range(1..40)).min(mail.len());
                let piece = mail[place..end].to_vec();
                mail.splice(place..place, piece);
            }
        }
    }
    mail
}
