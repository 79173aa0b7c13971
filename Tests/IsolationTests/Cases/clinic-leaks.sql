-- Each looks restricted to @org_id, and is not.

-- name: VisitById :one
SELECT * FROM visits WHERE id = @id;
-- name: BillByNumber :many
SELECT total FROM bills WHERE number = @number;
-- name: BadgeByCode :one
SELECT holder FROM badges WHERE code = @code;
-- name: RemarksOfVisit :many
SELECT body, weight FROM remarks WHERE visit_id = @visit_id ORDER BY id;
-- name: DosesOfPatient :many
SELECT d.amount, g.name FROM doses d JOIN drugs g ON g.id = d.drug_id WHERE d.patient_id = @patient_id;
-- name: PatientByChart :many
SELECT name, ward FROM patients WHERE chart = @chart;
-- name: MothersOf :many
SELECT m.name FROM patients p JOIN patients m ON m.id = p.mother_id WHERE p.org_id = @org_id;
-- name: ChildrenOf :many
SELECT c.name FROM patients p JOIN patients c ON c.mother_id = p.id WHERE p.org_id = @org_id AND p.id = @id;
-- name: CloseVisit :exec
UPDATE visits SET state = 'done' WHERE id = @id AND state = 'waiting';
-- name: DropBadge :exec
DELETE FROM badges WHERE code = @code;
-- name: DropRemarks :exec
DELETE FROM remarks WHERE visit_id = @visit_id;
-- name: DropBill :exec
DELETE FROM bills WHERE number = @number AND total < 3;

-- name: WaitingOrDear :many
SELECT id, fee FROM visits WHERE org_id = @org_id AND state = 'waiting' OR fee > 4;
-- name: DearOrWaiting :many
SELECT id FROM visits WHERE fee > 4 OR org_id = @org_id AND state = 'waiting';
-- name: WardOr :many
SELECT name FROM patients WHERE (org_id = @org_id OR ward = 1) AND chart <> 'red';
-- name: NotNeither :many
SELECT id FROM visits WHERE NOT (org_id <> @org_id AND state = 'done');
-- name: TwoBranches :many
SELECT id FROM visits WHERE CASE state WHEN 'waiting' THEN org_id = @org_id WHEN 'done' THEN day > 2 END;
-- name: SecondArm :many
SELECT chart FROM patients WHERE org_id = @org_id UNION SELECT holder FROM badges WHERE code = @code;
-- name: FirstArm :many
SELECT note FROM bills UNION ALL SELECT name FROM patients WHERE org_id = @org_id;
-- name: ExceptOthers :many
SELECT ward FROM patients WHERE org_id = @org_id EXCEPT SELECT ward FROM patients WHERE name = 'red';
-- name: ArmInDerived :many
SELECT label FROM (SELECT org_id, chart AS label FROM patients UNION ALL SELECT @org_id, holder FROM badges) AS x WHERE org_id = @org_id;

-- name: AtLeast :many
SELECT id FROM visits WHERE org_id >= @org_id;
-- name: Other :many
SELECT holder FROM badges WHERE org_id <> @org_id;
-- name: UpTo :many
SELECT value FROM prefs WHERE org_id BETWEEN 1 AND @org_id;
-- name: LikeOrg :many
SELECT name FROM patients WHERE org_id = @org_id OR org_id = @org_id + 1;
-- name: PlusZero :many
SELECT id FROM visits WHERE org_id + day = @org_id;
-- name: EveryOrg :many
SELECT id FROM visits WHERE (sqlc.narg('org') IS NULL OR org_id = sqlc.narg('org'));
-- name: Coalesced :many
SELECT name FROM patients WHERE org_id = coalesce(sqlc.narg('org'), org_id);
-- name: Chosen :many
SELECT id FROM visits WHERE day > 1 AND sqlc.optional(org_id = @org_id);
-- name: ManyOrgs :many
SELECT holder FROM badges WHERE org_id IN (@org_id, @second_org);
-- name: FixedOrg :many
SELECT holder FROM badges WHERE org_id = 1;
-- name: TwoOrgs :many
SELECT p.name, b.holder FROM patients p, badges b WHERE p.org_id = @org_id AND b.org_id = @second_org;

-- name: AllRemarks :many
SELECT v.id, r.body FROM visits v CROSS JOIN remarks r WHERE v.org_id = @org_id;
-- name: RemarksByDay :many
SELECT r.body FROM visits v JOIN remarks r ON r.weight = v.day WHERE v.org_id = @org_id;
-- name: PatientOfVisit :many
SELECT v.day, p.name FROM visits v JOIN patients p ON p.id = v.patient_id WHERE v.org_id = @org_id;
-- name: VisitOfPatient :many
SELECT v.day, p.name FROM patients p JOIN visits v ON v.patient_id = p.id WHERE p.org_id = @org_id;
-- name: SameChart :many
SELECT b.name FROM patients a JOIN patients b ON b.chart = a.chart WHERE a.org_id = @org_id;
-- name: SameHolder :many
SELECT b.code FROM patients p JOIN badges b ON b.holder = p.name WHERE p.org_id = @org_id;
-- name: PrefByName :many
SELECT p.name, f.value FROM patients p JOIN prefs f ON f.name = p.name WHERE p.org_id = @org_id;
-- name: BillOfNumber :many
SELECT v.id, b.total FROM visits v JOIN bills b ON b.number = v.day WHERE v.org_id = @org_id;
-- name: SharedDrug :many
SELECT y.patient_id, y.amount FROM patients p JOIN doses x ON x.patient_id = p.id JOIN doses y ON y.drug_id = x.drug_id WHERE p.org_id = @org_id;

-- name: OuterOn :many
SELECT v.id, v.day FROM visits v LEFT JOIN patients p ON p.id = v.patient_id AND v.org_id = @org_id;
-- name: OuterOnBoth :many
SELECT v.id FROM visits v LEFT JOIN patients p ON p.id = v.patient_id AND p.org_id = @org_id;
-- name: RightOn :many
SELECT v.id FROM patients p RIGHT JOIN visits v ON v.patient_id = p.id AND p.org_id = @org_id AND v.org_id = @org_id;
-- name: OrNull :many
SELECT b.code, p.name FROM badges b LEFT JOIN patients p ON p.name = b.holder AND p.org_id = b.org_id WHERE p.org_id = @org_id OR p.org_id IS NULL;
-- name: FullOn :many
SELECT a.day, b.total FROM visits a FULL JOIN bills b ON b.org_id = a.org_id AND b.org_id = @org_id;
-- name: AntiJoin :many
SELECT v.id FROM visits v LEFT JOIN patients p ON p.id = v.patient_id AND p.org_id = @org_id WHERE p.id IS NULL;

-- name: NewVisitOfAnother :exec
INSERT INTO visits (id, org_id, patient_id, state, day) VALUES (@id, @org_id, @patient_id, 'waiting', 1);
-- name: NewRemark :exec
INSERT INTO remarks (id, visit_id, body, weight) VALUES (@id, @visit_id, @body, 1);
-- name: NewDose :exec
INSERT INTO doses (id, patient_id, drug_id, amount) SELECT @id, p.id, @drug_id, 1 FROM patients p WHERE p.chart = @chart;
-- name: MoveVisit :exec
UPDATE visits SET patient_id = @patient_id WHERE id = @id AND org_id = @org_id;
-- name: Adopt :exec
UPDATE patients SET mother_id = @mother_id WHERE id = @id AND org_id = @org_id;
-- name: MoveRemark :exec
UPDATE remarks SET visit_id = @visit_id WHERE id = @id AND visit_id IN (SELECT id FROM visits WHERE org_id = @org_id);
-- name: Give :exec
UPDATE patients SET org_id = @second_org, mother_id = NULL WHERE id = @id AND org_id = @org_id AND id NOT IN (SELECT patient_id FROM visits WHERE org_id = @org_id);
-- name: GiveBadge :exec
UPDATE badges SET org_id = org_id + 1 WHERE code = @code AND org_id = @org_id;
-- name: TakeBadge :exec
UPDATE badges SET org_id = @org_id WHERE code = @code;
-- name: UnownedPage :exec
INSERT INTO pages (id, org_id, body) VALUES (@id, 3, @body);
-- name: CloneVisit :exec
INSERT INTO visits (id, org_id, patient_id, state, day) SELECT @new_id, org_id, patient_id, state, day FROM visits WHERE id = @id;
-- name: CloneNote :exec
INSERT INTO pages (id, org_id, body) SELECT @new_id, @org_id, body FROM pages WHERE id = @id;
-- name: CloneBill :exec
INSERT INTO prefs (org_id, name, value) SELECT @org_id, @name, note FROM bills WHERE number = @number AND note IS NOT NULL;

-- name: UpdateByTheirs :exec
UPDATE visits SET fee = 5 WHERE patient_id IN (SELECT id FROM patients WHERE org_id = @org_id);
-- name: UpdateOuter :exec
UPDATE patients SET ward = 2 WHERE EXISTS (SELECT 1 FROM visits v WHERE v.org_id = @org_id);
-- name: FeeFromAny :exec
UPDATE visits SET fee = (SELECT max(total) FROM bills) WHERE id = @id AND org_id = @org_id;
-- name: WardFromPatient :exec
UPDATE visits SET day = (SELECT p.ward FROM patients p WHERE p.id = visits.patient_id) WHERE org_id = @org_id;
-- name: FromOther :exec
UPDATE visits SET day = p.ward FROM patients p WHERE p.id = visits.patient_id AND visits.org_id = @org_id;
-- name: DeleteIfAny :exec
DELETE FROM badges WHERE org_id = @org_id AND holder IN (SELECT name FROM patients);
-- name: DeleteTheirs :exec
DELETE FROM doses WHERE drug_id IN (SELECT d.drug_id FROM doses d JOIN patients p ON p.id = d.patient_id WHERE p.org_id = @org_id);

-- name: PutBadge :exec
INSERT INTO badges (code, org_id, holder) VALUES (@code, @org_id, @holder) ON CONFLICT (code) DO UPDATE SET holder = excluded.holder;
-- name: PutBadgeWhere :exec
INSERT INTO badges (code, org_id, holder) VALUES (@code, @org_id, @holder) ON CONFLICT (code) DO UPDATE SET holder = excluded.holder WHERE excluded.org_id = @org_id;
-- name: TakeOverBadge :exec
INSERT INTO badges (code, org_id, holder) VALUES (@code, @org_id, @holder) ON CONFLICT (code) DO UPDATE SET org_id = excluded.org_id;
-- name: ReplaceBadge :exec
INSERT OR REPLACE INTO badges (code, org_id, holder) VALUES (@code, @org_id, @holder);
-- name: ReplacePage :exec
REPLACE INTO pages (id, org_id, body) VALUES (@id, @org_id, @body);
-- name: UpdateOrReplace :exec
UPDATE OR REPLACE badges SET code = @new_code WHERE code = @code AND org_id = @org_id;
-- name: PutPageWhereOld :exec
INSERT INTO pages (id, org_id, body) VALUES (@id, @org_id, @body) ON CONFLICT (id) DO UPDATE SET body = excluded.body WHERE pages.shelf IS NULL;

-- name: FeesOverAll :one
SELECT sum(fee) AS fees FROM visits WHERE state = 'waiting';
-- name: ShareOfAll :many
SELECT id, CAST(fee AS REAL) / (SELECT sum(fee) FROM visits) AS share FROM visits WHERE org_id = @org_id;
-- name: PlaceAmongAll :many
SELECT place FROM (SELECT org_id, rank() OVER (ORDER BY fee) AS place FROM visits) AS x WHERE org_id = @org_id;
-- name: PlaceByWard :many
SELECT place FROM (SELECT org_id, row_number() OVER (PARTITION BY ward ORDER BY id) AS place FROM patients) AS x WHERE org_id = @org_id;
-- name: FirstOfAll :many
SELECT fee FROM (SELECT org_id, fee FROM visits ORDER BY fee LIMIT 3) AS x WHERE org_id = @org_id;
-- name: SkippedOfAll :many
SELECT id FROM (SELECT id, org_id FROM visits ORDER BY id LIMIT 100 OFFSET 2) AS x WHERE org_id = @org_id;
-- name: GroupedByWard :many
SELECT ward, count(*) AS n FROM patients GROUP BY ward HAVING max(org_id) = @org_id;
-- name: SumFiltered :one
SELECT sum(fee) FILTER (WHERE org_id = @org_id) AS mine, count(*) AS n FROM visits;
-- name: DearestOfMine :many
SELECT id, fee FROM dearest WHERE org_id = @org_id;
-- name: NumberedOfMine :many
SELECT id, place FROM numbered WHERE org_id = @org_id;
-- name: WardsOfAll :many
SELECT ward, n FROM all_wards WHERE ward = @ward;
-- name: NamesOf :many
SELECT n.name FROM visits v JOIN patient_names n ON n.id = v.patient_id WHERE v.org_id = @org_id;
-- name: ChartedDrug :many
SELECT chart, amount FROM charted WHERE drug_id = @drug_id;
-- name: WaitingOfPatient :many
SELECT day FROM waiting WHERE patient_id = @patient_id;

-- name: CommonAll :many
WITH mine AS (SELECT id, org_id FROM patients WHERE org_id = @org_id) SELECT v.day FROM visits v, mine WHERE v.day < 3;
-- name: CommonCount :many
WITH counted AS (SELECT ward, count(*) AS n FROM patients GROUP BY ward) SELECT p.name, c.n FROM patients p JOIN counted c ON c.ward = p.ward WHERE p.org_id = @org_id;
-- name: Ancestors :many
WITH RECURSIVE line (id, mother_id, name) AS (
  SELECT id, mother_id, name FROM patients WHERE id = @id AND org_id = @org_id
  UNION ALL SELECT p.id, p.mother_id, p.name FROM patients p JOIN line ON p.id = line.mother_id
) SELECT name FROM line LIMIT 10;
-- name: Found :many
SELECT rowid FROM pages_fts WHERE pages_fts MATCH @query;
-- name: FoundJoined :many
SELECT p.id FROM pages_fts JOIN pages p ON p.id = pages_fts.rowid WHERE pages_fts MATCH @query AND p.shelf > 0;
-- name: FoundRanked :many
SELECT p.id, rank FROM pages_fts JOIN pages p ON p.id = pages_fts.rowid WHERE pages_fts MATCH @query AND p.org_id = @org_id;

-- name: CapturedOrg :many
SELECT name FROM patients WHERE org_id IN (SELECT org_id FROM orgs WHERE id = @org_id);
-- name: CapturedExists :many
SELECT holder FROM badges WHERE EXISTS (SELECT 1 FROM orgs WHERE orgs.id = @org_id);
-- name: NotInTheirs :many
SELECT shelf FROM pages WHERE org_id = @org_id AND shelf NOT IN (SELECT shelf FROM pages WHERE id > 4);
-- name: InTheirs :many
SELECT name FROM patients WHERE org_id = @org_id AND ward IN (SELECT day FROM visits WHERE state = 'done');
-- name: CaseOfTheirs :many
SELECT name, CASE WHEN ward > (SELECT avg(ward) FROM patients) THEN 1 ELSE 0 END AS is_high FROM patients WHERE org_id = @org_id;
-- name: OrderByTheirs :many
SELECT name FROM patients p WHERE org_id = @org_id ORDER BY (SELECT count(*) FROM patients o WHERE o.ward = p.ward), id LIMIT 2;
-- name: LimitByTheirs :many
SELECT name FROM patients WHERE org_id = @org_id ORDER BY id LIMIT (SELECT count(*) FROM badges);
-- name: ReturningTheirs :many
UPDATE visits SET day = 1 WHERE org_id = @org_id RETURNING id, (SELECT count(*) FROM bills) AS n;
