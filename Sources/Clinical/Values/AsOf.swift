/// The evaluation instant, read once for a run, with the zone in which its days are counted.
///
/// Every rule, patient and card of a run sees the same one (FHIRPath N1, utility functions: `now()` is the same within one evaluation).
public struct AsOf: Sendable, Hashable {
    public let instant: Instant
    public let zone: ZoneOffset

    public init(instant: Instant, zone: ZoneOffset) {
        self.instant = instant
        self.zone = zone
    }

    /// The instant written as a dateTime with a zone; a date alone means noon UTC of that day.
    public init?(_ text: String) {
        if let date = CivilDate(text) {
            let noon = Int64(date.daysSinceEpoch) * 86_400_000 + 43_200_000
            self.init(instant: Instant(milliseconds: noon), zone: .utc)
        } else {
            guard let moment = PartialDate(text), let zone = moment.zone else { return nil }
            self.init(instant: moment.instants(in: zone).lowerBound, zone: zone)
        }
    }

    /// The calendar day it is in the zone of the run.
    public var today: CivilDate { instant.date(in: zone) }
}

extension AsOf: CustomStringConvertible {
    /// RFC 3339 in the zone of the run.
    public var description: String { PartialDate(instant, zone: zone).description }
}
