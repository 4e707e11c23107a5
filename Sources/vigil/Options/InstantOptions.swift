import ArgumentParser
import Clinical
import Service

/// What counts as now.
struct InstantOptions: ParsableArguments {
    @Option(
        name: .customLong("as-of"),
        help: ArgumentHelp(
            "Decide as if it were this date or this instant, such as 2026-11-21 or 2026-11-21T09:30:00+01:00.",
            valueName: "when"),
        transform: { text in
            guard let asOf = AsOf(text) else {
                throw ValidationError(
                    "`\(text)` is neither a date (2026-11-21) nor an instant with its zone (2026-11-21T09:30:00Z)")
            }
            return asOf
        })
    var asOf: AsOf?

    @Option(
        help: ArgumentHelp("The zone that decides which calendar day it is, such as +02:00.", valueName: "offset"),
        transform: { text in
            guard let zone = ZoneOffset(text) else {
                throw ValidationError("`\(text)` is no offset from UTC such as +02:00 or Z")
            }
            return zone
        })
    var zone: ZoneOffset?

    /// The clock that follows from them: UTC unless told otherwise.
    var clock: RequestClock {
        guard let asOf else { return .system(zone ?? .utc) }
        return .fixed(zone.map { AsOf(instant: asOf.instant, zone: $0) } ?? asOf)
    }
}
