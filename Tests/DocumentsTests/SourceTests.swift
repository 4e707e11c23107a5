import Documents
import Testing

@Suite struct SourceTests {
    @Test func positions() {
        let source = Source(name: "x", text: "aé𝄞b\r\n\rc\nd")
        func place(_ offset: Int) -> [Int] { [source.position(of: offset).line, source.position(of: offset).column] }
        #expect(place(0) == [1, 1])
        #expect(place(1) == [1, 2])
        #expect(place(3) == [1, 3])
        #expect(place(7) == [1, 4])
        #expect(place(10) == [2, 1])
        #expect(place(11) == [3, 1])
        #expect(place(13) == [4, 1])
        #expect(place(99) == [4, 2])
        #expect(place(-1) == [1, 1])
        #expect((0...5).map(source.lineText) == ["", "aé𝄞b", "", "c", "d", ""])
        #expect(Source(name: "x", text: "").lineCount == 1)
    }

    @Test func words() {
        let source = Source(name: "x", text: "a $drug $drug b")
        #expect(source.range(of: "$drug", within: SourceRange(start: 3, end: 15)) == SourceRange(start: 8, end: 13))
        #expect(source.range(of: "$drug", within: SourceRange(start: 9, end: 99)) == nil)
        #expect(source.range(of: "", within: SourceRange(start: 0, end: 3)) == nil)
        #expect(source.text(in: SourceRange(start: 2, end: 99)) == "$drug $drug b")
    }

    @Test func files() throws {
        let source = try SourceFile.read(#filePath, name: "SourceTests.swift")
        #expect(source.name == "SourceTests.swift")
        #expect(source.lineText(1) == "import Documents")
        #expect(throws: SourceFileError(path: "/no/such", problem: .notFound)) { try SourceFile.read("/no/such") }
        #expect(throws: SourceFileError(path: "/", problem: .directory)) { try SourceFile.read("/") }
        #expect(throws: SourceFileError(path: #filePath, problem: .tooLarge(limit: 10))) {
            try SourceFile.read(#filePath, limit: 10)
        }
        #expect(throws: SourceFileError(path: "a\u{0}b", problem: .notFound)) { try SourceFile.read("a\u{0}b") }
        #expect(SourceFileError(path: "x", problem: .notFound).message == "x: there is no such file")
    }

    @Test func aPathLeadsToOnePlaceHoweverItIsSpelled() {
        let path = #filePath
        let place = SourceFile.place(of: path)
        #expect(place.hasPrefix("/") && place.hasSuffix("/SourceTests.swift"))
        #expect(SourceFile.place(of: path.split(separator: "/", omittingEmptySubsequences: false).joined(separator: "/./")) == place)
        #expect(SourceFile.place(of: "no/such/./file") == "no/such/./file")
    }
}
