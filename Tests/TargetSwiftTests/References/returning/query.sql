-- The table's struct: `note` and `created_at` are optional in it.
-- name: Create :one
INSERT INTO agents (name, note) VALUES (?, 'new') RETURNING *;

-- What is proven of the row that is written here.
-- name: CreateProven :one
-- row: own
INSERT INTO agents (name, note) VALUES (?, 'new') RETURNING *;

-- name: CreateBare :one
INSERT INTO agents (name) VALUES (?) RETURNING id, note, created_at;

-- name: Annotate :one
UPDATE agents SET note = @note || '!' WHERE id = @id RETURNING note;

-- name: NameAgent :one
INSERT INTO named (name, remark) VALUES (?, ?) RETURNING name, remark;

-- name: Own :many
-- row: own
SELECT * FROM agents;
