/// The "did you mean" of messages: the known name nearest to a misspelt one.
public enum NearestName {
    /// The nearest of `names`, or nil if none is near enough to be meant.
    ///
    /// Near enough is one slip in three characters, one in a name of three to five, none in a shorter one (`mg` is
    /// no slip for `kg`); a slip is a character too many, missing, wrong, or two swapped. Case does not count, and a hyphen equals an underscore
    /// and a space. Equally near names: the one that shares the longer beginning, then the first in order of code
    /// points, so the answer does not depend on the order of `names`.
    ///
    /// - Complexity: O(length²) for each name of similar length.
    public static func find(_ name: String, in names: some Sequence<String>) -> String? {
        let wanted = folded(name)
        guard !wanted.isEmpty, wanted.count <= 200 else { return nil }
        let cutoff = wanted.count / 3
        var best: (name: String, distance: Int, shared: Int)?
        for candidate in names where candidate != name {
            let letters = folded(candidate)
            let bound = best?.distance ?? cutoff
            guard !letters.isEmpty, abs(letters.count - wanted.count) <= bound else { continue }
            let distance = distance(wanted, letters, atMost: bound)
            guard distance <= bound else { continue }
            let shared = zip(wanted, letters).prefix { $0 == $1 }.count
            if let best, (best.distance, -best.shared, best.name) <= (distance, -shared, candidate) { continue }
            best = (candidate, distance, shared)
        }
        return best?.name
    }

    /// The names in which a name stands as whole words, those that begin with it first: `anaphylaxis` in `anaphylaxis-or-angioedema`.
    ///
    /// - Parameter limit: how many to give; none for a name of fewer than four letters.
    public static func containing(_ name: String, in names: some Sequence<String>, limit: Int = 3) -> [String] {
        let wanted = folded(name)
        guard wanted.count >= 4, wanted.count <= 200 else { return [] }
        let edge: [Unicode.Scalar] = ["-"]
        let words = edge + wanted + edge
        let found = names.compactMap { candidate -> (begins: Int, name: String)? in
            let letters = edge + folded(candidate) + edge
            guard candidate != name, letters.count >= words.count else { return nil }
            if letters.starts(with: words) { return (0, candidate) }
            return letters.indices.contains { letters[$0...].starts(with: words) } ? (1, candidate) : nil
        }
        return found.sorted { ($0.begins, $0.name.count, $0.name) < ($1.begins, $1.name.count, $1.name) }.prefix(limit).map(\.name)
    }

    private static func folded(_ name: String) -> [Unicode.Scalar] {
        name.lowercased().unicodeScalars.map { $0 == "_" || $0 == " " ? "-" : $0 }
    }

    /// Optimal string alignment: insertion, deletion, substitution, swap of neighbours; more than `limit` once beyond it.
    ///
    /// - Source: Damerau, CACM 1964;7:171–176, doi:10.1145/363958.363994.
    static func distance(_ a: [Unicode.Scalar], _ b: [Unicode.Scalar], atMost limit: Int = .max) -> Int {
        var beforePrevious: [Int] = []
        var previous = Array(0...b.count)
        for i in a.indices {
            var row = [i + 1]
            row.reserveCapacity(b.count + 1)
            for j in b.indices {
                var cost = min(previous[j] + (a[i] == b[j] ? 0 : 1), previous[j + 1] + 1, row[j] + 1)
                if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { cost = min(cost, beforePrevious[j - 1] + 1) }
                row.append(cost)
            }
            if let least = row.min(), least > limit { return least }
            (beforePrevious, previous) = (previous, row)
        }
        return previous[b.count]
    }
}
