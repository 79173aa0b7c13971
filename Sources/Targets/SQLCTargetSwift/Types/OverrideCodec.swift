// The codec that an override names, as the runtime may have it.

import SQLCEngine
import SQLCModel

extension SwiftOverride.Codec {
  /// The form for which the runtime has a codec.
  var form: StoredForm? {
    switch self {
    case .natural, .custom: nil
    case .json: .json
    case .unixSeconds: .unixSeconds
    case .unixMilliseconds: .unixMilliseconds
    case .julianDay: .julianDay
    case .uuidBlob: .uuidBlob
    }
  }
}
