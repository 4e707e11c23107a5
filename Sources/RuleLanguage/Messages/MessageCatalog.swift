/// A page about one message: what it means, and an example wrong and right.
public struct MessagePage: Sendable, Hashable {
    public let code: String
    public let title: String
    public let text: String
    /// A piece of a file that gets the message, with 1️⃣ where the message points.
    let marked: String
    /// The same put right.
    public let right: String
    /// The file that the examples are of.
    public let file: String

    init(code: String, title: String, text: String, wrong: String, right: String, file: String = "sample.yaml") {
        self.code = code
        self.title = title
        self.text = text
        marked = wrong
        self.right = right
        self.file = file
    }

    /// A piece of a file that gets the message.
    public var wrong: String { marked.split(separator: Self.mark, omittingEmptySubsequences: false).joined() }

    static let mark: Character = "1️⃣"

    /// The page as Markdown.
    public var markdown: String {
        let language = file.hasSuffix(".csv") ? "csv" : "yaml"
        var parts = ["# \(code): \(title)", text]
        parts += ["Wrong:", wrong.isEmpty ? "There is no `\(file)`." : "```\(language)\n\(wrong)\n```"]
        parts += ["Right:", "```\(language)\n\(right)\n```"]
        return parts.joined(separator: "\n\n") + "\n"
    }
}

/// The messages about rules, their tests and the tables. A code never changes its meaning.
public enum MessageCatalog {
    /// The page for a code such as `V201`, whatever its case.
    public static func page(_ code: String) -> MessagePage? {
        all.first { $0.code == code.uppercased() }
    }

    /// Every page, by code. To add one: a line in the file of its family; a test makes the page of `docs/messages`.
    public static let all: [MessagePage] =
        YAMLPages.all + NamePages.all + LogicPages.all + TestPages.all + GovernancePages.all + LayerPages.all + CardPages.all + KnowledgePages.all
}
