use std::fmt;

/// A rule that does not hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violation {
    /// The rule's name where it comes from, such as `BR-AE-02`.
    pub rule: String,
    pub severity: Severity,
    /// In business terms, such as “Line 2, item name (BT-153)”.
    pub at: String,
    /// What is wrong and what is wanted, in a sentence or two.
    pub what: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Severity {
    /// The receiver will send it back.
    Error,
    /// It should not be so, and is accepted.
    Warning,
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} [{}]", self.what, self.rule)
    }
}

#[derive(Default)]
pub struct Report {
    pub violations: Vec<Violation>,
}

impl Report {
    pub fn error(&mut self, holds: bool, rule: impl Into<String>, at: impl Into<String>, what: impl Into<String>) {
        self.tell(holds, Severity::Error, rule.into(), at.into(), what.into());
    }

    pub fn warning(&mut self, holds: bool, rule: impl Into<String>, at: impl Into<String>, what: impl Into<String>) {
        self.tell(holds, Severity::Warning, rule.into(), at.into(), what.into());
    }

    fn tell(&mut self, holds: bool, severity: Severity, rule: String, at: String, what: String) {
        if !holds {
            self.violations.push(Violation { rule, severity, at, what });
        }
    }
}

/// Whether there is more than white space.
pub fn filled(text: &str) -> bool {
    !text.trim().is_empty()
}

pub fn given(text: Option<&String>) -> bool {
    text.is_some_and(|text| filled(text))
}
