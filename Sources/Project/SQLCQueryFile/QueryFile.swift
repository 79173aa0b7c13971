// A query file, cut at its annotations.

public import SQLCDiagnostics
public import SQLCEngine
public import SQLCModel

/// What a file is used for.
public enum QueryFileRole: Sendable, Hashable {
  case queries
  /// Listed under `schema` too: its statements without annotation are the schema.
  case queriesAndSchema
}

/// The queries of a file, in its order. Those with a broken annotation are left out and diagnosed.
///
/// ```sql
/// -- Finds an agent by its key.          ┐ documentation
/// -- name: GetAgent :one                 │ annotation
/// -- Fails when there is none.           ┘ documentation
/// SELECT * FROM agents WHERE id = ?;       body, up to the next annotation's documentation
/// ```
///
/// Annotations are comments that begin a line; text in strings, quoted names and other comments never is one.
public func splitQueries(
  of source: SourceFile, role: QueryFileRole = .queries, rules: LexicalRules
) -> Diagnosed<[AnnotatedQuery]> {
  let found = readQueryFile(source, role: role, rules: rules)
  return Diagnosed(found.value.queries.map(\.annotated), found.diagnostics)
}

/// The queries of a file, and the fragments that its queries and others use.
package func readQueryFile(
  _ source: SourceFile, role: QueryFileRole = .queries, rules: LexicalRules
) -> Diagnosed<QueryFileContents> {
  let tokens = lexicalTokens(of: source, rules: rules)
  let sections = annotatedSections(of: tokens, in: source)
  var diagnostics: [Diagnostic] = []
  if role == .queries {
    let preamble = tokens[..<(sections.first?.lead ?? tokens.endIndex)]
    diagnostics += lexicalStatements(of: preamble, in: source, rules: rules).map {
      unannotated($0, in: source, rules: rules)
    }
  }
  var contents = QueryFileContents()
  for section in sections {
    switch section.reading {
    case .query(let reading):
      let read = query(of: section, reading, tokens: tokens, in: source)
      diagnostics += read.diagnostics
      guard let query = read.value else { continue }
      let own = tokens[section.body].filter { !$0.isComment }
      let words = FragmentTokens(source: source, tokens: own, rules: rules)
      contents.queries.append(
        WrittenQuery(
          annotated: query, source: source, tokens: words.uses().isEmpty ? [] : own,
          tokensOfLists: RowListExpander.mayStand(in: words) ? own : []))
    case .fragment(let line):
      let read = fragment(of: section, line, tokens: tokens, in: source)
      diagnostics += read.diagnostics
      if let fragment = read.value { contents.fragments.append(fragment) }
    }
  }
  // One text for all of them: it is cut into tokens once.
  let plain = withoutAssertions(source, contents.queries.flatMap(\.annotated.assertions))
  for index in contents.queries.indices { contents.queries[index].annotated.source = plain }
  return Diagnosed(contents, diagnostics)
}

/// The bodies of a file's fragments, those with a malformed head too: from the first token that is no comment to the last that is
/// no semicolon at the end.
func fragmentBodies(of tokens: [LexicalToken], in source: SourceFile) -> [ByteRange] {
  annotatedSections(of: tokens, in: source).compactMap { section in
    guard case .fragment = section.reading else { return nil }
    var own = tokens[section.body].filter { !$0.isComment }
    while own.last?.kind == .semicolon { own.removeLast() }
    guard let first = own.first, let last = own.last else { return nil }
    return first.range.union(last.range)
  }
}

/// Names used more than once, over all files that become one `Queries`: an error at each but the first.
public func duplicateNames(among queries: [AnnotatedQuery]) -> [Diagnostic] {
  var first: [String: SourceRange] = [:]
  return queries.compactMap { query in
    guard let earlier = first[query.name] else {
      first[query.name] = SourceRange(path: query.source.path, range: query.nameRange)
      return nil
    }
    return QueryFileDiagnostic.duplicateName(query.name, first: earlier).at(query.nameRange, in: query.source)
  }
}

/// The parts of a file that belong to the schema when the file is listed as one: everything without annotation, and
/// annotated statements that define something (`-- name: CreateTables :exec` over a `CREATE TABLE`), as sqlc has it.
package func schemaRanges(of source: SourceFile, rules: LexicalRules) -> [ByteRange] {
  let tokens = lexicalTokens(of: source, rules: rules)
  let sections = annotatedSections(of: tokens, in: source)
  guard let first = sections.first else { return [ByteRange(0, source.text.utf8.count)] }
  let preamble = ByteRange(0, tokens[first.lead].range.lower)
  let defining = sections.compactMap { section -> ByteRange? in
    guard case .query = section.reading,
      let keyword = lexicalStatements(of: tokens[section.body], in: source, rules: rules).first,
      keyword.definesSchema
    else {
      return nil
    }
    return section.bodyRange
  }
  return [preamble] + defining
}

// MARK: Sections

/// A comment that heads a query or a fragment, or would if it began a line; also one that is nearly so written.
package struct HeadingComment: Sendable, Hashable {
  package enum Place: Sendable, Hashable {
    /// Only blanks before it on its line: what it says counts.
    case lineStart
    /// Prose.
    case behindText
  }
  package var range: ByteRange
  package var place: Place
}

/// The comments of a file that head something, or would, in its order.
package func headingComments(of source: SourceFile, rules: LexicalRules) -> [HeadingComment] {
  lexicalTokens(of: source, rules: rules).filter(\.isComment).compactMap { comment in
    guard AnnotatedSection.Reading(String(source.slice(comment.range))) != nil else { return nil }
    return HeadingComment(range: comment.range, place: comment.startsLine ? .lineStart : .behindText)
  }
}

/// An annotation with all that belongs to it, as indexes of tokens.
private struct AnnotatedSection {
  /// The first comment of the documentation above it, or the annotation itself.
  var lead: Int
  var annotation: Int
  var body: Range<Int>
  var bodyRange: ByteRange
  var reading: Reading

  enum Reading {
    case query(AnnotationReading)
    case fragment(FragmentLine)

    /// Nothing where a comment heads nothing.
    init?(_ comment: String) {
      switch (readAnnotation(comment), FragmentLine(comment)) {
      case (.prose, .prose): return nil
      case (.prose, let line): self = .fragment(line)
      case (let reading, _): self = .query(reading)
      }
    }
  }
}

extension MalformedAnnotation {
  /// `-- name: unique` in the documentation under an annotation speaks of something called name.
  fileprivate func readsAsProse(under section: AnnotatedSection, _ tokens: ArraySlice<LexicalToken>) -> Bool {
    guard case .query(.annotation) = section.reading else { return false }
    switch kind {
    case .missingName, .missingCommand: return tokens[(section.annotation + 1)...].allSatisfy(\.isComment)
    case .spelling, .nameWithSpaces: return false
    }
  }
}

private func annotatedSections(of tokens: [LexicalToken], in source: SourceFile) -> [AnnotatedSection] {
  var sections: [AnnotatedSection] = []
  for (index, token) in tokens.enumerated() where token.isComment && token.startsLine {
    guard let reading = AnnotatedSection.Reading(String(source.slice(token.range))) else { continue }
    if case .query(.malformed(let malformed)) = reading, let last = sections.last,
      malformed.readsAsProse(under: last, tokens[..<index])
    {
      continue
    }
    var lead = index
    let floor = sections.last.map { $0.annotation + 1 } ?? 0
    while lead > floor, tokens[lead - 1].isComment, tokens[lead - 1].startsLine,
      lineBreaks(in: ByteRange(tokens[lead - 1].range.upper, tokens[lead].range.lower), of: source) == 1
    {
      lead -= 1
    }
    if let last = sections.indices.last {
      sections[last].body = sections[last].body.lowerBound..<lead
      sections[last].bodyRange.upper = tokens[lead].range.lower
    }
    sections.append(
      AnnotatedSection(
        lead: lead, annotation: index, body: (index + 1)..<tokens.endIndex,
        bodyRange: ByteRange(token.range.upper, source.text.utf8.count), reading: reading))
  }
  return sections
}

private func fragment(
  of section: AnnotatedSection, _ line: FragmentLine, tokens: [LexicalToken], in source: SourceFile
) -> Diagnosed<Fragment?> {
  let comment = tokens[section.annotation].range
  func shifted(_ range: ByteRange) -> ByteRange { ByteRange(comment.lower + range.lower, comment.lower + range.upper) }
  switch line {
  case .prose: return Diagnosed(nil)
  case .malformed(let range):
    return Diagnosed(nil, [FragmentDiagnostic.malformedFragment.at(shifted(range), in: source)])
  case .head(let nameInComment, let parameters):
    let body = tokens[section.body]
    var own = body.filter { !$0.isComment }
    while own.last?.kind == .semicolon { own.removeLast() }
    let name = String(source.slice(shifted(nameInComment)))
    guard let first = own.first, let last = own.last else {
      return Diagnosed(nil, [FragmentDiagnostic.missingBody(name).at(shifted(nameInComment), in: source)])
    }
    let comments = documentation(of: Array(tokens[section.lead..<section.annotation]), in: source)
    let under = documentation(underAnnotationIn: tokens[section.annotation], in: source)
    let below = documentation(of: Array(body.prefix { $0.isComment }), in: source)
    return Diagnosed(
      Fragment(
        name: name, nameRange: shifted(nameInComment),
        parameters: parameters.map {
          Fragment.Parameter(name: String(source.slice(shifted($0))), range: shifted($0))
        },
        source: source, body: first.range.union(last.range), documentation: comments + under + below, tokens: own))
  }
}

private func query(
  of section: AnnotatedSection, _ reading: AnnotationReading, tokens: [LexicalToken], in source: SourceFile
) -> Diagnosed<AnnotatedQuery?> {
  let comment = tokens[section.annotation].range
  func shifted(_ range: ByteRange) -> ByteRange { ByteRange(comment.lower + range.lower, comment.lower + range.upper) }

  switch reading {
  case .prose: return Diagnosed(nil)
  case .malformed(let malformed):
    let diagnostic = QueryFileDiagnostic.malformedAnnotation(malformed, comment: firstLine(of: comment, in: source))
    return Diagnosed(nil, [diagnostic.at(shifted(malformed.range), in: source)])
  case .annotation(let nameInComment, let commandInComment):
    let (nameRange, commandRange) = (shifted(nameInComment), shifted(commandInComment))
    let name = String(source.slice(nameRange))
    let word = String(source.slice(commandRange))
    var diagnostics: [Diagnostic] = []
    if !isQueryName(name) {
      diagnostics.append(QueryFileDiagnostic.invalidName(name, mended: mendedName(name)).at(nameRange, in: source))
    }
    let command = QueryCommand(rawValue: String(word.dropFirst()))
    if command == nil {
      diagnostics.append(QueryFileDiagnostic.unknownCommand(word).at(commandRange, in: source))
    }
    let body = tokens[section.body]
    if !body.contains(where: { !$0.isComment && $0.kind != .semicolon }) {
      diagnostics.append(QueryFileDiagnostic.missingStatement(name: name).at(nameRange, in: source))
    }
    guard let command, diagnostics.isEmpty else { return Diagnosed(nil, diagnostics) }
    let above = Array(tokens[section.lead..<section.annotation])
    let below = Array(body.prefix { $0.isComment })
    let comments = documentation(of: above, in: source)
    let own = documentation(underAnnotationIn: tokens[section.annotation], in: source)
    let under = documentation(of: below, in: source)
    let row = rowRequest(in: above + [tokens[section.annotation]] + below, of: source)
    guard row.diagnostics.isEmpty else { return Diagnosed(nil, row.diagnostics) }
    let assertions = readAssertions(in: body, of: source)
    guard assertions.diagnostics.isEmpty else { return Diagnosed(nil, assertions.diagnostics) }
    let query = AnnotatedQuery(
      name: name, nameRange: nameRange, command: command, commandRange: commandRange, source: source,
      bodyRange: section.bodyRange, statementRange: statementRange(of: body, in: section.bodyRange, of: source),
      documentation: comments + own + under, row: row.value, assertions: assertions.value)
    return Diagnosed(query)
  }
}

/// A comment that nothing closes may mean something to the engine; what lies behind the last token is then kept.
private func statementRange(
  of body: ArraySlice<LexicalToken>, in range: ByteRange, of source: SourceFile
) -> ByteRange {
  guard let first = body.first(where: { !$0.isComment }), let last = body.last(where: { !$0.isComment }) else {
    return range
  }
  let isClosed = body.allSatisfy { token in
    token.kind != .blockComment || token.range.count >= 4 && source.slice(token.range).hasSuffix("*/")
  }
  return ByteRange(first.range.lower, isClosed ? last.range.upper : range.upper)
}

private func firstLine(of comment: ByteRange, in source: SourceFile) -> ByteRange {
  let line = source.slice(comment).utf8.prefix { $0 != UInt8(ascii: "\n") && $0 != UInt8(ascii: "\r") }
  return ByteRange(comment.lower, comment.lower + line.count)
}

private func mendedName(_ name: String) -> String? {
  let parts = name.split { !($0.isLetter || $0.isNumber || $0 == "_") }
  let joined = parts.map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
  return isQueryName(joined) ? joined : nil
}

// MARK: Text without annotation

/// A statement that could be a query must say which; what merely prepares (`PRAGMA`, DDL) is passed over with a warning.
private func unannotated(_ statement: LexicalStatement, in source: SourceFile, rules: LexicalRules) -> Diagnostic {
  guard statement.isPreparation(by: rules) else {
    return QueryFileDiagnostic.missingAnnotation(keyword: statement.keyword, insertAt: statement.first.lower)
      .at(statement.first, in: source)
  }
  return QueryFileDiagnostic.ignoredStatement(keyword: statement.keyword).at(statement.first, in: source)
}
