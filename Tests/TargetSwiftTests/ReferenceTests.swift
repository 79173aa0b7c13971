// Whole projects to whole files. UPDATE_REFERENCES=1 writes what is expected, and fails so that nobody forgets to look.

import Foundation
import Testing

@Suite struct ReferenceTests {
  static let isUpdating = ProcessInfo.processInfo.environment["UPDATE_REFERENCES"] != nil

  @Test func thereAreCases() { #expect(ReferenceCase.all.count >= 20) }

  @Test(arguments: ReferenceCase.all)
  func generatesWhatIsExpected(of reference: ReferenceCase) throws {
    let files = try reference.generated()
    if Self.isUpdating {
      try? FileManager.default.removeItem(at: reference.expected)
      try FileManager.default.createDirectory(at: reference.expected, withIntermediateDirectories: true)
      for (name, text) in files {
        try text.write(to: reference.expected.appending(path: name), atomically: true, encoding: .utf8)
      }
      Issue.record("the expected files of '\(reference.name)' were written: read the difference")
      return
    }
    let expected = try ReferenceCase.files(in: reference.expected)
    #expect(files.keys.sorted() == expected.keys.sorted())
    for (name, text) in files where expected[name] != text {
      let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
      let wanted = (expected[name] ?? "").split(separator: "\n", omittingEmptySubsequences: false)
      let first = zip(lines, wanted).enumerated().first { $0.element.0 != $0.element.1 }
      let place = first.map { "line \($0.offset + 1)\n  is:       \($0.element.0)\n  expected: \($0.element.1)" }
      Issue.record("\(reference.name)/\(name) differs: \(place ?? "\(lines.count) lines, expected \(wanted.count)")")
    }
  }
}
