// libpq, found when it is needed: who has no PostgreSQL project needs neither the library nor its headers.

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The functions of libpq that the tool and the runtime call.
///
/// The library is loaded by its name when it is first asked for, and stays loaded. The signatures are those of `libpq-fe.h`,
/// the same in every libpq since 14; the `.5` of the library's name is the promise that they stay so. What later versions
/// added is nil where it is not.
package final class LibPQ: Sendable {
  package typealias Connection = OpaquePointer
  package typealias Result = OpaquePointer
  package typealias Text = UnsafePointer<CChar>
  package typealias Texts = UnsafePointer<UnsafePointer<CChar>?>
  package typealias NoticeReceiver = @convention(c) (UnsafeMutableRawPointer?, Result?) -> Void

  package let version: @convention(c) @Sendable () -> CInt
  package let parse: @convention(c) @Sendable (Text, UnsafeMutablePointer<Text?>?) -> UnsafeMutableRawPointer?
  package let freeOptions: @convention(c) @Sendable (UnsafeMutableRawPointer?) -> Void
  package let freeMemory: @convention(c) @Sendable (UnsafeMutableRawPointer?) -> Void

  package let connectStart: @convention(c) @Sendable (Texts, Texts, CInt) -> Connection?
  package let connectPoll: @convention(c) @Sendable (Connection) -> CInt
  package let status: @convention(c) @Sendable (Connection) -> CInt
  package let socket: @convention(c) @Sendable (Connection) -> CInt
  package let errorMessage: @convention(c) @Sendable (Connection) -> Text?
  package let serverVersion: @convention(c) @Sendable (Connection) -> CInt
  package let transactionStatus: @convention(c) @Sendable (Connection) -> CInt
  package let finish: @convention(c) @Sendable (Connection) -> Void
  package let setNonblocking: @convention(c) @Sendable (Connection, CInt) -> CInt
  package let setNoticeReceiver:
    @convention(c) @Sendable (Connection, NoticeReceiver, UnsafeMutableRawPointer?) -> OpaquePointer?

  package let sendQuery: @convention(c) @Sendable (Connection, Text) -> CInt
  package let sendQueryParameters:
    @convention(c) @Sendable (
      Connection, Text, CInt, UnsafePointer<UInt32>?, Texts?, UnsafePointer<CInt>?, UnsafePointer<CInt>?, CInt
    ) -> CInt
  package let sendQueryPrepared:
    @convention(c) @Sendable (Connection, Text, CInt, Texts?, UnsafePointer<CInt>?, UnsafePointer<CInt>?, CInt) -> CInt
  package let setSingleRowMode: @convention(c) @Sendable (Connection) -> CInt
  package let sendPrepare: @convention(c) @Sendable (Connection, Text, Text, CInt, UnsafePointer<UInt32>?) -> CInt
  package let sendDescribePrepared: @convention(c) @Sendable (Connection, Text) -> CInt
  package let enterPipelineMode: @convention(c) @Sendable (Connection) -> CInt
  package let exitPipelineMode: @convention(c) @Sendable (Connection) -> CInt
  package let pipelineSync: @convention(c) @Sendable (Connection) -> CInt
  package let sendFlushRequest: @convention(c) @Sendable (Connection) -> CInt
  package let flush: @convention(c) @Sendable (Connection) -> CInt
  package let consumeInput: @convention(c) @Sendable (Connection) -> CInt
  package let isBusy: @convention(c) @Sendable (Connection) -> CInt
  package let getResult: @convention(c) @Sendable (Connection) -> Result?
  package let putCopyData: @convention(c) @Sendable (Connection, UnsafePointer<CChar>?, CInt) -> CInt
  package let putCopyEnd: @convention(c) @Sendable (Connection, Text?) -> CInt
  package let getCancel: @convention(c) @Sendable (Connection) -> OpaquePointer?
  package let cancel: @convention(c) @Sendable (OpaquePointer, UnsafeMutablePointer<CChar>, CInt) -> CInt
  package let freeCancel: @convention(c) @Sendable (OpaquePointer) -> Void

  package let isEncrypted: @convention(c) @Sendable (Connection) -> CInt
  package let parameterStatus: @convention(c) @Sendable (Connection, Text) -> Text?
  package let backendID: @convention(c) @Sendable (Connection) -> CInt
  package let notification: @convention(c) @Sendable (Connection) -> UnsafeMutableRawPointer?

  // MARK: From 17 on

  /// Rows in portions: `PQsetChunkedRowsMode`.
  package let setChunkedRowsMode: (@convention(c) @Sendable (Connection, CInt) -> CInt)?
  /// A request to cancel that is encrypted like its connection: `PQcancelCreate`, `PQcancelBlocking`, `PQcancelFinish`.
  package let cancelCreate: (@convention(c) @Sendable (Connection) -> OpaquePointer?)?
  package let cancelBlocking: (@convention(c) @Sendable (OpaquePointer) -> CInt)?
  package let cancelReset: (@convention(c) @Sendable (OpaquePointer) -> Void)?
  package let cancelFinish: (@convention(c) @Sendable (OpaquePointer) -> Void)?

  package let resultStatus: @convention(c) @Sendable (Result) -> CInt
  package let resultErrorField: @convention(c) @Sendable (Result, CInt) -> Text?
  package let rowCount: @convention(c) @Sendable (Result) -> CInt
  package let columnCount: @convention(c) @Sendable (Result) -> CInt
  package let columnName: @convention(c) @Sendable (Result, CInt) -> Text?
  package let columnTable: @convention(c) @Sendable (Result, CInt) -> UInt32
  package let columnNumber: @convention(c) @Sendable (Result, CInt) -> CInt
  package let columnType: @convention(c) @Sendable (Result, CInt) -> UInt32
  package let columnModifier: @convention(c) @Sendable (Result, CInt) -> CInt
  package let isNull: @convention(c) @Sendable (Result, CInt, CInt) -> CInt
  package let value: @convention(c) @Sendable (Result, CInt, CInt) -> UnsafePointer<CChar>?
  package let valueLength: @convention(c) @Sendable (Result, CInt, CInt) -> CInt
  package let parameterCount: @convention(c) @Sendable (Result) -> CInt
  package let parameterType: @convention(c) @Sendable (Result, CInt) -> UInt32
  package let commandStatus: @convention(c) @Sendable (Result) -> Text?
  package let commandCount: @convention(c) @Sendable (Result) -> Text?
  package let clear: @convention(c) @Sendable (Result) -> Void

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
  package convenience init(paths: [String] = LibPQ.usualPaths) throws(PostgreSQLFailure) {
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
    sendQueryParameters = try symbols["PQsendQueryParams"]
    sendQueryPrepared = try symbols["PQsendQueryPrepared"]
    setSingleRowMode = try symbols["PQsetSingleRowMode"]
    sendPrepare = try symbols["PQsendPrepare"]
    sendDescribePrepared = try symbols["PQsendDescribePrepared"]
    enterPipelineMode = try symbols["PQenterPipelineMode"]
    exitPipelineMode = try symbols["PQexitPipelineMode"]
    pipelineSync = try symbols["PQpipelineSync"]
    sendFlushRequest = try symbols["PQsendFlushRequest"]
    flush = try symbols["PQflush"]
    consumeInput = try symbols["PQconsumeInput"]
    isBusy = try symbols["PQisBusy"]
    getResult = try symbols["PQgetResult"]
    putCopyData = try symbols["PQputCopyData"]
    putCopyEnd = try symbols["PQputCopyEnd"]
    getCancel = try symbols["PQgetCancel"]
    cancel = try symbols["PQcancel"]
    freeCancel = try symbols["PQfreeCancel"]
    isEncrypted = try symbols["PQsslInUse"]
    parameterStatus = try symbols["PQparameterStatus"]
    backendID = try symbols["PQbackendPID"]
    notification = try symbols["PQnotifies"]
    setChunkedRowsMode = symbols.find("PQsetChunkedRowsMode")
    cancelCreate = symbols.find("PQcancelCreate")
    cancelBlocking = symbols.find("PQcancelBlocking")
    cancelReset = symbols.find("PQcancelReset")
    cancelFinish = symbols.find("PQcancelFinish")
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
    commandStatus = try symbols["PQcmdStatus"]
    commandCount = try symbols["PQcmdTuples"]
    clear = try symbols["PQclear"]
  }
}

/// The symbols of a loaded library.
private struct SymbolTable {
  package let handle: UnsafeMutableRawPointer

  /// The function of that name, of the type that is asked for.
  ///
  /// The cast is sound because `Function` is always a C function pointer, one word wide, spelled as in the header.
  subscript<Function>(_ name: String) -> Function {
    get throws(PostgreSQLFailure) {
      guard let address = dlsym(handle, name) else { throw .libraryTooOld(missing: name) }
      return unsafeBitCast(address, to: Function.self)
    }
  }

  /// The same where the library may be without it.
  func find<Function>(_ name: String) -> Function? {
    dlsym(handle, name).map { unsafeBitCast($0, to: Function.self) }
  }
}
