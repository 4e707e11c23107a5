import Clinical
import Documents

/// Tells the resources of the patient from those of others.
///
/// - Source: FHIR R4, compartments: Patient.
struct SubjectFilter {
    /// Whose subject a resource's reference names.
    enum Verdict {
        case own
        /// Taken as the patient's, for nothing says otherwise.
        case presumed(why: String)
        case other(why: String)
    }

    /// The id of the patient; where nobody named it, that of the first subject met.
    private(set) var patientID: String?
    /// The text of the last reference that was the patient's own, since nearly all are alike.
    private var accepted: JSONNode?

    init(patientID: String?) {
        self.patientID = patientID
    }

    mutating func judge(_ subject: JSONNode, in index: inout ReferenceIndex) -> Verdict {
        let text = subject["reference"]
        if let text, let accepted, accepted.isWritten(like: text) { return .own }
        let verdict = verdict(on: ReferenceForm(subject), in: &index)
        if case .own = verdict, let text { accepted = text }
        return verdict
    }

    private mutating func verdict(on form: ReferenceForm, in index: inout ReferenceIndex) -> Verdict {
        switch form {
        case .literal(let reference):
            guard reference.type == "Patient" else {
                // An absolute URL of any other shape may still be the full URL of the patient's entry.
                return .other(why: "its subject is a \(reference.type), not the patient; left out")
            }
            return judge(id: reference.id)
        case .url(let url):
            if let entry = index.entry(url: url) { return judge(entry) }
            let separators: [UInt8] = [UInt8(ascii: ":"), UInt8(ascii: "/")]
            let id = url.lastIndex(where: separators.contains).map { url[($0 + 1)...] } ?? url
            return judge(id: String(decoding: id, as: UTF8.self))
        case .identifier(let identifier):
            if let entry = index.entry(identifier: identifier, kinds: [.patient]) { return judge(entry) }
            return .presumed(why: "its subject is given by an identifier only; taken as the patient's")
        case .contained:
            return .presumed(why: "its subject is contained in it; taken as the patient's")
        case .conditional, .none:
            return .presumed(why: "its subject is not given by reference; taken as the patient's")
        }
    }

    private mutating func judge(_ entry: ResourceEntry) -> Verdict {
        entry.kind == .patient ? judge(id: entry.reference.id) : .other(why: "its subject is not the patient; left out")
    }

    private mutating func judge(id: String) -> Verdict {
        guard let patientID else {
            patientID = id
            return .own
        }
        return id == patientID ? .own : .other(why: "a resource of another patient; left out")
    }
}
