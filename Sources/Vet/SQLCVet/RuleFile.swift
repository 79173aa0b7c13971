// Rules in files: each a block of comments, and the SELECT below it.
//
//     -- rule: team/long-name
//     -- level: warning
//     -- message: the name of '{table}' has {length} letters
//     SELECT place, name AS "table", length(name) AS length FROM tables WHERE length(name) > 30;
//
// `why`, `fix`, `example` and `corrected` are its page; what they say may go on in comments below.

public import SQLCDiagnostics

/// The rules of a file, and what is wrong with it.
public func readRules(_ file: SourceFile) -> Diagnosed<[VetRule]> {
  var reader = RuleFileReader(file)
  reader.read()
  return Diagnosed(reader.rules, reader.diagnostics)
}

private struct RuleFileReader {
  let file: SourceFile
  var rules: [VetRule] = []
  var diagnostics: [Diagnostic] = []
  private var fields: [Field: String] = [:]
  private var options: [String: String] = [:]
  private var start: ByteRange?
  private var last: Field?
  /// The option that the lines below go on with.
  private var lastOption: String?
  private var body: (text: String, lower: Int)?

  enum Field: String, CaseIterable { case rule, level, message, why, fix, example, corrected, option }

  init(_ file: SourceFile) { self.file = file }

  mutating func read() {
    var offset = 0
    for line in file.text.split(separator: "\n", omittingEmptySubsequences: false) {
      read(line, at: offset)
      offset += line.utf8.count + 1
    }
    finish()
  }

  private mutating func read(_ line: Substring, at offset: Int) {
    guard line.hasPrefix("--") else {
      if !line.allSatisfy(\.isWhitespace) || body != nil {
        body = (text: (body.map { $0.text + "\n" } ?? "") + line, lower: body?.lower ?? offset)
      }
      return
    }
    var text = line.dropFirst(2)
    if text.first == " " { text = text.dropFirst() }
    if let colon = text.firstIndex(of: ":"), let field = Field(rawValue: String(text[..<colon])), !text.hasPrefix(" ") {
      if field == .rule {
        finish()
        start = ByteRange(offset, offset + line.utf8.count)
      }
      let value = text[text.index(after: colon)...].drop { $0 == " " }
      if field == .option {
        let parts = value.split(separator: "=", maxSplits: 1).map(String.init)
        if parts.count == 2 {
          options[parts[0]] = parts[1]
          lastOption = parts[0]
        }
      } else {
        fields[field] = String(value)
      }
      last = field
    } else if last == .option, let lastOption, body == nil {
      options[lastOption, default: ""] += "\n" + text
    } else if let last, body == nil, start != nil {
      let more = last == .example || last == .corrected ? text : text.drop { $0 == " " }
      let joint = last == .example || last == .corrected ? "\n" : " "
      fields[last] = ((fields[last] ?? "") + joint + more)
    }
  }

  private mutating func finish() {
    defer {
      fields = [:]
      options = [:]
      start = nil
      last = nil
      lastOption = nil
      body = nil
    }
    guard let start else {
      if let body, body.text.contains(where: { !$0.isWhitespace }) {
        say(.namelessRule, ByteRange(at: body.lower))
      }
      return
    }
    let parts = (fields[.rule] ?? "").split(separator: "/").map(String.init)
    guard parts.count == 2, parts.allSatisfy({ !$0.isEmpty && !$0.contains(" ") }) else {
      return say(.invalidName(fields[.rule] ?? ""), start)
    }
    let id = DiagnosticID(parts[0], parts[1])
    guard let level = Severity(rawValue: fields[.level] ?? "warning") else {
      return say(.invalidLevel(fields[.level] ?? ""), start)
    }
    guard let message = fields[.message], !message.isEmpty else { return say(.missingMessage("\(id)"), start) }
    guard let body else { return say(.missingSelect("\(id)"), start) }
    var page = VetPage()
    page.why = fields[.why] ?? ""
    page.fix = fields[.fix] ?? ""
    page.example = fields[.example] ?? ""
    page.corrected = fields[.corrected] ?? ""
    page.options = options
    rules.append(
      VetRule(
        id: id, level: level, message: message, select: body.text,
        source: SourceRange(path: file.path, range: ByteRange(body.lower, body.lower + body.text.utf8.count)),
        page: page
      ))
  }

  private mutating func say(_ problem: VetDiagnostic, _ range: ByteRange) {
    diagnostics.append(problem.at(SourceRange(path: file.path, range: range)))
  }
}
