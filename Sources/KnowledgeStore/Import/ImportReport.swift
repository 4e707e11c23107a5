public import Knowledge

/// What an import read, kept and lost; the first thing to read after it.
public struct ImportReport: Sendable {
    public let kind: String
    public let name: String
    public let version: String
    /// What was made of it; empty until the file was written.
    public internal(set) var file = ""
    public internal(set) var byteCount = 0
    public internal(set) var readCount = 0
    public internal(set) var keptCount = 0
    /// What else is worth knowing, a sentence each, such as `12,345 pairs are here twice and say the same`.
    public internal(set) var notes: [String] = []
    /// What was lost, each distinct text once.
    public internal(set) var lost: [Loss] = []
    /// Where this source and the tables before it differ on a pair: how often, by what each says.
    public internal(set) var conflicts: [Conflict] = []

    /// One text that led nowhere.
    public struct Loss: Sendable, Hashable {
        /// `no ingredient has this name`.
        public let reason: String
        /// The code, name or word as the file has it.
        public let text: String
        public internal(set) var rows: Int
        public let firstLine: Int
        /// The nearest name that is known, where there is one.
        public internal(set) var nearest: String
    }

    /// Pairs of which two sources say different things.
    public struct Conflict: Sendable, Hashable {
        public let imported: Severity
        public let known: Severity
        /// Which of the two speaks: the imported source, or the one before it because none may be lowered without a reason.
        public let importedSpeaks: Bool
        public let pairs: Int
    }

    init(kind: String, name: String, version: String) {
        self.kind = kind
        self.name = name
        self.version = version
    }

    /// Rows that were not kept.
    public var lostCount: Int { lost.reduce(0) { $0 + $1.rows } }

    /// A few lines for a person.
    public var text: String {
        var lines = ["\(file): \(kind) \(name) \(version)"]
        lines.append("  read \(readCount), kept \(keptCount), not mapped \(lostCount); \(byteCount / 1_048_576) MiB")
        lines += notes.map { "  \($0)" }
        var byReason: [String: (rows: Int, texts: Int)] = [:]
        for loss in lost {
            byReason[loss.reason, default: (0, 0)].rows += loss.rows
            byReason[loss.reason, default: (0, 0)].texts += 1
        }
        for (reason, count) in byReason.sorted(by: { ($1.value.rows, $0.key) < ($0.value.rows, $1.key) }) {
            lines.append("  not mapped: \(reason): \(count.rows) rows, \(count.texts) different")
        }
        for conflict in conflicts {
            let speaker =
                conflict.importedSpeaks
                ? "the imported one speaks" : "the one before speaks: a severity is not lowered without a stated reason"
            lines.append(
                "  differs: \(conflict.pairs) pairs are \(conflict.imported.rawValue) here and \(conflict.known.rawValue) before; \(speaker)")
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// What was lost as a table: reason, text, rows, first line, nearest name.
    public var lostTable: [UInt8] {
        var text = "reason,text,rows,first_line,nearest\n"
        for loss in lost {
            text += [loss.reason, loss.text, String(loss.rows), String(loss.firstLine), loss.nearest].map(Self.cell)
                .joined(separator: ",") + "\n"
        }
        return Array(text.utf8)
    }

    private static func cell(_ text: String) -> String {
        guard text.utf8.contains(where: { [0x22, 0x2C, 0x0A, 0x0D].contains($0) }) else { return text }
        return "\"" + text.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
    }
}

/// Collects what an import loses: one entry for each text and reason.
struct LossList {
    private var entries: [ImportReport.Loss] = []
    private var places: [String: Int] = [:]
    /// So many different texts are listed by themselves; what comes after is counted under its reason alone.
    private static let limit = 200_000

    /// The loss for which a nearest name is a help.
    static let unknownName = "no ingredient has this name"

    mutating func add(_ reason: String, _ text: String, line: Int) {
        let shown = places.count < Self.limit ? text : "(others)"
        let key = "\(reason)\u{1F}\(shown)"
        if let place = places[key] {
            entries[place].rows += 1
        } else {
            places[key] = entries.count
            entries.append(.init(reason: reason, text: shown, rows: 1, firstLine: line, nearest: ""))
        }
    }

    /// The most frequent first; `nearest` is asked for unknown names among the first few hundred.
    func sorted(nearest: (String) -> String?) -> [ImportReport.Loss] {
        var all = entries.sorted { ($1.rows, $0.reason, $0.text) < ($0.rows, $1.reason, $1.text) }
        for place in all.indices.prefix(300) where all[place].reason == Self.unknownName { all[place].nearest = nearest(all[place].text) ?? "" }
        return all
    }
}

/// How far an import has come.
public struct ImportProgress: Sendable, Hashable {
    /// `reading RXNREL.RRF`.
    public let step: String
    /// 0 to 100; `nil` where it cannot be told.
    public let percent: Int?
}
