import Documents

/// What stands around messages: MLLP frames, a byte order mark, batches.
///
/// - Source: HL7 v2.9, chapter 2.10.3 (batches); "Minimal Lower Layer Protocol", release 1.
enum MessageEnvelope {
    /// The largest input that is read.
    private static let sizeLimit = 16 << 20
    /// The most segments that one message may have.
    private static let segmentLimit = 20_000
    private static let batchSegments: Set<String> = ["FHS", "BHS", "BTS", "FTS"]

    /// Frame bytes, blanks, ends of lines and the bytes of a byte order mark.
    static func isPadding(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x0B, 0x1C, 0x1A, 0x20, 0x09, 0x0A, 0x0D, 0xEF, 0xBB, 0xBF: true
        default: false
        }
    }

    /// The messages, in order; at least one.
    static func messages(in bytes: [UInt8]) throws(FormatError) -> [HL7Message] {
        guard bytes.count <= sizeLimit else { throw HL7v2Format.error("it is longer than \(sizeLimit) bytes") }
        var messages: [HL7Message] = []
        var draft: Draft?
        for line in lines(of: bytes) {
            if line.starts(with: "MSH".utf8) {
                if let draft { messages.append(draft.message) }
                draft = try Draft(header: line)
            } else if isBatch(line) {
                if let draft { messages.append(draft.message) }
                draft = nil
            } else if draft != nil {
                draft?.take(line)
                if (draft?.segments.count ?? 0) > segmentLimit {
                    throw HL7v2Format.error("it has more than \(segmentLimit) segments", at: line.startIndex)
                }
            } else {
                throw HL7v2Format.error("a message begins with MSH; this line stands before one", at: line.startIndex)
            }
        }
        if let draft { messages.append(draft.message) }
        guard !messages.isEmpty else { throw HL7v2Format.error("it holds no message: no segment MSH") }
        return messages
    }

    /// The one message there is, or that of a control id.
    static func only(of messages: [HL7Message], named controlID: String?) throws(FormatError) -> HL7Message {
        let chosen = controlID.map { name in messages.filter { $0.controlID == name } } ?? messages
        if chosen.count == 1, let message = chosen.first { return message }
        guard controlID != nil else {
            throw HL7v2Format.error("it holds \(messages.count) messages; name one of them by its control id (MSH-10)")
        }
        throw HL7v2Format.error(chosen.isEmpty ? "it holds no message with that control id (MSH-10)" : "\(chosen.count) messages have that control id (MSH-10)")
    }

    /// The lines that hold anything, without frame bytes; ends are CR, LF or both.
    private static func lines(of bytes: [UInt8]) -> [ArraySlice<UInt8>] {
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        return bytes.split { $0 == 0x0D || $0 == 0x0A }.compactMap { piece in
            var line = piece.drop { $0 == 0x0B || $0 == 0x1C }
            if line.starts(with: mark) { line = line.dropFirst(3).drop { $0 == 0x0B } }
            while let last = line.last, last == 0x1C || last == 0x1A || last == 0x0B { line.removeLast() }
            return line.allSatisfy(isPadding) ? nil : line
        }
    }

    private static func isBatch(_ line: ArraySlice<UInt8>) -> Bool {
        guard line.count == 3 || line.dropFirst(3).first.map(MessageEncoding.isDelimiter) == true else { return false }
        return batchSegments.contains { line.starts(with: $0.utf8) }
    }

    /// A message as far as it has been read.
    private struct Draft {
        var encoding: MessageEncoding
        var segments: [HL7Segment] = []
        var strays: [SourceRange] = []

        var message: HL7Message { HL7Message(encoding: encoding, segments: segments, strays: strays) }

        init(header: ArraySlice<UInt8>) throws(FormatError) {
            var encoding = try MessageEncoding(header: header)
            let words = HL7Segment(id: "MSH", line: header, encoding: encoding)
            guard let characters = MessageCharacters(words.text(18)) else {
                throw HL7v2Format.error(
                    "MSH-18 names a character set that is not read; ASCII, 8859/1 and UNICODE UTF-8 are", at: words.range(of: 18).start)
            }
            encoding.characters = characters
            self.encoding = encoding
            segments = [HL7Segment(id: "MSH", line: header, encoding: encoding)]
        }

        mutating func take(_ line: ArraySlice<UInt8>) {
            let id = line.prefix(3)
            let isSegment = id.count == 3 && id.allSatisfy(Self.isOfName) && (line.count == 3 || line[line.startIndex + 3] == encoding.field)
            guard isSegment else {
                strays.append(SourceRange(start: line.startIndex, end: line.endIndex))
                return
            }
            segments.append(HL7Segment(id: String(decoding: id, as: UTF8.self), line: line, encoding: encoding))
        }

        private static func isOfName(_ byte: UInt8) -> Bool {
            (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
        }
    }
}
