public import Clinical
import Documents
public import Intake

/// What was said about a record when it was brought over from another format: it travels with the call, in its `extension`.
///
/// So it stands in the body that a journal keeps, and a replay says the same. Whoever calls in JSON may send it too: it can only
/// lower what counts as known, and add to what is said.
public struct ConversionStatement: Sendable {
    /// The member of `extension` that holds it.
    private static let key = "org.vigil.converted"
    /// What is read at most: of the list, and of each text.
    private static let limits = (notes: 501, text: 300)

    /// What could not be brought over, by the format's own places.
    public let notes: [IntakeNote]
    /// Sections of which only a part came, and why.
    public let partial: [RecordSection: String]

    init(notes: [IntakeNote], partial: [RecordSection: String]) {
        self.notes = notes
        self.partial = partial
    }

    /// Reads a call's `extension`; nothing where it says nothing of this.
    init?(_ extensions: JSONNode?) {
        guard let node = extensions?.member(Self.key), node.kind == .object else { return nil }
        var notes: [IntakeNote] = []
        for note in (node["notes"].map { Array($0.elements) } ?? []).prefix(Self.limits.notes) {
            guard let what = note["what"].flatMap(Self.text), let why = note["why"].flatMap(Self.text) else { continue }
            notes.append(IntakeNote(about: nil, what: what, why: why, range: nil))
        }
        var partial: [RecordSection: String] = [:]
        for section in RecordSection.allCases {
            if let why = node["partial"]?.member(section.rawValue).flatMap(Self.text) { partial[section] = why }
        }
        self.init(notes: notes, partial: partial)
    }

    private static func text(_ node: JSONNode) -> String? {
        node.string.map { String($0.prefix(limits.text)) }
    }

    /// As `extension` carries it.
    var json: JSONValue {
        .compact([
            (Self.key, .compact([
                ("notes", .array(notes.map { JSONValue.object([("what", .string($0.what)), ("why", .string($0.why))]) })),
                ("partial", .object(partial.sorted { $0.key < $1.key }.map { ($0.key.rawValue, JSONValue.string($0.value)) })),
            ]))
        ])
    }
}
