import Documents

/// One pass over a table: where each cell begins and ends.
struct CSVScan {
    let name: String
    /// Cells in a row, as the header has them.
    private(set) var width = 0
    private(set) var cells: [UInt32] = []
    private(set) var doubled: Set<Int> = []
    private(set) var diagnostics: [Diagnostic] = []

    init(name: String) {
        self.name = name
    }

    mutating func run(_ bytes: UnsafeBufferPointer<UInt8>) {
        cells.reserveCapacity(bytes.count / 4)
        var at = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        while at < bytes.count {
            // Empty lines hold nothing.
            if bytes[at] == UInt8(ascii: "\n") || bytes[at] == UInt8(ascii: "\r") {
                at += 1
                continue
            }
            at = row(bytes, from: at)
        }
        if width == 0 {
            diagnostics.append(
                Diagnostic(code: "V802", message: "the table is empty", file: name, help: ["begin with a row of column names"]))
        }
    }

    /// Reads one row and answers where the next begins.
    private mutating func row(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
        let first = cells.count
        var at = start
        var isEnded = false
        while !isEnded {
            if at < bytes.count, bytes[at] == UInt8(ascii: "\"") {
                guard let end = quoted(bytes, from: at + 1) else {
                    cells.removeLast(cells.count - first)
                    return bytes.count
                }
                at = end
            } else {
                let begin = at
                while at < bytes.count {
                    let byte = bytes[at]
                    if byte == UInt8(ascii: ",") || byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") { break }
                    at += 1
                }
                cells.append(UInt32(begin))
                cells.append(UInt32(at))
            }
            if at < bytes.count, bytes[at] == UInt8(ascii: ",") {
                at += 1
            } else {
                isEnded = true
            }
        }
        finish(first, start, at)
        while at < bytes.count, bytes[at] == UInt8(ascii: "\r") || bytes[at] == UInt8(ascii: "\n") { at += 1 }
        return at
    }

    /// A cell in quotes; answers where it ends, after its closing quote and whatever strays behind it.
    private mutating func quoted(_ bytes: UnsafeBufferPointer<UInt8>, from begin: Int) -> Int? {
        var at = begin
        var hasDoubled = false
        while at < bytes.count {
            guard bytes[at] == UInt8(ascii: "\"") else {
                at += 1
                continue
            }
            if at + 1 < bytes.count, bytes[at + 1] == UInt8(ascii: "\"") {
                hasDoubled = true
                at += 2
                continue
            }
            if hasDoubled { doubled.insert(cells.count / 2) }
            cells.append(UInt32(begin))
            cells.append(UInt32(at))
            at += 1
            let after = at
            while at < bytes.count, bytes[at] != UInt8(ascii: ","), bytes[at] != UInt8(ascii: "\n"), bytes[at] != UInt8(ascii: "\r") {
                at += 1
            }
            if at > after {
                report(after, at, "there is text behind the closing quote", "double a quote that belongs to the text")
            }
            return at
        }
        report(begin - 1, begin, "this quote is never closed", "close it, or double it where it belongs to the text")
        return nil
    }

    private mutating func finish(_ first: Int, _ start: Int, _ end: Int) {
        let count = (cells.count - first) / 2
        if width == 0 {
            width = count
        } else if count != width {
            report(start, end, "the row has \(count) cells, the header has \(width)", "put text with commas into quotes")
            for cell in first / 2..<cells.count / 2 { doubled.remove(cell) }
            cells.removeLast(cells.count - first)
        }
    }

    private mutating func report(_ start: Int, _ end: Int, _ message: String, _ help: String) {
        guard diagnostics.count < 100 else { return }
        diagnostics.append(
            Diagnostic(
                code: "V803", message: message, file: name, range: SourceRange(start: start, end: end), help: [help]))
    }
}
