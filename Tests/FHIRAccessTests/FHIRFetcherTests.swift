import Documents
import Hummingbird
import NIOCore
import Testing

@testable import FHIRAccess
@testable import Loopback

/// Fetching from a server that behaves, and from one that does not; the answer is always in time.
///
/// - Source: CDS Hooks 2.0.1, "FHIR Resource Access"; rows 59, 64, 68 to 71 and 188 of our requirements.
@Suite("Fetching", .serialized, .timeLimit(.minutes(3)))
struct FHIRFetcherTests {
    /// Runs queries against the fake server as a client that may use it.
    private func fetch(
        _ queries: [String: String], from fake: FakeFHIRServer, token: String? = "secret-token",
        limits: FetchLimits = FetchLimits(timeout: .seconds(60)),
        allowed: [String]? = nil, base: String? = nil, reach: NetworkReach = .loopback, within time: Duration = .seconds(60)
    ) async -> [String: FetchOutcome] {
        let transport = HTTPTransport(reach: reach)
        let policy = FetchPolicy(allowedBases: (allowed ?? [fake.base]).compactMap { FHIRBase($0) }, limits: limits)
        let outcomes = await FHIRFetcher(transport: transport).fetch(
            queries: queries, base: base ?? fake.base, token: token, policy: policy, deadline: .now + time)
        await transport.shutdown()
        #expect(Set(outcomes.keys) == Set(queries.keys))
        return outcomes
    }

    private func failure(
        _ answer: @escaping FakeFHIRServer.Answer, limits: FetchLimits = FetchLimits(timeout: .seconds(60)), within time: Duration = .seconds(60)
    ) async throws -> FetchFailure? {
        try await FakeFHIRServer.serving(["/fhir/Patient/1": answer]) { fake in
            await fetch(["patient": "Patient/1"], from: fake, limits: limits, within: time)["patient"]?.failure
        }
    }

    private func ids(_ outcome: FetchOutcome?) -> [String] {
        outcome?.documents.compactMap { page in
            page.root["id"]?.string ?? page.root["entry"].flatMap { $0.elements.first { _ in true } }?["resource"]?["id"]?.string
        } ?? []
    }

    // MARK: - A server that behaves

    @Test("59, 69: reads and searches, the token on each")
    func behaves() async throws {
        try await FakeFHIRServer.serving([
            "/fhir/Patient/1": { _, _ in .patient() }, "/fhir/Condition?patient=1&code=a%7Cb": { _, _ in .page("c1") },
        ]) { fake in
            let outcomes = await fetch(["patient": "Patient/1", "conditions": "Condition?patient=1&code=a|b"], from: fake)
            #expect(ids(outcomes["patient"]) == ["1"])
            #expect(ids(outcomes["conditions"]) == ["c1"])
            #expect(outcomes.values.allSatisfy { $0.failure == nil })
            #expect(
                fake.calls.allSatisfy {
                    $0.authorization == "Bearer secret-token" && $0.accept?.contains("application/fhir+json") == true
                })
        }
    }

    @Test("Without a token nothing is made up")
    func withoutToken() async throws {
        try await FakeFHIRServer.serving(["/fhir/Patient/1": { _, _ in .patient() }]) { fake in
            #expect(await fetch(["patient": "Patient/1"], from: fake, token: nil)["patient"]?.failure == nil)
            #expect(fake.calls.first?.authorization == nil)
        }
    }

    @Test("Keys that ask the same share one request")
    func shared() async throws {
        try await FakeFHIRServer.serving(["/fhir/Patient/1": { _, _ in .patient() }]) { fake in
            let outcomes = await fetch(["a": "Patient/1", "b": "Patient/1"], from: fake)
            #expect(outcomes.values.allSatisfy { ids($0) == ["1"] })
            #expect(fake.calls.count == 1)
        }
    }

    @Test("A packed body")
    func packed() async throws {
        let failure = try await failure { _, _ in
            Response(
                status: .ok, headers: [.contentType: "application/fhir+json", .contentEncoding: "gzip"],
                body: .init(byteBuffer: ByteBuffer(bytes: Packed.patient)))
        }
        #expect(failure == nil)
    }

    @Test("At most eight at once")
    func parallel() async throws {
        let queries = Dictionary(uniqueKeysWithValues: (0..<24).map { ("k\($0)", "Patient/p\($0)") })
        var answers: [String: FakeFHIRServer.Answer] = [:]
        for number in 0..<24 {
            answers["/fhir/Patient/p\(number)"] = { _, _ in
                try await Task.sleep(for: .milliseconds(30))
                return .patient("p\(number)")
            }
        }
        try await FakeFHIRServer.serving(answers) { fake in
            let outcomes = await fetch(queries, from: fake)
            #expect(outcomes.values.allSatisfy { $0.failure == nil })
            #expect(fake.mostAtOnce <= 8)
            #expect(fake.mostAtOnce > 1)
        }
    }

    // MARK: - Pages

    @Test("64: pages by absolute and relative links")
    func pages() async throws {
        try await FakeFHIRServer.serving([
            "/fhir/Condition?patient=1": { _, fake in .page("c1", next: "\(fake.base)?_getpages=x&page=2") },
            "/fhir?_getpages=x&page=2": { _, _ in .page("c2", next: "Condition?page=3") },
            "/fhir/Condition?page=3": { _, _ in .page("c3", next: "/fhir/Condition?page=4&code=a|b") },
            "/fhir/Condition?page=4&code=a%7Cb": { _, _ in .page("c4") },
        ]) { fake in
            let outcome = await fetch(["c": "Condition?patient=1"], from: fake)["c"]
            #expect(ids(outcome) == ["c1", "c2", "c3", "c4"])
            #expect(outcome?.failure == nil)
        }
    }

    @Test("A circle of pages, a page on another server, and more pages than are read: what came, marked as partial")
    func partial() async throws {
        try await FakeFHIRServer.serving([
            "/fhir/Condition?q=circle": { _, _ in .page("a", next: "Condition?q=circle2") },
            "/fhir/Condition?q=circle2": { _, _ in .page("b", next: "Condition?q=circle") },
            "/fhir/Condition?q=away": { _, fake in .page("a", next: "http://localhost:\(fake.port)/fhir/Condition?q=x") },
            "/fhir/Condition?q=beside": { _, fake in .page("a", next: "http://127.0.0.1:\(fake.port)/other/Condition") },
            "/fhir/Condition?q=broken": { _, _ in .page("a", next: "Condition?q=missing") },
            "/fhir/Condition?q=html": { _, _ in .page("a", next: "Condition?q=html2") },
            "/fhir/Condition?q=html2": { _, _ in .fhir("<html>", type: "text/html") },
            "/fhir/Condition?q=many0": { _, _ in .page("0", next: "Condition?q=many1") },
            "/fhir/Condition?q=many1": { _, _ in .page("1", next: "Condition?q=many2") },
            "/fhir/Condition?q=many2": { _, _ in .page("2", next: "Condition?q=many3") },
        ]) { fake in
            let words = ["circle", "away", "beside", "broken", "html", "many0"]
            let queries = Dictionary(uniqueKeysWithValues: words.map { ($0, "Condition?q=\($0)") })
            let outcomes = await fetch(queries, from: fake, limits: FetchLimits(pages: 3))
            #expect(
                outcomes.mapValues { $0.failure } == [
                    "circle": .pagingLoop, "away": .pagingAway, "beside": .pagingAway, "broken": .status(404),
                    "html": .contentType,
                    "many0": .tooManyPages,
                ])
            #expect(ids(outcomes["circle"]) == ["a", "b"])
            #expect(ids(outcomes["many0"]) == ["0", "1", "2"])
            #expect(ids(outcomes["broken"]) == ["a"])
        }
    }

    @Test("The first pages stay when a later one is slow")
    func slowPage() async throws {
        try await FakeFHIRServer.serving([
            "/fhir/Condition?q=1": { _, _ in .page("a", next: "Condition?q=2") },
            "/fhir/Condition?q=2": { _, _ in
                try await Task.sleep(for: .seconds(300))
                return .page("b")
            },
        ]) { fake in
            let outcome = await fetch(["c": "Condition?q=1"], from: fake, limits: FetchLimits(timeout: .seconds(3)))["c"]
            #expect(ids(outcome) == ["a"])
            #expect(outcome?.failure == .timedOut)
        }
    }

    // MARK: - A server that does not behave

    @Test("Statuses other than 200: the code only", arguments: [400, 401, 403, 404, 410, 429, 500, 503, 204])
    func statuses(code: Int) async throws {
        let failure = try await failure { _, _ in
            let outcome = #"{"resourceType":"OperationOutcome","issue":[{"diagnostics":"patient Jane Doe"}]}"#
            return Response(
                status: .init(code: code), headers: [.contentType: "application/fhir+json"],
                body: code == 204 ? .init() : .init(byteBuffer: ByteBuffer(string: outcome)))
        }
        #expect(failure == .status(code))
    }

    @Test(
        "Answers that are not what was asked for",
        arguments: [
            (#"{"resourceType":"Practitioner","id":"1"}"#, FetchFailure.wrongResource),
            (#"{"resourceType":"Patient","id":"2"}"#, .wrongResource),
            (#"{"resourceType":"Patient"}"#, .wrongResource), (#"{"id":"1"}"#, .wrongResource), ("[]", .wrongResource),
            (#"{"resourceType":"Bundle","type":"searchset"}"#, .wrongResource),
            (#"{"resourceType":"OperationOutcome"}"#, .operationOutcome),
            ("<html>", .notJSON), ("", .notJSON), (#"{"resourceType":"Patient","id":"1""#, .notJSON),
            (#"{"resourceType":"Patient","id":"1","id":"1"}"#, .notJSON),
        ])
    func lies(json: String, expected: FetchFailure) async throws {
        #expect(try await failure { _, _ in .fhir(json) } == expected)
    }

    @Test("A search answered by a bare resource, or by a Bundle of another kind")
    func lyingSearch() async throws {
        try await FakeFHIRServer.serving([
            "/fhir/Condition?q=bare": { _, _ in .fhir(#"{"resourceType":"Condition","id":"1"}"#) },
            "/fhir/Condition?q=history": { _, _ in .fhir(#"{"resourceType":"Bundle","type":"history"}"#) },
            "/fhir/Condition?q=none": { _, _ in .fhir(#"{"resourceType":"Bundle","type":"searchset","total":0}"#) },
        ]) { fake in
            let outcomes = await fetch(
                ["bare": "Condition?q=bare", "history": "Condition?q=history", "none": "Condition?q=none"], from: fake)
            #expect(outcomes.mapValues(\.failure) == ["bare": .wrongResource, "history": .wrongResource, "none": nil])
        }
    }

    @Test(
        "Content types",
        arguments: [
            ("text/html", FetchFailure.contentType), ("application/fhir+xml", .contentType), ("application/jsonp", .contentType),
            ("application/json", nil), ("Application/FHIR+JSON;fhirVersion=4.0", nil), ("application/json+fhir", nil),
        ])
    func contentTypes(type: String, expected: FetchFailure?) async throws {
        #expect(try await failure { _, _ in .fhir(#"{"resourceType":"Patient","id":"1"}"#, type: type) } == expected)
    }

    @Test("Too large: by its declared length, by what comes, and unpacked")
    func tooLarge() async throws {
        let limits = FetchLimits(bodyLimit: 10_000)
        let long = #"{"resourceType":"Patient","id":"1","x":""# + String(repeating: "x", count: 20_000) + "\"}"
        #expect(try await failure({ _, _ in .fhir(long) }, limits: limits) == .tooLarge)
        let streamed = try await failure(
            { _, _ in
                Response(
                    status: .ok, headers: [.contentType: "application/fhir+json"],
                    body: .init { writer in
                        for _ in 0..<100_000 { try await writer.write(ByteBuffer(string: String(repeating: " ", count: 1000))) }
                        try await writer.finish(nil)
                    })
            }, limits: limits)
        #expect(streamed == .tooLarge)
        let bomb = try await failure(
            { _, _ in
                Response(
                    status: .ok, headers: [.contentType: "application/fhir+json", .contentEncoding: "gzip"],
                    body: .init(byteBuffer: ByteBuffer(bytes: Packed.bomb)))
            }, limits: limits)
        #expect(bomb == .tooLarge)
    }

    @Test("Too large all together")
    func totalLimit() async throws {
        let body = #"{"resourceType":"Bundle","type":"searchset","x":""# + String(repeating: "x", count: 5_000) + "\"}"
        try await FakeFHIRServer.serving([
            "/fhir/A?x": { _, _ in .fhir(body) }, "/fhir/B?x": { _, _ in .fhir(body) }, "/fhir/C?x": { _, _ in .fhir(body) },
        ]) { fake in
            let outcomes = await fetch(["a": "A?x", "b": "B?x", "c": "C?x"], from: fake, limits: FetchLimits(totalLimit: 12_000))
            #expect(outcomes.values.filter { $0.failure == .tooLarge }.count == 1)
        }
    }

    @Test("A body that ends early")
    func closesEarly() async throws {
        struct Enough: Error {}
        let failure = try await failure { _, _ in
            Response(
                status: .ok, headers: [.contentType: "application/fhir+json", .contentLength: "1000"],
                body: .init { writer in
                    try await writer.write(ByteBuffer(string: #"{"resourceType":"Patient","id":"1"}"#))
                    throw Enough()
                })
        }
        #expect(failure == .connection)
    }

    @Test("A server that is not there")
    func notThere() async throws {
        let port = try await FakeFHIRServer.serving([:]) { fake in fake.port }
        let transport = HTTPTransport(reach: .loopback)
        let base = "http://127.0.0.1:\(port)/fhir"
        let outcomes = await FHIRFetcher(transport: transport).fetch(
            queries: ["patient": "Patient/1"], base: base, token: nil,
            policy: FetchPolicy(allowedBases: [try #require(FHIRBase(base))]),
            deadline: .now + .seconds(5))
        await transport.shutdown()
        #expect(outcomes["patient"]?.failure == .connection)
    }

    // MARK: - Time

    @Test("Slow heads and slow bodies: the answer is in before the deadline")
    func slow() async throws {
        try await FakeFHIRServer.serving([
            "/fhir/Patient/1": { _, _ in .patient() },
            "/fhir/Patient/head": { _, _ in
                try await Task.sleep(for: .seconds(300))
                return .patient("head")
            },
            "/fhir/Patient/body": { _, _ in
                Response(
                    status: .ok, headers: [.contentType: "application/fhir+json"],
                    body: .init { writer in
                        for _ in 0..<6000 {
                            try await writer.write(ByteBuffer(string: " "))
                            try await Task.sleep(for: .milliseconds(50))
                        }
                        try await writer.finish(nil)
                    })
            },
        ]) { fake in
            let limits = FetchLimits(timeout: .seconds(60), reserve: .milliseconds(200))
            let outcomes = await fetch(
                ["quick": "Patient/1", "head": "Patient/head", "body": "Patient/body"], from: fake, limits: limits,
                within: .seconds(4))
            #expect(outcomes.mapValues(\.failure) == ["quick": nil, "head": .timedOut, "body": .timedOut])
        }
    }

    @Test("More slow queries than run at once: none begins after the end")
    func slowQueue() async throws {
        var answers: [String: FakeFHIRServer.Answer] = [:]
        for number in 0..<12 {
            answers["/fhir/Patient/\(number)"] = { _, _ in
                try await Task.sleep(for: .seconds(300))
                return .patient("\(number)")
            }
        }
        try await FakeFHIRServer.serving(answers) { fake in
            let queries = Dictionary(uniqueKeysWithValues: (0..<12).map { ("\($0)", "Patient/\($0)") })
            let outcomes = await fetch(queries, from: fake, within: .seconds(1))
            #expect(outcomes.values.allSatisfy { $0.failure == .timedOut || $0.failure == .noTimeLeft })
            #expect(fake.calls.count <= 8)
        }
    }

    @Test("No time left: nothing is asked")
    func noTime() async throws {
        try await FakeFHIRServer.serving(["/fhir/Patient/1": { _, _ in .patient() }]) { fake in
            #expect(await fetch(["p": "Patient/1"], from: fake, within: .milliseconds(40))["p"]?.failure == .noTimeLeft)
            #expect(fake.calls.isEmpty)
        }
    }

    @Test("A caller who gives up does not wait")
    func cancelled() async throws {
        try await FakeFHIRServer.serving([
            "/fhir/Patient/1": { _, _ in
                try await Task.sleep(for: .seconds(300))
                return .patient()
            }
        ]) { fake in
            let task = Task {
                await fetch(["p": "Patient/1"], from: fake, within: .seconds(200))
            }
            try await Task.sleep(for: .milliseconds(200))
            task.cancel()
            #expect(await task.value["p"]?.failure == .cancelled)
        }
    }
}
