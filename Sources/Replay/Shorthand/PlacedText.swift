import Documents

/// A scalar of a rule file that can say where each of its words stands.
struct PlacedText: Sendable, Hashable {
    let text: String
    let range: SourceRange

    /// One word: its letters, and its bytes counted from the text's own beginning.
    struct Word: Sendable, Hashable {
        let text: String
        let bytes: Range<Int>
    }

    /// The words, cut at blanks.
    var words: [Word] {
        var words: [Word] = []
        var start: String.Index?
        func close(at end: String.Index) {
            guard let from = start else { return }
            let low = text.utf8.distance(from: text.startIndex, to: from)
            let word = text[from..<end]
            words.append(Word(text: String(word), bytes: low..<low + word.utf8.count))
            start = nil
        }
        for index in text.indices {
            if text[index].isWhitespace { close(at: index) } else if start == nil { start = index }
        }
        close(at: text.endIndex)
        return words
    }

    /// Where some bytes of the text stand in the file; the whole scalar where it is not written out letter by letter.
    func place(of bytes: Range<Int>?) -> SourceRange {
        guard let bytes, let inset else { return range }
        return SourceRange(start: range.start + inset + bytes.lowerBound, end: range.start + inset + bytes.upperBound)
    }

    /// How far the text begins after its scalar: 0 for a plain one, 1 for a quoted one without escapes.
    private var inset: Int? {
        switch range.end - range.start - text.utf8.count {
        case 0: 0
        case 2: 1
        default: nil
        }
    }
}
