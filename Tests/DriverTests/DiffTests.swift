// The unified diff: right for `patch`, and an exit code for CI.

import SQLCDriver
import Testing

@testable import struct SQLCDriver.UnifiedDiff

@Suite struct DiffTests {
  @Test func driftOfEveryKind() throws {
    let disk = project()
    let missing = try diff(context(disk))
    #expect(missing.exit == .drift)
    #expect(missing.standardOutput.contains("--- /dev/null\n+++ b/Generated/agents.sql.swift\n@@ -0,0 +1,"))
    _ = try generate(context(disk))
    #expect(try diff(context(disk)) == CommandOutcome())

    let text = try #require(disk["/p/Generated/agents.sql.swift"])
    disk.put("/p/Generated/agents.sql.swift", text.replacing("GetAgent", with: "GotAgent", maxReplacements: 1))
    let changed = try diff(context(disk))
    #expect(changed.exit == .drift)
    #expect(
      changed.standardOutput.hasPrefix("--- a/Generated/agents.sql.swift\n+++ b/Generated/agents.sql.swift\n@@ -"))
    #expect(changed.standardOutput.split(separator: "\n").count { $0.hasPrefix("-") && $0.contains("GotAgent") } == 1)

    disk.put("/p/Generated/agents.sql.swift", text)
    disk.put("/p/Generated/old.sql.swift", String(text.prefix { $0 != "\n" }) + "\nlet x = 1\n")
    let orphaned = try diff(context(disk))
    #expect(orphaned.exit == .drift)
    #expect(
      orphaned.standardOutput.hasPrefix("--- a/Generated/old.sql.swift\n+++ /dev/null\n@@ -1,2 +0,0 @@\n-// Code"))
    #expect(disk["/p/Generated/old.sql.swift"] != nil)
  }

  /// Version control writes other line ends: that is no drift, and is said.
  @Test(arguments: ["\r\n", "\r"]) func lineEndsAreNoDrift(lineEnd: String) throws {
    let disk = project()
    _ = try generate(context(disk))
    let paths = disk.contents(of: "/p/Generated").keys.sorted()
    let texts = try paths.map { try #require(disk[$0]) }
    for (path, text) in zip(paths, texts) { disk.put(path, text.replacing("\n", with: lineEnd)) }
    let outcome = try diff(context(disk))
    #expect(outcome.exit == .success && outcome.standardOutput.isEmpty)
    #expect(outcome.standardError.contains("note: \(paths.count) files in 'Generated' have other line ends"))
    #expect(try generate(context(disk)).standardOutput.hasSuffix(": all up to date\n"))
    #expect(try check(context(disk)).standardOutput.contains("up to date"))

    // A change is shown as itself, not as the whole file.
    disk.put(paths[0], texts[0].replacing("Agent", with: "Agend", maxReplacements: 1).replacing("\n", with: lineEnd))
    let changed = try diff(context(disk))
    #expect(changed.exit == .drift)
    let lines = changed.standardOutput.split(separator: "\n").dropFirst(2)
    #expect(lines.count { $0.hasPrefix("-") } == 1 && lines.count { $0.hasPrefix("+") } == 1)
    #expect(changed.standardError.contains("run 'sqlc-swift generate'"))
    #expect(
      changed.standardError.contains("sqlc-swift.yaml:8:14: error: the generated code in 'Generated' is out of date"))
  }

  /// To Swift's strings the two are equal; to a compiler, a reviewer and a disk they are not.
  @Test func anotherSpellingOfALetterIsDrift() throws {
    let disk = project(["queries/agents.sql": "-- Caf\u{E9}.\n" + queries])
    _ = try generate(context(disk))
    let path = try #require(disk.contents(of: "/p/Generated").first { $0.value.contains("Caf\u{E9}") }?.key)
    disk.put(path, try #require(disk[path]).replacing("\u{E9}", with: "e\u{301}"))
    let outcome = try diff(context(disk))
    #expect(outcome.exit == .drift && outcome.standardOutput.contains("\n-"))
  }

  @Test(arguments: [
    ("", "a\n"), ("a\n", ""), ("a\nb\nc\n", "a\nx\nc\n"), ("a\n", "a\nb\n"), ("a\nb\n", "b\n"), ("a", "a\n"),
    ("a\n", "a"),
    ("1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11\n12\n13\n14\n15\n", "1\nx\n3\n4\n5\n6\n7\n8\n9\n10\n11\n12\n13\ny\n15\n"),
    ("a\na\na\nb\n", "b\na\na\n"), ("a\n\n\nb\n", "a\n\nb\n"),
  ])
  func applyingADiffGivesTheNewText(old: String, new: String) throws {
    let text = UnifiedDiff(from: old, to: new).render(oldName: "a/f", newName: "b/f")
    #expect(try apply(text, to: old) == new, "\(text)")
  }

  /// What `patch` does, strictly: every context line and every line number must be right.
  private func apply(_ diff: String, to old: String) throws -> String {
    func lines(_ text: String) -> [String] {
      var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { String($0) + "\n" }
      let last = String(lines.removeLast().dropLast())
      return last.isEmpty ? lines : lines + [last]
    }
    let source = lines(old)
    var result: [String] = []
    var taken = 0
    var patch = lines(diff).dropFirst(2)
    while let line = patch.popFirst() {
      if line.hasPrefix("@@") {
        let numbers = try #require(line.firstMatch(of: #/^@@ -(\d+)(?:,(\d+))? /#))
        let count = numbers.2.flatMap { Int($0) } ?? 1
        let start = try #require(Int(numbers.1)) - (count == 0 ? 0 : 1)
        result += source[taken..<start]
        taken = start
        continue
      }
      var content = String(line.dropFirst())
      if patch.first?.hasPrefix("\\") == true {
        patch.removeFirst()
        content.removeLast()
      }
      switch line.first {
      case " ":
        #expect(source[taken] == content)
        result.append(content)
        taken += 1
      case "-":
        #expect(source[taken] == content)
        taken += 1
      default: result.append(content)
      }
    }
    return (result + source[taken...]).joined()
  }
}
