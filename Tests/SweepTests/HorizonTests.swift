import CareGaps
import Clinical
import Documents
import Engine
import Foundation
import Intake
import Replay
import Testing

@testable import Service
@testable import Sweep

/// A sweep of a later instant does again what the dates may have changed, and no more than it must.
@Suite("Dates and --since")
struct HorizonTests {
    private static let days = CivilDate("2026-01-01")!...CivilDate("2026-12-31")!

    private static func instant(_ generator: inout SplitMix, from first: Int, through last: Int) -> AsOf {
        let day = Int.random(in: first...last, using: &generator)
        let zone = AsOf("2026-01-01T00:00:00\(["Z", "+05:30", "-08:00"].randomElement(using: &generator) ?? "Z")")!.zone
        return AsOf(instant: Instant(milliseconds: Int64(day) * 86_400_000 + Int64.random(in: 0..<86_400_000, using: &generator)), zone: zone)
    }

    private static func patients() throws -> [String] {
        let deck = try MeasureDeck(try SourceFile.read(Repository.path("Tests/ReplayTests/Measures/own-deck.ndjson")))
        return SamplePopulation(count: 60).bundles() + deck.cases.map { String(decoding: $0.bundle.rawBytes, as: UTF8.self) }
    }

    /// What the judge says of a bundle, and until when.
    private func judged(
        _ bundle: JSONNode, _ edition: Edition, at asOf: AsOf, rules: Set<String>? = nil
    ) -> (results: [CareGapResult], until: Instant?) {
        let horizon = Horizon(asOf)
        let codes = edition.evaluator.needs(on: .patientView).observationCodes
        var reader = FHIRReader(
            asOf: asOf, observationCodes: codes.isEmpty ? nil : CodeFilter(codes), eventKinds: edition.evaluator.plan.measures.kinds)
        reader.horizon = horizon
        reader.readBundle(bundle)
        let period = MeasurementPeriod(start: Self.days.lowerBound, end: Self.days.upperBound)!
        let judge = PatientJudge(evaluator: edition.evaluator, asOf: asOf, period: period, rules: rules)
        let results = judge.results(for: reader.finish().snapshot, horizon: horizon)
        return (results, horizon.end)
    }

    @Test("up to the instant that is told, nothing turns", arguments: 1...6 as ClosedRange<UInt64>, [false, true])
    func holds(_ seed: UInt64, _ isWhole: Bool) throws {
        let edition = try GapAnswers.edition.get()
        let rules = isWhole ? nil : try GapAnswers().dated
        var generator = SplitMix(seed: seed)
        let first = CivilDate("2024-01-01")!.daysSinceEpoch, last = CivilDate("2027-12-31")!.daysSinceEpoch
        var lengths: [Int64] = []
        for (number, text) in try Self.patients().enumerated() {
            let bundle = try JSONDocument(parsing: text).root
            let asOf = Self.instant(&generator, from: first, through: last)
            let now = judged(bundle, edition, at: asOf, rules: rules)
            let end = now.until?.milliseconds ?? asOf.instant.milliseconds + 4_000 * 86_400_000
            #expect(end > asOf.instant.milliseconds)
            lengths.append((end - asOf.instant.milliseconds) / 86_400_000)
            for later in [end - 1, Int64.random(in: asOf.instant.milliseconds..<end, using: &generator)] {
                let then = judged(bundle, edition, at: AsOf(instant: Instant(milliseconds: later), zone: asOf.zone), rules: rules)
                let difference = zip(now.results, then.results).first { $0 != $1 }
                #expect(difference == nil, "patient \(number) as of \(asOf), said to hold until \(end), differs at \(later): \(difference.map { "\($0)" } ?? "")")
            }
        }
        // It is told for a while, not from day to day.
        if !isWhole { #expect(lengths.sorted()[lengths.count / 2] >= 20, "\(lengths.sorted())") }
    }

    @Test("a sweep of a later instant that goes on from an earlier one is that of all", arguments: 1...6 as ClosedRange<UInt64>)
    func since(_ seed: UInt64) async throws {
        var generator = SplitMix(seed: seed)
        let folder = try TemporaryFolder()
        var lines = SamplePopulation(count: 60).resources.map(\.line)
        try folder.write(lines.joined(separator: "\n"), to: "before.ndjson")
        let start = CivilDate("2026-02-01")!.daysSinceEpoch
        // With the schedule of vaccines, and without.
        let rules = seed == 5 ? nil : try GapAnswers().dated
        let earlier = Self.instant(&generator, from: start, through: start + 200)
        let day = Int(earlier.instant.milliseconds / 86_400_000) + 1
        let span = [1, 2, 7, 30, 120, 400][Int(seed - 1)]
        let later = AsOf(instant: Self.instant(&generator, from: day, through: day + span).instant, zone: earlier.zone)
        _ = try await GapAnswers(asOf: earlier).sweep([folder.path + "/before.ndjson"], in: folder, as: "before", period: Self.days, rules: rules)
        if seed.isMultiple(of: 2) { for _ in 0..<5 { lines.remove(at: Int.random(in: 2..<lines.count, using: &generator)) } }
        try folder.write(lines.joined(separator: "\n"), to: "after.ndjson")

        let answers = try GapAnswers(asOf: later), input = [folder.path + "/after.ndjson"]
        let whole = try await answers.sweep(input, in: folder, as: "whole", period: Self.days, rules: rules)
        let partial = try await answers.sweep(input, in: folder, as: "partial", since: "before", period: Self.days, rules: rules)
        #expect(whole.results == partial.results, "as of \(later) since \(earlier)")
        #expect(whole.kept == 0)
        if span <= 7 { #expect(partial.kept > 20, "\(partial.kept) kept from \(earlier) to \(later)") }

        // Back in time, nothing of it may be used.
        let back = try await GapAnswers(asOf: earlier).sweep(input, in: folder, as: "back", since: "whole", period: Self.days, rules: rules)
        #expect(later == earlier || back.kept == 0)
        let other = try await answers.sweep(input, in: folder, as: "other", since: "before", rules: rules)
        #expect(other.kept == 0 || SweepOptions.year(of: later.today) == Self.days)
    }

    @Test("What turns, and when")
    func turns() {
        let asOf = AsOf("2026-06-30T12:00:00Z")!
        func end(_ body: (Horizon) -> Void) -> String? {
            let horizon = Horizon(asOf)
            body(horizon)
            return horizon.end.map { "\(AsOf(instant: $0, zone: asOf.zone))" }
        }
        #expect(end { _ in } == nil)
        #expect(end { $0.turns(on: CivilDate("2026-06-30")!) } == nil)
        #expect(end { $0.turns(on: CivilDate("2026-08-01")!) }?.hasPrefix("2026-08-01T00:00:00") == true)
        #expect(end { $0.turnsTomorrow() }?.hasPrefix("2026-07-01T00:00:00") == true)
        #expect(end { $0.turns(on: CivilDate("2026-08-01")!); $0.turns(on: CivilDate("2026-07-09")!); $0.turns(on: CivilDate("2026-09-01")!) }?
            .hasPrefix("2026-07-09") == true)
        // The day itself is behind; those after it are not, for months are not alike.
        #expect(end { $0.turns(TimeSpan(amount: 1, unit: .months), after: CivilDate("2026-05-30")!) }?.hasPrefix("2026-07-01") == true)
        #expect(end { $0.turns(at: asOf.instant) } == nil)
        #expect(end { $0.turns(at: asOf.instant.adding(milliseconds: 1)) } != nil)
    }
}
