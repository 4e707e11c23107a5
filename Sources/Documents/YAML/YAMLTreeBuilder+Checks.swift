/// What libyaml accepts and we do not.
extension YAMLTreeBuilder {
    // MARK: Scalars

    /// Curly quotes around a text, a list entry that became part of the text above it, and `>5`.
    mutating func checkScalar(_ node: YAMLNode) {
        guard case .scalar(let value, .plain, let range) = node else { return checkBlock(node) }
        if let first = value.unicodeScalars.first, CurlyQuotes.opening.contains(first) {
            report(.curlyQuotes(source, range, value))
        }
        for end in range.start..<range.end where text.byte(end) == 0x0A || text.byte(end) == 0x0D {
            let ink = text.firstInk(from: end + 1, to: range.end)
            guard text.byte(ink) == UInt8(ascii: "-"), text.byte(ink + 1) == UInt8(ascii: " ") else { continue }
            report(.swallowedEntry(source, text.value(from: ink, inFlow: false), textStart: range.firstLine(of: text)))
        }
    }

    /// `>5` with nothing below is a block of text indented by five, of no lines: never what was meant.
    private mutating func checkBlock(_ node: YAMLNode) {
        guard case .scalar(let value, .folded, let range) = node, value.isEmpty else { return }
        let header = text.value(from: range.start, inFlow: false)
        let words = source.text(in: header)
        guard words.contains(where: \.isNumber) else { return }
        let quoted = YAMLText.quoted(words)
        report(.comparison(source, header, quoted: stack.last?.key?.text.map { "\($0): \(quoted)" } ?? quoted))
    }

    // MARK: Keys

    /// The key, as text whatever was written.
    mutating func checkedKey(_ node: YAMLNode) -> YAMLNode {
        if case .scalar = node { return node }
        let words = source.text(in: node.range)
        if let name = placeholder(node) {
            report(.placeholder(source, node.range, name: name))
        } else {
            report(.keyIsNoText(source, node.range, isMap: node.mapping != nil))
        }
        return .scalar(text: words, style: .plain, range: node.range)
    }

    // MARK: Maps

    /// The map without its repetitions, merges and pieces of text.
    mutating func checkedMapping(_ frame: Frame, _ range: SourceRange) -> YAMLNode {
        let node = YAMLNode.mapping(frame.entries, range: range, isFlow: frame.isFlow)
        if let name = placeholder(node) {
            report(.placeholder(source, placeholderRange(range), name: name))
            return .scalar(text: source.text(in: range), style: .plain, range: range)
        }
        let entries = frame.isFlow ? joined(frame.entries) : frame.entries
        return .mapping(distinct(entries), range: range, isFlow: frame.isFlow)
    }

    private mutating func distinct(_ entries: [YAMLNode.Entry]) -> [YAMLNode.Entry] {
        var firsts: [String: SourceRange] = [:]
        return entries.filter { entry in
            guard let key = entry.key.text else { return false }
            if key == "<<", entry.key.style == .plain {
                report(.merge(source, entry.key.range))
                return false
            }
            if let first = firsts[key] {
                report(.duplicateKey(source, entry.key.range, key, first: first))
                return false
            }
            firsts[key] = entry.key.range
            return true
        }
    }

    /// Puts text that commas had cut into keys together again, and says so.
    private mutating func joined(_ entries: [YAMLNode.Entry]) -> [YAMLNode.Entry] {
        var joined: [YAMLNode.Entry] = []
        var pieces: [YAMLNode.Entry] = []
        for entry in entries {
            if isPiece(entry) {
                pieces.append(entry)
            } else {
                join(pieces, to: &joined)
                pieces = []
                joined.append(entry)
            }
        }
        join(pieces, to: &joined)
        return joined
    }

    private mutating func join(_ pieces: [YAMLNode.Entry], to entries: inout [YAMLNode.Entry]) {
        guard let first = pieces.first, let last = pieces.last else { return }
        let range = first.key.range.union(last.key.range)
        if first.key.style == .plain, let colon = first.key.text?.firstIndex(of: ":") {
            let words = first.key.text ?? ""
            report(
                .missingBlank(source, range, before: String(words[...colon]), after: String(words[colon...].dropFirst())))
            return
        }
        guard let previous = entries.last, let key = previous.key.text, previous.value.text != nil else {
            report(.keysWithoutValues(source, range, pieces.compactMap(\.key.text)))
            return
        }
        let whole = previous.value.range.union(range)
        let words = source.text(in: whole)
        report(.textInFlow(source, range, piece: first.key.text ?? "", key: key, whole: words))
        entries[entries.count - 1].value = .scalar(text: words, style: .plain, range: whole)
    }

    /// A key of a flow map that has neither value nor colon.
    private func isPiece(_ entry: YAMLNode.Entry) -> Bool {
        guard entry.value.isEmptyScalar, entry.key.range.end <= entry.value.range.start else { return false }
        return !text.bytes[entry.key.range.end..<entry.value.range.start].contains(UInt8(ascii: ":"))
    }

    // MARK: Placeholders

    /// The name in `{name}`; nil if the node is anything else.
    private func placeholder(_ node: YAMLNode) -> String? {
        guard case .mapping(let entries, _, true) = node, entries.count == 1, let entry = entries.first, isPiece(entry),
            let name = entry.key.text, YAMLText.isName(name)
        else { return nil }
        return name
    }

    /// `${name}` with its sign.
    private func placeholderRange(_ range: SourceRange) -> SourceRange {
        guard range.start > 0, text.byte(range.start - 1) == UInt8(ascii: "$") else { return range }
        return SourceRange(start: range.start - 1, end: range.end)
    }
}

extension YAMLText {
    /// Letters, digits, `_`, `-` and `.`, as names of facts and roles have them.
    static func isName(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "."):
                true
            default: false
            }
        }
    }

    /// A text as YAML that cannot be misread: in double quotes, or in single ones if it holds double ones itself.
    static func quoted(_ text: String) -> String {
        if !text.contains("\""), !text.contains("\\") { return "\"\(text)\"" }
        return "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "''") + "'"
    }
}

/// The quotes that word processors put in place of straight ones.
enum CurlyQuotes {
    static let opening: Set<Unicode.Scalar> = ["\u{201C}", "\u{201D}", "\u{201E}", "\u{201F}", "\u{2018}", "\u{201A}", "\u{201B}", "\u{AB}", "\u{BB}"]
    private static let all = opening.union(["\u{2019}"])

    /// The text with straight quotes: without those around it, and with straight ones for those that stand within.
    static func straightened(_ text: String) -> String {
        let inner = stripped(text)
        guard inner.unicodeScalars.contains(where: opening.contains) else { return inner }
        // One that closes within the text opened at its beginning: both are the text's own.
        let straight = text.unicodeScalars.map { scalar -> Unicode.Scalar in
            guard all.contains(scalar) else { return scalar }
            return singles.contains(scalar) ? "'" : "\""
        }
        return String(String.UnicodeScalarView(straight))
    }

    private static let singles: Set<Unicode.Scalar> = ["\u{2018}", "\u{2019}", "\u{201A}", "\u{201B}"]

    /// The text between them.
    static func stripped(_ text: String) -> String {
        var scalars = text.unicodeScalars[...]
        while let first = scalars.first, all.contains(first) { scalars.removeFirst() }
        while let last = scalars.last, all.contains(last) { scalars.removeLast() }
        return String(scalars)
    }
}
