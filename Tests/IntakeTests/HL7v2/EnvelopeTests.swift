import Documents
import Foundation
import Intake
import Testing

/// What stands around a message, and how its characters are read.
@Suite struct HL7v2EnvelopeTests {
    private let order = [Message.header("ORU^R01"), Message.patient, "OBX|1|NM|2160-0^Creatinine^LN||1.1|mg/dL|||||F"]

    @Test(arguments: ["\r", "\n", "\r\n", "\r\r\n", "\n\n"])
    func anyEndOfLine(end: String) throws {
        #expect(try Message.record(order.joined(separator: end) + end).resources("Observation").count == 1)
    }

    @Test func framesAndMarks_areNoPartOfIt() throws {
        let text = order.joined(separator: "\r")
        let framed = [0x0B] + Array(text.utf8) + [0x0D, 0x1C, 0x0D]
        #expect(try HL7v2Format.record(of: framed, part: nil).resources.count == 2)
        #expect(HL7v2Format.recognizes(framed) && FormatCatalog.format(of: framed)?.name == "hl7-v2")
        #expect(try HL7v2Format.record(of: [0xEF, 0xBB, 0xBF] + Array(text.utf8), part: nil).resources.count == 2)
    }

    @Test func whateverTheDelimitersAre() throws {
        let text = "MSH*%?!@*APP*FAC***20260629120000-0500**ORU%R01*1*P*2.5\rPID*1**P7?P8**X**19600215*F\r"
            + "OBX*1*CWE*8661-1%A !T! B !S! C%LN**1%x@y%L******F"
        let record = try Message.record(text)
        #expect(try record.first("Patient")["id"]?.string == "P7")
        #expect(try record.first("Observation").at("code.text")?.string == "A @ B % C")
        #expect(try record.first("Observation").at("valueCodeableConcept.text")?.string == "x@y")
    }

    @Test func aDelimiterThatIsNotNamed_doesNotExist() throws {
        let record = try Message.record("MSH|^|A|||||||M|P|2.1\rPID|1||A~B||||F\rOBX|1|ST|8661-1^T\\T\\U^LN||x||||||F")
        #expect(try record.first("Observation").at("code.text")?.string == "T\\T\\U")
    }

    @Test(arguments: ["MSH|^^~&|A", "MSH|ab|A", "MSH||A", "MSH|"])
    func brokenHeaders_areRefused(header: String) {
        #expect(throws: FormatError.self) { try Message.record("\(header)\rPID|1||A") }
    }

    // MARK: Escapes and characters

    @Test(arguments: [
        (#"a\F\b\S\c\T\d\R\e\E\f"#, "a|b^c&d~e\\f"), (#"x\.br\y"#, "x y"), (#"\H\bold\N\"#, "bold"), (#"\X4142\"#, "AB"),
        (#"\X0D\a"#, "a"), (#"\Q\b"#, #"\Q\b"#), (#"5\6"#, #"5\6"#), (#"\Cab12\z"#, "z"), (#"\X4\z"#, #"\X4\z"#),
    ])
    func escapes(written: String, meant: String) throws {
        let record = try Message.record("ORU^R01", "OBX|1|NM|1^\(written)^LN||1||||||F")
        #expect(try record.first("Observation").at("code.text")?.string == meant)
    }

    @Test func latin1_whereTheHeaderSaysSo() throws {
        let head = Message.header("ORU^R01", characters: "8859/1")
        let bytes = Array("\(head)\rPID|1||P7\rOBX|1|NM|1^Gr".utf8) + [0xF6, 0xDF] + Array("e^LN||1||||||F".utf8)
        #expect(try HL7v2Format.record(of: bytes, part: nil).first("Observation").at("code.text")?.string == "Größe")
    }

    @Test func bytesThatAreNoCharacters_areNotGuessed() throws {
        let bytes = Array("\(Message.header("ORU^R01"))\rPID|1||P7\rOBX|1|NM|1^Gr".utf8) + [0xF6] + Array("e^LN||1||||||F".utf8)
        let record = try HL7v2Format.record(of: bytes, part: nil)
        #expect(record.notes(on: "OBX").count == 1)
        #expect(try record.first("Observation").at("code.text")?.string == "Gr\u{FFFD}e")
    }

    @Test(arguments: ["UNICODE UTF-16", "ISO IR87", "GB 18030-2000", "8859/15"])
    func otherCharacterSets_areRefused(characters: String) {
        let text = "\(Message.header("ORU^R01", characters: characters))\r\(Message.patient)"
        #expect { try Message.record(text) } throws: { error in
            (error as? FormatError).map { $0.message.contains("MSH-18") && $0.offset != nil } ?? false
        }
    }

    // MARK: Batches

    @Test func severalMessages_areReadByName() throws {
        let batch = ["FHS|^~\\&|A", "BHS|^~\\&|A", Message.header("ADT^A08", id: "ONE"), Message.patient, Message.header("ADT^A08", id: "TWO"),
            "PID|1||P9||||19700101|M", "BTS|2", "FTS|1"].joined(separator: "\r")
        #expect(HL7v2Format.recognizes(Array(batch.utf8)))
        #expect(throws: FormatError.self) { try Message.record(batch) }
        #expect(try Message.record(batch, part: "TWO").first("Patient")["gender"]?.string == "male")
        #expect(throws: FormatError.self) { try Message.record(batch, part: "THREE") }
    }

    @Test func nobodyOrSeveral_areRefused() {
        #expect(throws: FormatError.self) { try Message.record(Message.header("ACK")) }
        #expect(throws: FormatError.self) { try Message.record("PID|1||A\r\(Message.header("ADT^A01"))") }
        #expect(throws: FormatError.self) { try Message.record("\(Message.header("ADT^A17"))\rPID|1||A\rPV1|1|I\rPID|2||B") }
    }

    @Test func whatIsNoSegment_isNoted_andOthersOnce() throws {
        let record = try Message.record("ADT^A08", "NTE|1||SECRET", "ZXX|1", "NTE|2||SECRET", "lost text", "ZXX|2", "NK1|1")
        #expect(record.notes.map(\.what) == ["line", "NTE", "ZXX"])
        #expect(record.notes.allSatisfy { $0.range != nil && !$0.why.contains("SECRET") })
    }

    @Test func segmentsInOddOrder_areTakenForWhatTheyAre() throws {
        let record = try Message.record("\(Message.header("ADT^A08"))\rAL1|1|DA|7980^Penicillin G^RXNORM\rDG1|1||I10^Hypertension^I10C\r\(Message.patient)")
        #expect(record.resources.compactMap { $0["resourceType"]?.string } == ["Patient", "AllergyIntolerance", "Condition"])
    }
}
