import Knowledge

/// K101: a member of one of our classes that shares no class of FDA, MeSH or MED-RT with any other member, where the others
/// hang together. Methacholine among the salicylates is found by it.
enum OutsiderCheck: LintCheck {
    /// A class of more members says nothing of kinship.
    private static let broadest = 400

    static func findings(in context: LintContext) -> [LintFinding] {
        let kin = Kinship(context.members.filter { !$0.key.hasPrefix("CDS:") && $0.value.count <= broadest })
        var firstRow: [String: Int] = [:]
        for (index, row) in context.tables.classMembers.enumerated() {
            let key = "\(row.classID) \(context.baseOf[row.rxcui] ?? row.rxcui)"
            if firstRow[key] == nil { firstRow[key] = index }
        }
        return context.members.filter { $0.key.hasPrefix("CDS:") }.sorted { $0.key < $1.key }.flatMap { id, members in
            kin.outsiders(of: members).map { code in
                LintFinding(
                    code: "K101", key: "\(id):\(code)", file: context.file(.classMembers),
                    line: context.line(.classMembers, firstRow["\(id) \(code)"] ?? 0),
                    message: "\(context.name(code)) shares no pharmacologic class with the other members of \(id)",
                    mend: "remove it from the class, or explain what makes it a member")
            }
        }
    }
}

/// Which ingredients share a class, after somebody else's classes.
struct Kinship {
    private let classes: [String: Set<Int>]
    private let classesOf: [Int: [String]]

    init(_ classes: [String: Set<Int>]) {
        self.classes = classes
        var of: [Int: [String]] = [:]
        for (id, members) in classes.sorted(by: { $0.key < $1.key }) { for code in members { of[code, default: []].append(id) } }
        classesOf = of
    }

    /// Members without kin among the others; empty where the members do not hang together, for then nothing can be said.
    func outsiders(of members: Set<Int>) -> [Int] {
        guard members.count >= 3 else { return [] }
        var counts: [String: Int] = [:]
        for code in members { for id in classesOf[code] ?? [] { counts[id, default: 0] += 1 } }
        guard let most = counts.values.max(), most * 10 >= members.count * 6 else { return [] }
        return members.sorted().filter { code in
            guard let own = classesOf[code], !own.isEmpty else { return false }
            return !own.contains { (counts[$0] ?? 0) >= 2 }
        }
    }
}

/// K102: a class of ours and one of the FDA are nearly the same, and ours lacks a member. A salicylate class without aspirin.
enum MissingMemberCheck: LintCheck {
    static func findings(in context: LintContext) -> [LintFinding] {
        let established = context.members.filter { $0.key.hasPrefix("FDA-EPC:") }.sorted { $0.key < $1.key }
        var findings: [LintFinding] = []
        for (index, row) in context.tables.classes.enumerated() where row.id.hasPrefix("CDS:") {
            guard let own = context.members[row.id], own.count >= 3 else { continue }
            for (id, theirs) in established {
                let shared = own.intersection(theirs).count
                guard shared * 10 >= own.count * 8, shared * 10 >= theirs.count * 8 else { continue }
                for code in theirs.subtracting(own).sorted() {
                    findings.append(
                        LintFinding(
                            code: "K102", key: "\(row.id):\(code)", file: context.file(.classes), line: context.line(.classes, index),
                            message: "\(row.id) has \(shared) of the \(theirs.count) members of \(id) and lacks \(context.name(code))",
                            mend: "add it to class_members.csv, or explain why it is left out"))
                }
            }
        }
        return findings
    }
}
