-- name: InsertJob :exec
-- Index: the unique one over session and kind.
INSERT INTO jobs (kind, session, participant, priority, turn, run_at, state, created_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8);

-- name: GetJobOf :one
-- Index: the unique one over session and kind.
SELECT *
FROM jobs
WHERE session = $1 AND kind = $2;

-- name: GetJob :one
-- Index: the primary key.
SELECT *
FROM jobs
WHERE id = $1;

-- name: ReadyScheduled :exec
-- Index: jobs_scheduled.
UPDATE jobs
SET state = 'ready'
WHERE state = 'scheduled' AND run_at <= sqlc.arg(now);

-- name: ReadyExpired :exec
-- Index: jobs_leased.
UPDATE jobs
SET state = 'ready', token = '', leased_until = 0
WHERE state = 'leased' AND leased_until <= sqlc.arg(now);

-- name: NextJob :one
-- Index: jobs_ready, its first entry.
SELECT *
FROM jobs
WHERE state = 'ready' AND kind = $1
ORDER BY priority DESC, turn, id
LIMIT 1;

-- name: LeaseJob :execrows
-- Index: the primary key.
UPDATE jobs
SET state = 'leased', attempt = attempt + 1, token = $2, leased_until = $3
WHERE id = $1 AND state = 'ready';

-- name: ExtendJob :execrows
-- Index: the primary key.
UPDATE jobs
SET leased_until = sqlc.arg(until)
WHERE id = sqlc.arg(id) AND state = 'leased' AND token = sqlc.arg(token) AND leased_until > sqlc.arg(now);

-- name: FinishJob :execrows
-- Index: the primary key.
DELETE FROM jobs
WHERE id = sqlc.arg(id) AND state = 'leased' AND token = sqlc.arg(token) AND leased_until > sqlc.arg(now);

-- name: RetryJob :execrows
-- Index: the primary key.
UPDATE jobs
SET state = 'scheduled', token = '', leased_until = 0,
    run_at = sqlc.arg(run_at), turn = sqlc.arg(turn), last_error = sqlc.arg(last_error)
WHERE id = sqlc.arg(id) AND state = 'leased' AND token = sqlc.arg(token) AND leased_until > sqlc.arg(now);

-- name: ReleaseJob :execrows
-- Index: the primary key.
UPDATE jobs
SET state = 'ready', token = '', leased_until = 0, attempt = attempt - 1
WHERE id = sqlc.arg(id) AND state = 'leased' AND token = sqlc.arg(token) AND leased_until > sqlc.arg(now);

-- name: BuryJob :execrows
-- Index: the primary key.
UPDATE jobs
SET state = 'dead', token = '', leased_until = 0, last_error = sqlc.arg(last_error)
WHERE id = sqlc.arg(id) AND state = 'leased' AND token = sqlc.arg(token) AND leased_until > sqlc.arg(now);

-- name: ReviveJob :execrows
-- Index: the primary key.
UPDATE jobs
SET state = sqlc.arg(state), attempt = 0, run_at = sqlc.arg(run_at), turn = sqlc.arg(turn)
WHERE id = sqlc.arg(id) AND state = 'dead';

-- name: ListDead :many
-- Index: jobs_dead.
SELECT *
FROM jobs
WHERE state = 'dead' AND id > sqlc.arg(after)
ORDER BY id
LIMIT CAST(sqlc.arg(page) AS BIGINT);

-- name: GetTurn :one
-- Index: the primary key.
SELECT turn
FROM job_turns
WHERE kind = $1 AND priority = $2 AND participant = $3;

-- name: PutTurn :exec
-- Index: the primary key.
INSERT INTO job_turns (kind, priority, participant, turn)
VALUES ($1, $2, $3, $4)
ON CONFLICT (kind, priority, participant) DO UPDATE
SET turn = excluded.turn;

-- name: ForgetTurns :exec
-- Index: job_turns_by_turn.
DELETE FROM job_turns
WHERE kind = $1 AND priority = $2 AND turn < $3;

-- name: GetClock :one
-- Index: the primary key.
SELECT turn
FROM job_clocks
WHERE kind = $1 AND priority = $2;

-- name: PutClock :exec
-- Index: the primary key.
INSERT INTO job_clocks (kind, priority, turn)
VALUES ($1, $2, $3)
ON CONFLICT (kind, priority) DO UPDATE
SET turn = excluded.turn;

-- name: GetDepth :one
-- Index: the primary key.
SELECT depth
FROM job_depth
WHERE id = 1;

-- name: AddDepth :exec
-- Index: the primary key.
UPDATE job_depth
SET depth = depth + sqlc.arg(change)
WHERE id = 1;

-- name: CountReady :one
-- Index: jobs_ready_by_age.
SELECT CAST(COUNT(*) AS BIGINT)
FROM jobs
WHERE state = 'ready';

-- name: CountScheduled :one
-- Index: jobs_scheduled.
SELECT CAST(COUNT(*) AS BIGINT)
FROM jobs
WHERE state = 'scheduled';

-- name: CountLeased :one
-- Index: jobs_leased.
SELECT CAST(COUNT(*) AS BIGINT)
FROM jobs
WHERE state = 'leased';

-- name: CountDead :one
-- Index: jobs_dead.
SELECT CAST(COUNT(*) AS BIGINT)
FROM jobs
WHERE state = 'dead';

-- name: OldestReady :one
-- Index: jobs_ready_by_age, its first entry.
SELECT run_at
FROM jobs
WHERE state = 'ready'
ORDER BY run_at
LIMIT 1;

-- name: OldestScheduled :one
-- Index: jobs_scheduled, its first entry.
SELECT run_at
FROM jobs
WHERE state = 'scheduled'
ORDER BY run_at
LIMIT 1;
