import ArgumentParser
import Clinical
import Documents
import Foundation
import Intake
import Knowledge
import KnowledgeStore

/// What is measured with.
struct BenchmarkInputOptions: ParsableArguments {
    @Option(name: .customLong("knowledge"), help: ArgumentHelp("The knowledge file.", valueName: "file"))
    var knowledge = ".vigil/knowledge.sqlite"

    @Option(name: .customLong("rules"), help: ArgumentHelp("The rules of the served requests.", valueName: "path"))
    var rules: [String] = ["Rules"]

    @Option(help: ArgumentHelp("An order-sign request; one of about 100 kB is made where none is given.", valueName: "file"))
    var request: String?
}

/// The knowledge, the request and the patient in it, loaded once.
struct BenchmarkInputs {
    static let asOf = AsOf(instant: Instant(milliseconds: 1_795_255_200_000), zone: .utc)

    let knowledge: KnowledgeBase
    /// The request's body.
    let request: [UInt8]
    /// The patient in it.
    let snapshot: Snapshot

    init(_ options: BenchmarkInputOptions) throws {
        knowledge = try KnowledgeStore.open(options.knowledge)
        if let path = options.request {
            guard let data = FileManager.default.contents(atPath: path) else {
                throw ValidationError("`\(path)` cannot be read")
            }
            request = Array(data)
        } else {
            request = GeneratedRequest(knowledge: knowledge).bytes
        }
        snapshot = Self.snapshot(try JSONDocument(parsing: request))
    }

    /// The request's record through the production reader; of the observations those with one of the codes, if any are given.
    static func snapshot(_ document: JSONDocument, observationCodes: CodeFilter? = nil) -> Snapshot {
        let context = document.root["context"]
        var reader = FHIRReader(asOf: asOf, patientID: context?["patientId"]?.string, observationCodes: observationCodes)
        if let drafts = context?["draftOrders"] { reader.readDrafts(drafts) }
        if let prefetch = document.root["prefetch"] {
            for member in prefetch.members {
                if let section = section(member.key.string ?? "") { reader.readSection(section, member.value) }
            }
        }
        return reader.finish().snapshot
    }

    private static func section(_ key: String) -> RecordSection? {
        switch key {
        case "patient": .patient
        case "allergies": .allergies
        case "conditions": .conditions
        case "procedures": .procedures
        case "immunizations": .immunizations
        case "encounters": .encounters
        default: key.hasPrefix("medication") ? .medications : key.hasPrefix("observations") ? .observations : nil
        }
    }
}
