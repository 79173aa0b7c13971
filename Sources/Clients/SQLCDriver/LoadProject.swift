// The project that a command is run on.

package import SQLCAnalysis
package import SQLCDiagnostics
import SQLCEngine

/// Reads everything the project names. What is missing or cannot be read is diagnosed, all of it in one run.
package func loadProject(
  at location: ProjectLocation, on fileSystem: any FileSystem, engines: EngineSet = .standard
) -> Diagnosed<Project> {
  readProject(at: location, from: fileSystem, engines: engines) { settings in
    settings.engine == .postgresql ? snapshotPath(out: settings.out.value) : nil
  }
}
