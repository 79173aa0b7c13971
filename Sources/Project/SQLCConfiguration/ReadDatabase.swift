// `database`, and the keys that only one engine has.

import SQLCDiagnostics
import SQLCEngine

extension YAMLReader {
  /// Reads `database` of a PostgreSQL block; says which keys mean nothing to the block's engine.
  mutating func readDatabase(_ keys: [String: Member], of engine: EngineName?, into settings: inout AnalysisSettings) {
    guard engine == .postgresql else {
      if let member = keys["database"] {
        say(.unknownKey("database", known: [], advice: sqlcBlockAdvice["database"]), member.key)
      }
      return
    }
    for key in ConfigurationMapping.analysisKeys.filter({ $0.engine == .sqlite }).map(\.name) {
      guard let member = keys[key] else { continue }
      let advice = key == "extensions" ? "write 'database: { extensions: […] }'" : "this key is for 'engine: sqlite'"
      say(.unknownKey(key, known: [], advice: advice), member.key)
    }
    guard let member = keys["database"],
      let members = members(member.value, of: .database)
    else { return }
    if let uri = members["uri"] { settings.database.uri = located(uri.value) }
    if let managed = members["managed"], let isManaged = bool(managed.value) {
      if !isManaged, settings.database.uri == nil {
        say(.missingKey("uri", in: "'database' of a server that is not managed"), managed.key)
      }
      if isManaged, settings.database.uri != nil {
        say(.invalidValue("true", reason: "has no effect beside 'uri'"), managed.value)
      }
    }
    if let version = members["version"], let major = integer(version.value) {
      if DatabaseSettings.versions.contains(major) {
        settings.database.version = major
      } else {
        say(.invalidValue("\(major)", reason: "is no major version of PostgreSQL from 14 on"), version.value)
      }
    }
    if let extensions = members["extensions"], let names = strings(extensions.value) {
      settings.database.extensions = names.map(\.value)
    }
  }
}
