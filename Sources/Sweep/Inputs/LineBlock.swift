import Documents

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Some whole lines of one input, or one whole document.
struct LineBlock {
    /// Which of the inputs, counted from 0.
    let input: Int
    /// The number of its first line, counted from 1.
    let firstLine: Int
    let bytes: [UInt8]
    /// True where the bytes are one document, line breaks and all.
    let isDocument: Bool

    /// Calls `body` with each line that is not blank, and its number.
    func forEachLine(_ body: (_ line: UnsafeRawBufferPointer, _ number: Int) throws(SweepError) -> Void) throws(SweepError) {
        var failure: SweepError?
        bytes.withUnsafeBytes { all in
            do throws(SweepError) {
                if isDocument { return try body(all, firstLine) }
                var number = firstLine
                var start = 0
                while start < all.count, let base = all.baseAddress {
                    let found = memchr(base + start, 0x0A, all.count - start)
                    let end = found.map { UnsafeRawPointer($0) - base } ?? all.count
                    let line = UnsafeRawBufferPointer(rebasing: all[start..<end])
                    if !Self.isBlank(line) { try body(line, number) }
                    start = end + 1
                    number += 1
                }
            } catch {
                failure = error
            }
        }
        if let failure { throw failure }
    }

    private static func isBlank(_ line: UnsafeRawBufferPointer) -> Bool {
        line.allSatisfy { $0 == 0x20 || $0 == 0x0D || $0 == 0x09 }
    }
}

/// Cuts the inputs, one after the other, into blocks of whole lines.
struct LineBlocks {
    /// How much is read at once; a block is larger only where a single line is.
    static let blockSize = 1 << 20
    /// No line and no document may be larger: what is read of JSON ends there too.
    static let lineLimit = 256 << 20

    private let inputs: [SweepInput]
    private var next = 0
    private var stream: InputStream?
    private var line = 1
    /// The beginning of a line whose end has not been read yet.
    private var rest: [UInt8] = []
    /// Nothing of the input has been read yet.
    private var isStart = true
    /// The line within which the input ended, where it did.
    private var cut: Int?
    /// Inputs that were found damaged, with the reason.
    private(set) var damaged: [(input: Int, line: Int, why: String)] = []
    /// Unpacked bytes read so far.
    private(set) var bytesRead = 0
    /// Bytes of the inputs that were read to their end, as stored.
    private var storedDone = 0
    /// Bytes read so far, as stored.
    var storedRead: Int { storedDone + (stream.map { min($0.offset, inputs[next - 1].size) } ?? 0) }

    init(_ inputs: [SweepInput]) {
        self.inputs = inputs
    }

    /// The next block; nothing at the end of the last input.
    mutating func nextBlock() throws(SweepError) -> LineBlock? {
        while true {
            guard let stream else {
                guard next < inputs.count else { return nil }
                self.stream = try InputStream(inputs[next])
                next += 1
                line = 1
                isStart = true
                cut = nil
                continue
            }
            let isDocument = inputs[next - 1].layout == .document
            if let block = try block(of: stream, isDocument: isDocument) { return block }
            if let why = stream.damage() {
                damaged.append((input: next - 1, line: line, why: why))
            } else if let cut {
                damaged.append((input: next - 1, line: cut, why: "the file ends within this line: it was cut off, and what followed is lost"))
            }
            self.stream = nil
            storedDone += inputs[next - 1].size
        }
    }

    /// Whole lines of the stream; nothing at its end.
    private mutating func block(of stream: InputStream, isDocument: Bool) throws(SweepError) -> LineBlock? {
        var bytes = rest
        rest = []
        while true {
            let known = bytes.count
            guard known <= Self.lineLimit else {
                throw SweepError("`\(inputs[next - 1].path)`, line \(line): longer than \(Self.lineLimit >> 20) MiB; is it NDJSON?")
            }
            let wanted = max(Self.blockSize, known)
            var failure: SweepError?
            // What is there already, and what follows it.
            bytes = [UInt8](unsafeUninitializedCapacity: known + wanted) { buffer, count in
                _ = buffer.update(fromContentsOf: bytes)
                count = known
                do throws(SweepError) {
                    count += try stream.read(into: UnsafeMutableRawBufferPointer(rebasing: UnsafeMutableRawBufferPointer(buffer)[known...]))
                } catch {
                    failure = error
                }
            }
            if let failure { throw failure }
            let read = bytes.count - known
            bytesRead += read
            let isEnd = read < wanted
            if isStart {
                isStart = false
                // RFC 8259 §8.1 lets a reader pass over the mark that some systems put in front of a file in UTF-8.
                if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes.removeFirst(3) }
            }
            if isEnd {
                guard !bytes.isEmpty else { return nil }
                if !isDocument { noteCut(bytes) }
                return take(bytes, isDocument: isDocument)
            }
            guard !isDocument else { continue }
            // Whole lines now; what follows the last line break waits for the next block.
            if let cut = bytes.lastIndex(of: 0x0A) {
                rest = Array(bytes[(cut + 1)...])
                bytes.removeSubrange((cut + 1)...)
                return take(bytes, isDocument: false)
            }
        }
    }

    /// Notes that the input ends within a line. A last line may lack its line break, and is whole then.
    private mutating func noteCut(_ bytes: [UInt8]) {
        guard let last = bytes.last, last != 0x0A else { return }
        let start = bytes.lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
        guard bytes[start...].contains(where: { $0 > 0x20 }) else { return }
        let isWhole = (try? JSONDocument(parsing: Array(bytes[start...]), limits: JSONLimits(size: Self.lineLimit))) != nil
        if !isWhole { cut = line + Self.lineBreaks(in: bytes) }
    }

    private mutating func take(_ bytes: [UInt8], isDocument: Bool) -> LineBlock {
        defer { line += isDocument ? 1 : Self.lineBreaks(in: bytes) }
        return LineBlock(input: next - 1, firstLine: line, bytes: bytes, isDocument: isDocument)
    }

    private static func lineBreaks(in bytes: [UInt8]) -> Int {
        bytes.withUnsafeBytes { all in
            var count = 0
            var start = 0
            while start < all.count, let base = all.baseAddress, let found = memchr(base + start, 0x0A, all.count - start) {
                count += 1
                start = UnsafeRawPointer(found) - base + 1
            }
            return count
        }
    }
}
