import Documents
import Engine

/// What a fact of a measure came to: entries of the record, or something that is true or not.
enum MeasureFact {
    case entries(QueryID)
    case condition(ConditionID)
}

/// The facts of one measure and those it shares, read when they are first named.
final class MeasureFacts {
    /// Facts stand within each other so deep, and no deeper.
    private static let deepest = 64

    private let session: CheckSession
    private let own: [String: MeasureNames.WrittenFact]
    private let shared: [String: MeasureNames.WrittenFact]
    private var read: [String: MeasureFact] = [:]
    private var failed: Set<String> = []
    private var beingRead: [String] = []
    private(set) var used: Set<String> = []
    /// The fact whose entries the measure counts, by name.
    let counted: String?
    /// Visits that belong to a hospital stay.
    var hospitalizationThrough: [[ValueSetID]] = []

    init(_ session: CheckSession, own: [String: MeasureNames.WrittenFact], counted: String?) {
        self.session = session
        self.own = own
        self.counted = counted
        shared = session.measureNames.facts
    }

    var names: [String] { Set(own.keys).union(shared.keys).sorted() }

    /// The fact of that name; nothing, and a complaint, where there is none.
    func fact(_ name: String, file: String, at range: SourceRange) -> MeasureFact? {
        if let known = read[name] { return known }
        guard let written = own[name] ?? shared[name] else {
            let near = NearestName.find(name, in: names)
            session.report(
                "V202", "there is no fact called `\(name)`", file: file, at: range, label: near.map { "did you mean `\($0)`?" })
            return nil
        }
        used.insert(name)
        if failed.contains(name) { return nil }
        guard !beingRead.contains(name) else {
            session.report("V205", "`\(name)` is defined by itself: \((beingRead + [name]).joined(separator: " → "))", file: file, at: range)
            return nil
        }
        guard beingRead.count < Self.deepest else {
            session.report("V108", "more than \(Self.deepest) facts stand within each other", file: file, at: range)
            return nil
        }
        beingRead.append(name)
        defer { beingRead.removeLast() }
        let fact = PhraseReader(session: session, file: written.file, facts: self).fact(written.node)
        if let fact { read[name] = fact } else { failed.insert(name) }
        return fact
    }

    /// Own facts that nothing names.
    var unused: [(name: String, fact: MeasureNames.WrittenFact)] {
        own.filter { !used.contains($0.key) }.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }
}
