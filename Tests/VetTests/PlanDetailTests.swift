// What SQLite's lines mean, of its versions since 3.35.

import SQLCEngine
import SQLCEngineSQLite
import SQLCPlans
import Testing

@Suite struct PlanDetailTests {
  @Test(arguments: [
    ("SCAN tasks", "scan tasks"),
    ("SCAN TABLE tasks AS t", "scan tasks as t"),
    ("SCAN TABLE tasks", "scan tasks"),
    ("SCAN t USING INDEX i", "scan t by i"),
    ("SCAN t USING COVERING INDEX i", "scan t by i alone"),
    ("SEARCH t USING INDEX i (a=? AND b>?)", "search t by i (a=? AND b>?)"),
    ("SEARCH t USING COVERING INDEX i (a=?) LEFT-JOIN", "search t by i alone (a=?)"),
    ("SEARCH t USING INTEGER PRIMARY KEY (rowid=?)", "search t by key (rowid=?)"),
    ("SEARCH t USING PRIMARY KEY (a=?)", "search t by key (a=?)"),
    ("SEARCH t USING INDEX sqlite_autoindex_t_1 ((a,b)>(?,?))", "search t by sqlite_autoindex_t_1"),
    ("SEARCH t USING AUTOMATIC COVERING INDEX (a=?)", "automatic index of t (a=?)"),
    ("SEARCH t USING AUTOMATIC PARTIAL COVERING INDEX (a=?)", "automatic index of t (a=?)"),
    ("USE TEMP B-TREE FOR ORDER BY", "sort for ORDER BY"),
    ("USE TEMP B-TREE FOR LAST 2 TERMS OF ORDER BY", "sort for LAST 2 TERMS OF ORDER BY"),
    ("UNION USING TEMP B-TREE", "sort for UNION"),
    ("CORRELATED SCALAR SUBQUERY 1", "correlated subquery"),
    ("CORRELATED LIST SUBQUERY 2", "correlated subquery"),
    ("LIST SUBQUERY 2", "subquery"),
    ("SCAN CONSTANT ROW", "SCAN CONSTANT ROW"),
    ("SCAN 3 CONSTANT ROWS", "SCAN 3 CONSTANT ROWS"),
    ("SCAN docs VIRTUAL TABLE INDEX 0:M2", "SCAN docs VIRTUAL TABLE INDEX 0:M2"),
    ("MULTI-INDEX OR", "MULTI-INDEX OR"),
    ("BLOOM FILTER ON t (a=?)", "BLOOM FILTER ON t (a=?)"),
  ])
  func aLineIsAStep(_ detail: String, _ words: String) {
    let step = PlanStep(explained: detail, parent: nil)
    #expect(step.words.hasPrefix(words), "\(step.words)")
    #expect(step.detail == detail)
  }
}
