use base::Faults;

use super::placeholder::{Meaning, check};

fn codes(text: &str) -> Vec<String> {
    let mut faults = Faults::new();
    check(text, "/body", &mut faults);
    faults.into_iter().map(|fault| fault.code).collect()
}

#[test]
fn a_text_has_the_placeholders_that_are_known() {
    assert!(codes("Hello {{contact.first_name}}, about {{ case.number }}").is_empty());
    assert_eq!(codes("{{case.secret}}"), ["unknown_placeholder"]);
    assert_eq!(codes("{{}}"), ["unknown_placeholder"]);
    assert_eq!(codes("{{case.name"), ["open_placeholder"]);
    assert_eq!(codes(""), ["too_short"]);
    assert!(codes("a } b { c }} d").is_empty(), "braces alone are no placeholders");
}

#[test]
fn what_a_placeholder_stands_for_is_text() {
    let meaning = Meaning::from([("case.name", "{{me.name}} & <b>"), ("me.name", "Mia")]);
    assert_eq!(meaning.put_into("{{ case.name }}: {{me.name}}, {{org.name}}."), "{{me.name}} & <b>: Mia, .");
}
