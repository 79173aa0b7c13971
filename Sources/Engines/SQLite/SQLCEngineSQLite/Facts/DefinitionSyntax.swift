// The text of definitions, found by where the catalog says that they are: names of constraints, conditions of CHECKs, terms of
// indexes. The catalog has what is left after the last ALTER and DROP; this only lends it its words.

import SQLCDiagnostics
import SQLCSyntaxSQLite

struct DefinitionSyntax {
  struct Entry<Node> {
    var node: Node
    var source: SourceFile
  }

  private(set) var tables: [SourceRange: Entry<CreateTableSyntax>] = [:]
  private(set) var columns: [SourceRange: Entry<ColumnDefinitionSyntax>] = [:]
  private(set) var indexes: [SourceRange: Entry<CreateIndexSyntax>] = [:]
  private(set) var triggers: [SourceRange: Entry<CreateTriggerSyntax>] = [:]
  private(set) var modules: [SourceRange: Entry<CreateVirtualTableSyntax>] = [:]

  init(_ scripts: [ScriptSyntax]) {
    for script in scripts {
      let source = script.source
      func place(_ range: ByteRange) -> SourceRange { SourceRange(path: source.path, range: range) }
      for item in script.items {
        switch item.statement {
        case .createTable(let node):
          tables[place(node.name.name.range)] = Entry(node: node, source: source)
          guard case .columns(let list, _, _) = node.body else { continue }
          for column in list { columns[place(column.name.range)] = Entry(node: column, source: source) }
        case .alterTable(let node):
          guard case .addColumn(let column) = node.action else { continue }
          columns[place(column.name.range)] = Entry(node: column, source: source)
        case .createIndex(let node): indexes[place(node.name.name.range)] = Entry(node: node, source: source)
        case .createTrigger(let node): triggers[place(node.name.name.range)] = Entry(node: node, source: source)
        case .createVirtualTable(let node): modules[place(node.name.name.range)] = Entry(node: node, source: source)
        default: continue
        }
      }
    }
  }
}

/// A constraint that a CREATE TABLE or ADD COLUMN has, with the name that it may have.
struct WrittenConstraint {
  enum Kind {
    case primaryKey([String]?)
    case unique([String])
    case check(ExpressionSyntax)
    case foreignKey(ForeignKeyClauseSyntax)
  }
  var kind: Kind
  var name: String?
  var source: SourceFile
  var range: ByteRange

  var place: SourceRange { SourceRange(path: source.path, range: range) }
}

extension DefinitionSyntax {
  /// Those of a table that has these columns still.
  func constraints(ofTableAt definition: SourceRange?, columns places: [SourceRange]) -> [WrittenConstraint] {
    var found: [WrittenConstraint] = []
    for place in places {
      guard let entry = columns[place] else { continue }
      for constraint in entry.node.constraints {
        let kind: WrittenConstraint.Kind
        switch constraint.kind {
        case .primaryKey: kind = .primaryKey([entry.node.name.text])
        case .unique: kind = .unique([entry.node.name.text])
        case .check(let condition): kind = .check(condition)
        case .references(let clause): kind = .foreignKey(clause)
        case .notNull, .null, .defaultValue, .collate, .generated, .deferral, .nothing: continue
        }
        found.append(
          WrittenConstraint(kind: kind, name: constraint.name?.text, source: entry.source, range: constraint.range))
      }
    }
    guard let definition, let entry = tables[definition], case .columns(_, let constraints, _) = entry.node.body else {
      return found
    }
    for constraint in constraints {
      let kind: WrittenConstraint.Kind
      switch constraint.kind {
      case .primaryKey(let terms, _, _): kind = .primaryKey(terms.map { String(entry.source.slice($0.range)) })
      case .unique(let terms, _): kind = .unique(terms.map { String(entry.source.slice($0.range)) })
      case .check(let condition, _): kind = .check(condition)
      case .foreignKey(_, let clause): kind = .foreignKey(clause)
      case .nothing: continue
      }
      found.append(
        WrittenConstraint(kind: kind, name: constraint.name?.text, source: entry.source, range: constraint.range))
    }
    return found
  }
}
