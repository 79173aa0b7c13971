/// How much work a workspace has done since it was made: what is remembered is not counted.
public struct WorkCounters: Sendable, Hashable {
  /// Configurations that were read, and the lists of files that they name.
  public var projectsRead: Int
  public var schemasLoaded: Int
  /// Query files that were cut at their annotations.
  public var filesSplit: Int
  public var queriesAnalyzed: Int

  public init(projectsRead: Int = 0, schemasLoaded: Int = 0, filesSplit: Int = 0, queriesAnalyzed: Int = 0) {
    self.projectsRead = projectsRead
    self.schemasLoaded = schemasLoaded
    self.filesSplit = filesSplit
    self.queriesAnalyzed = queriesAnalyzed
  }
}
