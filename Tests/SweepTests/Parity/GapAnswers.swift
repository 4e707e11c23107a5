import CDSHooks
import CareGaps
import Clinical
import Documents
import Engine
import Foundation
import Intake
import Knowledge
import KnowledgeStore
import RuleLanguage

@testable import Service
@testable import Sweep

/// The four ways in which one patient's gaps are asked for, over all gap rules and measures of the repository.
struct GapAnswers {
    static let edition = Result {
        let knowledge = try KnowledgeBase(try KnowledgeTablesReader.read(Repository.path("Knowledge")))
        let paths = ["Rules/gaps", "Rules/immunization", "Measures"].map { Repository.path($0) }
        let sources = try RuleFolder.sources(at: paths)
        let (rules, diagnostics) = RuleCompiler(knowledge: knowledge, today: asOf.today).compile(sources)
        guard let rules else { throw SweepError("the rules do not check: \(diagnostics.map(\.message))") }
        return Edition(
            rules: rules, knowledge: knowledge, complaints: Complaints(diagnostics: [], sources: []), loaded: asOf)
    }

    static let asOf = AsOf("2026-12-31T23:59:59Z")!

    let edition: Edition
    let asOf: AsOf

    init(asOf: AsOf = Self.asOf) throws {
        edition = try Self.edition.get()
        self.asOf = asOf
    }

    /// The same rules and measures as a site has them.
    init(_ overrides: [String]) throws {
        asOf = Self.asOf
        let packs = ["Rules/pack.yaml", "Rules/gaps", "Rules/immunization", "Measures"].map { Repository.path($0) }
        let files = try RuleFolder.sources(at: packs).map { RuleFile($0) }
            + overrides.enumerated().map { RuleFile(Source(name: "site/\($0).yaml", text: $1), layer: .site) }
        let knowledge = try Self.edition.get().evaluator.knowledge
        let (rules, diagnostics) = RuleCompiler(knowledge: knowledge, today: asOf.today).compile(files)
        guard let rules else { throw SweepError("the rules do not check: \(diagnostics.map(\.message))") }
        edition = Edition(rules: rules, knowledge: knowledge, complaints: Complaints(diagnostics: [], sources: []), loaded: asOf)
    }

    var period: MeasurementPeriod { MeasurementPeriod(yearOf: asOf.today) }

    /// Measures that are counted and show no card.
    var counted: Set<String> {
        Set(edition.evaluator.plan.rules.filter { ($0.kind as? MeasureKind).map { $0.card == nil } ?? false }.map(\.heading.id))
    }

    /// Rules of which it is known when they turn. One that asks the immunization schedule may turn with every day.
    var dated: Set<String> {
        Set(edition.gapRules.filter { !$0.contains("vaccine") })
    }

    // MARK: Sweep

    /// Results by patient, as lines without the patient.
    func sweep(_ inputs: [String], in folder: TemporaryFolder, complete: Bool = false) async throws -> [String: [CareGapResult]] {
        let name = "swept-\(UUID().uuidString)"
        return try await sweep(inputs, in: folder, as: name, complete: complete).results
    }

    /// The same into a named folder, going on from another where one is given; and of how many patients nothing was done.
    func sweep(
        _ inputs: [String], in folder: TemporaryFolder, as name: String, since: String? = nil, period: ClosedRange<CivilDate>? = nil,
        complete: Bool = false, rules: Set<String>? = nil
    ) async throws -> (results: [String: [CareGapResult]], kept: Int) {
        var options = SweepOptions(inputs: try SweepInput.files(at: inputs), folder: "\(folder.path)/\(name)", asOf: asOf, period: period, reports: [.ndjson])
        options.isComplete = complete
        options.rules = rules
        options.since = since.map { "\(folder.path)/\($0)" }
        let progress = SweepProgress()
        _ = try await Sweep(options, evaluator: edition.evaluator, edition: SampleRules.edition, progress: progress).run()
        var results: [String: [CareGapResult]] = [:]
        for line in try folder.read("\(name)/results.ndjson").split(separator: "\n") {
            let node = try JSONDocument(parsing: Array(line.utf8)).root
            guard let patient = node["patient"]?.string, let result = CareGapResult(node) else { throw SweepError("no result: \(line)") }
            results[patient, default: []].append(result)
        }
        return (results, progress.reading.patientsKept)
    }

    // MARK: $care-gaps

    /// The results of the operation, and the states that its document tells, by rule.
    func operation(_ bundle: String, patient: String) throws -> (results: [CareGapResult], told: [String: String], muted: [String]) {
        let body = """
            {"resourceType": "Parameters", "parameter": [
              {"name": "periodStart", "valueDate": "\(period.start)"}, {"name": "periodEnd", "valueDate": "\(period.end)"},
              {"name": "subject", "valueString": "Patient/\(patient)"},
              {"name": "status", "valueCode": "open-gap"}, {"name": "status", "valueCode": "closed-gap"},
              {"name": "status", "valueCode": "prospective-gap"},
              {"name": "additionalData", "resource": \(bundle)}]}
            """
        let call = try CareGapsCall(JSONDocument(parsing: body).root, known: edition.gapRules)
        guard case .sent(let bundles) = call.record else { throw SweepError("the record was not sent") }
        let record = try edition.record(of: bundles, patientID: call.patientID, asOf: call.instant(of: asOf))
        let answer = CareGapsAnswer(call, record, in: edition, asOf: call.instant(of: asOf))
        return (answer.results, try Self.told(answer.body), try Self.muted(answer.body))
    }

    /// What stands beside the document of rules that a site has muted.
    static func muted(_ body: [UInt8]) throws -> [String] {
        let beside = try JSONDocument(parsing: body).root["parameter"]?.elements.first { $0["name"]?.string == "muted" }?["resource"]
        return beside?["issue"]?.elements.compactMap { $0["code"]?.string == "suppressed" ? $0["diagnostics"]?.string : nil } ?? []
    }

    /// What a gaps-in-care document says: the status of each section by its title.
    static func told(_ body: [UInt8]) throws -> [String: String] {
        let root = try JSONDocument(parsing: body).root
        guard let document = root["parameter"]?.elements.first(where: { $0["name"]?.string == "return" })?["resource"] else { return [:] }
        var issues: [String: String] = [:]
        var sections: [(title: String, entry: String)] = []
        for entry in document["entry"]?.elements.map({ $0 }) ?? [] {
            let resource = entry["resource"]
            if resource?["resourceType"]?.string == "DetectedIssue" {
                let status = resource?["modifierExtension"]?.elements.first { _ in true }?["valueCodeableConcept"]?["coding"]?.elements.first { _ in true }
                issues[entry["fullUrl"]?.string ?? ""] = status?["code"]?.string
            } else if resource?["resourceType"]?.string == "Composition" {
                for section in resource?["section"]?.elements.map({ $0 }) ?? [] {
                    let reference = section["entry"]?.elements.first { _ in true }?["reference"]?.string
                    sections.append((section["title"]?.string ?? "", reference ?? ""))
                }
            }
        }
        return Dictionary(sections.map { ($0.title, issues[$0.entry] ?? "none") }, uniquingKeysWith: { $1 })
    }

    // MARK: vigil measure

    func measures(_ bundle: String, patient: String) throws -> [MeasureResult] {
        var reader = FHIRReader(asOf: asOf, patientID: patient, eventKinds: edition.evaluator.plan.measures.kinds, readsRecord: false)
        reader.readBundle(try JSONDocument(parsing: bundle).root)
        return edition.evaluator.plan.measures.evaluate(reader.finish().snapshot, period: period, asOf: asOf)
    }

    // MARK: Hook

    /// What patient-view finds for a patient whose record comes as prefetch.
    func hook(_ bundle: String, patient: String) throws -> Evaluation {
        let answer = edition.answer(service: PatientView().serviceID, body: try hookCall(bundle, patient: patient), asOf: asOf)
        guard let evaluation = answer.evaluation else { throw SweepError("the hook refused: \(String(decoding: answer.body, as: UTF8.self))") }
        return evaluation
    }

    private func hookCall(_ bundle: String, patient: String) throws -> [UInt8] {
        var byType: [String: [[UInt8]]] = [:]
        for entry in try JSONDocument(parsing: bundle).root["entry"]?.elements.map({ $0 }) ?? [] {
            guard let resource = entry["resource"], let type = resource["resourceType"]?.string else { continue }
            byType[type, default: []].append(Array(resource.rawBytes))
        }
        // What others refer to comes along with them, as an `_include` brings it.
        let included = ["Medication", "Location", "Organization", "Practitioner", "Substance"].flatMap { byType[$0] ?? [] }
        var writer = JSONWriter()
        writer.object { call in
            call.member("hook", string: "patient-view")
            call.member("hookInstance", string: "d1577c69-dfbe-44ad-ba6d-3e05e953b2ea")
            call.member("context") {
                $0.object { context in
                    context.member("userId", string: "Practitioner/example")
                    context.member("patientId", string: patient)
                }
            }
            call.member("prefetch") { value in
                value.object { prefetch in
                    for template in edition.services.first(where: { $0.id == PatientView().serviceID })?.prefetch ?? [] {
                        let resources = byType[template.resourceType] ?? []
                        prefetch.member(template.key) { value in
                            if template.resourceType == "Patient" {
                                if let resource = resources.first { value.raw(resource) } else { value.null() }
                            } else {
                                value.object { bundle in
                                    bundle.member("resourceType", string: "Bundle")
                                    bundle.member("type", string: "searchset")
                                    bundle.member("entry") {
                                        $0.array { list in
                                            for resource in resources + included { list.element { $0.object { $0.member("resource") { $0.raw(resource) } } } }
                                        }
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
        return writer.bytes
    }
}

/// The files of the repository.
enum Repository {
    static func path(_ name: String) -> String {
        #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(4).joined(separator: "/") + "/" + name
    }
}
