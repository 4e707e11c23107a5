import Clinical

/// The QT interval of an ECG as it would be at 60 beats a minute.
///
/// Interval and rate must be of one recording.
enum CorrectedQT {
    /// After Bazett: QT divided by the square root of the RR interval in seconds. Too long at high rates, too short at low ones.
    ///
    /// - Parameters: QT in ms and heart rate in beats a minute, both above 0.
    /// - Returns: ms, to the whole.
    /// - Source: Bazett HC. Heart 1920;7:353-70; reprinted Ann Noninvasive Electrocardiol 1997;2:177-94.
    static func bazett(interval: Double, heartRate: Double) -> Decimal? {
        corrected(interval, heartRate) { $0.squareRoot() }
    }

    /// After Fridericia: QT divided by the cube root of the RR interval in seconds.
    ///
    /// - Parameters: QT in ms and heart rate in beats a minute, both above 0.
    /// - Returns: ms, to the whole.
    /// - Source: Fridericia LS. Acta Med Scand 1920;53:469-86; reprinted Ann Noninvasive Electrocardiol 2003;8:343-51.
    static func fridericia(interval: Double, heartRate: Double) -> Decimal? {
        corrected(interval, heartRate) { power(base: $0, exponent: 1.0 / 3) }
    }

    private static func corrected(_ interval: Double, _ heartRate: Double, _ root: (Double) -> Double) -> Decimal? {
        guard interval > 0, heartRate > 0 else { return nil }
        return Decimal(interval / root(60 / heartRate), significantDigits: 12)?.rounded(places: 0)
    }
}
