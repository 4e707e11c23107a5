import ArgumentParser
import Authoring
import Clinical
import Digests
import Documents
import RuleLanguage
import Service

/// `vigil bundle`: what is in a published bundle, and what another changes.
struct BundleCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bundle",
        abstract: "Show what is in a published bundle, or what another one changes.",
        subcommands: [BundleShowCommand.self, BundleDiffCommand.self])

    /// A bundle, found as it was published.
    static func read(_ path: String) throws -> RuleBundle {
        do {
            return try RuleBundle(parsing: try SourceFile.bytes(of: path))
        } catch let error as BundleError {
            throw CommandError(description: "\(path): \(error)")
        }
    }

    /// Who signed it, as far as one can tell with these keys.
    static func signers(of bundle: RuleBundle, keys: [VerificationKey]) -> String {
        let names = bundle.signatures.map(\.key).joined(separator: ", ")
        if names.isEmpty { return "nobody" }
        guard !keys.isEmpty else { return "\(names); not verified: no --bundle-key" }
        do throws(BundleError) {
            return try "\(bundle.verified(by: keys).id), verified"
        } catch {
            return "\(names); NOT VERIFIED: \(error)"
        }
    }
}

/// `vigil bundle show`: manifest, rules and tests.
struct BundleShowCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Show what is in a bundle: packs, rules, overrides, tests, and who signed it.",
        discussion: """
            EXAMPLES:
              vigil bundle show release.bundle --bundle-key release.pub
            """)

    @Argument(help: "The bundle.")
    var file: String

    @Option(name: .customLong("bundle-key"), help: ArgumentHelp("A public key to verify it by; may be repeated.", valueName: "file"))
    var keys: [String] = []

    func run() throws {
        let bundle = try BundleCommand.read(file)
        let manifest = bundle.manifest
        let score = manifest.tests.mutationScore.map { ", \($0) % of changes noticed" } ?? ""
        let signers = BundleCommand.signers(of: bundle, keys: try EditionRules.keys(keys))
        Output.line("bundle     \(bundle.id)")
        Output.line("signed by  \(signers)")
        Output.line("published  \(manifest.published), vigil \(manifest.vigil)")
        Output.line("packs      \(manifest.packs.isEmpty ? "none with a name" : manifest.packs.joined(separator: ", "))")
        Output.line("rules      \(manifest.ruleCount) evaluated, each row of a table counted (\(manifest.rules.prefix(12)))")
        Output.line("knowledge  \(manifest.knowledgeVersion) (\(manifest.knowledge.prefix(12)))")
        Output.line("tests      \(manifest.tests.passed) passed, \(manifest.tests.skipped) not run\(score)")
        for layer in Layer.allCases {
            for file in bundle.files where file.layer == layer { Output.line("  \(file.digest.short)  \(layer.rawValue)/\(file.path)") }
        }
    }
}

/// `vigil bundle diff`: what one bundle changes against another, rule by rule.
struct BundleDiffCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "diff",
        abstract: "Tell what one bundle changes against another: rules, rows, thresholds, words, sets and overrides.",
        discussion: """
            Rules are compared as they are in force on the day on which each bundle was published.

            EXIT CODES:
              0  nothing differs
              1  something differs
              2  files missing or damaged, wrong arguments

            EXAMPLES:
              vigil bundle diff running.bundle next.bundle
            """)

    @Argument(help: "The bundle that is there.")
    var old: String

    @Argument(help: "The bundle that shall come.")
    var new: String

    @OptionGroup var knowledge: KnowledgeOptions

    func run() throws {
        let base = try knowledge.open()
        let diff = BundleDiff(try BundleCommand.read(old), try BundleCommand.read(new)) { bundle in
            RuleCompiler(knowledge: base, today: bundle.manifest.published).laid(bundle.ruleFiles).files
        }
        Output.text(diff.text)
        if !diff.isEmpty { throw Outcome.findings }
    }
}
