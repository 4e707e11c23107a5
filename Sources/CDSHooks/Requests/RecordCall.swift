import Clinical
import Digests
import Documents
public import Intake

/// A call of a service, made of a record that came in another format.
///
/// What the record does not speak of is left out of `prefetch`, so that it is missing data as it is where an EHR does not send it.
struct RecordCall {
    let record: ConvertedRecord
    let service: CDSService

    /// Whoever sent it: messages and documents name authors, and users of a screen they have none.
    private static let user = "Practitioner/unknown"

    /// The body of the call: the same record and service give the same bytes.
    var body: [UInt8] {
        var members: [(String, JSONValue?)] = [
            ("hook", .string(service.hook.name)), ("context", .compact(service.hook.context.map { ($0.name, value(of: $0)) })),
            ("prefetch", .object(prefetch)), ("extension", statement.json),
        ]
        let instance = Digest(of: JSONValue.compact(members).bytes).uuid
        members.insert(("hookInstance", .string(instance)), at: 1)
        return JSONValue.compact(members).bytes
    }

    // MARK: - Context

    private func value(of field: ContextField) -> JSONValue? {
        switch (field.kind, service.hook.subject) {
        case (.id, _): field.name == ContextField.patientId.name ? id(of: "Patient") : id(of: "Encounter")
        case (.user, _): .string(Self.user)
        case (.bundle, .drafts(field.name)): Self.collection(record.drafts + others)
        case (.references, _) where field.name == service.hook.selectionsField: references(to: record.drafts)
        case (.references, .dispatched(field.name)): references(to: record.recorded.filter { Self.type(of: $0) == "MedicationRequest" })
        case (.entries, .recorded(field.name)): Self.collection(record.recorded.filter { isRecorded($0, as: field) })
        default: nil
        }
    }

    private func id(of type: String) -> JSONValue? {
        record.resources.first { Self.type(of: $0) == type }?["id"]
    }

    private func references(to resources: [JSONValue]) -> JSONValue {
        .array(resources.compactMap { resource in
            guard let type = Self.type(of: resource), let id = resource["id"]?.string else { return nil }
            return .string("\(type)/\(id)")
        })
    }

    /// True where a hook about what is newly recorded is about such a resource.
    private func isRecorded(_ resource: JSONValue, as field: ContextField) -> Bool {
        Self.type(of: resource) == (field.name == "allergyIntolerance" ? "AllergyIntolerance" : "Condition")
    }

    // MARK: - Prefetch

    /// A value for each template of a section that the record speaks of.
    private var prefetch: [(String, JSONValue)] {
        var given: Set<String> = []
        var isFirst = service.hook.draftsField == nil
        return service.prefetch.compactMap { template in
            switch record.supplied[template.section] ?? .notSupplied {
            case .notSupplied, .failed: return nil
            case .complete, .partial: break
            }
            // Several keys may ask for one type: the first has all of them.
            let resources = given.insert(template.resourceType).inserted ? record.recorded.filter { Self.type(of: $0) == template.resourceType } : []
            if template.section == .patient { return resources.first.map { (template.key, $0) } }
            let included = isFirst ? others : []
            isFirst = false
            return (template.key, Self.searchset(resources, including: included))
        }
    }

    /// What others refer to, such as a Medication: no template asks for it.
    private var others: [JSONValue] {
        let types: Set<String> = ["Medication", "Substance", "Location"]
        return record.resources.filter { Self.type(of: $0).map(types.contains) ?? false }
    }

    private static func type(of resource: JSONValue) -> String? { resource["resourceType"]?.string }

    private static func collection(_ resources: [JSONValue]) -> JSONValue { ConvertedRecord.bundle(of: resources) }

    private static func searchset(_ resources: [JSONValue], including others: [JSONValue]) -> JSONValue {
        let found = resources.map { JSONValue.object([("resource", $0)]) }
        let included = others.map { JSONValue.object([("resource", $0), ("search", ["mode": "include"])]) }
        return ["resourceType": "Bundle", "type": "searchset", "entry": .array(found + included)]
    }

    // MARK: - What is said about it

    private var statement: ConversionStatement {
        var partial: [RecordSection: String] = [:]
        for case (let section, .partial(let why)) in record.supplied { partial[section] = why }
        var notes = record.notes
        if service.hook.draftsField == nil, !record.drafts.isEmpty {
            notes.append(
                IntakeNote(about: nil, what: "draft orders", why: "this service does not check orders; order-sign does", range: nil))
        }
        return ConversionStatement(notes: notes, partial: partial)
    }
}

extension ConvertedRecord {
    /// The hook that fits: orders to be signed are checked before they are, everything else is looked at.
    public var hook: String { drafts.isEmpty ? PatientView().name : OrderSign().name }
}
