import Clinical
import Documents

extension MessageConverter {
    /// PID: whose message it is. Names, addresses and numbers stay behind: nothing of ours reads them.
    ///
    /// - Source: map of PID to Patient; table 0001 to administrative-gender.
    mutating func readPatient() throws(FormatError) {
        let patients = message.segments.filter { $0.id == "PID" }
        guard let patient = patients.first else { throw HL7v2Format.error("it is about no patient: no segment PID") }
        let identifiers = Set(patients.map { Self.identifiers(of: $0) })
        guard identifiers.count == 1 else {
            throw HL7v2Format.error("it is about more than one patient; send a message for each", at: patients.last?.range.start)
        }
        if patients.count > 1 { note(patients[1], nil, "the patient is stated more than once; the first statement is read") }
        if let stated = Self.identifiers(of: patient).first.map(Self.plain), !stated.isEmpty {
            patientID = stated
        } else {
            note(patient, 3, "the patient has no identifier")
        }
        add("Patient", id: patientID, nil, members(of: patient))
        setSupply(.patient, .complete)
    }

    /// PID-3, or what older messages have in its place.
    private static func identifiers(of patient: HL7Segment) -> [String] {
        for field in [3, 2, 4] {
            let stated = patient.field(field).repetitions.compactMap { $0.component(1).subcomponent(1).text }
            if !stated.isEmpty { return stated }
        }
        return []
    }

    private mutating func members(of patient: HL7Segment) -> [(String, JSONValue?)] {
        let birth = time(patient, 7)
        var members: [(String, JSONValue?)] = [("birthDate", .text(birth?.day))]
        if let birth, birth.text.contains("T") {
            let time: JSONValue = [
                "url": "http://hl7.org/fhir/StructureDefinition/patient-birthTime", "valueDateTime": .string(birth.text),
            ]
            members.append(("_birthDate", .object([("extension", .array([time]))])))
        }
        members.append(("gender", .text(gender(patient))))
        if let death = date(patient, 29) {
            members.append(("deceasedDateTime", death))
        } else if let word = patient.text(30) {
            members.append(("deceasedBoolean", .bool(word.uppercased() == "Y")))
        }
        return members
    }

    private mutating func gender(_ patient: HL7Segment) -> String? {
        guard let word = patient.text(8) else { return nil }
        switch word.uppercased() {
        case "F", "FEMALE": return "female"
        case "M", "MALE": return "male"
        case "A", "O", "N": return "other"
        case "U", "UNK": return "unknown"
        default:
            note(patient, 8, "no sex of table 0001; not known")
            return nil
        }
    }

    /// PV1: the visit.
    ///
    /// - Source: map of PV1 to Encounter; table 0004 to v3-ActCode. An event that ends or cancels a visit says so by itself.
    mutating func readVisit(_ visit: HL7Segment) {
        let start = time(visit, 44), end = time(visit, 45)
        let coding: (system: String, code: String)? = visit.text(2).map { word in
            let actCode = "http://terminology.hl7.org/CodeSystem/v3-ActCode"
            return switch word.uppercased() {
            case "E": (actCode, "EMER")
            case "I": (actCode, "IMP")
            case "O": (actCode, "AMB")
            case "P": (actCode, "PRENC")
            default: (CodingSystems.table("0004"), word)
            }
        }
        add(
            "Encounter", id: id("Encounter", visit.text(19)), .encounters,
            [
                ("status", .string(status(ofVisit: visit, hasEnded: visit[45].saysSomething))),
                ("class", coding.map { .compact([("system", .string($0.system)), ("code", .string($0.code))]) }),
                ("subject", subject), ("period", .compact([("start", .text(start?.text)), ("end", .text(end?.text))])),
            ])
    }

    private func status(ofVisit visit: HL7Segment, hasEnded: Bool) -> String {
        switch message.code == "ADT" ? message.event : "" {
        case "A11", "A27", "A38": return "cancelled"
        case "A03": return "finished"
        default: break
        }
        if hasEnded { return "finished" }
        return switch visit.text(2)?.uppercased() {
        case "P": "planned"
        case nil, "N", "U": "unknown"
        default: "in-progress"
        }
    }
}
