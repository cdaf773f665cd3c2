//! A mail as it was read (RFC 5322, RFC 2045 and after).

use base::value::Email;
use chrono::{DateTime, Utc};
use files::clean_name;
use mail_parser::{Address, Message, MessageParser, MimeHeaders};

use crate::{automatic, message_id, reason::Reason, words};

/// What a mail says.
#[derive(Clone, Debug, Default)]
pub struct Letter {
    pub message_id: Option<String>,
    /// The mails that it answers, the nearest last.
    pub answers: Vec<String>,
    pub from_name: Option<String>,
    /// Missing when it is no address that could be answered.
    pub from: Option<String>,
    /// Whether it says more than once who wrote it: a mail server may have looked at another one than we do.
    pub from_many: bool,
    pub reply_to: Option<String>,
    pub subject: Option<String>,
    pub sent_at: Option<DateTime<Utc>>,
    pub text: String,
    pub is_cut: bool,
    pub files: Vec<File>,
    /// The answer to an invitation that it brings: an iCalendar object (RFC 6047).
    pub reply: Option<String>,
    /// Why no person wrote it.
    pub automatic: Option<Reason>,
    pub been_at: Vec<String>,
}

/// Something that came with it.
#[derive(Clone, Debug)]
pub struct File {
    pub name: String,
    pub content: Vec<u8>,
}

/// References that are followed.
const MOST_ANSWERED: usize = 50;

/// Parts of a mail. Each says of what type it is; more are a trap for whoever takes them apart.
const MOST_PARTS: usize = 10_000;

impl Letter {
    /// `None` when it is no mail: nothing in it says from whom, to whom, when or what about; or when it has endless parts.
    pub fn read(raw: &[u8]) -> Option<Self> {
        if parts_of(raw) > MOST_PARTS {
            return None;
        }
        let message = MessageParser::default().parse(raw)?;
        let is_mail = message.from().is_some()
            || message.to().is_some()
            || message.date().is_some()
            || message.subject().is_some()
            || message.message_id().is_some();
        is_mail.then(|| Self::of(&message))
    }

    fn of(message: &Message<'_>) -> Self {
        let (text, is_cut) = words::of(message);
        let name = message.from().and_then(Address::first).and_then(|from| from.name());
        Self {
            message_id: message.message_id().and_then(message_id::parse),
            answers: answers(message),
            from_name: name.and_then(|name| words::line(name, 100)),
            from: address(message.from()),
            from_many: from_many(message),
            reply_to: address(message.reply_to()),
            subject: message.subject().and_then(|subject| words::line(subject, 255)),
            sent_at: message.date().and_then(|date| moment(date.to_timestamp())),
            text,
            is_cut,
            files: files(message),
            reply: reply(message),
            automatic: automatic::reason(message),
            been_at: automatic::been_at(message),
        }
    }
}

/// At most so many: what says of what type it is may be no header.
fn parts_of(raw: &[u8]) -> usize {
    const TYPE: &[u8] = b"content-type";
    raw.windows(TYPE.len()).filter(|bytes| bytes.eq_ignore_ascii_case(TYPE)).count()
}

/// RFC 5322, 3.6.4: References from the first to the nearest, In-Reply-To the nearest.
fn answers(message: &Message<'_>) -> Vec<String> {
    let mut ids: Vec<String> = Vec::new();
    for id in message_id::all(message.references()).into_iter().chain(message_id::all(message.in_reply_to())) {
        ids.retain(|other| *other != id);
        ids.push(id);
    }
    ids.split_off(ids.len().saturating_sub(MOST_ANSWERED))
}

fn address(field: Option<&Address<'_>>) -> Option<String> {
    let typed = field?.first()?.address()?;
    Email::parse(typed.trim()).ok().map(Email::into_inner)
}

fn from_many(message: &Message<'_>) -> bool {
    let headers = message.headers().iter().filter(|header| header.name().eq_ignore_ascii_case("from")).count();
    headers > 1 || message.from().is_some_and(|from| from.iter().count() > 1)
}

/// Within the years in which mail is sent.
fn moment(seconds: i64) -> Option<DateTime<Utc>> {
    (0..4_102_444_800).contains(&seconds).then(|| DateTime::from_timestamp(seconds, 0))?
}

/// Bytes of an iCalendar object that is read: 1 MiB.
const MOST_CALENDAR: usize = 1024 * 1024;

/// RFC 6047, 2.4: the part says itself what is meant with it. Other methods are for people to read.
fn reply(message: &Message<'_>) -> Option<String> {
    let is_reply = |part: &&mail_parser::MessagePart<'_>| {
        part.content_type().is_some_and(|kind| {
            kind.ctype().eq_ignore_ascii_case("text")
                && kind.subtype().is_some_and(|subtype| subtype.eq_ignore_ascii_case("calendar"))
                && kind.attribute("method").is_some_and(|method| method.eq_ignore_ascii_case("REPLY"))
        })
    };
    let part = message.parts.iter().find(is_reply)?;
    let text = part.text_contents().filter(|text| text.len() <= MOST_CALENDAR)?;
    Some(text.to_owned())
}

fn files(message: &Message<'_>) -> Vec<File> {
    let named = |part: &mail_parser::MessagePart<'_>| {
        let usual = if part.is_message() { "message.eml" } else { "" };
        clean_name(part.attachment_name().unwrap_or(usual))
    };
    message.attachments().map(|part| File { name: named(part), content: part.contents().to_vec() }).collect()
}
