import Testing

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// `docs/cds-hooks.md` says of every requirement which test shows it; this keeps what it says true.
@Suite("The page of requirements")
struct RequirementsPageTests {
    private static let root = #filePath.split(separator: "/").dropLast(3).reduce("") { "\($0)/\($1)" }

    /// The requirements as `CDS-HOOKS.md` numbers them; the gaps are its own.
    private let numbers = [1...9, 10...26, 30...44, 50...86, 90...130, 140...154, 160...188]

    private func read(_ path: String) -> String? {
        guard let file = fopen("\(Self.root)/\(path)", "rb") else { return nil }
        defer { fclose(file) }
        var bytes: [UInt8] = [], chunk = [UInt8](repeating: 0, count: 65536)
        while case let count = fread(&chunk, 1, chunk.count, file), count > 0 { bytes += chunk[..<count] }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The page; where only some rooms are checked out, there is none, and that is said.
    private func page() -> String? {
        let page = read("docs/cds-hooks.md")
        if page == nil { print("SKIPPED: docs/cds-hooks.md is not beside these tests") }
        return page
    }

    @Test("each number stands there once, with level, standing and test")
    func complete() throws {
        guard let page = page() else { return }
        let rows = page.split(separator: "\n").filter { $0.hasPrefix("| ") }.map { $0.split(separator: " | ") }
        let found = rows.filter { $0.count == 5 }.compactMap { Int($0[0].dropFirst(2)) }
        #expect(found == numbers.flatMap { Array($0) })
    }

    @Test("each test that it names is there")
    func tests() throws {
        guard let page = page() else { return }
        var count = 0
        let parts = page.split(separator: "](../Tests/")
        for (before, after) in zip(parts, parts.dropFirst()) {
            let path = after.prefix { $0 != ")" }, name = before.split(separator: "[").last ?? ""
            let text = try #require(read("Tests/\(path)"), "\(path) is not there")
            guard path.hasSuffix("Tests.swift"), let function = name.split(separator: ".").dropFirst().first else { continue }
            #expect(text.contains("func \(function)("), "\(path) has no test \(function)")
            count += 1
        }
        #expect(count > 150)
    }
}
