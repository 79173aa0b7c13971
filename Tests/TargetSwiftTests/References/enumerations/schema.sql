CREATE TABLE jobs (
  id INTEGER PRIMARY KEY,
  status TEXT NOT NULL CHECK (status IN ('new', 'in progress', 'done', 'in-progress', '', '+', '1st', 'default', 'self', 'init', 'rawValue', 'Straße', 'say "hi"\')),
  level TEXT CHECK (level IN ('low', 'HIGH', 'high')),
  plain TEXT NOT NULL CHECK (plain IN ('a', 'b'))
);
