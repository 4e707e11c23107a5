import Clinical
public import Documents

/// What tells of a result, a report, a visit or a procedure whether anyone will ask for it: the members that matter, gone through once.
public struct ResourceOutline {
    public private(set) var type: JSONView?
    public private(set) var id: JSONView?
    private var meta: JSONView?
    private var code: JSONView?
    private var vaccineCode: JSONView?
    /// The element `type`, which codes a visit.
    private var visitType: JSONView?
    private var component: JSONView?
    private var time: (name: JSONView, value: JSONView)?
    private var hasSeveralTimes = false
    /// True for what must not be used as it stands: a modifier extension, implicit rules, a tag (such as *summary*).
    private var isModified = false

    public init(_ resource: JSONView) {
        for (name, value) in resource.members {
            switch ElementName(name) {
            case .resourceType: type = value
            case .id: id = value
            case .meta:
                meta = value
                if value["tag"] != nil { isModified = true }
            case .code: code = value
            case .vaccineCode: vaccineCode = value
            case .type: visitType = value
            case .component: component = value
            case .modifierExtension, .implicitRules: isModified = true
            case .effectiveDateTime, .effectivePeriod, .effectiveInstant, .effectiveTiming, .period, .performedDateTime,
                .performedPeriod, .performedAge, .performedRange, .occurrenceDateTime, .occurrencePeriod:
                hasSeveralTimes = time != nil
                time = (name, value)
            default: break
            }
        }
    }

    /// False for a resource that bears none of the codes, and of which nothing else counts either.
    ///
    /// What must not be used is read nevertheless, whatever its code: it leaves its section incomplete. So is what says by an
    /// extension of its code what was not done.
    func mayBeEvent(coded codes: CodeFilter) -> Bool {
        isModified || bears(codes, in: code) || bears(codes, in: vaccineCode) || bears(codes, in: visitType)
    }

    private func bears(_ codes: CodeFilter, in concepts: JSONView?) -> Bool {
        concepts?.repetitions.contains { $0.bears(codes) } ?? false
    }

    /// True where a component has one of the codes.
    func hasComponent(coded codes: CodeFilter) -> Bool { component?.holdsComponent(coded: codes) ?? false }

    /// True for a resource that has codes, all of them of systems in which a code is looked for as it stands.
    var isPlainlyCoded: Bool { code?.isPlainlyCoded ?? false }

    /// True for a result, a report, a visit or a procedure that was wholly before a day; false where that cannot be told at once.
    func ended(before day: CivilDate) -> Bool {
        // Two times are none.
        guard let time = time?.value, !hasSeveralTimes else { return false }
        if time.kind == .string { return time.moment.map { $0.last < day } ?? false }
        guard let start = time["start"]?.moment, let end = time["end"]?.moment else { return false }
        return start.first <= end.last && start.last < day && end.last < day
    }

    /// What stays of a resource that is not kept whole.
    public func remainder(_ extent: ResourceInterest.Extent) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(320)
        func keep(_ name: StaticString, _ value: JSONView?) {
            guard let value else { return }
            keep(UnsafeRawBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount), value)
        }
        func keep(_ quotedName: UnsafeRawBufferPointer, _ value: JSONView) {
            bytes.append(UInt8(ascii: bytes.isEmpty ? "{" : ","))
            bytes.append(contentsOf: quotedName)
            bytes.append(UInt8(ascii: ":"))
            bytes.append(contentsOf: value.rawBytes)
        }
        keep("\"resourceType\"", type)
        keep("\"id\"", id)
        keep("\"meta\"", meta)
        keep("\"code\"", code)
        if extent == .dated, let time { keep(time.name.rawBytes, time.value) }
        if bytes.isEmpty { bytes.append(UInt8(ascii: "{")) }
        bytes.append(UInt8(ascii: "}"))
        return bytes
    }
}

extension JSONView {
    /// The date that a string is.
    fileprivate var moment: EventTime? {
        plainText.flatMap { PartialDate(utf8: $0) }.map { EventTime($0) }
    }
}
