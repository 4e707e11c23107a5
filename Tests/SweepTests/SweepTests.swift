import CareGaps
import Clinical
import Documents
import Engine
import Foundation
import Intake
import Testing

@testable import Sweep

@Suite("Sweeps")
struct SweepTests {
    private let population = SamplePopulation(count: 60)

    @Test("an export, bundles, and bundles a line come to the same results")
    func layouts() async throws {
        let folder = try TemporaryFolder()
        try FileManager.default.createDirectory(atPath: folder.path + "/export", withIntermediateDirectories: true)
        for (name, text) in population.export() { try folder.write(text, to: "export/" + name) }
        try FileManager.default.createDirectory(atPath: folder.path + "/bundles", withIntermediateDirectories: true)
        for (number, bundle) in population.bundles().enumerated() { try folder.write(bundle, to: "bundles/\(number).json") }
        try folder.write(population.bundles().joined(separator: "\n"), to: "bundles.ndjson")

        let export = try await folder.sweep([folder.path + "/export"], into: "a")
        let bundles = try await folder.sweep([folder.path + "/bundles"], into: "b")
        let lines = try await folder.sweep([folder.path + "/bundles.ndjson"], into: "c")
        #expect(export.summary.patients == 60)
        #expect(export.lines.count > 60)
        expectSame(export.lines, bundles.lines)
        expectSame(bundles.lines, lines.lines)
        #expect(export.summary.rejects == 0)
    }

    @Test("neither the order of lines and files nor the number of threads changes a byte")
    func order() async throws {
        let folder = try TemporaryFolder()
        var generator = SplitMix(seed: 7)
        var lines = population.resources.map(\.line)
        for number in stride(from: 0, to: 60, by: 4) {
            // Two versions of one id, and results of one day.
            lines.append(population.resources(of: number)[0].line.replacingOccurrences(of: "\"birthDate\":\"19", with: "\"meta\":{\"versionId\":\"2\"},\"birthDate\":\"20"))
            for visit in 1...3 {
                lines.append(
                    "{\"resourceType\":\"Observation\",\"id\":\"v\(number)-\(visit)\",\"status\":\"final\",\"code\":{\"coding\":[{\"system\":\"http://loinc.org\",\"code\":\"4548-4\"}]},\"subject\":{\"reference\":\"Patient/p\(number)\"},\"effectiveDateTime\":\"2026-05-02\",\"valueQuantity\":{\"value\":\(visit + 6),\"unit\":\"%\",\"system\":\"http://unitsofmeasure.org\",\"code\":\"%\"}}")
            }
        }
        // And of what is shared.
        lines.append(lines[0].replacingOccurrences(of: "\"code\":\"36567\"", with: "\"code\":\"83367\"").replacingOccurrences(of: "\"code\":{", with: "\"meta\":{\"versionId\":\"2\"},\"code\":{"))
        lines = lines.map { line in
            line.contains("\"versionId\"") ? line : line.dropLast() + ",\"meta\":{\"versionId\":\"1\"}}"
        }
        let shuffled = lines.shuffled(using: &generator)
        try folder.write(lines.joined(separator: "\n"), to: "straight.ndjson")
        try folder.write(shuffled.prefix(100).joined(separator: "\n"), to: "one.ndjson")
        try folder.write(shuffled.dropFirst(100).joined(separator: "\r\n") + "\r\n\r\n", to: "two.ndjson")
        let straight = try await folder.sweep([folder.path + "/straight.ndjson"], into: "a", workers: 1)
        let mixed = try await folder.sweep([folder.path + "/two.ndjson", folder.path + "/one.ndjson"], into: "b", workers: 4)
        expectSame(straight.lines, mixed.lines)
        #expect(try folder.read("a/results.csv") == folder.read("b/results.csv"))
        #expect(try folder.read("a/report.html") == folder.read("b/report.html"))
        let reversed = SweepOptions(
            inputs: try SweepInput.files(at: [folder.path + "/straight.ndjson"]), folder: folder.path + "/c", asOf: SampleRules.asOf)
        try folder.write(lines.reversed().joined(separator: "\n"), to: "straight.ndjson")
        _ = try await Sweep(reversed, evaluator: try SampleRules.evaluator(), edition: SampleRules.edition).run()
        #expect(try folder.read("a/results.csv") == folder.read("c/results.csv"))
    }

    @Test("packed files are unpacked; a packed file that was cut off is said, and what it gave is used")
    func packed() async throws {
        let folder = try TemporaryFolder()
        try folder.write(population.resources.map(\.line).joined(separator: "\n"), to: "all.ndjson")
        let plain = try await folder.sweep([folder.path + "/all.ndjson"], into: "a")
        try gzip(folder.path + "/all.ndjson")
        let packed = try await folder.sweep([folder.path + "/all.ndjson.gz"], into: "b")
        expectSame(plain.lines, packed.lines)

        let whole = try Data(contentsOf: URL(fileURLWithPath: folder.path + "/all.ndjson.gz"))
        try whole.prefix(whole.count / 2).write(to: URL(fileURLWithPath: folder.path + "/cut.ndjson.gz"))
        let cut = try await folder.sweep([folder.path + "/cut.ndjson.gz"], into: "c")
        #expect(cut.summary.rejects > 0)
        #expect(try folder.read("c/rejects.ndjson").contains("damaged or cut off"))
    }

    @Test("damaged lines are set aside with file, line and reason; what they may have held is not checked")
    func damage() async throws {
        let folder = try TemporaryFolder()
        var lines = SamplePopulation(count: 20).resources.map(\.line)
        let place = try #require(lines.firstIndex { $0.contains("\"Observation\"") && $0.contains("Patient/p14\"") })
        // Still its patient's, by its subject; no longer JSON.
        lines[place] = lines[place].replacingOccurrences(of: "\"status\":\"final\"", with: "\"status\":final")
        lines.append("{\"resourceType\":\"Condition\"")
        try folder.write(lines.joined(separator: "\n"), to: "all.ndjson")
        let swept = try await folder.sweep([folder.path + "/all.ndjson"], into: "a")
        // The last line is damaged, and the file ends within it.
        #expect(swept.summary.rejects == 3)
        let rejects = try folder.read("a/rejects.ndjson").split(separator: "\n").map(String.init)
        #expect(rejects.contains { $0.hasPrefix("{\"file\":\"all.ndjson\",\"line\":\(place + 1),\"reason\":\"not JSON") })
        #expect(rejects.contains { $0.hasPrefix("{\"file\":\"all.ndjson\",\"line\":\(lines.count),\"reason\":\"not JSON") })
        #expect(swept.lines.contains { $0.contains("\"patient\":\"p14\"") && $0.contains("\"rule\":\"hba1c-overdue\"") && $0.contains("not-checked") })
    }

    @Test("an export without a kind of data says that it was not checked, never that nothing was there")
    func missingKind() async throws {
        let folder = try TemporaryFolder()
        let lines = SamplePopulation(count: 20).resources.filter { $0.type != "Observation" }.map(\.line)
        try folder.write(lines.joined(separator: "\n"), to: "all.ndjson")
        let swept = try await folder.sweep([folder.path + "/all.ndjson"], into: "a")
        let states = swept.lines.filter { $0.contains("\"rule\":\"hba1c-overdue\"") }
        #expect(!states.isEmpty)
        #expect(states.allSatisfy { $0.contains("\"state\":\"not-checked\"") || $0.contains("not-in-population") })
    }

    @Test("a finished sweep is not done again, one of other dates in the same folder begins anew, an unfinished one is not overwritten")
    func again() async throws {
        let folder = try TemporaryFolder()
        try folder.write(population.resources.map(\.line).joined(separator: "\n"), to: "all.ndjson")
        let first = try await folder.sweep([folder.path + "/all.ndjson"], into: "a")
        let second = try await folder.sweep([folder.path + "/all.ndjson"], into: "a")
        expectSame(first.lines, second.lines)
        try folder.write(population.resources.dropLast().map(\.line).joined(separator: "\n"), to: "all.ndjson")
        let third = try await folder.sweep([folder.path + "/all.ndjson"], into: "a")
        #expect(third.summary.patients == 60)
        try FileManager.default.removeItem(atPath: folder.path + "/a/.sweep/complete")
        try folder.write("", to: "other.ndjson")
        await #expect(throws: SweepError.self) { try await folder.sweep([folder.path + "/other.ndjson"], into: "a") }
    }

    @Test("a sweep goes on from the parts that are there")
    func resume() async throws {
        let folder = try TemporaryFolder()
        try folder.write(population.resources.map(\.line).joined(separator: "\n"), to: "all.ndjson")
        let whole = try await folder.sweep([folder.path + "/all.ndjson"], into: "a")
        // As a run leaves it that was killed after it had grouped: spills there, a part missing.
        let options = SweepOptions(inputs: try SweepInput.files(at: [folder.path + "/all.ndjson"]), folder: folder.path + "/a", asOf: SampleRules.asOf)
        let work = try WorkFolder(folder.path + "/a/.sweep")
        let spill = Spill(folder: work, partCount: Spill.partCount(for: options.inputs))
        _ = try await Grouping(inputs: options.inputs, spill: spill, workers: 1, progress: SweepProgress()).run()
        work.remove("part-0")
        work.remove("complete")
        let resumed = try await folder.sweep([folder.path + "/all.ndjson"], into: "a")
        expectSame(whole.lines, resumed.lines)
    }

    @Test("patients of whom nothing has changed are not evaluated again, and the results are those of a whole sweep", arguments: [1, 2, 3, 4, 5])
    func since(_ seed: UInt64) async throws {
        let folder = try TemporaryFolder()
        var lines = population.resources.map(\.line)
        try folder.write(lines.joined(separator: "\n"), to: "before.ndjson")
        _ = try await folder.sweep([folder.path + "/before.ndjson"], into: "before")
        var generator = SplitMix(seed: seed)
        // Some lines go, one comes, a shared medicine changes in one of the runs, and all stand in another order.
        for _ in 0..<5 { lines.remove(at: Int.random(in: 2..<lines.count, using: &generator)) }
        lines.append(population.resources(of: 14)[2].line.replacingOccurrences(of: "a14-0", with: "new").replacingOccurrences(of: "2023-", with: "2026-"))
        if seed == 3 { lines[0] = lines[0].replacingOccurrences(of: "36567", with: "36568") }
        lines.shuffle(using: &generator)
        try folder.write(lines.joined(separator: "\n"), to: "after.ndjson")
        let whole = try await folder.sweep([folder.path + "/after.ndjson"], into: "whole")
        let partial = try await folder.sweep([folder.path + "/after.ndjson"], into: "partial", since: "before")
        expectSame(whole.lines, partial.lines)
        #expect(partial.kept > 20 && partial.kept < 60)
    }

    @Test("a sweep that has nothing to go on from leaves nothing behind; nor does one that would go on from itself")
    func nothingToGoOnFrom() async throws {
        let folder = try TemporaryFolder()
        try folder.write(population.resources.map(\.line).joined(separator: "\n"), to: "all.ndjson")
        for since in ["nowhere", "a"] {
            await #expect(throws: SweepError.self) { try await folder.sweep([folder.path + "/all.ndjson"], into: "a", since: since) }
            #expect(!FileManager.default.fileExists(atPath: folder.path + "/a"))
        }
        let swept = try await folder.sweep([folder.path + "/all.ndjson"], into: "a")
        #expect(swept.summary.patients == 60)
    }

    @Test("of another period everyone is done again, and it is said why")
    func otherPeriod() async throws {
        let folder = try TemporaryFolder()
        try folder.write(population.resources.map(\.line).joined(separator: "\n"), to: "all.ndjson")
        _ = try await folder.sweep([folder.path + "/all.ndjson"], into: "a")
        var options = SweepOptions(
            inputs: try SweepInput.files(at: [folder.path + "/all.ndjson"]), folder: folder.path + "/b", asOf: SampleRules.asOf,
            period: SweepOptions.year(of: try #require(CivilDate("2025-01-01"))))
        options.since = folder.path + "/a"
        let progress = SweepProgress()
        _ = try await Sweep(options, evaluator: try SampleRules.evaluator(), edition: SampleRules.edition, progress: progress).run()
        #expect(progress.reading.patientsKept == 0)
        #expect(progress.reading.sinceUnused == "another measurement period or time zone")
    }

    @Test("what the hook shows at patient-view is what the sweep says is open or due soon")
    func parity() async throws {
        let folder = try TemporaryFolder()
        try folder.write(population.bundles().joined(separator: "\n"), to: "bundles.ndjson")
        let swept = try await folder.sweep([folder.path + "/bundles.ndjson"], into: "a")
        var expected: [String] = []
        for (number, bundle) in population.bundles().enumerated() {
            var reader = FHIRReader(asOf: SampleRules.asOf, patientID: "p\(number)")
            reader.readBundle(try JSONDocument(parsing: bundle).root)
            let evaluation = try SampleRules.evaluator().evaluate(reader.finish().snapshot, on: .patientView, at: SampleRules.asOf)
            for finding in evaluation.findings { expected.append("p\(number) \(finding.rule.id) \(finding.summary)") }
        }
        let got = try swept.lines.compactMap { line -> String? in
            let node = try JSONDocument(parsing: line).root
            guard let state = node["state"]?.string, state == "open" || state == "due-soon" else { return nil }
            return "\(node["patient"]?.string ?? "") \(node["rule"]?.string ?? "") \(node["reason"]?.string ?? "")"
        }
        #expect(!expected.isEmpty)
        expectSame(expected.sorted(), got.sorted())
    }

    @Test("every patient has a state for every rule")
    func states() async throws {
        let folder = try TemporaryFolder()
        try folder.write(population.resources.map(\.line).joined(separator: "\n"), to: "all.ndjson")
        let swept = try await folder.sweep([folder.path + "/all.ndjson"], into: "a")
        #expect(swept.lines.count == 60 * swept.summary.rules.count)
        for rule in swept.summary.rules { #expect(rule.states.values.reduce(0, +) == 60, "\(rule.rule)") }
        let states = Set(swept.summary.rules.flatMap(\.states.keys))
        #expect(states.isSuperset(of: [.notInPopulation, .open, .closed]))
    }

    @Test("two sweeps never share a folder")
    func lock() async throws {
        let folder = try TemporaryFolder()
        try folder.write(population.resources.map(\.line).joined(separator: "\n"), to: "all.ndjson")
        let lock = try FolderLock(try WorkFolder(folder.path + "/a/.sweep"))
        await #expect(throws: SweepError.self) { try await folder.sweep([folder.path + "/all.ndjson"], into: "a") }
        withExtendedLifetime(lock) {}
        _ = try await folder.sweep([folder.path + "/all.ndjson"], into: "b")
    }

    @Test("nothing of the patients is left in spill files")
    func spills() async throws {
        let folder = try TemporaryFolder()
        try folder.write(population.resources.map(\.line).joined(separator: "\n"), to: "all.ndjson")
        _ = try await folder.sweep([folder.path + "/all.ndjson"], into: "a")
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path + "/a/.sweep")
        #expect(!names.contains { $0.hasPrefix("spill") })
    }

    /// Names the first difference, not all of both.
    private func expectSame(_ left: [String], _ right: [String]) {
        let difference = zip(left, right).first { $0 != $1 }
        #expect(left.count == right.count && difference == nil, "\(left.count) and \(right.count) lines; first difference \(difference.map { "\($0)" } ?? "in number")")
    }

    private func gzip(_ path: String) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["gzip", "-kf", path]
        try process.run()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
    }
}

/// - Source: Steele, Lea, Flood: Fast splittable pseudorandom number generators, 2014.
struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var value = state
        value = (value ^ value >> 30) &* 0xbf58_476d_1ce4_e5b9
        value = (value ^ value >> 27) &* 0x94d0_49bb_1331_11eb
        return value ^ value >> 31
    }
}
