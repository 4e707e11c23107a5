import Foundation
import Sweep

/// Tells once a second how far a sweep has come: a line that is written over on a terminal, a JSON line otherwise.
final class SweepTicker: Sendable {
    private let progress: SweepProgress
    private let isTerminal: Bool

    /// - Parameter isQuiet: nothing is told.
    init(_ progress: SweepProgress, isTerminal: Bool, isQuiet: Bool) {
        self.progress = progress
        self.isTerminal = isTerminal
        guard !isQuiet else { return }
        Thread.detachNewThread { [self] in
            let start = ContinuousClock.now
            var stage = (SweepProgress.Stage.grouping, since: start)
            while true {
                Thread.sleep(forTimeInterval: 1)
                let (reading, now) = (progress.reading, ContinuousClock.now)
                guard reading.stage != .done else { return }
                if reading.stage != stage.0 { stage = (reading.stage, since: now) }
                tell(reading, seconds: (now - start) / .seconds(1), ofStage: max((now - stage.since) / .seconds(1), 0.1))
            }
        }
    }

    /// Clears the line, so that what follows stands by itself.
    func stop() {
        if isTerminal { FileHandle.standardError.write(Data("\r\u{1B}[K".utf8)) }
    }

    private func tell(_ reading: SweepProgress.Reading, seconds: Double, ofStage: Double) {
        guard isTerminal else {
            Output.note(
                """
                {"stage":"\(reading.stage.rawValue)","seconds":\(Int(seconds)),"bytes":\(reading.bytesRead),\
                "storedRead":\(reading.storedRead),"storedSize":\(reading.storedSize),"parts":\(reading.parts),\
                "partsDone":\(reading.partsDone),"patients":\(reading.patients),"rejects":\(reading.rejects)}
                """)
            return
        }
        var text = "\r\u{1B}[K\(reading.stage.rawValue)"
        switch reading.stage {
        case .grouping:
            if reading.storedSize > 0 { text += Self.bar(reading.storedRead, of: reading.storedSize) }
            text += " \(reading.bytesRead / 1_000_000) MB, \(Int(Double(reading.bytesRead) / 1_000_000 / ofStage)) MB/s"
            text += Self.toGo(ofStage, done: reading.storedRead, of: reading.storedSize)
        case .evaluating:
            text += Self.bar(reading.partsDone, of: reading.parts)
            text += " \(reading.patients) patients, \(Int(Double(reading.patients) / ofStage))/s"
            text += Self.toGo(ofStage, done: reading.partsDone - reading.partsKept, of: reading.parts - reading.partsKept)
        case .reporting, .done: break
        }
        FileHandle.standardError.write(Data(text.utf8))
    }

    private static func bar(_ done: Int, of all: Int) -> String {
        let share = all == 0 ? 0 : min(done, all) * 30 / all
        return " [" + String(repeating: "#", count: share) + String(repeating: " ", count: 30 - share) + "]"
    }

    /// What the stage will still take, at the pace of what it has done.
    private static func toGo(_ seconds: Double, done: Int, of all: Int) -> String {
        guard done > 0, all > 0 else { return "" }
        return ", \(Int((seconds / Double(done) * Double(max(all - done, 0))).rounded(.up))) s to go"
    }
}
