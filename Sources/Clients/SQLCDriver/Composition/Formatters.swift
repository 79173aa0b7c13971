// Which formatter lays out the SQL of which engine.

package import SQLCEngine
package import SQLCFormat
import SQLCFormatSQLite

/// The formatter of an engine's dialect; for one that is not parsed here, one that says so.
package func sourceFormatter(for engine: EngineName) -> any SourceFormatter {
  engine == .sqlite
    ? SQLiteFormatter()
    : MissingFormatter(
      reason:
        "the SQL of \(engine.rawValue) is not parsed by this tool, so that nothing could prove a new layout the same")
}
