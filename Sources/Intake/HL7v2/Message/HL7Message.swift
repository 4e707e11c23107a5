import Documents

/// One message: its segments in the order in which they came.
struct HL7Message {
    let encoding: MessageEncoding
    let segments: [HL7Segment]
    /// Lines that are no segments.
    let strays: [SourceRange]

    /// The first segment of a kind.
    func first(_ id: String) -> HL7Segment? { segments.first { $0.id == id } }

    /// MSH-10.
    var controlID: String? { segments.first?.text(10) }
    /// MSH-9.1, such as `ADT`; MSH-9.3 tells where it is missing.
    var code: String { segments.first.map { $0[9].component(1).text ?? $0[9].component(3).text.map { String($0.prefix(3)) } ?? "" } ?? "" }
    /// MSH-9.2, such as `A01`.
    var event: String { segments.first?[9].component(2).text ?? "" }
}

/// One segment of a message.
struct HL7Segment {
    /// The three letters that begin it.
    let id: String
    /// Its place in the document.
    let range: SourceRange
    private let line: ArraySlice<UInt8>
    private let ends: [Int]
    private let encoding: MessageEncoding

    /// The fields of a segment that are read.
    private static let fieldLimit = 512

    /// - Parameter line: the segment without its end.
    init(id: String, line: ArraySlice<UInt8>, encoding: MessageEncoding) {
        self.id = id
        self.line = line
        self.encoding = encoding
        range = SourceRange(start: line.startIndex, end: line.endIndex)
        var ends: [Int] = []
        for place in line.indices where line[place] == encoding.field && ends.count <= Self.fieldLimit { ends.append(place) }
        self.ends = ends
    }

    /// The field of a number, from 1, with all its repetitions; a header counts its separator as the first.
    func field(_ number: Int) -> HL7Value {
        let range = range(of: number)
        return HL7Value(bytes: line[range.start..<range.end], encoding: encoding)
    }

    /// The first repetition of a field.
    subscript(_ number: Int) -> HL7Value { field(number).first }

    /// The text of a field's first component.
    func text(_ number: Int) -> String? { self[number].component(1).text }

    /// True where its bytes are characters of the message's set.
    var isReadable: Bool {
        encoding.characters == .latin1 || line.allSatisfy { $0 < 0x80 } || String(validating: line, as: UTF8.self) != nil
    }

    /// The first of several fields that says something.
    func firstSaid(_ numbers: Int...) -> Int? { numbers.first { self[$0].saysSomething } }

    /// Where a field stands; the end of the segment where it has none of that number.
    func range(of number: Int) -> SourceRange {
        let index = number - (id == "MSH" ? 2 : 1)
        guard index >= 0, index < ends.count else { return SourceRange(start: line.endIndex, end: line.endIndex) }
        return SourceRange(start: ends[index] + 1, end: index + 1 < ends.count ? ends[index + 1] : line.endIndex)
    }
}
