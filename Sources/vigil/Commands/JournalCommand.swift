import ArgumentParser
import AuditLog
import Clinical
import Documents
import Service

/// `vigil journal`: the journal of decisions, verified and read.
struct JournalCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "journal",
        abstract: "Verify, export and shorten the journal of decisions.",
        subcommands: [Verify.self, Export.self, Replay.self, Prune.self, Stress.self])

    /// The journal that a subcommand reads.
    struct File: ParsableArguments {
        @Argument(help: ArgumentHelp("The journal.", valueName: "file"))
        var path = ".vigil/journal.sqlite"
    }

    struct Verify: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Walk the chain of hashes, and say where it breaks.",
            discussion: """
                Write down what it prints at the end, and give it with --noted the next time: then nobody can have shortened the \
                journal in between without being seen.

                EXIT CODES: 0 intact, 1 broken, 2 it cannot be read.
                """)

        @OptionGroup var file: File

        @Option(
            help: ArgumentHelp(
                """
                What an earlier run printed, as `sequence:chain`, or a file in which such places stand, the log of the service for one: \
                the furthest counts.
                """, valueName: "place or file"))
        var noted: String?

        func run() async throws {
            let place = try noted.map(Self.place)
            let result = try await Journal.read(file.path).verify(noted: place)
            if let fault = result.firstBreak {
                Output.line("broken: \(fault)")
                throw Outcome.findings
            }
            if let place, !result.isNotedFound, place.sequence > 0 {
                Output.line("not proved: the walk from \(result.start.sequence) to \(result.end.sequence) did not come by entry \(place.sequence)")
                throw Outcome.findings
            }
            Output.line("intact: \(result.entries) entries, up to \(result.end)")
        }

        /// The place that was noted, or the furthest of those in a file.
        private static func place(_ text: String) throws -> ChainHead {
            if let place = ChainHead(text) { return place }
            let content = String(decoding: try SourceFile.bytes(of: text), as: UTF8.self)
            let places = content.matches(of: /\b[0-9]{1,18}:[0-9a-fA-F]{64}\b/).compactMap { ChainHead(String($0.output)) }
            guard let last = places.max(by: { $0.sequence < $1.sequence }) else {
                throw ValidationError("`\(text)` is neither a place such as 42:9f86… nor a file with one")
            }
            return last
        }
    }

    struct Export: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Write decisions as NDJSON, one a line.")

        @OptionGroup var file: File

        @Option(help: ArgumentHelp("Decisions recorded at or after this instant.", valueName: "instant"))
        var from: String?

        @Option(help: ArgumentHelp("Decisions recorded before this instant.", valueName: "instant"))
        var until: String?

        func run() async throws {
            let range = JournalRange(from: try instant(from), until: try instant(until))
            _ = try await Journal.read(file.path).export(range) { Output.bytes($0) }
        }
    }

    struct Prune: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Take away decisions older than a date, leaving a signed checkpoint.",
            discussion: "What remains still verifies: the checkpoint holds the chain at which it begins, and who took the rest away.")

        @OptionGroup var file: File

        @Option(help: ArgumentHelp("Decisions recorded before this instant go.", valueName: "instant"))
        var before: String

        @Option(help: ArgumentHelp("Who does it, for the checkpoint.", valueName: "name"))
        var signedBy: String

        @OptionGroup var clock: InstantOptions

        func run() async throws {
            guard let limit = try instant(before) else { return }
            let report = try await Journal.open(file.path).prune(before: limit, signedBy: signedBy, now: clock.clock.now().instant)
            Output.line("\(report.decisions) decisions, \(report.bodies) bodies and \(report.feedback) feedback entries taken away")
        }
    }

    /// Writes as hard as it can, for `scripts/kill-journal`.
    struct Stress: AsyncParsableCommand {
        static let configuration = CommandConfiguration(shouldDisplay: false)

        @Argument var path: String

        @Option var count = 100_000

        /// What an earlier run printed: then nothing is written, and lines that the journal does not hold are listed.
        @Option var acknowledged: String?

        func run() async throws {
            guard let acknowledged else {
                try await JournalStress.run(path: path, count: count) { Output.line($0) }
                return
            }
            let told = String(decoding: try SourceFile.bytes(of: acknowledged), as: UTF8.self)
            let missing = try await JournalStress.missing(path: path, acknowledged: told)
            for line in missing { Output.line(line) }
            if !missing.isEmpty { throw Outcome.findings }
        }
    }
}

/// An instant as the command line has it.
func instant(_ text: String?) throws -> Instant? {
    guard let text else { return nil }
    guard let asOf = AsOf(text) else { throw ValidationError("`\(text)` is no instant such as 2026-11-21T09:30:00Z") }
    return asOf.instant
}
