use std::fmt::Write as _;

use crate::{EmailKind, Outgoing, render::Templates};

#[test]
fn every_email_reads_well() {
    let templates = Templates::load().expect("all templates parse");
    let mut snapshots = insta::Settings::clone_current();
    snapshots.set_snapshot_path("../snapshots");
    snapshots.set_prepend_module_to_snapshot(false);
    let _bound = snapshots.bind_to_scope();
    let mut numbered = std::collections::HashMap::new();
    for email in EmailKind::samples() {
        let words = templates.render(&email).expect("every sample renders");
        let number = numbered.entry(email.name()).and_modify(|n| *n += 1).or_insert(1);
        // The joiner that keeps names from becoming links cannot be seen; here it can.
        let page = format!("Subject: {}\n\n{}", words.subject, words.text).replace('\u{2060}', "⁀");
        insta::assert_snapshot!(format!("{}_{number}", email.name()), page);

        assert!(!words.subject.is_empty() && !words.subject.contains(char::is_control), "{}", words.subject);
        assert!(words.subject.chars().count() <= 200);
        assert!(!words.html.contains("<script"), "{}", words.html);
        assert!(words.html.contains("<html lang=\"en\">") && words.html.contains("You get this e-mail because"));
        assert!(words.text.contains("You get this e-mail because"));
        assert!(words.text.lines().all(|line| !line.contains('\r')));
        let leads_here = words.html.contains("<a class=\"button\" href=\"https:");
        assert_eq!(leads_here, email.name() != "case_answer", "{}", words.html);
        assert!(!words.html.contains("src="), "no external content");
    }
}

#[test]
fn html_shows_markup_as_text() {
    let templates = Templates::load().expect("all templates parse");
    let hostile = EmailKind::samples().into_iter().filter(|email| json(email).contains("<script>"));
    let escaped = hostile.filter(|email| templates.render(email).expect("renders").html.contains("&lt;script&gt;"));
    assert_eq!(escaped.count(), 5);
}

#[test]
fn every_email_has_its_folder_and_every_folder_its_email() {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/../../templates/email");
    let mut folders: Vec<String> = std::fs::read_dir(root)
        .expect("the templates")
        .filter_map(Result::ok)
        .filter(|entry| entry.path().is_dir())
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect();
    folders.sort();
    let mut names = EmailKind::NAMES.to_vec();
    names.sort_unstable();
    assert_eq!(folders, names);
    for email in EmailKind::samples() {
        assert!(EmailKind::NAMES.contains(&email.name()), "{} is not the NAME of its struct", email.name());
    }
}

#[test]
fn a_payload_comes_back_as_the_same_email() {
    for email in EmailKind::samples() {
        let outgoing = Outgoing { email, ..super::to("Ada", "ada@example.com") };
        let payload = serde_json::to_string(&outgoing).expect("JSON");
        assert_eq!(serde_json::from_str::<Outgoing>(&payload).expect("the same"), outgoing);
    }
}

#[test]
fn a_payload_is_one_of_the_emails_and_nothing_else() {
    for payload in [
        r#"{"email": "win_a_prize", "values": {}}"#,
        r#"{"email": "verify_email", "values": {"name": "Ada", "link": "https://x.example"}}"#,
        r#"{"email": "verify_email", "values": {"name": "Ada", "link": "l", "expires_hours": 1, "bcc": "x@y.example"}}"#,
    ] {
        assert!(serde_json::from_str::<EmailKind>(payload).is_err(), "{payload}");
    }
}

#[test]
fn debugging_does_not_tell_the_link() {
    let mut shown = String::new();
    for email in EmailKind::samples() {
        let outgoing = Outgoing { email, ..super::to("Ada", "ada@example.com") };
        write!(shown, "{outgoing:?}{:?}", outgoing.email).expect("text");
    }
    assert!(!shown.contains("token") && !shown.contains("https"), "{shown}");
}

fn json(email: &EmailKind) -> String {
    serde_json::to_string(email).expect("JSON")
}
