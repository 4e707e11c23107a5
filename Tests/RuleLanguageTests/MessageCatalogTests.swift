import Foundation
import RuleLanguage
import Testing

@Suite struct MessageCatalogTests {
    /// Every code that rules and their tests can get has a page; codes of the knowledge tables (8xx) are their builder's.
    @Test func everyCodeHasAPage() throws {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        let files = try #require(FileManager.default.enumerator(at: root.appendingPathComponent("Sources"), includingPropertiesForKeys: nil))
        var codes: Set<String> = []
        for case let file as URL in files where file.pathExtension == "swift" && file.lastPathComponent != "MessageCatalog.swift" {
            let text = try String(contentsOf: file, encoding: .utf8)
            for part in text.split(separator: "\"") where part.count == 4 && part.first == "V" && Int(part.dropFirst()) != nil {
                codes.insert(String(part))
            }
        }
        #expect(codes.count > 30)
        let pages = Set(MessageCatalog.all.map(\.code))
        #expect(codes.filter { !$0.hasPrefix("V8") }.subtracting(pages) == [])
        #expect(pages.subtracting(codes) == [], "a page for a message that nobody gets")
    }

    @Test func pagesAreFoundByAnyCase() {
        #expect(MessageCatalog.page("v201")?.markdown.hasPrefix("# V201: ") == true)
        #expect(MessageCatalog.page("V999") == nil)
    }
}
