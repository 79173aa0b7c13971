// How SQLite would find the rows of a query, read from the program that it makes of it (opcode.html): its cursors are opened
// on the root pages of tables and indexes.

public import SQLCEngine
import SQLCSQLiteHandle

extension SQLiteTrialDatabase {
  public func access(of query: TrialQuery) throws(TrialFailure) -> RowAccess {
    // An argument that is not bound is NULL; programs do not depend on arguments.
    let sql = query.pieces.map { piece in
      switch piece {
      case .text(let text): text
      case .value: "?"
      case .list(let values): values.map { _ in "?" }.joined(separator: ", ")
      }
    }.joined()
    do throws(SQLiteFailure) {
      let roots = try handle.texts("SELECT rootpage, type, lower(name) FROM sqlite_schema WHERE rootpage > 0")
      let objects = Dictionary(
        roots.map { ($0[0] ?? "", (isIndex: $0[1] == "index", name: $0[2] ?? "")) },
        uniquingKeysWith: { first, _ in first })
      var cursors: [String: (isIndex: Bool, name: String)] = [:]
      var access = RowAccess(indexes: [], scannedTables: [])
      // addr, opcode, p1 (the cursor), p2, …
      for row in try handle.texts("EXPLAIN " + sql) {
        guard let opcode = row[1], let cursor = row[2] else { continue }
        switch opcode {
        case "OpenRead", "OpenWrite", "ReopenIdx": cursors[cursor] = objects[row[3] ?? ""]
        case "Rewind", "Last", "SeekGE", "SeekGT", "SeekLE", "SeekLT", "DeferredSeek":
          guard let object = cursors[cursor] else { continue }
          if object.isIndex, opcode != "Rewind", opcode != "Last" {
            access.indexes.insert(object.name)
          } else if !object.isIndex, opcode == "Rewind" || opcode == "Last" {
            access.scannedTables.insert(object.name)
          }
        default: continue
        }
      }
      return access
    } catch {
      throw failure(error)
    }
  }
}
