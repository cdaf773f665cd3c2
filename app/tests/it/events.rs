//! Meetings and calls, once or again, by the clocks of a place.

use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};

use base::Clock;
use poem::{Body, Request, http::Method};
use serde_json::{Value, json};
use testing::{Engine, Person, Reply, TestApp, both};

async fn event(app: &TestApp, who: &Person, body: Value) -> Value {
    app.post(who, "/api/events/", body).await.expect(201).json()
}

fn path(event: &Value) -> String {
    format!("/api/events/{}/", event["id"].as_str().expect("an id"))
}

async fn answer(app: &TestApp, who: &Person, event: &Value, answer: &str) -> Reply {
    let path = format!("{}answer/", path(event));
    app.send(Some(who), Method::PUT, &path, Some(json!({ "answer": answer }))).await
}

fn one(event: &Value, on: &str) -> String {
    format!("{}occurrences/{on}/", path(event))
}

/// What is in the calendar of these days, as titles with the moments at which they start.
async fn calendar(app: &TestApp, who: &Person, from: &str, to: &str) -> Vec<(String, String)> {
    let query = format!("/api/events/calendar/?from={from}T00:00:00Z&to={to}T00:00:00Z");
    let found = app.get(who, &query).await.expect(200).json();
    let told = |value: &Value| value.as_str().expect("text").to_owned();
    let results = found["results"].as_array().expect("results").iter();
    results.map(|one| (told(&one["title"]), told(&one["starts_at"]).replace("+00:00", ""))).collect()
}

fn pairs(expected: &[(&str, &str)]) -> Vec<(String, String)> {
    expected.iter().map(|(title, at)| ((*title).to_owned(), (*at).to_owned())).collect()
}

fn weekly() -> Value {
    // Clocks go forward in Berlin on 28 March 2027.
    json!({
        "title": "Weekly", "start": "2027-03-15T09:00:00", "end": "2027-03-15T09:30:00", "time_zone": "Europe/Berlin",
        "recurrence": "FREQ=WEEKLY;COUNT=5",
    })
}

both! {
    async fn it_has_a_time_by_the_clocks_of_a_place(app) {
        let ada = app.admin("Acme").await;
        let made = event(&app, &ada, json!({ "title": "Call", "start": "2027-01-11T09:00", "time_zone": "America/New_York", "kind": "call" })).await;
        assert_eq!((&made["start"], &made["end"]), (&json!("2027-01-11T09:00:00"), &json!("2027-01-11T10:00:00")));
        assert_eq!((&made["starts_at"], &made["ends_at"]), (&json!("2027-01-11T14:00:00+00:00"), &json!("2027-01-11T15:00:00+00:00")));
        let moved = app.patch(&ada, &path(&made), json!({ "start": "2027-07-11T10:00:00" })).await.expect(200).json();
        assert_eq!((&moved["end"], &moved["starts_at"]), (&json!("2027-07-11T11:00:00"), &json!("2027-07-11T14:00:00+00:00")));
        let day = event(&app, &ada, json!({ "title": "Fair", "start": "2027-03-27", "end": "2027-03-28", "time_zone": "Europe/Berlin" })).await;
        assert_eq!((&day["is_all_day"], &day["ends_at"]), (&json!(true), &json!("2027-03-28T22:00:00+00:00")));
        let list = app.get(&ada, "/api/events/?sort=starts_at&starts_at__gte=2027-07-01T00:00:00Z").await.expect(200).json();
        assert_eq!((&list["count"], &list["results"][0]["title"]), (&json!(1), &json!("Call")));
        app.done().await;
    }

    async fn what_cannot_be_is_refused(app) {
        let ada = app.admin("Acme").await;
        for (body, pointer) in [
            (json!({ "title": "T", "start": "2027-01-11T09:00:00", "end": "2027-01-11" }), "/end"),
            (json!({ "title": "T", "start": "2027-01-11T09:00:00", "end": "2027-01-11T08:59:59" }), "/end"),
            (json!({ "title": "T", "start": "2027-01-11", "end": "2027-02-12" }), "/end"),
            (json!({ "title": "T", "start": "2027-02-30" }), "/start"),
            (json!({ "title": "T", "start": "2027-01-11T09:00:00Z" }), "/start"),
            (json!({ "title": "T", "start": "1969-12-31" }), "/start"),
            (json!({ "title": "T", "start": "2027-01-11", "time_zone": "Mars/Olympus" }), "/time_zone"),
            (json!({ "title": "T", "start": "2027-01-11", "recurrence": "FREQ=HOURLY" }), "/recurrence"),
            (json!({ "title": "T", "start": "2027-01-11", "recurrence": "FREQ=WEEKLY;BYDAY=TU" }), "/recurrence"),
            (json!({ "title": "T", "start": "2027-01-11", "recurrence": "FREQ=DAILY;COUNT=2001" }), "/recurrence"),
            (json!({ "title": "T", "start": "2027-01-11", "reminders": [-1] }), "/reminders/0"),
            (json!({ "title": "T", "start": "2027-01-11", "guests": [{ "email": "a@b.example" }, { "email": "A@b.example" }] }), "/guests/1/email"),
        ] {
            assert_eq!(app.post(&ada, "/api/events/", body.clone()).await.expect(422).pointers(), [pointer], "{body}");
        }
        for span in ["from=2027-01-01T00:00:00Z&to=2028-02-01T00:00:00Z", "from=2027-01-02T00:00:00Z&to=2027-01-01T00:00:00Z", "to=9999-01-01T00:00:00Z"] {
            let refused = app.get(&ada, &format!("/api/events/calendar/?{span}")).await.expect(400).json();
            assert_eq!(refused["code"], "invalid_span", "{span}");
        }
        app.done().await;
    }

    async fn whoever_takes_part_sees_it_and_answers_for_themselves(app) {
        let ada = app.admin("Acme").await;
        let (bob, cleo) = (app.member(&ada, "Bob").await, app.member(&ada, "Cleo").await);
        let body = json!({ "title": "Review", "start": "2027-01-11T09:00:00", "assigned_to": [ada.user, bob.user], "guests": [{ "email": "greta@elbe.example" }] });
        let made = event(&app, &ada, body).await;
        let answers = |event: &Value| -> Vec<(String, String)> {
            let all = event["attendees"].as_array().expect("attendees").iter();
            all.map(|one| (one["name"].as_str().unwrap_or_default().to_owned(), one["answer"].as_str().unwrap_or_default().to_owned())).collect()
        };
        assert_eq!(answers(&made), pairs(&[("Admin of Acme", "accepted"), ("Bob", "needs_action"), ("greta@elbe.example", "needs_action")]));
        app.get(&cleo, &path(&made)).await.expect(404);
        answer(&app, &cleo, &made, "accepted").await.expect(404);
        let said = answer(&app, &bob, &made, "tentative").await.expect(200).json();
        assert_eq!(answers(&said)[1].1, "tentative");
        let renamed = app.patch(&ada, &path(&made), json!({ "title": "Quarterly review" })).await.expect(200).json();
        assert_eq!(answers(&renamed)[1].1, "tentative", "as long as it takes place at the same time");
        let moved = app.patch(&ada, &path(&made), json!({ "start": "2027-01-12T09:00:00" })).await.expect(200).json();
        assert_eq!(answers(&moved)[1].1, "needs_action");
        app.patch(&ada, &path(&made), json!({ "assigned_to": [cleo.user] })).await.expect(200);
        app.get(&bob, &path(&made)).await.expect(404);
        let refused = answer(&app, &ada, &made, "declined").await.expect(403).json();
        assert_eq!(refused["code"], "not_attending");
        app.work().await;
        app.done().await;
    }

    async fn a_series_is_expanded_as_it_is_read(app) {
        let ada = app.admin("Acme").await;
        event(&app, &ada, weekly()).await;
        event(&app, &ada, json!({ "title": "Fair", "start": "2027-03-22", "end": "2027-03-23", "time_zone": "UTC" })).await;
        let found = calendar(&app, &ada, "2027-03-20", "2027-04-01").await;
        let expected = [("Fair", "2027-03-22T00:00:00"), ("Weekly", "2027-03-22T08:00:00"), ("Weekly", "2027-03-29T07:00:00")];
        assert_eq!(found, pairs(&expected), "at nine by the clocks of Berlin, before and after they change");
        assert_eq!(calendar(&app, &ada, "2027-04-13", "2027-06-01").await, [], "five, and no more");
        assert_eq!(app.get(&ada, "/api/events/").await.expect(200).json()["count"], 2, "nothing was copied");
        app.done().await;
    }

    async fn one_of_a_series_is_changed_or_cancelled_alone(app) {
        let ada = app.admin("Acme").await;
        let bob = app.member(&ada, "Bob").await;
        let mut body = weekly();
        body["assigned_to"] = json!([bob.user]);
        let series = event(&app, &ada, body).await;
        app.delete(&ada, &one(&series, "2027-03-22")).await.expect(204);
        app.delete(&ada, &one(&series, "2027-03-22")).await.expect(404);
        app.delete(&ada, &one(&series, "2027-03-23")).await.expect(404);
        let own = app.patch(&ada, &one(&series, "2027-03-29"), json!({ "title": "Moved", "start": "2027-03-30T14:00:00" })).await.expect(200).json();
        assert_eq!((&own["series_id"], &own["occurrence_on"], &own["end"]), (&series["id"], &json!("2027-03-29"), &json!("2027-03-30T14:30:00")));
        assert_eq!(own["assigned_to"], series["assigned_to"], "with those who take part");
        let again = app.patch(&ada, &one(&series, "2027-03-29"), json!({ "place": "Room 2" })).await.expect(200).json();
        assert_eq!((&again["id"], &again["title"]), (&own["id"], &json!("Moved")), "it is the same one");
        let expected = [("Weekly", "2027-03-15T08:00:00"), ("Moved", "2027-03-30T12:00:00"), ("Weekly", "2027-04-05T07:00:00"), ("Weekly", "2027-04-12T07:00:00")];
        assert_eq!(calendar(&app, &bob, "2027-03-01", "2027-05-01").await, pairs(&expected));
        let changed = app.get(&ada, &format!("/api/events/?series_id={}", series["id"].as_str().unwrap_or_default())).await.expect(200).json();
        assert_eq!(changed["count"], 1);
        let refused = app.patch(&ada, &path(&own), json!({ "recurrence": "FREQ=DAILY" })).await.expect(422);
        assert_eq!(refused.pointers(), ["/recurrence"]);

        app.delete(&ada, &path(&series)).await.expect(204);
        assert_eq!(calendar(&app, &bob, "2027-03-01", "2027-05-01").await, [], "with what was changed of it");
        app.post(&ada, &format!("{}restore/", path(&series)), json!({})).await.expect(200);
        assert_eq!(calendar(&app, &bob, "2027-03-01", "2027-05-01").await, pairs(&expected));
        app.delete(&ada, &one(&series, "2027-03-29")).await.expect(204);
        assert_eq!(calendar(&app, &bob, "2027-03-25", "2027-04-01").await, []);
        app.work().await;
        app.done().await;
    }

    async fn a_series_is_changed_from_one_on(app) {
        let ada = app.admin("Acme").await;
        let series = event(&app, &ada, weekly()).await;
        app.patch(&ada, &one(&series, "2027-04-05"), json!({ "title": "Alone" })).await.expect(200);
        let rest = app.patch(&ada, &format!("{}?and_following=true", one(&series, "2027-03-29")), json!({ "title": "Rest" })).await.expect(200).json();
        assert_eq!(rest["recurrence"], "FREQ=WEEKLY;COUNT=3");
        let before = app.get(&ada, &path(&series)).await.expect(200).json();
        assert_eq!(before["recurrence"], "FREQ=WEEKLY;UNTIL=20270329T065959Z");
        let expected = [
            ("Weekly", "2027-03-15T08:00:00"),
            ("Weekly", "2027-03-22T08:00:00"),
            ("Rest", "2027-03-29T07:00:00"),
            ("Alone", "2027-04-05T07:00:00"),
            ("Rest", "2027-04-12T07:00:00"),
        ];
        assert_eq!(calendar(&app, &ada, "2027-03-01", "2027-06-01").await, pairs(&expected), "no one more and no one less");

        let later = json!({ "start": "2027-04-05T10:00:00" });
        app.patch(&ada, &format!("{}?and_following=true", one(&rest, "2027-04-05")), later).await.expect(200);
        let expected = [("Rest", "2027-03-29T07:00:00"), ("Rest", "2027-04-05T08:00:00"), ("Rest", "2027-04-12T08:00:00")];
        assert_eq!(calendar(&app, &ada, "2027-03-25", "2027-06-01").await, pairs(&expected), "at another time, what was changed alone is not meant");
        app.delete(&ada, &format!("{}?and_following=true", one(&series, "2027-03-22"))).await.expect(204);
        assert_eq!(calendar(&app, &ada, "2027-03-01", "2027-03-25").await, pairs(&expected_first()));
        app.delete(&ada, &format!("{}?and_following=true", one(&series, "2027-03-15"))).await.expect(204);
        app.get(&ada, &path(&series)).await.expect(404);
        app.done().await;
    }

    async fn a_calendar_tells_when_it_does_not_hold_all(app) {
        let ada = app.admin("Acme").await;
        let bob = app.member(&ada, "Bob").await;
        for n in 0..6 {
            let mine = if n == 0 { json!([bob.user]) } else { json!([]) };
            let daily = json!({ "title": "Daily", "start": "2026-11-06T09:00:00", "recurrence": "FREQ=DAILY", "assigned_to": mine });
            event(&app, &ada, daily).await;
        }
        let year = "/api/events/calendar/?from=2027-01-01T00:00:00Z&to=2028-01-01T00:00:00Z";
        let found = app.get(&ada, year).await.expect(200).json();
        assert_eq!((&found["count"], &found["count_is_exact"]), (&json!(2_000), &json!(false)));
        let his = app.get(&ada, &format!("{year}&assigned_to={}", bob.user)).await.expect(200).json();
        assert_eq!((&his["count"], &his["count_is_exact"]), (&json!(365), &json!(true)));
        let seen = app.get(&bob, year).await.expect(200).json();
        assert_eq!((&seen["count"], &seen["results"][0]["answer"]), (&json!(365), &json!("needs_action")));
        app.work().await;
        app.done().await;
    }
}

fn expected_first() -> [(&'static str, &'static str); 1] {
    [("Weekly", "2027-03-15T08:00:00")]
}

/// When somebody is busy, as anyone in the organisation may know.
async fn busy(app: &TestApp, who: &Person, member: &Person) -> Vec<(String, String)> {
    let query = format!("from=2027-01-11T00:00:00Z&to=2027-01-12T00:00:00Z&members={}", member.user);
    let found = app.get(who, &format!("/api/events/free-busy/?{query}")).await.expect(200).json();
    let told = |value: &Value| value.as_str().expect("a time")[11..16].to_owned();
    let spans = found["results"][0]["busy"].as_array().expect("spans").iter();
    spans.map(|span| (told(&span["starts_at"]), told(&span["ends_at"]))).collect()
}

both! {
    async fn that_somebody_is_busy_is_told_and_with_what_is_not(app) {
        let ada = app.admin("Acme").await;
        let (bob, cleo) = (app.member(&ada, "Bob").await, app.member(&ada, "Cleo").await);
        let secret = |start: &str, more: Value| {
            let mut body = json!({ "title": "Secret merger", "start": start, "time_zone": "UTC", "assigned_to": [bob.user] });
            crate::house::merge(&mut body, more);
            body
        };
        let first = event(&app, &ada, secret("2027-01-11T09:00:00", json!({ "recurrence": "FREQ=DAILY" }))).await;
        event(&app, &ada, secret("2027-01-11T10:00:00", json!({ "end": "2027-01-11T10:30:00" }))).await;
        event(&app, &ada, secret("2027-01-10T23:00:00", json!({ "end": "2027-01-11T01:00:00" }))).await;
        event(&app, &ada, secret("2027-01-11T12:00:00", json!({ "is_busy": false }))).await;
        event(&app, &ada, secret("2027-01-11T14:00:00", json!({ "status": "cancelled" }))).await;
        let said = event(&app, &ada, secret("2027-01-11T16:00:00", json!({}))).await;
        answer(&app, &bob, &said, "declined").await.expect(200);
        assert_eq!(busy(&app, &cleo, &bob).await, pairs(&[("00:00", "01:00"), ("09:00", "10:30")]));
        assert_eq!(busy(&app, &cleo, &cleo).await, []);
        app.get(&cleo, &path(&first)).await.expect(404);
        let all = app.get(&cleo, &format!("/api/events/free-busy/?members={}&members={}", bob.user, cleo.user)).await.expect(200);
        assert!(!String::from_utf8_lossy(&all.bytes).contains("merger"));
        assert!(!String::from_utf8_lossy(&all.bytes).contains(first["id"].as_str().expect("an id")));
        assert_eq!(all.json()["count"], 2);

        let meeting = json!({ "title": "Lunch", "start": "2027-01-13T09:30:00", "time_zone": "UTC", "assigned_to": [bob.user, cleo.user] });
        let made = event(&app, &cleo, meeting).await;
        let told = json!([{ "member": { "id": bob.user, "name": "Bob" }, "starts_at": "2027-01-13T09:00:00+00:00", "ends_at": "2027-01-13T10:00:00+00:00", "event": null }]);
        assert_eq!(made["conflicts"], told, "that there is one, and not what it is");
        let seen = app.get(&bob, &path(&made)).await.expect(200).json();
        assert_eq!(seen["conflicts"][0]["event"]["name"], "Secret merger", "who sees it is told");
        let moved = app.patch(&cleo, &path(&made), json!({ "start": "2027-01-13T10:00:00" })).await.expect(200).json();
        assert_eq!(moved["conflicts"], json!([]), "one ends as the other begins");
        assert_eq!(app.get(&cleo, "/api/events/").await.expect(200).json()["results"][0]["conflicts"], Value::Null);
        app.work().await;
        app.done().await;
    }
}

/// The mails to this address, with the lines of their calendars as they were before they were folded and encoded.
async fn mails_to(app: &TestApp, address: &str) -> Vec<String> {
    app.work().await;
    let to = |mail: &String| mail.lines().any(|line| line.starts_with("To: ") && line.contains(address));
    let plain = |mail: String| mail.replace("=\r\n", "").replace("=3D", "=").replace("\r\n ", "");
    app.mails().into_iter().filter(to).map(plain).collect()
}

fn asks<'m>(mails: &'m [String], method: &str, sequence: u32) -> Vec<&'m String> {
    let (method, sequence) = (format!("\r\nMETHOD:{method}\r\n"), format!("\r\nSEQUENCE:{sequence}\r\n"));
    mails.iter().filter(|mail| mail.contains(&method) && mail.contains(&sequence)).collect()
}

/// Sends a calendar.
async fn send_calendar(app: &TestApp, who: &Person, path: &str, calendar: &str) -> Reply {
    let request = Request::builder().method(Method::POST).uri_str(path).content_type("text/calendar; charset=utf-8");
    let request = request.header("authorization", format!("Bearer {}", who.token));
    let request = request.header("org", who.org.expect("an organisation").to_string());
    Reply::read(app.call(request.body(Body::from_string(calendar.replace('\n', "\r\n")))).await).await
}

fn review(bob: &Person) -> Value {
    json!({
        "title": "Review", "start": "2027-03-15T09:00:00", "end": "2027-03-15T10:00:00", "time_zone": "Europe/Berlin",
        "recurrence": "FREQ=WEEKLY", "assigned_to": [bob.user], "invites": true,
        "guests": [{ "email": "greta@elbe.example", "name": "Greta \"G\" Lindqvist; Elbe" }],
    })
}

both! {
    async fn whoever_takes_part_is_invited_and_told_what_changes(app) {
        let ada = app.admin("Acme").await;
        let bob = app.member(&ada, "Bob").await;
        let made = event(&app, &ada, review(&bob)).await;
        let greta = "greta@elbe.example";
        for to in [greta, &bob.email] {
            let mails = mails_to(&app, to).await;
            let [mail] = asks(&mails, "REQUEST", 0)[..] else { panic!("{mails:?}") };
            for part in [
                "Content-Type: text/calendar; method=REQUEST; charset=utf-8",
                "BEGIN:VTIMEZONE",
                "DTSTART;TZID=Europe/Berlin:20270315T090000",
                "RRULE:FREQ=WEEKLY",
                &format!("UID:{}", made["id"].as_str().unwrap_or_default()),
                &format!("mailto:{}", ada.email),
                &format!("mailto:{to}"),
            ] {
                assert!(mail.contains(part), "{part} is not in {mail}");
            }
        }
        assert_eq!(mails_to(&app, &ada.email).await.len(), 0, "whoever made it knows");
        app.patch(&ada, &path(&made), json!({ "reminders": [] })).await.expect(200);
        app.patch(&bob, &path(&made), json!({ "place": "Room 2" })).await.expect(200);
        assert_eq!((mails_to(&app, greta).await.len(), mails_to(&app, &bob.email).await.len()), (2, 1), "Bob changed it");
        assert_eq!(asks(&mails_to(&app, greta).await, "REQUEST", 1).len(), 1);

        app.delete(&ada, &one(&made, "2027-03-22")).await.expect(204);
        let mails = mails_to(&app, greta).await;
        assert!(asks(&mails, "REQUEST", 2)[0].contains("EXDATE;TZID=Europe/Berlin:20270322T090000"), "{mails:?}");
        app.patch(&ada, &one(&made, "2027-03-29"), json!({ "start": "2027-03-29T11:00:00" })).await.expect(200);
        let mails = mails_to(&app, greta).await;
        let moved = mails.iter().find(|mail| mail.contains("RECURRENCE-ID;TZID=Europe/Berlin:20270329T090000")).expect("it is told");
        assert!(moved.contains("DTSTART;TZID=Europe/Berlin:20270329T110000") && !moved.contains("RRULE:FREQ=WEEKLY\r\n"), "{moved}");

        app.patch(&ada, &path(&made), json!({ "guests": [] })).await.expect(200);
        let mails = mails_to(&app, greta).await;
        assert_eq!(mails.iter().filter(|mail| mail.contains("METHOD:CANCEL") && mail.contains("STATUS:CANCELLED")).count(), 1);
        app.delete(&ada, &path(&made)).await.expect(204);
        let mails = mails_to(&app, &bob.email).await;
        assert_eq!((asks(&mails, "CANCEL", 3).len(), asks(&mails, "CANCEL", 4).len()), (1, 1), "of the series, and of the one that was changed: {mails:?}");
        let before = app.mails().len();
        app.work().await;
        assert_eq!(app.mails().len(), before);
        app.done().await;
    }

    async fn nobody_is_invited_who_should_not_be(app) {
        let ada = app.admin("Acme").await;
        let bob = app.member(&ada, "Bob").await;
        let mut quiet = review(&bob);
        quiet["invites"] = json!(false);
        event(&app, &ada, quiet).await;
        let mut over = review(&bob);
        (over["start"], over["end"], over["recurrence"]) = (json!("2026-11-04T09:00:00"), Value::Null, Value::Null);
        event(&app, &ada, over).await;
        assert_eq!((mails_to(&app, "greta@elbe.example").await.len(), mails_to(&app, &bob.email).await.len()), (0, 1));
        let gone = event(&app, &ada, review(&bob)).await;
        app.patch(&ada, &path(&gone), json!({ "assigned_to": [], "guests": [] })).await.expect(200);
        assert_eq!(mails_to(&app, &bob.email).await.len(), 1, "what ended before it was told is not told");
        app.done().await;
    }

    async fn a_reply_is_taken_in_once_and_by_whom_was_invited(app) {
        let ada = app.admin("Acme").await;
        let bob = app.member(&ada, "Bob").await;
        let made = event(&app, &ada, review(&bob)).await;
        app.work().await;
        let reply = |email: &str, said: &str, sequence: u32, at: &str, more: &str| {
            let uid = made["id"].as_str().unwrap_or_default();
            format!("BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//x//x//EN\nMETHOD:REPLY\nBEGIN:VEVENT\nUID:{uid}\nDTSTAMP:{at}\nSEQUENCE:{sequence}\n\
                     DTSTART;TZID=Europe/Berlin:20270315T090000\n{more}ATTENDEE;PARTSTAT={said}:MAILTO:{email}\nEND:VEVENT\nEND:VCALENDAR\n")
        };
        let take = async |who: &Person, calendar: String| {
            let taken = send_calendar(&app, who, "/api/events/replies/", &calendar).await.expect(200).json();
            taken["results"][0]["outcome"].as_str().unwrap_or_default().to_owned()
        };
        let said = async || {
            let shown = app.get(&ada, &path(&made)).await.expect(200).json();
            shown["attendees"][1]["answer"].as_str().unwrap_or_default().to_owned()
        };
        assert_eq!(take(&ada, reply("Greta@elbe.example", "ACCEPTED", 0, "20261105T100000Z", "")).await, "taken");
        assert_eq!(said().await, "accepted");
        assert_eq!(take(&ada, reply("greta@elbe.example", "DECLINED", 0, "20261105T090000Z", "")).await, "stale", "an older one");
        assert_eq!(take(&ada, reply("mallory@elbe.example", "ACCEPTED", 0, "20261105T110000Z", "")).await, "unknown");
        let cleo = app.member(&ada, "Cleo").await;
        assert_eq!(take(&cleo, reply("greta@elbe.example", "DECLINED", 0, "20261105T113000Z", "")).await, "unknown", "she does not see it");
        app.patch(&ada, &path(&made), json!({ "title": "Review of the year" })).await.expect(200);
        app.work().await;
        assert_eq!(take(&ada, reply("greta@elbe.example", "DECLINED", 0, "20261105T113000Z", "")).await, "stale", "of how it was");
        let one = "RECURRENCE-ID;TZID=Europe/Berlin:20270322T090000\n";
        assert_eq!(take(&ada, reply("greta@elbe.example", "DECLINED", 1, "20261105T113000Z", one)).await, "taken");
        assert_eq!(said().await, "accepted", "of the others");
        assert_eq!(take(&ada, reply("greta@elbe.example", "ACCEPTED", 1, "20261105T112900Z", one)).await, "stale", "an older one");
        let missing = one.replace("0322", "0323");
        assert_eq!(take(&ada, reply("greta@elbe.example", "DECLINED", 1, "20261105T113100Z", &missing)).await, "unknown", "not on that day");
        let rest = "RECURRENCE-ID;RANGE=THISANDFUTURE;TZID=Europe/Berlin:20270405T090000\n";
        assert_eq!(take(&ada, reply("greta@elbe.example", "TENTATIVE", 1, "20261105T113200Z", rest)).await, "taken");
        let told = app.mails().len();
        app.work().await;
        assert_eq!(app.mails().len(), told, "what one says is no news for the others");
        let shown = app.get(&ada, &path(&made)).await.expect(200).json();
        assert_eq!(answered(&shown), [("2027-03-22", false, "declined"), ("2027-04-05", true, "tentative")].map(one_answer));
        assert_eq!(shown["occurrence_answers"][0]["email"], "greta@elbe.example");
        assert_eq!(app.get(&ada, "/api/events/").await.expect(200).json()["count"], 1, "it stays one series");
        let request = reply("greta@elbe.example", "ACCEPTED", 1, "20261105T113000Z", "").replace("METHOD:REPLY", "METHOD:REQUEST");
        let refused = send_calendar(&app, &ada, "/api/events/replies/", &request).await.expect(422).json();
        assert_eq!(refused["code"], "not_a_reply");
        app.work().await;
        app.done().await;
    }

    async fn a_calendar_has_an_address_for_as_long_as_its_member_wants(app) {
        let ada = app.admin("Acme").await;
        let bob = app.member(&ada, "Bob").await;
        let made = event(&app, &ada, review(&bob)).await;
        event(&app, &ada, json!({ "title": "Not his", "start": "2027-03-15" })).await;
        app.patch(&ada, &one(&made, "2027-03-22"), json!({ "title": "Moved", "start": "2027-03-23T09:00:00" })).await.expect(200);
        app.delete(&ada, &one(&made, "2027-03-29")).await.expect(204);
        let open = async || {
            let made = app.send(Some(&bob), Method::PUT, "/api/events/feed/", None).await.expect(200).json();
            let url = made["url"].as_str().expect("an address").to_owned();
            url[url.find("/api/").expect("a path")..].to_owned()
        };
        let address = open().await;
        assert!(address.strip_suffix(".ics").is_some_and(|address| address.len() > "/api/events/feed/".len() + 42), "{address}");
        let read = async |address: &str| app.send(None, Method::GET, address, None).await;
        let feed = read(&address).await.expect(200);
        let text = String::from_utf8_lossy(&feed.bytes).into_owned();
        for part in ["SUMMARY:Review", "SUMMARY:Moved", "RECURRENCE-ID;TZID=Europe/Berlin:20270322T090000", "EXDATE;TZID=Europe/Berlin:20270329T090000"] {
            assert!(text.contains(part), "{part} is not in {text}");
        }
        assert!(!text.contains("Not his") && !text.contains("EXDATE;TZID=Europe/Berlin:20270322"), "{text}");
        let tag = feed.headers["etag"].to_str().expect("a tag").to_owned();
        let again = Request::builder().method(Method::GET).uri_str(&address).header("if-none-match", tag).finish();
        assert_eq!(Reply::read(app.call(again).await).await.status, 304);

        let shown = app.get(&bob, "/api/events/feed/").await.expect(200);
        assert_eq!(shown.json()["is_open"], true);
        let token = address.trim_start_matches("/api/events/feed/").trim_end_matches(".ics").to_owned();
        assert!(!String::from_utf8_lossy(&shown.bytes).contains(&token));
        let other = open().await;
        read(&address).await.expect(404);
        read(&other).await.expect(200);
        let member = format!("/api/members/{}/", bob.user);
        app.patch(&ada, &member, json!({ "is_active": false })).await.expect(200);
        read(&other).await.expect(404);
        app.patch(&ada, &member, json!({ "is_active": true })).await.expect(200);
        read(&other).await.expect(200);
        app.delete(&bob, "/api/events/feed/").await.expect(204);
        read(&other).await.expect(404);
        for wrong in ["x", "x.ics", "%00", &token[1..]] {
            let refused = read(&format!("/api/events/feed/{wrong}")).await;
            assert!([400, 404].contains(&refused.status.as_u16()), "{wrong}: {}", refused.status);
        }
        let mut waited = 0;
        for _ in 0..40 {
            waited += usize::from(read(&other).await.status == 429);
        }
        assert!(waited > 0, "an address is asked for slowly");
        app.work().await;
        app.done().await;
    }

    async fn a_calendar_is_taken_in_once(app) {
        let ada = app.admin("Acme").await;
        let bob = app.member(&ada, "Bob").await;
        let sent = include_str!("events/outlook.ics");
        let preview = send_calendar(&app, &ada, "/api/events/import/preview/", sent).await.expect(200).json();
        let counts = |told: &Value| (told["made"].clone(), told["already_there"].clone(), told["refused"].clone());
        assert_eq!(counts(&preview), (json!(4), json!(0), json!(3)), "{preview:#}");
        assert_eq!(app.get(&ada, "/api/events/").await.expect(200).json()["count"], 0, "a preview does nothing");
        let made = send_calendar(&app, &ada, "/api/events/import/", sent).await.expect(200).json();
        assert_eq!(counts(&made), counts(&preview));
        let expected = [
            ("Jour fixe; Vertrieb", "2027-03-22T08:00:00"),
            ("Jour fixe moved", "2027-03-30T12:00:00"),
            ("Messe", "2027-04-06T00:00:00"),
            ("Call, in UTC", "2027-04-07T15:00:00"),
            ("Jour fixe; Vertrieb", "2027-04-12T07:00:00"),
        ];
        let there = calendar(&app, &ada, "2027-03-20", "2027-04-15").await;
        assert_eq!(there, pairs(&expected), "clocks went forward, and one was left out");
        let again = send_calendar(&app, &ada, "/api/events/import/", sent).await.expect(200).json();
        assert_eq!(counts(&again), (json!(0), json!(4), json!(3)), "a second time changes nothing");
        assert_eq!(calendar(&app, &ada, "2027-03-20", "2027-04-15").await, there);
        let his = send_calendar(&app, &bob, "/api/events/import/preview/", sent).await.expect(200).json();
        assert_eq!(his["made"], 4, "of what he cannot see, nothing is told");
        app.work().await;
        assert_eq!(app.mails().len(), 0, "nobody is invited");

        for (body, status) in [("", 400), ("BEGIN:VCARD\nEND:VCARD\n", 400), ("BEGIN:VEVENT\nEND:VEVENT\n", 400), ("{}", 400)] {
            send_calendar(&app, &ada, "/api/events/import/", body).await.expect(status);
        }
        let many = format!("BEGIN:VCALENDAR\n{}END:VCALENDAR\n", "BEGIN:VEVENT\nUID:x\nEND:VEVENT\n".repeat(501));
        assert_eq!(send_calendar(&app, &ada, "/api/events/import/", &many).await.expect(422).json()["code"], "too_many_events");
        let deep = format!("BEGIN:VCALENDAR\n{}", "BEGIN:VEVENT\n".repeat(50_000));
        let told = send_calendar(&app, &ada, "/api/events/import/", &deep).await;
        assert!(told.status.is_client_error() || told.status.is_success(), "{}", told.status);
        send_calendar(&app, &ada, "/api/events/import/", &"x".repeat(1024 * 1024 + 1)).await.expect(413);
        app.done().await;
    }

    async fn what_goes_out_comes_in_again(app) {
        let (ada, zoe) = (app.admin("Acme").await, app.admin("Other").await);
        let mut body = review(&ada);
        body["recurrence"] = json!("FREQ=MONTHLY;BYDAY=-1MO,2TU;COUNT=9");
        body["start"] = json!("2027-02-22T09:00:00");
        body["end"] = json!("2027-02-22T09:45:00");
        let made = event(&app, &ada, body).await;
        app.patch(&ada, &one(&made, "2027-03-09"), json!({ "start": "2027-03-10T09:00:00" })).await.expect(200);
        app.delete(&ada, &one(&made, "2027-03-29")).await.expect(204);
        for (title, start, zone) in [("Day", "2027-05-01", "UTC"), ("Odd", "2027-10-31T02:30:00", "Europe/Berlin"), ("UTC", "2027-06-01T10:00:00", "UTC")] {
            event(&app, &ada, json!({ "title": title, "start": start, "time_zone": zone, "description": "Line one\nTwo; with, signs \\ and ümläuts" })).await;
        }
        let url = app.send(Some(&ada), Method::PUT, "/api/events/feed/", None).await.expect(200).json()["url"].as_str().expect("an address").to_owned();
        let feed = app.send(None, Method::GET, &url[url.find("/api/").expect("a path")..], None).await.expect(200);
        let text = String::from_utf8(feed.bytes.clone()).expect("UTF-8");
        let taken = send_calendar(&app, &zoe, "/api/events/import/", &text.replace("\r\n", "\n")).await.expect(200).json();
        assert_eq!((&taken["made"], &taken["refused"]), (&json!(5), &json!(0)), "{taken:#}");
        let (ours, theirs) = (calendar(&app, &ada, "2027-01-01", "2027-12-31").await, calendar(&app, &zoe, "2027-01-01", "2027-12-31").await);
        assert!(ours.len() > 10, "{ours:?}");
        assert_eq!(ours, theirs);
        app.work().await;
        app.done().await;
    }
}

#[tokio::test]
async fn a_reminder_comes_before_each_time_of_a_series() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let moved = Arc::new(AtomicI64::new(0));
        let Some(app) = TestApp::start_with(engine, Clock::Moved(testing::noon(), moved.clone()), &[]).await else {
            continue;
        };
        let ada = app.admin("Acme").await;
        let bob = app.member(&ada, "Bob").await;
        // From noon in two days on, every second day, three times.
        let body = |title: &str| {
            json!({
                "title": title, "start": "2026-11-07T12:00:00", "time_zone": "UTC", "recurrence": "FREQ=DAILY;INTERVAL=2;COUNT=3",
                "reminders": [3_600, 259_200], "assigned_to": [bob.user],
            })
        };
        let kept = event(&app, &ada, body("Kept")).await;
        app.delete(&ada, &one(&kept, "2026-11-09")).await.expect(204);
        let gone = event(&app, &ada, body("Gone")).await;
        app.patch(&ada, &path(&gone), json!({ "status": "cancelled" })).await.expect(200);
        let reminded = async |hours: i64| {
            moved.store(hours * 3_600 * 1_000_000, Ordering::Relaxed);
            app.work().await;
            app.mails().iter().filter(|mail| mail.contains("Subject: Soon: Kept")).count()
        };
        assert_eq!(reminded(0).await, 0, "three days before the first is over");
        assert_eq!(reminded(46).await, 0, "that of the 9th is cancelled");
        assert_eq!(reminded(47).await, 1, "an hour before the first");
        assert_eq!(reminded(71).await, 1);
        assert_eq!(reminded(72).await, 2, "three days before the last");
        assert_eq!(reminded(95).await, 2, "nothing of the one that was cancelled");
        assert_eq!(reminded(143).await, 3, "an hour before the last");
        assert_eq!(reminded(500).await, 3);
        assert!(app.mails().iter().all(|mail| !mail.contains("Soon: Gone")));
        app.done().await;
    }
}

/// What is said to single times of a series: on which day, for all after it, too, and what.
fn answered(event: &Value) -> Vec<(String, bool, String)> {
    let all = event["occurrence_answers"].as_array().expect("answers").iter();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    all.map(|one| (text(&one["on"]), one["and_following"] == true, text(&one["answer"]))).collect()
}

fn one_answer((on, and_following, answer): (&str, bool, &str)) -> (String, bool, String) {
    (on.to_owned(), and_following, answer.to_owned())
}

async fn answer_one(app: &TestApp, who: &Person, event: &Value, on: &str, said: &str) -> Reply {
    let (on, query) = on.split_once('?').unwrap_or((on, ""));
    let path = format!("{}answer/?{query}", one(event, on));
    app.send(Some(who), Method::PUT, &path, Some(json!({ "answer": said }))).await
}

/// What somebody says to each time in their calendar.
async fn says(app: &TestApp, who: &Person) -> Vec<String> {
    let query = "/api/events/calendar/?from=2027-03-01T00:00:00Z&to=2027-05-01T00:00:00Z";
    let found = app.get(who, query).await.expect(200).json();
    let results = found["results"].as_array().expect("results").iter();
    results.map(|one| one["answer"].as_str().unwrap_or_default().to_owned()).collect()
}

async fn is_busy(app: &TestApp, who: &Person, member: &Person, day: &str) -> bool {
    let query = format!("from={day}T00:00:00Z&to={day}T23:00:00Z&members={}", member.user);
    let found = app.get(who, &format!("/api/events/free-busy/?{query}")).await.expect(200).json();
    found["results"][0]["busy"] != json!([])
}

const FOLLOWING: &str = "?and_following=true";

both! {
    async fn one_of_a_series_is_answered_alone_and_stays_one_of_it(app) {
        let ada = app.admin("Acme").await;
        let (bob, cleo, eve) = (app.member(&ada, "Bob").await, app.member(&ada, "Cleo").await, app.member(&ada, "Eve").await);
        let mut body = weekly();
        body["assigned_to"] = json!([bob.user, cleo.user]);
        let series = event(&app, &ada, body).await;
        assert_eq!(series["occurrence_answers"], json!([]));
        let said = answer_one(&app, &bob, &series, "2027-03-22", "declined").await.expect(200).json();
        assert_eq!((&said["id"], &said["attendees"][0]["answer"]), (&series["id"], &json!("needs_action")));
        assert_eq!(answered(&said), [("2027-03-22", false, "declined")].map(one_answer));
        assert_eq!((&said["occurrence_answers"][0]["id"], &said["occurrence_answers"][0]["kind"]), (&json!(bob.user), &json!("member")));
        let rest = format!("2027-04-05{FOLLOWING}");
        answer_one(&app, &bob, &series, &rest, "tentative").await.expect(200);
        answer_one(&app, &bob, &series, "2027-04-12", "accepted").await.expect(200);
        answer_one(&app, &bob, &series, "2027-04-05", "declined").await.expect(200);
        assert_eq!(says(&app, &bob).await, ["needs_action", "declined", "needs_action", "declined", "accepted"]);
        assert_eq!(says(&app, &cleo).await, ["needs_action"; 5]);
        assert_eq!((is_busy(&app, &ada, &bob, "2027-03-22").await, is_busy(&app, &ada, &bob, "2027-03-29").await), (false, true));
        assert!(is_busy(&app, &ada, &cleo, "2027-03-22").await);
        let meanwhile = json!({ "title": "Else", "start": "2027-03-22T09:00:00", "time_zone": "Europe/Berlin", "assigned_to": [bob.user, cleo.user] });
        let conflicts = event(&app, &ada, meanwhile).await["conflicts"].clone();
        assert_eq!((conflicts.as_array().map(Vec::len), &conflicts[0]["member"]["id"]), (Some(1), &json!(cleo.user)));

        for nowhere in ["2027-03-23", "2027-04-19", "2027-03-01?and_following=true"] {
            answer_one(&app, &bob, &series, nowhere, "accepted").await.expect(404);
        }
        assert_eq!(answer_one(&app, &ada, &series, "2027-03-22", "accepted").await.expect(403).code(), "not_attending");
        answer_one(&app, &eve, &series, "2027-03-22", "accepted").await.expect(404);
        assert_eq!(app.get(&ada, "/api/events/?search=weekly").await.expect(200).json()["count"], 1, "nothing was copied");
        assert_eq!(app.get(&ada, "/api/events/?search=weekly").await.expect(200).json()["results"][0]["occurrence_answers"], Value::Null);
        app.patch(&ada, &path(&series), json!({ "title": "Weekly talk" })).await.expect(200);
        assert_eq!(answered(&app.get(&ada, &path(&series)).await.expect(200).json()).len(), 4, "as long as it takes place at the same time");

        // What becomes an event of its own takes along what was said to it.
        let own = app.patch(&ada, &one(&series, "2027-03-22"), json!({ "place": "Room 2" })).await.expect(200).json();
        let his = |event: &Value| event["attendees"].as_array().expect("attendees").iter().find(|one| one["name"] == "Bob").expect("Bob")["answer"].clone();
        assert_eq!((his(&own), answered(&own)), (json!("declined"), vec![]));
        let again = answer_one(&app, &bob, &series, "2027-03-22", "accepted").await.expect(200).json();
        assert_eq!((&again["id"], his(&again)), (&own["id"], json!("accepted")));
        let rest = app.patch(&ada, &format!("{}{FOLLOWING}", one(&series, "2027-04-05")), json!({ "title": "Rest" })).await.expect(200).json();
        assert_eq!(his(&rest), "tentative", "what was said to it and all after it");
        assert_eq!(answered(&rest), [("2027-04-05", false, "declined"), ("2027-04-12", false, "accepted")].map(one_answer));
        let before = app.get(&ada, &path(&series)).await.expect(200).json();
        assert_eq!(answered(&before), [("2027-03-22", false, "declined")].map(one_answer));

        let all = answer(&app, &bob, &rest, "accepted").await.expect(200).json();
        assert_eq!((his(&all), answered(&all)), (json!("accepted"), vec![]), "to all of it");
        answer_one(&app, &bob, &rest, "2027-04-12", "declined").await.expect(200);
        let moved = app.patch(&ada, &path(&rest), json!({ "start": "2027-04-05T10:00:00" })).await.expect(200).json();
        assert_eq!((his(&moved), answered(&moved)), (json!("needs_action"), vec![]), "another time asks anew");
        app.work().await;
        app.done().await;
    }
}

/// What is listed of events that begin soon: their titles.
async fn reminded_of(app: &TestApp, who: &Person) -> Vec<String> {
    let who = app.logged_in(who).await;
    let page = app.get(&who, "/api/notifications/?kind=event_soon&sort=created_at").await.expect(200).json();
    let rows = page["results"].as_array().expect("rows").iter();
    rows.map(|row| row["record"]["name"].as_str().unwrap_or_default().to_owned()).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_reminder_stands_among_the_notifications() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let moved = Arc::new(AtomicI64::new(0));
        let Some(app) = TestApp::start_with(engine, Clock::Moved(testing::noon(), moved.clone()), &[]).await else {
            continue;
        };
        let ada = app.admin("Acme").await;
        let (bob, cleo, dan) =
            (app.member(&ada, "Bob").await, app.member(&ada, "Cleo").await, app.member(&ada, "Dan").await);
        // From noon tomorrow on, every day, three times; Cleo does not come.
        let body = |title: &str| {
            json!({
                "title": title, "start": "2026-11-06T12:00:00", "time_zone": "UTC", "recurrence": "FREQ=DAILY;COUNT=3",
                "reminders": [3_600], "assigned_to": [bob.user, cleo.user, dan.user],
            })
        };
        let daily = event(&app, &ada, body("Daily")).await;
        answer(&app, &cleo, &daily, "declined").await.expect(200);
        answer_one(&app, &dan, &daily, "2026-11-08", "declined").await.expect(200);
        let gone = event(&app, &ada, body("Gone")).await;
        app.patch(&ada, &path(&gone), json!({ "status": "cancelled" })).await.expect(200);
        // Bob wants no mails of it; Dan sleeps until it has begun.
        let kinds = json!([{ "kind": "event_soon", "in_app": true, "mail": "off" }]);
        app.patch(&bob, "/api/notifications/preferences/", json!({ "kinds": kinds })).await.expect(200);
        let asleep = json!({ "quiet_hours": { "from": "10:00", "to": "12:30" }, "time_zone": "UTC" });
        app.patch(&dan, "/api/notifications/preferences/", asleep).await.expect(200);
        let hours = async |hours: i64| {
            moved.store(hours * 3_600_000_000, Ordering::Relaxed);
            app.work().await;
            app.work().await;
        };
        let soon = async || app.mails().iter().filter(|mail| mail.contains("Subject: Soon: ")).count();
        hours(22).await;
        assert_eq!(reminded_of(&app, &bob).await, [""; 0]);
        let him = app.logged_in(&bob).await;
        let mut live = app.events(&him, "").await;
        live.any(SOON).await.expect("where it begins");
        hours(23).await;
        let told = live.next(SOON).await.expect("it is told as it happens").data;
        assert_eq!((&told["kind"], &told["verb"]), (&json!("notification"), &json!("created")));
        for (who, times) in [(&bob, 1), (&dan, 1), (&cleo, 0), (&ada, 0)] {
            assert_eq!(reminded_of(&app, who).await, vec!["Daily"; times], "{}", who.email);
        }
        assert_eq!(soon().await, 0, "he wants none, and the other could read it only afterwards");
        let him = app.logged_in(&dan).await;
        app.patch(&him, "/api/notifications/preferences/", json!({ "quiet_hours": null })).await.expect(200);
        hours(47).await;
        assert_eq!(reminded_of(&app, &bob).await, ["Daily", "Daily"], "of each time of a series once");
        assert_eq!(soon().await, 1);
        let her = app.logged_in(&ada).await;
        app.patch(&her, &path(&daily), json!({ "assigned_to": [cleo.user, dan.user] })).await.expect(200);
        assert_eq!(reminded_of(&app, &bob).await, [""; 0], "it is his no more, and he does not see it");
        hours(71).await;
        assert_eq!(reminded_of(&app, &dan).await.len(), 2, "he does not come to the third");
        let her = app.logged_in(&ada).await;
        app.patch(&her, &path(&daily), json!({ "assigned_to": [bob.user] })).await.expect(200);
        assert_eq!(reminded_of(&app, &bob).await.len(), 2, "of the third he was not told");
        app.work().await;
        app.done().await;
    }
}

const SOON: std::time::Duration = std::time::Duration::from_secs(20);
