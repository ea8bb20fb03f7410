//! The server killed under load: no acknowledged answer is lost, none is
//! doubled, changed or made up, and the tallies are those of the answers.

mod audit;
mod client;
mod journal;

use audit::{Audit, audit};
use journal::Journal;
use serde_json::json;
use std::{path::Path, sync::Arc, time::Duration};
use support::{Running, import_sample, program};

/// How often the server is killed; more by `TALKOOT_KILLS`.
const KILLS: u32 = 50;
const CLIENTS: u64 = 12;

fn kills() -> u32 {
    std::env::var("TALKOOT_KILLS").ok().and_then(|n| n.parse().ok()).unwrap_or(KILLS)
}

/// The sample drive, with room for as many answers as a rule allows.
fn prepare(program: &Path, data: &Path) {
    import_sample(program, data, |project| {
        project["rule"] = json!({ "rule": "equal", "answers": 50, "at_most": 50 });
        project["picking"] = json!({ "which": "all" });
    });
}

/// Kills the server `times` times while clients answer, then lets it end what it began.
async fn storm(program: &Path, data: &Path, journal: &Arc<Journal>, times: u32) {
    for round in 0..=times {
        let server = Running::serve(program, data);
        let clients: Vec<_> = (0..CLIENTS)
            .map(|client| {
                tokio::spawn(client::answer(
                    server.base.clone(),
                    Arc::clone(journal),
                    u64::from(round) * CLIENTS + client,
                ))
            })
            .collect();
        // Uneven, so that the kill meets every moment of a commit.
        tokio::time::sleep(Duration::from_millis(180 + u64::from(round * 97 % 311))).await;
        if round < times {
            server.kill();
            for client in clients {
                client.await.expect("a client ends when its server is gone");
            }
        } else {
            for client in clients {
                client.abort();
                let _ = client.await;
            }
            client::resend(&server.base, journal).await;
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn killed_under_load_nothing_acknowledged_is_lost() {
    let Some(program) = program() else { return };
    let data = tempfile::tempdir().unwrap();
    prepare(&program, data.path());
    let journal = Arc::new(Journal::new(data.path()));
    storm(&program, data.path(), &journal, kills()).await;

    let found = audit(&journal, data.path()).await;
    println!("{} kills: {found}", kills());
    assert!(found.receipts > u64::from(kills()) * 10, "there was load: {found}");
    assert!(found.is_clean(), "{found}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_audit_sees_each_sort_of_damage() {
    let Some(program) = program() else { return };
    let data = tempfile::tempdir().unwrap();
    prepare(&program, data.path());
    let journal = Arc::new(Journal::new(data.path()));
    storm(&program, data.path(), &journal, 1).await;
    assert!(audit(&journal, data.path()).await.is_clean());

    type Sees = fn(&Audit) -> u64;
    let one = "(SELECT id FROM answers WHERE place IS NOT NULL AND value IS NOT NULL LIMIT 1)";
    let again = |whose: &str| {
        format!(
            "INSERT INTO answers SELECT randomblob(16), project, task, 1000000, {whose}, value, \
             outcome, layer, seconds, corrections, hash, surplus, verdict, stored_at, NULL \
             FROM answers WHERE id = {one}"
        )
    };
    let damages: [(&str, String, Sees); 5] = [
        ("lost", format!("DELETE FROM answers WHERE id = {one}"), |a| a.lost),
        ("doubled", again("volunteer"), |a| a.doubled),
        (
            "changed",
            format!("UPDATE answers SET value = '{{\"text\":\"other\"}}' WHERE id = {one}"),
            |a| a.changed,
        ),
        ("foreign", again("NULL"), |a| a.foreign),
        ("tally", "UPDATE tallies SET counted = counted + 1".into(), |a| a.tallies),
    ];
    for (name, damage, sees) in damages {
        let copy = tempfile::tempdir().unwrap();
        audit::copy_database(data.path(), copy.path());
        audit::run(copy.path(), &damage).await;
        let found = audit(&journal, copy.path()).await;
        assert!(sees(&found) > 0, "{name} goes unseen: {found}");
    }
}
