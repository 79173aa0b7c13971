// What libpq's numbers mean (`libpq-fe.h`).

package enum ConnectionStatus {
  package static let ok: CInt = 0, bad: CInt = 1
}

package enum PollingStatus {
  package static let reading: CInt = 1, writing: CInt = 2, ok: CInt = 3
}

package enum TransactionStatus {
  package static let idle: CInt = 0, active: CInt = 1, inTransaction: CInt = 2, inError: CInt = 3, unknown: CInt = 4
}

package enum ResultStatus {
  package static let emptyQuery: CInt = 0, commandOK: CInt = 1, tuplesOK: CInt = 2, copyOut: CInt = 3, copyIn: CInt = 4
  package static let fatalError: CInt = 7, copyBoth: CInt = 8, singleTuple: CInt = 9, pipelineSync: CInt = 10
  package static let pipelineAborted: CInt = 11, tuplesChunk: CInt = 12
}
