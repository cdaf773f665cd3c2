//! What a visitor said, as a lead says it.

use base::{
    Faults, Result,
    value::{Note, Phone, put_phone},
};
use leads::{Lead, LeadSource};

use super::view::NewSubmission;
use crate::form::{FormField, Model};

impl NewSubmission {
    /// First and last name; of a whole name, the last word is the last name.
    pub fn names(&self) -> (Option<String>, Option<String>) {
        let (first, last) = (self.first_name.clone().map(String::from), self.last_name.clone().map(String::from));
        match (&self.name, first.is_none() && last.is_none()) {
            (Some(name), true) => match name.as_str().rsplit_once(' ') {
                Some((first, last)) => (Some(first.trim().to_owned()), Some(last.to_owned())),
                None => (None, Some(name.as_str().to_owned())),
            },
            _ => (first, last),
        }
    }

    /// # Errors
    /// 422 with every field that the form requires and the visitor left out.
    pub fn check(&self, form: &Model) -> Result<()> {
        let (first, last) = self.names();
        let said = |field| match field {
            FormField::Title => self.title.is_some(),
            FormField::Name => first.is_some() || last.is_some(),
            FormField::FirstName => first.is_some(),
            FormField::LastName => last.is_some(),
            FormField::Email => self.email.is_some(),
            FormField::Phone => self.phone.is_some(),
            FormField::CompanyName => self.company_name.is_some(),
            FormField::JobTitle => self.job_title.is_some(),
            FormField::Website => self.website.is_some(),
            FormField::Message => self.message().is_some(),
        };
        let mut faults = Faults::new();
        for field in form.required_fields.0.iter().filter(|field| !said(**field)) {
            faults.add(format!("/{}", pointer(*field)), "required", "Must be given.");
        }
        let something =
            [FormField::Name, FormField::Email, FormField::Phone, FormField::CompanyName, FormField::Message];
        if faults.is_empty() && !something.into_iter().any(said) {
            faults.add("", "empty", "Give a name, an e-mail address, a telephone number, a company or a message.");
        }
        faults.check()
    }

    pub fn message(&self) -> Option<&str> {
        self.message.as_ref().map(Note::as_str).filter(|message| !message.is_empty())
    }

    /// What the lead is called: what it is about, or who it is.
    pub fn lead_title(&self, form: &Model) -> String {
        let (first, last) = self.names();
        let name = [first, last].into_iter().flatten().collect::<Vec<_>>().join(" ");
        let company = self.company_name.clone().map(String::from).unwrap_or_default();
        let who = [name, company].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ");
        let title = [
            self.title.clone().map(String::from),
            Some(who).filter(|who| !who.is_empty()),
            self.email.clone().map(String::from),
            self.phone.as_ref().map(|phone| phone.as_str().to_owned()),
        ];
        let title = title.into_iter().flatten().next().unwrap_or_else(|| form.title.clone());
        title.chars().take(255).collect()
    }

    pub fn write(self, form: &Model, row: &mut Lead) {
        row.title = self.lead_title(form);
        (row.first_name, row.last_name) = self.names();
        row.description = self.message().map(str::to_owned);
        row.email = self.email.map(Into::into);
        put_phone(self.phone, &mut row.phone_typed, &mut row.phone_e164);
        row.company_name = self.company_name.map(Into::into);
        row.job_title = self.job_title.map(Into::into);
        row.website = self.website.map(Into::into);
        row.source = Some(LeadSource::Website);
        row.is_active = true;
        row.created_from_site = true;
        row.form_id = Some(form.id);
    }

    /// All of it as a comment on a lead that is there already.
    pub fn comment(&self, form: &Model) -> Note<10_000> {
        let (first, last) = self.names();
        let name = [first, last].into_iter().flatten().collect::<Vec<_>>().join(" ");
        let fields = [
            ("Title", self.title.as_ref().map(AsRef::as_ref)),
            ("Name", Some(name.as_str()).filter(|name| !name.is_empty())),
            ("Phone", self.phone.as_ref().map(Phone::as_str)),
            ("Company", self.company_name.as_ref().map(AsRef::as_ref)),
            ("Job title", self.job_title.as_ref().map(AsRef::as_ref)),
            ("Website", self.website.as_ref().map(AsRef::as_ref)),
        ];
        let lines = fields.into_iter().filter_map(|(label, text)| Some(format!("{label}: {}", text?)));
        let head = format!("Sent again through the form \u{201c}{}\u{201d}", form.title);
        let mut text: Vec<String> = [head].into_iter().chain(lines).collect();
        text.extend(self.message().map(|message| format!("\n{message}")));
        let text: String = without_mentions(&text.join("\n")).chars().take(10_000).collect();
        Note::parse(&text).unwrap_or_default()
    }
}

/// An `@` that begins a word is followed by a word joiner, which nobody sees: a visitor has no members to mention.
fn without_mentions(text: &str) -> String {
    let mut before = ' ';
    let mut plain = String::with_capacity(text.len());
    for c in text.chars() {
        plain.push(c);
        if c == '@' && !before.is_alphanumeric() {
            plain.push('\u{2060}');
        }
        before = c;
    }
    plain
}

fn pointer(field: FormField) -> &'static str {
    match field {
        FormField::Title => "title",
        FormField::Name => "name",
        FormField::FirstName => "first_name",
        FormField::LastName => "last_name",
        FormField::Email => "email",
        FormField::Phone => "phone",
        FormField::CompanyName => "company_name",
        FormField::JobTitle => "job_title",
        FormField::Website => "website",
        FormField::Message => "message",
    }
}

#[cfg(test)]
mod tests {
    use base::value::{Email, Text};

    use super::*;
    use crate::form::Required;

    fn form(required: &[FormField]) -> Model {
        Model { title: "Contact us".into(), required_fields: Required(required.to_vec()), ..Model::default() }
    }

    fn named(name: &str) -> NewSubmission {
        NewSubmission { name: Text::parse(name).ok(), ..NewSubmission::default() }
    }

    #[test]
    fn the_last_word_of_a_whole_name_is_the_last_name() {
        let names = |name: &str| named(name).names();
        assert_eq!(names("Ana de la Cruz"), (Some("Ana de la".into()), Some("Cruz".into())));
        assert_eq!(names("Nadia"), (None, Some("Nadia".into())));
    }

    #[test]
    fn everything_that_is_required_and_missing_is_told_at_once() {
        let error =
            named("Nadia Okafor").check(&form(&[FormField::LastName, FormField::Email, FormField::Phone])).unwrap_err();
        let faults = error.problem().and_then(|problem| problem.errors.clone()).unwrap_or_default();
        let pointers: Vec<&str> = faults.iter().map(|fault| fault.pointer.as_str()).collect();
        assert_eq!(pointers, ["/email", "/phone"]);
        assert!(NewSubmission::default().check(&form(&[])).is_err(), "nothing at all is no lead");
    }

    #[test]
    fn a_lead_is_called_what_it_is_about_or_who_it_is() {
        let company = NewSubmission { company_name: Text::parse("Blue Kettle").ok(), ..named("Nadia Okafor") };
        assert_eq!(company.lead_title(&form(&[])), "Nadia Okafor, Blue Kettle");
        let address = NewSubmission { email: Email::parse("n@x.example").ok(), ..NewSubmission::default() };
        assert_eq!(address.lead_title(&form(&[])), "n@x.example");
        assert_eq!(NewSubmission::default().lead_title(&form(&[])), "Contact us");
    }

    #[test]
    fn a_visitor_mentions_nobody() {
        assert_eq!(
            without_mentions("ask @ada@x.example or bo@x.example"),
            "ask @\u{2060}ada@x.example or bo@x.example"
        );
    }
}
