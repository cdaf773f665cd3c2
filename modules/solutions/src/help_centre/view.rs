use base::value::{Change, Text};
use chrono::{DateTime, Utc};
use poem_openapi::{Object, types::Example};

/// The help centre of the organisation.
#[derive(Clone, Debug, Object)]
pub struct HelpCentreView {
    /// What it is called: as the organisation, until it is called something else.
    pub title: String,
    /// Its part of the address, `/api/solutions/public/{key}/`; `null` until it is enabled for the first time.
    pub key: Option<String>,
    pub is_enabled: bool,
}

/// What to change of the help centre.
#[derive(Clone, Debug, Default, Object)]
#[oai(deny_unknown_fields, example)]
pub struct HelpCentreChange {
    pub title: Change<Text<255>>,
    /// Whether everybody can read what is published.
    pub is_enabled: Change<bool>,
}

/// The published solutions of an organisation, a page of them.
#[derive(Clone, Debug, Object)]
pub struct PublicSolutions {
    /// What the help centre is called.
    pub title: String,
    #[oai(validator(max_items = 50))]
    pub results: Vec<PublicSolutionRef>,
    /// The `cursor` of the next page; `null` on the last one.
    pub next: Option<String>,
    /// How many there are, counted up to 10,000.
    pub count: u64,
    /// `false`: there are more than `count`.
    pub count_is_exact: bool,
}

/// A published solution in a list.
#[derive(Clone, Debug, Object)]
pub struct PublicSolutionRef {
    pub title: String,
    pub slug: String,
    /// By name.
    pub tags: Vec<String>,
    pub published_at: Option<DateTime<Utc>>,
}

/// A published solution.
#[derive(Clone, Debug, Object)]
pub struct PublicSolution {
    pub title: String,
    pub slug: String,
    /// Markdown. Whoever shows it as HTML must let none of it through that is not meant to be text.
    pub content: String,
    /// By name.
    pub tags: Vec<String>,
    pub published_at: Option<DateTime<Utc>>,
    pub updated_at: DateTime<Utc>,
}

impl Example for HelpCentreChange {
    fn example() -> Self {
        Self { is_enabled: Change::To(true), ..Self::default() }
    }
}
