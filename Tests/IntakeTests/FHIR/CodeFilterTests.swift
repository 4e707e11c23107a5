import Documents
@testable import Intake
import Testing

@Suite struct CodeFilterTests {
    private func holds(_ json: String, _ filter: CodeFilter) throws -> Bool {
        try JSONDocument(parsing: json).root.withView { filter.holds($0) }
    }

    @Test("codes of any length are found, as they were written", arguments: [
        "\"2160-0\"", "\"33914-3\"", "\"12345678\"", "\"123456789\"", "\"2160\\u002d0\"", "\"\"",
    ])
    func holds(_ json: String) throws {
        let filter = CodeFilter(["2160-0", "33914-3", "12345678", "123456789", ""])
        #expect(try holds(json, filter))
    }

    @Test("nothing else is", arguments: [
        "\"2160-1\"", "\"2160-00\"", "\"2160-\"", "\" 2160-0\"", "\"1234567890\"", "\"\"", "2160", "null", "[\"2160-0\"]", "{}",
    ])
    func holdsNot(_ json: String) throws {
        #expect(try !holds(json, CodeFilter(["2160-0", "123456789"])))
    }

    @Test func holdsNothingWithoutCodes() throws {
        #expect(try !holds("\"2160-0\"", CodeFilter([])))
    }

    @Test func manyCodes() throws {
        let codes = (0..<2_000).map { "\($0)-\($0 % 10)" }
        let filter = CodeFilter(codes)
        for code in codes { #expect(try holds("\"\(code)\"", filter)) }
        for number in 2_000..<4_000 { #expect(try !holds("\"\(number)-\(number % 10)\"", filter)) }
    }
}
