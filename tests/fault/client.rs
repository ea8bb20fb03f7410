//! Volunteers who answer until their server is gone.

use crate::journal::{Journal, Sent};
use domain::AnswerId;
use serde_json::{Value, json};
use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::{SystemTime, UNIX_EPOCH},
};

static MADE: AtomicU64 = AtomicU64::new(0);

fn new_id(client: u64) -> String {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).expect("after 1970").as_millis();
    let mut random = [0; 10];
    random[..8].copy_from_slice(&MADE.fetch_add(1, Ordering::Relaxed).to_le_bytes());
    random[8..].copy_from_slice(&client.to_le_bytes()[..2]);
    AnswerId::v7(u64::try_from(now).unwrap_or_default(), random).to_string()
}

/// Sends one body; the receipts go into the journal. `None` when there was no answer.
async fn send(http: &reqwest::Client, base: &str, token: &str, body: &str) -> Option<Value> {
    let sent = http
        .post(format!("{base}/api/v1/answers"))
        .bearer_auth(token)
        .header("content-type", "application/json")
        .body(body.to_owned());
    let reply = sent.send().await.ok()?;
    assert!(reply.status().is_success() || reply.status() == 503, "{}", reply.status());
    reply.json().await.ok()
}

fn note(journal: &Journal, reply: &Value) {
    for outcome in reply["outcomes"].as_array().into_iter().flatten() {
        if let (Some(id), Some(status)) = (outcome["id"].as_str(), outcome["status"].as_str()) {
            journal.was_received(id, status);
        }
    }
}

/// New volunteers lease and answer, one after the other, until the server no longer replies.
pub(crate) async fn answer(base: String, journal: Arc<Journal>, client: u64) {
    let http = reqwest::Client::new();
    while volunteer(&http, &base, &journal, client).await.is_some() {}
}

async fn volunteer(
    http: &reqwest::Client,
    base: &str,
    journal: &Journal,
    client: u64,
) -> Option<()> {
    let me: Value =
        http.post(format!("{base}/api/v1/volunteers")).send().await.ok()?.json().await.ok()?;
    let (token, volunteer) = (me["token"].as_str()?, me["volunteer"].as_str()?);
    let projects: Value =
        http.get(format!("{base}/api/v1/projects")).send().await.ok()?.json().await.ok()?;
    let slug = projects["projects"][0]["slug"].as_str()?;
    let lease: Value = http
        .post(format!("{base}/api/v1/projects/{slug}/leases"))
        .bearer_auth(token)
        .json(&json!({ "count": 20 }))
        .send()
        .await
        .ok()?
        .json()
        .await
        .ok()?;
    for (i, task) in lease["tasks"].as_array()?.iter().enumerate() {
        let (id, task) = (new_id(client), task["id"].as_str()?.to_owned());
        // Nearly all differ, so that tasks stay open and there is always more to hand out.
        let text = format!("w{client}x{i}");
        let body = json!({ "answers": [
            { "id": id, "task": task, "value": { "text": text }, "seconds": 1.5, "corrections": 0 }
        ]})
        .to_string();
        journal.will_send(
            &id,
            Sent {
                token: token.into(),
                volunteer: volunteer.into(),
                task,
                text,
                body: body.clone(),
            },
        );
        note(journal, &send(http, base, token, &body).await?);
    }
    Some(())
}

/// Sends again all that was never acknowledged, and some of what was.
pub(crate) async fn resend(base: &str, journal: &Journal) {
    let http = reqwest::Client::new();
    let sent = journal.sent();
    let again = journal
        .receipts()
        .into_iter()
        .take(200)
        .filter_map(|id| sent.get(&id).map(|sent| (id.clone(), sent.clone())));
    for (_, sent) in journal.waiting().into_iter().chain(again) {
        let reply = send(&http, base, &sent.token, &sent.body).await.expect("the server is up");
        note(journal, &reply);
    }
    assert!(journal.waiting().is_empty(), "everything sent has a receipt in the end");
}
