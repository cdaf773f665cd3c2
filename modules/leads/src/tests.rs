use base::{Faults, value::Text};
use opportunities::{Opportunity, Stage};
use uuid::Uuid;

use crate::{
    conversion::{NewConversion, contact::names, opportunity, view::NewLeadOpportunity},
    lead::Model,
    status::LeadStatus::{self, Assigned, Closed, Converted},
};

fn codes(error: &base::Error) -> Vec<(&str, &str)> {
    let faults = error.problem().and_then(|problem| problem.errors.as_ref());
    faults.into_iter().flatten().map(|fault| (fault.pointer.as_str(), fault.code.as_str())).collect()
}

#[test]
fn no_body_makes_a_lead_converted_or_brings_it_back() {
    let told = |from, to| {
        let mut faults = Faults::new();
        LeadStatus::check(from, to, &mut faults).and_then(|()| faults.check())
    };
    assert_eq!(codes(&told(None, Converted).unwrap_err()), [("/status", "use_conversion")]);
    assert_eq!(codes(&told(Some(Assigned), Converted).unwrap_err()), [("/status", "use_conversion")]);
    assert_eq!(told(Some(Converted), Assigned).unwrap_err().code(), "converted");
    assert!(told(Some(Converted), Converted).is_ok());
    assert!(told(Some(Closed), Assigned).is_ok());
}

#[test]
fn a_conversion_names_one_account() {
    let nameless = Model::default();
    let acme = Model { company_name: Some("Acme".into()), ..Model::default() };
    let ada = Model { first_name: Some("Ada".into()), ..Model::default() };
    let both = NewConversion {
        account_id: Some(Uuid::nil()),
        account_name: Text::parse("Acme").ok(),
        ..NewConversion::default()
    };
    assert_eq!(codes(&both.check(&acme).unwrap_err()), [("/account_name", "one_of_two")]);
    let empty = NewConversion::default();
    assert_eq!(codes(&empty.check(&nameless).unwrap_err()), [("/account_name", "required")]);
    assert!(empty.check(&acme).is_ok());
    assert!(empty.check(&ada).is_ok());
}

#[test]
fn a_contact_needs_a_last_name_or_an_address() {
    let lead = |first: Option<&str>, last: Option<&str>, email: Option<&str>| Model {
        first_name: first.map(Into::into),
        last_name: last.map(Into::into),
        email: email.map(Into::into),
        ..Model::default()
    };
    let named = |first: &str, last: &str| Some((first.to_owned(), last.to_owned()));
    assert_eq!(names(&lead(Some("Ada"), Some("Moss"), None)), named("Ada", "Moss"));
    assert_eq!(names(&lead(Some("Ada"), None, Some("a@x.example"))), named("Ada", ""));
    assert_eq!(names(&lead(None, None, Some("a.moss@x.example"))), named("", "a.moss"));
    assert_eq!(names(&lead(Some("Ada"), None, None)), None);
}

#[test]
fn an_opportunity_is_what_the_body_says_and_else_what_the_lead_says() {
    let lead = Model { title: "Bar".into(), currency: Some("EUR".into()), probability: Some(60), ..Model::default() };
    let mut row = Opportunity::default();
    opportunity::write(
        &mut row,
        &lead,
        NewLeadOpportunity { stage: Some(Stage::Proposal), ..NewLeadOpportunity::default() },
    );
    assert_eq!((row.name.as_str(), row.stage, row.probability), ("Bar", Stage::Proposal, 60));
    assert_eq!((row.currency.as_deref(), row.lead_id), (Some("EUR"), Some(lead.id)));
}
