import Foundation
import SQLCTreePostgreSQL

/// Trees that servers gave, as their messages had them.
enum Trees {
  static func message(_ name: String) throws -> [UInt8] {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Trees")
    return Array(try Data(contentsOf: folder.appending(path: "\(name).txt")))
  }

  static func query(_ name: String, serverVersion: Int) throws -> Query {
    let queries = try NodeTree(message: try message(name)).queries(serverVersion: serverVersion)
    guard let query = queries.first else { throw CocoaError(.fileReadCorruptFile) }
    return query
  }
}
