// Lines and columns counted from the beginning of a statement, as models have them.

import SQLCDiagnostics

struct StatementPositions {
  /// Offsets in the file at which lines begin, the statement's own beginning first.
  private var lines: [Int]
  /// The bytes of the statement that begin no character; nearly always none.
  private var continuations: [Int] = []

  init(of statement: ByteRange, in source: SourceFile) {
    lines = [statement.lower]
    for (index, byte) in source.slice(statement).utf8.enumerated() {
      if byte == 0x0A {
        lines.append(statement.lower + index + 1)
      } else if byte & 0xC0 == 0x80 {
        continuations.append(statement.lower + index)
      }
    }
  }

  /// From 1; columns count characters. The statement's beginning stands for what is before it, its end for what is after.
  func position(of offset: Int) -> (line: Int, column: Int) {
    let line = max(1, lines.partitioningIndex { $0 > offset })
    let start = lines[line - 1]
    let end = max(offset, start)
    return (line, end - start - (continuations(before: end) - continuations(before: start)) + 1)
  }

  private func continuations(before offset: Int) -> Int { continuations.partitioningIndex { $0 >= offset } }
}
