import Foundation
import RuleLanguage
import Testing

@Suite struct MessageCatalogTests {
    /// Every code that rules, their tests and the tables can get has a page.
    @Test func everyCodeHasAPage() throws {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let files = try #require(FileManager.default.enumerator(at: root.appendingPathComponent("Sources"), includingPropertiesForKeys: nil))
        var codes: Set<String> = []
        for case let file as URL in files where file.pathExtension == "swift" && !file.lastPathComponent.hasSuffix("Pages.swift") {
            let text = try String(contentsOf: file, encoding: .utf8)
            for part in text.split(separator: "\"") where part.count == 4 && part.first == "V" && Int(part.dropFirst()) != nil {
                codes.insert(String(part))
            }
        }
        #expect(codes.count > 30)
        let pages = Set(MessageCatalog.all.map(\.code))
        #expect(codes.subtracting(pages) == [])
        #expect(pages.subtracting(codes) == [], "a page for a message that nobody gets")
    }

    @Test func pagesAreFoundByAnyCase() {
        #expect(MessageCatalog.page("v201")?.markdown.hasPrefix("# V201: ") == true)
        #expect(MessageCatalog.page("V999") == nil)
    }
}
