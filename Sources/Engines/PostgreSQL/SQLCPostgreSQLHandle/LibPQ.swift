// libpq, found when it is needed: who has no PostgreSQL project needs neither the library nor its headers.

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The functions of libpq that the tool calls.
///
/// The library is loaded by its name when the first PostgreSQL block asks for it, and stays loaded. The signatures are those
/// of `libpq-fe.h`, the same in every libpq since 14; the `.5` of the library's name is the promise that they stay so.
package struct LibPQ: Sendable {
  package typealias Connection = OpaquePointer
  package typealias Result = OpaquePointer
  package typealias Text = UnsafePointer<CChar>
  package typealias Texts = UnsafePointer<UnsafePointer<CChar>?>
  package typealias NoticeReceiver = @convention(c) (UnsafeMutableRawPointer?, Result?) -> Void

  let version: @convention(c) @Sendable () -> CInt
  let parse: @convention(c) @Sendable (Text, UnsafeMutablePointer<Text?>?) -> UnsafeMutableRawPointer?
  let freeOptions: @convention(c) @Sendable (UnsafeMutableRawPointer?) -> Void
  let freeMemory: @convention(c) @Sendable (UnsafeMutableRawPointer?) -> Void

  let connectStart: @convention(c) @Sendable (Texts, Texts, CInt) -> Connection?
  let connectPoll: @convention(c) @Sendable (Connection) -> CInt
  let status: @convention(c) @Sendable (Connection) -> CInt
  let socket: @convention(c) @Sendable (Connection) -> CInt
  let errorMessage: @convention(c) @Sendable (Connection) -> Text?
  let serverVersion: @convention(c) @Sendable (Connection) -> CInt
  let transactionStatus: @convention(c) @Sendable (Connection) -> CInt
  let finish: @convention(c) @Sendable (Connection) -> Void
  let setNonblocking: @convention(c) @Sendable (Connection, CInt) -> CInt
  let setNoticeReceiver:
    @convention(c) @Sendable (Connection, NoticeReceiver, UnsafeMutableRawPointer?) -> OpaquePointer?

  let sendQuery: @convention(c) @Sendable (Connection, Text) -> CInt
  let setSingleRowMode: @convention(c) @Sendable (Connection) -> CInt
  let sendPrepare: @convention(c) @Sendable (Connection, Text, Text, CInt, UnsafePointer<UInt32>?) -> CInt
  let sendDescribePrepared: @convention(c) @Sendable (Connection, Text) -> CInt
  let enterPipelineMode: @convention(c) @Sendable (Connection) -> CInt
  let exitPipelineMode: @convention(c) @Sendable (Connection) -> CInt
  let pipelineSync: @convention(c) @Sendable (Connection) -> CInt
  let flush: @convention(c) @Sendable (Connection) -> CInt
  let consumeInput: @convention(c) @Sendable (Connection) -> CInt
  let isBusy: @convention(c) @Sendable (Connection) -> CInt
  let getResult: @convention(c) @Sendable (Connection) -> Result?
  let putCopyEnd: @convention(c) @Sendable (Connection, Text?) -> CInt
  let getCancel: @convention(c) @Sendable (Connection) -> OpaquePointer?
  let cancel: @convention(c) @Sendable (OpaquePointer, UnsafeMutablePointer<CChar>, CInt) -> CInt
  let freeCancel: @convention(c) @Sendable (OpaquePointer) -> Void

  let resultStatus: @convention(c) @Sendable (Result) -> CInt
  let resultErrorField: @convention(c) @Sendable (Result, CInt) -> Text?
  let rowCount: @convention(c) @Sendable (Result) -> CInt
  let columnCount: @convention(c) @Sendable (Result) -> CInt
  let columnName: @convention(c) @Sendable (Result, CInt) -> Text?
  let columnTable: @convention(c) @Sendable (Result, CInt) -> UInt32
  let columnNumber: @convention(c) @Sendable (Result, CInt) -> CInt
  let columnType: @convention(c) @Sendable (Result, CInt) -> UInt32
  let columnModifier: @convention(c) @Sendable (Result, CInt) -> CInt
  let isNull: @convention(c) @Sendable (Result, CInt, CInt) -> CInt
  let value: @convention(c) @Sendable (Result, CInt, CInt) -> UnsafePointer<CChar>?
  let valueLength: @convention(c) @Sendable (Result, CInt, CInt) -> CInt
  let parameterCount: @convention(c) @Sendable (Result) -> CInt
  let parameterType: @convention(c) @Sendable (Result, CInt) -> UInt32
  let clear: @convention(c) @Sendable (Result) -> Void

  /// Where the library usually is, in the order in which it is looked for.
  package static var usualPaths: [String] {
    #if os(macOS)
      var paths: [String] = []
      for prefix in ["/opt/homebrew", "/usr/local"] {
        paths.append("\(prefix)/opt/libpq/lib/libpq.5.dylib")
        for major in (14...19).reversed() { paths.append("\(prefix)/opt/postgresql@\(major)/lib/libpq.5.dylib") }
      }
      return paths + ["/Applications/Postgres.app/Contents/Versions/latest/lib/libpq.5.dylib", "libpq.5.dylib"]
    #else
      return ["libpq.so.5"]
    #endif
  }

  /// Loads the library from the first of the paths where it is; a name without a folder is looked for where the system's
  /// loader looks.
  package init(paths: [String] = LibPQ.usualPaths) throws(PostgreSQLFailure) {
    var reasons: [String] = []
    for path in paths {
      if let handle = dlopen(path, RTLD_NOW | RTLD_LOCAL) {
        try self.init(SymbolTable(handle: handle))
        return
      }
      reasons.append(dlerror().map { String(cString: $0) } ?? path)
    }
    throw .libraryMissing(reasons: reasons)
  }

  private init(_ symbols: SymbolTable) throws(PostgreSQLFailure) {
    version = try symbols["PQlibVersion"]
    parse = try symbols["PQconninfoParse"]
    freeOptions = try symbols["PQconninfoFree"]
    freeMemory = try symbols["PQfreemem"]
    connectStart = try symbols["PQconnectStartParams"]
    connectPoll = try symbols["PQconnectPoll"]
    status = try symbols["PQstatus"]
    socket = try symbols["PQsocket"]
    errorMessage = try symbols["PQerrorMessage"]
    serverVersion = try symbols["PQserverVersion"]
    transactionStatus = try symbols["PQtransactionStatus"]
    finish = try symbols["PQfinish"]
    setNonblocking = try symbols["PQsetnonblocking"]
    setNoticeReceiver = try symbols["PQsetNoticeReceiver"]
    sendQuery = try symbols["PQsendQuery"]
    setSingleRowMode = try symbols["PQsetSingleRowMode"]
    sendPrepare = try symbols["PQsendPrepare"]
    sendDescribePrepared = try symbols["PQsendDescribePrepared"]
    enterPipelineMode = try symbols["PQenterPipelineMode"]
    exitPipelineMode = try symbols["PQexitPipelineMode"]
    pipelineSync = try symbols["PQpipelineSync"]
    flush = try symbols["PQflush"]
    consumeInput = try symbols["PQconsumeInput"]
    isBusy = try symbols["PQisBusy"]
    getResult = try symbols["PQgetResult"]
    putCopyEnd = try symbols["PQputCopyEnd"]
    getCancel = try symbols["PQgetCancel"]
    cancel = try symbols["PQcancel"]
    freeCancel = try symbols["PQfreeCancel"]
    resultStatus = try symbols["PQresultStatus"]
    resultErrorField = try symbols["PQresultErrorField"]
    rowCount = try symbols["PQntuples"]
    columnCount = try symbols["PQnfields"]
    columnName = try symbols["PQfname"]
    columnTable = try symbols["PQftable"]
    columnNumber = try symbols["PQftablecol"]
    columnType = try symbols["PQftype"]
    columnModifier = try symbols["PQfmod"]
    isNull = try symbols["PQgetisnull"]
    value = try symbols["PQgetvalue"]
    valueLength = try symbols["PQgetlength"]
    parameterCount = try symbols["PQnparams"]
    parameterType = try symbols["PQparamtype"]
    clear = try symbols["PQclear"]
  }
}

/// The symbols of a loaded library.
private struct SymbolTable {
  let handle: UnsafeMutableRawPointer

  /// The function of that name, of the type that is asked for.
  ///
  /// The cast is sound because `Function` is always a C function pointer, one word wide, spelled as in the header.
  subscript<Function>(_ name: String) -> Function {
    get throws(PostgreSQLFailure) {
      guard let address = dlsym(handle, name) else { throw .libraryTooOld(missing: name) }
      return unsafeBitCast(address, to: Function.self)
    }
  }
}
