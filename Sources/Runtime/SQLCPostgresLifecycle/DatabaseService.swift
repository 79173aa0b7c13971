// A database among the services of swift-service-lifecycle. Needs the package's trait `ServiceLifecycle`; without it the module
// is empty, and swift-service-lifecycle is not fetched.

#if ServiceLifecycle
  public import SQLCPostgres
  public import ServiceLifecycle

  /// A `ServiceGroup` ends its services in the opposite order: a database stands before those that use it, and is closed after
  /// them.
  extension Database: Service {
    /// Returns when the group shuts down, gracefully or by cancellation, once the database is closed: queries and transactions
    /// that have begun end first.
    public func run() async throws {
      // Cancellation is a reason to close too.
      try? await gracefulShutdown()
      await close()
    }
  }
#endif
