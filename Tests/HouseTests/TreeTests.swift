import Testing

/// What holds of every file of the tree.
@Suite("Tree")
struct TreeTests {
    private let swift: [SourceTree.File]

    init() throws {
        swift = try SourceTree.files(in: ["Sources", "Tests", "Benchmarks"], suffix: ".swift")
    }

    @Test("No file has 500 lines or more")
    func length() {
        for file in swift { #expect(file.lines.count < 500, "\(file) has \(file.lines.count) lines") }
    }

    @Test("No file names a place of somebody's machine")
    func machinePaths() throws {
        let places = ["work", "tmp", "home", "root", "opt", "Users"].map { "/\($0)/" }
        let others = try SourceTree.files(in: ["Makefile", "Package.swift", "scripts", ".ci"])
        for file in swift + others {
            for (index, line) in file.lines.enumerated() {
                for place in places {
                    #expect(!containsPath(line, place), "\(file):\(index + 1): \(place)")
                }
            }
        }
    }

    @Test("Nothing outside the door formats or decodes by Foundation")
    func noFormatters() {
        let names = [
            "JSONDecoder", "JSONEncoder", "JSONSerialization", "DateFormatter", "ISO8601DateFormatter", "NumberFormatter",
            "Calendar(", "String(format:",
        ]
        for file in swift where file.path.hasPrefix("Sources/") && file.room != "vigil" {
            for (number, text) in file.code {
                for name in names { #expect(!text.contains(name), "\(file):\(number): \(name)") }
            }
        }
    }

    @Test("Nothing that traps on what it is given, and nothing left for later")
    func noTraps() {
        let words = ["try" + "!", " as" + "! ", "fatalError" + "(", "TO" + "DO", "FIX" + "ME", "unsafelyUnwrapped"]
        for file in swift where file.path.hasPrefix("Sources/") {
            for (number, text) in file.lines.enumerated() {
                for word in words { #expect(!text.contains(word), "\(file):\(number + 1): \(word)") }
            }
        }
    }

    /// Whether a path begins here, not `text/work/` in the middle of words.
    private func containsPath(_ line: Substring, _ place: String) -> Bool {
        line.ranges(of: place).contains { range in
            guard range.lowerBound > line.startIndex else { return true }
            let before = line[line.index(before: range.lowerBound)]
            return !before.isLetter && !before.isNumber && before != "." && before != "/" && before != "}"
        }
    }
}
