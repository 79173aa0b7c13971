-- +goose Up
-- Things for sale.
-- Never deleted: see `gone_at`.
CREATE TABLE items (
  id INTEGER PRIMARY KEY, -- Given by the shop.
  -- As customers read it.
  name TEXT NOT NULL,
  price REAL NOT NULL CHECK (price >= 0), /* In euros, with tax. */ weight REAL, -- In grams.

  -- A remark on the columns below, parted by an empty line.

  note TEXT,
  /*
   * When it left the shop.
   * Absent while it is there.
   */
  gone_at DATETIME -- UTC
);

-- A ruler and a remark that belong to nothing.

CREATE TABLE plain (id INTEGER PRIMARY KEY, a TEXT /* the first */, b TEXT); -- Behind a table.
CREATE TABLE next (id INTEGER PRIMARY KEY);
-- What is still there.
CREATE VIEW present AS SELECT id, name FROM items WHERE gone_at IS NULL;
ALTER TABLE items ADD COLUMN color TEXT; -- A name from the palette.
