/// Checks a JSON text in one pass and writes its tape.
///
/// No recursion: open containers lie on a stack of frames. All state of the loop is in locals.
enum JSONScanner {
    /// What is remembered of the container outside while an inner one is read.
    fileprivate struct Frame {
        var container: Int
        var count: UInt32
        var keys: JSONKeyFilter
        var inObject: Bool
    }

    /// The containers that stand open; their memory serves one text after the other.
    struct Frames {
        fileprivate var open: [Frame] = []

        init() { open.reserveCapacity(32) }
    }

    /// Writes the tape of `text`, or gives the first problem.
    static func scan(_ text: UnsafeBufferPointer<UInt8>, depth: Int, tape: inout JSONTape) -> JSONError? {
        var frames = Frames()
        return scan(text, depth: depth, tape: &tape, frames: &frames)
    }

    static func scan(_ text: UnsafeBufferPointer<UInt8>, depth: Int, tape: inout JSONTape, frames: inout Frames) -> JSONError? {
        guard let base = text.baseAddress, text.count > 0 else { return JSONError(.empty, at: 0) }
        if text.count >= 3, base[0] == 0xEF, base[1] == 0xBB, base[2] == 0xBF {
            return JSONError(.byteOrderMark, at: 0)
        }
        var cursor = JSONCursor(base: base, end: text.count)
        var written = tape
        frames.open.removeAll(keepingCapacity: true)
        let error = scan(&cursor, depth: depth, tape: &written, frames: &frames.open)
        tape = written
        return error
    }

    private static func scan(
        _ cursor: inout JSONCursor, depth: Int, tape: inout JSONTape, frames: inout [Frame]
    ) -> JSONError? {
        var container = -1
        var count: UInt32 = 0
        var keys = JSONKeyFilter()
        var inObject = false

        values: while true {
            cursor.skipBlanks()
            if inObject {
                guard cursor.peek == UInt8(ascii: "\"") else { return cursor.unexpected(.key) }
                let start = cursor.offset
                var escaped = false
                guard cursor.skipString(&escaped) else { return cursor.stringProblem(from: start) }
                let hash = cursor.hash(ofKeyFrom: start)
                let index = tape.count
                tape.append(
                    start: start, end: cursor.offset,
                    meta: 3 | (escaped ? JSONTapeEntry.flagBit : 0) | hash << 4)
                if keys.mayRepeat(hash: hash, escaped: escaped, count: count),
                    let error = keys.repetition(of: index, in: container, tape: tape, base: cursor.base)
                {
                    return error
                }
                cursor.skipBlanks()
                guard cursor.peek == UInt8(ascii: ":") else { return cursor.unexpected(.colon) }
                cursor.offset &+= 1
                cursor.skipBlanks()
            }

            count &+= 1
            let start = cursor.offset
            switch cursor.peek {
            case UInt8(ascii: "\""):
                var escaped = false
                guard cursor.skipString(&escaped) else { return cursor.stringProblem(from: start) }
                tape.append(start: start, end: cursor.offset, meta: 3 | (escaped ? JSONTapeEntry.flagBit : 0))
            case UInt8(ascii: "{"), UInt8(ascii: "["):
                guard frames.count < depth else { return JSONError(.tooDeep(limit: depth), at: start) }
                frames.append(Frame(container: container, count: count, keys: keys, inObject: inObject))
                inObject = cursor.base[start] == UInt8(ascii: "{")
                container = tape.count
                count = 0
                keys = JSONKeyFilter()
                tape.append(start: start, end: start, meta: inObject ? 5 : 4)
                cursor.offset &+= 1
                cursor.skipBlanks()
                if cursor.peek != (inObject ? UInt8(ascii: "}") : UInt8(ascii: "]")) { continue values }
            case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
                guard cursor.skipNumber() else { return JSONError(.malformedNumber, at: start) }
                tape.append(start: start, end: cursor.offset, meta: 2)
            case UInt8(ascii: "t"):
                guard cursor.skip("true") else { return cursor.unexpected(.value) }
                tape.append(start: start, end: cursor.offset, meta: 1 | JSONTapeEntry.flagBit)
            case UInt8(ascii: "f"):
                guard cursor.skip("false") else { return cursor.unexpected(.value) }
                tape.append(start: start, end: cursor.offset, meta: 1)
            case UInt8(ascii: "n"):
                guard cursor.skip("null") else { return cursor.unexpected(.value) }
                tape.append(start: start, end: cursor.offset, meta: 0)
            default:
                return cursor.unexpected(.value)
            }

            while container >= 0 {
                cursor.skipBlanks()
                let byte = cursor.peek
                if byte == UInt8(ascii: ",") {
                    cursor.offset &+= 1
                    continue values
                }
                guard byte == (inObject ? UInt8(ascii: "}") : UInt8(ascii: "]")) else {
                    return cursor.unexpected(inObject ? .commaOrBrace : .commaOrBracket)
                }
                cursor.offset &+= 1
                if keys.deferred, let error = keys.repetition(in: container, tape: tape, base: cursor.base) {
                    return error
                }
                tape.close(container, end: cursor.offset, count: count)
                guard let frame = frames.popLast() else { break }
                container = frame.container
                count = frame.count
                keys = frame.keys
                inObject = frame.inObject
            }
            cursor.skipBlanks()
            return cursor.offset == cursor.end ? nil : JSONError(.trailingContent, at: cursor.offset)
        }
    }
}
