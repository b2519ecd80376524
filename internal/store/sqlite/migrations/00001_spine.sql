-- Every statement of this folder is also valid on Postgres but for the type BLOB, so that sqlc reads it as the schema.
-- There is no way down: a downgrade would drop what people recorded.

-- +goose Up
-- The sessions' wrapped data keys. A row is appended, overwritten in place by as many zeros when its session is erased,
-- and never deleted: so SQLite never moves it to another page and leaves no copy behind. (In tables whose rows grow, go or
-- sort by text, it does, secure_delete or not.)
CREATE TABLE data_keys (
    id      INTEGER PRIMARY KEY,
    wrapped BLOB    NOT NULL
);

CREATE TABLE sessions (
    id           TEXT   NOT NULL PRIMARY KEY,
    participant  TEXT   NOT NULL,
    key_id       TEXT   NOT NULL,
    status       TEXT   NOT NULL,
    started_at   BIGINT NOT NULL,
    created_at   BIGINT NOT NULL,
    updated_at   BIGINT NOT NULL,
    completed_at BIGINT NOT NULL DEFAULT 0,
    next_seq     BIGINT NOT NULL DEFAULT 1,
    refused      BIGINT NOT NULL DEFAULT 0,
    plain_bytes  BIGINT NOT NULL DEFAULT 0,
    stored_bytes BIGINT NOT NULL DEFAULT 0,
    quality      BIGINT NOT NULL DEFAULT -1,
    verdict      TEXT   NOT NULL DEFAULT '',
    verdict_note BLOB,
    verdict_by   TEXT   NOT NULL DEFAULT '',
    verdict_at   BIGINT NOT NULL DEFAULT 0,
    purge_due    BIGINT NOT NULL DEFAULT 0, -- 1 while blobs of an erased session may be left
    data_key     BIGINT NOT NULL REFERENCES data_keys (id),
    header       BLOB
);

CREATE INDEX sessions_live ON sessions (id) WHERE status <> 'erased';
CREATE INDEX sessions_by_status ON sessions (status, id);
CREATE INDEX sessions_by_participant ON sessions (participant, id) WHERE status <> 'erased';
CREATE INDEX sessions_purge_due ON sessions (id) WHERE purge_due = 1;

CREATE TABLE segments (
    session     TEXT   NOT NULL REFERENCES sessions (id),
    first_seq   BIGINT NOT NULL,
    last_seq    BIGINT NOT NULL,
    refused     BIGINT NOT NULL,
    plain_bytes BIGINT NOT NULL,
    stored_at   BIGINT NOT NULL,
    body        BLOB   NOT NULL,
    PRIMARY KEY (session, last_seq)
);

CREATE TABLE screenshots (
    session      TEXT   NOT NULL REFERENCES sessions (id),
    id           TEXT   NOT NULL,
    content_hash BLOB   NOT NULL,
    media_type   TEXT   NOT NULL,
    size         BIGINT NOT NULL,
    blob_key     TEXT   NOT NULL,
    meta         BLOB   NOT NULL,
    created_at   BIGINT NOT NULL,
    PRIMARY KEY (session, id)
);

CREATE TABLE stages (
    session    TEXT   NOT NULL REFERENCES sessions (id),
    stage      TEXT   NOT NULL,
    version    BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    body       BLOB   NOT NULL,
    PRIMARY KEY (session, stage)
);

CREATE TABLE api_keys (
    id           TEXT   NOT NULL PRIMARY KEY,
    hash         BLOB   NOT NULL,
    scopes       TEXT   NOT NULL,
    name         TEXT   NOT NULL,
    participant  TEXT   NOT NULL,
    rate         TEXT   NOT NULL,
    created_at   BIGINT NOT NULL,
    expires_at   BIGINT NOT NULL,
    revoked_at   BIGINT NOT NULL,
    last_used_at BIGINT NOT NULL
);

CREATE INDEX api_keys_by_age ON api_keys (created_at, id);

-- Jobs carry ids only. A waiting job is 'ready' or, while its time has not come, 'scheduled'.
CREATE TABLE jobs (
    id           INTEGER PRIMARY KEY,
    kind         TEXT   NOT NULL,
    session      TEXT   NOT NULL,
    participant  TEXT   NOT NULL,
    priority     BIGINT NOT NULL,
    turn         BIGINT NOT NULL, -- see sqlstore's queue.go: fairness
    run_at       BIGINT NOT NULL,
    state        TEXT   NOT NULL,
    attempt      BIGINT NOT NULL DEFAULT 0,
    token        TEXT   NOT NULL DEFAULT '',
    leased_until BIGINT NOT NULL DEFAULT 0,
    last_error   TEXT   NOT NULL DEFAULT '',
    created_at   BIGINT NOT NULL,
    UNIQUE (session, kind)
);

CREATE INDEX jobs_ready ON jobs (kind, priority DESC, turn, id) WHERE state = 'ready';
CREATE INDEX jobs_ready_by_age ON jobs (run_at) WHERE state = 'ready';
CREATE INDEX jobs_scheduled ON jobs (run_at) WHERE state = 'scheduled';
CREATE INDEX jobs_leased ON jobs (leased_until) WHERE state = 'leased';
CREATE INDEX jobs_dead ON jobs (id) WHERE state = 'dead';

-- The turn that a participant's newest job was given, per class of jobs.
CREATE TABLE job_turns (
    kind        TEXT   NOT NULL,
    priority    BIGINT NOT NULL,
    participant TEXT   NOT NULL,
    turn        BIGINT NOT NULL,
    PRIMARY KEY (kind, priority, participant)
);

CREATE INDEX job_turns_by_turn ON job_turns (kind, priority, turn);
CREATE INDEX job_turns_by_participant ON job_turns (participant);

-- The turn that was leased last, per class of jobs.
CREATE TABLE job_clocks (
    kind     TEXT   NOT NULL,
    priority BIGINT NOT NULL,
    turn     BIGINT NOT NULL,
    PRIMARY KEY (kind, priority)
);

-- How many jobs wait or are leased: counted as they come and go, so that the bound costs one row and not a count.
CREATE TABLE job_depth (
    id    BIGINT NOT NULL PRIMARY KEY,
    depth BIGINT NOT NULL
);

INSERT INTO job_depth (id, depth) VALUES (1, 0);
