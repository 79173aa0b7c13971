// What a client can do, as it says when it begins.

import SQLCDiagnostics
import SQLCLanguageProtocol

struct ClientFeatures {
  var encoding = EditorEncoding.utf16
  var hoverKind = MarkupKind.markdown
  var documentationKind = MarkupKind.markdown
  var snippets = false
  var relatedInformation = false
  var codeDescription = false
  var documentVersions = false
  var hierarchicalSymbols = false
  var codeActionLiterals = false
  var watchedFiles = false
  var createsFiles = false
  var refreshes: [String] = []
  var prepareRename = false

  init() {}

  init(_ params: JSON) {
    let client = params["capabilities"] ?? .null
    let text = client["textDocument"] ?? .null
    // The shorter way is preferred: offsets are counted in bytes here.
    let encodings = (client["general"]?["positionEncodings"]?.array ?? []).compactMap(\.string)
    if encodings.contains(EditorEncoding.utf8.rawValue) { encoding = .utf8 }
    hoverKind = Self.kind(text["hover"]?["contentFormat"])
    let item = text["completion"]?["completionItem"] ?? .null
    documentationKind = Self.kind(item["documentationFormat"])
    snippets = item["snippetSupport"]?.bool ?? false
    let published = text["publishDiagnostics"] ?? .null
    relatedInformation = published["relatedInformation"]?.bool ?? false
    codeDescription = published["codeDescriptionSupport"]?.bool ?? false
    documentVersions = published["versionSupport"]?.bool ?? false
    hierarchicalSymbols = text["documentSymbol"]?["hierarchicalDocumentSymbolSupport"]?.bool ?? false
    codeActionLiterals = text["codeAction"]?["codeActionLiteralSupport"] != nil
    prepareRename = text["rename"]?["prepareSupport"]?.bool ?? false
    let workspace = client["workspace"] ?? .null
    let edits = workspace["workspaceEdit"] ?? .null
    createsFiles =
      edits["documentChanges"]?.bool == true
      && (edits["resourceOperations"]?.array ?? []).contains("create")
    watchedFiles = workspace["didChangeWatchedFiles"]?["dynamicRegistration"]?.bool ?? false
    for name in ["codeLens", "inlayHint", "semanticTokens"] where workspace[name]?["refreshSupport"]?.bool == true {
      refreshes.append("workspace/\(name)/refresh")
    }
  }

  private static func kind(_ formats: JSON?) -> MarkupKind {
    let formats = (formats?.array ?? []).compactMap(\.string)
    return formats.isEmpty || formats.contains(MarkupKind.markdown.rawValue) ? .markdown : .plaintext
  }
}
