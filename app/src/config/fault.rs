use std::fmt;

/// One mistake in one setting. Never holds the value of a secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConfigFault {
    pub variable: String,
    /// What is wrong, as the rest of a sentence that starts with the variable.
    pub problem: String,
    /// A value that would do; empty where there is none to give.
    pub example: &'static str,
}

impl fmt::Display for ConfigFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.variable, self.problem)?;
        if !self.example.is_empty() {
            write!(f, "; for example {}={}", self.variable, self.example)?;
        }
        Ok(())
    }
}

impl std::error::Error for ConfigFault {}
