import Documents

/// Why a piece of shorthand was not understood, and which of its bytes are at fault.
struct ShorthandError: Error, Sendable, Hashable {
    var code: String
    /// One plain sentence about the author's text.
    var message: String
    /// Bytes of the item's text; nothing for all of it.
    var bytes: Range<Int>?
    var label: String?
    var help: [String]

    /// V402: what was written is not understood.
    static func notUnderstood(
        _ message: String, at bytes: Range<Int>?, label: String? = nil, help: [String] = []
    ) -> ShorthandError {
        ShorthandError(code: "V402", message: message, bytes: bytes, label: label, help: help)
    }

    /// V403: a name that the knowledge base does not have; V405 for a reaction.
    static func notKnown(
        _ name: String, as what: String, at bytes: Range<Int>?, in known: [String], version: String, code: String = "V403"
    ) -> ShorthandError {
        ShorthandError(
            code: code, message: "no \(what) is called `\(name)`", bytes: bytes, label: "not in knowledge \(version)",
            help: NearestName.find(name, in: known).map { ["did you mean `\($0)`?"] } ?? [])
    }

    func diagnostic(in text: PlacedText, file: String) -> Diagnostic {
        Diagnostic(
            code: code, message: message, file: file, range: text.place(of: bytes), label: label, help: help)
    }
}
