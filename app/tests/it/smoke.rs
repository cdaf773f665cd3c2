use testing::both;

both! {
    async fn dump(app) {
        std::fs::write("/tmp/doc.json", serde_json::to_string_pretty(&app.document).unwrap()).unwrap();
        let a = app.admin("Acme").await;
        let b = app.get(&a, "/api/leads/").await.expect(200);
        println!("{}", b.json());
        app.done().await;
    }
}
