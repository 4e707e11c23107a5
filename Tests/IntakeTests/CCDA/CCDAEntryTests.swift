import Clinical
import Documents
import Intake
import Testing

@Suite("C-CDA: allergies, problems, results and the rest") struct CCDAEntryTests {
    private let penicillin = CCDAEntry.coded("code", "7980", CCDAEntry.rxnorm, "Penicillin G")

    private func allergy(_ entry: String) throws -> AllergyIntolerance {
        try #require(try CCDASample.reading(CCDASample.section("48765-2", entry)).snapshot.allergies.first)
    }

    private func problem(_ entry: String) throws -> Condition {
        try #require(try CCDASample.reading(CCDASample.section("11450-4", entry)).snapshot.conditions.first)
    }

    private func result(_ entry: String) throws -> Observation {
        try #require(try CCDASample.reading(CCDASample.section("30954-2", entry)).snapshot.observations.first)
    }

    // MARK: Allergies

    @Test func allergyWithReaction() throws {
        let severity = "<entryRelationship typeCode='SUBJ'><observation><code code='SEV' codeSystem='2.16.840.1.113883.5.4'/>\(CCDAEntry.value("24484000"))</observation></entryRelationship>"
        let reaction = "<entryRelationship typeCode='MFST' inversionInd='true'><observation>\(CCDAEntry.value("39579001"))\(severity)</observation></entryRelationship>"
        let criticality = "<entryRelationship typeCode='SUBJ'><observation><code code='82606-5' codeSystem='\(CCDAEntry.loinc)'/><value xsi:type='CD' code='CRITH' codeSystem='2.16.840.1.113883.5.1063'/></observation></entryRelationship>"
        let found = try allergy(CCDAEntry.allergy(penicillin, reaction + criticality))
        #expect(found.standing == .active && found.kind == .allergy && found.categories == ["medication"] && found.criticality == .high)
        #expect(found.code.codings == [Coding(system: .rxNorm, code: "7980", display: "Penicillin G")])
        #expect(found.reactions.first?.manifestations.first?.codings.first?.code == "39579001")
        #expect(found.reactions.first?.severity == "severe")
    }

    @Test(arguments: [("active", "", AllergyIntolerance.Standing.active), ("completed", "", .active), ("active", "413322009", .past), ("active", "73425007", .past), ("nullified", "", .refuted)])
    func allergyStatus(_ concern: String, _ status: String, _ standing: AllergyIntolerance.Standing) throws {
        let inner = status.isEmpty ? "" : CCDAEntry.status(status)
        #expect(try allergy(CCDAEntry.allergy(penicillin, concern: concern, inner)).standing == standing)
    }

    @Test func noKnownAllergies() throws {
        for (kind, code) in [("419199007", "716186003"), ("416098002", "409137002"), ("414285001", "429625007")] {
            for substance in [#"<code nullFlavor="NA"/>"#, CCDAEntry.coded("code", "105590001", CCDAEntry.snomed, "Substance")] {
                let found = try allergy(CCDAEntry.allergy(substance, kind: kind, negated: true))
                #expect(found.code.codings.map(\.code) == [code] && found.standing == .active)
            }
        }
        #expect(try allergy(CCDAEntry.allergy(penicillin, negated: true)).standing == .refuted)
    }

    @Test func allergyToldOnlyInItsValue() throws {
        let entry = """
            <act><entryRelationship typeCode="SUBJ"><observation><templateId root="2.16.840.1.113883.10.20.22.4.7"/>
            <value xsi:type="CD" code="91936005" codeSystem="2.16.840.1.113883.6.96"/></observation></entryRelationship></act>
            """
        #expect(try allergy(entry).code.codings.map(\.code) == ["91936005"])
    }

    // MARK: Problems

    @Test(arguments: [
        ("active", "<effectiveTime><low value='20200301'/></effectiveTime>", "", Condition.Standing.active),
        ("active", "<effectiveTime><low value='20200301'/><high value='20210301'/></effectiveTime>", "", .past),
        ("active", "<effectiveTime><low value='20200301'/><high nullFlavor='UNK'/></effectiveTime>", "", .past),
        ("active", "<effectiveTime><low value='20200301'/><high nullFlavor='UNK'/></effectiveTime>", "55561003", .active),
        ("active", "<effectiveTime><low value='20200301'/></effectiveTime>", "413322009", .past),
        ("completed", "<effectiveTime><low value='20200301'/></effectiveTime>", "", .past),
        ("completed", "<effectiveTime><low value='20200301'/></effectiveTime>", "55561003", .active),
        ("nullified", "<effectiveTime><low value='20200301'/></effectiveTime>", "", .refuted),
    ])
    func problemStatus(_ concern: String, _ times: String, _ status: String, _ standing: Condition.Standing) throws {
        let found = try problem(CCDAEntry.problem(CCDAEntry.value("49436004"), times: times, concern: concern, status.isEmpty ? "" : CCDAEntry.status(status)))
        #expect(found.standing == standing, "\(concern) \(times) \(status)")
        #expect(found.onset == PartialDate("2020-03-01"))
    }

    @Test func problemWithTranslationNegatedAndInWords() throws {
        let translated = try problem(CCDAEntry.problem("<value xsi:type='CD' nullFlavor='OTH'><originalText>Afib</originalText><translation code='I48.91' codeSystem='2.16.840.1.113883.6.90'/></value>"))
        #expect(translated.code.codings == [Coding(system: .icd10CM, code: "I48.91")] && translated.code.text == "Afib")
        #expect(try problem(CCDAEntry.problem(CCDAEntry.value("55607006"), negated: true)).standing == .refuted)
        #expect(try problem(CCDAEntry.problem("<value xsi:type='CD' nullFlavor='UNK'><originalText>Old stroke</originalText></value>")).code.text == "Old stroke")
    }

    // MARK: Results

    @Test func valuesOfEveryType() throws {
        let quantity = try result(CCDAEntry.result("2160-0", #"<value xsi:type="PQ" value="1.4" unit="mg/dL"/>"#, "<interpretationCode code='H' codeSystem='2.16.840.1.113883.5.83'/>"))
        #expect(quantity.value == .quantity(Quantity(try #require(Decimal("1.4")), try Unit(ucum: "mg/dL"))))
        #expect(quantity.status == "final" && quantity.effective?.start == PartialDate("2026-06-20T08:30:00-05:00"))
        #expect(quantity.interpretations.first?.codings.first?.code == "H")
        let bounded = try result(CCDAEntry.result("33914-3", #"<value xsi:type="IVL_PQ"><low value="60" unit="mL/min" inclusive="false"/></value>"#))
        #expect(bounded.value == .quantity(Quantity(60, try Unit(ucum: "mL/min"), comparator: .above)))
        let range = try result(CCDAEntry.result("33914-3", #"<value xsi:type="IVL_PQ"><low value="1" unit="mg"/><high value="2" unit="mg"/></value>"#))
        #expect(range.value == .range(low: Quantity(1, try Unit(ucum: "mg")), high: Quantity(2, try Unit(ucum: "mg"))))
        #expect(try result(CCDAEntry.result("1", #"<value xsi:type="INT" value="3"/>"#)).value == .quantity(Quantity(3, nil)))
        #expect(try result(CCDAEntry.result("1", #"<value xsi:type="REAL" value="+03.50"/>"#)).value == .quantity(Quantity(try #require(Decimal("3.50")), nil)))
        #expect(try result(CCDAEntry.result("1", #"<value xsi:type="BL" value="true"/>"#)).value == .boolean(true))
        #expect(try result(CCDAEntry.result("1", #"<value xsi:type="ST">1.4 mg/dL</value>"#)).value == .text)
        #expect(try result(CCDAEntry.result("1", CCDAEntry.value("10828004"))).value == .code(CodeableConcept(codings: [Coding(system: .snomedCT, code: "10828004")])))
        let absent = try result(CCDAEntry.result("1", #"<value xsi:type="PQ" nullFlavor="NASK"/>"#))
        #expect(absent.value == nil && absent.absence == "not-asked")
        let unreadable = try result(CCDAEntry.result("1", #"<value xsi:type="PQ" value="about 3" unit="mg"/>"#))
        #expect(unreadable.value == nil && unreadable.absence == "unknown")
    }

    @Test(arguments: [("completed", "final"), ("active", "registered"), ("aborted", "cancelled"), ("strange", "unknown")])
    func resultStatus(_ word: String, _ status: String) throws {
        #expect(try result(CCDAEntry.result("1", #"<value xsi:type="INT" value="3"/>"#, status: word)).status == status)
    }

    @Test func resultsArePartAndTheTimeOfThePanelCounts() throws {
        let panel = """
            <organizer classCode="CLUSTER" moodCode="EVN"><statusCode code="completed"/><effectiveTime value="20260615"/>
            <component><observation moodCode="EVN"><code code="8480-6" codeSystem="\(CCDAEntry.loinc)"/><statusCode code="completed"/>
            <value xsi:type="PQ" value="132" unit="mm[Hg]"/></observation></component></organizer>
            """
        let reading = try CCDASample.reading(CCDASample.section("8716-3", panel))
        #expect(reading.snapshot.observations.first?.effective?.start == PartialDate("2026-06-15"))
        #expect(reading.snapshot.supply(of: .observations) == .partial(why: "a document holds only some results"))
    }

    // MARK: Social history

    @Test func pregnancySmokingAndSex() throws {
        let pregnancy = """
            <observation moodCode="EVN"><templateId root="2.16.840.1.113883.10.20.15.3.8"/><code code="ASSERTION" codeSystem="2.16.840.1.113883.5.4"/>
            <statusCode code="completed"/><effectiveTime><low value="20260401"/></effectiveTime>\(CCDAEntry.value("77386006"))</observation>
            """
        let smoking = """
            <observation moodCode="EVN"><templateId root="2.16.840.1.113883.10.20.22.4.78"/><code code="ASSERTION" codeSystem="2.16.840.1.113883.5.4"/>
            <statusCode code="completed"/><effectiveTime value="20260401"/>\(CCDAEntry.value("449868002"))</observation>
            """
        let sex = """
            <observation moodCode="EVN"><templateId root="2.16.840.1.113883.10.20.22.4.200"/><code code="76689-9" codeSystem="\(CCDAEntry.loinc)"/>
            <statusCode code="completed"/><value xsi:type="CD" code="F" codeSystem="2.16.840.1.113883.5.1"/></observation>
            """
        var sample = CCDASample(sections: [CCDASample.section("29762-2", pregnancy, smoking, sex)])
        sample.patient = #"<administrativeGenderCode code="M" codeSystem="2.16.840.1.113883.5.1"/><birthTime value="19900401"/>"#
        let reading = try sample.reading()
        #expect(reading.snapshot.observations.map { $0.code.codings.first?.code } == ["82810-3", "72166-2"])
        #expect(reading.snapshot.observations.first?.value == .code(CodeableConcept(codings: [Coding(system: .snomedCT, code: "77386006")])))
        #expect(reading.snapshot.patient.sex == .female)
    }

    // MARK: Vaccines, procedures, visits, plans

    @Test func vaccines() throws {
        func vaccine(_ mood: String, _ extra: String, _ status: String = "completed") -> String {
            """
            <substanceAdministration moodCode="\(mood)"\(extra)><templateId root="2.16.840.1.113883.10.20.22.4.52"/><statusCode code="\(status)"/>
            <effectiveTime value="20251001"/><consumable><manufacturedProduct><manufacturedMaterial>
            <code code="141" codeSystem="2.16.840.1.113883.12.292"/></manufacturedMaterial></manufacturedProduct></consumable></substanceAdministration>
            """
        }
        let section = CCDASample.section("11369-6", vaccine("EVN", ""), vaccine("EVN", " negationInd=\"true\""), vaccine("EVN", "", "aborted"), vaccine("INT", ""))
        let reading = try CCDASample.reading(section)
        #expect(reading.snapshot.immunizations.map(\.isValidDose) == [true, false, false])
        #expect(reading.snapshot.immunizations.first?.vaccine.codings == [Coding(system: .cvx, code: "141")])
        #expect(reading.snapshot.immunizations.first?.occurred == PartialDate("2025-10-01"))
    }

    @Test func procedures() throws {
        func procedure(_ mood: String, _ status: String, _ extra: String = "") -> String {
            "<procedure moodCode='\(mood)'\(extra)><code code='73761001' codeSystem='\(CCDAEntry.snomed)'/><statusCode code='\(status)'/><effectiveTime value='20240102'/></procedure>"
        }
        let section = CCDASample.section(
            "47519-4", procedure("EVN", "completed"), procedure("EVN", "aborted"), procedure("EVN", "completed", " negationInd='true'"), procedure("INT", "active"))
        let reading = try CCDASample.reading(section)
        #expect(reading.snapshot.procedures.map(\.isDone) == [true, false, false])
        #expect(reading.snapshot.serviceRequests.map(\.isActive) == [false])
    }

    @Test func visitsAndTheirDiagnoses() throws {
        let visit = """
            <encounter moodCode="EVN"><id root="1.9" extension="a"/><code code="99213" codeSystem="2.16.840.1.113883.6.12">
            <translation code="AMB" codeSystem="2.16.840.1.113883.5.4"/></code><effectiveTime><low value="20260601"/><high value="20260601"/></effectiveTime>
            <entryRelationship typeCode="COMP"><act moodCode="EVN"><entryRelationship typeCode="SUBJ"><observation moodCode="EVN">
            <templateId root="2.16.840.1.113883.10.20.22.4.4"/><statusCode code="completed"/>\(CCDAEntry.value("195967001"))</observation></entryRelationship></act></entryRelationship></encounter>
            """
        var sample = CCDASample(sections: [CCDASample.section("46240-8", visit)])
        sample.footer = #"<componentOf><encompassingEncounter><id root="1.9" extension="a"/><effectiveTime><low value="20260601"/></effectiveTime></encompassingEncounter></componentOf>"#
        let reading = try sample.reading()
        #expect(reading.snapshot.encounters.map(\.status) == ["finished"])
        #expect(reading.snapshot.encounters.first?.codes.first?.codings.first?.code == "AMB")
        #expect(reading.snapshot.conditions.map(\.isEncounterDiagnosis) == [true])
        sample.footer = #"<componentOf><encompassingEncounter><id root="1.9" extension="b"/><effectiveTime><low value="20260629"/></effectiveTime></encompassingEncounter></componentOf>"#
        #expect(try sample.reading().snapshot.encounters.map(\.status) == ["finished", "unknown"])
    }

    @Test func plans() throws {
        let order = "<observation moodCode='RQO'><code code='2160-0' codeSystem='\(CCDAEntry.loinc)'/><statusCode code='active'/></observation>"
        let plan = "<procedure moodCode='INT'><code code='73761001' codeSystem='\(CCDAEntry.snomed)'/><statusCode code='active'/></procedure>"
        let goal = "<observation moodCode='GOL'><code code='2160-0' codeSystem='\(CCDAEntry.loinc)'/></observation>"
        let reading = try CCDASample.reading(CCDASample.section("18776-5", order, plan, goal))
        #expect(reading.snapshot.serviceRequests.map(\.isActive) == [true, false])
        #expect(reading.snapshot.supply(of: .serviceRequests) == .partial(why: "only what a document plans is known"))
        #expect(reading.snapshot.observations.isEmpty)
    }
}
