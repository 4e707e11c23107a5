/// What is checked before libyaml sees a text: its encoding, and characters that look like others.
struct YAMLTextCheck {
    /// Beyond so many of one kind, a further one tells nothing new.
    private static let greatestRepeats = 20

    private var text: YAMLText
    private var diagnostics: [Diagnostic] = []
    private var covers: [YAMLText.Cover] = []
    private var repeats: [String: Int] = [:]
    private var source: Source { text.source }

    /// The text with its unusable characters covered, or nil if it is in no encoding that can be read on.
    static func check(_ source: Source) -> (text: YAMLText?, diagnostics: [Diagnostic]) {
        let bytes = source.bytes
        if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) || bytes.contains(0) {
            return (nil, [.notText(source)])
        }
        let hasMark = bytes.starts(with: [0xEF, 0xBB, 0xBF])
        var check = YAMLTextCheck(text: YAMLText(source: source, start: hasMark ? 3 : 0))
        if hasMark { check.diagnostics.append(.byteOrderMark(source)) }
        for line in 1...source.lineCount {
            guard let range = source.lineRange(line) else { continue }
            check.checkLine(SourceRange(start: max(range.start, check.text.start), end: range.end))
        }
        _ = check.text.cover(check.covers)
        return (check.text, check.diagnostics)
    }

    private init(text: YAMLText) {
        self.text = text
    }

    private mutating func checkLine(_ line: SourceRange) {
        checkIndentation(line)
        guard source.bytes[line.start..<line.end].contains(where: { $0 >= 0x7F || $0 < 0x20 && $0 != 0x09 }) else { return }
        let comment = commentStart(line)
        var reported: Set<UnusualCharacter.Kind> = []
        var offset = line.start
        while offset < line.end {
            let length = source.bytes[offset...].withUnsafeBufferPointer { JSONText.scalarLength($0) }
            let range = SourceRange(start: offset, end: offset + max(length, 1))
            offset = range.end
            if let unusual = UnusualCharacter(source.bytes[range.start..<range.end], isWellFormed: length > 0) {
                note(unusual, at: range, inComment: range.start >= comment, isFirst: reported.insert(unusual.kind).inserted)
            }
        }
    }

    private mutating func note(_ unusual: UnusualCharacter, at range: SourceRange, inComment: Bool, isFirst: Bool) {
        if unusual.stopsLibyaml || unusual.kind == .space {
            let byte = unusual.kind == .space || unusual.kind == .lineBreak ? UInt8(ascii: " ") : UInt8(ascii: "_")
            covers.append(.init(range: range, byte: byte))
        }
        guard isFirst, !inComment || unusual.kind == .encoding || unusual.kind == .direction else { return }
        report(unusual.diagnostic(in: source, at: range), kind: "\(unusual.kind)")
    }

    /// Tabs before the first character of a line. A line of blanks alone does no harm, but libyaml minds.
    private mutating func checkIndentation(_ line: SourceRange) {
        let ink = text.firstInk(from: line.start, to: line.end)
        guard let tab = source.bytes[line.start..<ink].firstIndex(of: 0x09) else { return }
        covers.append(.init(range: SourceRange(start: line.start, end: ink)))
        guard ink < line.end else { return }
        report(
            Diagnostic(
                code: "V105", message: "this line is indented with a tab; YAML allows only blanks there",
                file: source.name, range: SourceRange(start: tab, end: ink), label: "tab",
                help: ["replace the tab with two blanks for each level; most editors can do so as you type"]),
            kind: "tab")
    }

    private mutating func report(_ diagnostic: Diagnostic, kind: String) {
        repeats[kind, default: 0] += 1
        guard repeats[kind, default: 0] <= Self.greatestRepeats else { return }
        diagnostics.append(diagnostic)
    }

    /// Where a comment seems to begin; an error here costs or spares only a remark about a blank.
    private func commentStart(_ line: SourceRange) -> Int {
        var quotes = 0
        for offset in line.start..<line.end {
            let byte = source.bytes[offset]
            if byte == UInt8(ascii: "\"") { quotes += 1 }
            let begins = offset == line.start || source.bytes[offset - 1] == 0x20 || source.bytes[offset - 1] == 0x09
            if byte == UInt8(ascii: "#"), begins, quotes.isMultiple(of: 2) { return offset }
        }
        return line.end
    }
}

extension Diagnostic {
    fileprivate static func notText(_ source: Source) -> Diagnostic {
        Diagnostic(
            code: "V109", message: "this file is not UTF-8 text", file: source.name,
            range: SourceRange(start: 0, end: min(1, source.bytes.count)),
            help: ["save it as UTF-8 without a byte order mark"])
    }

    fileprivate static func byteOrderMark(_ source: Source) -> Diagnostic {
        Diagnostic(
            code: "V109", message: "this file begins with an invisible byte order mark", file: source.name,
            range: SourceRange(start: 0, end: 3), help: ["save it as UTF-8 without a byte order mark"])
    }
}
