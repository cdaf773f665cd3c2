use base::value::Note;

/// Whether a program sent it: it filled in what people do not see, or it was faster than anybody types.
pub fn is_spam(fax: Option<&Note<8_000>>, elapsed_ms: Option<i64>, minimum_seconds: i32) -> bool {
    let baited = fax.is_some_and(|fax| !fax.as_str().is_empty());
    let minimum = i64::from(minimum_seconds) * 1_000;
    baited || elapsed_ms.unwrap_or(0) < minimum
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_fills_in_the_hidden_field_is_a_program() {
        let filled = Note::parse("0800 1234").unwrap();
        let blank = Note::parse("  ").unwrap();
        assert!(is_spam(Some(&filled), Some(60_000), 0));
        assert!(!is_spam(Some(&blank), None, 0));
        assert!(!is_spam(None, None, 0));
    }

    #[test]
    fn who_is_too_fast_or_does_not_say_is_one_too() {
        assert!(is_spam(None, Some(2_999), 3));
        assert!(is_spam(None, None, 3));
        assert!(!is_spam(None, Some(3_000), 3));
    }
}
