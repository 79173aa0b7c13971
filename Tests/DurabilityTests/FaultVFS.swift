// The failing file system in Swift.

import CFaultVFS
import Foundation
import Testing

/// Calls of one kind that fail in one way, as SQLite's VFS says it (SQLite, rescode.html#extrc).
struct Fault: Sendable, CustomTestStringConvertible {
  var name: String
  var calls: Int
  var code: Int32
  var testDescription: String { name }

  private static func ioError(_ number: Int32) -> Int32 { 10 | number << 8 }

  static let all = [
    Fault(name: "disk full", calls: FAULT_WRITE, code: 13),
    Fault(name: "write", calls: FAULT_WRITE, code: ioError(3)),
    Fault(name: "sync", calls: FAULT_SYNC, code: ioError(4)),
    Fault(name: "truncate", calls: FAULT_TRUNCATE, code: ioError(6)),
    Fault(name: "size", calls: FAULT_SIZE, code: ioError(7)),
    Fault(name: "read", calls: FAULT_READ, code: ioError(1)),
    Fault(name: "open", calls: FAULT_OPEN, code: 14),
    Fault(name: "no memory when opening", calls: FAULT_OPEN, code: 7),
    Fault(name: "delete", calls: FAULT_DELETE, code: ioError(10)),
    Fault(name: "access", calls: FAULT_ACCESS, code: ioError(13)),
    Fault(name: "lock", calls: FAULT_LOCK, code: ioError(15)),
    Fault(name: "shared memory", calls: FAULT_SHM_MAP, code: ioError(21)),
    Fault(name: "lock in shared memory", calls: FAULT_SHM_LOCK, code: ioError(20)),
  ]

  /// A page half read and half zeros, which SQLite may or may not see.
  static let shortRead = Fault(name: "short read", calls: FAULT_READ, code: ioError(2))
}

/// A VFS of its own, so that tests do not meet.
struct FaultVFS: Sendable {
  let name: String
  // The C side takes calls from any thread, and never frees it.
  nonisolated(unsafe) private let vfs: OpaquePointer

  init() throws {
    name = "faults-\(UUID().uuidString)"
    vfs = try #require(fault_vfs_create(name))
  }

  /// The name under which `Database.open` finds a file through this VFS.
  func uri(_ path: String) -> String { "file:\(path)?vfs=\(name)" }

  /// The `number`th such call fails, or that and all later ones.
  func failOnce(_ fault: Fault, at number: Int) {
    fault_vfs_arm(vfs, UInt32(fault.calls), Int64(number), fault.code, 0)
  }
  func failForGood(_ fault: Fault, from number: Int) {
    fault_vfs_arm(vfs, UInt32(fault.calls), Int64(number), fault.code, 1)
  }
  func recover() { fault_vfs_disarm(vfs) }

  /// Calls that failed since it was told to.
  var failures: Int { Int(fault_vfs_hits(vfs)) }

  func setClock(_ offset: Duration) {
    fault_vfs_set_clock(vfs, offset.components.seconds * 1000 + offset.components.attoseconds / 1_000_000_000_000_000)
  }

  /// From now on what is done to files is kept.
  func record() { fault_vfs_record(vfs) }
  var recorded: Int { Int(fault_vfs_records(vfs)) }

  /// What was done, in order.
  func operations() -> [FileOperation] {
    (0..<fault_vfs_records(vfs)).map { index in
      let operation = fault_vfs_operation(vfs, index)
      let path = String(cString: operation.path)
      switch Int(operation.kind) {
      case FAULT_WRITE:
        let bytes = UnsafeBufferPointer(start: operation.bytes, count: Int(operation.count))
        return FileOperation(path: path, kind: .write(at: Int(operation.offset), Array(bytes)))
      case FAULT_TRUNCATE: return FileOperation(path: path, kind: .truncate(to: Int(operation.offset)))
      case FAULT_DELETE: return FileOperation(path: path, kind: .delete)
      default: return FileOperation(path: path, kind: .sync)
      }
    }
  }
}

/// What was done to a file.
struct FileOperation: Sendable {
  enum Kind: Sendable {
    case write(at: Int, [UInt8])
    case truncate(to: Int)
    case sync
    case delete
  }
  var path: String
  var kind: Kind
}
