// One order for diagnostics, whatever order the passes found them in.

extension [Diagnostic] {
  /// By file, then place, then severity, then name and text; what is said twice is said once.
  public func sortedAndUnique() -> [Diagnostic] {
    var seen: Set<Diagnostic> = []
    return filter { seen.insert($0).inserted }.sorted(by: Diagnostic.isOrderedBefore)
  }
}

extension Diagnostic {
  static func isOrderedBefore(_ a: Diagnostic, _ b: Diagnostic) -> Bool {
    let (left, right) = (a.primary.source, b.primary.source)
    if left.path != right.path { return left.path < right.path }
    if left.range.lower != right.range.lower { return left.range.lower < right.range.lower }
    if left.range.upper != right.range.upper { return left.range.upper < right.range.upper }
    if a.severity != b.severity { return a.severity > b.severity }
    if a.id != b.id { return a.id.description < b.id.description }
    return a.message < b.message
  }
}
