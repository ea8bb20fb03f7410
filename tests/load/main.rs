//! Durable answers a second, beside a handler that only parses the same JSON.
//!
//! `cargo bench -p tests --bench load`, after `cargo dev build`. The server and
//! the handler are processes of their own; generator and all share the machine.

mod line;

use axum::{Json, Router, routing::post};
use domain::{AnswerReply, Answers};
use line::Line;
use serde_json::{Value, json};
use std::{
    collections::HashSet,
    io::{BufRead, BufReader},
    net::SocketAddr,
    path::Path,
    process::{Command, Stdio},
    sync::Arc,
    time::{Duration, Instant},
};
use support::{
    drive,
    program::{self, Program},
};
use uuid::Uuid;

const CONNECTIONS: [usize; 3] = [1, 16, 64];
const VOLUNTEERS: usize = 400;
const WORDS: u32 = 20_000;

fn main() {
    if std::env::var_os("TALKOOT_ONLY_PARSE").is_some() {
        return only_parse();
    }
    let Some(bin) = program::path() else { return };
    let seconds =
        std::env::var("TALKOOT_LOAD_SECONDS").ok().and_then(|s| s.parse().ok()).unwrap_or(6);
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime starts");
    runtime.block_on(bench(&bin, Duration::from_secs(seconds)));
}

/// The comparison: the same request, read and answered, and nothing kept.
fn only_parse() {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime starts");
    runtime.block_on(async {
        let app = Router::new().route(
            "/api/v1/answers",
            post(async |Json(body): Json<Answers>| {
                let outcomes = body.answers.into_iter().map(|answer| domain::AnswerOutcome {
                    id: answer.id,
                    status: domain::AnswerStatus::Stored,
                    verdict: domain::Judgement::Pending,
                    problem: None,
                });
                Json(AnswerReply { outcomes: outcomes.collect() })
            }),
        );
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        println!("{}", listener.local_addr().expect("an address"));
        axum::serve(listener, app).await.expect("it serves");
    });
}

async fn bench(bin: &Path, time: Duration) {
    let data = tempfile::tempdir().expect("a folder");
    let drive = tempfile::tempdir().expect("a folder");
    eprintln!("generating a drive of {WORDS} words …");
    drive::write(drive.path(), "load", WORDS);
    let file = drive.path().join("project.json");
    program::run(bin, data.path(), &["import", "--project", &file.display().to_string()]);
    let token =
        program::run(bin, data.path(), &["team", "add", "Load", "--email", "l@example.org"]);
    let server = Program::serve(bin, data.path());
    let world = Arc::new(World::meet(server.address, token.trim()).await);
    let mut parser = Command::new(std::env::current_exe().expect("this program"))
        .env("TALKOOT_ONLY_PARSE", "1")
        .stdout(Stdio::piped())
        .spawn()
        .expect("the comparison starts");
    let mut line = String::new();
    let stdout = parser.stdout.take().expect("its output is ours");
    BufReader::new(stdout).read_line(&mut line).expect("it says where it listens");
    let parser_address = line.trim().parse().expect("an address");

    println!(
        "| connections | durable answers/s | p50 ms | p99 ms | only parsed/s | p50 ms | p99 ms | ratio |"
    );
    println!("|---|---|---|---|---|---|---|---|");
    let mut receipts = HashSet::new();
    let mut results = Vec::new();
    for connections in CONNECTIONS {
        let parsed = measure(parser_address, &world, connections, time / 2).await;
        let stored = measure(server.address, &world, connections, time).await;
        println!(
            "| {connections} | {:.0} | {:.2} | {:.2} | {:.0} | {:.2} | {:.2} | {:.2} |",
            stored.rate(),
            stored.at(0.50),
            stored.at(0.99),
            parsed.rate(),
            parsed.at(0.50),
            parsed.at(0.99),
            stored.rate() / parsed.rate()
        );
        results.push(json!({
            "connections": connections, "durable_per_second": stored.rate(),
            "p50_ms": stored.at(0.50), "p99_ms": stored.at(0.99),
            "parsed_per_second": parsed.rate(), "parsed_p50_ms": parsed.at(0.50),
            "parsed_p99_ms": parsed.at(0.99),
        }));
        receipts.extend(stored.receipts);
    }
    parser.kill().expect("the comparison ends");
    parser.wait().expect("the comparison ends");
    drop(server);
    let stored = stored_ids(&data.path().join("talkoot.sqlite")).await;
    let lost = receipts.difference(&stored).count();
    println!("\n{} receipts, {} answers on disk, {lost} lost", receipts.len(), stored.len());
    println!("{}", json!({ "load": results, "receipts": receipts.len(), "lost": lost }));
    assert_eq!(lost, 0, "an acknowledged answer is not on disk");
}

/// Who sends, and what about.
struct World {
    tokens: Vec<String>,
    tasks: Vec<Uuid>,
}

impl World {
    async fn meet(address: SocketAddr, team: &str) -> Self {
        let http = reqwest::Client::new();
        let api = format!("http://{address}/api/v1");
        let mut tokens = Vec::new();
        for _ in 0..VOLUNTEERS {
            let reply = http.post(format!("{api}/volunteers")).send().await.expect("it answers");
            let reply: Value = reply.json().await.expect("a volunteer");
            tokens.push(reply["token"].as_str().expect("a token").to_owned());
        }
        let results = http
            .get(format!("{api}/projects/load/results"))
            .bearer_auth(team)
            .send()
            .await
            .expect("it answers")
            .text()
            .await
            .expect("results");
        let tasks: Vec<_> = results
            .lines()
            .map(|line| serde_json::from_str::<Value>(line).expect("a result"))
            .map(|line| line["task"].as_str().and_then(|t| t.parse().ok()).expect("a task"))
            .collect();
        assert_eq!(tasks.len(), WORDS as usize);
        Self { tokens, tasks }
    }
}

#[derive(Default)]
struct Measured {
    millis: Vec<f64>,
    seconds: f64,
    receipts: Vec<Uuid>,
}

impl Measured {
    #[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^52")]
    fn rate(&self) -> f64 {
        self.millis.len() as f64 / self.seconds
    }

    /// The time within which that share of the answers was replied to; `millis` is sorted.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::cast_precision_loss,
        reason = "counts stay far below 2^52"
    )]
    fn at(&self, share: f64) -> f64 {
        let at = (self.millis.len() as f64 * share) as usize;
        self.millis.get(at.min(self.millis.len().saturating_sub(1))).copied().unwrap_or(f64::NAN)
    }
}

async fn measure(
    address: SocketAddr,
    world: &Arc<World>,
    connections: usize,
    time: Duration,
) -> Measured {
    let began = Instant::now();
    let end = began + time;
    let workers: Vec<_> = (0..connections)
        .map(|worker| tokio::spawn(work(address, Arc::clone(world), worker, connections, end)))
        .collect();
    let mut measured = Measured::default();
    for worker in workers {
        let (millis, receipts) = worker.await.expect("a worker ends well");
        measured.millis.extend(millis);
        measured.receipts.extend(receipts);
    }
    measured.seconds = began.elapsed().as_secs_f64();
    measured.millis.sort_by(f64::total_cmp);
    measured
}

/// One connection: an answer, its receipt, the next, by one volunteer after another.
async fn work(
    address: SocketAddr,
    world: Arc<World>,
    worker: usize,
    workers: usize,
    end: Instant,
) -> (Vec<f64>, Vec<Uuid>) {
    let mut line = Line::open(address).await.expect("a connection");
    let (mut millis, mut receipts) = (Vec::new(), Vec::new());
    let mut turn = worker;
    while Instant::now() < end {
        let task = world.tasks[rand::random_range(0..world.tasks.len())];
        let token = &world.tokens[turn % world.tokens.len()];
        turn += workers;
        let id = new_id();
        let text = ["word", "words", "w0rd"][turn % 3];
        let body = format!(
            r#"{{"answers":[{{"id":"{id}","task":"{task}","value":{{"text":"{text}"}},"layer":"goal","seconds":3.25,"corrections":0}}]}}"#
        );
        let began = Instant::now();
        let (status, reply) =
            line.send("POST", "/api/v1/answers", token, &body).await.expect("a reply");
        millis.push(began.elapsed().as_secs_f64() * 1000.0);
        let reply = std::str::from_utf8(&reply).expect("text");
        assert_eq!(status, 200, "{reply}");
        assert!(reply.contains("\"stored\"") && reply.contains(&id.to_string()), "{reply}");
        receipts.push(id);
    }
    (millis, receipts)
}

fn new_id() -> Uuid {
    let now = time::OffsetDateTime::now_utc().unix_timestamp_nanos() / 1_000_000;
    let now = u64::try_from(now).expect("after 1970");
    uuid::Builder::from_unix_timestamp_millis(now, &rand::random()).into_uuid()
}

async fn stored_ids(database: &Path) -> HashSet<Uuid> {
    let options = sqlx::sqlite::SqliteConnectOptions::new().filename(database);
    let pool = sqlx::SqlitePool::connect_with(options).await.expect("the database opens");
    let clean: String =
        sqlx::query_scalar("PRAGMA integrity_check").fetch_one(&pool).await.expect("it is checked");
    assert_eq!(clean, "ok");
    let ids: Vec<Uuid> =
        sqlx::query_scalar("SELECT id FROM answers").fetch_all(&pool).await.expect("answers");
    ids.into_iter().collect()
}
