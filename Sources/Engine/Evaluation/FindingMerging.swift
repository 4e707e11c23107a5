import Knowledge

extension [Finding] {
    /// The findings with those that speak of the same problem, and of no other drug, taken into the one with this key.
    ///
    /// What is taken in keeps its weight and its words: the most serious severity counts, each summary and advice becomes a line of
    /// the detail, and suggestions and sources are offered once.
    func merged(into key: String, by merging: AdditiveKind.Merging) -> [Finding] {
        guard let place = firstIndex(where: { $0.key == key }) else { return self }
        let drugs = Set(self[place].participants.compactMap(\.rxcui))
        let parts = filter { $0.key != key && $0.isPart(of: drugs, by: merging) }
        guard !parts.isEmpty else { return self }
        let taken = Set(parts.map(\.key))
        return enumerated().compactMap { number, finding in
            number == place ? finding.taking(in: parts) : taken.contains(finding.key) ? nil : finding
        }
    }
}

extension Finding {
    fileprivate func isPart(of drugs: Set<Int>, by merging: AdditiveKind.Merging) -> Bool {
        let isDuplicate = rule.kind == DuplicateTableKind.name
        guard isDuplicate || rule.kind == InteractionKind.name || rule.kind == InteractionTableKind.name else { return false }
        let own = participants.compactMap(\.rxcui)
        guard own.count == participants.count, drugs.isSuperset(of: own) else { return false }
        let isNamed = rule.category.map(merging.categories.contains) ?? false
        // Two drugs of one class are a problem of their own, unless the load names them and they do the same.
        if isDuplicate, !isNamed { return false }
        if !isDuplicate, isNamed { return true }
        guard let effect = elements.consequence else { return false }
        return merging.effects.contains { effect.holdsInAnyCase($0) }
    }

    fileprivate func taking(in parts: [Finding]) -> Finding {
        let lines = parts.map { part in
            ["\(part.summary).", part.elements.management.map { "\($0)." }].compactMap(\.self).joined(separator: " ")
        }
        let offered = Set(suggestions.map(\.label))
        let more = united(parts.map(\.suggestions)).filter { !offered.contains($0.label) }
        func all<Element: Hashable>(_ list: (Finding) -> [Element]) -> [Element] { united([list(self)] + parts.map(list)) }
        return Finding(
            rule: RuleHeading(
                id: rule.id, version: rule.version, title: rule.title, kind: rule.kind,
                evidence: all(\.rule.evidence), approvedBy: rule.approvedBy, category: rule.category),
            grade: grade, severity: parts.map(\.severity).reduce(severity, max), summary: summary,
            detail: ([detail] + lines).filter { !$0.isEmpty }.joined(separator: "\n"),
            elements: AlertElements(
                consequence: elements.consequence, mechanism: elements.mechanism ?? parts.lazy.compactMap(\.elements.mechanism).first,
                management: elements.management),
            participants: participants, orders: all(\.orders), suggestions: suggestions + more,
            overrideReasons: all(\.overrideReasons), unknown: all(\.unknown), facts: all(\.facts), gap: gap, key: key)
    }
}
