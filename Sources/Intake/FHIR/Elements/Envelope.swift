import Clinical
import Documents

/// What every resource may say of itself beside its content.
struct Envelope {
    var subject: JSONNode?
    private var meta: JSONNode?
    private var implicitRules: JSONNode?
    private var modifierExtension: JSONNode?

    /// Takes an element that belongs to it.
    mutating func keep(_ name: ElementName, _ value: JSONNode) {
        switch name {
        case .subject, .patient: subject = value
        case .meta: meta = value
        case .implicitRules: implicitRules = value
        case .modifierExtension: modifierExtension = value
        default: break
        }
    }

    /// Why the resource must not be used as evidence; `nil` where it may.
    ///
    /// - Source: FHIR R4, resource: implicitRules; extensibility: modifierExtension ("SHALL NOT process").
    var refusal: String? {
        if let implicitRules, implicitRules.kind == .string, implicitRules.stringBytes?.isEmpty == false {
            return "it follows implicit rules that are not known here"
        }
        if let modifierExtension, !modifierExtension.isEmpty {
            return "an unknown modifier extension changes what it means"
        }
        return nil
    }

    /// True where a server sent a summary in place of the whole resource.
    ///
    /// - Source: FHIR R4, search: summary; tag SUBSETTED.
    var isSubsetted: Bool {
        guard let tags = meta?["tag"] else { return false }
        return tags.repetitions.contains { $0["code"].flatMap { StatusCode($0) } == .subsetted }
    }
}

extension ElementReader {
    /// True where the resource is the patient's and may be used; else it is noted as left out.
    mutating func admits(_ envelope: Envelope) -> Bool {
        guard isOwn(envelope) else { return false }
        if let refusal = envelope.refusal {
            withhold(refusal)
            return false
        }
        return true
    }

    /// True where the resource is the patient's; else it is noted as left out.
    mutating func isOwn(_ envelope: Envelope) -> Bool {
        guard let why = stranger(envelope) else { return true }
        leaveOut(why)
        return false
    }

    /// Why the resource is not the patient's; `nil` where it is.
    mutating func stranger(_ envelope: Envelope) -> String? {
        if let subject = envelope.subject, !subject.isNull {
            switch subjects.judge(subject, in: &index) {
            case .own: break
            case .presumed(let why): note(.subject, why, at: subject)
            case .other(let why): return why
            }
        }
        if envelope.isSubsetted, let section = current?.kind.section {
            fallShort(section, "summaries came in place of whole entries")
        }
        return nil
    }
}
