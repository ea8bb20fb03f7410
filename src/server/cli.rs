//! The command line.

use crate::{
    config::{Config, ServeConfig},
    demo,
    error::{Error, Result},
    export,
    import::{self, Maker, Report},
    pairing::{self, File},
    serve::{Server, open},
    store::Role,
    telemetry::{self, LogFormat},
};
use clap::{Args, Parser, Subcommand};
use domain::{Fault, OffsetDateTime};
use std::{io::Write, path::PathBuf, process::ExitCode, sync::Arc};
use tokio::signal::unix::{SignalKind, signal};

/// Campaigns in which volunteers read what machines cannot.
#[derive(Parser)]
#[command(name = "talkoot", version)]
struct Cli {
    /// How log lines look.
    #[arg(long, env = "TALKOOT_LOG_FORMAT", value_enum, default_value = "text", global = true)]
    log_format: LogFormat,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Serve the app and the REST interface.
    Serve(ServeArgs),
    /// Serve with the sample drives.
    Demo(ServeArgs),
    /// Import a project file, or files into a project.
    Import(ImportArgs),
    /// Write a project's results to files.
    Export(ExportArgs),
    /// Team members.
    Team {
        #[command(subcommand)]
        command: TeamCommand,
    },
}

#[derive(Args)]
struct ServeArgs {
    #[command(flatten)]
    config: Config,
    #[command(flatten)]
    serve: ServeConfig,
}

#[derive(Args)]
struct ImportArgs {
    #[command(flatten)]
    config: Config,
    /// A project file (JSON): the project is made, and what it asks about is imported.
    #[arg(long, conflicts_with = "slug", required_unless_present = "slug")]
    project: Option<PathBuf>,
    /// The project that the files go into.
    #[arg(long, requires = "files")]
    slug: Option<String>,
    /// Texts with their images, such as page.xml page.jpg, paired by name; or images, PDFs,
    /// sounds, films, or a CSV with its images.
    files: Vec<PathBuf>,
}

#[derive(Args)]
struct ExportArgs {
    #[command(flatten)]
    config: Config,
    /// The project.
    #[arg(long)]
    slug: String,
    /// Which format: alto, csv, json or txt.
    #[arg(long)]
    format: String,
    /// The folder to write to.
    #[arg(long)]
    out: PathBuf,
    /// For csv: safe to open in a spreadsheet, at the cost of being verbatim.
    #[arg(long)]
    spreadsheet_safe: bool,
}

#[derive(Subcommand)]
enum TeamCommand {
    /// Add a team member and print their API token, once.
    Add {
        /// What people call them.
        name: String,
        /// Their e-mail address.
        #[arg(long)]
        email: String,
        /// What they may do.
        #[arg(long, value_enum, default_value = "owner")]
        role: Role,
        /// A project they belong to, by its slug; may be given more than once.
        /// Without it: every project of this installation, those to come included.
        #[arg(long)]
        project: Vec<String>,
        #[command(flatten)]
        config: Config,
    },
}

/// Runs the program.
pub fn main() -> ExitCode {
    let cli = Cli::parse();
    telemetry::log(cli.log_format);
    let runtime = match tokio::runtime::Runtime::new() {
        Ok(runtime) => runtime,
        Err(error) => {
            eprintln!("The program could not start: {error}.");
            return ExitCode::FAILURE;
        }
    };
    match runtime.block_on(run(cli.command)) {
        Ok(code) => code,
        Err(error) => {
            // People at the command line are told all of it.
            eprintln!(
                "{}",
                if error.status().is_server_error() {
                    error.to_string()
                } else {
                    error.problem().detail
                }
            );
            ExitCode::FAILURE
        }
    }
}

async fn run(command: Command) -> Result<ExitCode> {
    let now = OffsetDateTime::now_utc();
    match command {
        Command::Serve(args) => serve(args, false).await,
        Command::Demo(args) => serve(args, true).await,
        Command::Import(args) => import(args, now).await,
        Command::Export(args) => export(args, now).await,
        Command::Team { command: TeamCommand::Add { name, email, role, project, config } } => {
            add_member(&config, &name, &email, role, &project, now).await
        }
    }
}

async fn serve(args: ServeArgs, with_demo: bool) -> Result<ExitCode> {
    let (store, media) = open(&args.config).await?;
    if with_demo {
        let told = |slug: &str, report: &Report| {
            println!("drive    {slug}");
            tell(report);
        };
        let drives = demo::prepare(&store, &media, OffsetDateTime::now_utc(), told).await?;
        if drives == 0 {
            eprintln!(
                "No sample drive is built into this program; “cargo dev demo” builds them with it."
            );
        }
    }
    let mut stop = signal(SignalKind::terminate()).map_err(Error::internal)?;
    let server = Server::start_on(store, media, args.serve).await?;
    println!("listening on http://{}", server.address());
    let _ = std::io::stdout().flush();
    tracing::info!(address = %server.address(), "listening");
    tokio::select! {
        _ = stop.recv() => {}
        _ = tokio::signal::ctrl_c() => {}
    }
    tracing::info!("stopping");
    server.stop().await;
    Ok(ExitCode::SUCCESS)
}

async fn import(args: ImportArgs, now: OffsetDateTime) -> Result<ExitCode> {
    let (store, media) = open(&args.config).await?;
    let report = if let Some(path) = args.project {
        let (live, report) = import::project_file(&store, &media, &path, now).await?;
        if let Some(live) = live {
            println!("project {}: {}", live.slug, live.settings().title);
        }
        report
    } else {
        let slug = args.slug.unwrap_or_default();
        let live = store.registry().by_slug(&slug).ok_or(Error::NotFound("project"))?;
        let mut files = Vec::new();
        for path in &args.files {
            files.push(File { name: path.display().to_string(), bytes: read(path)? });
        }
        let (load, files) = pairing::sort(files)?;
        let maker = Maker::new(&media, &Arc::new(files), &live.settings());
        import::load(&store, &live, &maker, load, now).await?
    };
    tell(&report);
    store.close().await;
    Ok(if report.is_in_vain() { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

fn tell(report: &Report) {
    for page in &report.pages {
        println!("took     {} ({}): {}", page.name, page.label, page.summary);
    }
    if report.subjects > 0 {
        println!("took     {} subjects", report.subjects);
    }
    for reason in &report.skipped {
        println!("skipped  {}: {}", reason.place, reason.reason);
    }
    for reason in &report.refused {
        println!("refused  {}: {}", reason.place, reason.reason);
    }
}

async fn export(args: ExportArgs, now: OffsetDateTime) -> Result<ExitCode> {
    let (store, _) = open(&args.config).await?;
    let live = store.registry().by_slug(&args.slug).ok_or(Error::NotFound("project"))?;
    let written = export::write(&store, &live, &args.format, args.spreadsheet_safe, now).await?;
    std::fs::create_dir_all(&args.out).map_err(Error::internal)?;
    for file in &written.parsed {
        let path = args.out.join(import::base_name(&file.name));
        std::fs::write(&path, &file.bytes).map_err(Error::internal)?;
        println!("wrote    {} ({} bytes)", path.display(), file.bytes.len());
    }
    for rejected in &written.rejected {
        println!("left out {}: {}", rejected.place, rejected.reason);
    }
    store.close().await;
    Ok(ExitCode::SUCCESS)
}

async fn add_member(
    config: &Config,
    name: &str,
    email: &str,
    role: Role,
    slugs: &[String],
    now: OffsetDateTime,
) -> Result<ExitCode> {
    let fault = |told: &str| Error::Fault(Fault::new("bad-member", told));
    if name.trim().is_empty() {
        return Err(fault("A team member needs a name."));
    }
    let parts = email.split_once('@');
    if parts.is_none_or(|(who, at)| who.is_empty() || at.is_empty() || at.contains('@')) {
        return Err(fault("An e-mail address has the form name@example.org."));
    }
    let (store, _) = open(config).await?;
    let mut projects = Vec::new();
    for slug in slugs {
        let live = store.registry().by_slug(slug).ok_or(Error::NotFound("project"))?;
        projects.push(live.id.0);
    }
    let token = store.add_member(name, email, role, &projects, now).await?;
    println!("{token}");
    eprintln!("This is {name}'s API token. It is shown this once; keep it like a password.");
    store.close().await;
    Ok(ExitCode::SUCCESS)
}

fn read(path: &std::path::Path) -> Result<Vec<u8>> {
    std::fs::read(path).map_err(|error| {
        Error::Fault(Fault::new(
            "file-missing",
            format!("{} cannot be read: {error}.", path.display()),
        ))
    })
}
