//! The real program, killed under load again and again: nothing that it
//! acknowledged may be lost, doubled or changed, and every count has to fit.

mod check;
mod client;
mod ledger;

use check::{Found, check};
use client::{Client, Stage};
use ledger::Ledger;
use std::{
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};
use support::{
    drive,
    program::{self, Program},
};
use uuid::Uuid;

/// Kills in one run; `TALKOOT_KILLS` asks for another number.
const KILLS: u32 = 50;
const CLIENTS: usize = 12;
const WORDS: u32 = 1_500;

#[test]
fn killed_under_load_nothing_acknowledged_is_lost_or_doubled() {
    let Some(bin) = program::path() else { return };
    let kills = std::env::var("TALKOOT_KILLS").ok().and_then(|n| n.parse().ok()).unwrap_or(KILLS);
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path().join("data");
    let tasks = prepare(&bin, &data, folder.path());
    let database = data.join("talkoot.sqlite");

    let mut program = Program::serve(&bin, &data);
    let stage = Arc::new(Stage::new(program.address, tasks));
    let clients: Vec<_> = (0..CLIENTS)
        .map(|number| {
            let ledger = Ledger::create(&folder.path().join(format!("ledger-{number}")));
            let client = Client::new(number, Arc::clone(&stage), ledger);
            std::thread::spawn(move || client.run())
        })
        .collect();
    for kill in 0..kills {
        std::thread::sleep(Duration::from_millis(80 + u64::from(kill * 37 % 211)));
        program.kill();
        program = Program::serve(&bin, &data);
        stage.moved(program.address);
    }
    stage.finish();
    let ledgers: Vec<_> = clients
        .into_iter()
        .enumerate()
        .map(|(number, client)| {
            client.join().expect("a client ends well");
            Ledger::read(&folder.path().join(format!("ledger-{number}")))
        })
        .collect();
    let told = progress(&program);
    program.kill();

    let (sent, receipts): (usize, usize) = ledgers
        .iter()
        .fold((0, 0), |(s, r), ledger| (s + ledger.sent.len(), r + ledger.receipts.len()));
    let found = check(&database, &ledgers);
    eprintln!("{kills} kills, {sent} answers sent, {receipts} receipts: {found:?}");
    assert!(receipts > kills as usize * 10, "there was load: {receipts} receipts");
    assert_eq!(found, Found { stored: found.stored, ..Found::default() });
    assert_eq!(found.stored, sent, "in the end every answer got through");
    assert_eq!(told, found.stored as u64, "counted anew, the counter fits the answers");

    the_check_finds_what_is_broken(&database, folder.path(), &ledgers, &found);
}

/// The figure that a fault should move.
type Count = fn(&Found) -> usize;

/// The same check on copies with a fault put in: if it saw nothing there, it proved nothing.
fn the_check_finds_what_is_broken(
    database: &Path,
    folder: &Path,
    ledgers: &[Ledger],
    clean: &Found,
) {
    let one = "(SELECT id FROM answers WHERE surplus = FALSE ORDER BY id LIMIT 1)";
    let columns = "project, task, place + 100000, volunteer, value, outcome, layer, seconds, corrections, hash, TRUE, verdict, stored_at, taken_back_at";
    let twins: [(&str, String, Count); 6] = [
        ("lost", format!("DELETE FROM answers WHERE id = {one}"), |f| f.lost),
        (
            "doubled",
            format!(
                "INSERT INTO answers SELECT randomblob(16), {columns} FROM answers WHERE id = {one}"
            ),
            |f| f.doubled,
        ),
        (
            "foreign",
            format!(
                "INSERT INTO answers SELECT randomblob(16), {columns} FROM answers WHERE id = {one}"
            ),
            |f| f.foreign,
        ),
        (
            "changed",
            format!("UPDATE answers SET value = '{{\"text\":\"other\"}}' WHERE id = {one}"),
            |f| f.changed,
        ),
        (
            "tally",
            format!(
                "UPDATE tallies SET votes = votes + 1 WHERE task = (SELECT task FROM answers WHERE id = {one})"
            ),
            |f| f.tallies,
        ),
        ("surplus", format!("UPDATE answers SET surplus = TRUE WHERE id = {one}"), |f| f.tallies),
    ];
    for (name, fault, seen) in twins {
        let copy = folder.join(format!("{name}.sqlite"));
        check::copy_with(database, &copy, &fault);
        let found = check(&copy, ledgers);
        assert!(seen(&found) > seen(clean), "{name} was put in and not seen: {found:?}");
    }
}

/// A project with one page of words; gives back its tasks.
fn prepare(bin: &Path, data: &Path, folder: &Path) -> Vec<Uuid> {
    drive::write(folder, "drive", WORDS);
    let file: PathBuf = folder.join("project.json");
    program::run(bin, data, &["import", "--project", &file.display().to_string()]);
    let tasks = check::tasks(&data.join("talkoot.sqlite"));
    assert_eq!(tasks.len(), WORDS as usize);
    tasks
}

fn progress(program: &Program) -> u64 {
    let (status, body) =
        client::request(program.address, "GET", "/api/v1/projects/drive/progress", "", "")
            .expect("it answers");
    assert_eq!(status, 200);
    let progress: serde_json::Value = serde_json::from_str(&body).expect("progress");
    progress["given"].as_u64().expect("a count")
}
