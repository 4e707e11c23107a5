import Clinical
import Documents
import Intake
import Testing

@Suite("C-CDA: medications") struct CCDAMedicationTests {
    private func only(_ entry: String, narrative: String = "", code: String = "10160-0") throws -> Medication {
        let reading = try CCDASample.reading(CCDASample.section(code, narrative: narrative, entry))
        #expect(reading.snapshot.medications.count == 1)
        return try #require(reading.snapshot.medications.first)
    }

    @Test func whatIsTakenWithDoseAndRhythm() throws {
        let medication = try only(CCDAEntry.medicine(CCDAEntry.warfarin, times: """
            <effectiveTime xsi:type="IVL_TS"><low value="20260110"/><high nullFlavor="NI"/></effectiveTime>
            <effectiveTime xsi:type="PIVL_TS" operator="A"><period value="12" unit="h"/></effectiveTime>
            """, """
            <routeCode code="C38288" codeSystem="2.16.840.1.113883.3.26.1.1" displayName="ORAL"/>
            <doseQuantity value="5" unit="mg"/><maxDoseQuantity><numerator value="10" unit="mg"/><denominator value="1" unit="d"/></maxDoseQuantity>
            <precondition><criterion/></precondition>
            <author><time value="20260109"/><assignedAuthor><assignedPerson><name><given>Ann</given><family>Author</family></name></assignedPerson></assignedAuthor></author>
            <entryRelationship typeCode="RSON"><observation>\(CCDAEntry.value("49436004"))</observation></entryRelationship>
            """))
        #expect(medication.source == .statement && medication.use == .current)
        #expect(medication.code.codings == [Coding(system: .rxNorm, code: "855332", display: "Warfarin Sodium 5 MG Oral Tablet")])
        #expect(medication.started == PartialDate("2026-01-10") && medication.ended == nil)
        #expect(medication.authored == PartialDate("2026-01-09") && medication.author == "Ann Author")
        #expect(medication.reasons.first?.codings.first?.code == "49436004")
        let dosage = try #require(medication.dosages.first)
        #expect(dosage.dose == .quantity(Quantity(5, try Unit(ucum: "mg"))))
        #expect(dosage.timing?.period == 12 && dosage.timing?.periodUnit == .hour && dosage.timing?.frequency == 1)
        #expect(dosage.isAsNeeded && dosage.maximumPerPeriod != nil)
        #expect(dosage.route?.codings.first?.system == CodeSystem("urn:oid:2.16.840.1.113883.3.26.1.1"))
    }

    @Test(arguments: [
        ("active", "<effectiveTime><low value='20260110'/></effectiveTime>", Medication.Use.current),
        ("active", "<effectiveTime><low value='20260110'/><high value='20260301'/></effectiveTime>", .ended),
        ("suspended", "<effectiveTime><low value='20260110'/></effectiveTime>", .onHold),
        ("aborted", "<effectiveTime><low value='20260110'/></effectiveTime>", .ended),
        // The date decides, not the word: a prescription can be complete while the drug is taken.
        ("completed", "<effectiveTime><low value='20260110'/><high value='20260301'/></effectiveTime>", .ended),
        ("completed", "<effectiveTime><low value='20260110'/><high value='20261231'/></effectiveTime>", .current),
        ("completed", "<effectiveTime><low value='20260110'/></effectiveTime>", .current),
        ("completed", "<effectiveTime value='20260110'/>", .ended),
    ])
    func status(_ word: String, _ times: String, _ use: Medication.Use) throws {
        for mood in ["EVN", "INT"] {
            #expect(try only(CCDAEntry.medicine(CCDAEntry.warfarin, mood: mood, status: word, times: times)).use == use, "\(mood) \(word) \(times)")
        }
    }

    @Test func completedWithoutAnEndIsSaid() throws {
        let entry = CCDAEntry.medicine(CCDAEntry.warfarin, status: "completed")
        let reading = try CCDASample.reading(CCDASample.section("10160-0", entry))
        #expect(reading.notes(on: "substanceAdministration.statusCode").count == 1)
        let stated = try CCDASample.reading(CCDASample.section("10160-0", CCDAEntry.medicine(CCDAEntry.warfarin, status: "completed", CCDAEntry.status("55561003"))))
        #expect(stated.notes(on: "substanceAdministration.statusCode").isEmpty)
        #expect(stated.snapshot.medications.map(\.use) == [.current])
        let over = try CCDASample.reading(CCDASample.section("10160-0", CCDAEntry.medicine(CCDAEntry.warfarin, CCDAEntry.status("73425007"))))
        #expect(over.snapshot.medications.map(\.use) == [.ended])
    }

    @Test func enteredInErrorIsLeftOut() throws {
        let reading = try CCDASample.reading(CCDASample.section("10160-0", CCDAEntry.medicine(CCDAEntry.warfarin, status: "nullified")))
        #expect(reading.snapshot.medications.isEmpty)
        #expect(reading.notes.contains { $0.why == "entered in error; left out" })
    }

    @Test func whatIsNotTakenIsNotCurrent() throws {
        #expect(try only(CCDAEntry.medicine(CCDAEntry.warfarin, negated: true)).use == .prohibited)
        #expect(try only(CCDAEntry.medicine(CCDAEntry.warfarin, mood: "INT", negated: true)).use == .prohibited)
    }

    @Test func noKnownMedicinesIsAnEmptyListThatIsComplete() throws {
        let none = #"<code nullFlavor="OTH"><translation code="410942007" codeSystem="2.16.840.1.113883.6.96"/></code>"#
        for drug in [none, #"<code nullFlavor="NI"/>"#] {
            let reading = try CCDASample.reading(CCDASample.section("10160-0", CCDAEntry.medicine(drug, negated: true)))
            #expect(reading.snapshot.medications.isEmpty)
            #expect(reading.snapshot.supply(of: .medications) == .complete)
        }
    }

    @Test func translationsAndWords() throws {
        let translated = try only(CCDAEntry.medicine(#"<code nullFlavor="OTH"><translation code="00056017275" codeSystem="2.16.840.1.113883.6.69"/></code>"#))
        #expect(translated.code.codings == [Coding(system: .ndc, code: "00056017275")])
        let narrative = #"<table><tbody><tr ID="m1"><td ID="n1">Coumadin <content>5 mg</content></td><td>daily</td></tr></tbody></table>"#
        let pointed = try only(CCDAEntry.medicine(##"<code nullFlavor="UNK"><originalText><reference value="#n1"/></originalText></code>"##), narrative: narrative)
        #expect(pointed.code.codings.isEmpty && pointed.code.text == "Coumadin 5 mg")
        let named = try only(CCDAEntry.medicine(#"<code nullFlavor="UNK"/><name>Coumadin</name>"#))
        #expect(named.code.text == "Coumadin")
        let nameless = try CCDASample.reading(CCDASample.section("10160-0", CCDAEntry.medicine(##"<code nullFlavor="UNK"><originalText><reference value="#gone"/></originalText></code>"##)))
        #expect(nameless.snapshot.medications.first?.unresolved == "it does not say which drug")
        #expect(nameless.notes(on: "consumable.code").first?.why == "points to words that are not in the document; passed over")
        #expect(nameless.notes(on: "substanceAdministration.consumable").count == 1)
    }

    @Test func plannedIsNeverTaken() throws {
        for mood in ["INT", "RQO", "PRP", "EVN"] {
            #expect(try only(CCDAEntry.medicine(CCDAEntry.warfarin, mood: mood), code: "18776-5").use == .proposed, "\(mood)")
        }
    }

    @Test func stepsOfATaper() throws {
        func step(_ dose: Int, _ low: String, _ high: String) -> String {
            """
            <entryRelationship typeCode="COMP"><substanceAdministration classCode="SBADM" moodCode="INT">
            <effectiveTime xsi:type="IVL_TS"><low value="\(low)"/><high value="\(high)"/></effectiveTime><doseQuantity value="\(dose)" unit="mg"/>
            </substanceAdministration></entryRelationship>
            """
        }
        let medication = try only(CCDAEntry.medicine(CCDAEntry.warfarin, mood: "INT", step(10, "20260601", "20260604") + step(5, "20260605", "20260731")))
        #expect(medication.dosages.map(\.dose) == [.quantity(Quantity(10, try Unit(ucum: "mg"))), .quantity(Quantity(5, try Unit(ucum: "mg")))])
        #expect(medication.ended == PartialDate("2026-07-31"))
    }

    @Test func dischargeListAloneIsPartOfTheWhole() throws {
        let act = "<act classCode='ACT' moodCode='EVN'><entryRelationship typeCode='SUBJ'>\(CCDAEntry.medicine(CCDAEntry.warfarin))</entryRelationship></act>"
        let reading = try CCDASample.reading(CCDASample.section("10183-2", act))
        #expect(reading.snapshot.medications.map(\.use) == [.current])
        #expect(reading.snapshot.supply(of: .medications) == .partial(why: "only medicines at discharge came"))
    }
}
