extension DrugPortrait {
    /// The portrait as plain text: what `vigil knowledge show` prints.
    ///
    /// - Parameter limit: how many interactions to list; the rest is counted.
    public func text(listing limit: Int = 20) -> String {
        var lines = ["\(ingredient.name)  RxNorm \(ingredient.rxcui)"]
        if !codes.isEmpty { lines.append("  codes      " + codes.joined(separator: ", ")) }
        if !forms.isEmpty { lines.append("  also       " + Self.some(of: forms, 8)) }
        lines.append("  products   \(productCount) in RxNorm, \(drugCodeCount) in the NDC directory")
        if !brands.isEmpty { lines.append("  brands     " + Self.some(of: brands, 8)) }
        section("classes", classes.map { "\($0.identifier)  \($0.title)" + Self.cited($0.source) }, into: &lines)
        section("relations", relations, into: &lines)
        for kind in DrugFactRow.Kind.allCases {
            let own = facts.filter { $0.kind == kind }.map { $0.statement + Self.cited($0.source) }
            section(kind.title, own, into: &lines)
        }
        section("allergy", crossReactivities, into: &lines)
        if interactions.isEmpty {
            lines += ["", "interactions: none known"]
        } else {
            let counts = Severity.allCases.reversed().compactMap { severity -> String? in
                let count = interactions.count { $0.severity == severity }
                return count == 0 ? nil : "\(count) \(severity.rawValue)"
            }
            lines += ["", "interactions: \(counts.joined(separator: ", "))"]
            for one in interactions.prefix(limit) {
                let effect = one.effect.isEmpty ? "" : "  \(one.effect)"
                lines.append("  \(one.severity.rawValue)  \(one.name)\(effect)  [\(one.rule); \(one.source)]")
            }
            if interactions.count > limit { lines.append("  and \(interactions.count - limit) more") }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private func section(_ title: String, _ entries: [String], into lines: inout [String]) {
        guard !entries.isEmpty else { return }
        lines += ["", title] + entries.map { "  " + $0 }
    }

    private static func some(of names: [String], _ limit: Int) -> String {
        names.prefix(limit).joined(separator: ", ") + (names.count > limit ? " and \(names.count - limit) more" : "")
    }

    private static func cited(_ source: String) -> String { source.isEmpty ? "" : "  [\(source)]" }
}

extension DrugFactRow.Kind {
    /// The heading of its facts.
    public var title: String {
        switch self {
        case .metabolism: "metabolism"
        case .qt: "QT interval"
        case .renal: "kidney function"
        case .pregnancy: "pregnancy and breastfeeding"
        case .beers: "older adults"
        case .drugDisease: "diseases"
        case .anticholinergic: "anticholinergic burden"
        case .opioid: "opioid conversion"
        case .monitoring: "monitoring"
        case .doseLimit: "dose limits"
        case .labLimit: "laboratory results"
        case .routeLimit: "routes"
        case .pharmacogenomics: "pharmacogenomics"
        case .testInterval: "intervals of tests"
        }
    }
}
