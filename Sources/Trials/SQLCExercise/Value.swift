// A value on its way into or out of SQLite, owned (SQLite, datatype3.html, "Storage Classes and Datatypes").

import CSQLite
import SQLCSQLiteHandle

/// A value with its storage class.
public enum Value: Sendable, Hashable {
  case null
  case integer(Int64)
  case real(Double)
  case text(String)
  case blob([UInt8])

  init(_ reference: ValueReference) {
    switch reference.type {
    case SQLITE_INTEGER: self = .integer(reference.integer)
    case SQLITE_FLOAT: self = .real(reference.real)
    case SQLITE_TEXT: self = .text(String(decoding: reference.text, as: UTF8.self))
    case SQLITE_BLOB: self = .blob(Array(reference.blob))
    default: self = .null
    }
  }

  var isNull: Bool { self == .null }

  /// `NULL`, `INTEGER`, …: as typeof() says it, in capitals.
  var storageClass: String {
    switch self {
    case .null: "NULL"
    case .integer: "INTEGER"
    case .real: "REAL"
    case .text: "TEXT"
    case .blob: "BLOB"
    }
  }

  /// As SQL writes it, for a reproduction. Long values are cut.
  public var literal: String {
    switch self {
    case .null: "NULL"
    case .integer(let value): "\(value)"
    case .real(let value):
      value.isNaN ? "NULL" : value.isInfinite ? (value < 0 ? "-9e999" : "9e999") : "\(value)"
    case .text(let value):
      "'" + value.prefix(60).replacing("'", with: "''") + (value.count > 60 ? "…'" : "'")
    case .blob(let bytes):
      "x'" + bytes.prefix(24).map { byte in String(byte >> 4, radix: 16) + String(byte & 15, radix: 16) }.joined()
        + (bytes.count > 24 ? "…'" : "'")
    }
  }

  func bind(to statement: StatementHandle, at index: Int32) throws(SQLiteFailure) {
    let reference = statement.reference
    let code: Int32
    switch self {
    case .null: code = reference.bindNull(at: index)
    case .integer(let value): code = reference.bind(value, at: index)
    case .real(let value): code = reference.bind(value, at: index)
    case .text(var value): code = value.withUTF8 { reference.bindText(copying: $0, at: index) }
    case .blob(let bytes): code = bytes.withUnsafeBytes { reference.bindBlob(copying: $0, at: index) }
    }
    guard code == SQLITE_OK else { throw statement.failure(code) }
  }
}
