-- name: EraseSession :exec
-- Index: the primary key.
UPDATE sessions
SET participant = '', key_id = '', status = 'erased', started_at = 0, updated_at = $2, completed_at = 0,
    next_seq = 1, refused = 0, plain_bytes = 0, stored_bytes = 0, quality = -1,
    verdict = '', verdict_note = NULL, verdict_by = '', verdict_at = 0,
    purge_due = 1, header = NULL
WHERE id = $1;

-- name: OverwriteDataKey :exec
-- Index: the primary key.
UPDATE data_keys
SET wrapped = sqlc.arg(zeros)
WHERE id = sqlc.arg(id);

-- name: DeleteSegments :exec
-- Index: the primary key.
DELETE FROM segments
WHERE session = $1;

-- name: DeleteScreenshots :exec
-- Index: the primary key.
DELETE FROM screenshots
WHERE session = $1;

-- name: DeleteStages :exec
-- Index: the primary key.
DELETE FROM stages
WHERE session = $1;

-- name: DeleteJobs :many
-- Index: the unique one over session and kind.
DELETE FROM jobs
WHERE session = $1
RETURNING state;

-- name: DeleteTurns :exec
-- Index: job_turns_by_participant.
DELETE FROM job_turns
WHERE participant = $1;

-- name: MarkPurged :exec
-- Index: the primary key.
UPDATE sessions
SET purge_due = 0
WHERE id = $1;

-- name: ListUnpurged :many
-- Index: sessions_purge_due.
SELECT id
FROM sessions
WHERE purge_due = 1
ORDER BY id
LIMIT CAST(sqlc.arg(page) AS BIGINT);
