public import Clinical
import Engine

/// What is swept, as of when, and where the results go.
public struct SweepOptions: Sendable {
    public var inputs: [SweepInput]
    /// The folder of the results; made where it does not exist.
    public var folder: String
    public var asOf: AsOf
    /// The first and the last day of the measurement period.
    public var period: ClosedRange<CivilDate>
    /// The ids of the rules that are swept; nothing for all that answer patient-view.
    public var rules: Set<String>?
    /// How many threads work.
    public var workers: Int
    /// Drops what an interrupted run left, instead of going on from it.
    public var restarts = false
    /// Types of resource that the input counts as holding, though none of them came: for a part of a larger export.
    public var kinds: Set<String> = []
    /// True where a kind of data of which nothing came does not exist: the export was asked for everything.
    public var isComplete = false
    /// Why any of it may be missing, where the source said that it could not give all; then what is not there is not checked.
    public var shortfall: String?
    /// What lies in the folders of the input and is not swept, by name.
    public var passedOver: [String] = []
    /// The folder of a finished sweep; patients of whom nothing has changed since are not evaluated again.
    public var since: String?
    /// The reports that are written beside the results.
    public var reports: Set<SweepReportKind>

    public init(
        inputs: [SweepInput], folder: String, asOf: AsOf, period: ClosedRange<CivilDate>? = nil, rules: Set<String>? = nil,
        workers: Int = 2, restarts: Bool = false, reports: Set<SweepReportKind> = SweepReportKind.standard
    ) {
        self.inputs = inputs
        self.folder = folder
        self.asOf = asOf
        self.period = period ?? Self.year(of: asOf.today)
        self.rules = rules
        self.workers = workers
        self.restarts = restarts
        self.reports = reports
    }

    /// The period as measures take it.
    var measurementPeriod: MeasurementPeriod {
        MeasurementPeriod(start: period.lowerBound, end: period.upperBound) ?? MeasurementPeriod(yearOf: asOf.today)
    }

    /// The calendar year that contains a day.
    public static func year(of day: CivilDate) -> ClosedRange<CivilDate> {
        let first = CivilDate(year: day.year, month: 1, day: 1) ?? day
        let last = CivilDate(year: day.year, month: 12, day: 31) ?? day
        return min(first, last)...max(first, last)
    }
}

/// The forms in which a sweep reports.
public enum SweepReportKind: String, Sendable, Hashable, CaseIterable {
    /// `results.ndjson`: a line for each patient and rule.
    case ndjson
    /// `results.csv`, and `results.schema.json` with the types of its columns.
    case csv
    /// `results.sqlite`: the same in tables.
    case sqlite
    /// `measure-report.ndjson`: a FHIR MeasureReport for each measure.
    case measures
    /// `measure-reports.ndjson`: a FHIR MeasureReport for each patient and measure.
    case individual
    /// `gaps.ndjson`: a gaps-in-care report for each patient with an open gap.
    case gaps
    /// `report.html`: for people, to print.
    case html

    public static let standard: Set<SweepReportKind> = [.ndjson, .csv, .sqlite, .measures, .html]
}
