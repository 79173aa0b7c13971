-- +goose Up

-- Environments can be put away without losing what ran in them.
ALTER TABLE environments ADD COLUMN archived_at DATETIME;
ALTER TABLE environments ADD COLUMN region TEXT NOT NULL DEFAULT 'eu' CHECK (region IN ('eu', 'us', 'ap'));

CREATE INDEX idx_environments_user_id_active ON environments (user_id, created_at) WHERE archived_at IS NULL;

-- +goose Down
DROP INDEX idx_environments_user_id_active;
ALTER TABLE environments DROP COLUMN region;
ALTER TABLE environments DROP COLUMN archived_at;
