//! Who has to say who they are, and what each operation is called.

use std::collections::BTreeSet;

use serde_json::json;
use testing::both;

use super::document::{UNKNOWN, operations};

/// The operations that need no token, and why.
const OPEN: &[(&str, &str)] = &[
    ("create_session", "logging in"),
    ("refresh_session", "its refresh token says who asks"),
    ("register_user", "whoever registers has no account yet"),
    ("verify_email", "the secret of a mail"),
    ("resend_verification", "one cannot log in before"),
    ("request_password_reset", "who forgot the password"),
    ("reset_password", "the secret of a mail"),
    ("submit_form", "a website's visitor, by the form's key"),
    ("list_public_solutions", "what an organisation publishes, by its help centre's key"),
    ("show_public_solution", "what an organisation publishes, by its help centre's key"),
    ("deliver_mail", "a mail server, by the mailbox's key"),
    ("read_event_feed", "a calendar program, by the secret of the address"),
    ("show_survey", "a customer, by the secret of the link"),
    ("answer_survey", "a customer, by the secret of the link"),
    ("show_survey_page", "a customer, by the secret of the link"),
    ("answer_survey_page", "a customer, by the secret of the link"),
    ("send_contact_message", "a website's visitor, by the form's key"),
];

both! {
    async fn every_operation_asks_who_it_is_but_for_a_short_list(app) {
        let all = operations(&app);
        let open: BTreeSet<&str> = all.iter().filter(|operation| operation.is_open()).map(|operation| operation.id.as_str()).collect();
        assert_eq!(open, OPEN.iter().map(|(id, _)| *id).collect());
        for operation in all.iter().filter(|operation| !operation.is_open()) {
            let asked = operation.send(&app, None, &operation.path_with(UNKNOWN), Some(json!({}))).await;
            assert_eq!(asked.status, 401, "{} to nobody", operation.id);
        }
        app.done().await;
    }

    async fn every_operation_has_a_name_of_its_own(app) {
        let mut seen = BTreeSet::new();
        for operation in operations(&app) {
            let words: Vec<&str> = operation.id.split('_').collect();
            let plain = words.iter().all(|word| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase()));
            assert!(words.len() >= 2 && plain, "{} is not verb_noun", operation.id);
            assert!(seen.insert(operation.id.clone()), "{} is there twice", operation.id);
        }
        app.done().await;
    }
}
