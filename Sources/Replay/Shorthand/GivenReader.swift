public import Clinical
public import Documents
public import Knowledge

/// Reads what stands under `given:` of a rule test into a story, or says of each item why it cannot.
///
/// Every problem is reported in one go, each at its own words: V401 for a key, V402 for an item that is not understood,
/// V403 for a name that the knowledge base does not have, V405 for a reaction that it does not have.
public struct GivenReader {
    let names: NameFinder
    let file: String
    var story: PatientStory
    var diagnostics: [Diagnostic] = []

    private init(knowledge: KnowledgeBase, file: String, today: CivilDate) {
        names = NameFinder(knowledge: knowledge)
        self.file = file
        story = PatientStory(today: today)
    }

    /// The story of a test; nothing given is a patient of whom nothing is known.
    ///
    /// - Parameters:
    ///   - given: the map under `given:`.
    ///   - today: the day that counts as today; ages are counted from it.
    ///   - file: the name of the rule file, for messages.
    public static func read(
        _ given: YAMLNode?, today: CivilDate, knowledge: KnowledgeBase, file: String
    ) -> (story: PatientStory, diagnostics: [Diagnostic]) {
        var reader = GivenReader(knowledge: knowledge, file: file, today: today)
        if let given { reader.read(given) }
        return (reader.story, reader.diagnostics)
    }

    private mutating func read(_ given: YAMLNode) {
        guard let entries = given.placedEntries else {
            report("V402", "`given` is a map of what the patient has", at: given.range, help: ["write `given: { age: 72 y }`"])
            return
        }
        for (key, value) in entries {
            if let known = GivenKey.named(key.text) {
                known.read(&self, value)
            } else {
                reportUnknown(key)
            }
        }
        checkTwiceTold(entries.map(\.key))
    }

    /// Age and birth date are one thing; a record file has its own patient.
    private mutating func checkTwiceTold(_ keys: [PlacedText]) {
        if let age = keys.first(where: { $0.text == "age" }), keys.contains(where: { $0.text == "born" }) {
            report("V402", "`age` and `born` say the same thing twice", at: age.range, help: ["keep one of them"])
        }
        guard keys.contains(where: { $0.text == "fhir" }) else { return }
        for key in keys where ["age", "born", "sex"].contains(key.text) {
            report("V402", "the file of `fhir` already says who the patient is", at: key.range, help: ["leave `\(key.text)` out"])
        }
    }
}

// MARK: The patient

extension GivenReader {
    /// `72 y`: the birthday that makes the patient exactly as old today.
    mutating func readAge(_ node: YAMLNode) {
        guard let text = text(node) else { return }
        guard let span = TimeSpan(text.text), span.elapsedMilliseconds == nil else {
            report("V402", "`\(text.text)` is not an age", at: text.range, help: ["write `age: 72 y` or `age: 8 months`"])
            return
        }
        story.born = PartialDate(story.today.adding(span.negated))
    }

    mutating func readBorn(_ node: YAMLNode) {
        guard let text = text(node) else { return }
        guard let date = PartialDate(text.text), date.precision != .instant else {
            report("V402", "`\(text.text)` is not a date of birth", at: text.range, help: ["write `born: 1961-01-16`"])
            return
        }
        story.born = date
    }

    mutating func readSex(_ node: YAMLNode) {
        guard let text = text(node) else { return }
        story.sex = Patient.Sex(rawValue: text.text)
        if story.sex == nil {
            let help = "write `sex: female` or `sex: male`; leave it out where it is not known"
            report("V402", "`\(text.text)` is not a sex that rules can ask for", at: text.range, help: [help])
        }
    }

    mutating func readPregnant(_ node: YAMLNode) {
        guard let text = text(node) else { return }
        switch text.text {
        case "yes": story.isPregnant = true
        case "no": story.isPregnant = false
        default:
            let help = "write `pregnant: yes` or `pregnant: no`; leave it out where it is not recorded"
            report("V402", "`\(text.text)` is neither yes nor no", at: text.range, help: [help])
        }
    }

    /// `80 kg`, of the dimension of an example.
    mutating func measure(_ name: String, _ node: YAMLNode, like example: String) -> Quantity? {
        guard let text = text(node) else { return nil }
        if let value = Quantity(text.text), let unit = value.unit, let wanted = Quantity(example)?.unit,
            unit.isCommensurable(with: wanted)
        {
            return value
        }
        report("V402", "`\(text.text)` is not a \(name)", at: text.range, help: ["write `\(name): \(example)`"])
        return nil
    }
}

// MARK: The record

extension GivenReader {
    private static let sections: [String: RecordSection] = [
        "labs": .observations, "medications": .medications, "allergies": .allergies, "problems": .conditions,
        "procedures": .procedures, "vaccines": .immunizations, "encounters": .encounters,
        "family_history": .familyHistory, "orders": .serviceRequests,
    ]

    mutating func readNotSupplied(_ node: YAMLNode) {
        let sections = items(node) { text throws(ShorthandError) -> RecordSection in
            if let section = Self.sections[text.text] { return section }
            let known = Self.sections.keys.sorted()
            let near = NearestName.find(text.text, in: known).map { "did you mean `\($0)`?" }
            throw .notUnderstood(
                "`\(text.text)` is not a part of the record", at: nil,
                help: [near ?? "there are \(known.joined(separator: ", "))"])
        }
        story.notSupplied.formUnion(sections)
    }

    /// Reads each item of a list; a single scalar counts as a list of one.
    mutating func items<Item>(
        _ node: YAMLNode, _ read: (PlacedText) throws(ShorthandError) -> Item
    ) -> [Item] {
        var items: [Item] = []
        for element in node.sequence ?? [node] {
            guard let text = text(element) else { continue }
            do {
                items.append(try read(text))
            } catch {
                diagnostics.append(error.diagnostic(in: text, file: file))
            }
        }
        return items
    }

    /// A scalar, or a word on why there is none.
    mutating func text(_ node: YAMLNode) -> PlacedText? {
        if let text = node.placedText { return text }
        let help = "a colon or a comma inside an item makes a map or two items of it: put the item in quotes"
        report("V402", "one value is expected here", at: node.range, help: [help])
        return nil
    }
}

// MARK: Messages

extension GivenReader {
    private mutating func reportUnknown(_ key: PlacedText) {
        let near = NearestName.find(key.text, in: GivenKey.all.map(\.name)).flatMap(GivenKey.named)
        let help = near.map { "did you mean `\($0.name)`, as in `\($0.example)`?" }
            ?? "there are \(GivenKey.all.map(\.name).joined(separator: ", "))"
        report("V401", "a patient is not given by `\(key.text)`", at: key.range, help: [help])
    }

    private mutating func report(_ code: String, _ message: String, at range: SourceRange, help: [String]) {
        diagnostics.append(Diagnostic(code: code, message: message, file: file, range: range, help: help))
    }
}
