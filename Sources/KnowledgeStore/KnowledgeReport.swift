public import Knowledge

/// What a build made.
public struct KnowledgeReport: Sendable, Hashable {
    public let file: String
    public let version: KnowledgeVersion
    public let byteCount: Int
    public let interactionPairCount: Int

    /// A few lines for a person.
    public var text: String {
        let rows = version.counts.reduce(0) { $0 + $1.rows }
        return """
            \(file): knowledge \(version.name), \(version.review)
              \(version.counts.count) tables, \(rows) rows, \(interactionPairCount) interaction pairs
              \(byteCount / 1_048_576) MiB, content \(version.digest.prefix(12))

            """
    }
}
