import Clinical
import Documents
import Foundation
import Intake
import Testing

/// Whatever comes, it is read or refused, and nothing traps.
@Suite struct HostileMessageTests {
    /// A generator of its own, so that a failure can be had again.
    private struct Dice {
        var state: UInt64
        mutating func roll(_ sides: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % max(sides, 1)
        }
    }

    private func read(_ bytes: [UInt8]) {
        guard let record = try? HL7v2Format.record(of: bytes, part: nil) else { return }
        guard let reading = try? record.snapshot(asOf: AsOf(instant: Instant(milliseconds: 0), zone: .utc)) else {
            Issue.record("what was converted is no JSON that can be read")
            return
        }
        #expect(reading.notes.count >= record.notes.count)
    }

    @Test func truncated() throws {
        for sample in try Message.samples() {
            let bytes = [UInt8](try Data(contentsOf: sample))
            for end in stride(from: 0, to: bytes.count, by: max(1, bytes.count / 60)) { read(Array(bytes[..<end])) }
        }
    }

    @Test func flipped() throws {
        var dice = Dice(state: 7)
        for sample in try Message.samples() {
            let bytes = [UInt8](try Data(contentsOf: sample))
            for _ in 0..<40 {
                var broken = bytes
                for _ in 0..<(1 + dice.roll(30)) { broken[dice.roll(broken.count)] = UInt8(dice.roll(256)) }
                read(broken)
            }
        }
    }

    @Test func delimitersEverywhere() throws {
        var dice = Dice(state: 11)
        let pieces = ["|", "^", "~", "\\", "&", "\r", "\"\"", "ORC", "RXE", "OBX|1|NM|", "PID|", "20260101", "Q6H", "\\X", "\\", "NW", "MSH|^~\\&|", "\u{0B}", "\u{0}", "9"]
        for _ in 0..<300 {
            var text = Message.text("RDE^O11") + "\r"
            for _ in 0..<dice.roll(80) { text += pieces[dice.roll(pieces.count)] }
            read(Array(text.utf8))
        }
    }

    @Test func largeInputs_areBounded() throws {
        let many = Message.text("ADT^A08") + String(repeating: "\rAL1|1|DA|^x", count: 25_000)
        #expect(throws: FormatError.self) { try Message.record(many) }
        let wide = try Message.record("ORU^R01", "OBX" + String(repeating: "|", count: 100_000), "OBX|1|NM|1^x^LN||" + String(repeating: "1~", count: 5000))
        #expect(wide.resources("Observation").count == 1)
        let noisy = try Message.record(Message.text("ADT^A08") + String(repeating: "\rAL1|1", count: 2000))
        #expect(noisy.notes.count <= 501)
    }

    @Test func theSameBytes_giveTheSameRecord() throws {
        for sample in try Message.samples() {
            let bytes = [UInt8](try Data(contentsOf: sample))
            let first = try HL7v2Format.record(of: bytes, part: nil), second = try HL7v2Format.record(of: bytes, part: nil)
            #expect(first.bundle == second.bundle && first.notes == second.notes && first.supplied == second.supplied)
        }
    }
}
