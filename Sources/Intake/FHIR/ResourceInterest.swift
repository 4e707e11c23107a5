public import Clinical
public import Documents

/// What anyone will ask of the results, reports and visits of a record: the others need not be kept.
///
/// These kinds are many and mostly nobody's concern; any other kind always matters.
public struct ResourceInterest: Sendable {
    /// By the number of the kind of event, codes of what matters; nothing where all of it does.
    private let codes: [CodeFilter?]

    /// - Parameters:
    ///   - sections: what rules read of the record, measures aside.
    ///   - observationCodes: LOINC codes of the observations that rules read.
    ///   - eventKinds: what measures read.
    ///   - eventCodes: codes by which measures find entries of a kind; of kinds that are not here, they read all.
    ///   The reader may be given more than this, never less.
    public init(
        sections: Set<RecordSection>, observationCodes: some Swift.Collection<String>, eventKinds: Set<RecordEvent.Kind>,
        eventCodes: [RecordEvent.Kind: Set<String>]
    ) {
        codes = RecordEvent.Kind.allCases.map { kind in
            var wanted: Set<String> = []
            if eventKinds.contains(kind) {
                guard let codes = eventCodes[kind] else { return nil }
                wanted = codes
            }
            switch kind {
            case .observation: return CodeFilter(sections.contains(.observations) ? wanted.union(observationCodes) : wanted)
            case .encounter: return sections.contains(.encounters) ? nil : CodeFilter(wanted)
            case .diagnosticReport: return CodeFilter(wanted)
            default: return nil
            }
        }
    }

    /// False for a resource that would change nothing if it were left out, its id and its code aside.
    ///
    /// One that must not be used (a modifier extension, a summary) matters, whatever its code: it leaves its section incomplete.
    public func mayMatter(_ resource: JSONView) -> Bool {
        guard let kind = resource["resourceType"].flatMap({ ResourceKind($0)?.eventKind }), let codes = codes[Int(kind.rawValue)]
        else { return true }
        return resource.mayBeEvent(coded: codes) || kind == .observation && resource.hasComponent(coded: codes)
    }

    /// What stays of a resource that does not matter: what tells its versions apart, and its code, which a medicine may give as
    /// its reason.
    public static func remainder(of resource: JSONView) -> [UInt8] {
        var bytes = [UInt8(ascii: "{")]
        func keep(_ key: StaticString) {
            guard let value = resource[key] else { return }
            if bytes.count > 1 { bytes.append(UInt8(ascii: ",")) }
            bytes.append(UInt8(ascii: "\""))
            bytes.append(contentsOf: UnsafeBufferPointer(start: key.utf8Start, count: key.utf8CodeUnitCount))
            bytes.append(UInt8(ascii: "\""))
            bytes.append(UInt8(ascii: ":"))
            bytes.append(contentsOf: value.rawBytes)
        }
        bytes.reserveCapacity(256)
        keep("resourceType")
        keep("id")
        keep("meta")
        keep("code")
        bytes.append(UInt8(ascii: "}"))
        return bytes
    }
}
