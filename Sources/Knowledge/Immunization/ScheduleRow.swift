/// A row of one of the tables of the immunization schedule: its cells, in the order of the table's columns.
public struct ScheduleRow: Sendable, Hashable {
    public let table: ScheduleTable
    /// Counted from 0 within its table.
    public let row: Int
    public let cells: [String]
    /// What the row was taken from, with its version.
    public let source: String

    public init(table: ScheduleTable, row: Int, cells: [String], source: String) {
        self.table = table
        self.row = row
        self.cells = cells
        self.source = source
    }

    /// The cell of a column; empty where the table has none of that name.
    func text(_ column: String) -> String {
        table.columns.firstIndex(of: column).flatMap { cells.indices.contains($0) ? cells[$0] : nil } ?? ""
    }

    /// Cells divided by `|`; by bytes, since every dose of every series asks every row of its antigen.
    func list(_ column: String) -> [String] {
        text(column).utf8.split(separator: UInt8(ascii: "|")).map { String(Substring($0)) }
    }
}

/// The tables of the immunization schedule, by the names of their files.
public enum ScheduleTable: String, Sendable, Hashable, CaseIterable {
    case groups = "cdsi_groups"
    case series = "cdsi_series"
    case doses = "cdsi_doses"
    case intervals = "cdsi_intervals"
    case vaccines = "cdsi_vaccines"
    case skips = "cdsi_skips"
    case indications = "cdsi_indications"
    case contraindications = "cdsi_contraindications"
    case immunity = "cdsi_immunity"
    case vaccineAntigens = "cdsi_cvx_antigen"
    case conflicts = "cdsi_conflicts"
    case observations = "cdsi_observations"

    public var columns: [String] {
        switch self {
        case .groups: ["group", "antigens", "other_names", "whole_group"]
        case .series:
            [
                "antigen", "series", "type", "sex", "default", "product", "group", "equivalent_groups", "priority", "preference",
                "min_age_to_start", "max_age_to_start",
            ]
        case .doses:
            [
                "antigen", "series", "dose", "abs_min_age", "min_age", "earliest_rec_age", "latest_rec_age", "max_age", "recurring",
                "season_start", "season_end", "effective", "cessation",
            ]
        case .intervals:
            [
                "antigen", "series", "doses", "kind", "from", "abs_min", "min", "earliest_rec", "latest_rec", "priority", "effective",
                "cessation",
            ]
        case .vaccines: ["antigen", "series", "doses", "kind", "cvx", "begin_age", "end_age"]
        case .skips:
            [
                "antigen", "series", "doses", "context", "set_logic", "set", "condition_logic", "type", "begin_age", "end_age", "start",
                "end", "interval", "comparison", "count", "dose_type", "cvx", "series_groups",
            ]
        case .indications: ["antigen", "series", "observations", "begin_age", "end_age"]
        case .contraindications: ["antigen", "observations", "cvx", "begin_age", "end_age"]
        case .immunity: ["antigen", "observation", "born_before", "exceptions"]
        case .vaccineAntigens: ["cvx", "antigen", "begin_age", "end_age"]
        case .conflicts: ["previous_cvx", "current_cvx", "begin", "min_end", "end"]
        case .observations: ["observation", "title"]
        }
    }
}
