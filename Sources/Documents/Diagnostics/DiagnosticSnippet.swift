/// One diagnostic with the lines it points at.
///
/// ```
/// error[V201]: no ingredient is called `warfrin`
///   --> Rules/bleeding/warfarin-nsaid.yaml:9:17
///    |
///  9 |     ingredient: warfrin
///    |                 ^^^^^^^ not in knowledge 2026.2
///    |
///    = help: did you mean `warfarin`?
/// ```
struct DiagnosticSnippet {
    let diagnostic: Diagnostic
    let sources: [String: Source]
    let color: Bool

    var text: String {
        var lines = [headline]
        lines += place(arrow: "-->", file: diagnostic.file, range: diagnostic.range, mark: "^", label: diagnostic.label)
        for related in diagnostic.related {
            if lines.count > 2 { lines.append(bar) }
            lines += place(arrow: ":::", file: related.file, range: related.range, mark: "-", label: related.message)
        }
        let remarks = diagnostic.help.map { ("help", $0) } + diagnostic.notes.map { ("note", $0) }
        if !remarks.isEmpty, lines.count > 2 { lines.append(bar) }
        for (kind, words) in remarks { lines += remark(kind, words) }
        return lines.map { $0 + "\n" }.joined()
    }

    private var headline: String {
        paint("\(diagnostic.severity.rawValue)[\(diagnostic.code)]", severityColor) + paint(": \(diagnostic.message)", "1")
    }

    /// The gutter holds two digits, as most rules do; a longer file widens it.
    private var gutter: Int {
        let places = [(diagnostic.file, diagnostic.range)] + diagnostic.related.map { ($0.file, $0.range) }
        let widest = places.compactMap { Place(file: $0.0, range: $0.1, sources: sources).position?.line }.max() ?? 0
        return max(2, String(widest).count)
    }

    private var bar: String { String(repeating: " ", count: gutter + 1) + paint("|", "34") }

    private func place(arrow: String, file: String, range: SourceRange?, mark: Character, label: String?) -> [String] {
        let place = Place(file: file, range: range, sources: sources)
        let head = String(repeating: " ", count: gutter) + paint(arrow, "34") + " " + place.text
        guard let range, let source = sources[file], let position = place.position else {
            return label.map { [head, bar + " " + $0] } ?? [head]
        }
        let number = String(position.line)
        let padding = String(repeating: " ", count: gutter - number.count)
        let line = SnippetLine(source: source, line: position.line, range: range)
        var below = line.padding + paint(String(repeating: mark, count: line.width), mark == "^" ? severityColor : "34")
        if let label { below += " " + label }
        return [
            head, bar, padding + paint("\(number) |", "34") + (line.text.isEmpty ? "" : " " + line.text),
            bar + " " + below,
        ]
    }

    /// Further lines of a remark stand below its first word.
    private func remark(_ kind: String, _ words: String) -> [String] {
        let lead = String(repeating: " ", count: gutter + 1) + paint("=", "34") + " \(kind): "
        let indent = String(repeating: " ", count: gutter + 1 + 4 + kind.count)
        return words.split(separator: "\n", omittingEmptySubsequences: false).enumerated().map {
            ($0.offset == 0 ? lead : indent) + $0.element
        }
    }

    private var severityColor: String {
        switch diagnostic.severity {
        case .error: "1;31"
        case .warning: "1;33"
        case .note: "1;36"
        }
    }

    private func paint(_ text: String, _ code: String) -> String {
        color ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
    }
}

/// A line as it may be shown on a terminal, and where its marks stand.
private struct SnippetLine {
    /// Longer lines are cut on both sides of the mark.
    private static let longest = 240

    let text: String
    /// What stands before the marks: blanks, and the line's own tabs, so that the marks align.
    let padding: String
    let width: Int

    init(source: Source, line: Int, range: SourceRange) {
        let bytes = source.lineRange(line) ?? range
        let stop = max(min(range.end, bytes.end), range.start)
        var before = Self.shown(source.text(in: SourceRange(start: bytes.start, end: range.start)))
        var marked = Self.shown(source.text(in: SourceRange(start: range.start, end: stop)))
        var after = Self.shown(source.text(in: SourceRange(start: stop, end: bytes.end)))
        if before.count + marked.count + after.count > Self.longest {
            if before.count > 80 { before = ["…"] + before.suffix(79) }
            if marked.count > 120 { marked = Array(marked.prefix(119)) + ["…"] }
            let room = max(1, Self.longest - before.count - marked.count)
            if after.count > room { after = Array(after.prefix(room - 1)) + ["…"] }
        }
        text = String(before + marked + after)
        padding = before.map { $0 == "\t" ? "\t" : String(repeating: " ", count: Self.columns($0)) }.joined()
        width = max(1, marked.reduce(0) { $0 + Self.columns($1) })
    }

    /// The characters, with those that would steer the terminal or turn the reading direction made visible.
    private static func shown(_ text: String) -> [Character] {
        text.map { character in
            let steers = character.unicodeScalars.contains { scalar in
                switch scalar.value {
                case 0x09: false
                case 0..<0x20, 0x7F..<0xA0, 0x200B, 0x200E, 0x200F, 0x2028...0x202E, 0x2060...0x2069, 0xFEFF: true
                default: false
                }
            }
            return steers ? "\u{FFFD}" : character
        }
    }

    /// Two for the wide characters of East Asia and for emoji, else one.
    private static func columns(_ character: Character) -> Int {
        guard let value = character.unicodeScalars.first?.value else { return 0 }
        switch value {
        case 0x1100...0x115F, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60,
            0xFFE0...0xFFE6, 0x1F300...0x1FAFF, 0x20000...0x3FFFD:
            return 2
        default: return 1
        }
    }
}
