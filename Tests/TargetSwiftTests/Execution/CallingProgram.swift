// A program that calls every method of generated code, several times, on a database full of rows.

import Foundation

/// Its text. It prints a line for each call that went wrong, then how many calls there were.
func callingProgram(_ generated: GeneratedText, importing module: String?, hasConfiguration: Bool) -> String {
  var lines = ["import Foundation", "import SQLCRuntime"]
  if let module { lines.append("import \(module)") }
  lines += [
    "", "@main struct Program {", "  static func main() async throws {",
    "    let database = try await Database.open(CommandLine.arguments[1]\(hasConfiguration ? ", configuration: configuration()" : ""))",
    "    for script in CommandLine.arguments where script.hasSuffix(\".sql\") {",
    "      try await database.execute(String(contentsOfFile: script, encoding: .utf8))", "    }",
    "    \(generated.methods.isEmpty ? "_" : "let queries") = \(generated.stem)(database)", "    for round in 0..<4 {",
    "      samples.round = round",
  ]
  for method in generated.methods where method.isAsynchronous {
    let call = method.call(on: "queries")
    lines.append("      await attempt(\(quoted(method.name))) { _ = try await \(call) }")
  }
  for method in generated.methods where !method.isAsynchronous {
    lines += [
      "      await attempt(\(quoted(method.name))) {",
      "        try await queries.transaction { tx in _ = try \(method.call(on: "tx")) }", "      }",
    ]
  }
  lines += ["    }"]
  // No values of a query are no call of it.
  if generated.hasStub, let method = generated.methods.first(where: { $0.isAsynchronous && $0.element == nil }) {
    // Nothing was prepared, so it must fail, and say so.
    lines += [
      "    let stub = \(generated.stem)Stub()",
      "    do { _ = try await \(method.call(on: "stub")); print(\"WRONG stub: it answered\") } catch {}",
    ]
  }
  lines += ["    await database.close()", "    print(\"calls \\(samples.calls)\")", "  }", "}", ""]
  lines += generated.enumerations.map {
    "extension \($0): Sampled { static var sample: Self { pick(Array(allCases)) } }"
  }
  for (type, labels) in generated.structs.sorted(by: { $0.key < $1.key }) {
    let arguments = labels.map { "\($0): Caller.sample()" }.joined(separator: ", ")
    lines.append("extension \(type): Sampled { static var sample: Self { Self(\(arguments)) } }")
  }
  for (index, cursor) in generated.cursors.enumerated() {
    guard cursor.cases.isEmpty else {
      lines.append(
        "extension \(cursor.name): Sampled { static var sample: Self { pick([\(cursor.cases.joined(separator: ", "))]) } }"
      )
      continue
    }
    // As it comes back from a client that it was handed out to.
    let members = cursor.members.map { "var \($0) = Caller.sample()" }.joined(separator: "; ")
    lines += [
      "nonisolated struct Given\(index): Encodable { \(members) }",
      "extension \(cursor.name): Sampled {",
      "  static var sample: Self { try! JSONDecoder().decode(Self.self, from: JSONEncoder().encode(Given\(index)())) }",
      "}",
    ]
  }
  return lines.joined(separator: "\n") + "\n"
}

private func quoted(_ text: String) -> String { "\"" + text.filter { $0 != "`" } + "\"" }

/// Values of every type that generated code asks for, and what a call may end in.
let callingSupport = #"""
  import Foundation
  import SQLCRuntime

  nonisolated protocol Sampled { static var sample: Self { get } }

  /// One thread uses it: the calls are made one after another.
  nonisolated(unsafe) var samples = Samples()
  nonisolated struct Samples {
    var round = 0
    var calls = 0
    var count = 0
  }

  nonisolated func sample<T: Sampled>(_ type: T.Type = T.self) -> T { T.sample }

  /// Another each time.
  nonisolated func pick<T>(_ values: [T]) -> T {
    samples.count += 1
    return values[(samples.round + samples.count) % values.count]
  }

  nonisolated(nonsending) func attempt(_ name: String, _ body: () async throws -> Void) async {
    samples.calls += 1
    do {
      try await body()
    } catch let error as DatabaseError {
      switch error.kind {
      case .sqlite:
        // What values can lead to: a constraint, a malformed JSON or search text, an overflow, a type that a key refuses.
        let wrong = ["no such", "syntax error near", "misuse", "bind or column index", "has no column"]
        if wrong.contains(where: error.message.contains) { print("WRONG \(name): \(error)") }
      // Of the right class, and yet no date: rows that we did not make may hold that.
      case .decoding where error.found == nil && CommandLine.arguments.contains("--rows-of-others"): break
      // What the author said of a result is no claim of ours: generated rows may break it, and then this is the right end.
      case .decoding where error.found == .null && CommandLine.arguments.contains("--asserted"): break
      // Every column may have been left out.
      case .nothingToSet where CommandLine.arguments.contains("--patches"): break
      // The place is one in another order than is asked for.
      case .cursorMismatch where CommandLine.arguments.contains("--pages"): break
      default: print("WRONG \(name): \(error)")
      }
    } catch {
      print("WRONG \(name): \(error)")
    }
  }

  nonisolated extension Int64: Sampled { static var sample: Int64 { pick([1, 2, 3, 0, 7]) } }
  nonisolated extension Int: Sampled { static var sample: Int { pick([1, 2, 3]) } }
  nonisolated extension Double: Sampled { static var sample: Double { pick([0.5, 1, 2.25]) } }
  nonisolated extension Float: Sampled { static var sample: Float { pick([0.5, 1]) } }
  nonisolated extension Bool: Sampled { static var sample: Bool { pick([true, false]) } }
  nonisolated extension UInt8: Sampled { static var sample: UInt8 { pick([1, 255]) } }
  nonisolated extension String: Sampled { static var sample: String { pick(["a", "scout", "é", "2024"]) } }
  nonisolated extension Data: Sampled { static var sample: Data { pick([Data(), Data([1, 2, 3, 4])]) } }
  nonisolated extension Date: Sampled { static var sample: Date { Date(timeIntervalSince1970: 1_700_000_000) } }
  nonisolated extension UUID: Sampled { static var sample: UUID { UUID() } }
  nonisolated extension SQLiteJSON: Sampled { static var sample: SQLiteJSON { pick(["{}", "[1,2]", #"{"a":1}"#]) } }
  nonisolated extension SQLiteDay: Sampled { static var sample: SQLiteDay { SQLiteDay(year: 2024, month: 5, day: 6)! } }
  nonisolated extension SQLiteDecimal: Sampled { static var sample: SQLiteDecimal { SQLiteDecimal("12.50")! } }
  nonisolated extension SQLiteNumber: Sampled { static var sample: SQLiteNumber { pick([.integer(2), .real(2.5)]) } }
  nonisolated extension SQLiteValue: Sampled {
    static var sample: SQLiteValue { pick([.integer(1), .text("a"), .real(0.5), .null]) }
  }
  nonisolated extension SortDirection: Sampled { static var sample: SortDirection { pick(Array(allCases)) } }
  nonisolated extension Optional: Sampled where Wrapped: Sampled {
    static var sample: Self { pick([true, true, false]) ? .some(Wrapped.sample) : .none }
  }
  nonisolated extension PatchValue: Sampled where Value: Sampled {
    static var sample: Self { pick([true, true, false]) ? .set(Value.sample) : .unchanged }
  }
  nonisolated extension Array: Sampled where Element: Sampled {
    static var sample: Self { (0..<pick([0, 1, 3])).map { _ in Element.sample } }
  }
  """#
