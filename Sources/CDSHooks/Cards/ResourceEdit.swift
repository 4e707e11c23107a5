import Clinical
import Documents

/// Resources as the EHR sent them, with one thing changed, for suggestions to update.
///
/// An update carries the entire resource; members that we do not know stay as they came.
struct ResourceEdit {
    private let resource: (ResourceReference) -> JSONNode?

    init(_ context: CardContext) {
        resource = context.resource
    }

    /// True where the EHR sent the resource under this id.
    func wasSent(_ reference: ResourceReference) -> Bool {
        node(reference) != nil
    }

    /// A prescription or statement with the status `stopped`; `nil` for what cannot be stopped, such as a dispense.
    func stopped(_ reference: ResourceReference) -> JSONValue? {
        guard reference.type == "MedicationRequest" || reference.type == "MedicationStatement" else { return nil }
        guard var resource = sent(reference) else { return nil }
        resource["status"] = "stopped"
        return resource
    }

    /// A prescription with another dose or other instructions.
    ///
    /// `nil` where it has several dosage instructions: which one is meant would be a guess. Words that told the old dose
    /// go, and so does the structured timing where new instructions take its place.
    func redosed(_ reference: ResourceReference, dose: Quantity?, instructions: String?) -> JSONValue? {
        guard reference.type == "MedicationRequest", dose != nil || instructions != nil else { return nil }
        guard var resource = sent(reference) else { return nil }
        var dosage = JSONValue.object([])
        if case .array(let present)? = resource["dosageInstruction"] {
            guard present.count < 2 else { return nil }
            if let only = present.first, case .object = only { dosage = only }
        }
        let replaced = ["text", "patientInstruction"] + (dose == nil ? [] : ["doseAndRate"])
        dosage = dosage.without(replaced + (instructions == nil ? [] : ["timing"]))
        if let written = FHIRValue.dosage(dose, instructions: instructions) {
            for (name, value) in written.members where name != "text" || dosage["timing"] == nil { dosage[name] = value }
        }
        resource["dosageInstruction"] = .array([dosage])
        return resource
    }

    private func sent(_ reference: ResourceReference) -> JSONValue? {
        node(reference).map(JSONValue.init)
    }

    private func node(_ reference: ResourceReference) -> JSONNode? {
        guard let node = resource(reference), node["resourceType"]?.string == reference.type else { return nil }
        return node["id"]?.string == reference.id ? node : nil
    }
}

extension JSONValue {
    fileprivate var members: [(String, JSONValue)] {
        if case .object(let members) = self { members } else { [] }
    }

    fileprivate func without(_ names: [String]) -> JSONValue {
        .object(members.filter { !names.contains($0.0) })
    }
}
