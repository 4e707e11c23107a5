import Knowledge

/// K105: what a rule recommends instead is no better: it is on the side it should replace, or interacts as badly.
///
/// The University of Arizona's list recommended rosuvastatin with azoles in the row that warned of rosuvastatin with azoles.
enum AlternativeCheck: LintCheck {
    static func findings(in context: LintContext) -> [LintFinding] {
        let reader = AlternativeReader(context.codeOf)
        var findings: [LintFinding] = []
        for (index, row) in context.tables.interactionRules.enumerated() where row.severity >= .moderate {
            let side = context.sides[index]
            for (name, code) in reader.alternatives(in: row.management) {
                guard let why = why(code, side, row, context) else { continue }
                findings.append(
                    LintFinding(
                        code: "K105", key: "\(row.id):\(code)", file: context.file(.interactions), line: context.line(.interactions, index),
                        message: "\(row.id) (\(row.aName) and \(row.bName)) offers \(name), which \(why)",
                        mend: "name an alternative without the interaction, or say under which condition it is one"))
            }
        }
        return findings
    }

    private static func why(
        _ code: Int, _ side: (a: Set<Int>, b: Set<Int>), _ row: InteractionRuleRow, _ context: LintContext
    ) -> String? {
        // The single drug of a rule is named for its dose, not as its own alternative.
        if side.a == [code] || side.b == [code] { return nil }
        if side.a.contains(code) || side.b.contains(code) { return "is on the side that it should replace" }
        let (kinOfA, kinOfB) = (context.kinship(code, with: side.a), context.kinship(code, with: side.b))
        let besideA = clash(code, with: side.a, row.aName, row.severity, context)
        let besideB = clash(code, with: side.b, row.bName, row.severity, context)
        // It replaces the side that it is nearer kin to, and must do with the other; kin to none, it must do with both.
        if kinOfA == kinOfB { return besideB ?? besideA }
        return kinOfA < kinOfB ? besideB : besideA
    }

    /// Why it is no better beside these: at least half of them interact with it as badly.
    private static func clash(_ code: Int, with others: Set<Int>, _ title: String, _ severity: Severity, _ context: LintContext) -> String? {
        let bad = others.count { $0 != code && (context.severity(code, $0) ?? .none) >= severity }
        return !others.isEmpty && bad * 2 >= others.count ? "interacts as badly with \(bad) of the \(others.count) of \(title)" : nil
    }
}

extension LintContext {
    /// How near kin a drug is to any of these: the size of the smallest class that they share; larger ones than a hundred say nothing.
    fileprivate func kinship(_ code: Int, with others: Set<Int>) -> Int {
        members.values.filter { $0.count <= 100 && $0.contains(code) && !$0.isDisjoint(with: others) }.map(\.count).min() ?? .max
    }
}

/// Finds the drugs that a text recommends.
struct AlternativeReader {
    private let codeOf: [String: Int]
    private static let cues: Set<String> = ["use", "prefer", "consider", "choose", "instead", "alternative", "alternatives", "switch", "replace"]
    /// Words behind which nothing is recommended any more.
    private static let ends: Set<String> = [
        "avoid", "not", "without", "cap", "limit", "dose", "reduce", "monitor", "separate", "unless", "than", "check", "offer", "before",
        "during", "level", "levels",
    ]

    init(_ codeOf: [String: Int]) {
        self.codeOf = codeOf
    }

    /// Names and codes, in the order of the text, each once.
    func alternatives(in text: String) -> [(name: String, code: Int)] {
        var found: [(name: String, code: Int)] = []
        for clause in text.lowercased().split(whereSeparator: { ";.:".contains($0) }) {
            var isRecommending = false
            var last = ""
            for word in clause.split(whereSeparator: { !$0.isLetter && $0 != "-" }).map(String.init) {
                defer { last = word }
                if Self.cues.contains(word) {
                    isRecommending = last != "not"
                } else if Self.ends.contains(word) {
                    isRecommending = false
                } else if isRecommending, word.count > 4, let code = codeOf[word], !found.contains(where: { $0.code == code }) {
                    found.append((word, code))
                }
            }
        }
        return found
    }
}
