import CDSHooks
import CareGaps
import Clinical
import Documents
import Engine

/// A call of `$care-gaps` for one patient, read and found to be what the operation asks for.
///
/// What would change the answer and is not understood is refused, never passed over.
///
/// - Source: Da Vinci DEQM 5.0, OperationDefinition care-gaps.
struct CareGapsCall {
    let period: MeasurementPeriod
    let patientID: String
    let statuses: Set<GapsStatus>
    /// The ids of the rules that are asked for; nothing for all.
    let rules: Set<String>?
    let record: Record

    /// Where the patient's record comes from.
    enum Record {
        /// It came with the call: Bundles that together are all there is.
        case sent([JSONNode])
        /// It is fetched, as for a hook.
        case fetched(ServerAccess)
    }

    /// Reads the parameters of a call.
    ///
    /// - Parameter known: the ids of the rules there are.
    /// - Throws: `HookProblem` 400 with every fault, 404 for a measure that is not known.
    init(_ body: JSONNode, known: Set<String>) throws(HookProblem) {
        var reader = CareGapsParameters(body)
        let start = reader.day("periodStart")?.lowerBound
        let end = reader.day("periodEnd")?.upperBound
        let subject = reader.subject()
        let statuses = reader.statuses()
        let rules = reader.rules()
        let record = reader.record()
        reader.refuseOthers()
        var period: MeasurementPeriod?
        if let start, let end {
            period = MeasurementPeriod(start: start, end: end)
            if period == nil { reader.issues.append(.init(.value, "`periodEnd` lies before `periodStart`", at: "periodEnd")) }
        }
        guard reader.issues.isEmpty, let period, let subject, let record else {
            throw HookProblem(status: 400, reader.issues)
        }
        let unknown = rules.subtracting(known)
        guard unknown.isEmpty else {
            throw HookProblem(
                status: 404, [.init(.notFound, "none of the rules that are loaded is one of the measures that are asked for", at: "measureId")])
        }
        self.period = period
        self.patientID = subject
        self.statuses = statuses
        self.rules = rules.isEmpty ? nil : rules
        self.record = record
    }
}

/// Takes the parameters of a call one by one, and keeps every fault.
private struct CareGapsParameters {
    private let all: [(name: String, node: JSONNode)]
    private var used: Set<String> = []
    var issues: [HookProblem.Issue] = []

    init(_ body: JSONNode) {
        guard body["resourceType"]?.equals("Parameters") == true else {
            all = []
            issues = [.init(.structure, "the body must be a FHIR Parameters resource")]
            return
        }
        all = body["parameter"]?.elements.compactMap { node in node["name"]?.string.map { ($0, node) } } ?? []
    }

    private mutating func nodes(_ name: String) -> [JSONNode] {
        used.insert(name)
        return all.filter { $0.name == name }.map(\.node)
    }

    /// The value of a parameter as text, whichever of FHIR's types it was sent as.
    private static func text(_ node: JSONNode) -> String? {
        for value in [
            node["valueString"], node["valueDate"], node["valueDateTime"], node["valueCode"], node["valueId"], node["valueUri"],
            node["valueUrl"], node["valueCanonical"], node["valueReference"]?["reference"], node["valueIdentifier"]?["value"],
        ] {
            if let text = value?.string { return text }
        }
        return nil
    }

    private mutating func texts(_ name: String) -> [String] {
        nodes(name).compactMap { node in
            if let text = Self.text(node) { return text }
            issues.append(.init(.value, "`\(name)` has no value that can be read", at: name))
            return nil
        }
    }

    /// The one value of a parameter.
    private mutating func single(_ name: String, isRequired: Bool) -> String? {
        let texts = texts(name)
        if texts.count > 1 { issues.append(.init(.value, "`\(name)` may be given once", at: name)) }
        if isRequired, texts.isEmpty { issues.append(.init(.required, "`\(name)` is missing", at: name)) }
        return texts.first
    }

    /// The days that a date means: a year is all of it.
    mutating func day(_ name: String) -> ClosedRange<CivilDate>? {
        guard let text = single(name, isRequired: true) else { return nil }
        guard let date = PartialDate(text) else {
            issues.append(.init(.value, "`\(name)` must be a date", at: name))
            return nil
        }
        return date.days(in: .utc)
    }

    /// The id of the patient.
    mutating func subject() -> String? {
        guard let text = single("subject", isRequired: true) else { return nil }
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count >= 2, parts[parts.count - 2] == "Patient", let id = parts.last, !id.isEmpty,
            !id.utf8.contains(where: { $0 <= 0x20 || $0 == 0x7F })
        else {
            issues.append(.init(.notSupported, "`subject` must be one patient, as `Patient/` and an id; groups are swept, not asked", at: "subject"))
            return nil
        }
        return String(id)
    }

    mutating func statuses() -> Set<GapsStatus> {
        let texts = texts("status")
        if texts.isEmpty { issues.append(.init(.required, "`status` is missing", at: "status")) }
        let known = GapsStatus.allCases.map(\.rawValue).joined(separator: ", ")
        return Set(texts.compactMap { text in
            if let status = GapsStatus(rawValue: text) { return status }
            issues.append(.init(.value, "`status` must be one of \(known)", at: "status"))
            return nil
        })
    }

    /// The ids of the rules: by `measureId`, by the value of `measureIdentifier`, by the canonical in `measureUrl`.
    mutating func rules() -> Set<String> {
        let identifiers = texts("measureIdentifier").map { text in String(text.split(separator: "|").last ?? "") }
        let urls = texts("measureUrl").map { url -> String in
            let name = url.prefix { $0 != "|" }
            return name.hasPrefix(ReportContext.canonicalPrefix) ? String(name.dropFirst(ReportContext.canonicalPrefix.count)) : String(name)
        }
        return Set(texts("measureId") + identifiers + urls)
    }

    /// Where the record comes from: `additionalData`, or `fhirServer` with `accessToken`.
    mutating func record() -> CareGapsCall.Record? {
        let bundles = nodes("additionalData").compactMap { node -> JSONNode? in
            guard let bundle = node["resource"], bundle["resourceType"]?.equals("Bundle") == true else {
                issues.append(.init(.value, "`additionalData` must hold a Bundle", at: "additionalData"))
                return nil
            }
            return bundle
        }
        let server = single("fhirServer", isRequired: false)
        let token = single("accessToken", isRequired: false)
        if !bundles.isEmpty { return .sent(bundles) }
        guard let server, let token else {
            if !issues.contains(where: { $0.member == "additionalData" }) {
                issues.append(.init(
                    .required, "`additionalData` is missing: a Bundle with the patient's record, or else `fhirServer` and `accessToken`",
                    at: "additionalData"))
            }
            return nil
        }
        return .fetched(ServerAccess(server: server.hasSuffix("/") ? String(server.dropLast()) : server, token: SensitiveText(token)))
    }

    /// Parameters that would choose other measures or other subjects cannot be left unheard.
    mutating func refuseOthers() {
        for node in nodes("nonDocument") where node["valueBoolean"]?.bool != false {
            issues.append(.init(.notSupported, "`nonDocument` is not supported: the answer is a document", at: "nonDocument"))
        }
        for name in Set(all.map(\.name)).subtracting(used).sorted() {
            let isPlain = name.utf8.count <= 40 && name.utf8.allSatisfy { (0x41...0x5A).contains($0 & 0xDF) }
            issues.append(.init(.notSupported, isPlain ? "`\(name)` is not supported" : "a parameter is not supported", at: isPlain ? name : nil))
        }
    }
}
