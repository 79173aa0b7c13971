// What is said thousands of times is shown some times, and counted.

import Foundation
import SQLCDiagnostics
import Testing

@Suite struct RepetitionTests {
  private func diagnostics(_ count: Int, message: (Int) -> String) -> [Diagnostic] {
    (0..<count).map { number in
      Diagnostic(
        Rule(DiagnosticID("binder", "unknown-column"), .error, ""), message(number),
        at: DiagnosticLabel(SourceRange(path: "q.sql", range: ByteRange(at: number))))
    }
  }

  @Test(arguments: [(10, 10), (11, 10), (5000, 10)]) func oneMessage(count: Int, shown: Int) {
    let text = render(diagnostics(count) { _ in "no column 'a'" }, in: SourceSet(), as: .text(.plain))
    #expect(text.components(separatedBy: "error: no column").count - 1 == shown)
    #expect(text.contains("\n\(count - shown) more error") == (count > shown))
    #expect(text.contains("'binder/unknown-column' \(count - shown == 1 ? "is" : "are") not shown") == (count > shown))
  }

  @Test func manyMessagesOfOneName() {
    let text = render(diagnostics(300) { "no column 'c\($0)'" }, in: SourceSet(), as: .text(.plain))
    #expect(text.components(separatedBy: "error: no column").count - 1 == 100)
    #expect(text.hasSuffix("\n200 more errors 'binder/unknown-column' are not shown; '--diagnostics json' has all\n"))
  }

  /// Another mistake is not lost among the repetitions, and tools get everything.
  @Test func nothingElseIsHidden() {
    let other = Diagnostic(
      Rule(DiagnosticID("binder", "unknown-table"), .error, ""), "no table 't'",
      at: DiagnosticLabel(SourceRange(path: "z.sql", range: ByteRange(at: 0))))
    let all = diagnostics(5000) { _ in "no column 'a'" } + [other]
    #expect(render(all, in: SourceSet(), as: .text(.plain)).contains("error: no table 't'"))
    #expect(render(all, in: SourceSet(), as: .json).components(separatedBy: "no column 'a'").count - 1 == 5000)
    #expect(render(all, in: SourceSet(), as: .github).components(separatedBy: "no column 'a'").count - 1 == 5000)
  }
}
