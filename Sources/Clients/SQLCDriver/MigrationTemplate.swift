// What `migrate new` writes.

import SQLCMigrations

struct MigrationTemplate {
  let format: MigrationFormat
  /// Of the file that is the last one now: new ones are named alike.
  let last: MigrationPlace

  static let adviceForPlainFiles =
    "files of this folder have no down migration: begin them with '-- +goose Up' and '-- +goose Down' parts, or name them"
    + " 1_x.up.sql and 1_x.down.sql, to have one"

  private static let up =
    "-- What changes the schema. Each statement ends with a semicolon.\n-- ALTER TABLE … ADD COLUMN …;\n"
  private static let down = "-- What takes it back, in reverse order.\n-- ALTER TABLE … DROP COLUMN …;\n"

  /// Paths from the folder of the migrations, and texts, in the order in which they are written.
  func files(version: String, slug: String) -> [(path: String, text: String)] {
    files(version: version, slug: slug, up: Self.up, down: Self.down)
  }

  func files(version: String, slug: String, up: String, down: String) -> [(path: String, text: String)] {
    let name = "\(version)_\(slug)"
    switch format {
    case .goose: return [("\(name).sql", "-- +goose Up\n\(up)\n-- +goose Down\n\(down)")]
    case .sqlMigrate: return [("\(name).sql", "-- +migrate Up\n\(up)\n-- +migrate Down\n\(down)")]
    case .dbmate: return [("\(name).sql", "-- migrate:up\n\(up)\n-- migrate:down\n\(down)")]
    case .tern: return [("\(name).sql", "\(up)\n---- create above / drop below ----\n\n\(down)")]
    case .golangMigrate: return [("\(name).up.sql", up), ("\(name).down.sql", down)]
    case .diesel: return [("\(name)/up.sql", up), ("\(name)/down.sql", down)]
    case .flyway: return [("V\(version)__\(slug).sql", up), ("U\(version)__\(slug).sql", down)]
    case .plain: return [(last.fileInFolder.map { "\(name)/\($0)" } ?? "\(name).sql", up)]
    }
  }

  /// One more, with as many digits; the time where the last one is a time, written alike.
  func nextVersion(timestamp: String) -> String {
    var name = Substring(last.name)
    if name.first == "V" || name.first == "v" { name.removeFirst() }
    let digits = name.prefix { $0.isASCII && $0.isNumber }
    if digits.count >= 12 { return Self.later(timestamp, than: digits) }
    if digits.count == 4, let mark = name.dropFirst(4).first, "-_".contains(mark), isDate(name, mark) {
      let words = name.split { $0 == "-" || $0 == "_" }.prefix(4).prefix { $0.allSatisfy(\.isNumber) }
      let time = Array(Self.later(timestamp, than: Substring(words.joined())))
      let parts = [0..<4, 4..<6, 6..<8, 8..<14].map { time[$0].map(String.init).joined() }
      return parts.joined(separator: String(mark))
    }
    let next = String((Int(digits) ?? 0) + 1)
    return String(repeating: "0", count: max(0, digits.count - next.count)) + next
  }

  /// The time, or one more than the last one where that is not earlier: it was made by another clock.
  private static func later(_ timestamp: String, than last: Substring) -> String {
    guard last.count == timestamp.count, last >= timestamp, let number = Int(last) else { return timestamp }
    return String(number + 1)
  }

  private func isDate(_ name: Substring, _ mark: Character) -> Bool {
    let parts = name.split(separator: mark)
    return parts.count >= 3 && parts[1].count == 2 && Int(parts[1]) != nil && parts[2].prefix(2).allSatisfy(\.isNumber)
  }
}
