-- Ids are UUIDs (16 bytes), times are milliseconds since 1970, JSON is text
-- that no query looks into. Every key but those of people and of answers
-- starts with the project. An answer's key is the id that the device made.
--
-- Small rows that are found by their key lie within it (WITHOUT ROWID).

CREATE TABLE volunteers (
    id          BLOB   NOT NULL PRIMARY KEY,
    token_hash  BLOB   NOT NULL UNIQUE,
    created_at  BIGINT NOT NULL
);

CREATE TABLE members (
    id          BLOB   NOT NULL PRIMARY KEY,
    name        TEXT   NOT NULL,
    email       TEXT   NOT NULL UNIQUE,
    -- The role in every project of this installation; none where NULL.
    role        TEXT,
    token_hash  BLOB   NOT NULL UNIQUE,
    created_at  BIGINT NOT NULL
);

CREATE TABLE projects (
    id          BLOB   NOT NULL PRIMARY KEY,
    slug        TEXT   NOT NULL UNIQUE,
    settings    TEXT   NOT NULL,
    -- Goes up with every change of settings or pages, so that other processes see it.
    version     BIGINT NOT NULL,
    created_at  BIGINT NOT NULL
);

CREATE TABLE memberships (
    project     BLOB NOT NULL REFERENCES projects (id),
    member      BLOB NOT NULL REFERENCES members (id),
    role        TEXT NOT NULL,
    PRIMARY KEY (project, member)
);

CREATE TABLE imports (
    project     BLOB   NOT NULL REFERENCES projects (id),
    id          BLOB   NOT NULL,
    state       TEXT   NOT NULL,
    report      TEXT   NOT NULL,
    created_at  BIGINT NOT NULL,
    PRIMARY KEY (project, id)
);

CREATE TABLE pages (
    project     BLOB   NOT NULL REFERENCES projects (id),
    id          BLOB   NOT NULL,
    position    BIGINT NOT NULL,
    -- The text file as it came, for exports to come back to.
    name        TEXT   NOT NULL,
    format      TEXT   NOT NULL,
    source      BLOB   NOT NULL,
    source_hash BLOB   NOT NULL,
    image_name  TEXT   NOT NULL,
    image_hash  BLOB   NOT NULL,
    picture     TEXT   NOT NULL,
    unit        TEXT   NOT NULL,
    PRIMARY KEY (project, id),
    CONSTRAINT page_once UNIQUE (project, source_hash)
);

CREATE TABLE tasks (
    project     BLOB   NOT NULL REFERENCES projects (id),
    id          BLOB   NOT NULL,
    -- NULL for warm-ups, which belong to no page.
    page        BLOB,
    position    BIGINT NOT NULL,
    -- The name of the word or line within its file.
    key         TEXT   NOT NULL,
    external_id TEXT   NOT NULL,
    subject     TEXT   NOT NULL,
    ocr         TEXT,
    confidence  DOUBLE PRECISION,
    control     BOOLEAN NOT NULL,
    -- What a warm-up teaches; NULL for all other tasks.
    lesson      TEXT,
    PRIMARY KEY (project, id),
    FOREIGN KEY (project, page) REFERENCES pages (project, id)
);
CREATE UNIQUE INDEX tasks_by_id ON tasks (id);
CREATE INDEX tasks_by_page ON tasks (project, page, position);

-- One row a task that is handed out: what its answers come to.
CREATE TABLE tallies (
    project     BLOB    NOT NULL,
    task        BLOB    NOT NULL,
    page        BLOB,
    -- A random number drawn at import: the order tasks are handed out in.
    shuffle     BIGINT  NOT NULL,
    -- 0 open, 1 agreed, 2 contentious, 3 reviewed.
    status      SMALLINT NOT NULL,
    -- Answers that count plus leases that live.
    handed      INTEGER NOT NULL,
    -- Answers ever stored: the next one's place.
    places      INTEGER NOT NULL,
    votes       INTEGER NOT NULL,
    counted     INTEGER NOT NULL,
    agreement   DOUBLE PRECISION NOT NULL,
    value       TEXT,
    outcome     TEXT,
    checked     BOOLEAN NOT NULL,
    PRIMARY KEY (project, task),
    FOREIGN KEY (project, task) REFERENCES tasks (project, id)
) WITHOUT ROWID;
CREATE INDEX tallies_to_hand_out ON tallies (project, status, handed, shuffle);

CREATE TABLE answers (
    id          BLOB    NOT NULL PRIMARY KEY,
    project     BLOB    NOT NULL,
    task        BLOB    NOT NULL,
    -- The answer's number among those of its task; NULL for warm-ups.
    place       INTEGER,
    -- NULL once the volunteer asked to be erased.
    volunteer   BLOB REFERENCES volunteers (id),
    value       TEXT,
    outcome     TEXT,
    layer       TEXT,
    seconds     DOUBLE PRECISION NOT NULL,
    corrections BIGINT  NOT NULL,
    -- Of the body as it was sent: the same again is a repeat, another is refused.
    hash        BLOB    NOT NULL,
    -- Stored, but one too many to count.
    surplus     BOOLEAN NOT NULL,
    -- What the receipt said, so that a repeat says the same: 0 pending, 1 held, 2 slipped.
    verdict     SMALLINT NOT NULL,
    stored_at   BIGINT  NOT NULL,
    taken_back_at BIGINT,
    FOREIGN KEY (project, task) REFERENCES tasks (project, id),
    CONSTRAINT place_once UNIQUE (project, task, place)
) WITHOUT ROWID;
CREATE INDEX answers_by_volunteer ON answers (project, volunteer, task);

CREATE TABLE leases (
    project     BLOB   NOT NULL,
    task        BLOB   NOT NULL,
    volunteer   BLOB   NOT NULL REFERENCES volunteers (id),
    expires_at  BIGINT NOT NULL,
    PRIMARY KEY (project, task, volunteer),
    FOREIGN KEY (project, task) REFERENCES tasks (project, id)
) WITHOUT ROWID;
CREATE INDEX leases_by_end ON leases (expires_at);
