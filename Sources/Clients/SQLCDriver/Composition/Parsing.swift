// Syntax without a project: what `sqlc-swift parse` answers.

public import Foundation
import SQLCAnalysis
public import SQLCDiagnostics
import SQLCSyntaxSQLite

/// The tree of a file, or of standard input, as JSON; diagnostics beside it.
public func parse(
  file: String?, standardInput: () -> Data, workingDirectory: String, format: DiagnosticFormat,
  on fileSystem: any FileSystem = LocalFileSystem()
) -> CommandOutcome {
  let name = file ?? "<standard input>"
  let bytes: [UInt8]
  if let file {
    do throws(FileSystemError) {
      bytes = try fileSystem.read(join(workingDirectory, file))
    } catch {
      return report([ProjectDiagnostic.unreadableFile(reason: error.reason).at(start(of: name))], SourceSet(), format)
    }
  } else {
    bytes = [UInt8](standardInput())
  }
  guard let text = String(validating: bytes, as: UTF8.self) else {
    return report([ProjectDiagnostic.invalidUTF8(offset: 0).at(start(of: name))], SourceSet(), format)
  }
  let source = SourceFile(path: name, text: text)
  let script = parseScript(source)
  var outcome = report(script.diagnostics, SourceSet([source]), format)
  outcome.standardOutput = renderTree(script.value) + "\n"
  return outcome
}

/// The answer to one line `{"sql": "…"}`.
public func checkJSONLine(_ line: String) -> String {
  guard let object = try? JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any],
    let sql = object["sql"] as? String
  else {
    var json = JSONWriter()
    json.object { json in
      json.member("ok", false)
      json.array("diagnostics") { json in
        json.object { json in json.member("message", "the line is no JSON object with a string member 'sql'") }
      }
    }
    return json.text
  }
  return checkLine(sql)
}

private func start(of name: String) -> SourceRange { SourceRange(path: name, range: ByteRange(at: 0)) }

private func report(_ diagnostics: [Diagnostic], _ sources: SourceSet, _ format: DiagnosticFormat) -> CommandOutcome {
  CommandOutcome(
    standardError: render(diagnostics, in: sources, as: format),
    exit: diagnostics.hasErrors ? .failure : .success)
}
