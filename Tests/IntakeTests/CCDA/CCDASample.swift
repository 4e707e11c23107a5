import Documents
import Intake
import Testing

/// A document around some sections, for tests of one thing each.
struct CCDASample {
    var sections: [String] = []
    var patient = """
        <administrativeGenderCode code="F" codeSystem="2.16.840.1.113883.5.1"/><birthTime value="19500401"/>
        """
    var header = #"<effectiveTime value="20260630101500-0500"/>"#
    var footer = ""

    var text: String {
        """
        <?xml version="1.0" encoding="UTF-8"?>
        <ClinicalDocument xmlns="urn:hl7-org:v3" xmlns:sdtc="urn:hl7-org:sdtc" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
        <typeId root="2.16.840.1.113883.1.3" extension="POCD_HD000040"/>
        <templateId root="2.16.840.1.113883.10.20.22.1.2" extension="2015-08-01"/>
        \(header)
        <recordTarget><patientRole><id root="1.2.3" extension="42"/><patient>\(patient)</patient></patientRole></recordTarget>
        <component><structuredBody>
        \(sections.map { "<component>\($0)</component>" }.joined(separator: "\n"))
        </structuredBody></component>\(footer)
        </ClinicalDocument>
        """
    }

    /// A section known by its LOINC code, with entries.
    static func section(_ code: String, narrative: String = "", flavor: String? = nil, _ entries: String...) -> String {
        let flavor = flavor.map { " nullFlavor=\"\($0)\"" } ?? ""
        let body = entries.map { "<entry>\($0)</entry>" }.joined(separator: "\n")
        return "<section\(flavor)><code code=\"\(code)\" codeSystem=\"2.16.840.1.113883.6.1\"/><text>\(narrative)</text>\(body)</section>"
    }

    func record() throws -> ConvertedRecord { try CCDAFormat.record(of: Array(text.utf8), part: nil) }

    func reading(asOf: String = "2026-06-30") throws -> Reading {
        let (snapshot, notes) = try record().snapshot(asOf: instant(asOf))
        return Reading(snapshot: snapshot, notes: notes)
    }

    /// The snapshot of a document with one section.
    static func reading(_ section: String) throws -> Reading { try CCDASample(sections: [section]).reading() }
}

/// Entries of the kinds that occur most.
enum CCDAEntry {
    static func coded(_ element: String = "code", _ code: String, _ system: String, _ display: String = "", _ inner: String = "") -> String {
        "<\(element) code=\"\(code)\" codeSystem=\"\(system)\" displayName=\"\(display)\">\(inner)</\(element)>"
    }

    static let rxnorm = "2.16.840.1.113883.6.88"
    static let snomed = "2.16.840.1.113883.6.96"
    static let loinc = "2.16.840.1.113883.6.1"

    /// A value of the type CD.
    static func value(_ code: String, _ system: String = snomed, _ inner: String = "") -> String {
        "<value xsi:type=\"CD\" code=\"\(code)\" codeSystem=\"\(system)\">\(inner)</value>"
    }

    static func medicine(
        _ drug: String, mood: String = "EVN", status: String = "active", times: String = #"<effectiveTime xsi:type="IVL_TS"><low value="20260110"/></effectiveTime>"#,
        negated: Bool = false, _ inner: String = ""
    ) -> String {
        """
        <substanceAdministration classCode="SBADM" moodCode="\(mood)"\(negated ? " negationInd=\"true\"" : "")>
        <templateId root="2.16.840.1.113883.10.20.22.4.16"/><statusCode code="\(status)"/>\(times)
        <consumable><manufacturedProduct><manufacturedMaterial>\(drug)</manufacturedMaterial></manufacturedProduct></consumable>\(inner)
        </substanceAdministration>
        """
    }

    static let warfarin = coded("code", "855332", rxnorm, "Warfarin Sodium 5 MG Oral Tablet")

    static func allergy(_ substance: String, kind: String = "416098002", negated: Bool = false, concern: String = "active", _ inner: String = "") -> String {
        """
        <act classCode="ACT" moodCode="EVN"><templateId root="2.16.840.1.113883.10.20.22.4.30"/><statusCode code="\(concern)"/>
        <entryRelationship typeCode="SUBJ"><observation classCode="OBS" moodCode="EVN"\(negated ? " negationInd=\"true\"" : "")>
        <templateId root="2.16.840.1.113883.10.20.22.4.7"/><code code="ASSERTION" codeSystem="2.16.840.1.113883.5.4"/>
        <statusCode code="completed"/><effectiveTime><low value="20100501"/></effectiveTime>\(value(kind))
        <participant typeCode="CSM"><participantRole><playingEntity>\(substance)</playingEntity></participantRole></participant>\(inner)
        </observation></entryRelationship></act>
        """
    }

    static func problem(
        _ value: String, times: String = #"<effectiveTime><low value="20200301"/></effectiveTime>"#, negated: Bool = false, concern: String = "active",
        _ inner: String = ""
    ) -> String {
        """
        <act classCode="ACT" moodCode="EVN"><templateId root="2.16.840.1.113883.10.20.22.4.3"/><statusCode code="\(concern)"/>
        <entryRelationship typeCode="SUBJ"><observation classCode="OBS" moodCode="EVN"\(negated ? " negationInd=\"true\"" : "")>
        <templateId root="2.16.840.1.113883.10.20.22.4.4"/><statusCode code="completed"/>\(times)\(value)\(inner)
        </observation></entryRelationship></act>
        """
    }

    /// A status observation, LOINC 33999-4.
    static func status(_ code: String) -> String {
        """
        <entryRelationship typeCode="REFR"><observation classCode="OBS" moodCode="EVN"><code code="33999-4" codeSystem="\(loinc)"/>\(value(code))</observation></entryRelationship>
        """
    }

    static func result(
        _ code: String, _ value: String, status: String = "completed", time: String = #"<effectiveTime value="202606200830-0500"/>"#, _ inner: String = ""
    ) -> String {
        """
        <organizer classCode="BATTERY" moodCode="EVN"><code code="24323-8" codeSystem="\(loinc)"/><statusCode code="completed"/>
        <component><observation classCode="OBS" moodCode="EVN"><code code="\(code)" codeSystem="\(loinc)"/><statusCode code="\(status)"/>
        \(time)\(value)\(inner)</observation></component></organizer>
        """
    }
}
