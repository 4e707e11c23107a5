import Documents

/// What was said of one setting at one place: its texts, and where each stands.
struct Said {
    /// Where something stands.
    struct Spot {
        /// The name of the source.
        let file: String
        let range: SourceRange?
    }

    var texts: [String]
    /// Of each text.
    var spots: [Spot]
    /// Of all of it; for messages about the setting as a whole.
    var spot: Spot
}

extension Diagnostic {
    /// A complaint at a spot.
    init(_ code: SettingCode, _ message: String, at spot: Said.Spot, label: String? = nil, help: [String] = [], notes: [String] = []) {
        self.init(
            code: code.rawValue, message: message, file: spot.file, range: spot.range, label: label, help: help, notes: notes)
    }
}

/// The kinds of complaint about a configuration; a code never changes its meaning.
enum SettingCode: String {
    /// No setting has this name.
    case unknown = "S101"
    /// A map, a list or nothing where something else must stand.
    case form = "S102"
    /// A text that is no value of its setting.
    case value = "S103"
    /// Something that must be said and is not.
    case missing = "S104"
    /// Settings that do not go together.
    case contradiction = "S105"
    /// Something said where it may not be.
    case place = "S106"
}
