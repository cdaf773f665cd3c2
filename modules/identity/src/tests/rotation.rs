//! Which refresh token may be used, and what follows it.

use base::value::{Email, Text};
use poem_openapi::types::Example;
use uuid::Uuid;

use super::{ISSUER, at, key, ring};
use crate::{
    KeyRing,
    refresh::{RefreshToken, Verdict, judge, pair},
    row::session::Model,
    view::Registration,
};

fn begun(refresh: &RefreshToken) -> Model {
    Model {
        id: Uuid::from_u128(2),
        user_id: Uuid::from_u128(1),
        family: refresh.family(),
        refresh_hash: refresh.hash(),
        previous_refresh_hash: None,
        rotated_at: None,
        pair_used: true,
        ip: None,
        user_agent: None,
        created_at: at(0),
        last_used_at: at(0),
        expires_at: at(86_400),
        revoked_at: None,
    }
}

fn rotated(session: &Model, next: &RefreshToken, seconds: i64) -> Model {
    Model {
        previous_refresh_hash: Some(session.refresh_hash.clone()),
        refresh_hash: next.hash(),
        rotated_at: Some(at(seconds)),
        pair_used: false,
        ..session.clone()
    }
}

#[test]
fn a_token_is_its_text_and_nothing_else() {
    let token = RefreshToken::first();
    let text = token.to_text();
    assert_eq!(text.len(), 64);
    assert!(RefreshToken::parse(&text) == Some(token.clone()));
    assert!(RefreshToken::first() != token);
    for wrong in ["", "x", &text[1..], &format!("{text}AAAA"), &format!("{text}="), "ü", &"A".repeat(10_000)] {
        assert!(RefreshToken::parse(wrong).is_none(), "{wrong}");
    }
}

#[test]
fn the_latest_is_good_and_its_successor_is_of_the_family() {
    let first = RefreshToken::first();
    let next = first.next(&ring()).unwrap();
    assert_eq!(judge(&begun(&first), &first.hash(), at(1)), Verdict::Rotate);
    assert_eq!(next.family(), first.family());
    assert!(next.hash() != first.hash());
    assert!(first.next(&ring()) == Some(next), "eight at once get one and the same");
}

#[test]
fn a_lost_answer_is_said_again_for_a_minute() {
    let first = RefreshToken::first();
    let next = first.next(&ring()).unwrap();
    let session = rotated(&begun(&first), &next, 0);
    assert_eq!(judge(&session, &first.hash(), at(60)), Verdict::SayAgain);
    assert!(first.replaced_by(&session.refresh_hash, &ring()) == Some(next));
    assert_eq!(judge(&session, &first.hash(), at(61)), Verdict::Stolen);
}

#[test]
fn not_once_the_new_pair_was_used() {
    let first = RefreshToken::first();
    let second = first.next(&ring()).unwrap();
    let session = rotated(&begun(&first), &second, 0);
    let access_used = Model { pair_used: true, ..session.clone() };
    assert_eq!(judge(&access_used, &first.hash(), at(1)), Verdict::Stolen);
    let refresh_used = rotated(&session, &second.next(&ring()).unwrap(), 1);
    assert_eq!(judge(&refresh_used, &first.hash(), at(1)), Verdict::Stolen);
    assert_eq!(judge(&refresh_used, &second.hash(), at(1)), Verdict::SayAgain);
}

#[test]
fn a_session_that_is_over_stays_so() {
    let token = RefreshToken::first();
    let revoked = Model { revoked_at: Some(at(1)), ..begun(&token) };
    assert_eq!(judge(&revoked, &token.hash(), at(2)), Verdict::Over);
    assert_eq!(judge(&begun(&token), &token.hash(), at(86_400)), Verdict::Over);
}

#[test]
fn what_follows_depends_on_the_key_and_survives_its_rotation() {
    let first = RefreshToken::first();
    let next = first.next(&ring()).unwrap();
    let stranger = KeyRing::new(ISSUER, vec![("k".into(), key(9))]).unwrap();
    assert!(first.next(&stranger).unwrap() != next);
    let later = KeyRing::new(ISSUER, vec![("k3".into(), key(3)), ("k2".into(), key(2))]).unwrap();
    assert!(first.replaced_by(&next.hash(), &later) == Some(next));
}

#[test]
fn an_access_token_names_its_pair_without_giving_it_away() {
    let token = RefreshToken::first();
    assert_eq!(pair(&token.hash()).len(), 16);
    assert_eq!(pair(""), "");
}

#[test]
fn the_examples_are_values() {
    let example = Registration::example();
    assert_eq!(
        (example.email, example.name),
        (Email::parse("ada@example.com").unwrap(), Text::parse("Ada Moss").unwrap())
    );
    assert!(crate::refusals(&example.password, "ada@example.com", "Ada Moss").is_empty());
}
