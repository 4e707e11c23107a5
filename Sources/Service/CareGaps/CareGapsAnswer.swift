import CDSHooks
import CareGaps
import Clinical
import Documents
import Engine
import Intake

/// The states of one patient for a call of `$care-gaps`, and the document that tells them.
struct CareGapsAnswer {
    let results: [CareGapResult]
    let body: [UInt8]

    /// - Parameter asOf: the instant of the call; a period that ended earlier is looked at as of its end.
    init(_ call: CareGapsCall, _ record: CareGapsRecord, in edition: Edition, asOf: AsOf) {
        let judge = PatientJudge(evaluator: edition.evaluator, asOf: asOf, period: call.period, rules: call.rules)
        results = judge.results(for: record.snapshot)
        let context = ReportContext(
            asOf: asOf, period: call.period,
            edition: ReportEdition(
                rules: edition.id.rules, knowledge: edition.id.knowledge, knowledgeVersion: edition.id.knowledgeVersion,
                vigil: edition.id.vigil),
            measures: edition.evaluator.plan.measures)
        let bundle = GapsBundle(
            context: context, patient: call.patientID, results: results, statuses: call.statuses, carrying: record.resource)
        body = Self.body(
            bundle,
            beside: [
                ("notChecked", Issues(severity: "warning", code: "incomplete", results: results.filter { $0.state == .notChecked })),
                ("muted", Issues(severity: "information", code: "suppressed", results: results.filter { $0.state == .muted })),
            ])
    }

    /// What is told of rules whose gap is not in the document.
    private struct Issues {
        let severity: String
        /// A code of http://hl7.org/fhir/issue-type.
        let code: String
        let results: [CareGapResult]
    }

    /// `return` with the document, and beside it what could not be told and what a site has muted: gaps that may be open are
    /// not silently none.
    private static func body(_ bundle: GapsBundle?, beside: [(name: String, issues: Issues)]) -> [UInt8] {
        let beside = beside.filter { !$0.issues.results.isEmpty }
        var writer = JSONWriter()
        writer.object { parameters in
            parameters.member("resourceType", string: "Parameters")
            guard bundle != nil || !beside.isEmpty else { return }
            parameters.member("parameter") {
                $0.array { list in
                    if let bundle { list.element { parameter("return", to: &$0) { bundle.write(to: &$0) } } }
                    for (name, issues) in beside { list.element { parameter(name, to: &$0) { $0.value(outcome(of: issues)) } } }
                }
            }
        }
        return writer.bytes
    }

    private static func parameter(_ name: String, to writer: inout JSONWriter, _ resource: (inout JSONWriter) -> Void) {
        writer.object { parameter in
            parameter.member("name", string: name)
            parameter.member("resource", resource)
        }
    }

    /// An OperationOutcome with an issue for each rule.
    private static func outcome(of issues: Issues) -> JSONValue {
        .object([
            ("resourceType", "OperationOutcome"),
            ("issue", .array(issues.results.map { result in
                .object([
                    ("severity", .string(issues.severity)), ("code", .string(issues.code)),
                    ("diagnostics", .string("\(result.rule): \(result.reason ?? "it could not be told")")),
                ])
            })),
        ])
    }
}

/// The record of which a call of `$care-gaps` is answered.
struct CareGapsRecord {
    let snapshot: Snapshot
    /// A resource of it as it was sent.
    let resource: (ResourceReference) -> GapsBundle.CarriedResource?
}

extension CareGapsCall {
    /// The instant of the answer: of the call, or of the end of a period that is past.
    func instant(of now: AsOf) -> AsOf {
        let end = PartialDate(period.end).instants(in: now.zone).upperBound
        return end < now.instant ? AsOf(instant: end, zone: now.zone) : now
    }
}

extension Edition {
    /// The ids of the rules that `$care-gaps` can be asked for.
    var gapRules: Set<String> {
        Set(evaluator.plan.rules.filter { $0.isShown && ($0.kind is CareGapKind || $0.kind is MeasureKind) }.map(\.heading.id))
    }

    /// The patient as Bundles that came with a call tell of them: what they do not hold does not exist.
    ///
    /// - Throws: `HookProblem` 400 where the patient is not among them.
    func record(of bundles: [JSONNode], patientID: String, asOf: AsOf) throws(HookProblem) -> CareGapsRecord {
        let codes = evaluator.needs(on: .patientView).observationCodes
        var reader = FHIRReader(
            asOf: asOf, patientID: patientID, observationCodes: codes.isEmpty ? nil : CodeFilter(codes),
            eventKinds: evaluator.plan.measures.kinds)
        for bundle in bundles { reader.readBundle(bundle) }
        guard reader.resource(ResourceReference(type: "Patient", id: patientID)) != nil else {
            throw HookProblem(
                status: 400, [.init(.value, "`additionalData` holds no Patient with the id of `subject`", at: "additionalData")])
        }
        return CareGapsRecord(snapshot: reader.finish().snapshot) { [reader] reference in
            reader.resource(reference).map {
                GapsBundle.CarriedResource(reference, fullURL: reader.fullURL(of: reference), json: Array($0.rawBytes))
            }
        }
    }

    /// A call of the patient-view service that brought nothing, for what is fetched.
    func patientView(of patientID: String, access: ServerAccess) -> HookRequest? {
        services.first { $0.hook is PatientView }.map { HookRequest(of: $0, patientID: patientID, access: access) }
    }

    /// The patient as what was fetched tells of them.
    ///
    /// - Throws: `HookProblem` 422 where nothing could be fetched.
    func record(of fetched: HookRequest, asOf: AsOf) throws(HookProblem) -> CareGapsRecord {
        guard fetched.prefetch.contains(where: \.isAnswered) else {
            var why: [String] = []
            for case .unreachable(let reason) in fetched.prefetch.map(\.state) where !why.contains(reason) { why.append(reason) }
            let reason = why.isEmpty ? "nothing is fetched for this client" : why.sorted().joined(separator: "; ")
            throw HookProblem(status: 422, [.init(.incomplete, "nothing of the record could be fetched: \(reason)", at: "fhirServer")])
        }
        let (snapshot, resource) = record(of: fetched, at: asOf)
        return CareGapsRecord(snapshot: snapshot) { reference in
            resource(reference).map { node in
                GapsBundle.CarriedResource(
                    reference, fullURL: fetched.access.map { "\($0.server)/\(reference)" }, json: Array(node.rawBytes))
            }
        }
    }
}
