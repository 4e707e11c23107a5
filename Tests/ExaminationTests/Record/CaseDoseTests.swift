import Documents
import Testing

@testable import Examination

@Suite("Doses and frequencies of a story")
struct CaseDoseTests {
    private func json(_ value: JSONValue?) -> String { value.map { String(decoding: $0.bytes, as: UTF8.self) } ?? "" }

    @Test("An amount, a rate, a strength without an amount")
    func amounts() throws {
        let plain = try #require(CaseDose("2.5 mg", route: "oral"))
        #expect(plain.amount?.key == "doseQuantity")
        let amount = json(plain.amount?.value)
        #expect(amount == #"{"value":2.5,"unit":"mg","system":"http://unitsofmeasure.org","code":"mg"}"#)
        #expect(CaseDose("25 mcg/h", route: "transdermal")?.amount?.key == "rateQuantity")
        let units = try #require(CaseDose("6 units", route: "subcutaneous"))
        let counted = json(units.amount?.value)
        #expect(counted.contains("[iU]"))
        let drops = try #require(CaseDose("0.5%", route: "ophthalmic"))
        #expect(drops.amount == nil)
        #expect(CaseDose("10 mg for 10 days", route: "oral")?.days == 10)
        #expect(CaseDose("60 mg extended-release", route: "oral")?.form == "extended-release")
    }

    @Test("A combination is dosed in tablets or puffs, and each part has its strength")
    func combinations() throws {
        let tablets = try #require(CaseDose("10 mg/325 mg, 2 tablets", route: "oral"))
        let two = json(tablets.amount?.value)
        #expect(two.contains(#""value":2,"unit":"tablet""#))
        #expect(tablets.strengths.count == 2)
        let strength = json(tablets.strengths.last)
        #expect(strength.contains("325"))
        let puffs = try #require(CaseDose("100 mcg/50 mcg", route: "inhalation"))
        let one = json(puffs.amount?.value)
        #expect(one.contains("{inhalation}"))
    }

    @Test("What is not understood is nothing", arguments: ["a lot", "5", "5 spoons", "5 mg daily", "5 mg/x", ", ", "5 mg for ten days"])
    func notUnderstood(text: String) {
        #expect(CaseDose(text, route: "oral") == nil)
    }

    @Test("Frequencies")
    func frequencies() throws {
        let hours = try #require(CaseFrequency("every 6 hours as needed"))
        #expect(json(.object(hours.members)) == #"{"frequency":1,"period":6,"periodUnit":"h"}"#)
        #expect(hours.isAsNeeded)
        #expect(CaseFrequency("as needed")?.members.isEmpty == true)
        let weekly = try #require(CaseFrequency("once weekly"))
        #expect(json(.object(weekly.members)) == #"{"frequency":1,"period":1,"periodUnit":"wk"}"#)
        #expect(CaseFrequency("now and then") == nil)
    }
}
