// `sqlc-swift jsonschema`: the configuration as a JSON schema, from what its reader takes.

public import SQLCAnalysis
import SQLCConfiguration
import SQLCDiagnostics
import SQLCEngine

/// The JSON schema (draft-07, which editors know best) of `sqlc-swift.yaml`.
///
/// It takes what the reader takes, but for what a schema cannot say: paths, types of Swift, names that must be there.
public func configurationSchema(engines: EngineSet = .standard) -> CommandOutcome {
  var json = JSONWriter()
  json.object { json in
    json.member("$schema", "http://json-schema.org/draft-07/schema#")
    json.member("title", "sqlc-swift.yaml")
    json.member("description", "The configuration of sqlc-swift: sqlc's version 2, with 'swift' where sqlc has 'go'.")
    members(of: .configuration(engines: engines.names), to: &json)
  }
  return CommandOutcome(standardOutput: json.indentedText + "\n")
}

/// Writes the members of a schema's object.
private func members(of form: ConfigurationForm, to json: inout JSONWriter) {
  switch form {
  // The reader takes a number for a text: `min_sqlite: 3.37`.
  case .text, .rule: json.member("type", ["string", "number"])
  case .flag: json.member("type", "boolean")
  case .number(let range):
    json.member("type", "integer")
    json.member("minimum", range.lowerBound)
    if range.upperBound < Int.max { json.member("maximum", range.upperBound) }
  case .choice(let values): enumeration(values, to: &json)
  case .suggestion(let values):
    json.array("anyOf") { json in
      json.object { enumeration(values, to: &$0) }
      json.object { $0.member("type", "string") }
    }
  case .list(let form, let minimum): list(of: form, minimum, to: &json)
  case .oneOrMore(let form, let minimum):
    json.array("anyOf") { json in
      json.object { members(of: form, to: &$0) }
      json.object { list(of: form, minimum, to: &$0) }
    }
  case .names(_, let form):
    json.member("type", "object")
    json.object("additionalProperties") { members(of: form, to: &$0) }
  case .mapping(let mapping): members(of: mapping, to: &json)
  case .either(let first, let second):
    json.array("anyOf") { json in
      json.object { members(of: first, to: &$0) }
      json.object { members(of: second, to: &$0) }
    }
  }
}

private func list(of form: ConfigurationForm, _ minimum: Int, to json: inout JSONWriter) {
  json.member("type", "array")
  if minimum > 0 { json.member("minItems", minimum) }
  json.object("items") { members(of: form, to: &$0) }
}

/// What YAML reads as a truth or a number is meant as its text too.
private func enumeration(_ values: [String], to json: inout JSONWriter) {
  json.array("enum") { json in
    for value in values {
      json.element(value)
      if let flag = Bool(value) { json.element(flag) }
      if let number = Int(value) { json.element(number) }
    }
  }
}

private func members(of mapping: ConfigurationMapping, to json: inout JSONWriter) {
  json.member("type", "object")
  json.member("additionalProperties", false)
  json.object("properties") { json in
    for key in mapping.keys.sorted(by: { $0.name < $1.name }) {
      json.object(key.name) { json in
        let remarks =
          [key.summary] + (key.standard.map { ["Default: \($0)."] } ?? [])
          + (key.engine.map { ["Only with 'engine: \($0)'."] } ?? [])
        json.member("description", remarks.joined(separator: " "))
        members(of: key.form, to: &json)
      }
    }
  }
  let required = mapping.keys.filter { $0.presence == .required }.map(\.name).sorted()
  if !required.isEmpty { json.member("required", required) }
  if !mapping.alternatives.isEmpty {
    json.array("oneOf") { json in
      for name in mapping.alternatives { json.object { $0.member("required", [name]) } }
    }
  }
  let engines = Set(mapping.keys.compactMap(\.engine)).sorted { $0.rawValue < $1.rawValue }
  guard mapping["engine"] != nil, !engines.isEmpty else { return }
  // Keys of one engine are errors beside another.
  json.array("allOf") { json in
    for engine in engines {
      json.object { json in
        json.object("if") { json in
          json.object("properties") { json in json.object("engine") { $0.member("const", engine.rawValue) } }
        }
        json.object("else") { json in
          json.object("properties") { json in
            for key in mapping.keys where key.engine == engine { json.member(key.name, false) }
          }
        }
      }
    }
  }
}
