import Documents
import Foundation
import Testing

@testable import RuleLanguage

/// Each page of the catalogue tells the truth: its wrong example gets its message, and no other, where the mark is; its right one gets none.
@Suite struct MessagePagesTests {
    static let codes = MessageHosts.all.keys.filter { !$0.hasPrefix("V4") }.sorted()

    /// An example put in the place of `@@`, each of its lines indented as that is.
    static func file(_ host: String, _ example: String) -> String {
        host.split(separator: "\n", omittingEmptySubsequences: false).map { line -> String in
            guard let place = line.firstRange(of: "@@") else { return String(line) }
            let before = line[..<place.lowerBound]
            guard before.allSatisfy({ $0 == " " }) else { return String(line.replacing("@@", with: example)) }
            return example.split(separator: "\n", omittingEmptySubsequences: false).map { String(before) + String($0) }.joined(separator: "\n")
        }.joined(separator: "\n") + "\n"
    }

    private func messages(_ page: MessagePage, _ text: String) -> [Diagnostic] {
        var sources = [Source(name: page.file, text: text)]
        if page.code == "V320" {
            let earlier = MessageHosts.all["V201"].map { Self.file($0, "b: { class: nsaid }") } ?? ""
            sources.append(Source(name: "earlier.yaml", text: earlier.replacingOnce("rule: sample", "rule: earlier")))
        }
        return Samples.compiler.compile(sources).diagnostics
    }

    @Test(arguments: codes)
    func theRightExampleGetsNoMessage(code: String) throws {
        let page = try #require(MessageCatalog.page(code))
        let host = try #require(MessageHosts.all[code])
        #expect(messages(page, Self.file(host, page.right)).map { "\($0.code) \($0.message)" } == [], "\(code)")
    }

    @Test(arguments: codes)
    func theWrongExampleGetsItsMessageAtTheMark(code: String) throws {
        let page = try #require(MessageCatalog.page(code))
        let host = try #require(MessageHosts.all[code])
        let marked = MarkedText(Self.file(host, page.marked))
        let found = messages(page, String(decoding: marked.source.bytes, as: UTF8.self))
        #expect(found.map(\.code) == [code], "\(found.map(\.message))")
        #expect(found.first?.range?.start == marked.mark, "\(code)")
    }

    @Test func everyPageIsTried() {
        // Those of tables are tried in KnowledgeStoreTests, those of tests in ReplayTests and AuthoringTests, those of overrides in LayerPagesTests.
        let elsewhere = MessageCatalog.all.map(\.code).filter { $0.hasPrefix("V8") || $0.hasPrefix("V6") || $0 == "V412" }
        #expect(Set(MessageHosts.all.keys).union(elsewhere) == Set(MessageCatalog.all.map(\.code)))
    }

    /// The pages of `docs/messages` are those of the catalogue; VIGIL_RECORD=1 writes them.
    @Test func theManualHasEveryPage() throws {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let folder = root.appendingPathComponent("docs/messages")
        let isRecording = ProcessInfo.processInfo.environment["VIGIL_RECORD"] == "1"
        if isRecording { try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true) }
        for page in MessageCatalog.all {
            let file = folder.appendingPathComponent("\(page.code).md")
            if isRecording { try Data(page.markdown.utf8).write(to: file) }
            #expect((try? String(contentsOf: file, encoding: .utf8)) == page.markdown, "docs/messages/\(page.code).md")
        }
        let written = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasPrefix("V") }
        #expect(Set(written) == Set(MessageCatalog.all.map { "\($0.code).md" }))
    }
}
