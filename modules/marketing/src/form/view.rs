use base::{
    Ref, Stamp, View,
    value::{Change, Text, WebUrl},
};
use notes::TagRef;
use poem_openapi::{Enum, Object, types::Example};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Something that a form can ask for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Enum)]
#[serde(rename_all = "snake_case")]
#[oai(rename_all = "snake_case")]
pub enum FormField {
    Title,
    /// First, last or whole name.
    Name,
    FirstName,
    LastName,
    Email,
    Phone,
    CompanyName,
    JobTitle,
    Website,
    Message,
}

/// A form on a website.
#[derive(Clone, Debug, Object)]
pub struct FormView {
    #[oai(flatten)]
    pub stamp: Stamp,
    pub title: String,
    /// Goes into the address that the website posts to: `/api/forms/{key}/submissions/`.
    pub key: String,
    pub allowed_origins: Vec<String>,
    pub required_fields: Vec<FormField>,
    pub minimum_seconds: i32,
    /// An inactive form takes nothing.
    pub is_active: bool,
    /// Those who get its leads.
    pub assigned_to: Vec<Ref>,
    pub teams: Vec<Ref>,
    /// What its leads are tagged with.
    pub tags: Vec<TagRef>,
}

/// A form to make, or to put in the place of one.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields, example)]
pub struct NewForm {
    pub title: Text<255>,
    /// The web origins whose pages may send it: `https://www.example.com`. With none, no browser may, but a server may, as
    /// that sends no `Origin`.
    #[oai(default, validator(max_items = 20))]
    pub allowed_origins: Vec<WebUrl<255>>,
    #[oai(default, validator(max_items = 10))]
    pub required_fields: Vec<FormField>,
    /// A submission that took its visitor less than this is dropped, and one that does not say `elapsed_ms` with it.
    #[oai(default, validator(minimum(value = "0"), maximum(value = "3600")))]
    pub minimum_seconds: i32,
    #[oai(default = "yes")]
    pub is_active: bool,
    /// User ids of members: they get its leads, and a mail for each submission.
    #[oai(default, validator(max_items = 50))]
    pub assigned_to: Vec<Uuid>,
    #[oai(default, validator(max_items = 50))]
    pub teams: Vec<Uuid>,
    #[oai(default, validator(max_items = 50))]
    pub tags: Vec<Uuid>,
}

/// What to change of a form.
#[derive(Clone, Debug, Default, Object)]
#[oai(deny_unknown_fields, example)]
pub struct FormChange {
    pub title: Change<Text<255>>,
    #[oai(validator(max_items = 20))]
    pub allowed_origins: Change<Vec<WebUrl<255>>>,
    #[oai(validator(max_items = 10))]
    pub required_fields: Change<Vec<FormField>>,
    #[oai(validator(minimum(value = "0"), maximum(value = "3600")))]
    pub minimum_seconds: Change<i32>,
    pub is_active: Change<bool>,
    #[oai(validator(max_items = 50))]
    pub assigned_to: Change<Vec<Uuid>>,
    #[oai(validator(max_items = 50))]
    pub teams: Change<Vec<Uuid>>,
    #[oai(validator(max_items = 50))]
    pub tags: Change<Vec<Uuid>>,
}

fn yes() -> bool {
    true
}

impl View for FormView {
    fn id(&self) -> Uuid {
        self.stamp.id
    }

    fn version(&self) -> i64 {
        self.stamp.version
    }
}

impl Example for NewForm {
    fn example() -> Self {
        Self {
            title: Text::parse("Contact us").expect("a title"),
            allowed_origins: WebUrl::parse("https://www.harbour-pine.example").into_iter().collect(),
            required_fields: vec![FormField::Name, FormField::Email],
            minimum_seconds: 3,
            is_active: true,
            assigned_to: vec![],
            teams: vec![],
            tags: vec![],
        }
    }
}

impl Example for FormChange {
    fn example() -> Self {
        Self { is_active: Change::To(false), ..Self::default() }
    }
}
