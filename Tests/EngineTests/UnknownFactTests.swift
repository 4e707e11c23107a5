import Clinical
import Engine
import Testing

@Suite struct UnknownFactTests {
    @Test func itsNameInWordsHasBlanks() {
        #expect(UnknownFact(name: "gestational_age", reason: UnknownReason(.notRecorded, "not recorded"), missing: nil).words == "gestational age")
    }
}
