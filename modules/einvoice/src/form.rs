//! What a text must look like.

use iban::BaseIban;

/// ISO 13616, written without spaces: its letters, digits, length and check digits, of whatever country.
pub fn is_iban(text: &str) -> bool {
    let text = text.trim();
    !text.contains(' ') && text.parse::<BaseIban>().is_ok()
}

/// BR-DE-27.
pub fn has_three_digits(text: &str) -> bool {
    text.chars().filter(char::is_ascii_digit).count() >= 3
}

/// BR-DE-28: something, one @, and a domain of two names or more; no space in it.
pub fn is_email(text: &str) -> bool {
    let text = text.trim();
    let Some((local, domain)) = text.split_once('@') else { return false };
    let plain = |part: &str| !part.is_empty() && !part.contains(|char: char| char == '@' || char.is_whitespace());
    plain(local) && domain.contains('.') && domain.split('.').all(plain)
}

/// BR-TMP-2.
pub fn is_absolute_url(text: &str) -> bool {
    let scheme_char = |char: char| char.is_ascii_alphanumeric() || "+-.".contains(char);
    text.trim().split_once(':').is_some_and(|(scheme, rest)| {
        scheme.starts_with(|char: char| char.is_ascii_alphabetic())
            && scheme.chars().all(scheme_char)
            && !rest.is_empty()
    })
}

/// BR-DE-18: one line of a cash discount, such as `#SKONTO#TAGE=14#PROZENT=2.25#` or with `BASISBETRAG=100.00#` after it.
pub fn is_skonto(line: &str) -> bool {
    let Some(inner) = line.strip_prefix("#SKONTO#").and_then(|rest| rest.strip_suffix('#')) else { return false };
    let parts: Vec<_> = inner.split('#').collect();
    let (days, percent, base) = match parts.as_slice() {
        [days, percent] => (days, percent, None),
        [days, percent, base] => (days, percent, Some(base)),
        _ => return false,
    };
    let whole = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let hundredths = |text: &str| text.split_once('.').is_some_and(|(a, b)| whole(a) && whole(b) && b.len() == 2);
    days.strip_prefix("TAGE=").is_some_and(whole)
        && percent.strip_prefix("PROZENT=").is_some_and(hundredths)
        && base.is_none_or(|base| {
            base.strip_prefix("BASISBETRAG=").is_some_and(|of| hundredths(of.strip_prefix('-').unwrap_or(of)))
        })
}
