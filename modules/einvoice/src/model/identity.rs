/// An identifier that may say by which scheme it is given.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Identifier {
    pub value: String,
    pub scheme: Option<String>,
}

impl Identifier {
    #[must_use]
    pub fn plain(value: impl Into<String>) -> Self {
        Self { value: value.into(), scheme: None }
    }

    #[must_use]
    pub fn of(scheme: impl Into<String>, value: impl Into<String>) -> Self {
        Self { value: value.into(), scheme: Some(scheme.into()) }
    }
}

/// An identifier that has to say by which scheme it is given.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Schemed {
    pub scheme: String,
    pub value: String,
}

impl Schemed {
    #[must_use]
    pub fn new(scheme: impl Into<String>, value: impl Into<String>) -> Self {
        Self { scheme: scheme.into(), value: value.into() }
    }
}
