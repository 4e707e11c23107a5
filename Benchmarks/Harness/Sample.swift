/// Costs of one thing, measured several times; in nanoseconds of processor time for one call.
struct Sample {
    private(set) var costs: [Double] = []

    mutating func add(_ cost: Double) { costs.append(cost) }

    var median: Double { costs.median }

    /// How far the measurements lie apart: the middle half, relative to the median.
    var spread: Double {
        guard costs.count >= 4, median > 0 else { return 0 }
        let sorted = costs.sorted()
        return (sorted[costs.count * 3 / 4] - sorted[costs.count / 4]) / median
    }
}

extension [Double] {
    var median: Double {
        guard !isEmpty else { return .nan }
        let sorted = sorted()
        return count % 2 == 1 ? sorted[count / 2] : (sorted[count / 2 - 1] + sorted[count / 2]) / 2
    }
}

/// Things that are measured in turn, so that what disturbs one disturbs all.
struct Contest {
    let effort: Effort

    /// The cost of each contender, measured in rounds: first, second, third, first, second, third …
    func run(_ contenders: [() throws -> Void]) throws -> [Sample] {
        let calls = try contenders.map(callsPerSlice)
        var samples = [Sample](repeating: Sample(), count: contenders.count)
        for _ in 0..<effort.repetitions {
            for (index, contender) in contenders.enumerated() {
                let start = CPUClock.now()
                for _ in 0..<calls[index] { try contender() }
                samples[index].add(Double(CPUClock.now() - start) / Double(calls[index]))
            }
        }
        return samples
    }

    /// How many calls fill a slice; also warms caches.
    private func callsPerSlice(_ contender: () throws -> Void) throws -> Int {
        let slice = Double(effort.slice.components.attoseconds / 1_000_000_000)
        var calls = 1
        while true {
            let start = CPUClock.now()
            for _ in 0..<calls { try contender() }
            let cost = Double(CPUClock.now() - start)
            if cost >= slice || calls >= 1 << 22 { return calls }
            calls = max(calls * 2, Int(Double(calls) * min(16, 1.2 * slice / max(cost, 1))))
        }
    }
}
