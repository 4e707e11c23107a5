/// Elementary functions for equations, from the four operations alone: the same bits on every machine.
///
/// Relative error below 1e-14 for results that medicine meets; the C library, which may differ from one system to
/// the next, is not asked.
private enum Constants {
    /// ln 2 in two parts; the first has so few digits that its multiples are exact.
    static let ln2High = 6.93147180369123816490e-01
    static let ln2Low = 1.90821492927058770002e-10
}

/// e to the power `x`; 0 and infinity beyond the range of `Double`.
///
/// - Source: reduction to |r| ≤ ln 2 / 2 and Taylor series, as FreeBSD msun e_exp.c reduces it.
public func exponential(_ x: Double) -> Double {
    guard x.isFinite else { return x.isNaN ? .nan : x > 0 ? .infinity : 0 }
    if x > 709.9 { return .infinity }
    if x < -745.2 { return 0 }
    // To the nearest whole number, by way of an integer: `rounded()` may call the C library.
    let k = Double(Int(x / (Constants.ln2High + Constants.ln2Low) + (x < 0 ? -0.5 : 0.5)))
    let high = x - k * Constants.ln2High
    let low = k * Constants.ln2Low
    let r = high - low
    // Horner, from 1/17! inwards.
    var sum = 1.0
    var n = 17.0
    while n >= 1 {
        sum = 1 + r * sum / n
        n -= 1
    }
    // What was lost in subtracting `low`.
    sum += sum * ((high - r) - low)
    return scaled(sum, by: Int(k))
}

/// The natural logarithm; not a number below 0, minus infinity at 0.
///
/// - Source: FreeBSD msun e_log.c: ln(2^k m) = k ln 2 + 2 artanh((m-1)/(m+1)), series in place of its polynomial.
public func logarithm(_ x: Double) -> Double {
    guard x.isFinite, x > 0 else { return x == 0 ? -.infinity : x == .infinity ? .infinity : .nan }
    var k = Double(x.exponent)
    var m = x.significand
    if m > 1.414_213_562_373_095 {
        m /= 2
        k += 1
    }
    let f = m - 1
    let s = f / (2 + f)
    let z = s * s
    var series = 0.0
    var n = 23.0
    while n >= 3 {
        series = (series + 1 / n) * z
        n -= 2
    }
    // ln m = 2s + 2s·series, with 2s written as f - s·f so that f, which is exact, carries the weight.
    let correction = k * Constants.ln2Low - s * (f - 2 * series)
    return k * Constants.ln2High + (f + correction)
}

/// `base` to the power `exponent`.
///
/// Whole exponents up to 64 by multiplication; others as e^(exponent · ln base), for a base above 0.
/// Not a number for a negative base with another exponent.
public func power(base: Double, exponent: Double) -> Double {
    if exponent == 0 { return 1 }
    if abs(exponent) <= 64, exponent == Double(Int(exponent)) {
        let product = wholePower(base, Int(abs(exponent)))
        return exponent < 0 ? 1 / product : product
    }
    if base == 0 { return exponent > 0 ? 0 : exponent < 0 ? .infinity : .nan }
    return exponential(exponent * logarithm(base))
}

private func wholePower(_ base: Double, _ exponent: Int) -> Double {
    var (power, square, rest) = (1.0, base, exponent)
    while rest > 0 {
        if rest & 1 == 1 { power *= square }
        square *= square
        rest >>= 1
    }
    return power
}

/// `value` times 2 to the power `exponent`, in two steps so that the smallest numbers are reached.
private func scaled(_ value: Double, by exponent: Int) -> Double {
    let half = exponent / 2
    return value * Double(sign: .plus, exponent: half, significand: 1)
        * Double(sign: .plus, exponent: exponent - half, significand: 1)
}
