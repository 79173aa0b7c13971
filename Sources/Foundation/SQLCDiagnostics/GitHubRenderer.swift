// Diagnostics as GitHub Actions reads them from a job's output.

/// One workflow command a line: `::error file=queries/a.sql,line=2,endLine=2,col=8,endColumn=12,title=binder/…::message`.
/// Labels and notes follow the message; GitHub shows them on lines of their own.
func renderGitHubCommands(_ diagnostics: [Diagnostic], in sources: SourceSet) -> String {
  var indexes: [String: LineIndex] = [:]
  return diagnostics.map { diagnostic in
    let range = diagnostic.primary.source
    var properties = ["file=" + escapedProperty(visibleText(sources[range.path]?.displayPath ?? range.path))]
    if let source = sources[range.path]?.source {
      let index = indexes[range.path] ?? LineIndex(source.text)
      indexes[range.path] = index
      let (start, end) = (index.position(at: range.range.lower), index.position(at: range.range.upper))
      properties += ["line=\(start.line)", "endLine=\(end.line)", "col=\(start.column)", "endColumn=\(end.column)"]
    }
    properties.append("title=" + escapedProperty(diagnostic.id.description))
    let label = diagnostic.primary.text.isEmpty ? [] : [diagnostic.primary.text]
    let text = ([diagnostic.message] + label + diagnostic.notes).map(visibleText).joined(separator: "\n")
    return "::\(command(diagnostic.severity)) \(properties.joined(separator: ","))::\(escapedData(text))\n"
  }.joined()
}

private func command(_ severity: Severity) -> String {
  switch severity {
  case .note: "notice"
  case .warning: "warning"
  case .error: "error"
  }
}

/// As the runner's own toolkit escapes them.
private func escapedData(_ text: String) -> String {
  text.unicodeScalars.reduce(into: "") { result, scalar in
    switch scalar {
    case "%": result += "%25"
    case "\r": result += "%0D"
    case "\n": result += "%0A"
    default: result.unicodeScalars.append(scalar)
    }
  }
}

private func escapedProperty(_ text: String) -> String {
  escapedData(text).unicodeScalars.reduce(into: "") { result, scalar in
    switch scalar {
    case ":": result += "%3A"
    case ",": result += "%2C"
    default: result.unicodeScalars.append(scalar)
    }
  }
}
