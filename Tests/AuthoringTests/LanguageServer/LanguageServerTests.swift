import Documents
import Knowledge
import RuleLanguage
import SamplePack
import Testing

@testable import Authoring

@Suite struct LanguageServerTests {
    private func server() throws -> LanguageServer {
        let names = Source(
            name: "/rules/sets.yaml", text: "classes:\n  our-class: { members: [warfarin] }\nconditions:\n  excused: { when: { has: gout } }\n")
        return LanguageServer([RuleFile(names)], knowledge: try RepositoryKnowledge.base(), today: Samples.today)
    }

    private static let uri = "file:///rules/spironolactone-potassium.yaml"

    private func message(_ id: Int?, _ method: String, _ parameters: JSONValue) throws -> JSONNode {
        var members: [(String, JSONValue)] = [("jsonrpc", .string("2.0")), ("method", .string(method)), ("params", parameters)]
        if let id { members.insert(("id", .int(id)), at: 1) }
        return try JSONDocument(parsing: JSONValue.object(members).bytes).root
    }

    /// Where 1️⃣ stands in a text, and the text without it.
    private func marked(_ text: String) throws -> (Source, JSONValue) {
        let parts = text.split(separator: "1️⃣", omittingEmptySubsequences: false)
        try #require(parts.count == 2)
        let source = Source(name: "a.yaml", text: String(parts[0] + parts[1]))
        return (source, LinePosition(of: parts[0].utf8.count, in: source).json)
    }

    private func open(_ text: String, in server: inout LanguageServer) throws -> [JSONValue] {
        server.handle(
            try message(nil, "textDocument/didOpen", .object([("textDocument", .object([("uri", .string(Self.uri)), ("text", .string(text))]))])))
    }

    /// What the editor is answered at the mark.
    private func ask(_ method: String, _ text: String, _ more: [(String, JSONValue)] = []) throws -> JSONValue {
        var server = try server()
        let (source, position) = try marked(text)
        _ = try open(String(decoding: source.bytes, as: UTF8.self), in: &server)
        let answer = server.handle(
            try message(1, "textDocument/\(method)", .object([("textDocument", .object([("uri", .string(Self.uri))])), ("position", position)] + more)))
        return try #require(answer.first?["result"])
    }

    private func labels(_ text: String) throws -> [String] {
        try #require(try ask("completion", text)["items"]).elements.compactMap { $0["label"]?.string }
    }

    /// The sample with the first occurrence of something replaced.
    private func sample(_ old: String, _ new: String) -> String {
        String(decoding: Samples.potassium().bytes, as: UTF8.self).replacing(old, with: new, maxReplacements: 1)
    }

    /// The command line says `./site`, the editor the whole path: one file, and it changes each place once.
    @Test func aFileIsOneHoweverItsPathIsSpelled() throws {
        let overrides = SamplePack.overrides("set: { grades.high.severity: moderate }")
        let names = "classes:\n  our-class: { members: [warfarin] }\n"
        let files = SamplePack.files(overrides).map { RuleFile(Source(name: "./" + $0.source.name, bytes: $0.source.bytes), layer: $0.layer) }
        var server = LanguageServer(
            files + [RuleFile(Source(name: "./site/sets.yaml", text: names), layer: .site)], knowledge: try RepositoryKnowledge.base(), today: Samples.today,
            canonical: { $0.hasPrefix("./") ? "/ward/" + $0.dropFirst(2) : $0 })
        func diagnostics(_ uri: String, _ text: String) throws -> [String] {
            let opened = server.handle(
                try message(nil, "textDocument/didOpen", .object([("textDocument", .object([("uri", .string(uri)), ("text", .string(text))]))])))
            return opened.compactMap { note in try? JSONDocument(parsing: note.bytes).root["params"] }.filter { $0["uri"]?.string == uri }
                .flatMap { $0["diagnostics"]?.elements.compactMap { $0["code"]?.string } ?? [] }
        }
        #expect(try diagnostics("file:///ward/site/overrides.yaml", overrides) == [])
        #expect(try diagnostics("file:///ward/site/sets.yaml", names) == [])
        #expect(try diagnostics("file:///ward/site/zz.yaml", names) != [])
        #expect(server.uri(of: "./core/nsaid-anticoagulant.yaml") == "file:///ward/core/nsaid-anticoagulant.yaml")
    }

    @Test func namesAreCompletedWhereTheyStand() throws {
        #expect(try labels(sample("{ drug: spironolactone }", "{ drug: spironol1️⃣")) == ["spironolactone"])
        #expect(try labels(sample("{ drug: spironolactone }", "{ class: our-1️⃣")) == ["our-class"])
        #expect(try labels(sample("lab: serum-potassium", "lab: serum-pot1️⃣")) == ["serum-potassium"])
        #expect(Set(try labels(sample("severity: major", "severity: m1️⃣"))) == ["major", "moderate", "minor"])
        #expect(try labels(sample("[benefit-outweighs-risk]", "[benefit-outweighs-risk, short1️⃣")) == ["short-course"])
        #expect(try labels(sample("latest_within: 90 d", "pick: 1️⃣")) == ["latest", "earliest", "highest", "lowest"])
    }

    @Test func factsAndKeysAreCompletedInConditions() throws {
        let found = try labels(sample("{ potassium: { above: 5.5 mmol/L } }", "{ 1️⃣"))
        #expect(found.contains("potassium") && found.contains("age") && found.contains("diuretic.daily_dose") && found.contains("any"))
        #expect(try labels(sample("{ above: 5.5 mmol/L }", "{ a1️⃣")) == ["above", "at_least", "at_most"])
        #expect(try labels(sample("severity: major", "sev1️⃣")) == ["severity"])
        #expect(try labels(sample("$potassium before", "$pot1️⃣")) == ["potassium"])
        #expect(try labels(sample("status: draft", "status: 1️⃣")) == ["draft", "shadow", "active", "retired"])
    }

    @Test func testsAreCompleted() throws {
        #expect(try labels(sample("[spironolactone 25 mg daily]", "[spironol1️⃣")).contains("spironolactone"))
        #expect(try labels(sample("labs: [serum-potassium 5.7", "labs: [serum-potas1️⃣")).contains("serum-potassium"))
    }

    @Test func hoverTellsMembersAndSources() throws {
        func words(_ text: String) throws -> String { try ask("hover", text)["contents"]?["value"]?.string ?? "" }
        #expect(try words(sample("drug: spironolactone }", "drug: spirono1️⃣lactone }")).contains("RxNorm ingredient 9997"))
        #expect(try words(sample("{ drug: spironolactone }", "{ class: aldosterone-1️⃣antagonist }")).contains("eplerenone, finerenone, spironolactone"))
        #expect(try words(sample("lab: serum-potassium,", "lab: serum-1️⃣potassium,")).contains("mmol/L"))
        #expect(try words(sample("severity: major", "sever1️⃣ity: major")).contains("shows no card"))
        #expect(try words(sample("{ potassium: { above", "{ pota1️⃣ssium: { above")).contains("lab: serum-potassium"))
    }

    @Test func definitionOfAFactAndOfAnOwnName() throws {
        let fact = try ask("definition", sample("Potassium is $potassium", "Potassium is $pota1️⃣ssium"))
        #expect(fact["range"]?["start"]?["line"].flatMap { String(decoding: $0.bytes, as: UTF8.self) } == "9")
        let name = try ask("definition", sample("{ drug: spironolactone }", "{ class: our1️⃣-class }"))
        #expect(name["uri"]?.string == "file:///rules/sets.yaml")
    }

    @Test func aFactIsRenamedWhereverItIsNamed() throws {
        let text = sample("{ potassium: { above", "{ pota1️⃣ssium: { above")
        let answer = try ask("rename", text, [("newName", .string("k"))])
        let edits = try #require(answer["changes"]?[Self.uri]).elements
        #expect(edits.count == 4, "the fact, the condition, if_unknown, the summary")
        #expect(try ask("rename", text, [("newName", .string("diuretic"))]).bytes == JSONValue.null.bytes, "a role has that name")
        #expect(try ask("rename", text, [("newName", .string("Not a name"))]).bytes == JSONValue.null.bytes)
    }

    @Test func placesAreCountedInUTF16() throws {
        let source = Source(name: "a", text: "a: é😀x\nb: c\n")
        let position = LinePosition(of: source.bytes.count - 3, in: source)
        #expect(position == LinePosition(line: 1, character: 2))
        let afterFace = LinePosition(line: 0, character: 6)
        #expect(source.text(in: SourceRange(start: 0, end: afterFace.offset(in: source))) == "a: é😀")
    }

    /// A session as an editor has it, every message that is sent back.
    @Test func aSession() throws {
        var server = try server()
        var session = ""
        func send(_ id: Int?, _ method: String, _ parameters: [(String, JSONValue)] = []) throws {
            session += "--> \(method)\n"
            for answer in server.handle(try message(id, method, .object(parameters))) {
                session += String(decoding: answer.bytes(pretty: true), as: UTF8.self) + "\n"
            }
        }
        let document = ("textDocument", JSONValue.object([("uri", .string(Self.uri))]))
        try send(1, "initialize")
        try send(nil, "initialized")
        let text = String(decoding: Samples.potassium().bytes, as: UTF8.self)
        try send(nil, "textDocument/didOpen", [("textDocument", .object([("uri", .string(Self.uri)), ("text", .string(text.replacing("{ drug: spironolactone }", with: "{drug: spironolacton}")))]))])
        try send(2, "textDocument/completion", [document, ("position", .object([("line", .int(7)), ("character", .int(29))]))])
        try send(nil, "textDocument/didChange", [document, ("contentChanges", .array([.object([("text", .string(text.replacing("{ drug: spironolactone }", with: "{drug: spironolactone}")))])]))])
        try send(3, "textDocument/hover", [document, ("position", .object([("line", .int(7)), ("character", .int(22))]))])
        try send(4, "textDocument/prepareRename", [document, ("position", .object([("line", .int(9)), ("character", .int(4))]))])
        try send(5, "textDocument/rename", [document, ("position", .object([("line", .int(9)), ("character", .int(4))])), ("newName", .string("k"))])
        try send(6, "textDocument/formatting", [document])
        try send(7, "textDocument/nothing", [document])
        try send(nil, "textDocument/didClose", [document])
        try send(8, "shutdown")
        try send(nil, "exit")
        #expect(server.isShutDown && server.hasExited)
        try TextGoldens.expect(session, toEqual: "lsp-session.txt")
    }

    @Test func framesAreCutHoweverTheyCome() {
        let stream = MessageFrames.framed(Array("{\"a\":1}".utf8)) + MessageFrames.framed(Array("{}".utf8))
        for size in [1, 3, 1000] {
            var frames = MessageFrames()
            var messages: [[UInt8]] = []
            for start in stride(from: 0, to: stream.count, by: size) { messages += frames.add(Array(stream[start..<min(start + size, stream.count)])) }
            #expect(messages == [Array("{\"a\":1}".utf8), Array("{}".utf8)])
        }
    }

    /// While somebody types nothing may trap, wherever the cursor stands.
    @Test func everyPlaceOfEveryBeginningIsAnswered() throws {
        var server = try server()
        let text = String(decoding: Samples.potassium().bytes, as: UTF8.self)
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        for length in stride(from: 0, to: text.utf8.count, by: 37) {
            let source = Source(name: "a.yaml", text: String(decoding: Array(text.utf8.prefix(length)), as: UTF8.self))
            _ = try open(String(decoding: source.bytes, as: UTF8.self), in: &server)
            let position = LinePosition(of: length, in: source).json
            for method in ["completion", "hover", "definition", "prepareRename"] {
                let answer = server.handle(
                    try message(1, "textDocument/\(method)", .object([("textDocument", .object([("uri", .string(Self.uri))])), ("position", position)])))
                #expect(answer.count == 1)
            }
        }
        #expect(lines.count > 10)
    }
}
