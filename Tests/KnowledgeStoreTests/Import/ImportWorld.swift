import Knowledge
import KnowledgeStore

/// The small files that a hospital brings, in `Tests/Worlds/Import`, and a knowledge file to bring them to.
enum ImportWorld {
    static func path(_ name: String) -> String {
        var parts = #filePath.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        parts.removeLast(3)
        return (parts + ["Worlds", "Import", name]).joined(separator: "/")
    }

    /// A small knowledge file with warfarin, ibuprofen, aspirin and acetaminophen.
    static func file(_ name: String) throws -> String {
        let file = SourceTables.temporary("\(name).sqlite")
        let ingredients = (SmallFolder.tables["ingredients.csv"] ?? "") + "\n1191,aspirin,IN,,,\n161,acetaminophen,IN,,,\n"
        _ = try KnowledgeBuilder.build(tables: SmallFolder.make(name, changes: ["ingredients.csv": ingredients]), into: file)
        return file
    }

    /// Imports into a file of its own and opens it.
    static func run(
        _ source: KnowledgeImport, _ name: String, version: String? = nil, base: String? = nil
    ) throws -> (report: ImportReport, base: KnowledgeBase, file: String) {
        let file = try base ?? file(name)
        let output = SourceTables.temporary("\(name)-imported.sqlite")
        let report = try KnowledgeImporter.run(source, version: version, base: file, output: output)
        return (report, try KnowledgeStore.open(output), output)
    }

    static let vendor = KnowledgeImport.interactions(file: path("vendor.csv"), mapping: path("vendor.yaml"))
    static let house = KnowledgeImport.interactions(file: path("codes.tsv"), mapping: path("codes.yaml"))
}

extension KnowledgeBase {
    /// Two drugs by name, as the tests ask for them.
    func pair(_ a: String, _ b: String) -> Interaction? {
        guard let one = ingredient(named: a), let other = ingredient(named: b) else { return nil }
        return interaction(one, other)
    }

    func opinions(_ a: String, _ b: String) -> [Interaction] {
        guard let one = ingredient(named: a), let other = ingredient(named: b) else { return [] }
        return interactionOpinions(one, other)
    }
}
