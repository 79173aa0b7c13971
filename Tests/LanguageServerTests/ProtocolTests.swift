// JSON, frames and messages, the malformed ones above all.

import SQLCDiagnostics
import SQLCLanguageProtocol
import Testing

@Suite struct JSONTests {
  @Test(arguments: [
    "null", "true", "false", "0", "-1", "9223372036854775807", "1.5", "\"\"", "\"a\\\"\\\\b\"", "[]", "[1,[2]]", "{}",
    "{\"a\":{\"b\":[null]},\"c\":\"ü😀\"}",
  ]) func whatIsReadIsWrittenAgain(text: String) throws {
    #expect(try JSON(parsing: text).text == text)
  }

  @Test func escapesAreRead() throws {
    #expect(try JSON(parsing: #""\u00fc\ud83d\ude00\n\/""#) == "ü😀\n/")
    // Half of a pair is no character.
    #expect(try JSON(parsing: #""\ud83dx""#) == "\u{FFFD}x")
    #expect(JSON.string("a\u{01}\n").text == #""a\u0001\n""#)
  }

  @Test func numbersKeepTheirValue() throws {
    #expect(try JSON(parsing: "1e2").integer == 100)
    #expect(try JSON(parsing: "1.5").integer == nil)
    #expect(try JSON(parsing: "18446744073709551616") == .number(18_446_744_073_709_551_616))
  }

  @Test(arguments: [
    "", " ", "nul", "tru", "01", "-", "1.", "1e", "\"", "\"\\x\"", "\"\\u12\"", "\"\n\"", "[", "[1", "[1,]", "{",
    "{\"a\"",
    "{\"a\":}", "{\"a\":1,}", "{a:1}", "1 2", "1e999", "+1", "\"\\u+123\"",
  ]) func whatIsNoJSONIsSaidToBeNone(text: String) {
    #expect(throws: JSONError.self) { try JSON(parsing: text) }
  }

  @Test func bytesThatAreNoTextAreRefused() {
    #expect(throws: JSONError.self) { try JSON(parsing: [0x22, 0xFF, 0x22] as [UInt8]) }
  }

  @Test func depthHasALimit() throws {
    func nested(_ depth: Int) -> String { String(repeating: "[", count: depth) + String(repeating: "]", count: depth) }
    #expect(try JSON(parsing: nested(100)).array?.count == 1)
    #expect(throws: JSONError.self) { try JSON(parsing: nested(100_000)) }
  }
}

@Suite struct MessageFramesTests {
  private func frames(_ pieces: [String]) -> [MessageFrames.Frame] {
    var frames = MessageFrames()
    var found: [MessageFrames.Frame] = []
    for piece in pieces {
      frames.append(piece.utf8)
      while let frame = frames.next() { found.append(frame) }
    }
    return found
  }

  @Test func framesAreCutWhereverTheBytesAre() {
    let text = "Content-Length: 2\r\n\r\n{}Content-Type: x\r\ncontent-length:4\r\n\r\nnull"
    let whole: [MessageFrames.Frame] = [.content(Array("{}".utf8)), .content(Array("null".utf8))]
    #expect(frames([text]) == whole)
    #expect(frames(text.map(String.init)) == whole)
  }

  @Test func aHeaderWithoutALengthIsSkipped() {
    let found = frames(["Content-Length: x\r\n\r\nContent-Length: -1\r\n\r\nContent-Length: 2\r\n\r\n{}"])
    #expect(found.count == 3)
    #expect(found.last == .content(Array("{}".utf8)))
    for case .content in found.dropLast() { Issue.record("a header without a length was taken for one") }
  }

  @Test func endlessHeadersAreNone() {
    let found = frames([String(repeating: "x", count: 10_000), "Content-Length: 2\r\n\r\n{}"])
    #expect(found.count == 2)
    #expect(found.last == .content(Array("{}".utf8)))
  }

  @Test func whatIsTooLongIsSkipped() {
    var frames = MessageFrames()
    frames.greatestLength = 10
    frames.append("Content-Length: 30\r\n\r\n".utf8)
    guard case .malformed? = frames.next() else {
      Issue.record("a long message was not refused")
      return
    }
    for _ in 0..<3 {
      frames.append("0123456789".utf8)
      _ = frames.next()
    }
    frames.append("Content-Length: 2\r\n\r\n{}".utf8)
    #expect(frames.next() == .content(Array("{}".utf8)))
  }

  @Test func whatIsSentCanBeRead() {
    var frames = MessageFrames()
    frames.append(MessageFrames.frame(["text": "ü😀"]))
    guard case .content(let bytes)? = frames.next() else {
      Issue.record("no frame")
      return
    }
    #expect((try? JSON(parsing: bytes)) == ["text": "ü😀"])
  }
}

@Suite struct MessageTests {
  private func code(_ text: String) -> ErrorCode? {
    if case .invalid(_, let error) = IncomingMessage(parsing: Array(text.utf8)) { error.code } else { nil }
  }

  @Test func messagesAreToldApart() {
    #expect(
      IncomingMessage(["jsonrpc": "2.0", "id": 1, "method": "a", "params": [:]])
        == .request(.number(1), method: "a", params: [:]))
    #expect(IncomingMessage(["jsonrpc": "2.0", "method": "a"]) == .notification(method: "a", params: .null))
    #expect(IncomingMessage(["jsonrpc": "2.0", "id": "x", "result": .null]) == .response(.string("x"), result: .null))
  }

  @Test func whatIsNoMessageIsSaidToBeNone() {
    #expect(code("{") == .parseError)
    #expect(code("[]") == .invalidRequest)
    #expect(code("{}") == .invalidRequest)
    #expect(code(#"{"jsonrpc":"1.0","method":"a"}"#) == .invalidRequest)
    #expect(code(#"{"jsonrpc":"2.0","method":1}"#) == .invalidRequest)
    #expect(code(#"{"jsonrpc":"2.0","id":{},"method":"a"}"#) == .invalidRequest)
    #expect(code(#"{"jsonrpc":"2.0","id":1}"#) == .invalidRequest)
    #expect(code(#"{"jsonrpc":"2.0","id":1,"method":"a","params":3}"#) == .invalidRequest)
  }

  @Test func filesAreNamedByURIs() throws {
    let uri = try #require(DocumentURI("file:///a%20b/%C3%BC.sql"))
    #expect(uri.path == "/a b/ü.sql")
    #expect(DocumentURI(path: uri.path).text == uri.text)
    #expect(DocumentURI("file://localhost/a.sql")?.path == "/a.sql")
    for text in ["untitled:1", "http://a/b", "file://", "file:///%zz", "file:///%ff"] {
      #expect(DocumentURI(text) == nil)
    }
  }
}
