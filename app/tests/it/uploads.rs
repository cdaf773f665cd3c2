//! Files as nobody should send them.

use poem::http::Method;
use serde_json::json;
use testing::{Engine, FORM, Person, Reply, TestApp, both, form};

/// A picture, by its first bytes.
pub const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0";

async fn lead(app: &TestApp, who: &Person) -> String {
    let lead = app.post(who, "/api/leads/", json!({ "title": "Files" })).await.expect(201).id();
    format!("/api/leads/attachment/{lead}/")
}

async fn send(app: &TestApp, who: &Person, path: &str, kind: &str, body: Vec<u8>) -> Reply {
    app.raw(Some(who), Method::POST, path, &[("content-type", kind)], body).await
}

async fn is_refused(app: &TestApp, who: &Person, path: &str, reply: Reply, status: u16, what: &str) {
    assert_eq!(reply.status.as_u16(), status, "{what}: {}", String::from_utf8_lossy(&reply.bytes));
    assert_eq!(reply.header("content-type"), "application/problem+json", "{what}");
    assert_eq!(app.get(who, path).await.expect(200).json()["count"], 0, "{what}: nothing is kept");
}

both! {
    async fn what_a_file_says_of_itself_is_not_believed(app) {
        let admin = app.admin("Harbour").await;
        let path = lead(&app, &admin).await;
        for (name, content) in [
            ("page.png", b"<!DOCTYPE html><script>alert(1)</script>".as_slice()),
            ("picture.jpg", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
            ("invoice.pdf", b"\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0"),
            ("notes.txt", b"MZ\x90\0\x03\0\0\0"),
            ("script.txt", b"plain until \0 it is not"),
        ] {
            let reply = app.upload(&admin, Method::POST, &path, name, content).await;
            is_refused(&app, &admin, &path, reply, 415, name).await;
        }
        let honest = app.upload(&admin, Method::POST, &path, "page.html", PNG).await.expect(201).json();
        assert_eq!(honest["media_type"], "image/png", "by what it is");
        app.done().await;
    }

    async fn a_form_has_one_file(app) {
        let admin = app.admin("Harbour").await;
        let path = lead(&app, &admin).await;
        let words = b"an offer".as_slice();
        let cases: [(&str, &str, Vec<u8>, u16); 9] = [
            ("no file", FORM, b"--x--\r\n".to_vec(), 422),
            ("an empty one", FORM, form(&[("file", "a.txt", b"")]), 422),
            ("two", FORM, form(&[("file", "a.txt", words), ("file", "b.txt", words)]), 422),
            ("another field", FORM, form(&[("photo", "a.txt", words)]), 422),
            ("another field behind", FORM, form(&[("file", "a.txt", words), ("name", "b", words)]), 422),
            ("no end", FORM, b"--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n\r\nan of".to_vec(), 400),
            ("another boundary", "multipart/form-data; boundary=y", form(&[("file", "a.txt", words)]), 400),
            ("no boundary", "multipart/form-data", form(&[("file", "a.txt", words)]), 400),
            ("no form", "application/json", b"{}".to_vec(), 415),
        ];
        for (what, kind, body, status) in cases {
            let reply = send(&app, &admin, &path, kind, body).await;
            is_refused(&app, &admin, &path, reply, status, what).await;
        }
        app.done().await;
    }

    async fn a_name_is_only_a_name(app) {
        let admin = app.admin("Harbour").await;
        let path = lead(&app, &admin).await;
        let long = "ö".repeat(300);
        for (given, kept) in [
            ("../../../etc/passwd", "passwd"),
            ("C:\\\\Users\\\\jo\\\\offer.txt", "offer.txt"),
            ("a%0D%0ASet-Cookie: x=1.txt", "a%0D%0ASet-Cookie: x=1.txt"),
            ("angebot \\\"neu\\\".txt", "angebot \"neu\".txt"),
            ("rechnung\u{202e}txt.exe", "rechnungtxt.exe"),
            ("مرحبا.txt", "مرحبا.txt"),
            (long.as_str(), &"ö".repeat(200)),
            ("..", "file"),
            ("", "file"),
        ] {
            let file = app.upload(&admin, Method::POST, &path, given, b"an offer").await.expect(201);
            assert_eq!(file.json()["file_name"], kept, "{given}");
            let back = app.get(&admin, &format!("/api/attachments/{}/", file.id())).await.expect(200);
            let told = back.headers.get("content-disposition").expect("a name").to_str().expect("plain letters").to_owned();
            assert!(told.starts_with("attachment; filename=\"") && !told.contains(['\r', '\n']), "{told}");
            assert_eq!((back.bytes.as_slice(), back.header("set-cookie")), (b"an offer".as_slice(), ""));
        }
        app.done().await;
    }
}

/// Counted as it comes: nothing of a file over the cap stays.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_file_over_the_cap_leaves_nothing() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let clock = base::Clock::fixed(chrono::DateTime::from_timestamp(1_793_880_000, 0).expect("a time"));
        let Some(app) = TestApp::start_with(engine, clock, &[("MAX_UPLOAD_BYTES", "2048")]).await else { continue };
        let admin = app.admin("Harbour").await;
        let path = lead(&app, &admin).await;
        let over = app.upload(&admin, Method::POST, &path, "big.txt", &[b'a'; 2049]).await;
        is_refused(&app, &admin, &path, over, 413, "one byte too many").await;
        let far_over = app.upload(&admin, Method::POST, &path, "big.txt", &vec![b'a'; 8 << 20]).await;
        is_refused(&app, &admin, &path, far_over, 413, "far too many").await;
        let logo = format!("/api/orgs/{}/logo/", admin.org.expect("an organisation"));
        let picture = [PNG, &[0; 2048]].concat();
        app.upload(&admin, Method::PUT, &logo, "logo.png", &picture).await.expect(413);
        app.get(&admin, &logo).await.expect(404);
        let shelves =
            app.parts.files.older_than(files::Shelf::Attachments, chrono::DateTime::<chrono::Utc>::MAX_UTC).await;
        assert!(shelves.expect("a list").is_empty(), "no bytes stay either");
        app.upload(&admin, Method::POST, &path, "fits.txt", &[b'a'; 2048]).await.expect(201);
        app.done().await;
    }
}
