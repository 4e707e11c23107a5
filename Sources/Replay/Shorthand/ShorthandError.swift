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
    ///
    /// - Parameter known: the names that it has; where none is near and they are few, all of them are told.
    static func notKnown(
        _ name: String, as what: String, at bytes: Range<Int>?, in known: [String], version: String, code: String = "V403"
    ) -> ShorthandError {
        ShorthandError(
            code: code, message: "no \(what) is called `\(name)`", bytes: bytes, label: "not in knowledge \(version)",
            help: help(for: name, in: known))
    }

    private static func help(for name: String, in known: [String]) -> [String] {
        if let near = NearestName.find(name, in: known) { return ["did you mean `\(near)`?"] }
        let quoted = { (names: [String]) in names.map { "`\($0)`" } }
        let near = NearestName.containing(name, in: known)
        let isFew = !known.isEmpty && known.count <= 20
        return (near.isEmpty ? [] : ["did you mean \(quoted(near).joined(separator: " or "))?"])
            + (isFew ? ["there are: \(quoted(known).joined(separator: ", "))"] : [])
    }

    func diagnostic(in text: PlacedText, file: String) -> Diagnostic {
        Diagnostic(
            code: code, message: message, file: file, range: text.place(of: bytes), label: label, help: help)
    }
}
