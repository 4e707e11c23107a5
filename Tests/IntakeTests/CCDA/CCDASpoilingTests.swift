import Clinical
import Documents
import Intake
import Spoiling
import Testing

/// Any document yields a record or a message; nothing traps.
@Suite("C-CDA: spoiled documents") struct CCDASpoilingTests {
    private static let text = CCDASample(sections: [
        CCDASample.section("10160-0", narrative: "<content ID='x'>words</content>", CCDAEntry.medicine(CCDAEntry.warfarin, "<doseQuantity value='5' unit='mg'/>")),
        CCDASample.section("48765-2", CCDAEntry.allergy(CCDAEntry.coded("code", "7980", CCDAEntry.rxnorm, "Penicillin G"))),
        CCDASample.section("11450-4", CCDAEntry.problem(CCDAEntry.value("49436004"), CCDAEntry.status("55561003"))),
        CCDASample.section("30954-2", CCDAEntry.result("34714-6", #"<value xsi:type="PQ" value="3.4" unit="{INR}"/>"#)),
        CCDASample.section("18776-5", CCDAEntry.medicine(CCDAEntry.warfarin, mood: "RQO")),
    ]).text

    /// True where a record came of it.
    private func isRead(_ bytes: [UInt8]) throws -> Bool {
        let asOf = try instant()
        do throws(FormatError) {
            let record = try CCDAFormat.record(of: bytes, part: nil)
            let (snapshot, _) = try record.snapshot(asOf: asOf)
            #expect(snapshot.supplied.count == RecordSection.allCases.count)
            return true
        } catch {
            #expect(error.format == "ccda" && !error.message.isEmpty)
            return false
        }
    }

    @Test func bytes() throws {
        var generator = SeededGenerator(state: 7)
        let whole = Array(Self.text.utf8)
        var read = 0
        for _ in 0..<400 {
            var bytes = whole
            for _ in 0..<Int.random(in: 1...3, using: &generator) {
                let place = Int.random(in: 0..<bytes.count, using: &generator)
                bytes[place] = Bool.random(using: &generator) ? UInt8.random(in: 0x20...0x7E, using: &generator) : bytes[place] ^ 1
            }
            if try isRead(bytes) { read += 1 }
        }
        #expect(read > 0 && read < 400)
        for length in stride(from: 0, to: whole.count - 1, by: 97) { #expect(try !isRead(Array(whole[..<length]))) }
    }

    /// Each value in turn replaced by what it is not: the document is whole, and says something else.
    @Test func values() throws {
        let pieces = Self.text.split(separator: "\"", omittingEmptySubsequences: false).map(String.init)
        for index in stride(from: 1, to: pieces.count, by: 2) where !pieces[index].contains("urn:") && !pieces[index - 1].hasSuffix("xmlns:xsi=") {
            for turn in 0..<3 {
                var changed = pieces
                changed[index] = Self.odd[(index / 2 * 3 + turn) % Self.odd.count]
                _ = try isRead(Array(changed.joined(separator: "\"").utf8))
            }
        }
    }

    private static let odd = ["", " ", "-", "9999999999999999999999999999", "é€", "#x", "NaN", "20259999", "1e9", "PIVL_TS", "nullified", "true", "NI"]

    @Test func aConcernWithinConcernsEnds() throws {
        let inner = String(repeating: "<act><entryRelationship typeCode='SUBJ'>", count: 60) + CCDAEntry.problem(CCDAEntry.value("49436004"))
            + String(repeating: "</entryRelationship></act>", count: 60)
        #expect(try isRead(Array(CCDASample(sections: [CCDASample.section("75310-3", inner)]).text.utf8)))
    }
}
