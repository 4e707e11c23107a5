import Intake

/// What a line that is no JSON still tells: the kinds of resource in it, and its patient.
///
/// A line that was cut off mostly names both before its end. Told is only what is sure: a line in which two resources stand (one that
/// was cut off, and the next without a line break between them) has no patient, and kinds are taken from the resources themselves,
/// not from what they contain.
struct DamagedLine {
    /// Types of the resources in it; empty where they cannot be told.
    let types: [String]
    /// The id of the patient whose it was.
    let patient: String?

    private static let typeKey = BytePattern("\"resourceType\"")
    private static let contained = BytePattern("\"contained\"")
    private static let reference = BytePattern("\"reference\"")
    private static let subject = BytePattern("\"subject\"")
    private static let patientKey = BytePattern("\"patient\"")
    private static let opening: StaticString = "{\"resourceType\""

    init(_ line: UnsafeRawBufferPointer) {
        var names: [(type: String, end: Int)] = []
        var place = 0
        while let found = Self.typeKey.first(in: line, from: place) {
            place = found.upperBound
            if let text = Self.quoted(in: line, after: place) { names.append((line.text(text), text.upperBound + 1)) }
        }
        let isOwn = line.starts(with: Self.opening) || Self.contained.first(in: line, from: 0) == nil
        types = isOwn ? names.map(\.type) : []
        if names.first?.type == "Bundle" {
            patient = Self.soleID(names.dropFirst(), in: line)
        } else if names.count == 1 {
            patient = Self.owner(of: names[0].type, from: names[0].end, in: line)
        } else {
            patient = nil
        }
    }

    /// True where a resource stands within another, or after one that was cut off.
    static func mayHoldSeveral(_ line: UnsafeRawBufferPointer) -> Bool {
        guard let first = typeKey.first(in: line, from: 0) else { return false }
        return typeKey.first(in: line, from: first.upperBound) != nil
    }

    /// The patient of a resource that stands alone in its line.
    private static func owner(of type: String, from end: Int, in line: UnsafeRawBufferPointer) -> String? {
        switch PatientCompartment(resourceType: type) {
        case .patient: id(in: line, after: end)
        case .member(let element): referred(element == "patient" ? patientKey : subject, in: line)
        default: nil
        }
    }

    /// The one Patient in what is left of a Bundle.
    private static func soleID(_ names: ArraySlice<(type: String, end: Int)>, in line: UnsafeRawBufferPointer) -> String? {
        guard !names.contains(where: { $0.type == "Bundle" }) else { return nil }
        let patients = names.filter { $0.type == "Patient" }
        guard patients.count == 1 else { return nil }
        return id(in: line, after: patients[patients.startIndex].end)
    }

    /// The id in `"subject":{"reference":"Patient/1"`.
    private static func referred(_ key: BytePattern, in line: UnsafeRawBufferPointer) -> String? {
        guard let found = key.first(in: line, from: 0), let brace = after(UInt8(ascii: ":"), then: UInt8(ascii: "{"), in: line, from: found.upperBound),
            let name = reference.first(in: line, from: brace), !line[brace..<name.lowerBound].contains(UInt8(ascii: "}")),
            let text = quoted(in: line, after: name.upperBound)
        else { return nil }
        return LineOwner.patientID(line.text(text))
    }

    /// The id of a resource, where it follows the type at once.
    private static func id(in line: UnsafeRawBufferPointer, after end: Int) -> String? {
        guard let quote = after(UInt8(ascii: ","), then: UInt8(ascii: "\""), in: line, from: end),
            UnsafeRawBufferPointer(rebasing: line[quote...]).starts(with: "id\""), let text = quoted(in: line, after: quote + 3)
        else { return nil }
        return text.isEmpty ? nil : line.text(text)
    }

    /// Where the text after a key stands, both its quotes there.
    private static func quoted(in line: UnsafeRawBufferPointer, after key: Int) -> Range<Int>? {
        guard let start = after(UInt8(ascii: ":"), then: UInt8(ascii: "\""), in: line, from: key), let end = line.firstQuote(from: start),
            !line[start..<end].contains(UInt8(ascii: "\\"))
        else { return nil }
        return start..<end
    }

    /// The place after two signs that may have blanks before them.
    private static func after(_ one: UInt8, then other: UInt8, in line: UnsafeRawBufferPointer, from start: Int) -> Int? {
        var place = start
        for wanted in [one, other] {
            while place < line.count, line[place] <= 0x20 { place += 1 }
            guard place < line.count, line[place] == wanted else { return nil }
            place += 1
        }
        return place
    }
}
