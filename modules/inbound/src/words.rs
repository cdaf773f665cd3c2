//! What a mail says, as text. Markup is read and dropped: nothing of it is ever shown.

use mail_parser::{Message, MimeHeaders, PartType, decoders::html::html_to_text};

/// Characters of a mail's text that are kept beside the mail; the whole is in the original.
pub const MOST: usize = 9_000;

/// Bytes of markup that are read. Nobody writes so much, and it would take its time.
const MOST_MARKUP: usize = 512 * 1024;

/// Tags that are laid out: their nesting is followed by recursion.
const MOST_TAGS: usize = 6_000;

/// Characters of a line made of markup.
const LINE: usize = 120;

/// The text, and whether there was more of it.
pub fn of(message: &Message<'_>) -> (String, bool) {
    let parts = message.text_bodies().filter(|part| !is_file(part));
    let texts = parts.filter_map(|part| match &part.body {
        PartType::Text(text) => Some(text.to_string()),
        PartType::Html(markup) => Some(read_markup(markup)),
        _ => None,
    });
    let text = texts.map(|text| clean(&text)).filter(|text| !text.is_empty()).collect::<Vec<_>>().join("\n\n");
    cut(&text, MOST)
}

fn is_file(part: &mail_parser::MessagePart<'_>) -> bool {
    part.content_disposition().is_some_and(mail_parser::ContentType::is_attachment)
}

fn read_markup(markup: &str) -> String {
    let markup = &markup[..markup.floor_char_boundary(MOST_MARKUP)];
    if markup.matches('<').count() > MOST_TAGS {
        return html_to_text(markup);
    }
    let config = html2text::config::plain_no_decorate().raw_mode(true).no_link_wrapping().allow_width_overflow();
    config.string_from_read(markup.as_bytes(), LINE).unwrap_or_else(|_| html_to_text(markup))
}

/// With `\n` at the ends of lines, and nothing else that is no letter.
fn clean(text: &str) -> String {
    let lines = text.replace("\r\n", "\n").replace('\r', "\n");
    lines.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).collect::<String>().trim().to_owned()
}

pub fn cut(text: &str, most: usize) -> (String, bool) {
    match text.char_indices().nth(most) {
        Some((end, _)) => (text[..end].trim_end().to_owned(), true),
        None => (text.to_owned(), false),
    }
}

/// One line of a header: a name, a subject. `None` when it says nothing.
pub fn line(text: &str, most: usize) -> Option<String> {
    let line = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect::<String>();
    let line = line.split_whitespace().collect::<Vec<_>>().join(" ");
    Some(cut(&line, most).0).filter(|line| !line.is_empty())
}
