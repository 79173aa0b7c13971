-- Each is restricted to @org_id, and looks odd.

-- name: Visit :one
SELECT * FROM visits WHERE id = @id AND @org_id = org_id;
-- name: VisitPair :one
SELECT day FROM visits WHERE (id, org_id) = (@id, @org_id);
-- name: BillByKey :one
SELECT total, note FROM bills WHERE number = @number AND org_id = @org_id;
-- name: SameTwice :many
SELECT name FROM patients WHERE org_id = @org_id AND org_id = @org_id;
-- name: NotNot :many
SELECT name FROM patients WHERE NOT NOT (org_id = @org_id AND ward > 1);
-- name: NotOr :many
SELECT id FROM visits WHERE NOT (state = 'done' OR org_id <> @org_id OR day > 4);
-- name: EachBranch :many
SELECT id FROM visits WHERE org_id = @org_id AND state = 'done' OR day < 3 AND org_id = @org_id OR @org_id = org_id AND fee IS NULL;
-- name: ListOfOne :many
SELECT holder FROM badges WHERE org_id IN (@org_id);
-- name: BetweenSame :many
SELECT value FROM prefs WHERE org_id BETWEEN @org_id AND @org_id;
-- name: ByDomain :many
SELECT name FROM patients WHERE org_id = (SELECT id FROM orgs WHERE id = @org_id);
-- name: InDomain :many
SELECT name FROM patients WHERE org_id IN (SELECT o.id FROM orgs o WHERE o.id = @org_id);
-- name: JoinedOrg :many
SELECT p.name, o.title FROM orgs o JOIN patients p ON p.org_id = o.id WHERE o.id = @org_id;
-- name: ExistsOrg :many
SELECT p.name FROM patients p WHERE EXISTS (SELECT 1 FROM orgs o WHERE o.id = p.org_id AND o.id = @org_id);
-- name: NothingAtAll :many
SELECT name FROM patients WHERE FALSE;
-- name: NothingBut :many
SELECT name FROM patients WHERE org_id = @org_id AND 1 = 1 OR FALSE;
-- name: OptionalDay :many
SELECT id FROM visits WHERE org_id = @org_id AND (sqlc.narg('day') IS NULL OR day = sqlc.narg('day'));
-- name: OptionalMacro :many
SELECT id FROM visits WHERE org_id = @org_id AND sqlc.optional(state = @state) AND sqlc.optional(day > @since);
-- name: SomeIds :many
SELECT id FROM visits WHERE id IN (sqlc.slice('ids')) AND org_id = @org_id;

-- name: VisitWithPatient :many
SELECT v.day, p.name FROM visits v JOIN patients p ON p.id = v.patient_id AND p.org_id = v.org_id WHERE v.org_id = @org_id;
-- name: VisitWithPatientTurned :many
SELECT v.day, p.name FROM patients p JOIN visits v ON v.patient_id = p.id WHERE @org_id = v.org_id AND v.org_id = p.org_id;
-- name: CommaJoin :many
SELECT v.day, p.name FROM visits v, patients p WHERE p.id = v.patient_id AND p.org_id = @org_id AND v.org_id = @org_id;
-- name: BillWithPatient :many
SELECT b.total, p.name, p.ward FROM bills b JOIN patients p ON p.org_id = b.org_id AND p.id = b.patient_id WHERE b.org_id = @org_id;
-- name: BillOfPatient :many
SELECT b.total FROM patients p JOIN bills b ON (b.org_id, b.patient_id) = (p.org_id, p.id) WHERE p.org_id = @org_id AND p.chart = @chart;
-- name: BillWithPatientById :many
SELECT b.total, p.name FROM bills b JOIN patients p ON p.id = b.patient_id WHERE b.org_id = @org_id;
-- name: RemarksOfMine :many
SELECT r.body FROM remarks r JOIN visits v ON v.id = r.visit_id WHERE v.org_id = @org_id;
-- name: RemarksOfMyPatient :many
SELECT r.body FROM patients p JOIN visits v ON v.patient_id = p.id AND v.org_id = p.org_id JOIN remarks r ON r.visit_id = v.id WHERE p.chart = @chart AND p.org_id = @org_id;
-- name: DosesOfMine :many
SELECT g.name, d.amount FROM drugs g JOIN doses d ON d.drug_id = g.id JOIN patients p ON p.id = d.patient_id WHERE p.org_id = @org_id;
-- name: DosesIn :many
SELECT amount FROM doses WHERE patient_id IN (SELECT id FROM patients WHERE org_id = @org_id);
-- name: DosesExists :many
SELECT amount FROM doses d WHERE EXISTS (SELECT 1 FROM patients p WHERE p.org_id = @org_id AND p.id = d.patient_id);
-- name: DosesScalar :many
SELECT amount FROM doses d WHERE (SELECT p.org_id FROM patients p WHERE p.id = d.patient_id) = @org_id;
-- name: RemarksNested :many
SELECT body FROM remarks WHERE visit_id IN (SELECT v.id FROM visits v WHERE v.org_id = @org_id AND v.patient_id IN (SELECT p.id FROM patients p WHERE p.org_id = v.org_id));
-- name: MotherOfMine :many
SELECT c.name, m.name AS mother FROM patients c JOIN patients m ON m.id = c.mother_id AND m.org_id = c.org_id WHERE c.org_id = @org_id;
-- name: SharedWard :many
SELECT a.name, b.name AS other FROM patients a JOIN patients b ON b.ward = a.ward AND b.id <> a.id WHERE a.org_id = @org_id AND b.org_id = a.org_id;
-- name: DrugsUsed :many
SELECT g.name FROM drugs g WHERE g.id IN (SELECT d.drug_id FROM doses d JOIN patients p ON p.id = d.patient_id WHERE p.org_id = @org_id);
-- name: DrugsUnused :many
SELECT g.name FROM drugs g WHERE NOT EXISTS (SELECT 1 FROM doses d, patients p WHERE p.id = d.patient_id AND d.drug_id = g.id AND p.org_id = @org_id);

-- name: LeftPatient :many
SELECT v.day, p.name FROM visits v LEFT JOIN patients p ON p.id = v.patient_id AND p.org_id = v.org_id WHERE v.org_id = @org_id;
-- name: LeftPatientByParameter :many
SELECT v.day, p.name FROM visits v LEFT JOIN patients p ON p.id = v.patient_id AND p.org_id = @org_id WHERE v.org_id = @org_id;
-- name: LeftMotherOnly :many
SELECT c.name, m.name AS mother FROM patients c LEFT JOIN patients m ON m.id = c.mother_id AND m.org_id = @org_id WHERE c.org_id = @org_id;
-- name: LeftThenInner :many
SELECT p.name, v.day FROM patients p LEFT JOIN visits v ON v.patient_id = p.id AND v.org_id = p.org_id WHERE p.org_id = @org_id AND v.day > 1;
-- name: RightPatient :many
SELECT v.day, p.name FROM patients p RIGHT JOIN visits v ON v.patient_id = p.id AND p.org_id = v.org_id WHERE v.org_id = @org_id;
-- name: WithoutVisits :many
SELECT p.name FROM patients p LEFT JOIN visits v ON v.patient_id = p.id AND v.org_id = p.org_id WHERE p.org_id = @org_id AND v.id IS NULL;
-- name: LeftDerived :many
SELECT p.name, x.n FROM patients p LEFT JOIN (SELECT patient_id, count(*) AS n FROM visits WHERE org_id = @org_id GROUP BY patient_id) AS x ON x.patient_id = p.id WHERE p.org_id = @org_id;
-- name: LeftChild :many
SELECT v.day, r.body FROM visits v LEFT JOIN remarks r ON r.visit_id = v.id WHERE v.org_id = @org_id;
-- name: FullDerived :many
SELECT a.day, b.total FROM (SELECT day FROM visits WHERE org_id = @org_id) AS a FULL JOIN (SELECT total FROM bills WHERE org_id = @org_id) AS b ON b.total = a.day;

-- name: FeesOfMine :one
SELECT sum(fee) AS fees, count(*) AS n FROM visits WHERE org_id = @org_id;
-- name: FeesFiltered :one
SELECT sum(fee) FILTER (WHERE org_id = @org_id) AS fees FROM visits;
-- name: FeesByCase :one
SELECT sum(CASE WHEN org_id = @org_id THEN fee END) AS fees FROM visits;
-- name: ByOrg :many
SELECT org_id, count(*) AS n FROM visits GROUP BY org_id HAVING org_id = @org_id;
-- name: ByOrgAndDay :many
SELECT day, n FROM (SELECT org_id, day, count(*) AS n FROM visits GROUP BY org_id, day) AS x WHERE x.org_id = @org_id;
-- name: PlaceAmongMine :many
SELECT id, place FROM (SELECT id, org_id, rank() OVER (PARTITION BY org_id ORDER BY fee) AS place FROM visits) AS x WHERE org_id = @org_id;
-- name: PlaceByOrgAndDay :many
SELECT id, place FROM (SELECT id, org_id, row_number() OVER (PARTITION BY day, org_id ORDER BY id) AS place FROM visits) AS x WHERE x.org_id = @org_id AND place < 3;
-- name: WindowAfter :many
SELECT id, sum(fee) OVER (ORDER BY id) AS running FROM visits WHERE org_id = @org_id;
-- name: DistinctOfMine :many
SELECT DISTINCT ward FROM patients WHERE org_id = @org_id;
-- name: DistinctThen :many
SELECT ward FROM (SELECT DISTINCT org_id, ward FROM patients) AS x WHERE org_id = @org_id;
-- name: LimitOfMine :many
SELECT id FROM (SELECT id, org_id FROM visits WHERE org_id = @org_id ORDER BY id LIMIT 3) AS x;
-- name: ShareOfMine :many
SELECT id, CAST(fee AS REAL) / (SELECT sum(o.fee) FROM visits o WHERE o.org_id = @org_id) AS share FROM visits WHERE org_id = @org_id;
-- name: ShareCorrelated :many
SELECT v.id, (SELECT count(*) FROM visits o WHERE o.org_id = v.org_id AND o.day = v.day) AS n FROM visits v WHERE v.org_id = @org_id;
-- name: LastDay :many
SELECT id FROM visits v WHERE org_id = @org_id AND day = (SELECT max(day) FROM visits w WHERE w.org_id = v.org_id);
-- name: NotInMine :many
SELECT ward FROM patients WHERE org_id = @org_id AND ward NOT IN (SELECT day FROM visits WHERE org_id = @org_id);
-- name: OrderByMine :many
SELECT name FROM patients p WHERE org_id = @org_id ORDER BY (SELECT count(*) FROM patients o WHERE o.ward = p.ward AND o.org_id = p.org_id), id LIMIT 2;
-- name: LimitByMine :many
SELECT name FROM patients WHERE org_id = @org_id ORDER BY id LIMIT (SELECT count(*) FROM badges WHERE org_id = @org_id);

-- name: WaitingOfMine :many
SELECT day FROM waiting WHERE org_id = @org_id;
-- name: WaitingWithPatient :many
SELECT w.day, p.name FROM waiting w JOIN patients p ON p.id = w.patient_id AND p.org_id = w.org_id WHERE w.org_id = @org_id;
-- name: WardSizes :many
SELECT ward, n FROM ward_sizes WHERE org_id = @org_id;
-- name: WardSizesJoined :many
SELECT p.name, s.n FROM patients p JOIN ward_sizes s ON s.org_id = p.org_id AND s.ward = p.ward WHERE p.org_id = @org_id;
-- name: ChartedOfMine :many
SELECT chart, amount FROM charted WHERE org_id = @org_id;
-- name: NamesOfMine :many
SELECT n.name FROM patient_names n JOIN patients p ON p.id = n.id WHERE p.org_id = @org_id;
-- name: NamesIn :many
SELECT name FROM patient_names WHERE id IN (SELECT id FROM patients WHERE org_id = @org_id);
-- name: CommonOfMine :many
WITH mine AS (SELECT id, ward FROM patients WHERE org_id = @org_id) SELECT ward, count(*) AS n FROM mine GROUP BY ward;
-- name: CommonChain :many
WITH p AS (SELECT * FROM patients), mine AS (SELECT * FROM p WHERE org_id = @org_id), named AS (SELECT name FROM mine WHERE ward < 4) SELECT name FROM named;
-- name: CommonTwice :many
WITH v AS (SELECT * FROM visits WHERE org_id = @org_id) SELECT a.id, b.id AS later FROM v a JOIN v b ON b.day > a.day;
-- name: CommonOutside :many
WITH v AS (SELECT org_id, day FROM visits) SELECT day FROM v WHERE org_id = @org_id;
-- name: CommonParameter :many
WITH who AS (SELECT @org_id AS org_id) SELECT p.name FROM patients p JOIN who ON who.org_id = p.org_id;
-- name: CommonValues :many
WITH who (org_id) AS (VALUES (@org_id)) SELECT p.name FROM patients p WHERE p.org_id = (SELECT org_id FROM who);
-- name: Line :many
WITH RECURSIVE line (id, org_id, mother_id, name) AS (
  SELECT id, org_id, mother_id, name FROM patients WHERE id = @id AND org_id = @org_id
  UNION ALL SELECT p.id, p.org_id, p.mother_id, p.name FROM patients p JOIN line ON p.id = line.mother_id AND p.org_id = line.org_id
) SELECT name FROM line LIMIT 10;
-- name: LineByParameter :many
WITH RECURSIVE line (id, name) AS (
  SELECT id, name FROM patients WHERE mother_id IS NULL AND org_id = @org_id
  UNION SELECT p.id, p.name FROM patients p JOIN line ON p.mother_id = line.id WHERE p.org_id = @org_id
) SELECT name FROM line;
-- name: Days :many
WITH RECURSIVE days (day) AS (SELECT 1 UNION ALL SELECT day + 1 FROM days WHERE day < 6) SELECT days.day, count(v.id) AS n FROM days LEFT JOIN visits v ON v.day = days.day AND v.org_id = @org_id GROUP BY days.day;
-- name: ArmsOfMine :many
SELECT chart AS label FROM patients WHERE org_id = @org_id UNION SELECT holder FROM badges WHERE org_id = @org_id UNION ALL SELECT value FROM prefs WHERE org_id = @org_id;
-- name: ArmsOutside :many
SELECT label FROM (SELECT org_id, chart AS label FROM patients UNION ALL SELECT org_id, holder FROM badges) AS x WHERE org_id = @org_id;
-- name: ExceptMine :many
SELECT ward FROM patients WHERE org_id = @org_id EXCEPT SELECT day FROM visits WHERE org_id = @org_id;
-- name: IntersectMine :many
SELECT ward FROM patients WHERE org_id = @org_id INTERSECT SELECT day FROM visits WHERE org_id = @org_id;
-- name: FoundOfMine :many
SELECT p.id, p.body FROM pages_fts JOIN pages p ON p.id = pages_fts.rowid WHERE pages_fts MATCH @query AND p.org_id = @org_id;
-- name: FoundIn :many
SELECT id FROM pages WHERE org_id = @org_id AND id IN (SELECT rowid FROM pages_fts WHERE pages_fts MATCH @query);

-- name: CloseOfMine :exec
UPDATE visits SET state = 'done' WHERE id = @id AND org_id = @org_id;
-- name: CloseByPatient :exec
UPDATE visits SET state = 'done' WHERE org_id = @org_id AND patient_id IN (SELECT id FROM patients WHERE org_id = @org_id AND chart = @chart);
-- name: RemarkOfMine :exec
UPDATE remarks SET body = @body WHERE id = @id AND visit_id IN (SELECT id FROM visits WHERE org_id = @org_id);
-- name: RemarkByExists :exec
DELETE FROM remarks WHERE id = @id AND EXISTS (SELECT 1 FROM visits v WHERE v.id = remarks.visit_id AND v.org_id = @org_id);
-- name: DayFromMine :exec
UPDATE visits SET day = p.ward FROM patients p WHERE p.id = visits.patient_id AND p.org_id = visits.org_id AND visits.org_id = @org_id;
-- name: SameOrgAgain :exec
UPDATE badges SET org_id = @org_id, holder = @holder WHERE code = @code AND org_id = @org_id;
-- name: SameOrgAsItIs :exec
UPDATE badges SET org_id = org_id WHERE code = @code AND org_id = @org_id;
-- name: DropOfMine :exec
DELETE FROM badges WHERE code = @code AND org_id = @org_id;
-- name: NewPage :exec
INSERT INTO pages (id, org_id, body, shelf) VALUES (@id, @org_id, @body, @shelf);
-- name: NewPages :exec
INSERT INTO pages (id, org_id, body) SELECT @id, @org_id, name FROM drugs WHERE drugs.id = @drug_id;
-- name: NewBill :exec
INSERT INTO bills (org_id, number, patient_id, total) VALUES (@org_id, @number, @patient_id, @total);
-- name: NewVisitOfMine :exec
INSERT INTO visits (id, org_id, patient_id, state, day) SELECT @id, p.org_id, p.id, 'waiting', 1 FROM patients p WHERE p.chart = @chart AND p.org_id = @org_id;
-- name: NewRemarkOfMine :exec
INSERT INTO remarks (id, visit_id, body, weight) SELECT @id, v.id, @body, 2 FROM visits v WHERE v.id = @visit_id AND v.org_id = @org_id;
-- name: ClonePage :exec
INSERT INTO pages (id, org_id, body) SELECT @new_id, org_id, body FROM pages WHERE id = @id AND org_id = @org_id;
-- name: PutPref :exec
INSERT INTO prefs (org_id, name, value) VALUES (@org_id, @name, @value) ON CONFLICT (org_id, name) DO UPDATE SET value = excluded.value;
-- name: PutBadgeOfMine :exec
INSERT INTO badges (code, org_id, holder) VALUES (@code, @org_id, @holder) ON CONFLICT (code) DO UPDATE SET holder = excluded.holder WHERE badges.org_id = excluded.org_id;
-- name: PutBadgeByParameter :exec
INSERT INTO badges (code, org_id, holder) VALUES (@code, @org_id, @holder) ON CONFLICT (code) DO UPDATE SET holder = @holder WHERE badges.org_id = @org_id;
-- name: PutNothing :exec
INSERT INTO badges (code, org_id, holder) VALUES (@code, @org_id, @holder) ON CONFLICT (code) DO NOTHING;
-- name: ReplacePref :exec
INSERT OR REPLACE INTO prefs (org_id, name, value) VALUES (@org_id, @name, @value);
-- name: AdoptOfMine :exec
UPDATE patients SET mother_id = (SELECT m.id FROM patients m WHERE m.id = @mother_id AND m.org_id = @org_id) WHERE id = @id AND org_id = @org_id;
-- name: MotherGone :exec
UPDATE patients SET mother_id = NULL WHERE id = @id AND org_id = @org_id;
-- name: ReturningOfMine :many
UPDATE visits SET day = 1 WHERE org_id = @org_id RETURNING id, (SELECT count(*) FROM bills b WHERE b.org_id = visits.org_id) AS n;
