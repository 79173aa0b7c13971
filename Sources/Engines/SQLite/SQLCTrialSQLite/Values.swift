// Values into and out of SQLite (datatype3.html, "Storage Classes and Datatypes").

import CSQLite
import SQLCEngine
import SQLCSQLiteHandle

extension TrialValue {
  init(_ reference: ValueReference) {
    switch reference.type {
    case SQLITE_INTEGER: self = .integer(reference.integer)
    case SQLITE_FLOAT: self = .real(reference.real)
    case SQLITE_TEXT: self = .text(String(decoding: reference.text, as: UTF8.self))
    case SQLITE_BLOB: self = .blob(Array(reference.blob))
    default: self = .null
    }
  }

  func bind(to statement: StatementHandle, at index: Int32) throws(SQLiteFailure) {
    let reference = statement.reference
    let code: Int32
    switch self {
    case .null: code = reference.bindNull(at: index)
    case .integer(let value): code = reference.bind(value, at: index)
    case .real(let value): code = reference.bind(value, at: index)
    case .text(var value), .other(_, var value): code = value.withUTF8 { reference.bindText(copying: $0, at: index) }
    case .blob(let bytes): code = bytes.withUnsafeBytes { reference.bindBlob(copying: $0, at: index) }
    }
    guard code == SQLITE_OK else { throw statement.failure(code) }
  }
}
