import Documents

/// A comma-separated table that remembers where every cell stood.
///
/// - Source: RFC 4180, in UTF-8: one header row, quotes doubled inside quotes, LF or CR LF.
struct CSVTable: Sendable {
    /// What messages call the file.
    let name: String
    let bytes: [UInt8]
    let header: [String]
    /// Data rows, without the header and without empty lines at the end.
    let rowCount: Int
    /// Start and end of every cell, row after row; quotes are outside.
    private let cells: [UInt32]
    /// Cells that hold doubled quotes.
    private let doubled: Set<Int>
    private let columnByName: [String: Int]

    /// Reads a table; what is malformed goes to `diagnostics`, and the row is left out.
    init(name: String, bytes: [UInt8], diagnostics: inout [Diagnostic]) {
        self.name = name
        self.bytes = bytes
        var scan = CSVScan(name: name)
        bytes.withUnsafeBufferPointer { scan.run($0) }
        let width = scan.width
        header = (0..<width).map { Self.text(bytes, scan.cells[2 * $0], scan.cells[2 * $0 + 1], isDoubled: scan.doubled.contains($0)) }
        cells = scan.cells
        doubled = scan.doubled
        rowCount = width == 0 ? 0 : scan.cells.count / 2 / width - 1
        columnByName = Dictionary(header.enumerated().map { ($0.element, $0.offset) }, uniquingKeysWith: { first, _ in first })
        diagnostics.append(contentsOf: scan.diagnostics)
    }

    /// The column of a name.
    func column(_ name: String) -> Int? { columnByName[name] }

    func text(_ row: Int, _ column: Int) -> String {
        let cell = (row + 1) * header.count + column
        return Self.text(bytes, cells[2 * cell], cells[2 * cell + 1], isDoubled: doubled.contains(cell))
    }

    func isEmpty(_ row: Int, _ column: Int) -> Bool {
        let cell = (row + 1) * header.count + column
        return cells[2 * cell] == cells[2 * cell + 1]
    }

    /// Digits only; `nil` for anything else, and for numbers beyond 18 digits.
    func integer(_ row: Int, _ column: Int) -> Int? {
        let cell = (row + 1) * header.count + column
        return Self.integer(bytes[Int(cells[2 * cell])..<Int(cells[2 * cell + 1])])
    }

    /// `1191|1886` as numbers; `nil` where one is none. An empty cell is an empty list.
    func integers(_ row: Int, _ column: Int) -> [Int]? {
        let cell = (row + 1) * header.count + column
        let slice = bytes[Int(cells[2 * cell])..<Int(cells[2 * cell + 1])]
        var numbers: [Int] = []
        for part in slice.split(separator: UInt8(ascii: "|"), omittingEmptySubsequences: false) where !slice.isEmpty {
            guard let number = Self.integer(part) else { return nil }
            numbers.append(number)
        }
        return numbers
    }

    /// Where a cell stands, without its quotes.
    func range(_ row: Int, _ column: Int) -> SourceRange? {
        let cell = (row + 1) * header.count + column
        guard row >= -1, column >= 0, column < header.count, 2 * cell + 1 < cells.count else { return nil }
        return SourceRange(start: Int(cells[2 * cell]), end: Int(cells[2 * cell + 1]))
    }

    private static func text(_ bytes: [UInt8], _ start: UInt32, _ end: UInt32, isDoubled: Bool) -> String {
        let slice = bytes[Int(start)..<Int(end)]
        guard isDoubled else { return String(decoding: slice, as: UTF8.self) }
        var plain: [UInt8] = []
        var isSecond = false
        for byte in slice {
            isSecond = byte == UInt8(ascii: "\"") && !isSecond
            if !isSecond { plain.append(byte) }
        }
        return String(decoding: plain, as: UTF8.self)
    }

    private static func integer(_ slice: ArraySlice<UInt8>) -> Int? {
        guard !slice.isEmpty, slice.count <= 18 else { return nil }
        var value = 0
        for byte in slice {
            guard (48...57).contains(byte) else { return nil }
            value = value * 10 + Int(byte - 48)
        }
        return value
    }
}
