//! The REST interface, through the front door: a real server on a free port
//! over a real database. The files here mirror the routes.

mod answers;
mod app;
mod campaigns;
mod documents;
mod exports;
mod iiif;
mod imports;
mod leases;
mod me;
mod media;
mod ops;
mod pages;
mod progress;
mod projects;
mod results;
mod roles;
mod subjects;
mod tables;
mod volunteers;
