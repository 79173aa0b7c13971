// What the server says beside its answers: the analysed trees come this way.

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Keeps the node text of each `parse tree:` that the server sends, and notices nothing else.
///
/// libpq calls it from the functions that read, on the thread that uses the connection.
final class NoticeCollector {
  private let library: LibPQ
  private var trees: [[UInt8]] = []

  init(library: LibPQ) { self.library = library }

  /// The connection must not outlive the collector; whoever owns both sees to that.
  func listen(to connection: LibPQ.Connection) {
    let receiver: LibPQ.NoticeReceiver = { context, result in
      guard let context, let result else { return }
      Unmanaged<NoticeCollector>.fromOpaque(context).takeUnretainedValue().receive(result)
    }
    _ = library.setNoticeReceiver(connection, receiver, Unmanaged.passUnretained(self).toOpaque())
  }

  /// What came since this was asked last, oldest first.
  func take() -> [[UInt8]] {
    defer { trees = [] }
    return trees
  }

  private func receive(_ result: LibPQ.Result) {
    // The words are never translated: `elog_node_display` prints its title as it is.
    guard let message = library.resultErrorField(result, CInt(UInt8(ascii: "M"))),
      strcmp(message, "parse tree:") == 0,
      let detail = library.resultErrorField(result, CInt(UInt8(ascii: "D")))
    else { return }
    trees.append(Array(UnsafeRawBufferPointer(start: detail, count: strlen(detail))))
  }
}
