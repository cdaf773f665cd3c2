use mail_parser::MessageParser;

use super::{folder, mailer, to};
use crate::{Transport, Undelivered};

#[tokio::test]
async fn a_file_holds_the_whole_email() {
    let dir = folder();
    let mailer = mailer(Transport::File { dir: dir.clone() });
    mailer.check().await.expect("writable");
    let outgoing = to("Ada Moß", "ada@example.com");
    mailer.deliver(&outgoing).await.expect("written");
    mailer.deliver(&outgoing).await.expect("a job may run twice");

    let names: Vec<_> = std::fs::read_dir(&dir).expect("a folder").filter_map(Result::ok).collect();
    assert_eq!(names.len(), 1);
    let content = std::fs::read(dir.join(format!("{}.eml", outgoing.id))).expect("a file");
    let message = MessageParser::new().parse(&content).expect("a message");
    assert_eq!(message.message_id(), Some(format!("{}@crm.example.com", outgoing.id).as_str()));
    assert_eq!(message.subject(), Some("Confirm your e-mail address"));
    assert_eq!(message.header_raw("Auto-Submitted").map(str::trim), Some("auto-generated"));
    assert!(message.date().is_some());
    let person = |field: Option<&mail_parser::Address<'_>>| {
        let first = field.and_then(|people| people.first()).expect("somebody");
        (first.name().map(str::to_owned), first.address().map(str::to_owned))
    };
    assert_eq!(person(message.to()), (Some("Ada Moß".into()), Some("ada@example.com".into())));
    assert_eq!(person(message.from()), (Some("Rapport".into()), Some("no-reply@crm.example.com".into())));
    assert_eq!(person(message.reply_to()), (None, Some("help@crm.example.com".into())));
    let link = "https://crm.example.com/verify-email?token=2f9c1d";
    assert!(message.body_text(0).expect("text").contains(link));
    assert!(message.body_html(0).expect("HTML").contains("Confirm my address"));
    std::fs::remove_dir_all(dir).expect("tidied up");
}

#[tokio::test]
async fn a_folder_that_cannot_be_written_is_told() {
    let file = folder();
    std::fs::write(&file, b"").expect("a file in the way");
    let mailer = mailer(Transport::File { dir: file.clone() });
    let fault = mailer.check().await.expect_err("not a folder").to_string();
    assert!(fault.starts_with(&format!("e-mails cannot be written to {}", file.display())), "{fault}");
    assert!(matches!(mailer.deliver(&to("Ada", "ada@example.com")).await, Err(Undelivered::Temporary(_))));
    std::fs::remove_file(file).expect("tidied up");
}

#[tokio::test]
async fn the_console_takes_everything() {
    let mailer = mailer(Transport::Console);
    mailer.check().await.expect("always there");
    mailer.deliver(&to("Ada", "ada@example.com")).await.expect("printed");
}
