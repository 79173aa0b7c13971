// The types at the top level of a block's files: what two blocks in one module must not share.

public import SQLCDiagnostics
import SQLCModel

/// A generated type, and what it was generated for.
public struct DeclaredType: Sendable, Hashable {
  public var name: String
  /// "the table 'agents'"
  public var what: String
  /// Where that is written; absent for the types that every block has.
  public var source: SourceRange?
}

extension Lowering {
  func declaredTypes(_ model: GenerationModel) -> [DeclaredType] {
    var types = [stem, stem.appending("Transaction")].map { DeclaredType(name: $0.text, what: "the methods") }
    if options.emitProtocol {
      types += [stem.appending("Protocol"), stem.appending("Stub")].map {
        DeclaredType(name: $0.text, what: "the protocol and its stub")
      }
    }
    if options.emitSchema, !model.migrations.isEmpty {
      types.append(DeclaredType(name: schemaTypeName.text, what: "the schema"))
    }
    types += model.tables.compactMap { table in
      names.tables[table.name].map {
        DeclaredType(name: $0.text, what: "the table '\(table.name)'", source: table.source)
      }
    }
    types += model.enumerations.compactMap { enumeration in
      names.enumerations[enumeration.id].map {
        DeclaredType(name: $0.text, what: "the \(enumeration.id.kind) '\(enumeration.id)'")
      }
    }
    types += model.composites.compactMap { composite in
      names.composites[composite.name].map {
        DeclaredType(name: $0.text, what: "the type '\(composite.name)'", source: composite.source)
      }
    }
    types += sharedRows.made.map {
      DeclaredType(name: $0.name.text, what: "the row '\($0.name)'", source: $0.source)
    }
    types += model.queries.compactMap { query in
      names.queries[query.name].map {
        DeclaredType(name: $0.text, what: "the query '\(query.name)'", source: query.source)
      }
    }
    return types
  }
}
