// Pairs of schemas that somebody who wants to break `migrate diff` would try.

import SQLCEngine
import SQLCMigrationCheck
import SQLCSchemaDiffSQLite
import SQLCTrialSQLite
import Testing

@Suite struct AwkwardPairTests {
  struct Pair: Sendable, CustomTestStringConvertible {
    var name: String
    var old: [String]
    var new: [String]
    var choices: PlanChoices
    var testDescription: String { name }

    init(_ name: String, _ old: [String], _ new: [String], _ choices: PlanChoices = PlanChoices()) {
      (self.name, self.old, self.new, self.choices) = (name, old, new, choices)
    }
  }

  @Test(arguments: pairs) func holds(pair: Pair) throws {
    let answer = try SQLiteSchemaPlanner().plan(from: pair.old, to: pair.new, pair.choices)
    if case .same = answer {
      #expect(pair.name == "same index two tables case")
      return
    }
    guard case .plan(let plan) = answer else { throw NoPlan(answer: answer) }
    let proof = try prove(plan, from: pair.old, to: pair.new, on: SQLiteTrialEngine())
    #expect(proof.failures == [])
    #expect(try SQLiteSchemaPlanner().plan(from: pair.new, to: pair.new, PlanChoices()) == .same)
  }

  static let pairs: [Pair] = [
    Pair(
      "fk cycle",
      [
        "CREATE TABLE a(id INTEGER PRIMARY KEY, b INT REFERENCES b(id))",
        "CREATE TABLE b(id INTEGER PRIMARY KEY, a INT REFERENCES a(id))",
      ],
      [
        "CREATE TABLE a(id INTEGER PRIMARY KEY, b INT REFERENCES b(id) ON DELETE CASCADE)",
        "CREATE TABLE b(id INTEGER PRIMARY KEY, a INT REFERENCES a(id) ON DELETE SET NULL)",
      ]),
    Pair(
      "a column goes that a changed trigger of a rebuilt table names",
      [
        "CREATE TABLE t(id INTEGER PRIMARY KEY, a TEXT DEFAULT 'x', b TEXT DEFAULT 'x')",
        "CREATE TABLE u(id INTEGER PRIMARY KEY, c INT)",
        "CREATE TRIGGER z AFTER INSERT ON u BEGIN UPDATE t SET a = a WHERE 0; END",
      ],
      [
        "CREATE TABLE t(id INTEGER PRIMARY KEY, b TEXT DEFAULT 'x')",
        "CREATE TABLE u(id INTEGER PRIMARY KEY, c TEXT)",
        "CREATE TRIGGER z AFTER INSERT ON u BEGIN UPDATE t SET b = b WHERE 0; END",
      ]),
    Pair(
      "drop fk cycle",
      [
        "CREATE TABLE a(id INTEGER PRIMARY KEY, b INT NOT NULL REFERENCES b(id))",
        "CREATE TABLE b(id INTEGER PRIMARY KEY, a INT NOT NULL REFERENCES a(id))", "CREATE TABLE c(x)",
      ], ["CREATE TABLE c(x)"]),
    Pair(
      "drop one of fk cycle",
      [
        "CREATE TABLE a(id INTEGER PRIMARY KEY, b INT REFERENCES b(id))",
        "CREATE TABLE b(id INTEGER PRIMARY KEY, a INT NOT NULL REFERENCES a(id))",
      ], ["CREATE TABLE b(id INTEGER PRIMARY KEY, a INT NOT NULL)"]),
    Pair(
      "drop composite parent",
      [
        "CREATE TABLE p(x INT NOT NULL, y TEXT NOT NULL, z REAL NOT NULL, PRIMARY KEY(x,y)) WITHOUT ROWID",
        "CREATE TABLE c(x INT NOT NULL, y TEXT NOT NULL, FOREIGN KEY(x,y) REFERENCES p(x,y))",
      ], ["CREATE TABLE c(x INT NOT NULL, y TEXT NOT NULL)"]),
    Pair(
      "stored to virtual", ["CREATE TABLE a(x INT, y INT AS (x+1) STORED)", "CREATE INDEX i ON a(y)"],
      ["CREATE TABLE a(x INT, y INT AS (x+1) VIRTUAL)", "CREATE INDEX i ON a(y)"]),
    Pair("generated to plain", ["CREATE TABLE a(x INT, y INT AS (x+1))"], ["CREATE TABLE a(x INT, y INT)"]),
    Pair(
      "view on view recreated",
      [
        "CREATE TABLE a(x,y)", "CREATE VIEW v AS SELECT x,y FROM a", "CREATE VIEW w AS SELECT x FROM v",
        "CREATE VIEW z AS SELECT x FROM w",
      ],
      [
        "CREATE TABLE a(x)", "CREATE VIEW v AS SELECT x FROM a", "CREATE VIEW w AS SELECT x FROM v",
        "CREATE VIEW z AS SELECT x FROM w",
      ], PlanChoices(drops: [.column("y", of: "a")])),
    Pair(
      "select star view", ["CREATE TABLE a(x TEXT,y TEXT)", "CREATE VIEW v AS SELECT * FROM a"],
      ["CREATE TABLE a(x TEXT,z TEXT)", "CREATE VIEW v AS SELECT * FROM a"],
      PlanChoices(renames: [.init(.column("y", of: "a"), to: "z")])),
    Pair(
      "table swapped to view", ["CREATE TABLE a(x)", "CREATE TABLE b(x)"],
      ["CREATE TABLE b(x)", "CREATE VIEW a AS SELECT x FROM b"]),
    Pair(
      "view swapped to table",
      [
        "CREATE TABLE b(x)", "CREATE VIEW a AS SELECT x FROM b",
        "CREATE TRIGGER t INSTEAD OF INSERT ON a BEGIN SELECT 1; END",
      ], ["CREATE TABLE b(x)", "CREATE TABLE a(x)"]),
    Pair(
      "fts column rename",
      [
        "CREATE TABLE n(id INTEGER PRIMARY KEY, b TEXT)",
        "CREATE VIRTUAL TABLE f USING fts5(b, content=n, content_rowid=id)",
        "CREATE TRIGGER ni AFTER INSERT ON n BEGIN INSERT INTO f(rowid,b) VALUES(new.id,new.b); END",
      ],
      [
        "CREATE TABLE n(id INTEGER PRIMARY KEY, c TEXT)",
        "CREATE VIRTUAL TABLE f USING fts5(c, content=n, content_rowid=id)",
        "CREATE TRIGGER ni AFTER INSERT ON n BEGIN INSERT INTO f(rowid,c) VALUES(new.id,new.c); END",
      ], PlanChoices(renames: [.init(.column("b", of: "n"), to: "c")])),
    Pair(
      "fts contentless", ["CREATE VIRTUAL TABLE f USING fts5(a, content='')"],
      ["CREATE VIRTUAL TABLE f USING fts5(a, b, content='')"]),
    Pair(
      "rtree", ["CREATE VIRTUAL TABLE r USING rtree(id, x0, x1)"],
      ["CREATE VIRTUAL TABLE r USING rtree(id, x0, x1, +name)"]),
    Pair(
      "strict with any pk", ["CREATE TABLE a(k ANY PRIMARY KEY, v ANY) STRICT, WITHOUT ROWID"],
      ["CREATE TABLE a(k ANY PRIMARY KEY, v ANY) WITHOUT ROWID"]),
    Pair(
      "nullable pk text", ["CREATE TABLE a(k TEXT PRIMARY KEY, v TEXT)"],
      ["CREATE TABLE a(k TEXT NOT NULL PRIMARY KEY, v TEXT)"]),
    Pair(
      "drop self fk not null",
      ["CREATE TABLE a(id INTEGER PRIMARY KEY, v TEXT, boss INTEGER NOT NULL REFERENCES a(id))"],
      ["CREATE TABLE a(id INTEGER PRIMARY KEY, v TEXT)"]),
    Pair(
      "everything at once",
      [
        "CREATE TABLE t(id INTEGER PRIMARY KEY, a TEXT, b INT, c BLOB)", "CREATE INDEX i1 ON t(a)",
        "CREATE INDEX i2 ON t(b) WHERE b>0", "CREATE VIEW v AS SELECT a,b FROM t",
        "CREATE TRIGGER tr AFTER UPDATE OF a ON t BEGIN UPDATE t SET b=b+1 WHERE id=new.id; END",
      ],
      [
        "CREATE TABLE tt(id INTEGER PRIMARY KEY, aa TEXT NOT NULL DEFAULT 'q', b TEXT, d REAL) STRICT",
        "CREATE INDEX i1 ON tt(aa DESC)", "CREATE VIEW v AS SELECT aa,d FROM tt",
        "CREATE TRIGGER tr AFTER UPDATE OF aa ON tt BEGIN UPDATE tt SET d=1 WHERE id=new.id; END",
      ],
      PlanChoices(
        renames: [.init(.table("t"), to: "tt"), .init(.column("a", of: "t"), to: "aa")], drops: [.column("c", of: "t")],
        backfills: [.init(table: "tt", column: "b", expression: "CAST(b AS TEXT)")])),
    Pair(
      "hidden names sqlc_new", ["CREATE TABLE sqlc_new_a(x)", "CREATE TABLE sqlc_old_a(x)", "CREATE TABLE a(x TEXT)"],
      ["CREATE TABLE sqlc_new_a(x)", "CREATE TABLE sqlc_old_a(x)", "CREATE TABLE a(x TEXT DEFAULT (random()))"]),
    Pair(
      "parent key rename", ["CREATE TABLE p(id INTEGER PRIMARY KEY)", "CREATE TABLE c(p INT REFERENCES p(id))"],
      ["CREATE TABLE p(pid INTEGER PRIMARY KEY)", "CREATE TABLE c(p INT REFERENCES p(pid))"],
      PlanChoices(renames: [.init(.column("id", of: "p"), to: "pid")])),
    Pair(
      "parent and child renamed",
      [
        "CREATE TABLE p(id INTEGER PRIMARY KEY)", "CREATE TABLE c(pid INT NOT NULL REFERENCES p(id))",
        "CREATE VIEW v AS SELECT p.id, c.pid FROM p JOIN c ON c.pid=p.id",
      ],
      [
        "CREATE TABLE q(id INTEGER PRIMARY KEY)", "CREATE TABLE d(qid INT NOT NULL REFERENCES q(id))",
        "CREATE VIEW v AS SELECT q.id, d.qid FROM q JOIN d ON d.qid=q.id",
      ],
      PlanChoices(renames: [
        .init(.table("p"), to: "q"), .init(.table("c"), to: "d"), .init(.column("pid", of: "c"), to: "qid"),
      ])),
    Pair(
      "rename table under stacked views",
      [
        "CREATE TABLE p(id INTEGER PRIMARY KEY, n TEXT)", "CREATE VIEW v AS SELECT p.* FROM p",
        "CREATE VIEW w AS SELECT v.n FROM v",
      ],
      [
        "CREATE TABLE q(id INTEGER PRIMARY KEY, n TEXT)", "CREATE VIEW v AS SELECT q.* FROM q",
        "CREATE VIEW w AS SELECT v.n FROM v",
      ], PlanChoices(renames: [.init(.table("p"), to: "q")])),
    Pair(
      "two fks one col",
      [
        "CREATE TABLE p(id INTEGER PRIMARY KEY)", "CREATE TABLE q(id INTEGER PRIMARY KEY)",
        "CREATE TABLE c(x INT REFERENCES p(id))",
      ],
      [
        "CREATE TABLE p(id INTEGER PRIMARY KEY)", "CREATE TABLE q(id INTEGER PRIMARY KEY)",
        "CREATE TABLE c(x INT REFERENCES p(id) REFERENCES q(id))",
      ]),
    Pair(
      "fk target changes",
      [
        "CREATE TABLE p(id INTEGER PRIMARY KEY)", "CREATE TABLE q(id INTEGER PRIMARY KEY)",
        "CREATE TABLE c(x INT NOT NULL REFERENCES p(id))",
      ],
      [
        "CREATE TABLE p(id INTEGER PRIMARY KEY)", "CREATE TABLE q(id INTEGER PRIMARY KEY)",
        "CREATE TABLE c(x INT NOT NULL REFERENCES q(id))",
      ]),
    Pair(
      "parent loses unique",
      ["CREATE TABLE p(id INTEGER PRIMARY KEY, code TEXT UNIQUE)", "CREATE TABLE c(x TEXT REFERENCES p(code))"],
      [
        "CREATE TABLE p(id INTEGER PRIMARY KEY, code TEXT)", "CREATE UNIQUE INDEX pc ON p(code)",
        "CREATE TABLE c(x TEXT REFERENCES p(code))",
      ]),
    Pair(
      "composite pk reorder", ["CREATE TABLE a(x INT, y INT, PRIMARY KEY(x,y)) WITHOUT ROWID"],
      ["CREATE TABLE a(x INT, y INT, PRIMARY KEY(y,x)) WITHOUT ROWID"]),
    Pair(
      "pk shrink", ["CREATE TABLE a(x INT, y INT, PRIMARY KEY(x,y))"], ["CREATE TABLE a(x INT, y INT, PRIMARY KEY(x))"]),
    Pair("pk grow", ["CREATE TABLE a(x INT PRIMARY KEY, y INT)"], ["CREATE TABLE a(x INT, y INT, PRIMARY KEY(x,y))"]),
    Pair(
      "pk to alias composite", ["CREATE TABLE a(x INT, y INT, PRIMARY KEY(x,y))"],
      ["CREATE TABLE a(x INTEGER PRIMARY KEY, y INT)"]),
    Pair(
      "alias to other col", ["CREATE TABLE a(x INTEGER PRIMARY KEY, y INTEGER NOT NULL UNIQUE)"],
      ["CREATE TABLE a(x INTEGER NOT NULL UNIQUE, y INTEGER PRIMARY KEY)"]),
    Pair(
      "autoinc table renamed rebuilt", ["CREATE TABLE a(id INTEGER PRIMARY KEY AUTOINCREMENT, x TEXT)"],
      ["CREATE TABLE b(id INTEGER PRIMARY KEY AUTOINCREMENT, x TEXT NOT NULL DEFAULT '')"],
      PlanChoices(renames: [.init(.table("a"), to: "b")])),
    Pair(
      "autoinc emptied and swapped",
      [
        "CREATE TABLE a(id INTEGER PRIMARY KEY AUTOINCREMENT, x TEXT)",
        "CREATE TABLE b(id INTEGER PRIMARY KEY AUTOINCREMENT, y TEXT)",
      ],
      [
        "CREATE TABLE b(id INTEGER PRIMARY KEY AUTOINCREMENT, x TEXT)",
        "CREATE TABLE a(id INTEGER PRIMARY KEY AUTOINCREMENT, y TEXT)",
      ], PlanChoices(renames: [.init(.table("a"), to: "b"), .init(.table("b"), to: "a")])),
    Pair(
      "desc integer pk", ["CREATE TABLE a(id INTEGER PRIMARY KEY DESC, v)"],
      ["CREATE TABLE a(id INTEGER PRIMARY KEY, v)"]),
    Pair(
      "blob default", ["CREATE TABLE a(id INTEGER PRIMARY KEY)"],
      [
        #"CREATE TABLE a(id INTEGER PRIMARY KEY, b BLOB NOT NULL DEFAULT x'00ff', t TEXT DEFAULT 'it''s; -- "q"', n DEFAULT -1.5e3, z DEFAULT NULL, tt DEFAULT true)"#
      ]),
    Pair(
      "negative hex default", ["CREATE TABLE a(id INTEGER PRIMARY KEY, n INT DEFAULT 0x10)"],
      ["CREATE TABLE a(id INTEGER PRIMARY KEY, n INT DEFAULT -0x10)"]),
    Pair(
      "many tables one view",
      ["CREATE TABLE a(x)", "CREATE TABLE b(x)", "CREATE VIEW v AS SELECT a.x FROM a JOIN b USING(x)"],
      [
        "CREATE TABLE a(x, CHECK(x<>9))", "CREATE TABLE b(x, CHECK(x<>9))",
        "CREATE VIEW v AS SELECT a.x FROM a JOIN b USING(x)",
      ]),
    Pair(
      "view columns", ["CREATE TABLE a(x)", "CREATE VIEW v(p) AS SELECT x FROM a"],
      ["CREATE TABLE a(x)", "CREATE VIEW v(q) AS SELECT x FROM a"]),
    Pair(
      "trigger chain to dropped",
      [
        "CREATE TABLE a(x)", "CREATE TABLE log(x)",
        "CREATE TRIGGER t AFTER INSERT ON a BEGIN INSERT INTO log VALUES(new.x); END",
      ], ["CREATE TABLE a(x)"], PlanChoices(drops: [.table("log")])),
    Pair(
      "trigger to new table", ["CREATE TABLE a(x)"],
      [
        "CREATE TABLE a(x)", "CREATE TRIGGER t AFTER INSERT ON a BEGIN INSERT INTO log VALUES(new.x); END",
        "CREATE TABLE log(x)",
      ]),
    Pair(
      "temp like names", [#"CREATE TABLE "sqlc new"(x)"#, #"CREATE TABLE "t.t"("c.c" TEXT)"#],
      [#"CREATE TABLE "sqlc new"(x TEXT)"#, #"CREATE TABLE "t.t"("c.c" TEXT UNIQUE)"#]),
    Pair(
      "dot rename", [#"CREATE TABLE "t.t"("c.c" TEXT)"#], [#"CREATE TABLE "t.t"("d=d" TEXT)"#],
      PlanChoices(renames: [.init(.column("c.c", of: "t.t"), to: "d=d")])),
    Pair(
      "brackets and ticks", ["CREATE TABLE [a b](`x y` TEXT)", "CREATE INDEX [i] ON [a b](`x y`)"],
      ["CREATE TABLE [a b](`x y` TEXT NOT NULL DEFAULT '')", "CREATE INDEX [i] ON [a b](`x y` COLLATE NOCASE)"]),
    Pair(
      "check names its table", ["CREATE TABLE a(x INT, CHECK(a.x>0))", "CREATE VIEW v AS SELECT x FROM a"],
      ["CREATE TABLE a(x INT DEFAULT 1, CHECK(a.x>0))", "CREATE VIEW v AS SELECT x FROM a"]),
    Pair(
      "index expr names table", ["CREATE TABLE a(x TEXT)", "CREATE INDEX i ON a(length(x)) WHERE a.x <> ''"],
      ["CREATE TABLE a(x TEXT DEFAULT 'q')", "CREATE INDEX i ON a(length(x)) WHERE a.x <> ''"]),
    Pair(
      "fts own to external",
      ["CREATE TABLE n(id INTEGER PRIMARY KEY, b TEXT)", "CREATE VIRTUAL TABLE f USING fts5(b)"],
      [
        "CREATE TABLE n(id INTEGER PRIMARY KEY, b TEXT)",
        "CREATE VIRTUAL TABLE f USING fts5(b, content=n, content_rowid=id)",
      ]),
    Pair(
      "fts external dropped content",
      [
        "CREATE TABLE n(id INTEGER PRIMARY KEY, b TEXT)",
        "CREATE VIRTUAL TABLE f USING fts5(b, content=n, content_rowid=id)",
        "CREATE TRIGGER ni AFTER INSERT ON n BEGIN INSERT INTO f(rowid,b) VALUES(new.id,new.b); END",
      ], ["CREATE TABLE z(x)"]),
    Pair(
      "fts col removed", ["CREATE VIRTUAL TABLE f USING fts5(a,b,c UNINDEXED)"],
      ["CREATE VIRTUAL TABLE f USING fts5(a,c UNINDEXED)"]),
    Pair(
      "fts renamed", ["CREATE VIRTUAL TABLE f USING fts5(a,b)"], ["CREATE VIRTUAL TABLE g USING fts5(a,b)"],
      PlanChoices(renames: [.init(.table("f"), to: "g")])),
    Pair(
      "fts of view",
      [
        "CREATE TABLE n(id INTEGER PRIMARY KEY, a TEXT, b TEXT)", "CREATE VIEW nv AS SELECT id, a||b AS t FROM n",
        "CREATE VIRTUAL TABLE f USING fts5(t, content=nv, content_rowid=id)",
      ],
      [
        "CREATE TABLE n(id INTEGER PRIMARY KEY, a TEXT, b TEXT)", "CREATE VIEW nv AS SELECT id, b||a AS t FROM n",
        "CREATE VIRTUAL TABLE f USING fts5(t, content=nv, content_rowid=id)",
      ]),
    Pair("strict int any mix", ["CREATE TABLE a(x INT, y TEXT, z)"], ["CREATE TABLE a(x INT, y TEXT, z ANY) STRICT"]),
    Pair("strict type change", ["CREATE TABLE a(x INT, y TEXT) STRICT"], ["CREATE TABLE a(x TEXT, y ANY) STRICT"]),
    Pair("real to int strict", ["CREATE TABLE a(x REAL) STRICT"], ["CREATE TABLE a(x INTEGER) STRICT"]),
    Pair(
      "generated pk-like unique", ["CREATE TABLE a(j TEXT, k TEXT AS (json_extract(j,'$.k')) UNIQUE)"],
      ["CREATE TABLE a(j TEXT CHECK(json_valid(j)), k TEXT AS (json_extract(j,'$.k')) STORED UNIQUE)"]),
    Pair("drop col of gen", ["CREATE TABLE a(x INT, y INT, s INT AS (x+y))"], ["CREATE TABLE a(x INT)"]),
    Pair("drop col in check", ["CREATE TABLE a(x INT, y INT, CHECK(x<y))"], ["CREATE TABLE a(x INT)"]),
    Pair(
      "drop col in fk",
      ["CREATE TABLE p(id INTEGER PRIMARY KEY)", "CREATE TABLE a(x INT, y INT, FOREIGN KEY(y) REFERENCES p(id))"],
      ["CREATE TABLE p(id INTEGER PRIMARY KEY)", "CREATE TABLE a(x INT)"]),
    Pair(
      "rename and type", ["CREATE TABLE a(x TEXT)"], ["CREATE TABLE a(y INTEGER)"],
      PlanChoices(renames: [.init(.column("x", of: "a"), to: "y")])),
    Pair(
      "rename+drop+add same", ["CREATE TABLE a(x TEXT, y TEXT)"],
      ["CREATE TABLE a(y TEXT, x TEXT NOT NULL DEFAULT 'n')"],
      PlanChoices(renames: [.init(.column("x", of: "a"), to: "y")], drops: [.column("y", of: "a")])),
    Pair(
      "backfill from dropped", ["CREATE TABLE a(f TEXT, l TEXT)"], ["CREATE TABLE a(n TEXT NOT NULL)"],
      PlanChoices(
        drops: [.column("f", of: "a"), .column("l", of: "a")],
        backfills: [.init(table: "a", column: "n", expression: "coalesce(f,'')||' '||coalesce(l,'')")])),
    Pair(
      "large ints", ["CREATE TABLE a(id INTEGER PRIMARY KEY, n NUMERIC)"],
      ["CREATE TABLE a(id INTEGER PRIMARY KEY, n INTEGER)"]),
    Pair(
      "numeric to real", ["CREATE TABLE a(id INTEGER PRIMARY KEY, n NUMERIC)"],
      ["CREATE TABLE a(id INTEGER PRIMARY KEY, n REAL)"]),
    Pair(
      "same index two tables case", ["CREATE TABLE A(x)", "CREATE INDEX I ON A(X)"],
      ["CREATE TABLE a(x)", "CREATE INDEX i ON a(x)"]),
    Pair(
      "unique becomes pk", ["CREATE TABLE a(x TEXT NOT NULL UNIQUE, y)"],
      ["CREATE TABLE a(x TEXT NOT NULL PRIMARY KEY, y)"]),
    Pair(
      "drop parent, child cascade and kept fk",
      [
        "CREATE TABLE p(id INTEGER PRIMARY KEY)",
        "CREATE TABLE c(id INTEGER PRIMARY KEY, p INT NOT NULL REFERENCES p(id) ON DELETE CASCADE)",
        "CREATE TABLE d(c INT NOT NULL REFERENCES c(id))",
      ], ["CREATE TABLE d(c INT NOT NULL)"]),
    Pair(
      "replace pk", ["CREATE TABLE a(x TEXT, y INT)"], ["CREATE TABLE a(x TEXT PRIMARY KEY ON CONFLICT REPLACE, y INT)"]
    ),
    Pair(
      "not null ignore", ["CREATE TABLE a(x TEXT, y INT)"],
      ["CREATE TABLE a(x TEXT NOT NULL ON CONFLICT IGNORE, y INT)"]),
    Pair(
      "not null replace default", ["CREATE TABLE a(x TEXT, y INT)"],
      ["CREATE TABLE a(x TEXT NOT NULL ON CONFLICT REPLACE DEFAULT 'd', y INT)"]),
  ]
}
