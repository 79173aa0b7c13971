// The files of a project, for commands that do not look into its queries.

package import SQLCAnalysis
package import SQLCDiagnostics

/// Reads everything the project names. What is missing or cannot be read is diagnosed, all of it in one run.
package func loadProject(
  at location: ProjectLocation, on fileSystem: any FileSystem, engines: EngineSet = .standard
) -> Diagnosed<Project> {
  readProject(at: location, from: fileSystem, engines: engines)
}
