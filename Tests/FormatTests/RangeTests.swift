// Parts of a file, and files that are left as they are.

import SQLCDiagnostics
import SQLCFormat
import Testing

@Suite struct RangeTests {
  private let text = "select  1;\n\n\nselect  2;\nselect  3;\n"

  private func range(of word: String) -> ByteRange {
    let lower = text.utf8.distance(from: text.startIndex, to: text.range(of: word)!.lowerBound)
    return ByteRange(lower, lower + word.utf8.count)
  }

  @Test func onlyTouchedStatements() {
    #expect(formatted(text, range: range(of: "2")) == "select  1;\n\n\nSELECT 2;\nselect  3;\n")
    let cursor = ByteRange(at: range(of: "3").lower)
    #expect(formatted(text, range: cursor) == "select  1;\n\n\nselect  2;\nSELECT 3;\n")
    #expect(formatted(text, range: ByteRange(0, text.utf8.count)) == "SELECT 1;\n\nSELECT 2;\nSELECT 3;\n")
  }

  /// What is said of a part stands where it would without the fragment, its other places and fixes included.
  @Test(arguments: ["select from;", "select 'a", "create table t (a, ;", "selekt 1;", "select 1 from (select 2;"])
  func whatCannotBeReadBehindAFragmentIsSaidInItsPlace(text: String) throws {
    let fragment = "-- fragment: one(t)\n@t.a = 1;\n\n-- name: A :many\n"
    let prose = String(fragment.map { $0 == "\n" ? "\n" : " " })
    guard case .unreadable(let behind) = outcome(of: fragment + text + "\n"),
      case .unreadable(let alone) = outcome(of: prose + text + "\n")
    else {
      Issue.record("\(text) was read")
      return
    }
    #expect(behind == alone)
  }

  @Test func editsAreApart() throws {
    guard case .edits(let edits) = outcome(of: text) else {
      Issue.record("no edits")
      return
    }
    #expect(edits.count == 4)
    for (left, right) in zip(edits, edits.dropFirst()) { #expect(left.range.upper <= right.range.lower) }
  }

  @Test func textsThatCannotBeRead() {
    for text in [
      "select from;", "select 'a", "create table t (a, ;", "select sqlc.optional() from t;",
      "select a from t where sqlc.optional(b) and", "and sqlc.optional(a);", "select \u{0};",
    ] {
      guard case .unreadable(let diagnostics) = outcome(of: text) else {
        Issue.record("\(text) was read")
        continue
      }
      #expect(diagnostics.hasErrors)
    }
  }

  @Test func dialectWithoutFormatter() {
    let formatter = MissingFormatter(reason: "it is not parsed")
    let outcome = formatter.format(SourceFile(path: "a", text: "select 1"), options: FormatOptions(), range: nil)
    guard case .refused(let reason) = outcome else {
      Issue.record("\(outcome)")
      return
    }
    #expect(reason == "it is not parsed")
  }

  @Test func queriesEndAtTheNextAnnotation() {
    #expect(
      formatted("-- name: A :one\nselect 1\n-- name: B :one\nselect 2")
        == "-- name: A :one\nSELECT 1\n\n-- name: B :one\nSELECT 2\n")
  }
}
