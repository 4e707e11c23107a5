extension Quantity {
    /// The same quantity in another unit.
    ///
    /// - Parameters:
    ///   - unit: the unit wanted.
    ///   - analyte: what is known of the substance, for ways that calculation alone does not open.
    /// - Returns: the value, exact where it ends within 24 digits and unrounded otherwise, or the reason for which
    ///   there is none. A comparator is kept.
    public func converted(to unit: Unit, as analyte: Analyte? = nil) -> Result<Quantity, UnknownReason> {
        do throws(UnknownReason) {
            let own = try unitToCompare(with: unit)
            if own == unit { return .success(Quantity(value, unit, comparator: comparator)) }
            let conversion = try Conversion.between(own, unit, as: analyte)
            guard let value = conversion.apply(to: value) else { throw .outOfRange }
            let bound = conversion.isFalling ? comparator?.mirrored : comparator
            return .success(Quantity(value, unit, comparator: bound))
        } catch {
            return .failure(error)
        }
    }

    /// The unit in which the value may be read against `other`.
    ///
    /// A bare number is read as a count where a count is wanted, and never as anything else.
    func unitToCompare(with other: Unit?) throws(UnknownReason) -> Unit {
        if let unit { return unit }
        if unitText != nil { throw UnknownReason(.unitUnknown, "its unit is not one we know") }
        guard other?.isPlainCount ?? true else { throw UnknownReason(.noUnit, "no unit was stated") }
        return .one
    }
}
