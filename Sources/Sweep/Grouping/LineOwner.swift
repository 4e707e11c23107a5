import Documents
import Intake

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Whose record a line of an export belongs to, told without reading it whole.
///
/// Nearly all exports write `{"resourceType":"X", … "subject":{"reference":"Patient/1"` without blanks; this form is recognised by a
/// search of bytes, some times faster than parsing. Any other form is parsed. What is recognised wrongly would still be found out:
/// the reader of the record checks the subject of each resource again.
enum LineOwner: Equatable {
    /// A resource of the patient of that id; `type` as written.
    case patient(id: String, type: String)
    /// A bundle, and the id of the Patient in it.
    case bundle(patient: String)
    /// A resource that others refer to.
    case shared(type: String, id: String)
    /// A kind of resource that is not read.
    case unread
    /// It cannot be told; the reason.
    case unknown(why: String)

    init(of line: UnsafeRawBufferPointer) {
        var names = LineNames()
        var glance = JSONGlance()
        self.init(of: line, &names, &glance)
    }

    init(of line: UnsafeRawBufferPointer, _ names: inout LineNames, _ glance: inout JSONGlance) {
        self = Self.recognised(line, &names) ?? Self.parsed(line, &names, &glance)
    }

    // MARK: By a search of bytes

    private static let opening: StaticString = "{\"resourceType\":\""
    private static let subject = BytePattern("\"subject\":{\"reference\":\"")
    private static let patient = BytePattern("\"patient\":{\"reference\":\"")
    private static let contained = BytePattern("\"contained\"")
    private static let nextID = BytePattern("\",\"id\":\"")

    private static func recognised(_ line: UnsafeRawBufferPointer, _ names: inout LineNames) -> LineOwner? {
        guard line.starts(with: opening), let typeEnd = line.firstQuote(from: opening.utf8CodeUnitCount) else { return nil }
        let typeRange = opening.utf8CodeUnitCount..<typeEnd
        // A line that was cut off is told by its end.
        guard line.last(where: { $0 > 0x20 }) == UInt8(ascii: "}") else { return nil }
        let type = UnsafeRawBufferPointer(rebasing: line[typeRange])
        switch PatientCompartment(resourceType: type) {
        case .unread: return .unread
        case .bundle: return nil
        case .patient: return id(in: line, after: typeEnd).map { .patient(id: $0, type: names.type(type)) }
        case .shared: return id(in: line, after: typeEnd).map { .shared(type: names.type(type), id: $0) }
        case .member(let element):
            let pattern = element == "patient" ? patient : subject
            guard let found = pattern.first(in: line, from: typeEnd), let end = line.firstQuote(from: found.upperBound) else { return nil }
            // Within a contained resource the same words mean somebody else.
            guard contained.first(in: line, from: typeEnd, to: found.lowerBound) == nil else { return nil }
            let reference = UnsafeRawBufferPointer(rebasing: line[found.upperBound..<end])
            let id = plainID(reference, &names) ?? patientID(String(decoding: reference, as: UTF8.self))
            return id.map { .patient(id: $0, type: names.type(type)) }
        }
    }

    /// The id, where it follows the type at once, as all known exports write it.
    private static func id(in line: UnsafeRawBufferPointer, after typeEnd: Int) -> String? {
        guard let found = nextID.first(in: line, from: typeEnd, to: typeEnd + nextID.bytes.count),
            let end = line.firstQuote(from: found.upperBound)
        else { return nil }
        let id = line.text(found.upperBound..<end)
        return id.isEmpty || id.utf8.contains(UInt8(ascii: "\\")) ? nil : id
    }

    // MARK: By parsing

    private static func parsed(
        _ line: UnsafeRawBufferPointer, _ names: inout LineNames, _ glance: inout JSONGlance
    ) -> LineOwner {
        do throws(JSONError) {
            return try glance.look(at: line, limits: JSONLimits(size: LineBlocks.lineLimit)) { LineOwner($0, &names) }
        } catch {
            return .unknown(why: "not JSON: \(error.message)")
        }
    }

    /// Of a line that is parsed already.
    init(_ root: JSONView, _ names: inout LineNames) { self = Self.owner(of: root, &names) }

    private static func owner(of root: JSONView, _ names: inout LineNames) -> LineOwner {
        guard let type = root["resourceType"]?.withText({ names.type(UnsafeRawBufferPointer($0)) }) else { return .unknown(why: "no resource: it has no resourceType") }
        switch PatientCompartment(resourceType: type) {
        case .unread: return .unread
        case .bundle: return bundle(root)
        case .patient:
            guard let id = root["id"]?.string, !id.isEmpty else { return .unknown(why: "a Patient without an id") }
            return .patient(id: id, type: type)
        case .shared:
            guard let id = root["id"]?.string, !id.isEmpty else { return .unread }
            return .shared(type: type, id: id)
        case .member(let element):
            guard let reference = root.member(element)?["reference"], let id = patientID(reference, &names) else {
                return .unknown(why: "a \(type) that names no patient in `\(element)`")
            }
            return .patient(id: id, type: type)
        }
    }

    private static func bundle(_ root: JSONView) -> LineOwner {
        var ids: [String] = []
        guard let entries = root["entry"], entries.kind == .array else { return .unknown(why: "a Bundle without a Patient") }
        for entry in entries.repetitions {
            guard let resource = entry["resource"], resource["resourceType"]?.equals("Patient") == true else { continue }
            if let id = resource["id"]?.string ?? entry["fullUrl"]?.string.flatMap({ patientID($0) }), !ids.contains(id) { ids.append(id) }
        }
        guard let id = ids.first else { return .unknown(why: "a Bundle without a Patient") }
        guard ids.count == 1 else { return .unknown(why: "a Bundle of \(ids.count) patients; give each its own bundle, or a line a resource") }
        return .bundle(patient: id)
    }

    /// The id in the reference.
    private static func patientID(_ reference: JSONView, _ names: inout LineNames) -> String? {
        reference.plainText.flatMap { plainID(UnsafeRawBufferPointer($0), &names) } ?? reference.string.flatMap { patientID($0) }
    }

    /// The id in `Patient/1`, as nearly all references are.
    private static func plainID(_ reference: UnsafeRawBufferPointer, _ names: inout LineNames) -> String? {
        guard reference.starts(with: plain) else { return nil }
        let id = UnsafeRawBufferPointer(rebasing: reference.dropFirst(plain.utf8CodeUnitCount))
        let isPlain = !id.isEmpty && id.allSatisfy { $0 != UInt8(ascii: "/") && $0 != UInt8(ascii: "\\") }
        return isPlain ? names.id(id) : nil
    }

    private static let plain: StaticString = "Patient/"

    /// The id in `Patient/1`, `https://ehr.example/fhir/Patient/1/_history/2` or `urn:uuid:1`; nothing for another kind of subject.
    static func patientID(_ reference: String) -> String? {
        var parts = reference.split(separator: "/", omittingEmptySubsequences: false)[...]
        if let history = parts.lastIndex(of: "_history") { parts = parts[..<history] }
        guard let last = parts.last, !last.isEmpty, !last.utf8.contains(UInt8(ascii: "\\")) else { return nil }
        if parts.count >= 2 { return parts[parts.endIndex - 2] == "Patient" ? String(last) : nil }
        guard last.hasPrefix("urn:"), let colon = last.lastIndex(of: ":") else { return nil }
        return String(last[last.index(after: colon)...])
    }
}

/// Names that come line after line: those of a patient and of a type mostly come together, and are made a text once.
struct LineNames {
    private var id = ""
    private var type = ""

    mutating func id(_ bytes: UnsafeRawBufferPointer) -> String { Self.text(bytes, &id) }

    mutating func type(_ bytes: UnsafeRawBufferPointer) -> String { Self.text(bytes, &type) }

    private static func text(_ bytes: UnsafeRawBufferPointer, _ latest: inout String) -> String {
        let isLatest = latest.withUTF8 { latest in
            guard latest.count == bytes.count, let mine = latest.baseAddress, let other = bytes.baseAddress else { return false }
            return memcmp(mine, other, latest.count) == 0
        }
        if !isLatest { latest = String(decoding: bytes, as: UTF8.self) }
        return latest
    }
}

extension UnsafeRawBufferPointer {
    /// Whether it begins with these bytes.
    func starts(with text: StaticString) -> Bool {
        guard let base = baseAddress, count >= text.utf8CodeUnitCount else { return false }
        return memcmp(base, text.utf8Start, text.utf8CodeUnitCount) == 0
    }

    /// Where the next quote stands.
    func firstQuote(from start: Int) -> Int? {
        guard let base = baseAddress, start < count, let found = memchr(base + start, 0x22, count - start) else { return nil }
        return UnsafeRawPointer(found) - base
    }

    /// The bytes of a range as text.
    func text(_ range: Range<Int>) -> String {
        String(decoding: self[range], as: UTF8.self)
    }
}
