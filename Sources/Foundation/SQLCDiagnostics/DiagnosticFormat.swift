// For whom diagnostics are rendered.

/// The forms in which diagnostics can be printed.
public enum DiagnosticFormat: Sendable, Hashable {
  /// For people; editors and CI read each first line.
  case text(TextStyle)
  /// One JSON array, also when there is nothing to say.
  case json
  /// Commands that make annotations in a pull request.
  case github
}

/// All of a run's diagnostics, in their order, each said once.
public func render(_ diagnostics: [Diagnostic], in sources: SourceSet, as format: DiagnosticFormat) -> String {
  let ordered = diagnostics.sortedAndUnique()
  switch format {
  case .text(let style):
    var renderer = TextRenderer(sources: sources, style: style)
    let (shown, hidden) = ordered.withoutRepetitions()
    return renderer.render(shown) + hidden.map { "\($0)\n" }.joined()
  case .json:
    var renderer = JSONRenderer(sources: sources)
    return renderer.render(ordered) + "\n"
  case .github:
    return renderGitHubCommands(ordered, in: sources)
  }
}
