import Knowledge
import KnowledgeStore

/// The knowledge base of the repository's own tables, read once.
enum RepositoryKnowledge {
    static func base() throws -> KnowledgeBase { try loaded.get() }

    private static let loaded = Result {
        try KnowledgeBase(try KnowledgeTablesReader.read(Repository.path("Knowledge")))
    }
}

/// Where the repository stands, seen from this file.
enum Repository {
    /// `Tests/ReplayTests/Support/RepositoryKnowledge.swift` lies four below it.
    static let root = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(4).joined(separator: "/")

    static func path(_ relative: String) -> String { root + "/" + relative }
}
