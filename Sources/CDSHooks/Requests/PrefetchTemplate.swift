public import Clinical
public import Engine

/// A FHIR query that we ask the EHR to answer before it calls.
///
/// Only what every client of CDS Hooks 2.0.1 can fill: one token, a read or a search by patient. No template filters by
/// status or date: rules look back at what was stopped, and a filter of ours would hide it from them.
///
/// - Source: CDS Hooks 2.0.1, "Prefetch Template" and "Prefetch query restrictions".
public struct PrefetchTemplate: Sendable, Hashable {
    /// The key under which the answer comes.
    public let key: String
    public let query: String
    /// The part of the record that it fills, alone or with others.
    public let section: RecordSection
    /// The type of resource that it asks for.
    public let resourceType: String

    /// The templates that together supply `needs`, in a fixed order.
    public static func templates(for needs: DataNeeds) -> [PrefetchTemplate] {
        searches
            .filter { needs.sections.contains($0.section) }
            .flatMap { $0.section == .observations ? observations(coded: needs.eventKinds.contains(.observation) ? [] : needs.observationCodes) : [$0] }
    }

    /// The query for one patient, relative to the base of a server.
    ///
    /// - Source: RFC 3986 §2: what is not unreserved in the id, and `|`, is percent-encoded.
    func url(patientID: String) -> String {
        let halves = query.split(separator: "{{context.patientId}}", omittingEmptySubsequences: false)
        return halves.map { half in half.split(separator: "|", omittingEmptySubsequences: false).joined(separator: "%7C") }
            .joined(separator: Self.encoded(patientID))
    }

    /// `text` as one step of a path or one value of a query.
    static func encoded(_ text: String) -> String {
        let digits = Array("0123456789ABCDEF".utf8)
        let unreserved = Set("-._~".utf8)
        let bytes = text.utf8.flatMap { byte -> [UInt8] in
            let isPlain = Character(Unicode.Scalar(byte)).isASCIILetterOrDigit || unreserved.contains(byte)
            return isPlain ? [byte] : [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// One template for each kind of resource; those of one section stand together.
    private static let searches = [
        PrefetchTemplate(key: "patient", query: "Patient/{{context.patientId}}", section: .patient, resourceType: "Patient"),
        search("medications", "MedicationRequest", .medications),
        search("medicationStatements", "MedicationStatement", .medications),
        search("medicationDispenses", "MedicationDispense", .medications),
        search("medicationAdministrations", "MedicationAdministration", .medications),
        search("allergies", "AllergyIntolerance", .allergies),
        search("conditions", "Condition", .conditions),
        search("observations", "Observation", .observations),
        search("procedures", "Procedure", .procedures),
        search("immunizations", "Immunization", .immunizations),
        search("encounters", "Encounter", .encounters),
        search("familyHistory", "FamilyMemberHistory", .familyHistory),
        search("serviceRequests", "ServiceRequest", .serviceRequests),
        search("deviceRequests", "DeviceRequest", .deviceRequests),
        search("diagnosticReports", "DiagnosticReport", .diagnosticReports),
        search("tasks", "Task", .tasks),
    ]

    private static func search(_ key: String, _ type: String, _ section: RecordSection, _ rest: String = "") -> PrefetchTemplate {
        PrefetchTemplate(
            key: key, query: "\(type)?patient={{context.patientId}}\(rest)", section: section, resourceType: type)
    }

    /// How many codes stand in one query: with more, the URL outgrows what servers accept.
    private static let codesPerQuery = 100

    /// `observations`, and `observations2` and so on where there are many codes; without codes, all observations.
    ///
    /// A server is asked by LOINC; what rules know by another system's code comes if the EHR sends it.
    private static func observations(coded codes: [String]) -> [PrefetchTemplate] {
        let codes = codes.filter(\.isLOINC)
        guard !codes.isEmpty else { return [search("observations", "Observation", .observations, "&_sort=-date")] }
        return stride(from: 0, to: codes.count, by: codesPerQuery).enumerated().map { number, start in
            let list = codes[start..<min(start + codesPerQuery, codes.count)].map { "\(CodeSystem.loinc)|\($0)" }
            return search(
                number == 0 ? "observations" : "observations\(number + 1)", "Observation", .observations,
                "&code=\(list.joined(separator: ","))&_sort=-date")
        }
    }
}

extension String {
    /// Digits, a hyphen and a check digit, as every code of LOINC has them.
    fileprivate var isLOINC: Bool {
        guard let hyphen = utf8.lastIndex(of: UInt8(ascii: "-")), hyphen > startIndex, utf8.distance(from: hyphen, to: endIndex) == 2 else {
            return false
        }
        return utf8.allSatisfy { $0 &- UInt8(ascii: "0") < 10 || $0 == UInt8(ascii: "-") } && utf8.count { $0 == UInt8(ascii: "-") } == 1
    }
}

extension Character {
    fileprivate var isASCIILetterOrDigit: Bool { isASCII && (isLetter || isNumber) }
}
