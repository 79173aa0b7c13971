// What scaffolded queries, their tables and their parameters are called.

import SQLCDiagnostics
import SQLCModel

struct ScaffoldNames {
  /// The table as SQL has it.
  let table: String
  /// `Agent`, the name of its struct.
  let singular: String
  /// `Agents`
  let plural: String
  private let initialisms: Set<String>
  /// How the block's engine writes a name.
  private let spelled: (String) -> String

  init(_ name: QualifiedName, singular: String, initialisms: Set<String>, spelled: @escaping (String) -> String) {
    self.singular = singular
    self.spelled = spelled
    let initialisms = Set(initialisms.map { $0.lowercased() })
    self.initialisms = initialisms
    table = name.schema.map { spelled($0) + "." + spelled(name.name) } ?? spelled(name.name)
    let words = Self.words(name.name, initialisms)
    let schema = name.schema.map { Self.words($0, initialisms) } ?? ""
    plural = words.isEmpty || schema + words == singular ? "All" + singular : schema + words
  }

  func quoted(_ name: String) -> String { spelled(name) }

  /// `environment_id` → `EnvironmentID`
  func words(_ name: String) -> String { Self.words(name, initialisms) }

  /// A column's name as that of a parameter: letters, digits and underscores.
  func parameter(_ name: String) -> String {
    let plain = String(name.unicodeScalars.map { $0.properties.isXIDContinue ? Character($0) : "_" })
    return plain.unicodeScalars.first.map { $0 == "_" || $0.properties.isXIDStart } == true ? plain : "p_" + plain
  }

  private static func words(_ name: String, _ initialisms: Set<String>) -> String {
    name.split { !($0.isLetter || $0.isNumber) }
      .map { initialisms.contains($0.lowercased()) ? $0.uppercased() : $0.prefix(1).uppercased() + $0.dropFirst() }
      .joined()
  }
}
