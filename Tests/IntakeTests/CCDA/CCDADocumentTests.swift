import Clinical
import Documents
import Intake
import Testing

@Suite("C-CDA: the document") struct CCDADocumentTests {
    // MARK: What is one

    @Test func recognizedByItsRoot() {
        #expect(CCDAFormat.recognizes(Array(CCDASample().text.utf8)))
        #expect(CCDAFormat.recognizes(CCDASample().text.utf16.flatMap { unit -> [UInt8] in [UInt8(unit & 0xFF), UInt8(unit >> 8)] }))
        #expect(!CCDAFormat.recognizes(Array("<html/>".utf8)) && !CCDAFormat.recognizes(Array(#"{"ClinicalDocument": 1}"#.utf8)) && !CCDAFormat.recognizes([]))
        #expect(FormatCatalog.format(of: Array(CCDASample().text.utf8))?.name == "ccda")
    }

    @Test(arguments: [
        ("<a>", "1:4: the text ends where `</a>` should stand"),
        ("<ClinicalDocument/>", "the root is not ClinicalDocument of urn:hl7-org:v3"),
        ("<!DOCTYPE a><a/>", "1:1: a document type declaration (DOCTYPE) is refused: it can define entities and reach outside of the document"),
        (
            "<ClinicalDocument xmlns='urn:hl7-org:v3'><recordTarget/><recordTarget/></ClinicalDocument>",
            "the document tells of 2 patients (recordTarget); whose entry is whose cannot be told"
        ),
    ])
    func refused(_ text: String, _ message: String) throws {
        #expect { try CCDAFormat.record(of: Array(text.utf8), part: nil) } throws: { ($0 as? FormatError)?.message == message }
    }

    @Test func prefixesDoNotMatter() throws {
        let text = CCDASample(sections: [CCDASample.section("10160-0", CCDAEntry.medicine(CCDAEntry.warfarin))]).text
        let prefixed = text.replacing("xmlns=\"", with: "xmlns:v=\"").replacing(/<(\/?)([a-zA-Z]+)/) { "<\($0.1)v:\($0.2)" }
            .replacing("xsi:type=\"IVL_TS\"", with: "xsi:type=\"v:IVL_TS\"")
        let plain = try CCDAFormat.record(of: Array(text.utf8), part: nil)
        #expect(try CCDAFormat.record(of: Array(prefixed.utf8), part: nil).bundle == plain.bundle)
    }

    // MARK: The patient

    @Test func patient() throws {
        var sample = CCDASample()
        sample.patient = """
            <name><given>Ann</given><family>Example</family></name><administrativeGenderCode code="F" codeSystem="2.16.840.1.113883.5.1"/>
            <birthTime value="195004010815-0500"/><sdtc:deceasedInd value="true"/><sdtc:deceasedTime value="20260101"/>
            """
        let reading = try sample.reading()
        let patient = reading.snapshot.patient
        #expect(patient.sex == .female && patient.birthDate == PartialDate("1950-04-01") && patient.isDeceased && patient.birthTime != nil)
        #expect(patient.deathDate == PartialDate("2026-01-01"))
        #expect(reading.notes.allSatisfy { !"\($0)".contains("Ann") && !"\($0)".contains("Example") })
        sample.patient = #"<administrativeGenderCode nullFlavor="UNK"/><birthTime nullFlavor="UNK"/>"#
        #expect(try sample.reading().notes(on: "patient.birthTime").count == 1)
        #expect(try sample.reading().snapshot.patient.sex == nil)
    }

    // MARK: Times

    @Test(arguments: [
        ("2012", "2012"), ("201208", "2012-08"), ("20120815", "2012-08-15"), ("201208150930-0500", "2012-08-15T09:30:00-05:00"),
        ("20120815093045.123+0000", "2012-08-15T09:30:45.123+00:00"), ("2012081509", "2012-08-15"),
        // Without a zone of its own, in the zone of the document.
        ("20120815093000", "2012-08-15T09:30:00-05:00"), ("201208152460-0500", "2012-08-15"),
    ])
    func times(_ written: String, _ read: String) throws {
        let entry = CCDAEntry.problem(CCDAEntry.value("49436004"), times: "<effectiveTime><low value='\(written)'/></effectiveTime>")
        #expect(try CCDASample.reading(CCDASample.section("11450-4", entry)).snapshot.conditions.first?.onset == PartialDate(read))
    }

    @Test func whatIsNoTimeIsNoted() throws {
        for written in ["20121", "yesterday", "20120230", "0000", "20120815T0930", "201208150930-05000"] {
            let entry = CCDAEntry.problem(CCDAEntry.value("49436004"), times: "<effectiveTime><low value='\(written)'/></effectiveTime>")
            let reading = try CCDASample.reading(CCDASample.section("11450-4", entry))
            #expect(reading.snapshot.conditions.first?.onset == nil, "\(written)")
            #expect(reading.notes(on: "problem.effectiveTime").count == 1, "\(written)")
        }
    }

    @Test func aBorrowedZoneIsSaidAndNeverInvented() throws {
        let entry = CCDAEntry.problem(CCDAEntry.value("49436004"), times: "<effectiveTime><low value='201208150930'/></effectiveTime>")
        var sample = CCDASample(sections: [CCDASample.section("11450-4", entry)])
        #expect(try sample.reading().notes(on: "effectiveTime").count == 1)
        sample.header = #"<effectiveTime value="20260630"/>"#
        #expect(try sample.reading().snapshot.conditions.first?.onset == PartialDate("2012-08-15"))
        #expect(try sample.reading().notes(on: "effectiveTime").isEmpty)
    }

    // MARK: What was supplied

    @Test func aSectionThatIsThereIsWholeAndOneThatIsNotIsUnknown() throws {
        let reading = try CCDASample.reading(CCDASample.section("10160-0", CCDAEntry.medicine(CCDAEntry.warfarin)))
        #expect(reading.snapshot.supply(of: .medications) == .complete)
        #expect(reading.snapshot.supply(of: .patient) == .complete)
        for section in [RecordSection.allergies, .conditions, .observations, .procedures, .immunizations, .encounters, .serviceRequests] {
            #expect(reading.snapshot.supply(of: section) == .notSupplied)
        }
    }

    @Test func noInformationIsNotNone() throws {
        let reading = try CCDASample.reading(CCDASample.section("48765-2", flavor: "NI"))
        #expect(reading.snapshot.supply(of: .allergies) == .notSupplied)
        #expect(reading.notes(on: "section 48765-2").first?.why == "says that it has no information; not known, which is not none")
    }

    @Test func wordsAreNotEntries() throws {
        let reading = try CCDASample.reading(CCDASample.section("48765-2", narrative: "Penicillin: rash"))
        #expect(reading.snapshot.supply(of: .allergies) == .partial(why: "a section of the document holds only words"))
        #expect(reading.notes(on: "section 48765-2").count == 1)
        #expect(reading.notes.allSatisfy { !"\($0)".contains("Penicillin") })
    }

    @Test func anEntryThatSaysItKnowsNothingLeavesAGap() throws {
        let reading = try CCDASample.reading(CCDASample.section("10160-0", "<substanceAdministration moodCode='EVN' nullFlavor='NI'/>"))
        #expect(reading.snapshot.medications.isEmpty)
        #expect(reading.snapshot.supply(of: .medications) == .partial(why: "an entry of the document could not be read"))
    }

    @Test func idsThatRecurAreThoseOfTheSection() throws {
        let drug = ##"<code nullFlavor="UNK"><originalText><reference value="#n1"/></originalText></code>"##
        let taken = CCDASample.section("10160-0", narrative: "<content ID='n1'>Coumadin</content>", CCDAEntry.medicine(drug))
        let left = CCDASample.section("10183-2", narrative: "<content ID='n1'>Tylenol</content>", CCDAEntry.medicine(drug))
        let snapshot = try CCDASample(sections: [taken, left]).reading().snapshot
        #expect(snapshot.medications.map(\.code.text) == ["Coumadin", "Tylenol"])
        #expect(snapshot.supply(of: .medications) == .complete)
    }

    @Test func anEntryThatCannotBeReadLeavesAGap() throws {
        let reading = try CCDASample.reading(CCDASample.section("10160-0", CCDAEntry.medicine(CCDAEntry.warfarin), "<observation moodCode='EVN'/>"))
        #expect(reading.snapshot.medications.count == 1)
        #expect(reading.snapshot.supply(of: .medications) == .partial(why: "an entry of the document could not be read"))
    }

    @Test func entriesAboutOthersAreLeftOut() throws {
        let entry = CCDAEntry.medicine(CCDAEntry.warfarin, "<subject><relatedSubject classCode='PRS'/></subject>")
        let reading = try CCDASample.reading(CCDASample.section("10160-0", entry))
        #expect(reading.snapshot.medications.isEmpty)
        #expect(reading.notes(on: "substanceAdministration").first?.why == "is about somebody else; left out")
    }

    @Test func sectionsOfOtherKindsAreNamed() throws {
        let family = CCDASample.section("10157-6", CCDAEntry.problem(CCDAEntry.value("49436004")))
        let reading = try CCDASample.reading(family)
        #expect(reading.snapshot.conditions.isEmpty)
        #expect(reading.notes.map(\.what) == ["section 10157-6"])
        #expect(reading.notes.first?.range != nil)
    }

    @Test func sectionsAreKnownByTemplateAndWithinSections() throws {
        let inner = "<section><templateId root='2.16.840.1.113883.10.20.22.2.1.1' extension='2014-06-09'/><entry>\(CCDAEntry.medicine(CCDAEntry.warfarin))</entry></section>"
        let outer = "<section><code code='00000-0'/><text/><component>\(inner)</component></section>"
        #expect(try CCDASample.reading(outer).snapshot.medications.count == 1)
    }

    @Test func aBodyWithoutStructureIsSaid() throws {
        let text = CCDASample().text.replacing("structuredBody", with: "nonXMLBody")
        let record = try CCDAFormat.record(of: Array(text.utf8), part: nil)
        #expect(record.notes.map(\.what) == ["ClinicalDocument.component"])
        #expect(record.supplied == [.patient: .complete])
    }
}
