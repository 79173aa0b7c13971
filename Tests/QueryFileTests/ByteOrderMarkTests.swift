// A byte order mark is a blank to annotations.

import SQLCDiagnostics
import SQLCEngine
import Testing

@testable import SQLCQueryFile

@Suite struct ByteOrderMarkTests {
  @Test(arguments: ["\u{FEFF}-- name: A :one\nSELECT 1;\n", "SELECT 1;\n\u{FEFF}-- name: A :one\nSELECT 1;\n"])
  func annotationsBehindOneCount(text: String) {
    let read = splitQueries(of: SourceFile(path: "a.sql", text: text), role: .queriesAndSchema, rules: .sqlite)
    #expect(read.value.map(\.name) == ["A"])
  }

  @Test func textBehindOneIsText() {
    let read = headingComments(of: SourceFile(path: "a.sql", text: "a \u{FEFF}/* name: A :one */"), rules: .sqlite)
    #expect(read.map(\.place) == [.behindText])
  }
}
