// What can be written in a configuration, and what its keys mean.

import SQLCAnalysis
import SQLCConfiguration
import SQLCDiagnostics
import SQLCLanguageProtocol

/// Keys and values at a place.
struct ConfigurationCompletion {
  let text: ConfigurationText
  let place: ConfigurationText.Place
  let root: ConfigurationForm
  /// The names that rules have here, with what they are about.
  let rules: [(name: String, summary: String)]

  func items() -> [CompletionItem] {
    guard let form = root.form(at: place.path) else { return [] }
    return items(of: form, place.kind)
  }

  private func items(of form: ConfigurationForm, _ kind: ConfigurationText.Place.Kind) -> [CompletionItem] {
    switch (form, kind) {
    case (.mapping(let mapping), .beginning), (.mapping(let mapping), .key): keys(of: mapping)
    case (.names(.rule, _), .beginning), (.names(.rule, _), .key):
      rules.map { CompletionItem(label: $0.name, kind: .property, detail: $0.summary, text: written($0.name) + ": ") }
    case (.either(let first, let second), _): items(of: first, kind) + items(of: second, kind)
    case (.flag, .value): values(["true", "false"])
    case (.choice(let words), .value), (.suggestion(let words), .value): values(words)
    case (.rule, .value):
      rules.map { CompletionItem(label: $0.name, kind: .enumerationMember, detail: $0.summary, text: written($0.name)) }
    // An element behind its dash, or the first, with it.
    case (.choice(let words), .beginning) where isElement: values(words)
    case (.list(let form, _), .beginning), (.oneOrMore(let form, _), .beginning): elements(of: form)
    case (.oneOrMore(let form, _), .value): items(of: form, .value)
    case (.mapping, .value), (.names, _), (.text, _), (.number, _), (.flag, _), (.choice, _), (.suggestion, _),
      (.rule, _), (.list, _), (.oneOrMore, _):
      []
    }
  }

  private var isElement: Bool {
    if case .item? = place.path.last { true } else { false }
  }

  private func elements(of form: ConfigurationForm) -> [CompletionItem] {
    let inner = form.mappings.isEmpty ? items(of: form, .value) : items(of: form, .beginning)
    return inner.map { item in
      var item = item
      item.text = "- " + (item.text ?? item.label)
      return item
    }
  }

  private func keys(of mapping: ConfigurationMapping) -> [CompletionItem] {
    let present = text.keys(of: place.path)
    let isAnswered = !present.isDisjoint(with: mapping.alternatives)
    return mapping.keys.filter { key in
      !present.contains(key.name) && !(isAnswered && mapping.alternatives.contains(key.name))
    }
    .map { key in
      let isJSON = place.quote == UInt8(ascii: "\"") || text.source.path.hasSuffix(".json")
      let name = isJSON ? "\"\(key.name)\"" : key.name
      return CompletionItem(
        label: key.name, kind: .property, detail: key.standard.map { "default: \($0)" },
        documentation: key.pageText, text: name + (key.form.isOneText ? ": " : ":"),
        rank: key.presence == .required ? 0 : 1)
    }
  }

  private func values(_ words: [String]) -> [CompletionItem] {
    words.map { CompletionItem(label: $0, kind: .enumerationMember, text: written($0), rank: 0) }
  }

  /// In quotation marks where YAML would read something else, or where they are there already.
  private func written(_ word: String) -> String {
    if let quote = place.quote.map({ Character(UnicodeScalar($0)) }) { return "\(quote)\(word)\(quote)" }
    let isFlag = word == "true" || word == "false"
    if text.source.path.hasSuffix(".json") { return isFlag ? word : "\"\(word)\"" }
    let isPlain = word.utf8.first.map(SQLText.isWord) == true && Int(word) == nil
    return isPlain ? word : "\"\(word)\""
  }
}

extension ConfigurationForm {
  /// Does a value stand on the line of its key?
  var isOneText: Bool {
    switch self {
    case .text, .flag, .number, .choice, .suggestion, .rule, .oneOrMore: true
    case .list, .names, .mapping: false
    case .either(let first, let second): first.isOneText || second.isOneText
    }
  }

  /// `true or false`
  var words: String {
    switch self {
    case .text: "a text"
    case .flag: "true or false"
    case .number(let range):
      range.upperBound == Int.max
        ? "a number from \(range.lowerBound) on" : "a number from \(range.lowerBound) to \(range.upperBound)"
    case .choice(let values): values.map { "`\($0)`" }.joined(separator: ", ")
    case .suggestion(let values): values.map { "`\($0)`" }.joined(separator: ", ") + ", or another"
    case .rule: "the name of a rule"
    case .list(let form, _): form.mappings.isEmpty ? "a list: " + form.words : "a list"
    case .oneOrMore(let form, _): form.words + ", or a list"
    case .names(_, let form): "by name: " + form.words
    case .mapping(let mapping): "keys: " + mapping.keys.map { "`\($0.name)`" }.joined(separator: ", ")
    case .either(let first, let second): first.words + "; or " + second.words
    }
  }
}

extension ConfigurationKey {
  /// Paragraphs of Markdown.
  var pageText: [String] {
    var parts = [summary, "Takes \(form.words)."]
    if presence == .required { parts.append("It must be there.") }
    if let standard { parts.append("Without it: `\(standard)`.") }
    if let engine { parts.append("Only beside `engine: \(engine)`.") }
    return parts
  }
}

extension Session {
  /// Is the file a configuration?
  func isConfiguration(_ path: String) -> Bool {
    ProjectLocation.defaultNames.contains { path.hasSuffix("/" + $0) }
  }

  /// Of the text alone: no analysis is waited for.
  func configurationCompletion(_ uri: DocumentURI, _ params: JSON) throws(ResponseError) -> JSON {
    guard let document = documents[uri.path], let position = EditorPosition(params["position"]) else {
      throw ResponseError(.invalidParams, "there is no such document, or no proper position")
    }
    let source = SourceFile(path: uri.path, text: document.text)
    let positions = EditorPositions(source, encoding: client.encoding)
    let text = ConfigurationText(source)
    guard let place = text.place(at: positions.offset(of: position)) else { return .null }
    let maker = ConfigurationCompletion(
      text: text, place: place, root: .configuration(engines: environment.engines.names), rules: environment.rules)
    return list(
      of: maker.items(), replacing: positions.range(place.prefix), prefix: String(source.slice(place.prefix)))
  }

  func configurationHover(_ uri: DocumentURI, _ text: ConfigurationText, at offset: Int) -> (
    text: [String], range: ByteRange
  )? {
    let root = ConfigurationForm.configuration(engines: environment.engines.names)
    guard let entry = text.entry(at: offset), case .key(let name)? = entry.path.last else { return nil }
    if let key = root.key(at: entry.path) { return (["**\(key.name)**"] + key.pageText, entry.key) }
    guard case .names(.rule, _)? = root.form(at: entry.path.dropLast()),
      let rule = environment.rules.first(where: { $0.name == name })
    else { return nil }
    return (["**\(rule.name)**: \(rule.summary)"], entry.key)
  }
}
