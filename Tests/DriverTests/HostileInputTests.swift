// Any bytes at all: the readers of files answer, and what they answer can be shown.

import SQLCConfiguration
import SQLCDiagnostics
import SQLCEngine
import SQLCMigrations
import SQLCQueryFile
import Testing

/// Numbers that are the same in every run (SplitMix64).
private struct Generator: RandomNumberGenerator {
  var state: UInt64
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

@Suite struct HostileInputTests {
  private static let sql = [
    "-- name: A :one", "-- name:", "--name: B :many", "/* name: C :exec */", "/* name: D\n", "*/", "--",
    "-- :name E one",
    "SELECT 1", ";", "'", "\"", "`", "[", "]", "''", "\n", "\r\n", "\r", "\t", " ", "-- +goose Up", "-- +goose Down",
    "-- +goose StatementBegin", "-- migrate:up", "---- create above / drop below ----", "ü", "🚀", "e\u{301}",
    "\u{FEFF}",
    "\0", "CREATE TRIGGER t", "BEGIN", "END", "EXPLAIN", "-- @param x y", "-- @sqlc-vet-disable", "-- ----", "日本", ":",
    "-- name: F :one extra", "-- name: a b :one", "$1", "?",
  ]
  private static let yaml = [
    "version: 2", "sql:", "- engine: sqlite", "  schema: s", "  queries: [a, b]", "  gen:", "    swift:",
    "      out: o",
    "{", "}", "[", "]", ":", "- ", "\n", "\n  ", "&a", "*a", "<<: *a", "\"", "'", "#", "|", ">", "!!str", "~", "ü", "🚀",
    "\t",
    "? ", "overrides:", "- column: a.b", "swift_type: X", "rename: {a: b}", "---", "...", "%YAML", "null", "true", "\0",
  ]

  private func text(_ parts: [String], _ generator: inout Generator) -> String {
    (0..<Int.random(in: 0...24, using: &generator))
      .map { _ in (parts.randomElement(using: &generator) ?? "") + (Bool.random(using: &generator) ? "\n" : "") }
      .joined()
  }

  private func show(_ diagnostics: [Diagnostic], _ source: SourceFile) {
    let sources = SourceSet([source])
    for diagnostic in diagnostics {
      let range = diagnostic.primary.source.range
      #expect(range.lower >= 0 && range.lower <= range.upper && range.upper <= source.text.utf8.count, "\(diagnostic)")
    }
    for format in [DiagnosticFormat.text(.ansi), .json, .github] {
      #expect(diagnostics.isEmpty || !render(diagnostics, in: sources, as: format).isEmpty)
    }
  }

  @Test func sqlOfAnyShape() {
    var generator = Generator(state: 1)
    for _ in 0..<1500 {
      let source = SourceFile(path: "1_a.sql", text: text(Self.sql, &generator))
      let split = splitQueries(of: source, rules: .sqlite)
      show(split.diagnostics + duplicateNames(among: split.value), source)
      var end = 0
      for query in split.value {
        #expect(query.bodyRange.lower >= end && query.bodyRange.upper <= source.text.utf8.count)
        end = query.bodyRange.upper
      }
      let sections = schemaSections(of: [source], rules: .sqlite)
      show(sections.diagnostics, source)
      for range in sections.value.flatMap(\.ranges) {
        #expect(range.lower <= range.upper && range.upper <= source.text.utf8.count)
      }
    }
  }

  @Test func yamlOfAnyShape() {
    var generator = Generator(state: 2)
    for _ in 0..<1000 {
      let source = SourceFile(path: "sqlc-swift.yaml", text: text(Self.yaml, &generator))
      let configuration = readConfiguration(source, engines: [.sqlite])
      #expect(configuration.value != nil || configuration.diagnostics.hasErrors)
      show(configuration.diagnostics, source)
      show(convertSQLCConfiguration(source).diagnostics, source)
    }
  }

  @Test func rangesThatFitNothing() {
    var generator = Generator(state: 3)
    for _ in 0..<500 {
      let source = SourceFile(path: "a.sql", text: text(Self.sql, &generator))
      let count = source.text.utf8.count + 3
      func label() -> DiagnosticLabel {
        let lower = Int.random(in: 0...count, using: &generator)
        let upper = Int.random(in: lower...(count + 1), using: &generator)
        return DiagnosticLabel(SourceRange(path: "a.sql", range: ByteRange(lower, upper)), "label")
      }
      let diagnostic = Diagnostic(
        Rule(DiagnosticID("a", "b"), .error, ""), "m", at: label(), secondary: [label(), label(), label()])
      for format in [DiagnosticFormat.text(.plain), .json, .github] {
        #expect(!render([diagnostic], in: SourceSet([source]), as: format).isEmpty)
      }
    }
  }
}
