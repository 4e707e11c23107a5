@testable import CDSHooks
import Testing

@Suite("R95 R96: Markdown of text that others wrote")
struct MarkdownTests {
    @Test("signs with a meaning are escaped", arguments: [
        ("*bold* _it_ `code`", "\\*bold\\* \\_it\\_ \\`code\\`"),
        ("[click](http://evil.example)", "\\[click\\](http\\://evil.example)"),
        ("![x](y)", "!\\[x\\](y)"),
        ("<script>alert(1)</script>", "&lt;script>alert(1)&lt;/script>"),
        ("<img src=x onerror=y>", "&lt;img src=x onerror=y>"),
        ("eGFR <30 and K < 3", "eGFR <30 and K < 3"),
        ("ends with <", "ends with &lt;"),
        ("&lt;b&gt; A&B", "&amp;lt;b&amp;gt; A&B"),
        ("&#60;b", "&amp;#60;b"),
        ("# heading", "\\# heading"),
        ("- item", "\\- item"),
        ("> quote", "\\> quote"),
        ("1. first", "1\\. first"),
        ("2.5 mg", "2.5 mg"),
        ("www.evil.example a@b.c", "www\\.evil.example a\\@b.c"),
        ("a|b ~x~ \\", "a\\|b \\~x\\~ \\\\"),
        ("käse *ü* µ_g & <é", "käse \\*ü\\* µ\\_g & &lt;é"),
        ("", ""),
        ("mL/min/1.73m2, 10-20 mg (daily)", "mL/min/1.73m2, 10-20 mg (daily)"),
    ])
    func escaped(_ text: String, _ expected: String) {
        #expect(Markdown.escaped(text) == expected)
    }
}
