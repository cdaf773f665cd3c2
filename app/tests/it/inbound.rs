//! Mail that comes in, and answers to it.

use std::sync::Arc;

use base::{Clock, Job, Outcome, Work};
use files::Shelf;
use inbound::SweepMails;
use mail_parser::MessageParser;
use poem::{Body, Request, http::Method};
use rapport::mount;
use serde_json::{Value, json};
use testing::{Engine, Person, Reply, TestApp, both};

/// A mailbox with its key.
pub async fn mailbox(app: &TestApp, who: &Person, with: Value) -> (Value, String) {
    let mut body = json!({ "name": "Support", "address": "support@harbour.example" });
    crate::house::merge(&mut body, with);
    let made = app.post(who, "/api/mailboxes/", body).await.expect(201).json();
    let key = made["key"].as_str().expect("a key").to_owned();
    (made, key)
}

pub async fn deliver(app: &TestApp, key: &str, mail: &str) -> Reply {
    deliver_as(app, key, "message/rfc822", mail.replace('\n', "\r\n").into_bytes()).await
}

async fn deliver_as(app: &TestApp, key: &str, content_type: &str, body: Vec<u8>) -> Reply {
    let path = if key.contains('?') { format!("/api/mail/inbound/{key}") } else { format!("/api/mail/inbound/{key}/") };
    let request = Request::builder().method(Method::POST).uri_str(path).content_type(content_type);
    Reply::read(app.call(request.body(Body::from_vec(body))).await).await
}

/// From Greta, with these headers and this text.
fn mail(id: &str, headers: &str, text: &str) -> String {
    let head = "From: Greta Lindqvist <greta@elbe.example>\nTo: support@harbour.example\nDate: Thu, 05 Nov 2026 10:00:00 +0000\n";
    format!("{head}Message-ID: <{id}>\n{headers}\n\n{text}")
}

async fn list(app: &TestApp, who: &Person, query: &str) -> Value {
    app.get(who, &format!("/api/mail/inbound/?{query}")).await.expect(200).json()
}

async fn cases(app: &TestApp, who: &Person) -> Value {
    app.get(who, "/api/cases/").await.expect(200).json()
}

async fn comments(app: &TestApp, who: &Person, case: &Value) -> Value {
    let id = case["id"].as_str().expect("an id");
    app.get(who, &format!("/api/cases/comment/{id}/")).await.expect(200).json()
}

/// The last mail that went out to this address, and its Message-ID.
fn answer_to(app: &TestApp, address: &str) -> (String, String) {
    let mails = app.mails();
    let theirs =
        mails.iter().rfind(|mail| mail.contains(&format!("To: {address}")) || mail.contains(&format!("<{address}>")));
    let mail = theirs.expect("a mail to them").clone();
    let id = MessageParser::new().parse(mail.as_bytes()).expect("a mail").message_id().expect("an id").to_owned();
    (mail, id)
}

const PNG: &str = "iVBORw0KGgowMDAw";

both! {
    async fn a_mail_opens_a_case_as_its_mailbox_says(app) {
        let ada = app.admin("Harbour").await;
        let mia = app.member(&ada, "Mia").await;
        let account = app.post(&ada, "/api/accounts/", json!({ "name": "Elbe" })).await.expect(201).id();
        let greta = json!({ "first_name": "Greta", "last_name": "Lindqvist", "email": "Greta@Elbe.example", "account_id": account });
        let greta = app.post(&ada, "/api/contacts/", greta).await.expect(201).id();
        let (support, key) = mailbox(&app, &ada, json!({ "priority": "high", "case_type": "incident", "assigned_to": [mia.user] })).await;
        assert!(key.len() >= 22, "128 bits and more: {key}");
        assert_eq!(app.get(&ada, &format!("/api/mailboxes/{}/", support["id"].as_str().expect("text"))).await.json()["key"], Value::Null);

        let told = deliver(&app, &key, &mail("1@elbe.example", "Subject: The lift does not stop", "It goes up\nand up.")).await.expect(200).json();
        assert_eq!((&told["status"], &told["reason"]), (&json!("stored"), &Value::Null));
        let case = cases(&app, &ada).await["results"][0].clone();
        assert_eq!((&case["name"], &case["description"]), (&json!("The lift does not stop"), &json!("It goes up\nand up.")));
        assert_eq!((&case["priority"], &case["case_type"], &case["assigned_to"][0]["id"]), (&json!("high"), &json!("incident"), &json!(mia.user)));
        assert_eq!((&case["contacts"][0]["id"], &case["account"]["id"]), (&json!(greta), &json!(account)));
        let kept = list(&app, &ada, "status=stored").await["results"][0].clone();
        assert_eq!((&kept["id"], &kept["case"]["id"], &kept["contact"]["id"]), (&told["id"], &case["id"], &json!(greta)));
        app.work().await;
        app.done().await;
    }

    async fn a_mail_continues_the_case_that_it_answers(app) {
        let ada = app.admin("Harbour").await;
        let (_, key) = mailbox(&app, &ada, json!({})).await;
        deliver(&app, &key, &mail("1@elbe.example", "Subject: The lift", "It goes up.")).await.expect(200);
        let again = "Subject: Re: The lift\nIn-Reply-To: <1@elbe.example>";
        deliver(&app, &key, &mail("2@elbe.example", again, "And up.")).await.expect(200);
        let by_reference = "Subject: Other words\nReferences: <0@elbe.example> <2@elbe.example> <unknown@x.example>";
        deliver(&app, &key, &mail("3@elbe.example", by_reference, "And up!")).await.expect(200);
        deliver(&app, &key, &mail("4@elbe.example", "Subject: Re: The lift", "Another one.")).await.expect(200);
        let all = cases(&app, &ada).await;
        assert_eq!(all["count"], 2, "a subject alone is no thread");
        let lift = all["results"].as_array().expect("a list").iter().find(|case| case["description"] == "It goes up.").expect("one").clone();
        let said = comments(&app, &ada, &lift).await;
        let bodies: Vec<&str> = said["results"].as_array().expect("a list").iter().filter_map(|said| said["body"].as_str()).collect();
        let wrote = |text: &str| format!("Greta Lindqvist <greta@elbe.example> wrote:\n\n{text}");
        assert_eq!(bodies, [wrote("And up!"), wrote("And up.")]);
        assert_eq!((&said["results"][0]["visibility"], &said["results"][0]["author"]), (&json!("public"), &Value::Null));
        app.work().await;
        app.done().await;
    }

    async fn a_public_comment_goes_out_and_its_answer_comes_back(app) {
        let ada = app.admin("Harbour").await;
        let (_, key) = mailbox(&app, &ada, json!({})).await;
        let asked = "Subject: Re: The lift\nReferences: <0@elbe.example>\nReply-To: desk@elbe.example";
        deliver(&app, &key, &mail("1@elbe.example", asked, "It goes up.")).await.expect(200);
        let case = cases(&app, &ada).await["results"][0].clone();
        let path = format!("/api/cases/comment/{}/", case["id"].as_str().expect("text"));
        app.post(&ada, &path, json!({ "body": "Tell nobody." })).await.expect(201);
        app.work().await;
        assert!(app.mails().iter().all(|mail| !mail.contains("elbe.example")), "a note stays inside");

        let said = app.post(&ada, &path, json!({ "body": "An engineer comes.", "visibility": "public" })).await.expect(201);
        app.work().await;
        let (sent, our_id) = answer_to(&app, "desk@elbe.example");
        let read = MessageParser::new().parse(sent.as_bytes()).expect("a mail");
        assert_eq!(read.subject(), Some("Re: The lift"));
        assert_eq!(read.in_reply_to().as_text(), Some("1@elbe.example"));
        let references = read.references().as_text_list().expect("References").to_vec();
        assert_eq!(references, ["0@elbe.example", "1@elbe.example"]);
        assert_eq!(read.reply_to().and_then(|to| to.first()?.address()), Some("support@harbour.example"));
        assert_eq!(read.from().and_then(|from| from.first()?.name()), Some("Support (Harbour)"));
        assert!(read.body_text(0).expect("text").contains("An engineer comes."), "{sent}");

        // It goes out once, however often it becomes public.
        let comment = format!("/api/comments/{}/", said.id());
        for visibility in ["internal", "public"] {
            app.patch(&ada, &comment, json!({ "visibility": visibility })).await.expect(200);
        }
        app.work().await;
        assert_eq!(app.mails().iter().filter(|mail| mail.contains("An engineer comes.")).count(), 1);

        // The customer's mail program knows only our Message-ID.
        app.patch(&ada, &format!("/api/cases/{}/", case["id"].as_str().expect("text")), json!({ "status": "closed" })).await.expect(200);
        let thanks = format!("Subject: AW: The lift\nIn-Reply-To: <{our_id}>");
        deliver(&app, &key, &mail("5@elbe.example", &thanks, "It still does.")).await.expect(200);
        let all = cases(&app, &ada).await;
        assert_eq!((&all["count"], &all["results"][0]["status"]), (&json!(1), &json!("assigned")), "and opens it again");
        app.work().await;
        app.done().await;
    }

    async fn the_same_mail_is_taken_once(app) {
        let ada = app.admin("Harbour").await;
        let (_, key) = mailbox(&app, &ada, json!({})).await;
        let first = mail("1@elbe.example", "Subject: The lift", "It goes up.");
        let one = deliver(&app, &key, &first).await.expect(200).json();
        assert_eq!(deliver(&app, &key, &first).await.expect(200).json(), one, "delivered again, byte for byte");
        let other = deliver(&app, &key, &mail("1@elbe.example", "Subject: The lift", "By another way.")).await.expect(200).json();
        assert_eq!((&other["status"], &other["reason"]), (&json!("refused"), &json!("duplicate")));
        let at_once = mail("2@elbe.example", "Subject: At once", "x");
        let told = futures_util::future::join_all((0..8).map(|_| deliver(&app, &key, &at_once))).await;
        let ids: std::collections::BTreeSet<String> = told.into_iter().map(|told| told.expect(200).json()["id"].to_string()).collect();
        assert_eq!(ids.len(), 1, "{ids:?}");
        assert_eq!(cases(&app, &ada).await["count"], 2);
        app.work().await;
        app.done().await;
    }

    async fn what_is_refused_is_recorded_with_its_reason(app) {
        let ada = app.admin("Harbour").await;
        let (support, key) = mailbox(&app, &ada, json!({})).await;
        for (n, (headers, reason)) in [
            ("Auto-Submitted: auto-replied", "auto_reply"),
            ("Return-Path: <>", "bounce"),
            ("Precedence: bulk", "bulk"),
            ("List-Id: <news.example>", "mailing_list"),
            ("X-Loop: Support@harbour.example", "loop"),
        ].into_iter().enumerate() {
            let told = deliver(&app, &key, &mail(&format!("{n}@x.example"), headers, "x")).await.expect(200).json();
            assert_eq!((&told["status"], &told["reason"]), (&json!("refused"), &json!(reason)));
        }
        let own = "From: SUPPORT@harbour.example\nSubject: x\n\nx";
        assert_eq!(deliver(&app, &key, own).await.expect(200).json()["reason"], "own_address");
        assert_eq!(deliver(&app, &key, "Subject: from nobody\n\nx").await.expect(200).json()["reason"], "no_sender");
        assert_eq!(deliver(&app, &key, "this is no mail").await.expect(422).code(), "not_a_mail");
        let large = format!("From: a@b.example\nSubject: large\n\n{}", "x".repeat(26 * 1024 * 1024));
        assert_eq!(deliver(&app, &key, &large).await.expect(413).code(), "too_large");
        app.patch(&ada, &format!("/api/mailboxes/{}/", support["id"].as_str().expect("text")), json!({ "is_active": false })).await.expect(200);
        deliver(&app, &key, &mail("9@x.example", "Subject: closed", "x")).await.expect(404);
        let refused = list(&app, &ada, "status=refused&limit=50").await;
        let mut reasons: Vec<&str> = refused["results"].as_array().expect("a list").iter().filter_map(|mail| mail["reason"].as_str()).collect();
        reasons.sort_unstable();
        assert_eq!(reasons, ["auto_reply", "bounce", "bulk", "loop", "mailbox_inactive", "mailing_list", "no_sender", "own_address", "too_large", "unreadable"]);
        let large = &list(&app, &ada, "reason=too_large").await["results"][0];
        assert_eq!((&large["subject"], &large["has_original"]), (&json!("large"), &json!(false)));
        assert_eq!(cases(&app, &ada).await["count"], 0);
        app.work().await;
        assert!(app.mails().is_empty(), "no program is answered");
        app.done().await;
    }

    async fn attachments_are_kept_and_what_may_not_be_is_told(app) {
        let ada = app.admin("Harbour").await;
        let (_, key) = mailbox(&app, &ada, json!({})).await;
        let part = |name: &str, content: &str| {
            format!("--x\nContent-Type: application/octet-stream\nContent-Disposition: attachment; filename=\"{name}\"\nContent-Transfer-Encoding: base64\n\n{content}\n")
        };
        let parts = format!("--x\nContent-Type: text/plain\n\nSee the picture.\n{}{}{}--x--\n", part("lift.png", PNG), part("x.html", "PGh0bWw+PHNjcmlwdD4="), part("none.txt", ""));
        let whole = mail("1@elbe.example", "Subject: The lift\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=x", &parts);
        let told = deliver(&app, &key, &whole).await.expect(200).json();
        let kept = app.get(&ada, &format!("/api/mail/inbound/message/{}/", told["id"].as_str().expect("text"))).await.expect(200).json();
        assert_eq!((&kept["text"], kept["attachments"].as_array().expect("a list").len()), (&json!("See the picture."), 3));
        let refused: Vec<&Value> = kept["attachments"].as_array().expect("a list").iter().map(|file| &file["refused"]).collect();
        assert_eq!(refused, [&Value::Null, &json!("type_not_allowed"), &json!("empty")]);
        let case = kept["case"]["id"].as_str().expect("text");
        let files = app.get(&ada, &format!("/api/cases/attachment/{case}/")).await.expect(200).json();
        assert_eq!((&files["count"], &files["results"][0]["file_name"], &files["results"][0]["media_type"]), (&json!(1), &json!("lift.png"), &json!("image/png")));
        let original = app.get(&ada, &format!("/api/mail/inbound/original/{}/", told["id"].as_str().expect("text"))).await.expect(200);
        assert_eq!(original.bytes, whole.replace('\n', "\r\n").as_bytes());
        assert_eq!(original.header("content-type"), "message/rfc822");
        assert!(original.header("content-disposition").starts_with("attachment"));
        app.work().await;
        app.done().await;
    }

    async fn a_mail_comes_as_it_is_or_in_a_form(app) {
        let ada = app.admin("Harbour").await;
        let (_, key) = mailbox(&app, &ada, json!({})).await;
        let raw = |id: &str| mail(id, "Subject: In a form", "x + y & z = 100%").replace('\n', "\r\n");
        let form = format!("--b\r\nContent-Disposition: form-data; name=\"recipient\"\r\n\r\nx\r\n--b\r\nContent-Disposition: form-data; name=\"body-mime\"\r\n\r\n{}\r\n--b--\r\n", raw("1@x.example"));
        deliver_as(&app, &key, "multipart/form-data; boundary=b", form.into_bytes()).await.expect(200);
        let escaped = raw("2@x.example").bytes().fold(String::new(), |escaped, byte| escaped + &format!("%{byte:02X}"));
        let pairs = format!("recipient=x&body-mime={escaped}&timestamp=1");
        deliver_as(&app, &format!("{key}/?format=mime"), "application/x-www-form-urlencoded", pairs.into_bytes()).await.expect(200);
        deliver_as(&app, &key, "application/octet-stream", raw("3@x.example").into_bytes()).await.expect(200);
        deliver_as(&app, &key, "multipart/form-data; boundary=b", b"--b--\r\n".to_vec()).await.expect(422);
        let all = list(&app, &ada, "").await;
        assert_eq!(all["count"], 3);
        assert!(all["results"].as_array().expect("a list").iter().all(|mail| mail["text"] == "x + y & z = 100%"), "{all}");
        app.work().await;
        app.done().await;
    }

    async fn a_key_opens_its_own_mailbox_alone(app) {
        let (ada, eve) = (app.admin("Harbour").await, app.admin("Elsewhere").await);
        let (support, key) = mailbox(&app, &ada, json!({})).await;
        let (_, theirs) = mailbox(&app, &eve, json!({})).await;
        for wrong in ["x", &key[1..], &"a".repeat(65)] {
            deliver(&app, wrong, &mail("1@x.example", "Subject: x", "x")).await.expect(404);
        }
        deliver(&app, &key, &mail("1@x.example", "Subject: ours", "x")).await.expect(200);
        // A Message-ID of another organisation leads nowhere, and is no duplicate.
        deliver(&app, &theirs, &mail("2@x.example", "Subject: theirs\nIn-Reply-To: <1@x.example>", "x")).await.expect(200);
        deliver(&app, &theirs, &mail("1@x.example", "Subject: theirs too", "x")).await.expect(200);
        assert_eq!((&cases(&app, &ada).await["count"], &cases(&app, &eve).await["count"]), (&json!(1), &json!(2)));
        let path = format!("/api/mailboxes/{}/key/", support["id"].as_str().expect("text"));
        let renewed = app.send(Some(&ada), Method::POST, &path, None).await.expect(200).json();
        deliver(&app, &key, &mail("3@x.example", "Subject: x", "x")).await.expect(404);
        deliver(&app, renewed["key"].as_str().expect("text"), &mail("3@x.example", "Subject: x", "x")).await.expect(200);
        let log = app.get(&ada, "/api/cases/").await.json().to_string();
        assert!(!log.contains(&key));
        app.work().await;
        app.done().await;
    }
}

/// A mail with the answer to an invitation, as calendars write it (RFC 6047).
fn answer_by(from: &str, id: &str, calendar: &str) -> String {
    let head = format!("From: <{from}>\nTo: support@harbour.example\nMessage-ID: <{id}>\nSubject: Accepted: Review\n");
    let parts = format!(
        "--x\nContent-Type: text/plain\n\nGreta has answered.\n--x\nContent-Type: text/calendar; charset=utf-8; method=REPLY\n\n{calendar}\n--x--\n"
    );
    let auto = "Auto-Submitted: auto-generated\nMIME-Version: 1.0\nContent-Type: multipart/alternative; boundary=x\n";
    format!("{head}{auto}\n{parts}")
}

fn calendar(uid: &str, attendee: &str, said: &str, more: &str) -> String {
    let head = "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//x//x//EN\nMETHOD:REPLY\nBEGIN:VEVENT\n";
    format!(
        "{head}UID:{uid}\nDTSTART;TZID=Europe/Berlin:20270315T090000\n{more}\nORGANIZER:mailto:support@harbour.example\n\
         ATTENDEE;PARTSTAT={said}:mailto:{attendee}\nEND:VEVENT\nEND:VCALENDAR\n"
    )
}

both! {
    async fn an_answer_to_an_invitation_is_kept_with_the_event(app) {
        let (ada, zoe) = (app.admin("Harbour").await, app.admin("Else").await);
        let bob = app.member(&ada, "Bob").await;
        let (_, key) = mailbox(&app, &ada, json!({ "takes_answers": true })).await;
        let body = json!({
            "title": "Review", "start": "2027-03-15T09:00:00", "time_zone": "Europe/Berlin", "recurrence": "FREQ=WEEKLY",
            "invites": true, "assigned_to": [bob.user], "guests": [{ "email": "Greta@elbe.example" }],
        });
        let made = app.post(&ada, "/api/events/", body.clone()).await.expect(201).json();
        let theirs = app.post(&zoe, "/api/events/", body.as_object().map(|body| {
            let mut body = body.clone();
            body.remove("assigned_to");
            json!(body)
        }).expect("a body")).await.expect(201).json();
        app.work().await;
        let organizers: std::collections::BTreeSet<String> = app.mails().iter().flat_map(|mail| {
            let plain = mail.replace("=\r\n", "").replace("=3D", "=").replace("\r\n ", "");
            plain.lines().filter(|line| line.starts_with("ORGANIZER")).map(str::to_owned).collect::<Vec<_>>()
        }).collect();
        let to = |address: &str| organizers.iter().filter(|line| line.ends_with(&format!(":mailto:{address}"))).count();
        assert_eq!((organizers.len(), to("support@harbour.example"), to(&zoe.email)), (2, 1, 1), "{organizers:?}");

        let (uid, greta) = (made["id"].as_str().expect("an id"), "greta@elbe.example");
        let path = format!("/api/events/{uid}/");
        let stamped = |at: &str| format!("DTSTAMP:{at}\nSEQUENCE:0");
        let first = answer_by(greta, "1@elbe.example", &calendar(uid, greta, "ACCEPTED", &stamped("20261105T100000Z")));
        let told = deliver(&app, &key, &first).await.expect(200).json();
        assert_eq!((&told["status"], &told["reason"]), (&json!("stored"), &Value::Null));
        assert_eq!(deliver(&app, &key, &first).await.expect(200).json(), told, "delivered again, byte for byte");
        let kept = app.get(&ada, &format!("/api/mail/inbound/message/{}/", told["id"].as_str().expect("text"))).await.expect(200).json();
        assert_eq!((&kept["event"]["name"], &kept["case"], &kept["attachments"], &kept["text"]), (&json!("Review"), &Value::Null, &json!([]), &json!("Greta has answered.")));
        assert_eq!(list(&app, &ada, &format!("event_id={uid}")).await["count"], 1);
        let said = async || {
            let shown = app.get(&ada, &path).await.expect(200).json();
            let answers: Vec<String> = shown["attendees"].as_array().expect("attendees").iter().map(|one| one["answer"].as_str().unwrap_or_default().to_owned()).collect();
            (answers.join(" "), shown["occurrence_answers"].as_array().map(Vec::len))
        };
        assert_eq!(said().await, ("needs_action accepted".to_owned(), Some(0)));
        // A member who answers in another calendar answers by mail, too.
        let his = answer_by(&bob.email, "2@elbe.example", &calendar(uid, &bob.email, "TENTATIVE", &stamped("20261105T100000Z")));
        assert_eq!(deliver(&app, &key, &his).await.expect(200).json()["status"], "stored");
        let alone = format!("{}\nRECURRENCE-ID;TZID=Europe/Berlin:20270322T090000", stamped("20261105T110000Z"));
        let alone = answer_by(greta, "3@elbe.example", &calendar(uid, greta, "DECLINED", &alone));
        assert_eq!(deliver(&app, &key, &alone).await.expect(200).json()["status"], "stored");
        assert_eq!(said().await, ("tentative accepted".to_owned(), Some(1)));

        let two = calendar(uid, greta, "DECLINED", &stamped("20261105T113000Z")).replace("END:VEVENT", "ATTENDEE;PARTSTAT=DECLINED:mailto:bob@elbe.example\nEND:VEVENT");
        let mallory = "mallory@elbe.example";
        let newer = stamped("20261105T113000Z");
        for (n, (from, calendar, reason)) in [
            (mallory, calendar(uid, greta, "DECLINED", &newer), "forged_answer"),
            (greta, calendar(uid, &bob.email, "DECLINED", &newer), "forged_answer"),
            (mallory, calendar(uid, mallory, "ACCEPTED", &newer), "not_invited"),
            (greta, calendar(theirs["id"].as_str().expect("an id"), greta, "DECLINED", &newer), "not_invited"),
            (greta, calendar("nothing", greta, "DECLINED", &newer), "not_invited"),
            (greta, calendar(uid, greta, "DECLINED", &stamped("20261105T095959Z")), "stale_answer"),
            (greta, calendar(uid, greta, "DECLINED", &newer).replace("METHOD:REPLY", "METHOD:REQUEST"), "unreadable_answer"),
            (greta, "BEGIN:VCARD\nEND:VCARD\n".to_owned(), "unreadable_answer"),
            (greta, two, "unreadable_answer"),
        ].into_iter().enumerate() {
            let told = deliver(&app, &key, &answer_by(from, &format!("r{n}@elbe.example"), &calendar)).await.expect(200).json();
            assert_eq!((&told["status"], &told["reason"]), (&json!("refused"), &json!(reason)), "{from}: {calendar}");
        }
        let twice = answer_by(greta, "t@elbe.example", &calendar(uid, greta, "DECLINED", &newer)).replacen("From:", "From: <mallory@elbe.example>\nFrom:", 1);
        assert_eq!(deliver(&app, &key, &twice).await.expect(200).json()["reason"], "forged_answer", "two say that they wrote it");
        app.patch(&ada, &path, json!({ "place": "Room 2" })).await.expect(200);
        let late = answer_by(greta, "4@elbe.example", &calendar(uid, greta, "DECLINED", &stamped("20261105T114500Z")));
        assert_eq!(deliver(&app, &key, &late).await.expect(200).json()["reason"], "stale_answer", "it is another event by now");
        assert_eq!(list(&app, &ada, "reason=forged_answer").await["count"], 3);
        assert_eq!(said().await, ("tentative accepted".to_owned(), Some(1)), "nothing of that is believed");
        assert_eq!(cases(&app, &ada).await["count"], 0);
        // Whoever proposes another time wants to be read.
        let counter = answer_by(greta, "5@elbe.example", &calendar(uid, greta, "TENTATIVE", &newer)).replace("REPLY", "COUNTER").replace("Auto-Submitted: auto-generated\n", "");
        assert_eq!(deliver(&app, &key, &counter).await.expect(200).json()["status"], "stored");
        assert_eq!(cases(&app, &ada).await["count"], 1);
        app.work().await;
        app.done().await;
    }
}

#[tokio::test]
async fn what_no_row_names_is_swept_away_and_nothing_else() {
    // Files have the time of the machine, which is long before.
    let later = Clock::fixed("2100-01-01T12:00:00Z".parse().expect("a time"));
    let app = TestApp::start_with(Engine::Sqlite, later, &[]).await.expect("SQLite is always there");
    let ada = app.admin("Harbour").await;
    let (_, key) = mailbox(&app, &ada, json!({})).await;
    let told = deliver(&app, &key, &mail("1@x.example", "Subject: x", "x")).await.expect(200).json();
    let (org, id) = (ada.org.expect("an organisation"), app.parts.db.clock().id());
    let orphan = app.parts.files.keep_as(Shelf::Mails, org, id, "message/rfc822", "x".into()).await.expect("kept");
    let work = Work::new(app.parts.platform.clone(), None, Arc::new(mount::tools(&app.parts)), id);
    assert_eq!(SweepMails {}.run(&work).await.expect("an outcome"), Outcome::Done);
    assert_eq!(
        app.parts.files.open(&orphan.key).await.err().map(|error| error.code().to_owned()),
        Some("not_found".to_owned())
    );
    app.get(&ada, &format!("/api/mail/inbound/original/{}/", told["id"].as_str().expect("text"))).await.expect(200);
    app.work().await;
    app.done().await;
}
