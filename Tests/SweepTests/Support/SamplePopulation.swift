import CareGaps
import Clinical
import Documents
import Engine
import Foundation
import Knowledge
import KnowledgeStore
import RuleLanguage

@testable import Sweep

/// A few dozen invented patients, always the same, in every layout in which a population may come.
struct SamplePopulation {
    let count: Int

    /// Type and line of each resource, patient by patient.
    var resources: [(type: String, line: String)] {
        var lines: [(String, String)] = []
        for medication in ["36567", "83367"] {
            lines.append(
                ("Medication", "{\"resourceType\":\"Medication\",\"id\":\"m\(medication)\",\"code\":{\"coding\":[{\"system\":\"http://www.nlm.nih.gov/research/umls/rxnorm\",\"code\":\"\(medication)\"}]}}"))
        }
        for number in 0..<count { lines += resources(of: number) }
        return lines
    }

    func resources(of number: Int) -> [(type: String, line: String)] {
        let id = "p\(number)"
        let subject = "\"subject\":{\"reference\":\"Patient/\(id)\"}"
        let year = 1940 + number % 60
        var lines: [(String, String)] = [
            (
                "Patient",
                "{\"resourceType\":\"Patient\",\"id\":\"\(id)\",\"gender\":\"\(number % 2 == 0 ? "female" : "male")\",\"birthDate\":\"\(year)-0\(1 + number % 9)-11\",\"managingOrganization\":{\"reference\":\"Organization/o\(number % 3)\"}}"
            )
        ]
        if number % 2 == 0 {
            lines.append(
                ("Condition", "{\"resourceType\":\"Condition\",\"id\":\"c\(number)\",\"clinicalStatus\":{\"coding\":[{\"code\":\"active\"}]},\"code\":{\"coding\":[{\"system\":\"http://snomed.info/sct\",\"code\":\"44054006\"}]},\(subject)}"))
        }
        for repeated in 0..<(number % 4) {
            lines.append(
                ("Observation", "{\"resourceType\":\"Observation\",\"id\":\"a\(number)-\(repeated)\",\"status\":\"final\",\"code\":{\"coding\":[{\"system\":\"http://loinc.org\",\"code\":\"4548-4\"}]},\(subject),\"effectiveDateTime\":\"202\(repeated + 3)-0\(1 + number % 9)-02\",\"valueQuantity\":{\"value\":7.\(number % 10),\"unit\":\"%\",\"system\":\"http://unitsofmeasure.org\",\"code\":\"%\"}}"))
        }
        if number % 3 == 0 {
            lines.append(
                ("MedicationRequest", "{\"resourceType\":\"MedicationRequest\",\"id\":\"r\(number)\",\"status\":\"active\",\"intent\":\"order\",\"medicationReference\":{\"reference\":\"Medication/m\(number % 2 == 0 ? "36567" : "83367")\"},\(subject),\"authoredOn\":\"2026-01-05\"}"))
        }
        lines.append(
            ("AllergyIntolerance", "{\"resourceType\":\"AllergyIntolerance\",\"id\":\"n\(number)\",\"code\":{\"coding\":[{\"system\":\"http://snomed.info/sct\",\"code\":\"716186003\"}]},\"patient\":{\"reference\":\"Patient/\(id)\"}}"))
        if number % 5 == 0 {
            lines.append(
                ("Immunization", "{\"resourceType\":\"Immunization\",\"id\":\"i\(number)\",\"status\":\"completed\",\"vaccineCode\":{\"coding\":[{\"system\":\"http://hl7.org/fhir/sid/cvx\",\"code\":\"216\"}]},\"patient\":{\"reference\":\"Patient/\(id)\"},\"occurrenceDateTime\":\"2024-05-01\"}"))
        }
        lines.append(
            ("Procedure", "{\"resourceType\":\"Procedure\",\"id\":\"q\(number)\",\"status\":\"completed\",\"code\":{\"text\":\"visit\"},\(subject),\"performedDateTime\":\"2025-01-01\"}"))
        return lines
    }

    // MARK: Layouts

    /// One file a type.
    func export() -> [String: String] {
        var files: [String: String] = [:]
        for (type, line) in resources { files["\(type).ndjson", default: ""] += line + "\n" }
        return files
    }

    /// A Bundle a patient, with the shared resources that it needs.
    func bundles() -> [String] {
        let shared = resources.filter { $0.type == "Medication" }.map(\.line)
        return (0..<count).map { number in
            let own = resources(of: number).map(\.line)
            let entries = (own + shared).map { "{\"resource\":\($0)}" }.joined(separator: ",")
            return "{\"resourceType\":\"Bundle\",\"type\":\"collection\",\"entry\":[\(entries)]}"
        }
    }
}

/// The rules of the repository, ready to evaluate.
enum SampleRules {
    static let asOf = AsOf("2026-06-30")!

    static func evaluator() throws -> Evaluator { try loaded.get() }

    private static let loaded = Result {
        let root = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(4).joined(separator: "/")
        let knowledge = try KnowledgeBase(try KnowledgeTablesReader.read(root + "/Knowledge"))
        let sources = try RuleFolder.sources(at: [root + "/Rules/gaps"])
        let (rules, diagnostics) = RuleCompiler(knowledge: knowledge, today: asOf.today).compile(sources)
        guard let rules else { throw SweepError("the rules do not check: \(diagnostics.map(\.message))") }
        return Evaluator(plan: rules.plan, knowledge: knowledge)
    }

    static let edition = ReportEdition(rules: "r", knowledge: "k", knowledgeVersion: "v", vigil: "0")
}

/// A folder that is gone at the end of the test.
final class TemporaryFolder {
    let path: String

    init() throws {
        path = NSTemporaryDirectory() + "vigil-sweep-test-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func write(_ text: String, to name: String) throws {
        try Data(text.utf8).write(to: URL(fileURLWithPath: path + "/" + name))
    }

    func read(_ name: String) throws -> String {
        String(decoding: try Data(contentsOf: URL(fileURLWithPath: path + "/" + name)), as: UTF8.self)
    }

    /// Sweeps the files at `inputs` into a subfolder and gives the sorted lines of `results.ndjson`.
    func sweep(
        _ inputs: [String], into name: String, workers: Int = 2, reports: Set<SweepReportKind> = SweepReportKind.standard,
        since: String? = nil
    ) async throws -> (lines: [String], summary: SweepSummary, kept: Int) {
        var options = SweepOptions(
            inputs: try SweepInput.files(at: inputs), folder: path + "/" + name, asOf: SampleRules.asOf, workers: workers, reports: reports)
        options.since = since.map { path + "/" + $0 }
        let progress = SweepProgress()
        let summary = try await Sweep(
            options, evaluator: try SampleRules.evaluator(), edition: SampleRules.edition, progress: progress
        ).run()
        let lines = try read(name + "/results.ndjson").split(separator: "\n").map(String.init).sorted()
        return (lines, summary, progress.reading.patientsKept)
    }
}
