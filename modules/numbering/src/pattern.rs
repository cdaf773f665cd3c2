//! How a number is written: `INV-{year}-{seq:5}` is `INV-2026-00042`.

use chrono::{Datelike, NaiveDate};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pattern(Vec<Part>);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Part {
    Text(String),
    Year,
    Month,
    /// With so many digits at least.
    Seq(usize),
}

const WIDEST: usize = 9;

impl Pattern {
    /// # Errors
    /// What is wrong, in a sentence.
    pub fn parse(text: &str) -> Result<Self, &'static str> {
        let mut parts = Vec::new();
        let mut rest = text;
        while let Some((before, from)) = rest.split_once('{') {
            parts.extend(plain(before)?);
            let (name, after) = from.split_once('}').ok_or("A placeholder ends with a brace: {seq}.")?;
            parts.push(placeholder(name)?);
            rest = after;
        }
        parts.extend(plain(rest)?);
        let count = |is: fn(&Part) -> bool| parts.iter().filter(|part| is(part)).count();
        if count(|part| matches!(part, Part::Seq(_))) != 1 {
            return Err("It needs {seq}, and only once.");
        }
        if count(|part| *part == Part::Month) > 0 && count(|part| *part == Part::Year) == 0 {
            return Err("With {month} it needs {year}, or the numbers come again after a year.");
        }
        Ok(Self(parts))
    }

    pub fn number(&self, on: NaiveDate, seq: i64) -> String {
        let write = |part: &Part| match part {
            Part::Text(text) => text.clone(),
            Part::Year => format!("{:04}", on.year()),
            Part::Month => format!("{:02}", on.month()),
            Part::Seq(width) => format!("{seq:0width$}"),
        };
        self.0.iter().map(write).collect()
    }

    /// The time in which the count goes on; in another it begins anew. Empty: it goes on for ever.
    pub fn period(&self, on: NaiveDate) -> String {
        if self.0.contains(&Part::Month) {
            format!("{:04}-{:02}", on.year(), on.month())
        } else if self.0.contains(&Part::Year) {
            format!("{:04}", on.year())
        } else {
            String::new()
        }
    }
}

fn plain(text: &str) -> Result<Option<Part>, &'static str> {
    if !text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_/. ".contains(&byte)) {
        return Err("Beside placeholders there are letters, digits, spaces and - _ / . alone.");
    }
    Ok((!text.is_empty()).then(|| Part::Text(text.to_owned())))
}

fn placeholder(name: &str) -> Result<Part, &'static str> {
    match name {
        "year" => Ok(Part::Year),
        "month" => Ok(Part::Month),
        "seq" => Ok(Part::Seq(1)),
        _ => name
            .strip_prefix("seq:")
            .and_then(|width| width.parse().ok())
            .filter(|width| (1..=WIDEST).contains(width))
            .map(Part::Seq)
            .ok_or("The placeholders are {year}, {month}, {seq} and {seq:1} to {seq:9}."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(year: i32, month: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, month, 3).expect("a day")
    }

    #[test]
    fn a_number_is_written_as_the_pattern_says() {
        for (pattern, seq, number, period) in [
            ("INV-{year}-{seq:5}", 42, "INV-2026-00042", "2026"),
            ("{seq}", 1_234_567, "1234567", ""),
            ("R {year}/{month}.{seq:3}_A", 1_000, "R 2026/02.1000_A", "2026-02"),
        ] {
            let read = Pattern::parse(pattern).expect(pattern);
            assert_eq!((read.number(day(2026, 2), seq), read.period(day(2026, 2))), (number.into(), period.into()));
        }
    }

    #[test]
    fn a_pattern_that_says_no_number_is_refused() {
        for wrong in
            ["", "INV", "{seq}{seq}", "{month}-{seq}", "{year}", "{seq:0}", "{seq:10}", "{seq:x}", "{day}{seq}", "{seq"]
        {
            assert!(Pattern::parse(wrong).is_err(), "{wrong}");
        }
        assert!(Pattern::parse("ü{seq}").is_err() && Pattern::parse("}{seq}").is_err());
    }
}
