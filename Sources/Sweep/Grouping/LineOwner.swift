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
        self = Self.recognised(line) ?? Self.parsed(line)
    }

    // MARK: By a search of bytes

    private static let opening: StaticString = "{\"resourceType\":\""
    private static let subject = BytePattern("\"subject\":{\"reference\":\"")
    private static let patient = BytePattern("\"patient\":{\"reference\":\"")
    private static let contained = BytePattern("\"contained\"")
    private static let nextID = BytePattern("\",\"id\":\"")

    private static func recognised(_ line: UnsafeRawBufferPointer) -> LineOwner? {
        guard line.starts(with: opening), let typeEnd = line.firstQuote(from: opening.utf8CodeUnitCount) else { return nil }
        let typeRange = opening.utf8CodeUnitCount..<typeEnd
        // A line that was cut off is told by its end.
        guard line.last(where: { $0 > 0x20 }) == UInt8(ascii: "}") else { return nil }
        switch PatientCompartment(resourceType: UnsafeRawBufferPointer(rebasing: line[typeRange])) {
        case .unread: return .unread
        case .bundle: return nil
        case .patient: return id(in: line, after: typeEnd).map { .patient(id: $0, type: line.text(typeRange)) }
        case .shared: return id(in: line, after: typeEnd).map { .shared(type: line.text(typeRange), id: $0) }
        case .member(let element):
            let pattern = element == "patient" ? patient : subject
            guard let found = pattern.first(in: line, from: typeEnd), let end = line.firstQuote(from: found.upperBound) else { return nil }
            // Within a contained resource the same words mean somebody else.
            guard contained.first(in: line, from: typeEnd, to: found.lowerBound) == nil else { return nil }
            return patientID(line, found.upperBound..<end).map { .patient(id: $0, type: line.text(typeRange)) }
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

    private static func parsed(_ line: UnsafeRawBufferPointer) -> LineOwner {
        do throws(JSONError) {
            return LineOwner(try JSONDocument(parsing: Array(line), limits: JSONLimits(size: LineBlocks.lineLimit)).root)
        } catch {
            return .unknown(why: "not JSON: \(error.message)")
        }
    }

    /// Of a line that is parsed already.
    init(_ root: JSONNode) { self = Self.owner(of: root) }

    private static func owner(of root: JSONNode) -> LineOwner {
        guard let type = root["resourceType"]?.string else { return .unknown(why: "no resource: it has no resourceType") }
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
            guard let reference = root.member(element)?["reference"], let id = patientID(reference) else {
                return .unknown(why: "a \(type) that names no patient in `\(element)`")
            }
            return .patient(id: id, type: type)
        }
    }

    private static func bundle(_ root: JSONNode) -> LineOwner {
        var ids: [String] = []
        for entry in root["entry"]?.elements.map({ $0 }) ?? [] {
            guard let resource = entry["resource"], resource["resourceType"]?.equals("Patient") == true else { continue }
            if let id = resource["id"]?.string ?? entry["fullUrl"]?.string.flatMap({ patientID($0) }), !ids.contains(id) { ids.append(id) }
        }
        guard let id = ids.first else { return .unknown(why: "a Bundle without a Patient") }
        guard ids.count == 1 else { return .unknown(why: "a Bundle of \(ids.count) patients; give each its own bundle, or a line a resource") }
        return .bundle(patient: id)
    }

    /// The id in the reference that stands there.
    private static func patientID(_ line: UnsafeRawBufferPointer, _ range: Range<Int>) -> String? {
        let reference = UnsafeRawBufferPointer(rebasing: line[range])
        return plainID(reference) ?? patientID(String(decoding: reference, as: UTF8.self))
    }

    private static func patientID(_ reference: JSONNode) -> String? {
        guard reference.kind == .string else { return nil }
        return reference.withRawBytes { plainID(UnsafeRawBufferPointer(UnsafeBufferPointer(rebasing: $0.dropFirst().dropLast()))) }
            ?? reference.string.flatMap { patientID($0) }
    }

    /// The id in `Patient/1`, as nearly all references are.
    private static func plainID(_ reference: UnsafeRawBufferPointer) -> String? {
        guard reference.starts(with: plain) else { return nil }
        let id = reference.dropFirst(plain.utf8CodeUnitCount)
        let isPlain = !id.isEmpty && id.allSatisfy { $0 != UInt8(ascii: "/") && $0 != UInt8(ascii: "\\") }
        return isPlain ? String(decoding: id, as: UTF8.self) : nil
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
