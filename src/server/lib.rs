//! The REST backend: routes, store, imports, exports, and the app's files.
