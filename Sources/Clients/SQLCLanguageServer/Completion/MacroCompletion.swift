// What can be written in sqlc's macros: which there are, and what each takes.

import SQLCDiagnostics
import SQLCModel
import SQLCQueryFile

extension CompletionMaker {
  /// `sqlc.arg` and its like, with what they take.
  var macroItems: [CompletionItem] {
    KnownMacro.all.map { macro in
      CompletionItem(
        label: macro.name, kind: .function, detail: macro.meaning,
        text: hasSnippets ? "\(macro.name)($0)" : macro.name, isSnippet: hasSnippets,
        rank: 1)
    }
  }

  /// Between the parentheses of a macro that takes something else than an expression; nothing elsewhere.
  var macroArguments: [CompletionItem]? {
    guard let group = scope.groups(around: offset).first, let open = group.open,
      let macro = KnownMacro.called(before: open, in: text)
    else { return nil }
    switch macro.argument {
    case .expression: return nil
    case .source: return sourceItems
    case .parameter: return parameterItems
    case .assignment:
      let isFirst = before.last.map { $0.range.lower == text.tokens[open].range.lower || isComma($0) } ?? true
      return isFirst ? targetColumns : nil
    case .fragment: return fragmentItems(open)
    }
  }

  /// Behind the parenthesis the fragments of the block; behind a comma what the fragment still wants. Elsewhere an expression.
  private func fragmentItems(_ open: Int) -> [CompletionItem]? {
    guard let last = before.last else { return nil }
    if last.range.lower == text.tokens[open].range.lower {
      return fragments.map { fragment in
        let call = ([fragment.name] + fragment.parameters.map { "\($0.name) => " }).joined(separator: ", ")
        let snippet = fragment.parameters.enumerated().map { "\($0.element.name) => $\($0.offset + 1)" }
        let isClosed = text.tokens.first { $0.range.lower >= prefix.upper }?.kind == .symbol(UInt8(ascii: ")"))
        // Arguments that are there already are not written again.
        let written =
          isClosed ? (hasSnippets ? ([fragment.name] + snippet).joined(separator: ", ") : call) : fragment.name
        return CompletionItem(
          label: fragment.name, kind: .function, detail: fragment.signature, documentation: fragment.documentation,
          text: written, isSnippet: hasSnippets && isClosed && !snippet.isEmpty, rank: 1)
      }
    }
    guard isComma(last), open + 1 < text.tokens.count,
      let fragment = fragments.first(where: { $0.name == text.name(of: text.tokens[open + 1]) }),
      let group = scope.groups(around: offset).first
    else { return nil }
    let given = Set(
      group.items.indices.compactMap { index -> String? in
        guard case .token(let token) = group.items[index], index + 1 < group.items.count,
          scope.isSymbol(group.items[index + 1], "=")
        else { return nil }
        return text.name(of: text.tokens[token])
      })
    let wanted = fragment.parameters.map(\.name).filter { !given.contains($0) }
    return wanted.isEmpty
      ? nil
      : wanted.map {
        CompletionItem(label: $0, kind: .variable, detail: fragment.signature, text: "\($0) => ", rank: 1)
      }
  }

  private func isComma(_ token: SQLText.Token) -> Bool { token.kind == .symbol(UInt8(ascii: ",")) }

  /// What stands in FROM.
  private var sourceItems: [CompletionItem] {
    scope.sources(at: offset).flatMap { $0 }.map { source in
      CompletionItem(
        label: source.name, kind: .variable, detail: source.table.map { "\($0.name)" }, text: written(source.name),
        rank: 1)
    }
  }

  /// The parameters of the statement, and the name of the column that is compared.
  var parameterItems: [CompletionItem] {
    var names: [String] = []
    for index in scope.tokens {
      let token = text.tokens[index]
      guard !(token.range.lower < offset && offset <= token.range.upper) else { continue }
      if token.kind == .parameter {
        names.append(String(text.text(of: token).dropFirst()))
      } else if text.isName(token) || token.kind == .string, index > scope.tokens.lowerBound,
        KnownMacro.called(before: index - 1, in: text)?.argument == .parameter
      {
        names.append(token.kind == .string ? text.text(of: token).filter { $0 != "'" } : text.name(of: token))
      }
    }
    // What is compared stands before `@`, or before `sqlc.arg(`.
    let words = before.dropLast(before.last?.kind == .parameter ? 1 : 4)
    if words.count > 1, let column = words.last(where: { text.isName($0) }) { names.append(text.name(of: column)) }
    var seen: Set<String> = [""]
    return names.filter { seen.insert($0).inserted && Int($0) == nil }
      .map { CompletionItem(label: $0, kind: .variable, detail: "parameter", rank: 1) }
  }
}
