import Clinical

/// Codes, words and dose forms to route groups.
struct RouteTable: Sendable {
    private var codes: [CodeMatch: RouteGroup] = [:]
    private var texts: [String: RouteGroup] = [:]
    private var forms: [String: RouteGroup] = [:]
    /// In the order of the table; the first one found in a form decides.
    private var words: [(word: String, group: RouteGroup)] = []
    /// What follows for each dose form that the table of products has, worked out once.
    private var known: [String: RouteGroup?] = [:]

    /// - Parameter doseForms: those that will be asked for again and again.
    init(_ rows: [RouteRow], doseForms: [String], problems: inout ProblemList) {
        for (index, row) in rows.enumerated() {
            switch row.kind {
            case "text": texts[row.key] = row.group
            case "form": forms[row.key] = row.group
            case "word": words.append((row.key, row.group))
            default:
                guard let system = SystemNames.system(row.kind) else {
                    problems.add(.routes, index, "kind", "no code system is called \(row.kind)")
                    continue
                }
                codes[CodeMatch(system: system, code: row.key)] = row.group
            }
        }
        for form in doseForms { known[form] = .some(group(ofForm: form)) }
    }

    /// What is stated comes first, then the form of the product; `nil` where neither says it.
    func route(_ stated: CodeableConcept?, doseForm: String?) -> RouteGroup? {
        if let stated {
            for coding in stated.codings {
                if let system = coding.system, let group = codes[CodeMatch(system: system, code: coding.code)] { return group }
            }
            let words = ([stated.text] + stated.codings.map(\.display)).compactMap { $0?.lowercased() }
            for word in words {
                let plain = word.hasSuffix(" route") ? String(word.dropLast(6)) : word
                if let group = texts[plain] { return group }
            }
            if !stated.codings.isEmpty || stated.text != nil { return nil }
        }
        guard let doseForm else { return nil }
        return known[doseForm] ?? group(ofForm: doseForm)
    }

    private func group(ofForm doseForm: String) -> RouteGroup? {
        let form = doseForm.lowercased()
        return forms[form] ?? words.first { form.contains($0.word) }?.group
    }
}
