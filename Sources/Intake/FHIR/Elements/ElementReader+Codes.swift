import Clinical
import Documents

extension ElementReader {
    /// A CodeableConcept with all its codings; empty where it is none.
    ///
    /// - Source: FHIR R4, datatypes: CodeableConcept.
    mutating func concept(_ node: JSONNode, _ name: ElementName) -> CodeableConcept {
        var concept = CodeableConcept()
        guard node.kind == .object else {
            noteMismatch(name, at: node, expected: "a CodeableConcept")
            return concept
        }
        var text: JSONNode?
        var display: (node: JSONNode, text: String)?
        for (element, value) in node.knownMembers {
            switch element {
            case .coding: read(value, into: &concept, &display)
            case .text: text = value
            default: break
            }
        }
        guard let text else {
            // A coding of words only: no code, but the words that a person knows it by.
            if concept.codings.isEmpty { concept.text = display?.text }
            return concept
        }
        // The text often repeats the display, and can then share its storage.
        if let display, display.node.isWritten(like: text) {
            concept.text = display.text
        } else {
            concept.text = words(text, .text) ?? (concept.codings.isEmpty ? display?.text : nil)
        }
        return concept
    }

    /// The CodeableConcept of an element that says the same in many resources, as `Observation.code` does.
    mutating func recurringConcept(_ node: JSONNode, _ name: ElementName) -> CodeableConcept {
        if let known = concepts.known(node) { return known }
        let noted = noteCount
        let concept = concept(node, name)
        // What was noted has to be noted of each resource.
        if noteCount == noted { concepts.add(concept, node) }
        return concept
    }

    /// The CodeableConcepts of an element that repeats, or of one that stands alone.
    mutating func concepts(_ node: JSONNode, _ name: ElementName) -> [CodeableConcept] {
        var concepts: [CodeableConcept] = []
        for item in node.repetitions { append(concept(item, name), to: &concepts) }
        return concepts
    }

    /// Adds what says anything.
    func append(_ concept: CodeableConcept, to concepts: inout [CodeableConcept]) {
        if !concept.codings.isEmpty || concept.text != nil { concepts.append(concept) }
    }

    private mutating func read(
        _ node: JSONNode, into concept: inout CodeableConcept, _ display: inout (node: JSONNode, text: String)?
    ) {
        for item in node.repetitions {
            guard item.kind == .object else {
                noteMismatch(.coding, at: item, expected: "a Coding")
                continue
            }
            let (coding, words) = parts(of: item)
            if let coding { concept.codings.append(coding) }
            if display == nil { display = words }
        }
    }

    /// A Coding; `nil` where it has no code.
    ///
    /// - Source: FHIR R4, datatypes: Coding.
    mutating func coding(_ node: JSONNode, _ name: ElementName) -> Coding? {
        guard node.kind == .object else {
            noteMismatch(name, at: node, expected: "a Coding")
            return nil
        }
        return parts(of: node).coding
    }

    private mutating func parts(of node: JSONNode) -> (coding: Coding?, display: (node: JSONNode, text: String)?) {
        var system: CodeSystem?
        var code: String?
        var display: (node: JSONNode, text: String)?
        for (element, value) in node.knownMembers {
            switch element {
            case .system: system = codeSystem(value)
            case .code: code = words(value, .code)
            case .display: display = words(value, .display).map { (value, $0) }
            default: break
            }
        }
        guard let code else { return (nil, display) }
        if system == nil { note(.coding, "a code without a system; it means nothing by itself", at: node) }
        return (Coding(system: system, code: code, display: display?.text), display)
    }

    /// The system that a URI names.
    mutating func codeSystem(_ node: JSONNode) -> CodeSystem? {
        if let known = systems.known(node) { return known }
        guard let bytes = node.stringBytes else {
            noteMismatch(.system, at: node, expected: "a URI")
            return nil
        }
        let uri = Self.trimmed(bytes)
        return uri.isEmpty ? nil : systems.add(CodeSystem(String(decoding: uri, as: UTF8.self)), node)
    }

    /// The status word of a code or of a CodeableConcept; only words of the list count.
    mutating func status(_ node: JSONNode, _ name: ElementName) -> StatusCode? {
        switch node.kind {
        case .string:
            if let word = StatusCode(node) { return word }
            note(name, "a word that FHIR does not list here; passed over", at: node)
            return nil
        case .object:
            return statusWord(ofConcept: node, name)
        default:
            noteMismatch(name, at: node, expected: "a code")
            return nil
        }
    }

    private mutating func statusWord(ofConcept node: JSONNode, _ name: ElementName) -> StatusCode? {
        guard let codings = node["coding"] else {
            note(name, "words without a code; passed over", at: node)
            return nil
        }
        for coding in codings.repetitions {
            if let code = coding["code"], let word = StatusCode(code) { return word }
        }
        note(name, "a code that FHIR does not list here; passed over", at: node)
        return nil
    }

    /// True where a Coding of the CodeableConcept, or its text, is the word.
    func mentions(_ node: JSONNode, _ word: StatusCode) -> Bool {
        if StatusCode(node) == word { return true }
        if let text = node["text"], StatusCode(text) == word { return true }
        guard let codings = node["coding"] else { return false }
        return codings.repetitions.contains { $0["code"].flatMap { StatusCode($0) } == word }
    }
}

/// The code systems met so far, found by how they were written.
struct SystemMemory {
    private var met: [(uri: JSONNode, system: CodeSystem)] = []
    /// Systems beyond these are made anew each time.
    private static let limit = 32

    /// - Complexity: the few systems of a record, most told apart by length.
    func known(_ uri: JSONNode) -> CodeSystem? {
        for place in met.indices where met[place].uri.isWritten(like: uri) { return met[place].system }
        return nil
    }

    mutating func add(_ system: CodeSystem, _ uri: JSONNode) -> CodeSystem {
        if met.count < Self.limit { met.append((uri, system)) }
        return system
    }
}

/// The concepts met lately, found by how they were written.
///
/// A table with two places for each print of a text: what comes when both are taken, takes the second. So it stays small,
/// whatever a record holds, and a wrong guess costs no more than reading the concept once more.
struct ConceptMemory {
    private var met: [(node: JSONNode, concept: CodeableConcept)?] = []
    private static let places = 64

    func known(_ node: JSONNode) -> CodeableConcept? {
        guard !met.isEmpty else { return nil }
        let first = place(of: node)
        return concept(node, at: first) ?? concept(node, at: first ^ 1)
    }

    private func concept(_ node: JSONNode, at place: Int) -> CodeableConcept? {
        guard let (known, concept) = met[place], known.isWritten(like: node) else { return nil }
        return concept
    }

    mutating func add(_ concept: CodeableConcept, _ node: JSONNode) {
        if met.isEmpty { met = Array(repeating: nil, count: Self.places) }
        let first = place(of: node)
        met[met[first] == nil ? first : first ^ 1] = (node, concept)
    }

    private func place(of node: JSONNode) -> Int { node.print & (Self.places - 1) }
}
