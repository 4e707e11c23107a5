import Documents

/// What was fetched for a call, round after round: what a later reader needs beside the body to come to the same answer.
public struct FetchedRounds: Sendable {
    /// In the order of asking, by the keys of ``MissingData/Query``.
    public private(set) var rounds: [[String: FetchedData]]

    public init(_ rounds: [[String: FetchedData]] = []) {
        self.rounds = rounds
    }

    public var isEmpty: Bool { rounds.isEmpty }

    mutating func append(_ round: [String: FetchedData]) {
        rounds.append(round)
    }

    // MARK: - As bytes

    /// The rounds as JSON: an array of objects, a member for each key, with the pages as they came or why there are none. Equal
    /// rounds give equal bytes. Patient data.
    public var bytes: [UInt8] {
        var writer = JSONWriter()
        writer.array { array in
            for round in rounds {
                array.object { members in
                    for (key, data) in round.sorted(by: { $0.key < $1.key }) {
                        members.member(key) { data.write(to: &$0) }
                    }
                }
            }
        }
        return writer.bytes
    }

    /// The rounds in what ``bytes`` gave; `nil` where it is something else.
    public init?(bytes: [UInt8]) {
        guard let document = try? JSONDocument(parsing: bytes, limits: JSONLimits(depth: JSONLimits.greatestDepth, size: JSONLimits.greatestSize)),
            document.root.kind == .array
        else { return nil }
        rounds = []
        for element in document.root.elements {
            guard element.kind == .object else { return nil }
            var round: [String: FetchedData] = [:]
            for (key, value) in element.members {
                guard let key = key.string, let data = FetchedData(value) else { return nil }
                round[key] = data
            }
            rounds.append(round)
        }
    }
}

extension FetchedData {
    fileprivate func write(to writer: inout JSONWriter) {
        writer.object { data in
            switch self {
            case .pages(let documents):
                data.member("pages") { value in
                    value.array { array in
                        for document in documents { array.element { $0.raw(document.root.rawBytes) } }
                    }
                }
            case .failed(let why):
                data.member("failed", string: why)
            }
        }
    }

    fileprivate init?(_ node: JSONNode) {
        if let why = node["failed"]?.string {
            self = .failed(why: why)
            return
        }
        guard let pages = node["pages"], pages.kind == .array else { return nil }
        var documents: [JSONDocument] = []
        for page in pages.elements {
            guard let document = try? JSONDocument(parsing: Array(page.rawBytes)) else { return nil }
            documents.append(document)
        }
        self = .pages(documents)
    }
}
