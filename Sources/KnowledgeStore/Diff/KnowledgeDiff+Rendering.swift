import Documents
import Knowledge

extension KnowledgeDiff {
    /// As a page to read before signing.
    ///
    /// - Parameter limit: how many names and pairs to list of each group; the rest is counted.
    public func text(listing limit: Int = 5) -> String {
        var lines = ["knowledge \(before.name) → \(after.name)"]
        if isEmpty { lines.append("nothing: every table says the same") }
        section("drugs that are new", drugs.new.count, [Self.some(drugs.new, limit)], into: &lines)
        section("drugs that are gone", drugs.gone.count, [Self.some(drugs.gone, limit)], into: &lines)
        section("drugs with another name", drugs.renamed.count, [Self.some(drugs.renamed, limit)], into: &lines)
        for direction in PairGroup.Direction.allCases {
            let groups = pairs.filter { $0.direction == direction }
            let count = groups.reduce(0) { $0 + $1.pairs.count }
            section("pairs: \(direction.rawValue)", count, groups.map { Self.line($0, limit) }, into: &lines)
        }
        section("classes", classes.count, classes.map { Self.line($0, limit) }, into: &lines)
        section("code sets", codeSets.count, codeSets.map { Self.line($0, limit) }, into: &lines)
        section("rows, by table", rows.reduce(0) { $0 + $1.came.count + $1.went.count }, rows.flatMap { Self.lines($0, limit) }, into: &lines)
        return lines.joined(separator: "\n") + "\n"
    }

    private func section(_ title: String, _ count: Int, _ entries: [String], into lines: inout [String]) {
        guard count > 0 else { return }
        lines += ["", "\(title) (\(count))"] + entries.map { "  \($0)" }
    }

    private static func line(_ group: PairGroup, _ limit: Int) -> String {
        let change =
            switch (group.from, group.to) {
            case (let from?, let to?): "\(from.rawValue) → \(to.rawValue)"
            case (nil, let to?): to.rawValue
            case (let from?, nil): "was \(from.rawValue)"
            case (nil, nil): ""
            }
        return "\(change), \(group.pairs.count) by \(group.rule) [\(group.source)]: \(some(group.pairs, limit))"
    }

    private static func line(_ members: Members, _ limit: Int) -> String {
        var parts: [String] = []
        if !members.gained.isEmpty { parts.append("gained \(members.gained.count): \(some(members.gained, limit))") }
        if !members.lost.isEmpty { parts.append("lost \(members.lost.count): \(some(members.lost, limit))") }
        return "\(members.name) (\(members.title)) " + parts.joined(separator: "; ")
    }

    private static func lines(_ rows: TableRows, _ limit: Int) -> [String] {
        func listed(_ sign: String, _ rows: [String]) -> [String] {
            rows.prefix(limit).map { "  \(sign) \($0)" } + (rows.count > limit ? ["  \(sign) and \(rows.count - limit) more"] : [])
        }
        return ["\(rows.table): \(rows.came.count) came, \(rows.went.count) went"] + listed("+", rows.came) + listed("-", rows.went)
    }

    private static func some(_ names: [String], _ limit: Int) -> String {
        names.prefix(limit).joined(separator: ", ") + (names.count > limit ? " and \(names.count - limit) more" : "")
    }

    /// Everything, for a program to read.
    public var json: [UInt8] {
        var writer = JSONWriter(pretty: true)
        writer.object { writer in
            writer.member("from", string: before.name)
            writer.member("to", string: after.name)
            writer.member("drugs") { writer in
                writer.object { writer in
                    Self.list("new", drugs.new, to: &writer)
                    Self.list("gone", drugs.gone, to: &writer)
                    Self.list("renamed", drugs.renamed, to: &writer)
                }
            }
            writer.member("pairs") { writer in
                writer.array { writer in
                    for group in pairs {
                        writer.element { writer in
                            writer.object { writer in
                                writer.member("change", string: group.direction.rawValue)
                                writer.member("from", string: group.from?.rawValue)
                                writer.member("to", string: group.to?.rawValue)
                                writer.member("rule", string: group.rule)
                                writer.member("source", string: group.source)
                                Self.list("pairs", group.pairs, to: &writer)
                            }
                        }
                    }
                }
            }
            Self.list("classes", classes, to: &writer)
            Self.list("codeSets", codeSets, to: &writer)
            writer.member("rows") { writer in
                writer.array { writer in
                    for entry in rows {
                        writer.element { writer in
                            writer.object { writer in
                                writer.member("table", string: entry.table)
                                Self.list("came", entry.came, to: &writer)
                                Self.list("went", entry.went, to: &writer)
                            }
                        }
                    }
                }
            }
        }
        return writer.bytes + [UInt8(ascii: "\n")]
    }

    private static func list(_ key: String, _ names: [String], to writer: inout JSONWriter) {
        writer.member(key) { writer in
            writer.array { writer in for name in names { writer.element(string: name) } }
        }
    }

    private static func list(_ key: String, _ members: [Members], to writer: inout JSONWriter) {
        writer.member(key) { writer in
            writer.array { writer in
                for entry in members {
                    writer.element { writer in
                        writer.object { writer in
                            writer.member("name", string: entry.name)
                            writer.member("title", string: entry.title)
                            list("gained", entry.gained, to: &writer)
                            list("lost", entry.lost, to: &writer)
                        }
                    }
                }
            }
        }
    }
}
