// Where generated files may go: into the project, and through no link.

import SQLCAnalysis
import SQLCConfiguration
import SQLCDiagnostics

/// The folder that `out` names, absolute, and what is wrong with it.
///
/// | `out` | |
/// |---|---|
/// | in the project | taken, wherever the configuration stands in it |
/// | outside the project, by `..` | an error |
/// | through a symbolic link below the configuration's folder or beside it, or one itself | an error |
///
/// The project is the outermost folder around the configuration that a version control system or a build system calls
/// its own, or else the configuration's folder.
func outputFolder(_ out: Located<String>, base: String, on fileSystem: any FileSystem) -> Diagnosed<String> {
  let folder = join(base, out.value)
  let root = projectRoot(of: base, fileSystem)
  guard isInside(folder, root) else {
    return Diagnosed(
      folder,
      [
        DriverDiagnostic.outsideProject(path: out.value, project: relativePath(root, from: base))
          .at(out.source)
      ])
  }
  guard let link = firstLink(on: folder, base: base, fileSystem) else { return Diagnosed(folder) }
  return Diagnosed(folder, [DriverDiagnostic.linkedOutput(path: relativePath(link, from: base)).at(out.source)])
}

/// The symbolic link that a folder of the project is or lies behind, seen from the configuration's folder.
func firstLink(on folder: String, base: String, _ fileSystem: any FileSystem) -> String? {
  let root = projectRoot(of: base, fileSystem)
  var part = folder
  while isInside(part, root), !isInside(base, part) {
    if fileSystem.isLink(part) { return part }
    part = parent(of: part)
  }
  return nil
}

private func projectRoot(of base: String, _ fileSystem: any FileSystem) -> String {
  var root = base
  var folder = base
  while true {
    if isMarked(folder, fileSystem) { root = folder }
    if folder == "/" { return root }
    folder = parent(of: folder)
  }
}

private func isMarked(_ folder: String, _ fileSystem: any FileSystem) -> Bool {
  let marks = [".git", ".hg", ".jj", ".svn", "Package.swift", "WORKSPACE", "WORKSPACE.bazel", "MODULE.bazel"]
  if marks.contains(where: { fileSystem.kind(of: join(folder, $0)) != nil }) { return true }
  return ((try? fileSystem.names(in: folder)) ?? []).contains {
    $0.hasSuffix(".xcodeproj") || $0.hasSuffix(".xcworkspace")
  }
}

/// Is a path a folder, or does it lie in it?
func isInside(_ path: String, _ folder: String) -> Bool {
  path == folder || path.hasPrefix(folder == "/" ? "/" : folder + "/")
}
