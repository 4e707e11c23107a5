extension Quantity {
    /// Does the value lie on the asked side of `threshold`?
    ///
    /// Exact at the boundary whatever the units, since nothing is divided. A bound such as `<5` stands for every value
    /// that it allows: yes where all of them answer, no where none does, else unknown.
    ///
    /// - Parameters:
    ///   - comparison: the side.
    ///   - threshold: the number of a rule, without comparator.
    ///   - analyte: what is known of the substance measured.
    public func compare(_ comparison: Comparison, _ threshold: Quantity, as analyte: Analyte? = nil) -> Truth {
        guard threshold.comparator == nil else {
            return .unknown(UnknownReason(.comparator, "the limit itself is only a bound"))
        }
        do throws(UnknownReason) {
            let (order, bound) = try order(to: threshold, as: analyte)
            guard let bound else { return Truth(comparison.holds(order)) }
            if let holds = comparison.holds(throughout: bound, bound: order) { return Truth(holds) }
            return .unknown(UnknownReason(.comparator, "it was reported only as `\(self)`"))
        } catch {
            return .unknown(error)
        }
    }

    /// How the number stands to the threshold, and which way its window is open in the threshold's unit.
    private func order(to threshold: Quantity, as analyte: Analyte?) throws(UnknownReason) -> (Int, Comparator?) {
        guard threshold.unitText == nil || threshold.unit != nil else {
            throw UnknownReason(.unitUnknown, "the unit of the limit is not one we know")
        }
        let own = try unitToCompare(with: threshold.unit)
        guard let limit = threshold.unit ?? (own.isPlainCount ? own : nil) else {
            throw UnknownReason(.unitNotConvertible, "the value is in `\(own.code)`, and the limit states no unit")
        }
        if own == limit { return (Decimal.order(value, threshold.value), comparator) }
        let conversion = try Conversion.between(own, limit, as: analyte)
        guard let order = conversion.order(value, threshold.value) else { throw .outOfRange }
        return (order, conversion.isFalling ? comparator?.mirrored : comparator)
    }
}
