#![expect(clippy::unused_async, reason = "poem-openapi takes async handlers only")]

use poem::{Endpoint, EndpointExt, IntoEndpoint, Request, Response};
use poem_openapi::{Object, OpenApi, OpenApiService, payload::Json, types::MaybeUndefined};
use serde_json::{Value, json};
use uuid::Uuid;

use super::*;
use crate::{
    error::Error,
    value::{Change, Colour, Country, CurrencyCode, Email, Money, Note, Phone, Text, WebUrl},
};

#[derive(Object, Debug)]
#[oai(deny_unknown_fields)]
struct NewDeal {
    title: Text<20>,
    note: Option<Note<50>>,
    email: Option<Email>,
    phone: Option<Phone>,
    website: Option<WebUrl<50>>,
    country: Option<Country>,
    currency: Option<CurrencyCode>,
    amount: Option<Money>,
    colour: Option<Colour>,
    owner_id: Option<Uuid>,
    due: Option<chrono::NaiveDate>,
    seats: Option<u16>,
    total: Option<i64>,
    #[oai(validator(minimum(value = "0"), maximum(value = "100")))]
    probability: Option<i32>,
    #[oai(default, validator(max_items = 2))]
    tags: Vec<Text<5>>,
    part: Option<Part>,
}

#[derive(Object, Debug)]
#[oai(deny_unknown_fields)]
struct Part {
    name: Text<5>,
}

#[derive(Object, Debug)]
#[oai(deny_unknown_fields)]
struct DealChange {
    /// What it is called.
    title: Change<Text<20>>,
    country: Change<Country>,
    note: MaybeUndefined<Note<50>>,
    colour: MaybeUndefined<Colour>,
}

fn faults<T: ParseFromJSON + std::fmt::Debug + 'static>(body: &Value) -> Vec<(String, String)> {
    let error = parse::<T>(body.to_string().as_bytes()).expect_err("refused");
    let problem = error.problem().expect("a problem");
    assert_eq!(problem.status, 422);
    let faults = problem.errors.clone().unwrap_or_default();
    faults.into_iter().map(|f| (f.pointer, f.code)).collect()
}

#[test]
fn all_faults_are_told_at_once() {
    let told = faults::<NewDeal>(&json!({
        "title": " ",
        "note": "a\u{0}b",
        "email": "nobody",
        "phone": "call me",
        "website": "example.com",
        "country": "Germany",
        "currency": "XXX",
        "amount": 12.5,
        "colour": "beige",
        "owner_id": "7",
        "due": "tomorrow",
        "seats": -1,
        "total": 9_223_372_036_854_775_808_u64,
        "probability": 101,
        "tags": ["a", "b", "too long"],
        "part": {},
        "a/b": 1,
    }));
    let told: Vec<_> = told.iter().map(|(p, c)| (p.as_str(), c.as_str())).collect();
    assert_eq!(
        told,
        [
            ("/amount", "wrong_type"),
            ("/a~1b", "unknown_field"),
            ("/colour", "not_in_enum"),
            ("/country", "invalid_country"),
            ("/currency", "invalid_currency"),
            ("/due", "invalid_date"),
            ("/email", "invalid_email"),
            ("/note", "invalid_text"),
            ("/owner_id", "invalid_id"),
            ("/part/name", "required"),
            ("/phone", "invalid_phone"),
            ("/probability", "out_of_range"),
            ("/seats", "out_of_range"),
            ("/tags", "too_many_items"),
            ("/tags/2", "too_long"),
            ("/title", "too_short"),
            ("/total", "out_of_range"),
            ("/website", "invalid_url"),
        ]
    );
}

#[test]
fn a_good_body_is_read() {
    let deal: NewDeal = parse(br#"{"title": "Ten chairs", "amount": "10", "note": null}"#).unwrap();
    assert_eq!(deal.title.as_str(), "Ten chairs");
    assert_eq!(deal.amount.unwrap().to_string(), "10.00");
    assert!(deal.note.is_none() && deal.tags.is_empty());
}

#[test]
fn the_body_as_a_whole_can_be_at_fault() {
    for (body, code) in [(json!([]), "wrong_type"), (json!(null), "not_nullable")] {
        assert_eq!(faults::<NewDeal>(&body), [(String::new(), code.to_owned())]);
    }
}

/// poem-openapi makes text of the numbers and truths that it finds where a `String` is wanted.
#[test]
fn a_number_is_no_string() {
    #[derive(Object, Debug)]
    struct Secret {
        password: String,
        hint: Option<String>,
    }
    for value in [json!(1.622_502_850_467_569e16), json!(7), json!(true)] {
        let wrong = |at: &str| (at.to_owned(), "wrong_type".to_owned());
        let told = faults::<Secret>(&json!({ "password": value, "hint": value }));
        assert_eq!(told, [wrong("/hint"), wrong("/password")], "{value}");
    }
    let secret: Secret = parse(br#"{"password": "7", "hint": null}"#).unwrap();
    assert!(secret.password == "7" && secret.hint.is_none());
}

#[test]
fn null_clears_what_can_be_cleared() {
    let change: DealChange = parse(br#"{"note": null, "colour": null}"#).unwrap();
    assert!(change.note.is_null() && change.colour.is_null());
    assert_eq!(change.title, Change::Keep);
    assert_eq!(
        faults::<DealChange>(&json!({"title": null, "country": null, "note": null})),
        [("/country".to_owned(), "not_nullable".to_owned()), ("/title".to_owned(), "not_nullable".to_owned())]
    );
}

#[test]
fn what_is_not_json_is_not_understood() {
    let deep = "[".repeat(100_000);
    for body in ["", "{", "{\"title\": \"\\ud800\"}", "{\"total\": 1e400}", "{} {}", "\u{feff}{}", &deep] {
        let error = parse::<NewDeal>(body.as_bytes()).expect_err("refused");
        assert_eq!(error.code(), "invalid_json", "{body:.20}");
    }
    assert_eq!(parse::<NewDeal>(b"{\"title\": \"\xff\"}").unwrap_err().code(), "invalid_json");
}

#[test]
fn the_list_of_faults_has_an_end() {
    let many: serde_json::Map<_, _> = (0..50_000).map(|n| (n.to_string(), json!(1))).collect();
    assert_eq!(faults::<Part>(&Value::Object(many)).len(), 100);
}

struct Api;

#[OpenApi]
impl Api {
    #[oai(path = "/deals", method = "post")]
    async fn create(&self, deal: Body<NewDeal>) -> crate::error::Result<Json<String>> {
        Ok(Json(deal.0.title.into_inner()))
    }

    #[oai(path = "/deals/:id", method = "patch")]
    async fn change(
        &self,
        id: poem_openapi::param::Path<Uuid>,
        limit: poem_openapi::param::Query<Option<u16>>,
        _change: Body<DealChange>,
    ) -> crate::error::Result<Json<u16>> {
        Err(Error::conflict("taken", "Taken.").with_id("deal_id", id.0).with_instance(format!("{:?}", limit.0)))
    }
}

async fn ask(method: &str, path: &str, content_type: Option<&str>, body: &str) -> Response {
    let mut request = Request::builder().method(method.parse().unwrap()).uri(path.parse().unwrap());
    if let Some(content_type) = content_type {
        request = request.content_type(content_type);
    }
    OpenApiService::new(Api, "Deals", "1")
        .into_endpoint()
        .catch_all_error(async |error| Error::from_poem(error))
        .get_response(request.body(body.to_owned()))
        .await
}

#[tokio::test]
async fn only_json_of_some_size_is_read() {
    let long = format!("{{\"title\": \"{}\"}}", "a".repeat(LIMIT));
    for (content_type, body, status) in [
        (Some("application/json"), r#"{"title": "a"}"#, 200),
        (Some("Application/JSON; charset=utf-8"), r#"{"title": "a"}"#, 200),
        (Some("text/plain"), r#"{"title": "a"}"#, 415),
        (Some("application/jsonp"), r#"{"title": "a"}"#, 415),
        (None, r#"{"title": "a"}"#, 415),
        (Some("application/json"), &long, 413),
        (Some("application/json"), "{}", 422),
        (Some("application/json"), "{", 400),
    ] {
        let answer = ask("POST", "/deals", content_type, body).await;
        assert_eq!(answer.status().as_u16(), status, "{content_type:?} {body:.20}");
        let problem = answer.content_type() == Some("application/problem+json");
        assert_eq!(problem, status != 200);
    }
}

#[tokio::test]
async fn every_refusal_is_a_problem_of_ours() {
    let id = Uuid::nil();
    for (method, path, status, code) in [
        ("GET", "/nowhere".to_owned(), 404, "not_found"),
        ("PUT", "/deals".to_owned(), 405, "method_not_allowed"),
        ("PATCH", "/deals/7".to_owned(), 404, "not_found"),
        ("PATCH", format!("/deals/{id}?limit=many"), 400, "invalid_parameter"),
        ("PATCH", format!("/deals/{id}"), 409, "taken"),
    ] {
        let answer = ask(method, &path, Some("application/json"), "{}").await;
        assert_eq!(answer.status().as_u16(), status, "{method} {path}");
        assert_eq!(answer.content_type(), Some("application/problem+json"));
        let problem: Value = answer.into_body().into_json().await.unwrap();
        assert_eq!(problem["code"], code, "{problem}");
        assert_eq!(problem["status"], status);
        assert_eq!(problem["ids"].is_object(), status == 409);
        assert!(problem.get("errors").is_none());
    }
}

#[test]
fn the_document_says_what_the_server_does() {
    let spec = OpenApiService::new(Api, "Deals", "1").spec();
    let mut document: Value = serde_json::from_str(&spec).unwrap();
    publish(&mut document);
    let schemas = &document["components"]["schemas"];
    assert_eq!(schemas["NewDeal"]["additionalProperties"], false);
    assert_eq!(schemas["Part"]["additionalProperties"], false);
    assert!(schemas["Problem"].get("additionalProperties").is_none());
    let new = &schemas["NewDeal"]["properties"];
    assert!(new["title"].get("nullable").is_none());
    assert_eq!(new["note"]["nullable"], true);
    assert_eq!(new["country"], json!({"nullable": true, "allOf": [{"$ref": "#/components/schemas/Country"}]}));
    assert_eq!(new["seats"]["maximum"], 65535);
    let change = &schemas["DealChange"]["properties"];
    assert!(change["title"].get("nullable").is_none());
    assert!(change["country"].get("nullable").is_none());
    assert_eq!(change["note"]["nullable"], true);
    assert!(!document.to_string().contains("never null"));

    let mut form = json!({"content": {"multipart/form-data": {"schema": {"type": "object", "properties": {}}}}});
    publish(&mut form);
    assert_eq!(form["content"]["multipart/form-data"]["schema"]["additionalProperties"], false);

    let once = document.clone();
    publish(&mut document);
    assert_eq!(document["components"]["schemas"]["NewDeal"], once["components"]["schemas"]["NewDeal"]);
}
