use poem::{
    IntoResponse,
    error::{NotFoundError, ResponseError},
    http::{HeaderMap, HeaderValue, StatusCode},
};
use poem_openapi::types::ToJSON;
use sea_orm::{Database, DbErr};
use serde_json::json;

use super::*;
use crate::fault::Faults;

#[test]
fn a_problem_shows_only_what_it_has() {
    let error = Error::not_found().with_instance("req-1").with_instance("req-2");
    assert_eq!(
        error.problem().unwrap().to_json(),
        Some(json!({
            "type": "about:blank",
            "title": "Not Found",
            "status": 404,
            "detail": "There is nothing here.",
            "instance": "req-1",
            "code": "not_found",
        }))
    );
}

#[test]
fn faults_are_listed() {
    let mut faults = Faults::new();
    assert_eq!(faults.clone().check(), Ok(()));
    faults.add("/a", "required", "Must be given.");
    let error = faults.check().unwrap_err();
    assert_eq!(
        error.problem().unwrap().to_json().unwrap()["errors"],
        json!([{"pointer": "/a", "code": "required", "detail": "Must be given."}])
    );
}

#[test]
fn answers_carry_the_headers_of_their_status() {
    for (error, header, value) in [
        (Error::too_many(7), "retry-after", "7"),
        (Error::too_many(0), "retry-after", "1"),
        (Error::unavailable(), "retry-after", "1"),
        (Error::unauthorized(), "www-authenticate", "Bearer"),
        (Error::stale(), "content-type", "application/problem+json"),
    ] {
        let response = error.into_response();
        assert_eq!(response.headers()[header], value);
    }
}

#[test]
fn the_cause_of_a_500_stays_inside() {
    let error = Error::internal("SELECT secret FROM users");
    assert_eq!(error.problem().unwrap().detail, "internal error");
}

#[tokio::test]
async fn a_replay_is_byte_for_byte() {
    let mut headers = HeaderMap::new();
    headers.insert("etag", HeaderValue::from_static("\"1\""));
    let error = Error::replay(StatusCode::CREATED, headers.clone(), b"{ }".to_vec());
    assert_eq!(error.status(), StatusCode::CREATED);
    let response = poem::Error::from(error).into_response();
    assert_eq!(response.status(), StatusCode::CREATED);
    headers.insert("idempotency-replayed", HeaderValue::from_static("true"));
    assert_eq!(response.headers(), &headers);
    assert_eq!(response.into_body().into_vec().await.unwrap(), b"{ }");
}

#[test]
fn our_own_error_comes_out_of_poem_as_it_went_in() {
    let error = Error::conflict("taken", "Taken.");
    assert_eq!(Error::from_poem(error.clone().into()), error);
    assert_eq!(Error::from_poem(NotFoundError.into()), Error::not_found());
    let teapot = poem::Error::from_status(StatusCode::IM_A_TEAPOT);
    assert_eq!(Error::from_poem(teapot).code(), "i'm_a_teapot");
    let broken = poem::Error::from_string("secret", StatusCode::BAD_GATEWAY);
    assert_eq!(Error::from_poem(broken).code(), "internal");
}

#[tokio::test]
async fn what_the_database_refuses_is_told_apart() {
    use sea_orm::ConnectionTrait;

    let db = Database::connect("sqlite::memory:").await.unwrap();
    db.execute_unprepared(
        "PRAGMA foreign_keys = ON;
         CREATE TABLE a (id INTEGER PRIMARY KEY, b INTEGER UNIQUE, c INTEGER REFERENCES a(id), d INTEGER CHECK (d > 0));
         INSERT INTO a VALUES (1, 1, NULL, 1);",
    )
    .await
    .unwrap();
    for (sql, status, code) in [
        ("INSERT INTO a VALUES (2, 1, NULL, 1)", 409, "duplicate"),
        ("INSERT INTO a VALUES (1, 2, NULL, 1)", 409, "duplicate"),
        ("INSERT INTO a VALUES (2, 2, 7, 1)", 422, "invalid"),
        ("INSERT INTO a VALUES (2, 2, NULL, 0)", 422, "invalid"),
        ("SELECT nothing FROM nowhere", 500, "internal"),
    ] {
        let error = Error::from(db.execute_unprepared(sql).await.unwrap_err());
        assert_eq!(error.status().as_u16(), status, "{sql}");
        assert_eq!(error.code(), code, "{sql}");
    }
    db.execute_unprepared(
        "CREATE TABLE team (org_id INTEGER, name TEXT, email_lower TEXT);
         CREATE UNIQUE INDEX team_name_key ON team (org_id, lower(name));
         CREATE UNIQUE INDEX team_email_lower_key ON team (org_id, email_lower);
         INSERT INTO team VALUES (1, 'North', 'n@x.example');",
    )
    .await
    .unwrap();
    for (values, field) in [("'NORTH', 'o@x.example'", "/name"), ("'South', 'n@x.example'", "/email")] {
        let again = format!("INSERT INTO team VALUES (1, {values})");
        let error = Error::from(db.execute_unprepared(&again).await.unwrap_err());
        assert_eq!(error.code(), "duplicate");
        assert_eq!(error.problem().unwrap().errors.as_ref().unwrap()[0].pointer, field);
    }
    let gone = DbErr::ConnectionAcquire(sea_orm::ConnAcquireErr::Timeout);
    assert_eq!(Error::from(gone).code(), "unavailable");
}
