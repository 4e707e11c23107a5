public import Documents

/// One input taken out of a call, as a sender may fail to give it.
///
/// What counts as an input that is withheld, and not as another patient:
/// - **a prefetch key**: left out, answered with an OperationOutcome, or cut short by a `next` link;
/// - **a result** taken out of a list (weight and height too): what was not measured is not known;
/// - **an element** of what is there: codes, values, units, dates, status, dose, timing and route of an order, of a medicine, problem,
///   allergy, vaccine or result, the patient's birth date and sex.
///
/// Not counted, since the call then tells of someone else: a medicine, a problem, an allergy, a vaccine or a procedure taken whole out
/// of a list that came whole (its codes do count); a key that is `null`, by which CDS Hooks says that there is nothing (CDS Hooks 2.0.1,
/// "Prefetch Template"); `Timing.repeat.frequency` alone, which is once a period where it is absent (FHIR R4, Timing); `criticality` and
/// the severity of a reaction, whose absence the tables know as a case of its own; words beside a code.
public struct Deletion {
    /// What was taken out, in words.
    public let what: String
    /// The call without it.
    public let call: JSONValue

    public static func all(of call: JSONValue) -> [Deletion] {
        var found: [Deletion] = []
        func add(_ what: String, _ path: Path, _ change: (JSONValue) -> JSONValue?) {
            guard let changed = call.changing(path[...], change) else { return }
            found.append(Deletion(what: what, call: changed))
        }
        for (key, value) in call["prefetch"]?.members ?? [] {
            let path: Path = [.key("prefetch"), .key(key)]
            add("prefetch \(key)", path) { _ in nil }
            add("prefetch \(key), failed", path) { _ in ["resourceType": "OperationOutcome", "issue": [["severity": "error", "code": "transient"]]] }
            guard let entries = value["entry"]?.elements, !entries.isEmpty else { continue }
            add("prefetch \(key), cut short", path) { list in
                var list = list
                list["entry"] = []
                list["link"] = [["relation": "next", "url": "https://ehr.example.org/fhir?page=2"]]
                return list
            }
            for (number, entry) in entries.enumerated() where entry["resource"]?["resourceType"]?.string == "Observation" {
                add("result \(name(of: entry["resource"])) of \(key)", path) { list in
                    var list = list
                    list["entry"] = .array(entries.indices.filter { $0 != number }.map { entries[$0] })
                    list["total"] = .int(entries.count - 1)
                    return list
                }
            }
        }
        for path in elements(in: call, at: []) { add(words(path, in: call), path) { _ in nil } }
        for path in quantities(in: call, at: []) {
            add("unit of " + words(path, in: call), path) { quantity in ["value": quantity["value"] ?? .null] }
        }
        return found
    }

    // MARK: What is there

    enum Step: Equatable {
        case key(String)
        case index(Int)
    }

    typealias Path = [Step]

    /// Elements whose absence leaves the entry in place and something of it unknown.
    private static let inputs: Set<String> = [
        "code", "coding", "medicationCodeableConcept", "medicationReference", "contained", "ingredient", "itemCodeableConcept", "strength",
        "vaccineCode", "valueQuantity", "valueCodeableConcept", "value", "component", "effectiveDateTime", "occurrenceDateTime", "status",
        "clinicalStatus", "verificationStatus", "dosageInstruction", "dosage", "doseAndRate", "doseQuantity", "dose", "timing", "repeat", "period",
        "periodUnit", "route", "birthDate", "gender", "onsetDateTime", "recordedDate", "authoredOn", "whenHandedOver", "daysSupply", "effectivePeriod",
    ]

    private static func elements(in value: JSONValue, at path: Path) -> [Path] {
        steps(of: value).flatMap { step, child -> [Path] in
            let here = path + [step]
            guard case .key(let key) = step, path.contains(where: { $0 == .key("resource") || $0 == .key("patient") }) else { return elements(in: child, at: here) }
            if ["subject", "patient", "identifier", "meta", "encounter", "requester", "criticality", "reaction"].contains(key) { return [] }
            return (inputs.contains(key) ? [here] : []) + elements(in: child, at: here)
        }
    }

    private static func quantities(in value: JSONValue, at path: Path) -> [Path] {
        (value["value"] != nil && value["unit"] != nil ? [path] : [])
            + steps(of: value).flatMap { step, child in quantities(in: child, at: path + [step]) }
    }

    private static func steps(of value: JSONValue) -> [(Step, JSONValue)] {
        switch value {
        case .object(let members): members.map { (.key($0.0), $0.1) }
        case .array(let elements): elements.enumerated().map { (.index($0.offset), $0.element) }
        default: []
        }
    }

    // MARK: Words

    private static func words(_ path: Path, in call: JSONValue) -> String {
        var subject: JSONValue? = call
        var name = "", rest: [String] = []
        for step in path {
            subject = subject.flatMap { value in
                switch step {
                case .key(let key): value[key]
                case .index(let index): value[index]
                }
            }
            if case .key(let key) = step { rest.append(key) }
            if subject?["resourceType"] != nil { (name, rest) = (self.name(of: subject), []) }
        }
        return "\(rest.joined(separator: ".")) of \(name)"
    }

    private static func name(of resource: JSONValue?) -> String {
        let words = ["code", "medicationCodeableConcept", "vaccineCode"].lazy.compactMap { resource?[$0]?["text"]?.string }.first
        return [resource?["resourceType"]?.string, words].compactMap(\.self).joined(separator: " ")
    }
}

extension JSONValue {
    fileprivate var members: [(String, JSONValue)] {
        if case .object(let members) = self { members } else { [] }
    }

    /// The value with what stands at a path changed, or gone where the change gives nothing.
    fileprivate func changing(_ path: ArraySlice<Deletion.Step>, _ change: (JSONValue) -> JSONValue?) -> JSONValue? {
        guard let step = path.first else { return change(self) }
        switch (self, step) {
        case (.object(let members), .key(let key)):
            return .object(
                members.compactMap { name, value in
                    name == key ? value.changing(path.dropFirst(), change).map { (name, $0) } : (name, value)
                })
        case (.array(let elements), .index(let index)):
            return .array(
                elements.enumerated().compactMap { number, value in
                    number == index ? value.changing(path.dropFirst(), change) : value
                })
        default: return nil
        }
    }
}
