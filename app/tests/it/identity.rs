//! Coming in and staying in.

use poem::http::Method;
use serde_json::{Value, json};
use testing::{Reply, TestApp, both};

const PASSWORD: &str = "a quiet harbour at night";

async fn post(app: &TestApp, path: &str, body: Value) -> Reply {
    app.send(None, Method::POST, path, Some(body)).await
}

/// The token at the end of the link of the only mail, whose lines may be broken by quoted-printable.
pub fn token_of(mails: &[String]) -> String {
    let mail = mails.last().expect("a mail").replace("=\r\n", "").replace("=3D", "=");
    let (_, link) = mail.split_once("token=").expect("a link");
    link.chars().take_while(|c| c.is_ascii_alphanumeric() || "-_.".contains(*c)).collect()
}

both! {
    async fn a_registration_is_verified_by_mail_before_it_logs_in(app) {
        let new = json!({ "email": "ada@example.com", "name": "Ada", "password": PASSWORD });
        let login = json!({ "email": "ada@example.com", "password": PASSWORD });
        post(&app, "/api/auth/register/", new).await.expect(202);
        assert_eq!(post(&app, "/api/auth/login/", login.clone()).await.expect(403).code(), "email_not_verified");
        app.work().await;
        let token = token_of(&app.mails());
        post(&app, "/api/auth/email/verify/", json!({ "token": token })).await;
        post(&app, "/api/auth/email/verify/", json!({ "token": token })).await.expect(422);
        post(&app, "/api/auth/login/", login).await.expect(200);
        app.done().await;
    }

    async fn a_stranger_and_a_friend_get_the_same_answer(app) {
        let known = app.person("Ada").await;
        let reset = |email: &str| json!({ "email": email });
        let (friend, stranger) = (
            post(&app, "/api/auth/password/reset/", reset(&known.email)).await,
            post(&app, "/api/auth/password/reset/", reset("nobody@people.example")).await,
        );
        assert_eq!((friend.status, &friend.bytes), (stranger.status, &stranger.bytes));
        app.done().await;
    }

    async fn a_lost_answer_does_not_log_out_and_a_stolen_token_does(app) {
        let ada = app.person("Ada").await;
        let login = json!({ "email": ada.email, "password": testing::PASSWORD });
        let first = post(&app, "/api/auth/login/", login).await.expect(200).json();
        let refresh = |tokens: &Value| json!({ "refresh_token": tokens["refresh_token"] });
        let second = post(&app, "/api/auth/refresh/", refresh(&first)).await.expect(200).json();
        let again = post(&app, "/api/auth/refresh/", refresh(&first)).await.expect(200).json();
        assert_eq!(second["refresh_token"], again["refresh_token"]);
        let third = post(&app, "/api/auth/refresh/", refresh(&second)).await.expect(200).json();
        post(&app, "/api/auth/refresh/", refresh(&first)).await.expect(401);
        post(&app, "/api/auth/refresh/", refresh(&third)).await.expect(401);
        app.done().await;
    }

    async fn a_logout_ends_the_access_token_at_once(app) {
        let ada = app.person("Ada").await;
        app.get(&ada, "/api/auth/me/").await.expect(200);
        app.send(Some(&ada), Method::POST, "/api/auth/logout/", None).await;
        app.get(&ada, "/api/auth/me/").await.expect(401);
        app.done().await;
    }

    async fn guessing_is_slow(app) {
        let ada = app.person("Ada").await;
        let guess = json!({ "email": ada.email, "password": "not this one, surely" });
        post(&app, "/api/auth/login/", guess.clone()).await.expect(401);
        let slowed = post(&app, "/api/auth/login/", guess).await.expect(429);
        assert!(slowed.header("retry-after").parse::<u64>().is_ok());
        app.done().await;
    }
}
