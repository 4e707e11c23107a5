import Clinical
public import Engine

/// Something that should have been checked and could not be, in words of ours alone.
///
/// The engine's statements name drugs as the record has them and quote values. Here only the kind of thing and the kind
/// of reason remain, and the ids of the rules.
public struct UncheckedItem: Sendable, Hashable {
    /// What: `ordered-medication`, `current-medication`, `allergy`, `problem`, `section:<name>`, `fact:<name>`, `drugs`, `other`.
    public let subject: String
    /// Why: a name of `UnknownReason.Kind`, `notApplicable` or `other`.
    public let reason: String
    /// The rules that needed it, by id and in order; empty where every rule did.
    public let rules: [String]

    public init(subject: String, reason: String, rules: [String] = []) {
        self.subject = subject
        self.reason = reason
        self.rules = rules
    }
}

extension UncheckedItem {
    /// The engine's statements, each pair of subject and reason once, in the engine's order.
    public static func items(_ statements: [NotChecked]) -> [UncheckedItem] {
        var items: [(item: UncheckedItem, rules: [String])] = []
        var places: [UncheckedItem: Int] = [:]
        // Many statements have one reason, and telling its kind is a search for many words.
        var reasons: [String: String] = [:]
        for statement in statements {
            let why = reasons[statement.why] ?? reason(statement.why)
            reasons[statement.why] = why
            let item = UncheckedItem(subject: subject(statement), reason: why)
            if let place = places[item] {
                items[place].rules += statement.rules
            } else {
                places[item] = items.count
                items.append((item, statement.rules))
            }
        }
        return items.map { item, rules in
            UncheckedItem(subject: item.subject, reason: item.reason, rules: rules.count > 1 ? Set(rules).sorted() : rules)
        }
    }

    /// The kind of thing a statement is about. Whatever does not begin as the engine's own sentences do is `other`.
    private static func subject(_ statement: NotChecked) -> String {
        let what = statement.what
        if what.hasPrefix("ordered medication ") { return "ordered-medication" }
        if what.hasPrefix("current medication ") { return "current-medication" }
        if what.hasPrefix("allergy to ") { return "allergy" }
        if what == "a problem on the list" || what == "problems on the list" { return "problem" }
        if let section = RecordSection.allCases.first(where: { $0.words == what }) { return "section:\(section.rawValue)" }
        guard !statement.rules.isEmpty else { return "other" }
        // A rule's statement: `fact` or `fact for drugs`, where the name of the fact is the author's identifier.
        let name = what.prefix { $0 != " " }
        let rest = what.dropFirst(name.count)
        return isIdentifier(name) && (rest.isEmpty || rest.hasPrefix(" for ")) ? "fact:\(name)" : "drugs"
    }

    private static func isIdentifier(_ text: Substring) -> Bool {
        guard let first = text.utf8.first, first >= UInt8(ascii: "a"), first <= UInt8(ascii: "z"), text.utf8.count <= 64 else {
            return false
        }
        return text.utf8.allSatisfy { byte in
            byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-") || byte &- UInt8(ascii: "0") < 10
                || byte &- UInt8(ascii: "a") < 26
        }
    }

    /// The kind of reason, told by the engine's own words; the text itself, which may quote a value, is not kept.
    private static func reason(_ why: String) -> String {
        let reasons = reasons, beginnings = beginnings
        var why = why
        return why.withUTF8 { text in
            var first = reasons.count
            var previous = UInt8(ascii: " ")
            for start in text.indices {
                defer { previous = text[start] }
                // What is looked for begins with a word.
                guard !isLetter(previous) else { continue }
                for number in beginnings[Int(text[start])] where number < first && stands(reasons[number].words, in: text, at: start) {
                    first = number
                }
            }
            return first < reasons.count ? reasons[first].reason : "other"
        }
    }

    private static func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- UInt8(ascii: "a") < 26 }

    private static func stands(_ words: [UInt8], in text: UnsafeBufferPointer<UInt8>, at start: Int) -> Bool {
        guard text.count - start >= words.count else { return false }
        return words.indices.allSatisfy { text[start + $0] == words[$0] }
    }

    /// For each byte the numbers of the reasons whose words begin with it.
    private static let beginnings: [[Int]] = reasons.enumerated().reduce(into: Array(repeating: [], count: 256)) { table, reason in
        if let byte = reason.element.words.first { table[Int(byte)].append(reason.offset) }
    }

    /// Words of a reason and its kind, the more telling ones first; each begins with a letter that begins a word.
    private static let reasons: [(words: [UInt8], reason: String)] = {
        typealias Kind = UnknownReason.Kind
        let kinds: [(String, Kind)] = [
            ("were not supplied", .notSupplied), ("could not be read", .failed), ("are incomplete", .partial),
            ("in words only", .uncoded), ("not recognised", .unmapped), ("it cannot be used", .unresolved),
            ("reported only as", .comparator), ("only a bound", .comparator), ("not an exact value", .comparator),
            ("no unit", .noUnit), ("states no unit", .noUnit), ("is not one we know", .unitUnknown),
            ("cannot be converted", .unitNotConvertible), ("lies in the future", .implausible), ("plausible", .implausible),
            ("imprecise", .imprecise), ("not precise enough", .imprecise), ("lies somewhere", .imprecise),
            ("could not be compared", .imprecise), ("a group of drugs", .imprecise), ("contradict", .conflicting),
            ("before its start", .conflicting), ("not a number", .noValue), ("without a value", .noValue),
            ("within the last", .notInWindow), ("equation", .notComputable), ("cannot be asked", .notComputable),
            ("too large or too long", .notComputable), ("daily dose", .notComputable), ("not recorded", .notRecorded),
            ("not stated", .notRecorded), ("is recorded", .notRecorded), ("no date", .notRecorded), ("not known", .notRecorded),
            ("does not say", .notRecorded),
        ]
        let words = [("is a vaccine", "notApplicable")] + kinds.map { ($0.0, $0.1.rawValue) }
        return words.map { (Array($0.0.utf8), $0.1) }
    }()
}
