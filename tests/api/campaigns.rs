//! The sample drives' rules: how many people it takes until a task of theirs is done.

use crate::app::{Caller, TestApp, new_id};
use serde_json::{Value, json};
use server::Role;
use std::path::Path;

/// A sample drive on a server of its own.
struct Drive {
    app: TestApp,
    team: Caller,
    slug: &'static str,
}

impl Drive {
    async fn open(slug: &'static str) -> Self {
        let app = TestApp::start().await;
        let team = app.member("owner", Role::Owner, &[]).await;
        let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("../sample").join(slug);
        let report = app.server().import_project(&sample.join("project.json")).await;
        assert_eq!(report.expect("the sample is taken")["refused"], json!([]));
        Self { app, team, slug }
    }

    /// A task that everybody is asked.
    async fn task(&self) -> Value {
        let path = format!("/api/v1/projects/{}/results", self.slug);
        let results = self.app.get_as(&self.team, &path).await.expect(200).lines();
        results[0]["task"].clone()
    }

    /// Somebody new chooses.
    async fn choose(&self, task: &Value, choice: &str) {
        let answer = json!({"id": new_id(), "task": task, "value": {"choices": [choice]},
            "seconds": 3.0});
        let somebody = self.app.volunteer().await;
        self.app.answer(&somebody, json!([answer])).await.expect(200);
    }

    async fn result(&self, task: &Value) -> Value {
        let path = format!("/api/v1/projects/{}/results", self.slug);
        let results = self.app.get_as(&self.team, &path).await.expect(200).lines();
        results.into_iter().find(|line| line["task"] == *task).expect("the task has a result")
    }
}

#[tokio::test]
async fn a_change_of_the_forest_is_believed_once_thirty_people_see_it() {
    let drive = Drive::open("forest-pairs").await;
    let task = drive.task().await;
    for _ in 0..29 {
        drive.choose(&task, "lost").await;
    }
    // Another opinion is none of the thirty.
    drive.choose(&task, "kept").await;
    let open = drive.result(&task).await;
    assert_eq!(open["status"], "open", "{open}");
    drive.choose(&task, "lost").await;
    let agreed = drive.result(&task).await;
    assert_eq!(agreed["status"], "agreed", "{agreed}");
    assert_eq!(agreed["value"]["choices"], json!(["lost"]));
}

#[tokio::test]
async fn damage_is_believed_at_four_in_five_of_at_least_three() {
    let drive = Drive::open("flood-damage").await;
    let task = drive.task().await;
    // (what the next says, what then holds): 1 of 1, 2 of 2, 2 of 3, 3 of 4, 4 of 5.
    for (choice, status) in [
        ("severe", "open"),
        ("severe", "open"),
        ("mild", "open"),
        ("severe", "open"),
        ("severe", "agreed"),
    ] {
        drive.choose(&task, choice).await;
        let result = drive.result(&task).await;
        assert_eq!(result["status"], status, "{result}");
    }
}
