-- name: InsertDataKey :one
-- Index: the primary key.
INSERT INTO data_keys (wrapped)
VALUES ($1)
RETURNING id;

-- name: InsertSession :exec
-- Index: the primary key.
INSERT INTO sessions (id, participant, key_id, status, started_at, created_at, updated_at, data_key, header)
VALUES ($1, $2, $3, 'recording', $4, $5, $5, $6, $7);

-- name: GetSession :one
-- Index: the primary key.
SELECT sqlc.embed(sessions), data_keys.wrapped
FROM sessions
JOIN data_keys ON data_keys.id = sessions.data_key
WHERE sessions.id = $1;

-- name: ListSessions :many
-- Index: sessions_live.
SELECT sqlc.embed(sessions), data_keys.wrapped
FROM sessions
JOIN data_keys ON data_keys.id = sessions.data_key
WHERE sessions.status <> 'erased'
    AND sessions.id < sqlc.arg(before)
    AND sessions.created_at >= sqlc.arg(created_from)
    AND sessions.created_at < sqlc.arg(created_to)
    AND sessions.quality >= sqlc.arg(min_quality)
    AND (CAST(sqlc.arg(verdict) AS TEXT) = '' OR sessions.verdict = sqlc.arg(verdict))
ORDER BY sessions.id DESC
LIMIT CAST(sqlc.arg(page) AS BIGINT);

-- name: ListSessionsByStatus :many
-- Index: sessions_by_status.
SELECT sqlc.embed(sessions), data_keys.wrapped
FROM sessions
JOIN data_keys ON data_keys.id = sessions.data_key
WHERE sessions.status = sqlc.arg(status)
    AND sessions.id < sqlc.arg(before)
    AND sessions.created_at >= sqlc.arg(created_from)
    AND sessions.created_at < sqlc.arg(created_to)
    AND sessions.quality >= sqlc.arg(min_quality)
    AND (CAST(sqlc.arg(verdict) AS TEXT) = '' OR sessions.verdict = sqlc.arg(verdict))
ORDER BY sessions.id DESC
LIMIT CAST(sqlc.arg(page) AS BIGINT);

-- name: ListSessionsByParticipant :many
-- Index: sessions_by_participant.
SELECT sqlc.embed(sessions), data_keys.wrapped
FROM sessions
JOIN data_keys ON data_keys.id = sessions.data_key
WHERE sessions.status <> 'erased'
    AND sessions.participant = sqlc.arg(participant)
    AND sessions.id < sqlc.arg(before)
    AND (CAST(sqlc.arg(status) AS TEXT) = '' OR sessions.status = sqlc.arg(status))
    AND sessions.created_at >= sqlc.arg(created_from)
    AND sessions.created_at < sqlc.arg(created_to)
    AND sessions.quality >= sqlc.arg(min_quality)
    AND (CAST(sqlc.arg(verdict) AS TEXT) = '' OR sessions.verdict = sqlc.arg(verdict))
ORDER BY sessions.id DESC
LIMIT CAST(sqlc.arg(page) AS BIGINT);

-- name: ListAwaiting :many
-- Index: sessions_by_status.
SELECT sqlc.embed(sessions), data_keys.wrapped
FROM sessions
JOIN data_keys ON data_keys.id = sessions.data_key
WHERE sessions.status = 'awaiting'
ORDER BY sessions.id
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
