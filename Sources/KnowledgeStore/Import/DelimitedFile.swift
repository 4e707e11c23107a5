import Documents

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// A table of any size on disk, read record by record in pieces: commas, tabs or bars, with or without quotes.
///
/// Memory stays at one piece plus the longest record, which may not exceed 16 MiB.
struct DelimitedFile {
    let path: String
    let delimiter: UInt8
    /// RRF and tab files have no quotes: a `"` in them is a character.
    let isQuoted: Bool
    let isLatin: Bool
    let byteCount: Int
    /// Counted from 1, of the record that was read last.
    private(set) var line = 0
    private(set) var bytesRead = 0
    private(set) var cellCount = 0

    private let handle: FileHandleOnDisk
    private var buffer: [UInt8] = []
    private var at = 0
    private var isAtEnd = false
    private var cells: [(start: Int, end: Int, isDoubled: Bool)] = []
    private var nextLine = 1

    private static let piece = 1 << 20
    private static let longestRecord = 16 << 20

    init(_ path: String, delimiter: UInt8, isQuoted: Bool, isLatin: Bool = false) throws(KnowledgeImportError) {
        self.path = path
        self.delimiter = delimiter
        self.isQuoted = isQuoted
        self.isLatin = isLatin
        guard !path.utf8.contains(0) else { throw .unreadable(path: path, why: "its name holds a zero byte") }
        handle = FileHandleOnDisk(path)
        guard handle.descriptor >= 0 else { throw .unreadable(path: path, why: String(cString: strerror(errno))) }
        var status = stat()
        guard fstat(handle.descriptor, &status) == 0, status.st_mode & S_IFMT != S_IFDIR else {
            throw .unreadable(path: path, why: "it is a folder")
        }
        byteCount = Int(status.st_size)
    }

    /// Reads the next record that is not empty; false at the end.
    mutating func next() throws(KnowledgeImportError) -> Bool {
        if bytesRead == 0, buffer.isEmpty {
            try fill()
            if buffer.starts(with: [0xEF, 0xBB, 0xBF]) { at = 3 }
        }
        while true {
            if try !skipBlankLines() { return false }
            if scan() { return true }
            guard !isAtEnd else { throw .malformed(path: path, line: nextLine, why: "a quote is never closed") }
            guard buffer.count - at < Self.longestRecord else {
                throw .malformed(path: path, line: nextLine, why: "a record is longer than 16 MiB; is a quote never closed?")
            }
            try fill()
        }
    }

    /// The text of a cell; empty where the record is shorter.
    func text(_ cell: Int) -> String {
        guard cell >= 0, cell < cellCount else { return "" }
        let place = cells[cell]
        var bytes = buffer[place.start..<place.end]
        if place.isDoubled {
            var plain: [UInt8] = []
            var isSecond = false
            for byte in bytes {
                isSecond = byte == UInt8(ascii: "\"") && !isSecond
                if !isSecond { plain.append(byte) }
            }
            bytes = plain[...]
        }
        guard isLatin else { return String(decoding: bytes, as: UTF8.self) }
        return String(String.UnicodeScalarView(bytes.map { Unicode.Scalar($0) }))
    }

    /// Whether a cell is exactly this text.
    func isEqual(_ cell: Int, _ text: StaticString) -> Bool {
        guard cell >= 0, cell < cellCount else { return text.utf8CodeUnitCount == 0 }
        let place = cells[cell]
        guard place.end - place.start == text.utf8CodeUnitCount else { return false }
        return text.withUTF8Buffer { wanted in
            for offset in 0..<wanted.count where buffer[place.start + offset] != wanted[offset] { return false }
            return true
        }
    }

    /// A cell of digits as a number; `nil` for anything else, and beyond nine digits.
    func integer(_ cell: Int) -> Int? {
        guard cell >= 0, cell < cellCount else { return nil }
        let place = cells[cell]
        guard place.end > place.start, place.end - place.start <= 9 else { return nil }
        var value = 0
        for index in place.start..<place.end {
            guard (48...57).contains(buffer[index]) else { return nil }
            value = value * 10 + Int(buffer[index] - 48)
        }
        return value
    }

    // MARK: Steps

    /// False at the end of the file.
    private mutating func skipBlankLines() throws(KnowledgeImportError) -> Bool {
        while true {
            while at < buffer.count, buffer[at] == UInt8(ascii: "\n") || buffer[at] == UInt8(ascii: "\r") {
                if buffer[at] == UInt8(ascii: "\n") { nextLine += 1 }
                at += 1
            }
            if at < buffer.count { return true }
            if isAtEnd { return false }
            try fill()
        }
    }

    /// Reads one record from the buffer; false where the buffer ends first and the file does not.
    private mutating func scan() -> Bool {
        var index = at
        var lines = 0
        var count = 0
        while true {
            var isDoubled = false
            var isInQuotes = false
            var start = index
            var end = index
            if isQuoted, index < buffer.count, buffer[index] == UInt8(ascii: "\"") {
                isInQuotes = true
                start += 1
                index += 1
                while true {
                    guard index < buffer.count else { return false }
                    let byte = buffer[index]
                    if byte == UInt8(ascii: "\n") { lines += 1 }
                    if byte == UInt8(ascii: "\"") {
                        if index + 1 >= buffer.count, !isAtEnd { return false }
                        guard index + 1 < buffer.count, buffer[index + 1] == UInt8(ascii: "\"") else { break }
                        isDoubled = true
                        index += 1
                    }
                    index += 1
                }
                end = index
                index += 1
            }
            while index < buffer.count, buffer[index] != delimiter, buffer[index] != UInt8(ascii: "\n") { index += 1 }
            guard index < buffer.count || isAtEnd else { return false }
            if !isInQuotes {
                end = index
                if end > start, index >= buffer.count || buffer[index] != delimiter, buffer[end - 1] == UInt8(ascii: "\r") { end -= 1 }
            }
            if count < cells.count { cells[count] = (start, end, isDoubled) } else { cells.append((start, end, isDoubled)) }
            count += 1
            if index < buffer.count, buffer[index] == delimiter {
                index += 1
            } else {
                break
            }
        }
        line = nextLine
        nextLine += lines
        cellCount = count
        at = index
        return true
    }

    private mutating func fill() throws(KnowledgeImportError) {
        if at > 0 {
            buffer.removeFirst(at)
            at = 0
        }
        let held = buffer.count
        buffer.append(contentsOf: repeatElement(0, count: Self.piece))
        let descriptor = handle.descriptor
        var count = -1
        repeat {
            count = buffer.withUnsafeMutableBytes { bytes in
                guard let base = bytes.baseAddress else { return 0 }
                return read(descriptor, base + held, Self.piece)
            }
        } while count < 0 && errno == EINTR
        guard count >= 0 else { throw .unreadable(path: path, why: String(cString: strerror(errno))) }
        buffer.removeLast(Self.piece - count)
        bytesRead += count
        if count == 0 { isAtEnd = true }
    }
}

/// An open file, closed with the last value that reads it.
private final class FileHandleOnDisk: Sendable {
    let descriptor: Int32

    init(_ path: String) { descriptor = open(path, O_RDONLY | O_CLOEXEC) }

    deinit { if descriptor >= 0 { _ = close(descriptor) } }
}

/// The pieces of a file, for its digest; none where it cannot be read.
struct FilePieces: Sequence, IteratorProtocol {
    private let handle: FileHandleOnDisk

    init(_ path: String) {
        handle = FileHandleOnDisk(path)
    }

    var isOpen: Bool { handle.descriptor >= 0 }

    mutating func next() -> [UInt8]? {
        guard handle.descriptor >= 0 else { return nil }
        var piece = [UInt8](repeating: 0, count: 1 << 20)
        let count = piece.withUnsafeMutableBytes { read(handle.descriptor, $0.baseAddress, $0.count) }
        guard count > 0 else { return nil }
        piece.removeLast(piece.count - count)
        return piece
    }
}
