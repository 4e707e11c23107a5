/// The cells of a row of facts as one text of the knowledge file, and back.
///
/// Unit separators stand between cells and record separators between a column and its cell: characters that no table holds.
enum FactCells {
    private static let betweenCells: Character = "\u{1F}"
    private static let betweenParts: Character = "\u{1E}"

    /// In the order of the columns' names, so that equal rows have equal bytes.
    static func text(_ cells: [String: String]) -> String {
        cells.sorted { $0.key < $1.key }.map { "\($0.key)\(betweenParts)\($0.value)" }
            .joined(separator: String(betweenCells))
    }

    static func cells(_ text: String) -> [String: String] {
        text.split(separator: betweenCells).reduce(into: [:]) { cells, part in
            let halves = part.split(separator: betweenParts, maxSplits: 1, omittingEmptySubsequences: false)
            if halves.count == 2 { cells[String(halves[0])] = String(halves[1]) }
        }
    }
}
