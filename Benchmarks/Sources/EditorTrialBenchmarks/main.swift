// What the tests try a few hundred times, as often as is wanted, in an optimised build.
//
//     EditorTrialBenchmarks edits 100000 [SEED]        every edit is told as a fresh check says it
//     EditorTrialBenchmarks mutations 1000000 [SEED]   no text with random edits ends the formatter or is changed by it

import EditorTrials
import Foundation
import SQLCDiagnostics

let arguments = CommandLine.arguments.dropFirst()
guard let kind = arguments.first, let count = arguments.dropFirst().first.flatMap({ Int($0) }) else {
  fatalError("what, and how many?")
}
let seed = arguments.dropFirst(2).first.flatMap { UInt64($0) } ?? 1
let start = ContinuousClock.now

/// A line for each tenth.
func report(_ done: Int, _ other: Int, _ what: String) {
  guard done % max(1, count / 10) == 0 || done == count else { return }
  print("\(done) \(kind), \(other) \(what), \(ContinuousClock.now - start)")
  fflush(nil)
}

switch kind {
case "edits":
  var trial = try RandomEdits(
    try TestProject.ofThisPackage(), folder: "/p", encoding: seed % 2 == 0 ? .utf8 : .utf16, seed: seed)
  for done in 1...count {
    try trial.next()
    report(done, trial.countWithDiagnostics, "of them with diagnostics")
  }
case "mutations":
  let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()
  var texts: [String] = []
  for folder in ["Tests/FormatTests/Style", "queries", "schema"] {
    for name in try FileManager.default.contentsOfDirectory(atPath: root.appending(path: folder).path).sorted()
    where name.hasSuffix(".sql") {
      texts.append(try String(contentsOf: root.appending(path: "\(folder)/\(name)"), encoding: .utf8))
    }
  }
  var trial = FormatMutations(of: texts, seed: seed)
  for done in 1...count {
    try trial.next()
    report(done, trial.countLaidOut, "of them laid out")
  }
default: fatalError("'\(kind)' is neither 'edits' nor 'mutations'")
}
