//! Who is asking, whether the request is their own doing, and how often they ask.

use crate::{
    App,
    error::{Error, Result},
    registry::Live,
    store::{Member, Role},
};
use axum::{
    extract::{ConnectInfo, FromRequestParts, Request, State},
    http::{HeaderMap, Method, header, request::Parts},
    middleware::Next,
    response::{IntoResponse, Response},
};
use domain::{ProjectState, VolunteerId};
use std::{
    collections::HashMap,
    net::{IpAddr, SocketAddr},
    sync::{Arc, Mutex, PoisonError, RwLock},
    time::Instant,
};

/// A volunteer who is asking.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Volunteer(pub(crate) VolunteerId);

/// A volunteer, where one is named.
#[derive(Clone, Copy, Debug)]
pub(crate) struct MaybeVolunteer(pub(crate) Option<VolunteerId>);

/// A team member who is asking.
#[derive(Clone, Debug)]
pub(crate) struct Team(pub(crate) Member);

/// A team member, where one is named.
#[derive(Clone, Debug)]
pub(crate) struct MaybeTeam(pub(crate) Option<Member>);

impl Team {
    /// Lets a member of the project with at least that role pass. Who is no
    /// member is not told whether there is such a project.
    pub(crate) fn allow(&self, live: &Live, least: Role) -> Result<()> {
        match self.0.role_in(live.id.0) {
            None => Err(Error::NotFound("project of yours")),
            Some(role) if role < least => {
                Err(Error::Forbidden("Your role in this project does not include that."))
            }
            Some(_) => Ok(()),
        }
    }
}

impl MaybeTeam {
    /// Whether this caller may know of the project.
    pub(crate) fn sees(&self, live: &Live) -> bool {
        live.settings().state != ProjectState::Draft
            || self.0.as_ref().is_some_and(|member| member.role_in(live.id.0).is_some())
    }
}

fn bearer(headers: &HeaderMap) -> Option<&str> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

/// The cookie's name: browsers keep a `__Host-` one to this very host over https.
pub(crate) fn cookie_name(secure: bool) -> &'static str {
    if secure { "__Host-talkoot" } else { "talkoot" }
}

fn cookie<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(key, _)| *key == name)
        .map(|(_, value)| value)
}

impl FromRequestParts<Arc<App>> for MaybeVolunteer {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self> {
        let headers = &parts.headers;
        let token = match bearer(headers) {
            Some(token) => {
                if !token.starts_with("tv_") {
                    return Ok(Self(None));
                }
                Some(token)
            }
            None => cookie(headers, cookie_name(app.config.secure())),
        };
        let Some(token) = token else { return Ok(Self(None)) };
        let found = app.known.volunteer(app, token).await?;
        if found.is_none() && bearer(headers).is_some() {
            return Err(Error::NotSignedIn);
        }
        if let Some(volunteer) = found {
            app.rates.device(volunteer)?;
        }
        Ok(Self(found))
    }
}

impl FromRequestParts<Arc<App>> for Volunteer {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self> {
        let MaybeVolunteer(volunteer) = MaybeVolunteer::from_request_parts(parts, app).await?;
        volunteer.map(Self).ok_or(Error::NotSignedIn)
    }
}

impl FromRequestParts<Arc<App>> for MaybeTeam {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self> {
        match bearer(&parts.headers) {
            Some(token) if token.starts_with("tt_") => Ok(Self(app.store.member_of(token).await?)),
            _ => Ok(Self(None)),
        }
    }
}

impl FromRequestParts<Arc<App>> for Team {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self> {
        let MaybeTeam(member) = MaybeTeam::from_request_parts(parts, app).await?;
        if let Some(member) = member {
            return Ok(Self(member));
        }
        let MaybeVolunteer(volunteer) = MaybeVolunteer::from_request_parts(parts, app).await?;
        Err(if volunteer.is_some() {
            Error::Forbidden("This is for the project's team: send a team member's token.")
        } else {
            Error::NotSignedIn
        })
    }
}

/// Refuses changes that another site makes a browser send.
pub(crate) async fn own_doing(
    State(app): State<Arc<App>>,
    request: Request,
    next: Next,
) -> Response {
    match check_own_doing(&app, &request) {
        Ok(()) => next.run(request).await,
        Err(error) => error.into_response(),
    }
}

fn check_own_doing(app: &App, request: &Request) -> Result<()> {
    let headers = request.headers();
    if matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS) {
        return Ok(());
    }
    // A program that sends its token by hand is not made to by another site.
    if bearer(headers).is_some() {
        return Ok(());
    }
    let site = headers.get("sec-fetch-site").and_then(|v| v.to_str().ok());
    if site.is_some_and(|site| site != "same-origin" && site != "none") {
        return Err(Error::Forbidden("This came from another site, so it was not done."));
    }
    let by_cookie = cookie(headers, cookie_name(app.config.secure())).is_some();
    if by_cookie && headers.get("x-talkoot").is_none_or(|v| v != "1") {
        return Err(Error::Forbidden("Changes by cookie need the header “X-Talkoot: 1”."));
    }
    Ok(())
}

/// Volunteers by the hash of their token, so that a known device asks no database.
#[derive(Default)]
pub(crate) struct Known {
    volunteers: RwLock<HashMap<blake3::Hash, VolunteerId>>,
}

/// Devices remembered; beyond that all are forgotten and asked for again.
const REMEMBERED: usize = 200_000;

impl Known {
    async fn volunteer(&self, app: &App, token: &str) -> Result<Option<VolunteerId>> {
        let key = blake3::hash(token.as_bytes());
        let known =
            self.volunteers.read().unwrap_or_else(PoisonError::into_inner).get(&key).copied();
        if known.is_some() {
            return Ok(known);
        }
        let found = app.store.volunteer_of(token).await?;
        if let Some(volunteer) = found {
            let mut known = self.volunteers.write().unwrap_or_else(PoisonError::into_inner);
            if known.len() >= REMEMBERED {
                known.clear();
            }
            known.insert(key, volunteer);
        }
        Ok(found)
    }

    /// Forgets a volunteer who asked to be erased.
    pub(crate) fn forget(&self, volunteer: VolunteerId) {
        self.volunteers
            .write()
            .unwrap_or_else(PoisonError::into_inner)
            .retain(|_, known| *known != volunteer);
    }
}

/// How often a device and a network may ask. Kept in memory only, and of a
/// network's address only a hash under a key that dies with the process.
pub(crate) struct Rates {
    key: [u8; 32],
    per_device: f64,
    devices: Mutex<HashMap<VolunteerId, Bucket>>,
    networks: Mutex<HashMap<blake3::Hash, Bucket>>,
}

#[derive(Clone, Copy)]
struct Bucket {
    left: f64,
    at: Instant,
}

/// New volunteers a second from one network: a whole school comes at once.
const NEWCOMERS: f64 = 50.0;
/// How many seconds' worth may come in one burst.
const BURST: f64 = 20.0;

impl Rates {
    /// Limits with `per_device` requests a second from one device.
    pub(crate) fn new(per_device: u32) -> Self {
        Self {
            key: rand::random(),
            per_device: f64::from(per_device),
            devices: Mutex::default(),
            networks: Mutex::default(),
        }
    }

    fn device(&self, volunteer: VolunteerId) -> Result<()> {
        spend(&self.devices, volunteer, self.per_device, Instant::now())
    }

    /// One more new volunteer from that address.
    pub(crate) fn newcomer(&self, address: Option<IpAddr>) -> Result<()> {
        let Some(address) = address else { return Ok(()) };
        let network = match address {
            IpAddr::V4(v4) => v4.octets().to_vec(),
            // One household or school has a whole /64.
            IpAddr::V6(v6) => v6.octets()[..8].to_vec(),
        };
        let key = blake3::keyed_hash(&self.key, &network);
        spend(&self.networks, key, NEWCOMERS, Instant::now())
    }
}

fn spend<K: std::hash::Hash + Eq>(
    buckets: &Mutex<HashMap<K, Bucket>>,
    key: K,
    rate: f64,
    now: Instant,
) -> Result<()> {
    let mut buckets = buckets.lock().unwrap_or_else(PoisonError::into_inner);
    if buckets.len() >= REMEMBERED {
        // Those that have filled up again are as good as new.
        buckets
            .retain(|_, b| b.left + now.duration_since(b.at).as_secs_f64() * rate < rate * BURST);
    }
    let bucket = buckets.entry(key).or_insert(Bucket { left: rate * BURST, at: now });
    let since = now.duration_since(bucket.at).as_secs_f64();
    bucket.left = (bucket.left + since * rate).min(rate * BURST);
    bucket.at = now;
    if bucket.left < 1.0 {
        metrics::counter!("talkoot_rate_limited_total").increment(1);
        return Err(Error::TooMany { after: 1 });
    }
    bucket.left -= 1.0;
    Ok(())
}

/// The caller's address, only ever used for rate limits.
pub(crate) struct Address(pub(crate) Option<IpAddr>);

impl FromRequestParts<Arc<App>> for Address {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, _: &Arc<App>) -> Result<Self> {
        Ok(Self(parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip())))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn a_burst_passes_and_a_flood_is_told_to_wait() {
        let buckets = Mutex::default();
        let start = Instant::now();
        let passed = (0..1000).filter(|_| spend(&buckets, 1, 10.0, start).is_ok()).count();
        assert_eq!(passed, 200);
        assert!(spend(&buckets, 2, 10.0, start).is_ok(), "others are not concerned");
        assert!(spend(&buckets, 1, 10.0, start + Duration::from_secs(1)).is_ok());
    }

    #[test]
    fn the_right_cookie_is_found_among_others() {
        let mut headers = HeaderMap::new();
        headers.insert(header::COOKIE, "a=1; talkoot=tv_2; xtalkoot=3".parse().unwrap());
        assert_eq!(cookie(&headers, "talkoot"), Some("tv_2"));
        assert_eq!(cookie(&headers, "__Host-talkoot"), None);
    }
}
