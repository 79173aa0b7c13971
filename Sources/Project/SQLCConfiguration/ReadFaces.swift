// `faces`: modules that blocks of several engines implement.

import SQLCDiagnostics
import SQLCModel
import Yams

extension YAMLReader {
  /// `faces: [{ module: Store, out: Sources/Store }]`
  mutating func readFaces(_ member: Member) -> [FaceSettings] {
    guard let entries = list(member.value) else { return [] }
    var faces: [FaceSettings] = []
    for entry in entries {
      guard let keys = members(entry, of: .face) else { continue }
      for key in ["module", "out"] where keys[key] == nil { say(.missingKey(key, in: "this face"), range(of: entry)) }
      guard let name = keys["module"], let module = located(name.value), let folder = keys["out"],
        let out = outputFolder(folder)
      else { continue }
      if !isModuleSyntax(module.value) || module.value.contains(".") {
        say(.invalidValue(module.value, reason: "is no name of a module"), name.value)
      } else if faces.contains(where: { $0.module.value == module.value }) {
        say(.duplicateKey(module.value), name.value)
      } else {
        faces.append(FaceSettings(module: module, out: out))
      }
    }
    return faces
  }

  /// A block can implement those faces alone that are listed.
  mutating func checkFaces(of configuration: Configuration) {
    let known = configuration.faces.map(\.module.value)
    for block in configuration.blocks {
      guard let face = block.face, !known.contains(face.value) else { continue }
      if known.isEmpty {
        say(.missingKey("faces", in: "the configuration, of which a block names one,"), face.source.range)
      } else {
        say(.unknownValue(face.value, of: "face", known: known), face.source.range)
      }
    }
  }
}
