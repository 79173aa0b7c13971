// What a database does, for swift-distributed-tracing. Needs the package's trait `Tracing`; without it the module is empty,
// and swift-distributed-tracing is not fetched.

#if Tracing
  public import SQLCPostgres
  import SQLCRuntimeKit
  public import Tracing

  /// A span for each statement and each transaction, in the trace of the task that runs it.
  ///
  /// The attributes are those of OpenTelemetry's conventions for databases (semantic-conventions, database/database-spans):
  ///
  /// | attribute | value |
  /// |---|---|
  /// | `db.system.name` | `postgresql` |
  /// | `db.query.summary` | the query's name, which is the span's too |
  /// | `db.query.text` | the statement, with places for parameters; their values never |
  /// | `db.response.returned_rows` | rows that came |
  /// | `db.response.status_code` | the SQLSTATE of a failure |
  /// | `error.type` | the same, or where the server did not say one the error's ``DatabaseError/Kind`` |
  ///
  /// Statements of a transaction stand beside its span, not below it: its closure is the application's.
  public struct TracingInstrument: DatabaseInstrument {
    /// nil: the one that the program has bootstrapped.
    private let tracer: (any Tracer)?

    /// - Parameter tracer: nil for the one that the program has bootstrapped.
    public init(_ tracer: (any Tracer)? = nil) { self.tracer = tracer }

    public func statementEnded(_ run: StatementRun, _ end: StatementEnd) {
      span(run.name, .client, end.duration) { span in
        span.attributes["db.query.summary"] = run.name
        if !run.sql.isEmpty { span.attributes["db.query.text"] = run.sql }
        if run.kind == .query { span.attributes["db.response.returned_rows"] = end.rows }
        if let error = end.error { note(error, in: span) }
      }
    }

    public func transactionEnded(_ run: TransactionRun, _ end: TransactionEnd) {
      span("transaction", .internal, end.duration) { span in
        switch end.outcome {
        case .committed: break
        case .rolledBack(let error as DatabaseError): note(error, in: span)
        case .rolledBack(let error):
          // Of an error of the application nobody knows what it says.
          span.attributes["error.type"] = "\(type(of: error))"
          span.setStatus(SpanStatus(code: .error))
        }
      }
    }

    /// It began that long ago.
    private func span(_ name: String, _ kind: SpanKind, _ duration: Duration, _ body: (any Span) -> Void) {
      let end = DefaultTracerClock.now.nanosecondsSinceEpoch
      let start = end - min(end, UInt64(max(0, duration.nanoseconds)))
      let span = (tracer ?? InstrumentationSystem.tracer).startSpan(
        name, ofKind: kind, at: DefaultTracerClock.Timestamp(nanosecondsSinceEpoch: start))
      span.attributes["db.system.name"] = "postgresql"
      body(span)
      span.end(at: DefaultTracerClock.Timestamp(nanosecondsSinceEpoch: end))
    }

    private func note(_ error: DatabaseError, in span: any Span) {
      if let state = error.sqlState { span.attributes["db.response.status_code"] = state.rawValue }
      span.attributes["error.type"] = error.sqlState?.rawValue ?? "\(error.kind)"
      span.setStatus(SpanStatus(code: .error, message: "\(error)"))
    }
  }
#endif
