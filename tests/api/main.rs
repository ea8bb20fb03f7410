//! The API, through the front door.
