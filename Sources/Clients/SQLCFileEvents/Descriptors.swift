// Descriptors, and the words of the system for what fails.

import Foundation

/// The descriptor of a file that is closed with its last owner.
final class Descriptor: Sendable {
  let number: Int32

  /// - Parameter number: as a call of the system gives it; negative: it failed.
  init(_ number: Int32, _ what: String) throws(FileEventsError) {
    guard number >= 0 else { throw failure(what) }
    self.number = number
  }

  deinit { close(number) }
}

/// A pipe whose one end is written to in order to wake who waits for the other.
struct WakePipe: Sendable {
  let reading: Descriptor
  private let writing: Descriptor

  init() throws(FileEventsError) {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { throw failure("cannot make a pipe") }
    reading = try Descriptor(ends[0], "")
    writing = try Descriptor(ends[1], "")
    for end in ends {
      _ = fcntl(end, F_SETFD, FD_CLOEXEC)
      _ = fcntl(end, F_SETFL, O_NONBLOCK)
    }
  }

  /// A pipe that is full wakes as well.
  func wake() {
    var byte: UInt8 = 0
    _ = write(writing.number, &byte, 1)
  }

  func drain() {
    var bytes = [UInt8](repeating: 0, count: 64)
    while read(reading.number, &bytes, bytes.count) > 0 {}
  }
}

/// The error of the call that has just failed.
func failure(_ what: String, _ code: Int32 = errno, hint: String = "") -> FileEventsError {
  FileEventsError(description: "\(what): \(String(cString: strerror(code)))\(hint)")
}

extension Duration {
  /// Whole milliseconds, rounded up, so that nobody waits zero of them over and over.
  var milliseconds: Int32 {
    let (seconds, attoseconds) = components
    let parts = (attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000
    return Int32(clamping: seconds.multipliedReportingOverflow(by: 1000).partialValue + parts)
  }
}
