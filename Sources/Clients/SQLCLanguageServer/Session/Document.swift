// A file as an editor shows it.

import SQLCDiagnostics
import SQLCLanguageProtocol

/// The text of an open document. Changes are made in their order.
struct Document {
  let uri: DocumentURI
  private(set) var version: Int?
  private(set) var text: String
  let encoding: EditorEncoding

  /// LSP 3.17, TextDocumentContentChangeEvent. Nothing is changed when one of them cannot be read.
  mutating func change(_ changes: [JSON], version: Int?) throws(ResponseError) {
    var text = text
    for change in changes {
      guard let new = change["text"]?.string else { throw ResponseError(.invalidParams, "a change has no text") }
      guard let json = change["range"], json != .null else {
        text = new
        continue
      }
      guard let range = Range<EditorPosition>(json) else {
        throw ResponseError(.invalidParams, "a change has no proper range")
      }
      let source = SourceFile(path: uri.path, text: text)
      let positions = EditorPositions(source, encoding: encoding)
      let (lower, upper) = (positions.offset(of: range.lowerBound), positions.offset(of: range.upperBound))
      let utf8 = source.text.utf8
      text =
        String(source.text[..<utf8.index(utf8.startIndex, offsetBy: lower)]) + new
        + String(source.text[utf8.index(utf8.startIndex, offsetBy: upper)...])
    }
    self.text = text
    self.version = version
  }
}
