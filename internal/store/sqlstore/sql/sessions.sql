-- name: CreateSession :execrows
-- Index: the primary key.
INSERT INTO sessions (id, participant, key_id, status, started_at, created_at, updated_at, wrapped_key, header)
VALUES ($1, $2, $3, 'recording', $4, $5, $5, $6, $7)
ON CONFLICT (id) DO NOTHING;

-- name: GetSession :one
-- Index: the primary key.
SELECT *
FROM sessions
WHERE id = $1;

-- name: ListSessions :many
-- Index: sessions_live.
SELECT *
FROM sessions
WHERE status <> 'erased'
    AND id < sqlc.arg(before)
    AND created_at >= sqlc.arg(created_from)
    AND created_at < sqlc.arg(created_to)
    AND quality >= sqlc.arg(min_quality)
    AND (CAST(sqlc.arg(verdict) AS TEXT) = '' OR verdict = sqlc.arg(verdict))
ORDER BY id DESC
LIMIT CAST(sqlc.arg(page) AS BIGINT);

-- name: ListSessionsByStatus :many
-- Index: sessions_by_status.
SELECT *
FROM sessions
WHERE status = sqlc.arg(status)
    AND id < sqlc.arg(before)
    AND created_at >= sqlc.arg(created_from)
    AND created_at < sqlc.arg(created_to)
    AND quality >= sqlc.arg(min_quality)
    AND (CAST(sqlc.arg(verdict) AS TEXT) = '' OR verdict = sqlc.arg(verdict))
ORDER BY id DESC
LIMIT CAST(sqlc.arg(page) AS BIGINT);

-- name: ListSessionsByParticipant :many
-- Index: sessions_by_participant.
SELECT *
FROM sessions
WHERE status <> 'erased'
    AND participant = sqlc.arg(participant)
    AND id < sqlc.arg(before)
    AND (CAST(sqlc.arg(status) AS TEXT) = '' OR status = sqlc.arg(status))
    AND created_at >= sqlc.arg(created_from)
    AND created_at < sqlc.arg(created_to)
    AND quality >= sqlc.arg(min_quality)
    AND (CAST(sqlc.arg(verdict) AS TEXT) = '' OR verdict = sqlc.arg(verdict))
ORDER BY id DESC
LIMIT CAST(sqlc.arg(page) AS BIGINT);

-- name: ListAwaiting :many
-- Index: sessions_by_status.
SELECT *
FROM sessions
WHERE status = 'awaiting'
ORDER BY id
LIMIT CAST(sqlc.arg(page) AS BIGINT);

-- name: CompleteSession :exec
-- Index: the primary key.
UPDATE sessions
SET status = $2, completed_at = $3, updated_at = $3
WHERE id = $1;

-- name: SetStatus :execrows
-- Index: the primary key.
UPDATE sessions
SET status = $2, updated_at = $3
WHERE id = $1 AND status <> 'erased';

-- name: SetQuality :execrows
-- Index: the primary key.
UPDATE sessions
SET quality = $2
WHERE id = $1 AND status <> 'erased';

-- name: SetVerdict :execrows
-- Index: the primary key.
UPDATE sessions
SET verdict = $2, verdict_note = $3, verdict_by = $4, verdict_at = $5, updated_at = $5
WHERE id = $1 AND status <> 'erased';

-- name: ListParticipants :many
-- Index: sessions_by_participant, which groups as it is read.
SELECT participant, CAST(COUNT(*) AS BIGINT) AS sessions, CAST(MAX(updated_at) AS BIGINT) AS last_seen
FROM sessions
WHERE status <> 'erased' AND participant > sqlc.arg(after)
GROUP BY participant
ORDER BY participant
LIMIT CAST(sqlc.arg(page) AS BIGINT);
