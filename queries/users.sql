-- name: CreateUser :one
-- Creates a user. The address must not be taken, whatever its case.
INSERT INTO users (email, display_name) VALUES (?, ?) RETURNING *;

-- name: GetUser :one
SELECT * FROM users WHERE id = ? AND deleted_at IS NULL;

-- name: FindUserByEmail :one
-- Addresses are compared without regard to case: the column says so.
SELECT * FROM users WHERE email = @email;

-- sqlc:ignore safety/offset-pagination: administrators go to a page by its number
-- name: ListUsers :many
-- A page of users, newest first.
SELECT id, email, display_name, is_admin, created_at
FROM users
WHERE deleted_at IS NULL
ORDER BY created_at DESC, id DESC
LIMIT ? OFFSET ?;

-- sqlc:ignore safety/leading-wildcard: there are few users, and parts of names are searched for
-- name: SearchUsers :many
-- Users whose name or address contains the words.
SELECT id, email, display_name
FROM users
WHERE deleted_at IS NULL
  AND (display_name LIKE '%' || @words || '%' OR email LIKE '%' || @words || '%')
ORDER BY display_name;

-- name: RenameUser :execrows
UPDATE users
SET display_name = @display_name, updated_at = CURRENT_TIMESTAMP
WHERE id = @id AND deleted_at IS NULL;

-- name: SetUserAPIKey :exec
UPDATE users SET api_key_hash = ?, updated_at = CURRENT_TIMESTAMP WHERE id = ?;

-- sqlc:ignore time/stale-updated-at: to be seen is no change
-- name: TouchUser :exec
UPDATE users SET last_seen_at = ?2 WHERE id = ?1;

-- name: SoftDeleteUser :one
-- Marks the user as deleted and says when.
UPDATE users
SET deleted_at = CURRENT_TIMESTAMP, updated_at = CURRENT_TIMESTAMP
WHERE id = ? AND deleted_at IS NULL
RETURNING deleted_at;

-- name: PurgeDeletedUsers :execrows
DELETE FROM users WHERE deleted_at < @before;

-- name: CountUsersByRole :many
SELECT is_admin, count(*) AS users
FROM users
WHERE deleted_at IS NULL
GROUP BY is_admin
ORDER BY is_admin;

-- name: InsertUserID :execlastid
-- Creates a user and gives back only the key.
INSERT INTO users (email, display_name, is_admin) VALUES (@email, @display_name, @is_admin);
