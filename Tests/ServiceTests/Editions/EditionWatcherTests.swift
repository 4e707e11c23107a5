import CDSHooks
import Clinical
import Documents
import Foundation
import Logging
import RuleLanguage
import ServiceLifecycle
import Synchronization
import Telemetry
import Testing

@testable import Service

@Suite("Watching files")
struct EditionWatcherTests {
    private let folder = FileManager.default.temporaryDirectory.appendingPathComponent("vigil-\(UUID().uuidString)")
    private let rule = String(decoding: World.rule.bytes, as: UTF8.self)

    @Test("A change is loaded once it has settled; a broken one leaves the last good edition and is not tried again and again")
    func watching() async throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try write(rule)
        let editions = try editions()
        let metrics = ServiceMetrics()
        let first = editions.current.id.rules
        let watcher = EditionWatcher(
            reloading: Reloading(editions: editions, metrics: metrics, logger: Logger(label: "test") { _ in LogRecorder() }),
            clock: World.clock, interval: .milliseconds(10))
        let task = Task { try await watcher.run() }
        try write(rule.replacing("severity: major", with: "severity: moderate"))
        #expect(await holds { editions.current.id.rules != first })
        let second = editions.current.id.rules
        try write("rule: [")
        #expect(await holds { editions.state.lastFailure != nil })
        #expect(editions.current.id.rules == second)
        try await Task.sleep(for: .milliseconds(100))
        #expect(metrics.registry.text().contains(#"vigil_reloads_total{outcome="refused"} 1"#))
        try write(rule)
        #expect(await holds { editions.current.id.rules == first })
        task.cancel()
        try? await task.value
    }

    @Test("A new day loads again, for rules have dates")
    func newDay() async throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try write(rule)
        let editions = try editions()
        let metrics = ServiceMetrics()
        let tomorrow = try #require(AsOf("2026-01-01T00:00:00Z"))
        let watcher = EditionWatcher(
            reloading: Reloading(editions: editions, metrics: metrics, logger: Logger(label: "test") { _ in LogRecorder() }),
            clock: .fixed(tomorrow), interval: .milliseconds(10))
        let task = Task { try await watcher.run() }
        #expect(await holds { metrics.registry.text().contains(#"vigil_reloads_total{outcome="reloaded"} 0"#) == false })
        task.cancel()
        try? await task.value
    }

    @Test("An override that has ended stops, also where no files are watched")
    func endedOverride() async throws {
        let overrides = """
            overrides: st-elsewhere
            pack: { name: core }
            changes:
              - rule: warfarin-ibuprofen
                of_version: 1
                because: Until the year ends
                approved: { by: Tests, date: 2025-12-01 }
                until: 2025-12-31
                set: { grades.base.severity: minor }

            """
        let knowledge = try World.knowledge()
        // The second edition is of the next day; nothing but the day has changed.
        let days = try [World.clock.now().today, #require(CivilDate("2026-01-01"))]
        let loads = Mutex(0)
        let editions = try EditionHolder(clock: World.clock, stamps: { [] }) { () throws(EditionError) in
            let number = loads.withLock { count in defer { count += 1 }; return count }
            let files = [
                RuleFile(Source(name: "pack.yaml", text: "pack: core\nversion: 1\n")), RuleFile(World.rule),
                RuleFile(Source(name: "site/overrides.yaml", text: overrides), layer: .site),
            ]
            let (rules, diagnostics) = RuleCompiler(knowledge: knowledge, today: days[min(number, 1)]).compile(files)
            let complaints = Complaints(diagnostics: diagnostics, sources: files.map(\.source))
            guard let rules else { throw .rules(complaints) }
            return Edition(rules: rules, knowledge: knowledge, complaints: complaints, loaded: World.clock.now())
        }
        #expect(editions.current.overrides.map(\.state) == [.inForce])
        #expect(!editions.current.holdsOverrides(endedBy: days[0]) && editions.current.holdsOverrides(endedBy: days[1]))
        let watcher = EditionWatcher(
            reloading: Reloading(editions: editions, metrics: ServiceMetrics(), logger: Logger(label: "test") { _ in LogRecorder() }),
            clock: .fixed(try #require(AsOf("2026-01-01T00:00:00Z"))), interval: .milliseconds(10), watchesFiles: false)
        let task = Task { try await watcher.run() }
        #expect(await holds { editions.current.overrides.map(\.state) == [.expired] })
        task.cancel()
        try? await task.value
        // Once it has ended there is no reason left.
        #expect(loads.withLock { $0 } == 2)
    }

    @Test("A file that was written again, replaced or taken away is seen to be another")
    func stamps() throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try write(rule)
        let path = folder.appendingPathComponent("rule.yaml").path
        let first = try #require(FileStamp(path))
        #expect(FileStamp(path) == first)
        try write(rule + "\n")
        #expect(FileStamp(path) != first)
        try FileManager.default.removeItem(atPath: path)
        #expect(FileStamp(path) == nil)
    }

    private func write(_ text: String) throws {
        try Data(text.utf8).write(to: folder.appendingPathComponent("rule.yaml"), options: .atomic)
    }

    private func editions() throws -> EditionHolder {
        let knowledge = try World.knowledge()
        let path = folder.path
        return try EditionHolder(
            clock: World.clock,
            stamps: { ((try? RuleFolder.files(at: [path])) ?? []).compactMap(FileStamp.init) }
        ) { () throws(EditionError) in
            do {
                return try World.edition(try RuleFolder.sources(at: [path]), knowledge)
            } catch let error as EditionError {
                throw error
            } catch {
                throw .files("\(error)")
            }
        }
    }

    /// Whether something comes true before long.
    private func holds(_ condition: () -> Bool) async -> Bool {
        for _ in 0..<2_000 {
            if condition() { return true }
            try? await Task.sleep(for: .milliseconds(5))
        }
        return false
    }
}
