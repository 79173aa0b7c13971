// Reports of findings: what the formats' schemas demand, whatever stands in names and messages.

import Foundation
import SQLCDiagnostics
import Testing

#if canImport(FoundationXML)
  import FoundationXML
#endif

@Suite struct ReportTests {
  private static let hostile = "a<b>&\"c\" 'd' ]]> %41 \u{1}\u{FFFE}\u{FFFF} 💡é\n::error::x"
  private static let path = "db dir/ä:<b>&,100%.sql"

  private static let report: Report = {
    let source = SourceFile(path: path, text: "SELECT '💡', é;\nSELECT 2;\n")
    func diagnostic(_ name: String, _ level: Severity, _ range: ByteRange, related: Bool = false) -> Diagnostic {
      Diagnostic(
        Rule(DiagnosticID("team", name), level, ""), hostile,
        at: DiagnosticLabel(SourceRange(path: path, range: range)),
        secondary: related ? [DiagnosticLabel(SourceRange(path: path, range: ByteRange(0, 6)), hostile)] : [],
        notes: [hostile])
    }
    let known = ["first", "second", "quiet"].map {
      ReportRule(id: DiagnosticID("team", $0), level: .warning, summary: $0 == "second" ? "" : hostile, help: hostile)
    }
    return Report(
      diagnostics: [
        diagnostic("first", .error, ByteRange(15, 17), related: true),
        diagnostic("first", .warning, ByteRange(19, 28)),
        diagnostic("second", .note, ByteRange(at: 0)),
        // A rule that was not among those asked, and a file that nobody has.
        Diagnostic(
          Rule(DiagnosticID("vet", "other"), .warning, ""), "m",
          at: DiagnosticLabel(SourceRange(path: "/elsewhere/x.sql", range: ByteRange(3, 4)))),
      ], sources: SourceSet([source]), rules: known)
  }()

  // MARK: SARIF

  /// The members that an object may have and the ones it must have, as sarif-schema-2.1.0.json lists them for what is written
  /// here; every object of that schema has `additionalProperties: false`.
  private static let members: [String: (all: Set<String>, required: Set<String>)] = [
    "log": (["$schema", "version", "runs"], ["version", "runs"]),
    "run": (["tool", "columnKind", "results"], ["tool"]),
    "tool": (["driver"], ["driver"]),
    "toolComponent": (["name", "rules"], ["name"]),
    "reportingDescriptor": (["id", "shortDescription", "help", "defaultConfiguration"], ["id"]),
    "reportingConfiguration": (["level"], []),
    "result": (["ruleId", "ruleIndex", "level", "message", "locations", "relatedLocations"], ["message"]),
    "message": (["text"], ["text"]),
    "location": (["physicalLocation", "message"], []),
    "physicalLocation": (["artifactLocation", "region"], ["artifactLocation"]),
    "artifactLocation": (["uri"], ["uri"]),
    "region": (["startLine", "startColumn", "endLine", "endColumn"], ["startLine"]),
  ]

  private func object(_ value: Any?, _ kind: String) throws -> [String: Any] {
    let object = try #require(value as? [String: Any], "no \(kind): \(value ?? "nothing")")
    let (all, required) = try #require(Self.members[kind])
    #expect(Set(object.keys).isSubset(of: all) && Set(object.keys).isSuperset(of: required), "\(kind): \(object.keys)")
    return object
  }

  private func text(_ value: Any?) throws -> String {
    try #require(try object(value, "message")["text"] as? String)
  }

  private func checkLocation(_ value: Any) throws {
    let location = try object(value, "location")
    if let message = location["message"] { #expect(try !text(message).isEmpty) }
    let physical = try object(location["physicalLocation"], "physicalLocation")
    let uri = try #require(try object(physical["artifactLocation"], "artifactLocation")["uri"] as? String)
    // A URI reference (RFC 3986); relative, so that a colon is none of a scheme's.
    let allowed = CharacterSet(charactersIn: Unicode.Scalar(0x21)...Unicode.Scalar(0x7E))
    #expect(uri.unicodeScalars.allSatisfy(allowed.contains) && !uri.contains(where: "<>\"{}|\\^`:".contains), "\(uri)")
    let region = try object(physical["region"], "region")
    let numbers = try ["startLine", "startColumn", "endLine", "endColumn"].map { try #require(region[$0] as? Int) }
    #expect(numbers.allSatisfy { $0 >= 1 })
    #expect((numbers[0], numbers[1]) <= (numbers[2], numbers[3]))
  }

  @Test func sarifHasWhatItsSchemaDemands() throws {
    let parsed = try JSONSerialization.jsonObject(with: Data(Self.report.render(as: .sarif).utf8))
    let log = try object(parsed, "log")
    #expect(log["version"] as? String == "2.1.0")
    let run = try object((log["runs"] as? [Any])?.first, "run")
    #expect(run["columnKind"] as? String == "utf16CodeUnits")
    let driver = try object(try object(run["tool"], "tool")["driver"], "toolComponent")
    let levels: Set<String> = ["none", "note", "warning", "error"]
    var ids: [String] = []
    for value in try #require(driver["rules"] as? [Any]) {
      let rule = try object(value, "reportingDescriptor")
      ids.append(try #require(rule["id"] as? String))
      #expect(try !text(rule["shortDescription"]).isEmpty)
      let level = try object(rule["defaultConfiguration"], "reportingConfiguration")["level"] as? String
      #expect(levels.contains(level ?? ""))
    }
    #expect(ids == ["team/first", "team/second", "team/quiet", "vet/other"])
    let results = try #require(run["results"] as? [Any])
    #expect(results.count == 4)
    for value in results {
      let result = try object(value, "result")
      let index = try #require(result["ruleIndex"] as? Int)
      #expect(ids.indices.contains(index) && ids[index] == result["ruleId"] as? String)
      #expect(levels.contains(result["level"] as? String ?? ""))
      #expect(try !text(result["message"]).isEmpty)
      for location in try #require(result["locations"] as? [Any]) { try checkLocation(location) }
      for location in result["relatedLocations"] as? [Any] ?? [] { try checkLocation(location) }
    }
  }

  /// `é` stands behind `SELECT '💡', `: 13 code units of UTF-16, 15 bytes.
  @Test func sarifCountsCodeUnits() {
    let json = Self.report.render(as: .sarif).filter { $0 != " " && $0 != "\n" }
    #expect(json.contains(#""region":{"startLine":1,"startColumn":14,"endLine":1,"endColumn":15}"#), "\(json)")
  }

  // MARK: JUnit

  /// Jenkins' junit-10.xsd: which elements stand in which, and the attributes that must be there.
  private final class Reader: NSObject, XMLParserDelegate {
    var path: [String] = []
    var problems: [String] = []
    var counted: [String: Int] = [:]
    var declared: [String: Int] = [:]
    static let parents = ["testsuites": "", "testsuite": "testsuites", "testcase": "testsuite", "failure": "testcase"]
    static let required = ["testsuite": ["name"], "testcase": ["name", "classname"]]

    func parser(
      _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
      attributes: [String: String]
    ) {
      if Self.parents[name] != path.last ?? "" { problems.append("'\(name)' in '\(path)'") }
      for attribute in Self.required[name] ?? [] where attributes[attribute]?.isEmpty != false {
        problems.append("'\(name)' without '\(attribute)'")
      }
      if name == "testsuite" {
        for key in ["tests", "failures", "errors"] { declared[key] = attributes[key].flatMap { Int($0) } }
      }
      counted[name, default: 0] += 1
      path.append(name)
    }

    func parser(_ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?) {
      path.removeLast()
    }
  }

  @Test func junitHasWhatItsSchemaDemands() {
    let reader = Reader()
    let parser = XMLParser(data: Data(Self.report.render(as: .junit).utf8))
    parser.delegate = reader
    #expect(parser.parse(), "\(String(describing: parser.parserError))")
    #expect(reader.problems == [])
    #expect(reader.declared == ["tests": 4, "failures": 3, "errors": 0])
    #expect(reader.counted == ["testsuites": 1, "testsuite": 1, "testcase": 4, "failure": 3])
  }

  // MARK: GitHub

  /// Each diagnostic is one line, and what it quotes begins no command.
  @Test func githubCommandsAreOneLineEach() {
    let lines = Self.report.render(as: .github).split(separator: "\n")
    #expect(lines.count == 4)
    for line in lines {
      #expect(["::error ", "::warning ", "::notice "].contains { line.hasPrefix($0) }, "\(line)")
      let parts = line.dropFirst(2).components(separatedBy: "::")
      #expect(!parts[0].contains(":"), "a colon in a property ends it: \(line)")
    }
  }
}
