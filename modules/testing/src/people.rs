use base::{
    Request as Asked,
    value::{Email, Text},
};
use identity::HashedPassword;
use poem::{Body, Request, http::Method};
use serde_json::{Value, json};
use tokio::sync::OnceCell;
use uuid::Uuid;

use crate::{app::TestApp, reply::Reply};

/// Somebody who is logged in, in an organisation or in none.
#[derive(Clone, Debug)]
pub struct Person {
    pub user: Uuid,
    pub email: String,
    pub token: String,
    pub org: Option<Uuid>,
}

pub const PASSWORD: &str = "a harbour full of pines";
/// Hashed once: it takes its time on purpose.
static HASHED: OnceCell<HashedPassword> = OnceCell::const_new();
/// Whoever has an address there runs the installation.
pub(crate) const KEEPERS: &str = "installation.example";

impl TestApp {
    /// Somebody with a verified address, logged in, in no organisation.
    pub async fn person(&self, name: &str) -> Person {
        self.person_at("people.example", name).await
    }

    /// Somebody who runs the installation, in no organisation.
    pub async fn keeper(&self, name: &str) -> Person {
        self.person_at(KEEPERS, name).await
    }

    async fn person_at(&self, domain: &str, name: &str) -> Person {
        let email = format!("{}-{}@{domain}", name.to_lowercase().replace(' ', "."), Uuid::new_v4().simple());
        let password =
            HASHED.get_or_init(async || identity::hash_password(PASSWORD).await.expect("a hash")).await.clone();
        let new = identity::NewUser {
            email: Email::parse(&email).expect("an address"),
            name: Text::parse(name).expect("a name"),
            password,
            email_verified: true,
        };
        let made = self.parts.platform.write(async |tx| identity::create_user(tx, new).await).await;
        let user = made.expect("a user");
        self.logged_in(&Person { user, email, token: String::new(), org: None }).await
    }

    /// The same person in a session of its own.
    pub async fn logged_in(&self, person: &Person) -> Person {
        let login = json!({ "email": person.email, "password": PASSWORD });
        let tokens = self.send(None, Method::POST, "/api/auth/login/", Some(login)).await.expect(200).json();
        let token = tokens["access_token"].as_str().expect("an access token").to_owned();
        Person { token, ..person.clone() }
    }

    /// The admin of a new organisation.
    pub async fn admin(&self, org: &str) -> Person {
        let person = self.person(&format!("Admin of {org}")).await;
        let made = self.parts.platform.write(async |tx| orgs::create_org(tx, org, person.user).await).await;
        Person { org: Some(made.expect("an organisation")), ..person }
    }

    /// A member with the USER role in the organisation of `admin`.
    pub async fn member(&self, admin: &Person, name: &str) -> Person {
        let person = self.person(name).await;
        let org = admin.org.expect("an admin has an organisation");
        let joined = self
            .parts
            .platform
            .write(async |tx| tx.enter(org, Asked::default(), async |tx| orgs::join(tx, person.user).await).await)
            .await;
        joined.expect("a member");
        Person { org: Some(org), ..person }
    }

    /// Another admin in the organisation of `admin`.
    pub async fn admin_too(&self, admin: &Person, name: &str) -> Person {
        let person = self.member(admin, name).await;
        let role = self.role(admin, "Admin").await;
        self.give(admin, &person, role).await;
        person
    }

    /// The id of the role of this name.
    pub async fn role(&self, admin: &Person, name: &str) -> Uuid {
        let roles = self.get(admin, "/api/roles/").await.expect(200).json();
        let role =
            roles["results"].as_array().and_then(|roles| roles.iter().find(|role| role["name"] == name).cloned());
        role.and_then(|role| role["id"].as_str()?.parse().ok()).expect("a role of this name")
    }

    /// Gives a member another role.
    pub async fn give(&self, admin: &Person, member: &Person, role: Uuid) {
        let path = format!("/api/members/{}/", member.user);
        self.patch(admin, &path, json!({ "role_id": role })).await.expect(200);
    }

    /// A request as somebody, or as nobody.
    pub async fn send(&self, who: Option<&Person>, method: Method, path: &str, body: Option<Value>) -> Reply {
        self.send_with(who, method, path, &[], body).await
    }

    /// The same with headers.
    pub async fn send_with(
        &self,
        who: Option<&Person>,
        method: Method,
        path: &str,
        headers: &[(&str, &str)],
        body: Option<Value>,
    ) -> Reply {
        let mut request = Request::builder().method(method).uri(path.parse().expect("a path"));
        if let Some(person) = who {
            request = request.header("authorization", format!("Bearer {}", person.token));
            if let Some(org) = person.org {
                request = request.header("org", org.to_string());
            }
        }
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let request = match body {
            Some(body) => request.content_type("application/json").body(Body::from_json(body).expect("JSON")),
            None => request.finish(),
        };
        Reply::read(self.call(request).await).await
    }

    pub async fn get(&self, who: &Person, path: &str) -> Reply {
        self.send(Some(who), Method::GET, path, None).await
    }

    pub async fn post(&self, who: &Person, path: &str, body: Value) -> Reply {
        self.send(Some(who), Method::POST, path, Some(body)).await
    }

    pub async fn patch(&self, who: &Person, path: &str, body: Value) -> Reply {
        self.send(Some(who), Method::PATCH, path, Some(body)).await
    }

    pub async fn delete(&self, who: &Person, path: &str) -> Reply {
        self.send(Some(who), Method::DELETE, path, None).await
    }
}
