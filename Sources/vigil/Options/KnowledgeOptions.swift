import ArgumentParser
import Knowledge
import KnowledgeStore

/// Where the knowledge file is.
struct KnowledgeOptions: ParsableArguments {
    @Option(name: .customLong("knowledge"), help: ArgumentHelp("The knowledge file.", valueName: "file"))
    var file = ".vigil/knowledge.sqlite"

    /// The knowledge in it, verified.
    ///
    /// - Throws: what is wrong with the file; the sentence names the mend.
    func open() throws -> KnowledgeBase {
        try KnowledgeStore.open(file)
    }
}
