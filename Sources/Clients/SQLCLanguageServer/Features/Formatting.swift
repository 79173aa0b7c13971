// SQL laid out: the whole document, a part of it, the statement that was just ended.

import SQLCDiagnostics
import SQLCFormat
import SQLCLanguageProtocol

extension DocumentContext {
  func rangeFormatting(_ params: JSON) throws -> JSON {
    guard let asked = Range<EditorPosition>(params["range"]) else {
      throw ResponseError(.invalidParams, "there is no proper range")
    }
    return try formatting(
      in: ByteRange(positions.offset(of: asked.lowerBound), positions.offset(of: asked.upperBound)))
  }

  /// A semicolon ends a statement, which is laid out then. In a comment or a string it ends nothing.
  func onTypeFormatting(_ params: JSON) throws -> JSON {
    let offset = try offset(params)
    guard let block = blocks.first else { return .null }
    let text = SQLText(source, block.block.block.lexicalRules)
    guard let end = text.tokens.last(where: { $0.range.upper <= offset }), end.range.upper == offset,
      end.kind == .symbol(UInt8(ascii: ";"))
    else { return .null }
    return try formatting(in: end.range)
  }

  /// The edits, as small as the formatter has them. A file with syntax errors is left as it is: its diagnostics say why. What is
  /// refused otherwise is told once for each file, so that formatting at every save can be on.
  func formatting(in range: ByteRange?) throws -> JSON {
    switch session.environment.layout(snapshot, path, range) {
    case nil, .unreadable?: return .null
    case .edits(let edits)?:
      return .array(edits.map { TextEdit(range: positions.range($0.range), newText: $0.text).json })
    case .refused(let reason)?:
      if session.refusals.insert("\(uri.path)\n\(reason)").inserted { session.show("\(path): \(reason)", .note) }
      return .null
    case .different(let difference)?:
      throw ResponseError(
        .requestFailed, "left as it is, by a mistake of the formatter: \(difference.rawValue)")
    }
  }
}
