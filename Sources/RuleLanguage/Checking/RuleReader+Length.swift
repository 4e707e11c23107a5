import Clinical
import Documents
import Engine
import Knowledge

/// How long a summary can become: CDS Hooks allows 139 characters (2.0.1, Card Attributes: shorter than 140).
extension RuleReader {
    private static let most = 139

    func checkLength(_ template: TextTemplate, at range: SourceRange) {
        var fixed = 0
        var longest = 0
        var names: [String] = []
        for piece in template.pieces {
            if case .text(let text) = piece {
                fixed += text.utf16.count
                continue
            }
            let (length, name) = longestWords(of: piece)
            longest += length
            if let name, !names.contains(name) { names.append(name) }
        }
        if fixed > Self.most {
            report("V701", "the summary is \(fixed) characters long without its names; a card shows at most \(Self.most)", at: range)
        } else if fixed + longest > Self.most {
            let with = names.isEmpty ? "" : ", with " + names.prefix(3).map { "`\($0)`" }.joined(separator: " and ")
            report(
                "V701", .warning, "the summary can be \(fixed + longest) characters long\(with); a card shows at most \(Self.most) and cuts the rest",
                at: range, help: ["say less here and more under `detail`"])
        }
    }

    /// The most that a placeholder may come to, with the name that makes it so long.
    private func longestWords(of piece: TextTemplate.Piece) -> (length: Int, name: String?) {
        switch piece {
        case .text(let text): return (text.utf16.count, nil)
        case .role(let role): return longestName(in: role)
        case .ordered: return roles.indices.map { longestName(in: RoleID(index: $0)) }.max { $0.length < $1.length } ?? (0, nil)
        case .fact(let fact): return longestWords(of: facts[fact.index])
        case .factDate(let fact): return (max(10, facts[fact.index].missing?.utf16.count ?? 0), nil)
        case .due, .last: return (10, nil)
        // The interaction table's own words; the card cuts them where it must.
        case .effect, .mechanism, .management, .cell: return (0, nil)
        }
    }

    private func longestName(in role: RoleID) -> (length: Int, name: String?) {
        guard role.index < roleSelectors.count, let selector = roleSelectors[role.index] else { return (0, nil) }
        let name = longestName(of: selector)
        let count = max(1, groupMinimum ?? 1)
        return (name.utf16.count * count + 5 * (count - 1), name)
    }

    /// The longest name that fills a selector. Of large sets the longest hundredth does not count: names of chemistry, hardly prescribed.
    private func longestName(of selector: DrugSelector) -> String {
        selector.alternatives.map { session.longestName(in: $0.set) }.max { ($0.utf16.count, $1) < ($1.utf16.count, $0) } ?? ""
    }

    private func longestWords(of fact: PlannedFact) -> (length: Int, name: String?) {
        let missing = fact.missing?.utf16.count ?? 0
        var name: String?
        let length: Int
        switch fact.definition {
        case .taking(let selector, _), .ordering(let selector):
            let longest = longestName(of: selector)
            (length, name) = (longest.utf16.count, longest)
        default:
            switch FactType(of: fact.definition, facts: facts, labs: { self.session.builder.lab($0) }) {
            case .quantity(let measure): length = 7 + "\(measure.unit)".utf16.count
            case .dose(let query): length = 8 + query.exampleUnit.utf16.count
            case .time: length = 10
            case .number, .truth: length = 3
            case .sex: length = 6
            case .route: length = 13
            case .form, .reaction: length = 30
            }
        }
        return (max(length, missing), name)
    }
}

extension CheckSession {
    /// The longest name in a set of drugs, worked out once. Of sets of more than 200 the longest twentieth does not count: names
    /// of chemistry, hardly prescribed.
    func longestName(in set: DrugSetID) -> String {
        if let known = longestNames[set] { return known }
        let names = builder.members(of: set).map { self.names.knowledge.ingredient($0).name }.sorted {
            ($0.utf16.count, $0) > ($1.utf16.count, $1)
        }
        let longest = names.isEmpty ? "" : names[names.count > 200 ? names.count / 20 : 0]
        longestNames[set] = longest
        return longest
    }
}
