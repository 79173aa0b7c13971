// From what the configuration says to what the generator understands. Here, because neither may know the other.

import SQLCConfiguration
import SQLCDiagnostics
import SQLCTargetSwift

func swiftOptions(of block: SQLBlock) -> SwiftOptions {
  let settings = block.swift
  var options = SwiftOptions()
  switch settings.access {
  case .internal: options.access = .internal
  case .package: options.access = .package
  case .public: options.access = .public
  }
  switch settings.emitCodable {
  case .none: options.codable = .none
  case .propertyNames: options.codable = .propertyNames
  case .columnNames: options.codable = .columnNames
  }
  switch settings.blobType {
  case .data: options.bytesType = .data
  case .array: options.bytesType = .array
  }
  options.emitProtocol = settings.emitProtocol
  options.emitSchema = settings.emitSchema
  options.rename = settings.rename
  options.renamePlaces = settings.renamePlaces
  // The project's initialisms come on top of the usual ones, as sqlc's do.
  if let initialisms = settings.initialisms {
    options.initialisms.formUnion(initialisms.map { $0.lowercased() })
  }
  options.emitExactTableNames = settings.emitExactTableNames
  options.inflectionExcludeTableNames = Set(settings.inflectionExcludeTableNames)
  options.omitUnusedStructs = settings.omitUnusedStructs
  options.queryParameterLimit = settings.queryParameterLimit
  options.plainTextColumns = settings.plainTextColumns
  if let name = settings.queriesType {
    options.queriesTypeName = name.value
    options.queriesTypePlace = name.source
  }
  options.overrides = settings.overrides.map(swiftOverride)
  return options
}

private func swiftOverride(_ override: TypeOverride) -> SwiftOverride {
  let target: SwiftOverride.Target =
    switch override.target {
    case .databaseType(let name): .databaseType(name)
    case .column(let pattern): .column(pattern)
    case .result(let query, let name): .result(query: query, name: name)
    }
  let codec: SwiftOverride.Codec =
    switch override.codec {
    case .natural: .natural
    case .json: .json
    case .unixSeconds: .unixSeconds
    case .unixMilliseconds: .unixMilliseconds
    case .julianDay: .julianDay
    case .uuidBlob: .uuidBlob
    case .custom(let name): .custom(name)
    }
  let scope: SwiftOverride.Scope =
    switch override.scope {
    case .all: .all
    case .nullableOnly: .nullableOnly
    case .nonNullOnly: .nonNullOnly
    }
  var rule = SwiftOverride(
    target, typeName: override.typeName, module: override.module, codec: codec, scope: scope, source: override.source)
  rule.isShared = override.isShared
  return rule
}
