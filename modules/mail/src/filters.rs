/// The words that templates use on values. `label`, `line` or `quote` for whatever a person typed, as it fits.
pub(crate) fn add(environment: &mut minijinja::Environment<'static>) {
    environment.add_filter("label", |text: &str| label(text));
    environment.add_filter("line", |text: &str| one_line(text, 300));
    environment.add_filter("quote", |text: &str| quote(text));
    environment.add_filter("trimmed", |text: &str| text.trim().to_owned());
    environment.add_filter("count", count);
}

/// A text of at most `max` characters on one line: white space collapsed, control characters and marks that turn the
/// direction of writing taken out, so that it fits into a header and says what it seems to say.
pub(crate) fn one_line(text: &str, max: usize) -> String {
    let visible: String =
        text.chars().map(|c| if c.is_control() { ' ' } else { c }).filter(|c| !turns_direction(*c)).collect();
    let line = visible.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(max) {
        None => line,
        Some(_) => line.chars().take(max - 1).chain(['…']).collect(),
    }
}

/// A name that a stranger may have chosen: one line, at most 100 characters, and nothing that a mail program would
/// turn into a link. (U+2060, which joins words, cannot be seen and breaks the host name up.)
fn label(name: &str) -> String {
    let line = one_line(name, 100);
    let mut out = String::with_capacity(line.len());
    let mut rest = line.chars().peekable();
    while let Some(c) = rest.next() {
        out.push(c);
        if matches!(c, '.' | ':' | '@' | '。' | '．' | '｡') && rest.peek().is_some_and(|next| !next.is_whitespace())
        {
            out.push('\u{2060}');
        }
    }
    out
}

/// Somebody's own words, each line behind `> `, so that they cannot be taken for ours.
fn quote(text: &str) -> String {
    let lines = text.trim().lines().map(|line| {
        let line: String = line.chars().filter(|c| (!c.is_control() || *c == '\t') && !turns_direction(*c)).collect();
        format!("> {line}").trim_end().to_owned()
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// "1 hour", "24 hours".
#[expect(clippy::needless_pass_by_value, reason = "minijinja passes a filter's arguments by value")]
fn count(number: u32, noun: String) -> String {
    let ending = if number == 1 { "" } else { "s" };
    format!("{number} {noun}{ending}")
}

fn turns_direction(c: char) -> bool {
    matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}
