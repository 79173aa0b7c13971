// What a statement's values are, as far as keys go.

import SQLCDiagnostics
import SQLCModel

/// What a value is.
enum KeyMeaning: Hashable {
  /// A literal, NULL: it becomes what it stands beside.
  case open
  /// A value that is no key, or not known to be one.
  case plain
  case key(ColumnReference)
  /// What the caller gives, by the indexes of parameters: it becomes what it stands beside.
  case given([Int])
}

/// Two keys that meet in one place.
struct KeyMeeting: Hashable {
  var first: ColumnReference
  var second: ColumnReference
  var firstRange: ByteRange
  var secondRange: ByteRange
}

/// What was seen while a statement was followed.
enum KeyFinding: Hashable {
  case compared(KeyMeeting)
  case stored(KeyMeeting, column: String)
}

/// A place where a parameter must be a key.
struct KeyUse: Hashable {
  enum Strength: Hashable {
    /// It is compared, or stored in a column that refers to the key.
    case bound
    /// It is stored in the key itself: it may be anything that a new row is called by.
    case made
  }

  var key: ColumnReference
  var strength: Strength
  var range: ByteRange
}

/// What is known of one statement's keys.
struct StatementKeys {
  /// By index of the parameter.
  var uses: [Int: [KeyUse]] = [:]
  /// Where parameters stand.
  var places: [Int: [ByteRange]] = [:]
  var outputs: [KeyMeaning] = []
  var findings: [KeyFinding] = []
}
