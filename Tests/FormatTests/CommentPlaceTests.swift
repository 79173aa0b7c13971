// A comment never comes to stand behind a token that it stood before, unless that is a comma.

import SQLCFormat
import Testing

@Suite struct CommentPlaceTests {
  @Test func beforeWhatFollowsOnTheLine() {
    #expect(
      formatted("CREATE INDEX i ON t -- why\n(a);\n") == "CREATE INDEX i\n  ON t -- why\n  (a);\n")
    #expect(formatted("SELECT a -- why\n, b FROM t;\n") == "SELECT\n  a, -- why\n  b\nFROM t;\n")
    #expect(formatted("SELECT 1 -- why\n;\n") == "SELECT 1 -- why\n;\n")
  }

  /// What reads as an annotation is one where it begins a line, and prose where it does not: neither becomes the other.
  @Test(arguments: [
    ("\n;/* name: Q :exec */ DELETE FROM a;", "; /* name: Q :exec */ DELETE FROM a;\n"),
    ("SELECT 1;/* x */ /* name: Q :one */ SELECT 2;", "SELECT 1;\n/* x */ /* name: Q :one */ SELECT 2;\n"),
    ("SELECT 1; -- name: Q :one\nSELECT 2;", "SELECT 1; -- name: Q :one\nSELECT 2;\n"),
    ("SELECT a -- c\n, -- name: Q :one\nb FROM t;", "SELECT\n  a -- c\n  , -- name: Q :one\n  b\nFROM t;\n"),
    (
      "SELECT a FROM t WHERE a\n/* x */ -- name: Q one\nAND b;",
      "SELECT a\nFROM t\nWHERE a\n  /* x */ -- name: Q one\n  AND b;\n"
    ),
    ("SELECT a,\n/* name: Q one */ b FROM t;", "SELECT\n  a,\n  /* name: Q one */ b\nFROM t;\n"),
    ("-- name: Q :one\u{B}\u{C}\nSELECT 1", "-- name: Q :one\nSELECT 1\n"),
    ("\u{FEFF}\n-- name: Q :one\nSELECT 1", "\u{FEFF}-- name: Q :one\nSELECT 1\n"),
  ])
  func annotationsStayWhatTheyAre(text: String, expected: String) {
    #expect(formatted(text) == expected)
    #expect(formatted(expected) == expected)
  }

  /// In every place of a statement, wherever the layout breaks it.
  @Test func annotationsStayWhatTheyAreInEveryPlace() {
    let statement =
      "SELECT a , f ( b , c ) AS d FROM t AS u LEFT JOIN v ON v . x = u . x AND v . y IN ( 1 , 2 ) "
      + "WHERE CASE WHEN a THEN 1 ELSE 2 END > ( SELECT max ( z ) FROM w ) ORDER BY a , b LIMIT 3 ;"
    let words = statement.split(separator: " ")
    for comment in ["/* name: Q :one */", "/* name: Q one */ /* x */", "-- name: Q :one\n", "/* x */ -- fragment: f\n"]
    {
      for index in 1..<words.count {
        let text = words[..<index].joined(separator: " ") + " \(comment) " + words[index...].joined(separator: " ")
        for width in [40, 70, 200] { #expect(formatted(text, FormatOptions(width: width)) != nil, "\(text)") }
      }
    }
  }
}
