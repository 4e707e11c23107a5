import Clinical
import Knowledge

extension RuleContext {
    /// A text with its placeholders filled in.
    func render(_ template: TextTemplate, gap: GapState? = nil) -> String {
        guard template.pieces.count != 1 else { return render(template.pieces[0], gap: gap) }
        var text = ""
        for piece in template.pieces { text += render(piece, gap: gap) }
        return text
    }

    private func render(_ piece: TextTemplate.Piece, gap: GapState?) -> String {
        switch piece {
        case .text(let text): text
        case .role(let role): joined(unique(names(in: role)))
        case .ordered: joined(unique(orderedDrugs.map(\.name)))
        case .fact(let fact): words(for: fact)
        case .factDate(let fact): date(of: fact)
        case .due: gap?.due.map { "\($0)" } ?? ""
        case .last: gap?.last.map { "\($0)" } ?? ""
        case .effect: effect
        case .mechanism: match.interaction?.mechanism ?? ""
        case .management: match.interaction?.management ?? ""
        case .cell: ""
        }
    }

    /// What the pair does; a public list that names no effect is named itself, for a text never shows a gap.
    private var effect: String {
        guard let interaction = match.interaction else { return "" }
        return interaction.effect.isEmpty ? "interaction listed by \(interaction.sources)" : interaction.effect
    }

    /// The words for what a fact came to.
    func words(for fact: FactID) -> String {
        let result = result(of: fact)
        if result.unknownReason != nil { return rule.facts[fact.index].missing ?? "not known" }
        switch result.value {
        case .truth(let truth):
            return result.names.isEmpty ? (truth == .yes ? "yes" : "no") : joined(result.names)
        case .quantity(let low, let high, _):
            return low == high ? "\(low)" : "\(low.value) to \(high)"
        case .since(let days, let isAge):
            return elapsed(days, isAge: isAge)
        case .number(let low, let high):
            guard let high else { return "\(low) or more" }
            return low == high ? "\(low)" : "\(low) to \(high)"
        case .sex(let sex):
            return sex.rawValue
        case .routes(let routes):
            return joined(routes.map(\.rawValue).sorted())
        case .forms(let forms):
            return joined(forms)
        case .reactions(let manifestations):
            return joined(manifestations.compactMap(\.label))
        case .unknown:
            return rule.facts[fact.index].missing ?? "not known"
        }
    }

    private func date(of fact: FactID) -> String {
        result(of: fact).date.map { "\($0)" } ?? rule.facts[fact.index].missing ?? "no date"
    }

    private func elapsed(_ days: ClosedRange<CivilDate>, isAge: Bool) -> String {
        let ends = [days.upperBound, days.lowerBound].map { day -> Int in
            isAge ? record.completedYears(from: day) : record.today.daysSinceEpoch - day.daysSinceEpoch
        }
        let number = ends[0] == ends[1] ? "\(ends[0])" : "\(ends[0]) to \(ends[1])"
        return isAge ? number : "\(number) days"
    }
}

/// Names in a sentence: `a`, `a and b`, `a, b and c`.
func joined(_ names: [String]) -> String {
    guard let last = names.last, names.count > 1 else { return names.first ?? "" }
    return names.dropLast().joined(separator: ", ") + " and " + last
}
