// Triggers that tell of changes by NOTIFY.

import SQLCEngine
import SQLCModel
import SQLCOraclePostgreSQL

/// One function for a channel, and one statement-level trigger for each table, whose argument is the table's name
/// (sql-notify.html, plpgsql-trigger.html). Equal messages of one transaction are delivered once.
struct NotifyTriggers: ChangeAnnouncer {
  func channel(_ name: String) throws(ChannelProblem) -> AnnouncementStep {
    let function = try function(of: name)
    return AnnouncementStep(
      up: """
        CREATE FUNCTION \(function)() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          PERFORM pg_catalog.pg_notify(\(literal(name)), TG_ARGV[0]);
          RETURN NULL;
        END
        $$
        """, down: "DROP FUNCTION \(function)()")
  }

  func table(_ table: QualifiedName, on channel: String) throws(ChannelProblem) -> AnnouncementStep {
    let function = try function(of: channel)
    let place = (table.schema.map { quoted($0) + "." } ?? "") + quoted(table.name)
    return AnnouncementStep(
      up: """
        CREATE TRIGGER \(function) AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON \(place)
          FOR EACH STATEMENT EXECUTE FUNCTION \(function)(\(literal(table.description)))
        """, down: "DROP TRIGGER \(function) ON \(place)")
  }

  /// `"sqlc_changes_notify"`: the channel's name in it, so that two channels do not share one.
  private func function(of channel: String) throws(ChannelProblem) -> String {
    let allowed = channel.utf8.allSatisfy { byte in
      (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte) || byte == 0x5F
    }
    // With the suffix it must be a name still, which has 63 bytes.
    guard allowed, (1...55).contains(channel.utf8.count) else {
      throw ChannelProblem("the channel '\(channel)' is not made of 1 to 55 small letters, digits and '_'")
    }
    return quoted(channel + "_notify")
  }
}
