// What Atlas reads from comments, in files of any format (https://atlasgo.io/versioned/checkpoint, txmode).

import SQLCDiagnostics
import SQLCEngine

struct AtlasDirectives {
  /// The file holds what the ones before it make, in one.
  var isCheckpoint = false
  /// `txmode none`
  var isWithoutTransaction = false

  init(of source: SourceFile, rules: LexicalRules) {
    for comment in comments(of: source, rules: rules) {
      let words = comment.text.drop { $0 == "-" }.split(whereSeparator: \.isWhitespace)
      switch words.first {
      case "atlas:checkpoint": isCheckpoint = true
      case "atlas:txmode": if words.dropFirst().first == "none" { isWithoutTransaction = true }
      default: continue
      }
    }
  }
}
