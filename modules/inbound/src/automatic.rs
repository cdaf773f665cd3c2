//! Mail that nobody wrote: it opens no case and is not answered, or two programs would write to each other for ever.

use mail_parser::Message;

use crate::reason::Reason;

/// RFC 5321, 6.3: whoever has been through more servers goes round in circles.
const MOST_HOPS: usize = 100;

/// Why it was no person who wrote this to us; `None` when it may have been one.
pub fn reason(message: &Message<'_>) -> Option<Reason> {
    let headers =
        || message.headers().iter().map(|header| (header.name().to_ascii_lowercase(), value(message, header)));
    let hops = headers().filter(|(name, _)| name == "received").count();
    let told = headers().filter_map(|(name, value)| of_header(&name, &value));
    told.chain((hops > MOST_HOPS).then_some(Reason::Loop)).chain(daemon(message)).min()
}

/// What the headers say of where it has been already (no standard, but procmail's and many others').
pub fn been_at(message: &Message<'_>) -> Vec<String> {
    let loops = message.headers().iter().filter(|header| header.name().eq_ignore_ascii_case("x-loop"));
    loops.map(|header| value(message, header)).collect()
}

fn of_header(name: &str, value: &str) -> Option<Reason> {
    let word = value.split([';', ' ', '\t', '(']).next().unwrap_or_default();
    match name {
        // RFC 3834, 5, and what stood there before it.
        "auto-submitted" | "x-autoreply" | "x-autorespond" | "x-autoresponse" | "x-auto-reply" if word != "no" => {
            Some(Reason::AutoReply)
        }
        // RFC 2076, 3.9, and what was made of it.
        "precedence" => match word {
            "auto_reply" => Some(Reason::AutoReply),
            "list" => Some(Reason::MailingList),
            "bulk" | "junk" => Some(Reason::Bulk),
            _ => None,
        },
        // RFC 2369 and RFC 2919.
        _ if name.starts_with("list-") => Some(Reason::MailingList),
        // RFC 5321, 4.5.5: what must not be answered has no return path.
        "return-path" if value == "<>" => Some(Reason::Bounce),
        // RFC 6522: delivery reports and read receipts.
        "content-type" if value.starts_with("multipart/report") => Some(Reason::Bounce),
        _ => None,
    }
}

fn daemon(message: &Message<'_>) -> Option<Reason> {
    let from = message.from()?.first()?.address()?.to_ascii_lowercase();
    let (mailbox, _) = from.split_once('@')?;
    matches!(mailbox, "mailer-daemon" | "postmaster").then_some(Reason::Bounce)
}

/// As it stands there, on one line and in lower case.
fn value(message: &Message<'_>, header: &mail_parser::Header<'_>) -> String {
    let stands = header.offset_start() as usize..header.offset_end() as usize;
    let raw = message.raw_message.get(stands).unwrap_or_default();
    String::from_utf8_lossy(raw).split_whitespace().collect::<Vec<_>>().join(" ").to_ascii_lowercase()
}
