import ArgumentParser
import AuditLog
import Authoring
import CDSHooks
import Clinical
import Documents
import Engine
import RuleLanguage
import Service

/// Calls that were stored: folders and files of bodies, NDJSON, or the bodies that a journal kept.
struct TrafficOptions: ParsableArguments {
    @Option(
        parsing: .upToNextOption,
        help: ArgumentHelp("Stored calls: JSON files, folders of them, NDJSON, or a journal with kept bodies (*.sqlite).", valueName: "path"))
    var against: [String]

    @Option(
        name: .customLong("journal-key"),
        help: ArgumentHelp("The key with which a journal's bodies were encrypted.", valueName: "file"))
    var key: String?

    /// The calls, in the order of files and lines; those of a journal at the instant at which they came.
    func requests(asOf: AsOf) async throws -> [TrafficRequest] {
        var requests: [TrafficRequest] = []
        for path in against {
            if path.hasSuffix(".sqlite") {
                requests += try await kept(in: path)
                continue
            }
            for file in try SourceFile.files(under: path, endings: [".json", ".ndjson", ".jsonl"]) {
                requests += TrafficRequest.requests(in: try SourceFile.read(file, limit: 1 << 30), asOf: asOf)
            }
        }
        guard !requests.isEmpty else { throw CommandError(description: "there are no calls in \(against.joined(separator: ", "))") }
        return requests
    }

    private func kept(in path: String) async throws -> [TrafficRequest] {
        let keys = try key.map { EncryptionKeys(try EncryptionKey(file: $0)) }
        let journal = try Journal.read(path, encryption: keys)
        var requests: [TrafficRequest] = []
        var bodiless = 0
        for entry in try await journal.entries(in: .all, limit: .max) {
            guard let decision = entry.decision else { continue }
            guard let body = try await journal.bodies.body(of: decision.request) else {
                bodiless += 1
                continue
            }
            var fetched: [UInt8]?
            if let digest = decision.fetched { fetched = try await journal.bodies.body(of: digest) }
            requests.append(
                TrafficRequest(name: "\(path):\(entry.place.sequence)", body: body, asOf: decision.asOf, fetched: fetched.flatMap { FetchedRounds(bytes: $0) } ?? FetchedRounds()))
        }
        if bodiless > 0 { Output.note("\(path): left out \(bodiless) decisions whose calls are not kept (`journal.bodies`)") }
        return requests
    }
}

extension LoadedRules {
    /// What these rules say of calls: those of them that were planned.
    func run(_ requests: [TrafficRequest], width: Int) async -> TrafficRun {
        let units = Dictionary(ruleSet.rules.map { ($0.rule.heading.id, $0.unit ?? "") }, uniquingKeysWith: { first, _ in first })
        return await TrafficRun(
            requests, with: Evaluator(plan: ruleSet.plan, knowledge: knowledge), units: units, width: width)
    }
}
