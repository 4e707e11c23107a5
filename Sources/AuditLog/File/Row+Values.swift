import GRDB

extension Row {
    /// The column as text; `nil` where it is none, even in a file that was tampered with.
    func text(_ column: Int) -> String? {
        String.fromDatabaseValue(self[column] as DatabaseValue)
    }

    /// The column as an integer; `nil` where it is none.
    func integer(_ column: Int) -> Int? {
        Int.fromDatabaseValue(self[column] as DatabaseValue)
    }
}
