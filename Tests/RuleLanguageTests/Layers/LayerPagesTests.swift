import Documents
import SamplePack
import Testing

@testable import RuleLanguage

/// The pages about overrides tell the truth; that of V608, which needs tests to run, is tried in `ReplayTests`.
@Suite struct LayerPagesTests {
    static let codes = MessageCatalog.all.map(\.code).filter { $0.hasPrefix("V6") && $0 != "V608" }

    private func files(_ code: String, _ example: String) -> [RuleFile] {
        switch code {
        case "V601": SamplePack.files(SamplePack.overrides(of: example, "set: { grades.high.severity: moderate }"))
        case "V602": SamplePack.files(SamplePack.overrides(rule: example, "set: { grades.high.severity: moderate }"))
        case "V605" where example.contains("approved"):
            SamplePack.files(SamplePack.overrides(approved: "", example))
        case "V606": SamplePack.files(SamplePack.overrides(until: example, "set: { grades.high.severity: moderate }"))
        case "V609": SamplePack.files(SamplePack.overrides(pack: example, "set: { grades.high.severity: moderate }"))
        case "V610": [RuleFile(SamplePack.rule), RuleFile(Source(name: "core/more.yaml", text: example + "\n"))]
        case "V607": SamplePack.files(SamplePack.overrides("@").replacingOnce("@", with: example))
        default: SamplePack.files(SamplePack.overrides(example))
        }
    }

    @Test(arguments: codes)
    func theRightExampleGetsNoMessage(code: String) throws {
        let page = try #require(MessageCatalog.page(code))
        let found = Samples.compiler.compile(files(code, page.right)).diagnostics
        #expect(found.map { "\($0.code) \($0.message)" } == [], "\(code)")
    }

    @Test(arguments: codes)
    func theWrongExampleGetsItsMessageAtTheMark(code: String) throws {
        let page = try #require(MessageCatalog.page(code))
        let found = Samples.compiler.compile(files(code, page.wrong)).diagnostics
        #expect(found.map(\.code) == [code], "\(found.map(\.message))")
        let marked = files(code, page.marked).map { String(decoding: $0.source.bytes, as: UTF8.self) }.first { $0.contains(MessagePage.mark) } ?? ""
        let mark = marked.split(separator: MessagePage.mark, maxSplits: 1, omittingEmptySubsequences: false).first?.utf8.count
        #expect(found.first?.range?.start == mark, "\(code)")
    }
}

extension String {
    fileprivate func replacingOnce(_ mark: Character, with text: String) -> String {
        guard let place = firstIndex(of: mark) else { return self }
        return self[..<place] + text + self[index(after: place)...]
    }
}
