/// Text that YAML takes for something else.
extension YAMLExplainer {
    // MARK: V103: a colon in text

    /// `summary: Warning: potassium`, or an entry below a text that is indented as if it went on.
    func colonInBlock() -> Explanation {
        guard let last = builder.lastScalar, text.line(at: last.node.range.start) != text.line(at: failure.offset) else {
            return colonInText()
        }
        let inside = builder.stack.last
        let isValue = last.key != nil || inside.map { !$0.isMapping } ?? false
        return isValue ? deeperEntry(below: last) : lineWithoutColon(last.node.range)
    }

    func colonInText() -> Explanation {
        let start = builder.lastScalar?.node.range.start ?? failure.offset
        let value = text.value(from: start, inFlow: inFlow)
        let covers = text.colons(in: value).map { YAMLText.Cover(range: $0, byte: UInt8(ascii: "_"), restores: true) }
        let words = source.text(in: value)
        if let first = words.unicodeScalars.first, CurlyQuotes.opening.contains(first) {
            return Explanation(diagnostic: .curlyQuotes(source, value, words), covers: covers)
        }
        return Explanation(
            diagnostic: problem(
                "V103", "\(noun(before: start)) holds a colon, which starts a map in YAML", at: value, label: "put it in quotes", help: "write `\(quotedLine(value, key: key(before: start)))`"),
            covers: covers)
    }

    private func noun(before start: Int) -> String {
        key(before: start)?.text.map { "the text after `\($0)`" } ?? "this text"
    }

    /// `[a:, b]`: a colon right before a sign of the flow collection around it.
    func colonBeforeSign() -> Explanation {
        let value = text.value(from: failure.contextOffset, inFlow: true)
        let found = text.bytes[value.start...].prefix { $0 != 0x0A }.firstIndex(of: UInt8(ascii: ":")) ?? failure.offset
        let colon = text.byte(failure.offset) == UInt8(ascii: ":") ? failure.offset : found
        return Explanation(
            diagnostic: problem(
                "V100", "after the colon of a key must stand a blank", at: value,
                help: "if it is text, put it in quotes: `\(quotedLine(value, key: key(before: value.start)))`"),
            covers: [.init(range: SourceRange(start: colon, end: colon + 1), byte: UInt8(ascii: "_"), restores: true)])
    }

    /// The line that failed is indented deeper than the text above, so it was read as its continuation.
    private func deeperEntry(below last: (node: YAMLNode, key: YAMLNode?)) -> Explanation {
        let line = text.line(at: failure.offset)
        let ink = text.firstInk(from: line.start, to: line.end)
        let entry = text.value(from: ink, inFlow: false)
        let key = last.key?.text ?? "the text above"
        var diagnostic = problem(
            "V100", "this entry is indented as if it went on with the text above", at: entry,
            label: "read as text of `\(key)`",
            help: "align it with `\(key)` if it is an entry beside it",
            "write `\(key): >-` and the text below it if it is text with a colon")
        diagnostic.related = [.init(file: source.name, range: last.node.range.firstLine(of: text), message: "the text begins here")]
        return Explanation(
            diagnostic: diagnostic,
            covers: text.colons(in: entry).map { .init(range: $0, byte: UInt8(ascii: "_"), restores: true) },
            keepsContent: false)
    }

    /// A line that is no entry, right above an entry.
    private func lineWithoutColon(_ range: SourceRange) -> Explanation {
        let line = text.value(from: range.start, inFlow: false)
        let end = text.line(at: failure.offset).start
        return Explanation(
            diagnostic: noColon(line), covers: [.init(range: SourceRange(start: range.start, end: end))],
            keepsContent: false)
    }

    /// A line among the entries of a map that has no colon, or no blank after it.
    func missingColon() -> Explanation {
        let line = text.value(from: failure.contextOffset, inFlow: false)
        let end = max(text.line(at: failure.offset).start, line.end)
        return Explanation(
            diagnostic: noColon(line), covers: [.init(range: SourceRange(start: line.start, end: end))],
            keepsContent: false)
    }

    private func noColon(_ line: SourceRange) -> Diagnostic {
        let words = source.text(in: line)
        if let colon = words.firstIndex(of: ":") {
            return problem(
                "V100", "after the colon of a key must stand a blank", at: line,
                help: "write `\(words[...colon]) \(words[colon...].dropFirst())`")
        }
        return problem(
            "V100", "this line has no colon, so it is no entry of the map around it", at: line,
            help: "write `key: value`; longer text goes below a `key: >-`, indented")
    }

    // MARK: V107: `>` and `|`

    /// `latest: > 5.0`: a sign that begins a block of text, with something after it.
    func comparison(at sign: Int) -> Explanation {
        let value = text.value(from: sign, inFlow: inFlow)
        let words = source.text(in: value)
        let cover = YAMLText.Cover(range: SourceRange(start: sign, end: sign + 1), byte: UInt8(ascii: "_"), restores: true)
        guard words.hasPrefix(">") else {
            return Explanation(
                diagnostic: problem(
                    "V107", "`|` starts a block of text, which begins on the next line", at: value,
                    help: "begin the text on the next line, indented", "or put it in quotes: `\(quotedLine(value, key: key(before: sign)))`"),
                covers: [cover])
        }
        return Explanation(
            diagnostic: .comparison(source, value, quoted: quotedLine(value, key: key(before: sign))), covers: [cover])
    }

    /// A value that begins with a character YAML keeps for itself.
    func forbiddenStart() -> Explanation {
        let sign = text.byte(failure.offset) ?? 0
        if sign == UInt8(ascii: ">") || sign == UInt8(ascii: "|") { return comparison(at: failure.offset) }
        let value = text.value(from: failure.offset, inFlow: inFlow)
        let one = SourceRange(start: failure.offset, end: failure.offset + 1)
        if sign == UInt8(ascii: "\t") {
            return Explanation(
                diagnostic: problem("V105", "a tab stands where YAML allows only blanks", at: one, label: "tab", help: "type a blank instead"),
                covers: [.init(range: one)])
        }
        return Explanation(
            diagnostic: problem(
                "V100", "text must not begin with `\(source.text(in: one))`, unless it is in quotes", at: value,
                help: "write `\(quotedLine(value, key: key(before: failure.offset)))`"),
            covers: [.init(range: one, byte: UInt8(ascii: "_"), restores: true)])
    }

    // MARK: Quotes

    func unclosedQuote(at start: Int) -> Explanation {
        let value = text.value(from: start, inFlow: false)
        let sign = source.text(in: SourceRange(start: start, end: start + 1))
        return Explanation(
            diagnostic: problem(
                "V100", "this quotation is never closed", at: value, label: "begins here",
                help: "write `\(sign)` at its end; in single quotes an apostrophe is written twice"),
            covers: [.init(range: value, byte: UInt8(ascii: "_"), restores: true)])
    }

    func unknownEscape() -> Explanation {
        let range = SourceRange(start: failure.offset, end: failure.offset + 2)
        let backslash = text.byte(failure.offset) == UInt8(ascii: "\\") ? failure.offset : max(0, failure.offset - 2)
        return Explanation(
            diagnostic: problem(
                "V100", "this is no escape that YAML knows in double quotes", at: SourceRange(start: backslash, end: range.end),
                help: "use single quotes, in which a backslash is a backslash", "or write it twice: `\\\\`"),
            covers: [.init(range: SourceRange(start: backslash, end: backslash + 1), byte: UInt8(ascii: "_"))])
    }

    // MARK: V102: signs of refused features in front of text

    func refusedSign(noun: String) -> Explanation {
        let value = text.value(from: failure.contextOffset, inFlow: inFlow)
        let sign = SourceRange(start: value.start, end: value.start + 1)
        return Explanation(
            diagnostic: problem(
                "V102", "`\(source.text(in: sign))` starts \(noun) in YAML; rules are written without them", at: value,
                help: "if it is text, put it in quotes: `\(quotedLine(value, key: key(before: value.start)))`"),
            covers: [.init(range: sign, byte: UInt8(ascii: "_"), restores: true)])
    }

    func directive() -> Explanation {
        let line = text.line(at: failure.contextOffset)
        return Explanation(diagnostic: .directive(source, line), covers: [.init(range: line)])
    }
}

extension SourceRange {
    /// The part of it on its first line.
    func firstLine(of text: YAMLText) -> SourceRange {
        SourceRange(start: start, end: min(end, text.line(at: start).end))
    }
}
