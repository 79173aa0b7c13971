// What `fmt` is asked.

/// Which SQL is laid out, and what becomes of it.
public struct FormatRequest: Sendable, Hashable {
  public enum Input: Sendable, Hashable {
    /// The files of the project.
    case project
    /// Relative to the working directory; `file` and `directory` of the location then only say where the configuration is.
    case files([String])
    /// A text, and the file that it is for: the dialect is that of the block that has it.
    case text(String, path: String?)
  }

  public enum Action: Sendable, Hashable {
    /// Files are written, a text is printed.
    case write
    /// Names what would change, and exits with 1.
    case check
    /// Prints what would change, and exits with 1.
    case diff
  }

  public var input: Input
  public var action: Action
  /// Counted from 1; statements that touch one of these lines are laid out, and no other.
  public var lines: ClosedRange<Int>?

  public init(input: Input, action: Action = .write, lines: ClosedRange<Int>? = nil) {
    self.input = input
    self.action = action
    self.lines = lines
  }
}
