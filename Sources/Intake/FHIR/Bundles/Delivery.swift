import Clinical
import Documents

/// How much of a section one value brought.
struct Delivery {
    let section: RecordSection
    let supply: Supply
    /// True where nobody asked for the section, and some of it came with other data.
    var isIncidental = false
}

extension Supply {
    /// What two queries for one section bring together.
    ///
    /// All of both is all; nothing of both is nothing; else it is some, and why the rest is missing.
    func joined(with other: Supply) -> Supply {
        switch (self, other) {
        case (.complete, .complete): .complete
        case (.partial(let why), _), (_, .partial(let why)): .partial(why: why)
        case (.failed(let why), .complete), (.complete, .failed(let why)): .partial(why: why)
        case (.failed(let why), _), (_, .failed(let why)): .failed(why: why)
        case (.notSupplied, let other): other
        case (let mine, .notSupplied): mine
        }
    }
}

/// What was met while one value was taken in.
struct Collection {
    let isDraft: Bool
    /// Sections of the resources that were asked for: not of those that were only included.
    private(set) var sections: Set<RecordSection> = []
    private var lastSection: RecordSection?
    /// True where the value was a Bundle or an array.
    var isList = false
    /// Why there is nothing, or not all.
    var failure: String?
    /// Why what came is not all there is.
    var gap: String?
    /// True where anything came that can be used.
    var hasMatches = false

    init(isDraft: Bool) {
        self.isDraft = isDraft
    }

    /// Notes that a resource of a section was asked for; mostly the same section as before.
    mutating func add(_ section: RecordSection) {
        guard section != lastSection else { return }
        lastSection = section
        sections.insert(section)
    }

    /// How much of the section this value brought.
    ///
    /// - Parameter section: what was asked for; `nil` for a whole record.
    func supply(of section: RecordSection?, kind: String?) -> Supply {
        if let failure {
            let why = kind.map { "\($0) could not be read: \(failure)" } ?? failure
            return hasMatches ? .partial(why: why) : .failed(why: why)
        }
        if let gap { return .partial(why: gap) }
        if let section, !sections.isEmpty, !sections.contains(section) {
            return .partial(why: "resources of another kind came in their place")
        }
        return .complete
    }
}

extension FHIRReader {
    /// Sections that nobody asked for, though some of it came, are known in part; what is asked for elsewhere decides before that.
    mutating func deliver(incidental collection: Collection) {
        let supply = Supply.partial(why: "only what came with other data is known")
        for section in collection.sections where !deliveries.contains(where: { $0.section == section }) {
            deliveries.append(Delivery(section: section, supply: supply, isIncidental: true))
        }
    }

    /// How much of each section all values together brought.
    var delivered: [RecordSection: Supply] {
        var delivered: [RecordSection: Supply] = [:]
        for delivery in deliveries where !delivery.isIncidental {
            delivered[delivery.section] = delivered[delivery.section].map { $0.joined(with: delivery.supply) } ?? delivery.supply
        }
        for delivery in deliveries where delivery.isIncidental && delivered[delivery.section] == nil {
            delivered[delivery.section] = delivery.supply
        }
        return delivered
    }
}
