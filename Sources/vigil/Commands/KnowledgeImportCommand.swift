import ArgumentParser
import Foundation
import KnowledgeStore

/// `vigil knowledge import`: adds what a hospital brings itself, each source as a layer of its own.
struct KnowledgeImportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Add RxNorm, interactions, MED-RT, vaccines, LOINC or value sets of your own.",
        discussion: """
            Makes a knowledge file of the one that is there and what is imported. All or nothing: the file is written \
            beside its place, read back, and moved there. What could not be mapped is counted, and listed in a table.

            EXAMPLES:
              vigil knowledge import interactions ddinter.csv --mapping ddinter.yaml
              vigil knowledge import rxnorm RxNorm_full_11022026/rrf --release 2026-11-02
              vigil knowledge import medrt Core_MEDRT_2026.07.06_XML.xml --release 2026.07.06
              vigil knowledge import cvx cvx.txt --release 2026-10
              vigil knowledge import loinc Loinc.csv --release 2.82
              vigil knowledge import valueset gout.json
            """)

    enum Kind: String, ExpressibleByArgument, CaseIterable {
        case interactions, rxnorm, medrt, cvx, loinc, valueset
    }

    @Argument(help: ArgumentHelp("What it is: \(Kind.allCases.map(\.rawValue).joined(separator: ", ")).", valueName: "kind"))
    var kind: Kind

    @Argument(help: ArgumentHelp("The file, or for rxnorm the folder of the RRF files.", valueName: "path"))
    var path: String

    @Option(help: ArgumentHelp("What the columns of a table of interactions mean (YAML).", valueName: "file"))
    var mapping: String?

    @Option(help: ArgumentHelp("Which release this is; a mapping names its own.", valueName: "name"))
    var release: String?

    @OptionGroup var knowledge: KnowledgeOptions

    @Option(help: ArgumentHelp("The file to make; the knowledge file itself if nothing is said.", valueName: "file"))
    var output: String?

    @Option(help: ArgumentHelp("Where to list what was not mapped; beside the made file if nothing is said.", valueName: "file"))
    var unmapped: String?

    @OptionGroup var signing: SigningOptions

    func run() throws {
        let made = output ?? knowledge.file
        let report = try KnowledgeImporter.run(
            source(), version: release, base: knowledge.file, output: made, signer: signing.key()
        ) { progress in
            Output.note(progress.percent.map { "\(progress.step), \($0) %" } ?? progress.step)
        }
        Output.text(report.text)
        guard !report.lost.isEmpty else { return }
        let list = unmapped ?? "\(made).\(report.name)-unmapped.csv"
        try Data(report.lostTable).write(to: URL(fileURLWithPath: list), options: .atomic)
        Output.line("  listed in \(list)")
    }

    private func source() throws -> KnowledgeImport {
        switch kind {
        case .interactions:
            guard let mapping else {
                throw CommandError(description: "a table of interactions needs `--mapping`, which says what its columns mean")
            }
            return .interactions(file: path, mapping: mapping)
        case .rxnorm: return .rxNorm(folder: path)
        case .medrt: return .medRT(file: path)
        case .cvx: return .cvx(file: path)
        case .loinc: return .loinc(file: path)
        case .valueset: return .valueSet(file: path)
        }
    }
}
