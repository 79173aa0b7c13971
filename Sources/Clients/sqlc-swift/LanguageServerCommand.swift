// `sqlc-swift lsp`: the language server, on standard input and output.

import ArgumentParser
import Foundation
import SQLCAnalysis
import SQLCDiagnostics
import SQLCDriver
import SQLCLanguageProtocol
import SQLCLanguageServer
import SQLCQueryFile

struct LanguageServerCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lsp",
    abstract: "Answers editors: a language server on standard input and output.",
    discussion: """
      Editors start it themselves; 'Editors' in the documentation has what each needs to be told. It speaks the Language \
      Server Protocol 3.17 and serves every project whose sqlc-swift.yaml is in the workspace or above an open file.
      """)

  @Flag(help: "Does nothing: editors that give it expect standard input and output, which are always used.")
  var stdio = false

  func run() throws {
    let status = serve(from: FileHandle.standardInput, to: FileHandle.standardOutput)
    guard status == 0 else { throw ExitCode(status) }
  }
}

/// Runs a session until its end.
func serve(from input: FileHandle, to output: FileHandle) -> Int32 {
  // A client that is gone is noticed by the end of its messages, not by a signal.
  signal(SIGPIPE, SIG_IGN)
  let server = LanguageServer(environment()) { message in
    try? output.write(contentsOf: Data(MessageFrames.frame(message.json)))
  }
  let reader = Thread {
    var frames = MessageFrames()
    while true {
      // What is there, not as much as would fit: an empty one is the end.
      let data = input.availableData
      if data.isEmpty { break }
      frames.append(data)
      while let frame = frames.next() {
        switch frame {
        case .content(let bytes): server.receive(IncomingMessage(parsing: bytes))
        case .malformed(let reason): server.receive(.invalid(nil, ResponseError(.parseError, reason)))
        }
      }
    }
    server.close()
  }
  reader.start()
  return server.wait()
}

/// The whole tool, as the language server sees it.
func environment() -> ServerEnvironment {
  let disk = LocalFileSystem()
  let comments = SuppressionMemo()
  let pages = DiagnosticPages(article: String(decoding: PackageResources.Diagnostics_md, as: UTF8.self))
  let known = Dictionary(pages.pages.map { ($0.id, $0) }) { first, _ in first }
  return ServerEnvironment(
    version: toolVersion, files: disk, engines: .standard,
    diagnostics: { snapshot, depth in
      switch depth {
      case .analysis: analysisDiagnostics(of: snapshot, remembering: comments)
      case .generation:
        checkDiagnostics(of: snapshot, on: disk) + vetDiagnostics(of: snapshot, on: disk, timestamp: timestamp())
      }
    },
    isSuppressible: { isSuppressible($0) },
    rules: adjustableRules,
    page: { id in
      known[id].map { page in
        RulePage(text: [page.when, page.remedy, page.more].filter { !$0.isEmpty }.joined(separator: "\n\n"))
      }
    },
    signatures: { methodSignatures(of: $0) },
    layout: { layout(of: $1, in: $0, on: disk, range: $2) })
}
