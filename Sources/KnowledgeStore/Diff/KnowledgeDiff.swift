public import Knowledge

/// What another knowledge file means for patients: drugs, pairs by severity, classes and code sets, as a pharmacist asks for them; and
/// the rows of all tables that differ, among them what these do not show, such as a limit of dose.
public struct KnowledgeDiff: Sendable {
    public let before: KnowledgeVersion
    public let after: KnowledgeVersion
    public let drugs: Names
    /// Sorted: more severe, new, gone, less severe; inside by how bad it is.
    public let pairs: [PairGroup]
    public let classes: [Members]
    public let codeSets: [Members]
    /// By table.
    public let rows: [TableRows]

    /// What came and what went, by name.
    public struct Names: Sendable, Hashable {
        public let new: [String]
        public let gone: [String]
        /// `old name → new name`.
        public let renamed: [String]
    }

    /// Pairs of which the same is to be said.
    public struct PairGroup: Sendable, Hashable {
        public enum Direction: String, Sendable, CaseIterable { case moreSevere = "more severe", new, gone, lessSevere = "less severe" }

        public let direction: Direction
        public let from: Severity?
        public let to: Severity?
        /// The rule or statement that speaks now; for a pair that is gone, the one that spoke.
        public let rule: String
        public let source: String
        public internal(set) var pairs: [String]
    }

    /// A class or code set that gained or lost members; one that is new has only gained.
    public struct Members: Sendable, Hashable {
        public let name: String
        public let title: String
        public let gained: [String]
        public let lost: [String]
    }

    init(from old: KnowledgeBase, to new: KnowledgeBase, rows: [TableRows]) {
        self.rows = rows
        before = old.version
        after = new.version
        drugs = Self.drugs(old, new)
        pairs = Self.pairs(old, new)
        classes = Self.classes(old, new)
        codeSets = Self.codeSets(old, new)
    }

    public var isEmpty: Bool {
        drugs.new.isEmpty && drugs.gone.isEmpty && drugs.renamed.isEmpty && pairs.isEmpty && classes.isEmpty && codeSets.isEmpty
            && rows.isEmpty
    }

    private static func drugs(_ old: KnowledgeBase, _ new: KnowledgeBase) -> Names {
        let before = Dictionary(old.ingredients.map { ($0.rxcui, $0.name) }, uniquingKeysWith: { first, _ in first })
        let after = Dictionary(new.ingredients.map { ($0.rxcui, $0.name) }, uniquingKeysWith: { first, _ in first })
        return Names(
            new: after.filter { before[$0.key] == nil }.map(\.value).sorted(),
            gone: before.filter { after[$0.key] == nil }.map(\.value).sorted(),
            renamed: before.compactMap { code, name in
                after[code].flatMap { $0.lowercased() == name.lowercased() ? nil : "\(name) → \($0)" }
            }.sorted())
    }

    private static func pairs(_ old: KnowledgeBase, _ new: KnowledgeBase) -> [PairGroup] {
        var groups: [PairKey: PairGroup] = [:]
        let olds = old.pairKeys
        let news = new.pairKeys
        var left = 0
        var right = 0
        while left < olds.count || right < news.count {
            let key = left < olds.count && (right >= news.count || olds[left] <= news[right]) ? olds[left] : news[right]
            if left < olds.count, olds[left] == key { left += 1 }
            if right < news.count, news[right] == key { right += 1 }
            let (a, b) = (Int(key >> 32), Int(key & 0xFFFF_FFFF))
            let (was, now) = (old.interaction(rxcui: a, b), new.interaction(rxcui: a, b))
            guard let speaker = now ?? was, was?.severity != now?.severity else { continue }
            let group = PairKey(from: was?.severity, to: now?.severity, rule: speaker.id)
            if groups[group] == nil {
                groups[group] = PairGroup(
                    direction: direction(was?.severity, now?.severity), from: was?.severity, to: now?.severity, rule: speaker.id,
                    source: speaker.sources, pairs: [])
            }
            groups[group]?.pairs.append("\(new.name(of: a) ?? old.name(of: a) ?? "\(a)") + \(new.name(of: b) ?? old.name(of: b) ?? "\(b)")")
        }
        return groups.values.sorted { one, other in
            let left = (Direction.order(one.direction), -(one.to ?? one.from ?? .none).rank, -one.pairs.count)
            let right = (Direction.order(other.direction), -(other.to ?? other.from ?? .none).rank, -other.pairs.count)
            return left != right ? left < right : (one.rule, one.from?.rank ?? -1) < (other.rule, other.from?.rank ?? -1)
        }
    }

    private typealias Direction = PairGroup.Direction

    private struct PairKey: Hashable {
        let from: Severity?
        let to: Severity?
        let rule: String
    }

    private static func direction(_ from: Severity?, _ to: Severity?) -> Direction {
        guard let from else { return .new }
        guard let to else { return .gone }
        return to > from ? .moreSevere : .lessSevere
    }

    private static func classes(_ old: KnowledgeBase, _ new: KnowledgeBase) -> [Members] {
        Set(old.names(of: .drugClass) + new.names(of: .drugClass)).sorted().compactMap { name in
            let (was, now) = (old.drugClass(named: name), new.drugClass(named: name))
            return members(
                name, now?.title ?? was?.title ?? "", was.map { $0.members.map { old.ingredient($0).name } } ?? [],
                now.map { $0.members.map { new.ingredient($0).name } } ?? [])
        }
    }

    private static func codeSets(_ old: KnowledgeBase, _ new: KnowledgeBase) -> [Members] {
        CodeSetKind.allCases.flatMap { kind in
            guard let names = NameKind(rawValue: kind.rawValue) else { return [Members]() }
            return Set(old.names(of: names) + new.names(of: names)).sorted().compactMap { name in
                let (was, now) = (old.codeSet(kind, named: name), new.codeSet(kind, named: name))
                return members(
                    "\(kind.rawValue) \(name)", now?.title ?? was?.title ?? "", was?.codes.map { "\($0.system) \($0.code)" } ?? [],
                    now?.codes.map { "\($0.system) \($0.code)" } ?? [])
            }
        }
    }

    private static func members(_ name: String, _ title: String, _ was: [String], _ now: [String]) -> Members? {
        let (before, after) = (Set(was), Set(now))
        guard before != after else { return nil }
        return Members(
            name: name, title: title, gained: after.subtracting(before).sorted(), lost: before.subtracting(after).sorted())
    }
}

extension KnowledgeDiff.PairGroup.Direction {
    fileprivate static func order(_ direction: Self) -> Int { allCases.firstIndex(of: direction) ?? 0 }
}

extension KnowledgeBase {
    fileprivate var ingredients: [Ingredient] { (0..<ingredientCount).map { ingredient(IngredientID(index: Int32($0))) } }

    fileprivate func interaction(rxcui a: Int, _ b: Int) -> Interaction? {
        guard let one = ingredient(rxcui: a), let other = ingredient(rxcui: b) else { return nil }
        return interaction(one, other)
    }

    fileprivate func name(of rxcui: Int) -> String? { ingredient(rxcui: rxcui).map { ingredient($0).name } }
}
