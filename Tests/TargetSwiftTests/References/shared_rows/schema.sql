CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT NOT NULL, email TEXT);
CREATE TABLE teams (id INTEGER PRIMARY KEY, name TEXT NOT NULL, lead_id INTEGER REFERENCES users (id));
CREATE TABLE members (
  team_id INTEGER NOT NULL REFERENCES teams (id), user_id INTEGER NOT NULL REFERENCES users (id),
  role TEXT NOT NULL CHECK (role IN ('guest', 'owner')),
  PRIMARY KEY (team_id, user_id)
);
CREATE VIEW owners AS SELECT u.id, u.name, u.email FROM users u JOIN members m ON m.user_id = u.id AND m.role = 'owner';
