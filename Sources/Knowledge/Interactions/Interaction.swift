/// What is known of two drugs taken together.
///
/// A value of one reference, so that a look-up copies nothing.
public struct Interaction: Sendable {
    /// Where a fact ranks: the hospital's own over a vendor's, that over what was curated, that over a public list.
    public enum Layer: String, Sendable, Hashable, CaseIterable {
        case local
        case vendor
        case curated
        case `public`

        /// 0 for the public lists to 3 for the hospital's own.
        public var rank: Int {
            switch self {
            case .public: 0
            case .curated: 1
            case .vendor: 2
            case .local: 3
            }
        }
    }

    final class Facts: Sendable {
        let row: InteractionRuleRow
        let layer: Layer

        init(_ row: InteractionRuleRow, layer: Layer) {
            self.row = row
            self.layer = layer
        }
    }

    let facts: Facts

    /// `DDI-001`, or `NDFRT-N0000182769` for a pair of the public list.
    public var id: String { facts.row.id }
    public var severity: Severity { facts.row.severity }
    public var effect: String { facts.row.effect }
    public var mechanism: String { facts.row.mechanism }
    public var management: String { facts.row.management }
    /// `established`, `probable`, `possible`, `theoretical`; empty for the public list.
    public var evidence: String { facts.row.evidence }
    public var sources: String { facts.row.source }
    /// `ONC-HP` or `ONC-NI` where the list of the Office of the National Coordinator has it.
    public var oncList: String? { facts.row.oncList }
    public var layer: Layer { facts.layer }
    /// The sides of the rule as it names them: an ingredient or a class.
    public var aName: String { facts.row.aName }
    public var bName: String { facts.row.bName }
}

extension Interaction: Hashable {
    public static func == (left: Interaction, right: Interaction) -> Bool {
        left.facts === right.facts || (left.facts.row == right.facts.row && left.facts.layer == right.facts.layer)
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(id)
    }
}
