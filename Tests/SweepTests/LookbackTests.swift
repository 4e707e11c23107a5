import Clinical
import Documents
import Engine
import Intake
import Replay
import Service
import Testing

@testable import Sweep

/// What a measure finds only from some day on is left out where it lies before, and no result changes.
@Suite("Looking back")
struct LookbackTests {
    @Test("a measure that asks for the period, or for some years before it, tells from which day on")
    func firstDays() throws {
        let period = MeasurementPeriod(yearOf: GapAnswers.asOf.today)
        let days = try GapAnswers().edition.evaluator.plan.measures.firstDays(in: period)
        // Tobacco (CMS138) is asked for within the period.
        let tobacco = try #require(days[.observation]?["72166-2"])
        #expect(tobacco <= period.start && tobacco >= period.start.adding(months: -36))
        let codes = try GapAnswers().edition.evaluator.plan.measures.codes
        for (kind, found) in days { for (code, day) in found { #expect(codes[kind]?.contains(code) == true && day <= period.end) } }
        let later = try GapAnswers().edition.evaluator.plan.measures.firstDays(in: MeasurementPeriod(yearOf: period.end.adding(months: 12)))
        for (kind, found) in days { for (code, day) in found { #expect(try #require(later[kind]?[code]) > day) } }
    }

    @Test("lines and Bundles come to the same, whenever things were and however that is written", arguments: 1...3 as ClosedRange<UInt64>)
    func sameResults(_ seed: UInt64) async throws {
        var generator = SplitMix(seed: seed)
        let deck = try MeasureDeck(try SourceFile.read(Repository.path("Tests/ReplayTests/Measures/own-deck.ndjson")))
        var lines: [String] = [], bundles: [String] = []
        var taken: Set<String> = []
        for one in deck.cases {
            let resources = one.bundle["entry"]?.elements.compactMap { $0["resource"] } ?? []
            guard let id = resources.first(where: { $0["resourceType"]?.equals("Patient") == true })?["id"]?.string, taken.insert(id).inserted
            else { continue }
            var texts = resources.map { String(decoding: $0.rawBytes, as: UTF8.self) }
            for number in 0..<12 { texts.append(Self.entry(number, of: id, &generator)) }
            lines += texts.map { $0.hasPrefix("{\"resourceType\"") ? $0 : $0.replacing("\n", with: " ") }
            bundles.append("{\"resourceType\":\"Bundle\",\"type\":\"collection\",\"entry\":[\(texts.map { "{\"resource\":\($0)}" }.joined(separator: ","))]}")
        }
        let folder = try TemporaryFolder()
        try folder.write(lines.joined(separator: "\n"), to: "lines.ndjson")
        try folder.write(bundles.joined(separator: "\n"), to: "bundles.ndjson")
        for asOf in ["2026-12-31T23:59:59Z", "2027-06-30T12:00:00Z", "2026-01-01T00:00:00Z"] {
            let answers = try GapAnswers(asOf: try #require(AsOf(asOf)))
            let thinned = try await answers.sweep(["\(folder.path)/lines.ndjson"], in: folder, complete: true)
            let whole = try await answers.sweep(["\(folder.path)/bundles.ndjson"], in: folder, complete: true)
            #expect(thinned.count == taken.count)
            for (id, results) in whole {
                for (one, other) in zip(results, thinned[id] ?? []) { #expect(one == other, "\(id) as of \(asOf)") }
            }
        }
    }

    /// A visit or a result that some measure asks for, at a time that may count or not; now and then a second version of another.
    private static func entry(_ number: Int, of patient: String, _ generator: inout SplitMix) -> String {
        func pick<Value>(_ values: [Value]) -> Value { values[Int.random(in: values.indices, using: &generator)] }
        let day = pick(["2015-03-04", "2022-12-31", "2023-01-01", "2024-12-31", "2025-12-30", "2025-12-31", "2026-01-01", "2026-07-01"])
        let moment = pick([day, "\(day)T23:30:00-08:00", "\(day)T00:10:00+05:30", String(day.prefix(4)), "2019-02-31", "\(day)T9"])
        let period = pick([
            "{\"start\":\"\(day)T09:00:00Z\",\"end\":\"\(day)T09:20:00Z\"}", "{\"start\":\"\(day)\"}", "{\"end\":\"\(day)\"}",
            "{\"start\":\"2026-02-01\",\"end\":\"\(day)\"}", "{\"start\":\"\(day)\",\"end\":\"2026-02-01\"}",
        ])
        let id = "x\(Int.random(in: 0..<8, using: &generator))-\(patient)"
        let meta = pick(["", ",\"meta\":{\"versionId\":\"\(number)\",\"lastUpdated\":\"20\(10 + number)-01-01T00:00:00Z\"}"])
        let subject = "\"subject\":{\"reference\":\"Patient/\(patient)\"}"
        if Bool.random(using: &generator) {
            let code = pick([("http://www.ama-assn.org/go/cpt", "99213"), ("http://snomed.info/sct", "185349003")])
            return """
                {"resourceType":"Encounter","id":"\(id)"\(meta),"status":"finished",\(subject),\
                "type":[{"coding":[{"system":"\(code.0)","code":"\(code.1)"}]}],"period":\(period)}
                """
        }
        let (code, value) = pick([
            ("39156-5", "\"valueQuantity\":{\"value\":31,\"unit\":\"kg/m2\",\"system\":\"http://unitsofmeasure.org\",\"code\":\"kg/m2\"}"),
            ("72166-2", "\"valueCodeableConcept\":{\"coding\":[{\"system\":\"http://snomed.info/sct\",\"code\":\"266919005\"}]}"),
            ("4548-4", "\"valueQuantity\":{\"value\":7,\"unit\":\"%\",\"system\":\"http://unitsofmeasure.org\",\"code\":\"%\"}"),
            ("8462-4", "\"valueQuantity\":{\"value\":70,\"unit\":\"mm[Hg]\",\"system\":\"http://unitsofmeasure.org\",\"code\":\"mm[Hg]\"}"),
        ])
        let time = pick(["\"effectiveDateTime\":\"\(moment)\",", "\"effectivePeriod\":\(period),", ""])
        return """
            {"resourceType":"Observation","id":"\(id)"\(meta),"status":"final",\(subject),\(time)\
            "category":[{"coding":[{"code":"vital-signs"}]}],"code":{"coding":[{"system":"http://loinc.org","code":"\(code)"}]},\(value)}
            """
    }
}
