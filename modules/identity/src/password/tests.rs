use argon2::{Argon2, Params, PasswordHasher};

use super::*;

fn refused(password: &str) -> Vec<Refusal> {
    refusals(password, "Ada.Moss.Lee@example.com", "Ada Moss of Leeds")
}

#[test]
fn length_counts_in_characters_and_nothing_is_cut_off() {
    assert_eq!(refused("elevenchars"), [Refusal::TooShort]);
    assert_eq!(refused("twelve chars"), []);
    assert_eq!(refused("ünï©ødé 🦀🦀🦀🦀"), []);
    assert_eq!(refused(&"ab".repeat(128)), []);
    assert_eq!(refused(&format!("{}c", "ab".repeat(128))), [Refusal::TooLong]);
}

#[test]
fn no_rules_about_digits_and_signs() {
    assert_eq!(refused("only small letters"), []);
}

#[test]
fn what_guessers_try_first_is_refused_in_any_case() {
    for common in ["1234567890123", "Qwertyuiop123", "1Q2W3E4R5T6Y"] {
        assert_eq!(refused(common), [Refusal::Common], "{common}");
    }
    assert_eq!(refused("password"), [Refusal::TooShort]);
}

#[test]
fn the_list_is_long_sorted_and_in_lower_case() {
    let list: Vec<&str> = include_str!("../../data/common_passwords.txt").lines().collect();
    assert!(list.len() >= 10_000);
    assert!(list.is_sorted());
    assert!(list.iter().all(|password| *password == password.to_lowercase()));
}

#[test]
fn neither_the_address_nor_the_name_is_a_password() {
    for yours in ["ada.moss.lee@example.com", "ADA.MOSS.LEE", "ada moss of leeds"] {
        assert_eq!(refused(yours), [Refusal::Yours], "{yours}");
    }
}

#[tokio::test]
async fn a_kept_password_is_argon2id_of_today() {
    let kept = hash_password("seven quiet herons").await.unwrap().into_inner();
    assert!(kept.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{kept}");
    assert!(!is_outdated(&kept));
    assert!(verify("seven quiet herons", Some(kept.clone())).await.unwrap());
    assert!(!verify("seven quiet heron", Some(kept)).await.unwrap());
}

#[tokio::test]
async fn nobody_has_no_password() {
    assert!(!verify("seven quiet herons", None).await.unwrap());
    assert!(!verify("", Some(String::new())).await.unwrap());
    assert!(!verify("x", Some("$2b$12$not.argon".into())).await.unwrap());
}

#[tokio::test]
async fn a_letter_typed_in_two_keystrokes_is_the_same_letter() {
    let kept = hash_password("caf\u{e9} au lait sans").await.unwrap().into_inner();
    assert!(verify("cafe\u{301} au lait sans", Some(kept)).await.unwrap());
}

#[test]
fn what_was_hashed_with_less_is_outdated() {
    let weak = Argon2::from(Params::new(8, 1, 1, None).unwrap()).hash_password(b"seven quiet herons").unwrap();
    assert!(is_outdated(&weak.to_string()));
    assert!(is_outdated("plain"));
}
