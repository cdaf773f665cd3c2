//! A mail is no second door: what its reader may not see when it is due, it does not tell.

use serde_json::json;
use testing::{Person, TestApp, both};

async fn lead(app: &TestApp, admin: &Person, assigned_to: &[&Person]) -> String {
    let users: Vec<_> = assigned_to.iter().map(|person| person.user).collect();
    let lead = json!({ "title": "Secret merger", "assigned_to": users });
    app.post(admin, "/api/leads/", lead).await.expect(201).id().to_string()
}

async fn mention(app: &TestApp, by: &Person, lead: &str, whom: &Person) -> String {
    let said = json!({ "body": format!("@{} look at this offer", whom.email) });
    app.post(by, &format!("/api/leads/comment/{lead}/"), said).await.expect(201).id().to_string()
}

/// How many of the mails so far go to somebody.
async fn mails_to(app: &TestApp, person: &Person) -> usize {
    app.work().await;
    app.mails().iter().filter(|mail| mail.contains(&person.email)).count()
}

both! {
    async fn a_mention_tells_nothing_to_who_cannot_see_the_record(app) {
        let admin = app.admin("Harbour").await;
        let mia = app.member(&admin, "Mia").await;
        let hidden = lead(&app, &admin, &[]).await;
        mention(&app, &admin, &hidden, &mia).await;
        assert_eq!(mails_to(&app, &mia).await, 0);
        let failed = app.get(&admin, "/api/jobs/?state=failed").await.expect(200).json();
        assert_eq!(failed["count"], 0, "passed over quietly: {failed}");

        let teams = json!({ "name": "North", "members": [mia.user, admin.user] });
        app.post(&admin, "/api/teams/", teams).await.expect(201);
        let shared = lead(&app, &admin, &[&admin]).await;
        mention(&app, &admin, &shared, &mia).await;
        assert_eq!(mails_to(&app, &mia).await, 1, "through the team it is seen");
        assert!(app.mails().iter().all(|mail| !mail.contains(&hidden)));
        app.done().await;
    }

    async fn it_is_the_moment_of_the_mail_that_counts(app) {
        let admin = app.admin("Harbour").await;
        let mia = app.member(&admin, "Mia").await;
        let seen = lead(&app, &admin, &[&mia]).await;
        assert_eq!(mails_to(&app, &mia).await, 1, "for the assignment");
        mention(&app, &admin, &seen, &mia).await;
        app.patch(&admin, &format!("/api/leads/{seen}/"), json!({ "assigned_to": [] })).await.expect(200);
        assert_eq!(mails_to(&app, &mia).await, 1, "she does not see it any more");
        app.patch(&admin, &format!("/api/leads/{seen}/"), json!({ "assigned_to": [mia.user] })).await.expect(200);
        let comment = mention(&app, &admin, &seen, &mia).await;
        app.delete(&admin, &format!("/api/comments/{comment}/")).await.expect(204);
        assert_eq!(mails_to(&app, &mia).await, 2, "for the assignment; the comment is gone");
        app.done().await;
    }

    async fn an_assignment_that_ended_is_not_told(app) {
        let admin = app.admin("Harbour").await;
        let mia = app.member(&admin, "Mia").await;
        let tom = app.admin_too(&admin, "Tom").await;
        let trashed = lead(&app, &admin, &[&mia]).await;
        app.delete(&admin, &format!("/api/leads/{trashed}/")).await.expect(204);
        let moved = lead(&app, &admin, &[&tom]).await;
        app.patch(&admin, &format!("/api/leads/{moved}/"), json!({ "assigned_to": [mia.user] })).await.expect(200);
        assert_eq!(mails_to(&app, &tom).await, 0, "he sees it still, and it is not his");
        assert_eq!(mails_to(&app, &mia).await, 1, "not for what is in the trash");
        app.done().await;
    }

    async fn whoever_assigned_it_may_have_left(app) {
        let admin = app.admin("Harbour").await;
        let (mia, tom) = (app.member(&admin, "Mia").await, app.admin_too(&admin, "Tom").await);
        lead(&app, &tom, &[&mia]).await;
        app.delete(&admin, &format!("/api/members/{}/", tom.user)).await.expect(204);
        assert_eq!(mails_to(&app, &mia).await, 1);
        app.done().await;
    }

    async fn a_form_tells_its_people_of_a_lead_that_they_see(app) {
        let admin = app.admin("Harbour").await;
        let (mia, tom) = (app.member(&admin, "Mia").await, app.member(&admin, "Tom").await);
        let form = json!({ "title": "Contact", "assigned_to": [mia.user] });
        let form = app.post(&admin, "/api/forms/", form).await.expect(201).json();
        let path = format!("/api/forms/{}/submissions/", form["key"].as_str().expect("a key"));
        let theirs = json!({ "title": "Theirs", "email": "jo@elbe.example", "assigned_to": [tom.user] });
        app.post(&admin, "/api/leads/", theirs).await.expect(201);
        assert_eq!(mails_to(&app, &tom).await, 1, "for the assignment");
        for email in ["new@elbe.example", "jo@elbe.example"] {
            let said = json!({ "email": email, "message": "Is it still there?" });
            app.send(None, poem::http::Method::POST, &path, Some(said)).await.expect(202);
        }
        assert_eq!(mails_to(&app, &mia).await, 1, "of her new lead, and not of one that she cannot see");
        assert_eq!(mails_to(&app, &tom).await, 2, "of what was said to his");
        app.done().await;
    }
}
