import Documents
import KnowledgeStore
import Testing

@testable import RuleLanguage

/// The pages about tables: a folder with the wrong example gets the message at the mark, one with the right example loads.
@Suite struct TableMessagePagesTests {
    @Test(arguments: MessageCatalog.all.map(\.code).filter { $0.hasPrefix("V8") })
    func bothExamples(code: String) throws {
        let page = try #require(MessageCatalog.page(code))
        #expect(complaints("page-right-\(code)", page.file, page.right + "\n") == [])
        let diagnostics = complaints("page-wrong-\(code)", page.file, page.wrong.isEmpty ? nil : page.wrong + "\n")
        #expect(diagnostics.map(\.code) == [code], "\(diagnostics.map(\.message))")
        let parts = page.marked.split(separator: MessagePage.mark, maxSplits: 1, omittingEmptySubsequences: false)
        #expect(diagnostics.first?.range?.start == (parts.count == 2 ? parts[0].utf8.count : nil))
    }

    /// What the builder says of a folder with one table in place of its own.
    private func complaints(_ name: String, _ file: String, _ content: String?) -> [Diagnostic] {
        do throws(KnowledgeStoreError) {
            _ = try KnowledgeBuilder.build(tables: SmallFolder.make(name, changes: [file: content]), into: SourceTables.temporary("\(name).sqlite"))
            return []
        } catch {
            if case .tables(let found, _) = error { return found }
            Issue.record("\(error)")
            return []
        }
    }
}
