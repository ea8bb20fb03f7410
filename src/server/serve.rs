//! The running server: started, listening, stopped.

use crate::{
    config::{Config, ServeConfig},
    error::{Error, Result},
    fetch::Fetcher,
    guard::{Known, Rates},
    media::Media,
    routes,
    store::{Role, Store},
    telemetry,
};
use axum::serve::ListenerExt;
use metrics_exporter_prometheus::PrometheusHandle;
use std::{net::SocketAddr, path::Path, sync::Arc, time::Duration};
use tokio::{
    net::TcpListener,
    sync::{Semaphore, watch},
    task::JoinHandle,
};

/// Everything that handlers share.
pub struct App {
    /// How to serve.
    pub(crate) config: ServeConfig,
    pub(crate) store: Store,
    pub(crate) media: Media,
    pub(crate) known: Known,
    pub(crate) rates: Rates,
    pub(crate) figures: PrometheusHandle,
    /// Turns true when the program is to stop: live events end then.
    pub(crate) stopping: watch::Receiver<bool>,
    /// Places for those who listen to live events.
    pub(crate) listeners: Arc<Semaphore>,
}

/// Most listeners to live events; they are the first thing to be shed.
const LISTENERS: usize = 5_000;
/// How long requests may take to finish once the program is to stop.
const PATIENCE: Duration = Duration::from_secs(8);

/// A server that is listening.
pub struct Server {
    address: SocketAddr,
    stop: watch::Sender<bool>,
    task: JoinHandle<()>,
    app: Arc<App>,
}

/// Opens the store and the pictures of a data folder.
pub(crate) async fn open(config: &Config) -> Result<(Store, Media)> {
    std::fs::create_dir_all(&config.data).map_err(Error::internal)?;
    let store = Store::open(&config.database_path()?).await?;
    let media =
        Media::folder(&config.data.join("media"), Fetcher::new(config.allow_private_fetch))?;
    Ok((store, media))
}

impl Server {
    /// Starts a server on a data folder.
    pub async fn start(config: &Config, serve: ServeConfig) -> Result<Self> {
        let (store, media) = open(config).await?;
        Self::start_on(store, media, serve).await
    }

    pub(crate) async fn start_on(store: Store, media: Media, config: ServeConfig) -> Result<Self> {
        let listener = TcpListener::bind(config.listen).await.map_err(|error| {
            Error::Internal(format!("{} cannot be listened on: {error}.", config.listen))
        })?;
        let address = listener.local_addr().map_err(Error::internal)?;
        let (stop, stopping) = watch::channel(false);
        let app = Arc::new(App {
            rates: Rates::new(config.device_rate),
            config,
            store,
            media,
            known: Known::default(),
            figures: telemetry::figures(),
            stopping: stopping.clone(),
            listeners: Arc::new(Semaphore::new(LISTENERS)),
        });
        tokio::spawn(keep_up(Arc::clone(&app)));
        let router = routes::router(&app).into_make_service_with_connect_info::<SocketAddr>();
        let listener = listener.tap_io(|stream| {
            // Small replies must not wait for more to send.
            let _ = stream.set_nodelay(true);
        });
        let task = tokio::spawn(async move {
            let ended = axum::serve(listener, router).with_graceful_shutdown(until(stopping)).await;
            if let Err(error) = ended {
                tracing::error!(%error, "the server ended");
            }
        });
        Ok(Self { address, stop, task, app })
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Adds a team member, as `talkoot team add` does, and gives back their token.
    pub async fn add_member(
        &self,
        name: &str,
        email: &str,
        role: Role,
        slugs: &[&str],
    ) -> Result<String> {
        let mut projects = Vec::new();
        for slug in slugs {
            let live = self.app.store.registry().by_slug(slug);
            projects.push(live.ok_or(Error::NotFound("project"))?.id.0);
        }
        let now = time::OffsetDateTime::now_utc();
        self.app.store.add_member(name, email, role, &projects, now).await
    }

    /// Imports a project file, as `talkoot import --project` does, and gives back the report.
    pub async fn import_project(&self, file: &Path) -> Result<serde_json::Value> {
        let now = time::OffsetDateTime::now_utc();
        let (store, media) = (&self.app.store, &self.app.media);
        let (_, report) = crate::import::project_file(store, media, file, now).await?;
        serde_json::to_value(report).map_err(Error::internal)
    }

    /// Stops: no new connections, live events end, requests under way finish,
    /// everything is on disk. Takes 10 seconds at the most.
    pub async fn stop(mut self) {
        self.stop.send_replace(true);
        if tokio::time::timeout(PATIENCE, &mut self.task).await.is_err() {
            tracing::warn!("some connections did not end by themselves and were cut");
            self.task.abort();
        }
        if tokio::time::timeout(Duration::from_millis(1500), self.app.store.close()).await.is_err()
        {
            tracing::warn!(
                "the database did not close in time; it repairs itself at the next start"
            );
        }
    }
}

async fn until(mut stopping: watch::Receiver<bool>) {
    // An error means that the server itself is gone, which is a stop as well.
    let _ = stopping.wait_for(|stop| *stop).await;
}

/// What has to be done again and again: tell progress, end old leases, take in
/// what another process changed.
async fn keep_up(app: Arc<App>) {
    let mut every = tokio::time::interval(Duration::from_secs(1));
    every.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    let mut stopping = app.stopping.clone();
    let mut seconds: u64 = 0;
    loop {
        tokio::select! {
            _ = every.tick() => {}
            _ = stopping.wait_for(|stop| *stop) => return,
        }
        app.store.registry().publish();
        seconds += 1;
        if seconds.is_multiple_of(2)
            && let Err(error) = app.store.refresh().await
        {
            tracing::warn!(%error, "projects could not be looked up");
        }
        if seconds.is_multiple_of(30)
            && let Err(error) = app.store.end_old_leases(time::OffsetDateTime::now_utc()).await
        {
            tracing::warn!(%error, "old leases could not be ended");
        }
    }
}
