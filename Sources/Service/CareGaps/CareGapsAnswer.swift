import CDSHooks
import CareGaps
import Clinical
import Documents
import Engine
import Intake

/// The walk of one call of `$care-gaps`: record, states, document.
///
/// Everything but fetching is pure: the same edition, body and instant give the same bytes.
struct CareGapsAnswer {
    let results: [CareGapResult]
    let body: [UInt8]

    /// - Parameter asOf: the instant of the call; a period that ended earlier is looked at as of its end.
    init(_ call: CareGapsCall, _ snapshot: Snapshot, in edition: Edition, asOf: AsOf) {
        let judge = PatientJudge(evaluator: edition.evaluator, asOf: asOf, period: call.period, rules: call.rules)
        results = judge.results(for: snapshot)
        let context = ReportContext(
            asOf: asOf, period: call.period,
            edition: ReportEdition(
                rules: edition.id.rules, knowledge: edition.id.knowledge, knowledgeVersion: edition.id.knowledgeVersion,
                vigil: edition.id.vigil))
        let bundle = GapsBundle(context: context, patient: call.patientID, results: results, statuses: call.statuses)
        body = Self.body(bundle, notChecked: results.filter { $0.state == .notChecked })
    }

    /// `return` with the document, and beside it what could not be told: gaps that may be open are not silently none.
    private static func body(_ bundle: GapsBundle?, notChecked: [CareGapResult]) -> [UInt8] {
        var writer = JSONWriter()
        writer.object { parameters in
            parameters.member("resourceType", string: "Parameters")
            guard bundle != nil || !notChecked.isEmpty else { return }
            parameters.member("parameter") {
                $0.array { list in
                    if let bundle {
                        list.element {
                            $0.object { parameter in
                                parameter.member("name", string: "return")
                                parameter.member("resource") { bundle.write(to: &$0) }
                            }
                        }
                    }
                    if !notChecked.isEmpty {
                        list.element {
                            $0.object { parameter in
                                parameter.member("name", string: "notChecked")
                                parameter.member("resource") { $0.value(outcome(of: notChecked)) }
                            }
                        }
                    }
                }
            }
        }
        return writer.bytes
    }

    /// An OperationOutcome with a warning for each rule whose state could not be told.
    private static func outcome(of results: [CareGapResult]) -> JSONValue {
        .object([
            ("resourceType", "OperationOutcome"),
            ("issue", .array(results.map { result in
                .object([
                    ("severity", "warning"), ("code", "incomplete"),
                    ("diagnostics", .string("\(result.rule): \(result.reason ?? "it could not be told")")),
                ])
            })),
        ])
    }
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
    func snapshot(of bundles: [JSONNode], patientID: String, asOf: AsOf) throws(HookProblem) -> Snapshot {
        let codes = evaluator.needs(on: .patientView).observationCodes
        var reader = FHIRReader(
            asOf: asOf, patientID: patientID, observationCodes: codes.isEmpty ? nil : CodeFilter(codes),
            eventKinds: evaluator.plan.measures.kinds)
        for bundle in bundles { reader.readBundle(bundle) }
        guard reader.resource(ResourceReference(type: "Patient", id: patientID)) != nil else {
            throw HookProblem(
                status: 400, [.init(.value, "`additionalData` holds no Patient with the id of `subject`", at: "additionalData")])
        }
        return reader.finish().snapshot
    }

    /// A call of the patient-view service that brought nothing, for what is fetched.
    func patientView(of patientID: String, access: ServerAccess) -> HookRequest? {
        services.first { $0.hook is PatientView }.map { HookRequest(of: $0, patientID: patientID, access: access) }
    }

    /// The patient as what was fetched tells of them.
    ///
    /// - Throws: `HookProblem` 422 where nothing could be fetched.
    func snapshot(of fetched: HookRequest, asOf: AsOf) throws(HookProblem) -> Snapshot {
        guard fetched.prefetch.contains(where: \.isAnswered) else {
            var why: [String] = []
            for case .unreachable(let reason) in fetched.prefetch.map(\.state) where !why.contains(reason) { why.append(reason) }
            let reason = why.isEmpty ? "nothing is fetched for this client" : why.sorted().joined(separator: "; ")
            throw HookProblem(status: 422, [.init(.incomplete, "nothing of the record could be fetched: \(reason)", at: "fhirServer")])
        }
        return snapshot(of: fetched, at: asOf)
    }
}
