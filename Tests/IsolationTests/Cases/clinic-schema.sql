-- Clinics in one database, by `org_id`. A second corpus: other tables and keys than the first, written without a look at the proof.

CREATE TABLE orgs (id INTEGER PRIMARY KEY, domain TEXT NOT NULL UNIQUE, title TEXT NOT NULL);
CREATE TABLE drugs (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);

CREATE TABLE patients (
  id INTEGER PRIMARY KEY,
  org_id INTEGER NOT NULL REFERENCES orgs (id),
  chart TEXT NOT NULL,
  name TEXT NOT NULL,
  ward INTEGER NOT NULL,
  mother_id INTEGER REFERENCES patients (id),
  UNIQUE (org_id, chart),
  UNIQUE (org_id, id)
);
CREATE TABLE visits (
  id INTEGER PRIMARY KEY,
  org_id INTEGER NOT NULL REFERENCES orgs (id),
  patient_id INTEGER NOT NULL REFERENCES patients (id),
  state TEXT NOT NULL,
  day INTEGER NOT NULL,
  fee INTEGER
);
CREATE TABLE remarks (
  id INTEGER PRIMARY KEY, visit_id INTEGER NOT NULL REFERENCES visits (id), body TEXT NOT NULL, weight INTEGER NOT NULL
);
CREATE TABLE doses (
  id INTEGER PRIMARY KEY, patient_id INTEGER NOT NULL REFERENCES patients (id), drug_id INTEGER NOT NULL REFERENCES drugs (id),
  amount INTEGER NOT NULL
);
CREATE TABLE bills (
  org_id INTEGER NOT NULL, number INTEGER NOT NULL, patient_id INTEGER NOT NULL, total INTEGER NOT NULL, note TEXT,
  PRIMARY KEY (org_id, number),
  FOREIGN KEY (org_id, patient_id) REFERENCES patients (org_id, id)
);
CREATE TABLE badges (code TEXT NOT NULL PRIMARY KEY, org_id INTEGER NOT NULL, holder TEXT NOT NULL);
CREATE TABLE prefs (org_id INTEGER NOT NULL, name TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY (org_id, name));
CREATE TABLE pages (id INTEGER PRIMARY KEY, org_id INTEGER NOT NULL, body TEXT NOT NULL, shelf INTEGER);
CREATE VIRTUAL TABLE pages_fts USING fts5(body, content='pages', content_rowid='id');

CREATE VIEW waiting AS SELECT id, org_id, patient_id, day FROM visits WHERE state = 'waiting';
CREATE VIEW patient_names AS SELECT id, name FROM patients;
CREATE VIEW ward_sizes AS SELECT org_id, ward, count(*) AS n FROM patients GROUP BY org_id, ward;
CREATE VIEW all_wards AS SELECT ward, count(*) AS n FROM patients GROUP BY ward;
CREATE VIEW dearest AS SELECT id, org_id, fee FROM visits ORDER BY fee DESC, id LIMIT 4;
CREATE VIEW charted AS
  SELECT p.org_id, p.id AS patient_id, p.chart, d.drug_id, d.amount FROM patients p JOIN doses d ON d.patient_id = p.id;
CREATE VIEW numbered AS SELECT id, org_id, row_number() OVER (ORDER BY day, id) AS place FROM visits;
