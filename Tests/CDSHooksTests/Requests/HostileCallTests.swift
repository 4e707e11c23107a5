@testable import CDSHooks
import Clinical
import Documents
import Testing

/// A generator of the same numbers every time (SplitMix64).
private struct Seeded: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ value >> 30) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ value >> 27) &* 0x94D0_49BB_1331_11EB
        return value ^ value >> 31
    }
}

@Suite("R79: whatever is sent, the answer is a status and JSON")
struct HostileCallTests {
    private let statuses: Set<Int> = [200, 400, 412, 413]

    @Test("bytes changed, taken out and doubled", arguments: HookCatalog.all.map(\.name))
    func bytes(_ hook: String) throws {
        let request = try Goldens.read("\(hook)/request.json")
        var random = Seeded(state: 7)
        for _ in 0..<200 {
            var bytes = request
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                let place = bytes.indices.randomElement(using: &random) ?? 0
                switch Int.random(in: 0..<3, using: &random) {
                case 0: bytes[place] = UInt8.random(in: .min ... .max, using: &random)
                case 1: bytes.remove(at: place)
                default: bytes.insert(bytes[place], at: place)
                }
            }
            try expectAnswer(to: bytes, hook)
        }
    }

    @Test("members replaced by values of another kind", arguments: HookCatalog.all.map(\.name))
    func kinds(_ hook: String) throws {
        let request = JSONValue(try JSONDocument(parsing: Goldens.read("\(hook)/request.json")).root)
        let others: [JSONValue] = [nil, true, 7, "", "text", [], [:], [nil], ["resourceType": "Bundle", "entry": 3], 1e300]
        for path in paths(of: request) {
            for other in others { try expectAnswer(to: request.replacing(path[...], by: other).bytes, hook) }
        }
    }

    private func expectAnswer(to bytes: [UInt8], _ hook: String) throws {
        let response = try World.respond(bytes, "vigil-\(hook)", Judgements.decide)
        #expect(statuses.contains(response.status))
        _ = try JSONDocument(parsing: response.body)
    }

    private func paths(of value: JSONValue) -> [[String]] {
        switch value {
        case .object(let members): members.flatMap { name, member in [[name]] + paths(of: member).map { [name] + $0 } }
        case .array(let elements):
            elements.enumerated().flatMap { index, element in [["\(index)"]] + paths(of: element).map { ["\(index)"] + $0 } }
        default: []
        }
    }
}

extension JSONValue {
    fileprivate func replacing(_ path: ArraySlice<String>, by other: JSONValue) -> JSONValue {
        guard let step = path.first else { return other }
        switch self {
        case .object(let members):
            return .object(members.map { ($0, $0 == step ? $1.replacing(path.dropFirst(), by: other) : $1) })
        case .array(let elements):
            return .array(elements.enumerated().map { "\($0)" == step ? $1.replacing(path.dropFirst(), by: other) : $1 })
        default: return self
        }
    }
}
