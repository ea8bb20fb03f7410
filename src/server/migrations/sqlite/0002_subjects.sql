-- Tasks that are no word of a page: their page is NULL and they have no lesson.
-- What belongs to a subject beside its picture; each is NULL where there is none.
ALTER TABLE tasks ADD COLUMN prefill TEXT;
ALTER TABLE tasks ADD COLUMN text TEXT;
ALTER TABLE tasks ADD COLUMN facts TEXT;
ALTER TABLE tasks ADD COLUMN note TEXT;

-- The same subject is taken once.
CREATE UNIQUE INDEX subjects_once ON tasks (project, external_id)
    WHERE page IS NULL AND lesson IS NULL;

-- Image services of libraries, whose tiles this server fetches and keeps. Only
-- what stands here is ever fetched for somebody who asks.
CREATE TABLE services (
    -- The name under /iiif/, made from the address.
    id          TEXT   NOT NULL PRIMARY KEY,
    url         TEXT   NOT NULL,
    -- How its tiles are named, and the size of its image.
    tiles       TEXT   NOT NULL,
    width       BIGINT NOT NULL,
    height      BIGINT NOT NULL
);
