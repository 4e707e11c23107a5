/// Maps and lists that do not fit together.
extension YAMLExplainer {
    private var here: SourceRange { SourceRange(start: failure.offset, end: min(failure.offset + 1, text.bytes.count)) }

    // MARK: Flow collections

    /// `{ a: 1` or `[a` without its end, or something between a value and its end.
    func unclosedFlow(closing: Character) -> Explanation {
        if let placeholder = placeholderHere() { return placeholder }
        if let quote = unclosedQuoteBefore() { return quote }
        let opening = SourceRange(start: failure.contextOffset, end: failure.contextOffset + 1)
        if let last = builder.lastScalar?.node.range, last.end == failure.offset, text.byte(failure.offset) == UInt8(ascii: ":") {
            guard text.line(at: last.start).end < last.end else { return colonInText() }
            return Explanation(
                diagnostic: problem(
                    "V100", "this `\(source.text(in: opening))` is never closed", at: opening, label: "opened here",
                    help: "write `\(closing)` at its end"))
        }
        var diagnostic = problem(
            "V100", "a comma or the closing `\(closing)` is missing before this",
            at: text.value(from: failure.offset, inFlow: true), help: "text with `,` `[` `]` `{` `}` in it must be in quotes")
        diagnostic.related = [.init(file: source.name, range: opening, message: "opened here")]
        return Explanation(diagnostic: diagnostic)
    }

    /// A comma or a closing sign where a value should stand.
    func missingContent() -> Explanation {
        guard failure.offset < text.bytes.count else {
            let last = text.lastInk(before: failure.offset) ?? failure.offset
            return Explanation(
                diagnostic: problem(
                    "V100", "the text ends where a value should stand", at: SourceRange(start: last, end: min(last + 1, text.bytes.count)),
                    help: "write the value, and close what was opened"))
        }
        let sign = source.text(in: here)
        return Explanation(
            diagnostic: problem(
                "V100", "`\(sign)` stands where a value should", at: here,
                help: "leave it out, or put text that begins with it in quotes"),
            covers: [.init(range: here)])
    }

    // MARK: Lines

    /// A line, or the rest of one, that fits nowhere.
    func misplacedLine() -> Explanation {
        if let placeholder = placeholderHere() { return placeholder }
        if let quote = unclosedQuoteBefore() { return quote }
        let line = text.line(at: failure.offset)
        let ink = text.firstInk(from: line.start, to: line.end)
        return ink < failure.offset ? trailingText(line) : misalignedLine(SourceRange(start: ink, end: line.end))
    }

    /// Something after a value that has ended: `[a] text`, `"a" text`.
    private func trailingText(_ line: SourceRange) -> Explanation {
        let rest = text.value(from: failure.offset, inFlow: false)
        let last = text.lastInk(before: failure.offset).flatMap(text.byte)
        let isQuote = last == UInt8(ascii: "\"") || last == UInt8(ascii: "'")
        return Explanation(
            diagnostic: isQuote
                ? problem(
                    "V100", "the text ended with the quote; nothing may follow it", at: rest,
                    help: "put all of the text in quotes; a quote of the same kind inside is written twice (`''`) or as `\\\"`")
                : problem("V100", "the value before this has ended; nothing may follow it", at: rest, help: "if all of it is text, put it in quotes"),
            covers: [.init(range: SourceRange(start: failure.offset, end: max(rest.end, failure.offset + 1)))])
    }

    private func misalignedLine(_ line: SourceRange) -> Explanation {
        let entry = text.value(from: line.start, inFlow: false)
        let isList = text.byte(line.start) == UInt8(ascii: "-") && (text.byte(line.start + 1) ?? 0x20) <= 0x20
        let column = source.position(of: line.start).column
        if failure.problem.hasSuffix("<document start>") {
            return Explanation(
                diagnostic: problem(
                    "V100", "this line does not line up with the first line of the file", at: entry,
                    help: "let the outermost entries begin in the first column"))
        }
        let outer = source.position(of: failure.contextOffset)
        let message: String
        if failure.problem.contains("'-'") {
            message = "this line does not line up with the list above it"
        } else if isList, column == outer.column {
            message = "a list entry stands among the entries of a map"
        } else {
            message = "this line does not line up with the entries above it"
        }
        var diagnostic = problem(
            "V100", message, at: entry,
            help: "indent it as its neighbours: the map or list around it begins in column \(outer.column)")
        diagnostic.related = [
            .init(
                file: source.name, range: text.value(from: failure.contextOffset, inFlow: false),
                message: "the map or list around it begins here")
        ]
        return Explanation(diagnostic: diagnostic, covers: [.init(range: block(of: line))], keepsContent: false)
    }

    /// A line with those that are indented deeper below it.
    private func block(of line: SourceRange) -> SourceRange {
        let indentation = line.start - text.line(at: line.start).start
        var end = line.end
        while end < text.bytes.count {
            var start = end + 1
            if text.byte(end) == 0x0D, text.byte(start) == 0x0A { start += 1 }
            guard start < text.bytes.count else { break }
            let next = text.line(at: start)
            let ink = text.firstInk(from: next.start, to: next.end)
            guard ink == next.end || ink - next.start > indentation else { break }
            end = next.end
        }
        return SourceRange(start: line.start, end: end)
    }

    /// `key: - entry`.
    func listOnKeyLine() -> Explanation {
        let value = text.value(from: failure.offset, inFlow: false)
        let words = source.text(in: value)
        return Explanation(
            diagnostic: problem(
                "V100", "a list cannot begin on the line of its key", at: value,
                help: "begin it on the next line, or write `[\(words.drop { $0 == "-" || $0 == " " })]`",
                "if it is text, put it in quotes: `\(quotedLine(value, key: key(before: failure.offset)))`"),
            covers: [.init(range: here, byte: UInt8(ascii: "_"), restores: true)])
    }

    func questionMark() -> Explanation {
        let value = text.value(from: failure.offset, inFlow: inFlow)
        return Explanation(
            diagnostic: problem(
                "V100", "text must not begin with `? `, unless it is in quotes", at: value,
                help: "write `\(quotedLine(value, key: key(before: failure.offset)))`"),
            covers: [.init(range: here, byte: UInt8(ascii: "_"), restores: true)])
    }

    // MARK: Unclosed quotes that were closed by the next ones

    /// The text before ran over lines to a quote that was meant to open another.
    private func unclosedQuoteBefore() -> Explanation? {
        guard let last = builder.lastScalar?.node, last.style == .double || last.style == .single,
            last.range.end == failure.offset, text.line(at: last.range.start).end < last.range.end
        else { return nil }
        return unclosedQuote(at: last.range.start)
    }

    // MARK: V106: placeholders in braces

    /// `{drug} with …`: a placeholder ends right before the failure, or `${drug}` begins at it.
    private func placeholderHere() -> Explanation? {
        let line = text.line(at: failure.offset)
        let placeholders = placeholders(in: line)
        guard
            let found = placeholders.first(where: { found in
                found.range.end - 1 == text.lastInk(before: failure.offset)
                    || found.range.start..<found.range.end ~= failure.offset
            })
        else { return nil }
        // All of this value are covered at once; the help shows it whole as it should be.
        let start = builder.lastFlowStart(before: found.range.start) ?? found.range.start
        let value = text.value(from: min(start, found.range.start), inFlow: false)
        let others = placeholders.filter { $0.range.start >= value.start }
        return Explanation(
            diagnostic: .placeholder(source, found.range, name: found.name, whole: inFlow ? nil : rewritten(value, others)),
            covers: others.flatMap { placeholder in
                [
                    YAMLText.Cover(range: SourceRange(start: placeholder.brace, end: placeholder.brace + 1), byte: UInt8(ascii: "_"), restores: true),
                    YAMLText.Cover(
                        range: SourceRange(start: placeholder.range.end - 1, end: placeholder.range.end), byte: UInt8(ascii: "_"),
                        restores: true),
                ]
            })
    }

    private typealias Placeholder = (range: SourceRange, brace: Int, name: String)

    /// The `{name}` and `${name}` of a line.
    private func placeholders(in line: SourceRange) -> [Placeholder] {
        var found: [Placeholder] = []
        var offset = line.start
        while offset < line.end {
            defer { offset += 1 }
            guard text.byte(offset) == UInt8(ascii: "{"),
                let end = text.bytes[offset..<line.end].firstIndex(of: UInt8(ascii: "}"))
            else { continue }
            let inside = source.text(in: SourceRange(start: offset + 1, end: end))
            let name = inside.drop { $0 == " " }.prefix { $0 != " " }
            guard YAMLText.isName(String(name)), inside.count(where: { $0 != " " }) == name.count else { continue }
            let hasSign = offset > line.start && text.byte(offset - 1) == UInt8(ascii: "$")
            found.append((SourceRange(start: hasSign ? offset - 1 : offset, end: end + 1), offset, String(name)))
            offset = end
        }
        return found
    }

    /// A value with `$name` for each of its placeholders.
    private func rewritten(_ value: SourceRange, _ placeholders: [Placeholder]) -> String {
        var words = ""
        var offset = value.start
        for placeholder in placeholders where placeholder.range.end <= value.end {
            words += source.text(in: SourceRange(start: offset, end: placeholder.range.start)) + "$" + placeholder.name
            offset = placeholder.range.end
        }
        return words + source.text(in: SourceRange(start: offset, end: value.end))
    }
}

extension YAMLTreeBuilder {
    /// Where the text before a brace begins: `$` of `${name}`, or more of it on the same line.
    fileprivate func lastFlowStart(before offset: Int) -> Int? {
        guard let last = lastScalar, last.node.style == .plain, last.node.range.end == offset + 1 else { return nil }
        return last.node.range.start
    }
}
