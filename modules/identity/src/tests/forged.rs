//! Every token that we did not sign for now, or not as we sign, is refused.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use hmac::{Hmac, KeyInit, Mac};
use serde_json::{Value, json};
use sha2::{Sha256, Sha384, Sha512};
use uuid::Uuid;

use super::{ISSUER, at, key, ring};
use crate::{BadKeys, KeyRing, keys::About};

fn ours() -> (Value, Value) {
    let now = at(0).timestamp();
    let header = json!({"typ": "at+jwt", "alg": "HS256", "kid": "k2"});
    let claims = json!({
        "iss": ISSUER, "aud": "rapport", "sub": Uuid::from_u128(1), "sid": Uuid::from_u128(2), "jti": Uuid::from_u128(3),
        "pair": "0123456789abcdef", "iat": now, "nbf": now, "exp": now + 900,
    });
    (header, claims)
}

fn part(value: &Value) -> String {
    URL_SAFE_NO_PAD.encode(value.to_string())
}

fn signed(header: &Value, claims: &Value, key: &[u8]) -> String {
    let over = format!("{}.{}", part(header), part(claims));
    let signature = match header["alg"].as_str() {
        Some("HS384") => {
            Hmac::<Sha384>::new_from_slice(key).unwrap().chain_update(&over).finalize().into_bytes().to_vec()
        }
        Some("HS512") => {
            Hmac::<Sha512>::new_from_slice(key).unwrap().chain_update(&over).finalize().into_bytes().to_vec()
        }
        _ => Hmac::<Sha256>::new_from_slice(key).unwrap().chain_update(&over).finalize().into_bytes().to_vec(),
    };
    format!("{over}.{}", URL_SAFE_NO_PAD.encode(signature))
}

fn good(token: &str) -> bool {
    ring().read(token, at(0)).is_some()
}

fn with(mut object: Value, name: &str, value: Value) -> Value {
    object[name] = value;
    object
}

fn without(mut object: Value, name: &str) -> Value {
    object.as_object_mut().unwrap().remove(name);
    object
}

#[test]
fn the_forger_can_make_a_good_one_with_the_key() {
    let (header, claims) = ours();
    assert!(good(&signed(&header, &claims, &key(2))));
    assert!(good(&signed(&with(header, "kid", json!("k1")), &claims, &key(1))), "the second key verifies");
}

#[test]
fn headers_that_are_not_ours() {
    let (header, claims) = ours();
    let mut forged = Vec::new();
    for alg in ["none", "None", "NONE", "nOnE", "HS384", "HS512", "RS256", "ES256", "EdDSA", "hs256", ""] {
        forged.push(with(header.clone(), "alg", json!(alg)));
    }
    for typ in [json!("JWT"), json!("jwt"), json!("refresh"), json!(""), json!(null), json!(1)] {
        forged.push(with(header.clone(), "typ", typ));
    }
    for kid in [json!("k3"), json!(""), json!("../../dev/null"), json!("k2' OR '1'='1"), json!(null), json!(["k2"])] {
        forged.push(with(header.clone(), "kid", kid));
    }
    for missing in ["alg", "typ", "kid"] {
        forged.push(without(header.clone(), missing));
    }
    let extras = json!({
        "crit": ["exp"], "jku": "https://evil.example/keys", "jwk": {"kty": "oct", "k": "AAAA"}, "x5u": "https://evil.example",
        "x5c": [], "b64": false, "cty": "JWT", "zip": "DEF",
    });
    for (name, value) in extras.as_object().unwrap() {
        forged.push(with(header.clone(), name, value.clone()));
    }
    forged.push(with(header.clone(), "crit", json!([])));
    for header in forged {
        assert!(!good(&signed(&header, &claims, &key(2))), "{header}");
        assert!(!good(&format!("{}.{}.", part(&header), part(&claims))), "unsigned {header}");
    }
}

#[test]
fn claims_that_are_not_ours() {
    let (header, claims) = ours();
    let now = at(0).timestamp();
    let mut forged = Vec::new();
    for missing in claims.as_object().unwrap().keys() {
        forged.push(without(claims.clone(), missing));
    }
    let wrong = [
        ("iss", json!("https://evil.example")),
        ("iss", json!([ISSUER])),
        ("iss", json!("")),
        ("aud", json!("other")),
        ("aud", json!(["rapport", "other"])),
        ("sub", json!("1")),
        ("sub", json!(1)),
        ("sub", json!("' OR 1=1 --")),
        ("sid", json!(null)),
        ("exp", json!(now)),
        ("exp", json!(now - 1)),
        ("exp", json!("9999999999")),
        ("exp", json!(1e300)),
        ("exp", json!(-1)),
        ("nbf", json!(now + 31)),
        ("iat", json!(now + 3600)),
        ("nbf", json!("0")),
    ];
    for (name, value) in wrong {
        forged.push(with(claims.clone(), name, value));
    }
    for claims in forged {
        assert!(!good(&signed(&header, &claims, &key(2))), "{claims}");
    }
    assert!(good(&signed(&header, &with(claims, "nbf", json!(now + 30)), &key(2))), "clocks differ a little");
}

#[test]
fn signatures_that_are_not_ours() {
    let (header, claims) = ours();
    for weak in [&b""[..], b"secret", b"k2", &[0; 32], &key(1), &key(3)] {
        assert!(!good(&signed(&header, &claims, weak)));
    }
    let token = signed(&header, &claims, &key(2));
    let (over, signature) = token.rsplit_once('.').unwrap();
    let (head, _) = over.split_once('.').unwrap();
    let other = part(&with(claims, "sub", json!(Uuid::from_u128(9))));
    let half = &signature[..20];
    for changed in [
        format!("{head}.{other}.{signature}"),
        format!("{over}."),
        over.to_owned(),
        format!("{over}.{half}"),
        format!("{token}."),
        format!("{token}.{signature}"),
        format!(" {token}"),
        String::new(),
        ".".into(),
        "..".into(),
        "a.b.c".into(),
        "ü.ü.ü".into(),
        "x".repeat(100_000),
    ] {
        assert!(!good(&changed), "{}", changed.chars().take(300).collect::<String>());
    }
}

#[test]
fn what_we_sign_is_read_until_it_ends() {
    let about = About {
        user: Uuid::from_u128(1),
        session: Uuid::from_u128(2),
        id: Uuid::from_u128(3),
        pair: "p".into(),
        now: at(0),
        until: at(900),
    };
    let token = ring().sign(about).unwrap();
    let claims = ring().read(&token, at(899)).unwrap();
    assert_eq!((claims.sub, claims.sid), (Uuid::from_u128(1), Uuid::from_u128(2)));
    assert!(ring().read(&token, at(900)).is_none());
    let rotated = KeyRing::new(ISSUER, vec![("k3".into(), key(3)), ("k2".into(), key(2))]).unwrap();
    assert!(rotated.read(&token, at(0)).is_some(), "a rotation logs nobody out");
    let elsewhere = KeyRing::new("https://other.example.com", vec![("k2".into(), key(2))]).unwrap();
    assert!(elsewhere.read(&token, at(0)).is_none());
}

#[test]
fn a_ring_has_one_or_two_strong_named_keys() {
    let ring = |names: &[&str]| KeyRing::new(ISSUER, names.iter().map(|name| ((*name).into(), key(1))).collect()).err();
    assert_eq!(ring(&["a"]), None);
    assert_eq!(ring(&["a", "b"]), None);
    assert_eq!(ring(&[]), Some(BadKeys::Number));
    assert_eq!(ring(&["a", "b", "c"]), Some(BadKeys::Number));
    assert_eq!(ring(&["a", "a"]), Some(BadKeys::Name));
    assert_eq!(ring(&[""]), Some(BadKeys::Name));
    assert_eq!(KeyRing::new(ISSUER, vec![("a".into(), vec![1; 31])]).err(), Some(BadKeys::TooShort));
}
