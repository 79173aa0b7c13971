-- +goose Up
-- +goose StatementBegin
CREATE TABLE IF NOT EXISTS orders (
  id                 integer PRIMARY KEY AUTOINCREMENT, -- never reused
  tenant_id          integer NOT NULL REFERENCES tenants (id) ON DELETE CASCADE,

  -- What it costs, in cents.
  total              integer NOT NULL DEFAULT 0 CHECK (total >= 0),
  state              text NOT NULL DEFAULT 'open'
    CHECK (state IN ('open', 'paid', 'sent', 'returned', 'cancelled')) COLLATE nocase,
  "delivery address" DECIMAL(10,2),
  note,
  margin             real GENERATED ALWAYS AS (total * 0.1) STORED,
  CONSTRAINT uq_orders UNIQUE (tenant_id, state),
  FOREIGN KEY (tenant_id, state)
    REFERENCES tenant_states (tenant_id, state) ON DELETE RESTRICT ON UPDATE CASCADE
    DEFERRABLE INITIALLY DEFERRED,
  CHECK (
    (state = 'open' AND total > 0)
    OR (state = 'paid' AND total >= 0 AND note IS NOT NULL)
    OR state NOT IN ('open', 'paid')
  )
  -- nothing else
) STRICT, WITHOUT ROWID;
-- +goose StatementEnd
CREATE UNIQUE INDEX IF NOT EXISTS ix_orders
  ON orders (tenant_id, lower(state), total DESC)
  WHERE state <> 'cancelled';
CREATE INDEX ix_orders_of_tenants_by_state_and_total
  ON orders (tenant_id, state COLLATE nocase, total DESC)
  WHERE state NOT IN ('cancelled', 'returned');
CREATE VIEW open_orders AS
SELECT o.id, o.total*2, total  +  1 FROM orders o WHERE state = 'open';
CREATE VIEW named (a, b) AS
SELECT id, total * 2 FROM orders;
CREATE VIRTUAL TABLE search USING fts5(
  title,
  body,
  content = 'orders',
  tokenize = "porter  unicode61"
);
CREATE TRIGGER tr_orders
AFTER UPDATE OF state, total ON orders
FOR EACH ROW
WHEN new.state <> old.state AND new.total > 0
BEGIN
  UPDATE orders SET total = new.total WHERE id = new.id;
  SELECT RAISE(ABORT, 'no') WHERE new.total < 0;

  -- kept apart
  INSERT INTO log (order_id, at) VALUES (new.id, CURRENT_TIMESTAMP);
END;
ALTER TABLE orders ADD COLUMN region text NOT NULL DEFAULT 'eu' CHECK (region IN ('eu', 'us'));
PRAGMA foreign_keys = on;
-- +goose Down
DROP TABLE orders;
