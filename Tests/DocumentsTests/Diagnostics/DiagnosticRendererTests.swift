import Documents
import Testing

@Suite struct DiagnosticRendererTests {
    private func rendered(
        _ sample: String, format: DiagnosticFormat = .text, color: Bool = false, name: String = "Rules/x.yaml",
        _ change: (inout Diagnostic, MarkedText) -> Void
    ) -> String {
        let marked = MarkedText(sample, name: name)
        let start = marked.marks[1] ?? 0
        var diagnostic = Diagnostic(
            code: "V201", message: "no ingredient is called `warfrin`", file: name,
            range: SourceRange(start: start, end: marked.marks[2] ?? start))
        change(&diagnostic, marked)
        return DiagnosticRenderer(format: format, color: color).render([diagnostic], sources: [name: marked.source])
    }

    /// The message of STYLE's chapter "Messages".
    @Test func message() {
        let sample = String(repeating: "#\n", count: 8) + "    ingredient: 1️⃣warfrin2️⃣\n"
        let text = rendered(sample, name: "Rules/bleeding/warfarin-nsaid.yaml") { diagnostic, _ in
            diagnostic.label = "not in knowledge 2026.2"
            diagnostic.help = ["did you mean `warfarin`?"]
            diagnostic.notes = ["`vigil explain V201` tells more"]
        }
        #expect(
            text == """
                error[V201]: no ingredient is called `warfrin`
                  --> Rules/bleeding/warfarin-nsaid.yaml:9:17
                   |
                 9 |     ingredient: warfrin
                   |                 ^^^^^^^ not in knowledge 2026.2
                   |
                   = help: did you mean `warfarin`?
                   = note: `vigil explain V201` tells more

                """)
    }

    @Test func widerGutterAndRelated() {
        let sample = "3️⃣rule: a\n" + String(repeating: "#\n", count: 120) + "1️⃣rule2️⃣: b\n"
        let text = rendered(sample) { diagnostic, marked in
            diagnostic.severity = .warning
            diagnostic.related = [
                .init(
                    file: "Rules/x.yaml", range: SourceRange(start: marked.marks[3] ?? 0, end: 4), message: "first here")
            ]
            diagnostic.help = ["keep one\nof the two"]
        }
        #expect(
            text == """
                warning[V201]: no ingredient is called `warfrin`
                   --> Rules/x.yaml:122:1
                    |
                122 | rule: b
                    | ^^^^
                    |
                   ::: Rules/x.yaml:1:1
                    |
                  1 | rule: a
                    | ---- first here
                    |
                    = help: keep one
                            of the two

                """)
    }

    @Test func tabsAndWideCharacters() {
        let text = rendered("\tä\t漢字 e\u{301}: 1️⃣x漢2️⃣ y\n") { _, _ in }
        #expect(
            text == """
                error[V201]: no ingredient is called `warfrin`
                  --> Rules/x.yaml:1:11
                   |
                 1 | \tä\t漢字 e\u{301}: x漢 y
                   | \t \t        ^^^

                """)
    }

    @Test func severalLinesAndEmptyRange() {
        let lines = rendered("a: 1️⃣[b,\n  c2️⃣]\n") { _, _ in }
        #expect(lines.hasSuffix(" 1 | a: [b,\n   |    ^^^\n"))
        let empty = rendered("a:1️⃣\nb: c\n") { diagnostic, _ in diagnostic.label = "here" }
        #expect(empty.hasSuffix(" 1 | a:\n   |   ^ here\n"))
        let end = rendered("a: b\n1️⃣") { _, _ in }
        #expect(end.hasSuffix(":2:1\n   |\n 2 |\n   | ^\n"))
    }

    @Test func withoutPlace() {
        let text = rendered("") { diagnostic, _ in
            diagnostic.range = nil
            diagnostic.help = ["write something"]
        }
        #expect(text == "error[V201]: no ingredient is called `warfrin`\n  --> Rules/x.yaml\n   = help: write something\n")
        let unknown = rendered("1️⃣a2️⃣") { diagnostic, _ in diagnostic.file = "other.yaml" }
        #expect(unknown == "error[V201]: no ingredient is called `warfrin`\n  --> other.yaml\n")
    }

    /// Texts of others must not steer the reader's terminal.
    @Test func controlCharacters() {
        let text = rendered("a: \u{1B}[31m\u{202E}1️⃣x2️⃣\n") { _, _ in }
        #expect(text.contains(" 1 | a: \u{FFFD}[31m\u{FFFD}x\n"))
        #expect(!text.contains("\u{1B}"))
    }

    @Test func longLine() {
        let text = rendered("a: " + String(repeating: "x", count: 5000) + "1️⃣yyy2️⃣" + String(repeating: "z", count: 5000)) { _, _ in }
        #expect(text.split(separator: "\n").allSatisfy { $0.count < 260 })
        #expect(text.contains("yyy"))
    }

    @Test func colour() {
        let text = rendered("1️⃣a2️⃣", color: true) { _, _ in }
        #expect(text.contains("\u{1B}[1;31merror[V201]\u{1B}[0m"))
    }

    @Test func concise() {
        let text = rendered("a:\n  ü 1️⃣b2️⃣\n", format: .concise) { _, _ in }
        #expect(text == "Rules/x.yaml:2:5: error[V201]: no ingredient is called `warfrin`\n")
    }

    @Test func json() {
        let text = rendered("a:\n  ü 1️⃣b2️⃣\n", format: .json) { diagnostic, marked in
            diagnostic.help = ["x"]
            diagnostic.related = [.init(file: diagnostic.file, range: SourceRange(start: 0, end: 1), message: "y")]
        }
        #expect(
            text == """
                [
                  {
                    "code": "V201",
                    "severity": "error",
                    "message": "no ingredient is called `warfrin`",
                    "file": "Rules/x.yaml",
                    "line": 2,
                    "column": 5,
                    "endLine": 2,
                    "endColumn": 6,
                    "help": [
                      "x"
                    ],
                    "notes": [],
                    "related": [
                      {
                        "message": "y",
                        "file": "Rules/x.yaml",
                        "line": 1,
                        "column": 1,
                        "endLine": 1,
                        "endColumn": 2
                      }
                    ]
                  }
                ]

                """)
        #expect(DiagnosticRenderer(format: .json).render([], sources: [:]) == "[]\n")
    }
}
