import ArgumentParser
import AuditLog
import Clinical
import Service

extension JournalCommand {
    /// `vigil journal replay`: decisions worked out again and held against what was answered.
    struct Replay: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Work decisions out again, and compare each answer byte for byte.",
            discussion: """
                Give it the rules and the knowledge that were in force: what was decided by others is counted and left. It needs the \
                bodies of requests (`journal.bodies` in vigil.yaml) and their key; what was fetched from a FHIR server is kept with \
                them.

                EXIT CODES: 0 no answer differs, 1 one does, 2 it cannot be read, or nothing could be compared.

                EXAMPLES:
                  vigil journal replay .vigil/journal.sqlite --journal-key journal.bodies.key
                  vigil journal replay --journal-key k --from 2026-11-01T00:00:00Z --rules Rules-of-november
                """)

        @OptionGroup var file: File

        @Option(
            name: .customLong("journal-key"),
            help: ArgumentHelp("The key with which bodies were encrypted.", valueName: "file"))
        var key: String

        @Option(help: ArgumentHelp("Decisions recorded at or after this instant.", valueName: "instant"))
        var from: String?

        @Option(help: ArgumentHelp("Decisions recorded before this instant.", valueName: "instant"))
        var until: String?

        @OptionGroup var rules: RuleOptions
        @OptionGroup var bundle: BundleOptions
        @OptionGroup var knowledge: KnowledgeOptions

        func run() async throws {
            let range = JournalRange(from: try instant(from), until: try instant(until))
            let journal = try Journal.read(file.path, encryption: EncryptionKeys(try EncryptionKey(file: key)))
            var editions = DatedEditions(rules: bundle.rules(else: rules), knowledge: knowledge.file)
            var tally = Tally()
            try await journal.forEach(in: range) { entry in
                let outcome = try await editions.outcome(of: entry, in: journal)
                tally.count(outcome)
                if outcome == .different {
                    Output.line("different: entry \(entry.place.sequence), \(entry.decision?.service ?? "?") as of \(entry.decision?.asOf.description ?? "?")")
                }
            }
            Output.line(tally.summary)
            if tally.different > 0 { throw Outcome.findings }
            if tally.same == 0 { throw CommandError(description: "nothing could be compared") }
        }
    }
}

/// Editions as they were loaded on a day, for rules and overrides have dates.
private struct DatedEditions {
    let rules: EditionRules
    let knowledge: String
    private var loaded: [CivilDate: Edition] = [:]

    init(rules: EditionRules, knowledge: String) {
        self.rules = rules
        self.knowledge = knowledge
    }

    /// What comes of an entry by the rules of its day; just after midnight those of the day before may still have been in force.
    mutating func outcome(of entry: JournalEntry, in journal: Journal) async throws -> DecisionReplay.Outcome {
        guard let asOf = entry.decision?.asOf else { return .notComparable }
        let replay = DecisionReplay(journal)
        let outcome = try await replay.outcome(of: entry, by: try edition(asOf))
        guard case .otherEdition = outcome else { return outcome }
        let earlier = AsOf(instant: asOf.instant.adding(milliseconds: -86_400_000), zone: asOf.zone)
        return try await replay.outcome(of: entry, by: try edition(earlier))
    }

    private mutating func edition(_ asOf: AsOf) throws -> Edition {
        if let found = loaded[asOf.today] { return found }
        let edition = try EditionLoader(rules: rules, knowledge: knowledge, clock: .fixed(asOf)).load()
        // A journal is read in the order of time: no more than two days are needed at once.
        if loaded.count > 1 { loaded = [:] }
        loaded[asOf.today] = edition
        return edition
    }
}

/// How many decisions came out how.
private struct Tally {
    private(set) var same = 0
    private(set) var different = 0
    private var otherEdition = 0
    private var notKept = 0
    private var notComparable = 0

    mutating func count(_ outcome: DecisionReplay.Outcome) {
        switch outcome {
        case .same: same += 1
        case .different: different += 1
        case .otherEdition: otherEdition += 1
        case .bodyNotKept: notKept += 1
        case .notComparable: notComparable += 1
        }
    }

    var summary: String {
        """
        \(same) the same byte for byte, \(different) different; not compared: \(otherEdition) decided by another edition, \
        \(notKept) whose request was not kept, \(notComparable) written before answers were noted
        """
    }
}
