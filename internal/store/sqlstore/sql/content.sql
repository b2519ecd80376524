-- name: AdvanceSession :execrows
-- Index: the primary key. The one conditional update that makes the sequence gapless whoever appends.
UPDATE sessions
SET next_seq = sqlc.arg(next_seq),
    refused = refused + sqlc.arg(refused),
    plain_bytes = plain_bytes + sqlc.arg(plain_bytes),
    stored_bytes = stored_bytes + sqlc.arg(stored_bytes),
    updated_at = sqlc.arg(at)
WHERE id = sqlc.arg(session) AND next_seq = sqlc.arg(first_seq) AND status = 'recording';

-- name: InsertSegment :exec
-- Index: the primary key.
INSERT INTO segments (session, first_seq, last_seq, refused, plain_bytes, stored_at, body)
VALUES ($1, $2, $3, $4, $5, $6, $7);

-- name: ListSegments :many
-- Index: the primary key.
SELECT *
FROM segments
WHERE session = sqlc.arg(session) AND last_seq > sqlc.arg(after)
ORDER BY last_seq
LIMIT CAST(sqlc.arg(page) AS BIGINT);

-- name: InsertScreenshot :execrows
-- Index: the primary keys of both tables.
INSERT INTO screenshots (session, id, content_hash, media_type, size, blob_key, meta, created_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
ON CONFLICT (session, id) DO NOTHING;

-- name: GetScreenshot :one
-- Index: the primary key.
SELECT *
FROM screenshots
WHERE session = $1 AND id = $2;

-- name: ListScreenshots :many
-- Index: the primary key.
SELECT *
FROM screenshots
WHERE session = $1
ORDER BY id;

-- name: PutStage :exec
-- Index: the primary key.
INSERT INTO stages (session, stage, version, created_at, body)
VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (session, stage) DO UPDATE
SET version = excluded.version, created_at = excluded.created_at, body = excluded.body;

-- name: GetStage :one
-- Index: the primary key.
SELECT *
FROM stages
WHERE session = $1 AND stage = $2;

-- name: ListStages :many
-- Index: the primary key.
SELECT *
FROM stages
WHERE session = $1
ORDER BY stage;
