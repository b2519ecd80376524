-- name: CreateKey :execrows
-- Index: the primary key.
INSERT INTO api_keys (id, hash, scopes, name, participant, rate, created_at, expires_at, revoked_at, last_used_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
ON CONFLICT (id) DO NOTHING;

-- name: GetKey :one
-- Index: the primary key.
SELECT *
FROM api_keys
WHERE id = $1;

-- name: ListKeys :many
-- Index: api_keys_by_age, read whole: keys are listed all at once.
SELECT *
FROM api_keys
WHERE created_at >= 0
ORDER BY created_at DESC, id DESC;

-- name: RevokeKey :execrows
-- Index: the primary key.
UPDATE api_keys
SET revoked_at = CASE WHEN revoked_at = 0 THEN sqlc.arg(at) ELSE revoked_at END
WHERE id = sqlc.arg(id);

-- name: TouchKey :exec
-- Index: the primary key.
UPDATE api_keys
SET last_used_at = sqlc.arg(at)
WHERE id = sqlc.arg(id) AND last_used_at < sqlc.arg(at);
