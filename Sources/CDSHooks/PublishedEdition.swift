/// Which rules, knowledge and program gave an answer; stated in every response, so that it can be replayed.
public struct PublishedEdition: Sendable, Hashable {
    /// Digest of the rules, hexadecimal.
    public let rules: String
    /// Digest of the knowledge, hexadecimal.
    public let knowledge: String
    /// Version of the program.
    public let vigil: String
    /// The knowledge as people call it, such as `2026.11.1`.
    public let knowledgeVersion: String
    /// What cards say of clinical review; `nil` where nothing has to be said.
    public let review: String?

    public init(
        rules: String, knowledge: String, vigil: String, knowledgeVersion: String,
        review: String? = "Rules and knowledge are not clinically reviewed."
    ) {
        self.rules = rules
        self.knowledge = knowledge
        self.vigil = vigil
        self.knowledgeVersion = knowledgeVersion
        self.review = review
    }
}
