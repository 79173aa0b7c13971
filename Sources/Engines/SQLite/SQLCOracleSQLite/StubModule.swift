// A virtual-table module with given columns and no rows (SQLite, vtab.html).

import CSQLite
import SQLCSQLiteHandle

/// A module's methods and the columns of its tables. SQLite keeps the address of the methods, so they live in memory of their
/// own until the connection lets the module go.
private final class Stub {
  let declaration: String
  let methods: UnsafeMutablePointer<sqlite3_module>

  init(columns: String) {
    declaration = "CREATE TABLE x(\(columns))"
    methods = .allocate(capacity: 1)
    methods.initialize(to: sqlite3_module())
    methods.pointee.xCreate = connect
    methods.pointee.xConnect = connect
    methods.pointee.xBestIndex = { _, _ in SQLITE_OK }
    methods.pointee.xDisconnect = release
    methods.pointee.xDestroy = release
    methods.pointee.xOpen = { _, cursor in
      let opened = UnsafeMutablePointer<sqlite3_vtab_cursor>.allocate(capacity: 1)
      opened.initialize(to: sqlite3_vtab_cursor())
      cursor?.pointee = opened
      return SQLITE_OK
    }
    methods.pointee.xClose = { cursor in
      cursor?.deallocate()
      return SQLITE_OK
    }
    methods.pointee.xFilter = { _, _, _, _, _ in SQLITE_OK }
    methods.pointee.xNext = { _ in SQLITE_OK }
    methods.pointee.xEof = { _ in 1 }
    methods.pointee.xColumn = { _, _, _ in SQLITE_OK }
    methods.pointee.xRowid = { _, row in
      row?.pointee = 0
      return SQLITE_OK
    }
    methods.pointee.xUpdate = { _, _, _, _ in SQLITE_OK }
  }

  deinit { methods.deallocate() }
}

private let connect:
  @convention(c) (
    OpaquePointer?, UnsafeMutableRawPointer?, Int32, UnsafePointer<UnsafePointer<CChar>?>?,
    UnsafeMutablePointer<UnsafeMutablePointer<sqlite3_vtab>?>?, UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?
  ) -> Int32 = { database, box, _, _, table, _ in
    guard let box else { return SQLITE_ERROR }
    let code = sqlite3_declare_vtab(database, Unmanaged<Stub>.fromOpaque(box).takeUnretainedValue().declaration)
    guard code == SQLITE_OK else { return code }
    let made = UnsafeMutablePointer<sqlite3_vtab>.allocate(capacity: 1)
    made.initialize(to: sqlite3_vtab())
    table?.pointee = made
    return SQLITE_OK
  }

private let release: @convention(c) (UnsafeMutablePointer<sqlite3_vtab>?) -> Int32 = { table in
  table?.deallocate()
  return SQLITE_OK
}

extension DatabaseHandle {
  func registerStandIn(for module: ScratchExtensions.Module) -> Int32 {
    let stub = Stub(columns: module.columns)
    let methods = stub.methods
    return sqlite3_create_module_v2(
      pointer, module.name, methods, Unmanaged.passRetained(stub).toOpaque(),
      { box in if let box { Unmanaged<Stub>.fromOpaque(box).release() } })
  }
}
