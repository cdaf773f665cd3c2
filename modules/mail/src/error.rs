/// Why an e-mail did not go out, as far as the sending job has to know: try again, give up, or do not dare to repeat.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Undelivered {
    /// The server is away, busy or badly set up; the same e-mail may well go out later.
    #[error("not delivered yet: {0}")]
    Temporary(String),
    /// The server refused this e-mail for good, or nobody could ever send it.
    #[error("cannot be delivered: {0}")]
    Permanent(String),
    /// The e-mail was handed over and no answer came: it may have arrived. Sending again may deliver it twice, with
    /// the same Message-ID.
    #[error("may have been delivered: {0}")]
    Unknown(String),
}

/// Why mail is not ready to be sent: a mistake in the settings or a server that cannot be reached or does not let us in.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Unready(pub(crate) String);

/// The error with its causes, on one line of at most 400 characters: it ends up in a job's row and on a terminal.
pub(crate) fn explain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(inner) = cause {
        let inner_text = inner.to_string();
        if !text.contains(&inner_text) {
            text = format!("{text}: {inner_text}");
        }
        cause = inner.source();
    }
    crate::filters::one_line(&text, 400)
}
