/// The cells of a row of the immunization schedule as one text of the knowledge file, and back.
///
/// A unit separator stands between them: a character that no table holds.
enum ScheduleCells {
    static func text(_ cells: [String]) -> String { cells.joined(separator: "\u{1F}") }

    static func cells(_ text: String) -> [String] {
        text.utf8.split(separator: 0x1F, omittingEmptySubsequences: false).map { String(Substring($0)) }
    }
}
