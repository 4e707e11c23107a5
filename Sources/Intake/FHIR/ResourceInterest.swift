public import Clinical
public import Documents

/// What anyone will ask of the results and reports of a record: the others need not be kept.
///
/// Of all kinds of resource these two are many and mostly nobody's concern; any other kind always matters.
public struct ResourceInterest: Sendable {
    private let observationCodes: CodeFilter?
    private let eventKinds: Set<RecordEvent.Kind>
    private let eventCodes: [RecordEvent.Kind: CodeFilter]
    private let readsRecord: Bool

    /// - Parameters: as `FHIRReader` takes them. The reader may be given more codes than this, never fewer.
    public init(
        observationCodes: CodeFilter?, eventKinds: Set<RecordEvent.Kind>, eventCodes: [RecordEvent.Kind: CodeFilter],
        readsRecord: Bool
    ) {
        self.observationCodes = observationCodes
        self.eventKinds = eventKinds
        self.eventCodes = eventCodes
        self.readsRecord = readsRecord
    }

    /// False for a resource that would change nothing if it were left out, its id and its code aside.
    ///
    /// One that must not be used (a modifier extension, a summary) matters, whatever its code: it leaves its section incomplete.
    public func mayMatter(_ resource: JSONNode) -> Bool {
        guard let kind = resource["resourceType"].flatMap({ ResourceKind($0) }), kind == .observation || kind == .diagnosticReport,
            let event = kind.eventKind
        else { return true }
        if kind == .observation, readsRecord, observationCodes.map(resource.isObservation) ?? true { return true }
        guard eventKinds.contains(event) else { return resource.mayBeEvent(coded: Self.noCodes) }
        return eventCodes[event].map(resource.mayBeEvent) ?? true
    }

    private static let noCodes = CodeFilter([String]())

    /// What stays of a resource that does not matter: what tells its versions apart, and its code, which a medicine may give as
    /// its reason.
    public static func remainder(of resource: JSONNode) -> [UInt8] {
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
