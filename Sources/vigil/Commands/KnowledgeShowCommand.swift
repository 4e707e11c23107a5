import ArgumentParser
import Documents
import Knowledge

/// `vigil knowledge show`: everything known of one drug, or what another name of rules stands for, with where it comes from.
struct KnowledgeShowCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Show what is known of a drug, or what a class, lab, problem, reaction or procedure holds, and from where.",
        discussion: """
            EXAMPLES:
              vigil knowledge show warfarin
              vigil knowledge show warfarin --all
              vigil knowledge show nsaid      (a class: its members)
              vigil knowledge show hba1c      (a lab: its codes and unit)
            """)

    @Argument(help: "The name of an ingredient, a class, a lab, a problem, a reaction or a procedure, as rules write it.")
    var name: String

    @Flag(help: "Print lists to their end.")
    var all = false

    @OptionGroup var knowledge: KnowledgeOptions

    func run() throws {
        let base = try knowledge.open()
        let limit = all ? Int.max : 20
        let texts = [base.description(ofDrug: name)?.text(listing: limit)].compactMap(\.self) + base.descriptions(ofName: name).map { $0.text(listing: limit) }
        guard texts.isEmpty else { return Output.text(texts.joined(separator: "\n")) }
        if let brand = base.brandSentence(name) { throw CommandError(description: "\(brand): `vigil knowledge show` takes the ingredient") }
        let names = NameKind.allCases.flatMap { base.names(of: $0) }
        let near = NearestName.find(name, in: names).map { [$0] } ?? NearestName.containing(name, in: names)
        let question = near.isEmpty ? "" : "; did you mean " + near.map { "`\($0)`" }.joined(separator: " or ") + "?"
        throw CommandError(description: "knowledge \(base.version.name) has no name `\(name)`\(question)")
    }
}

/// `vigil knowledge names`: the names that rules may write.
struct KnowledgeNamesCommand: ParsableCommand {
    private static let kinds = NameKind.allCases.map(\.plural).joined(separator: ", ")

    static let configuration = CommandConfiguration(
        commandName: "names",
        abstract: "List the names that rules may write, of one kind.",
        discussion: """
            Kinds: \(kinds). `vigil knowledge show NAME` tells what one of them holds.

            EXAMPLES:
              vigil knowledge names reactions
              vigil knowledge names problems | grep ulcer
            """)

    @Argument(
        help: "What to list: problems, labs, classes …",
        transform: { word in
            guard let kind = NameKind.allCases.first(where: { $0.plural == word || $0.word == word }) else {
                throw ValidationError("there are no `\(word)`: \(KnowledgeNamesCommand.kinds)")
            }
            return kind
        })
    var kind: NameKind

    @OptionGroup var knowledge: KnowledgeOptions

    func run() throws {
        Output.text(try knowledge.open().names(of: kind).map { $0 + "\n" }.joined())
    }
}
