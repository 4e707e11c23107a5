import Clinical
import Testing

/// Against values to 20 digits from published tables and exact identities.
struct ExponentialTests {
    private func isClose(_ value: Double, _ expected: Double, _ tolerance: Double = 1e-14) -> Bool {
        abs(value - expected) <= tolerance * abs(expected)
    }

    @Test(arguments: [
        (0.0, 1.0), (1, 2.718281828459045235), (-1, 0.36787944117144232160), (0.5, 1.6487212707001281468), (10, 22026.465794806716517),
        (-10, 4.5399929762484851536e-5), (100, 2.6881171418161354484e43), (0.693147180559945309, 2), (1e-10, 1.00000000010000000000),
    ])
    func exponential_values(_ x: Double, _ expected: Double) {
        #expect(isClose(exponential(x), expected))
    }

    @Test(arguments: [
        (1.0, 0.0), (2, 0.69314718055994530942), (10, 2.3025850929940456840), (0.5, -0.69314718055994530942), (1.5, 0.40546510810816438198),
        (1e-10, -23.025850929940456840), (1e300, 690.77552789821370520), (0.9, -0.10536051565782630123), (1.1, 0.095310179804324860044),
        (2.718281828459045235, 1),
    ])
    func logarithm_values(_ x: Double, _ expected: Double) {
        #expect(isClose(logarithm(x), expected))
    }

    @Test(arguments: [
        (2.0, 10, 1024.000000000000000), (10, -3, 0.001000000000000000), (2, 0.5, 1.414213562373095048), (70, 0.425, 6.083684269728120113), (175, 0.725, 42.28658224382731719),
        (0.9938, 50, 0.732739528121304351), (0.9938, 50.5, 0.730464503813695859), (1.5, -1.2, 0.614738607654485177),
        (0.7, -0.329, 1.124508505906036415), (3.2, -1.209, 0.245060703667707865), (72.72, -1.094, 0.009190743928054209), (5, 0, 1), (0, 0, 1), (0, 2, 0),
    ])
    func power_values(_ base: Double, _ exponent: Double, _ expected: Double) {
        #expect(isClose(power(base: base, exponent: exponent), expected))
    }

    @Test func powers_agreeWithRoots() {
        for base in stride(from: 0.1, through: 200, by: 0.7) {
            let root = power(base: base, exponent: 0.5)
            #expect(isClose(root, base.squareRoot()))
            let quarter = power(base: base, exponent: 0.25)
            #expect(isClose(quarter, base.squareRoot().squareRoot()))
            #expect(isClose(power(base: base, exponent: -1.5), 1 / (base * base.squareRoot())))
        }
    }

    @Test func property_logarithmUndoesExponential() {
        var random = Seeded(10)
        for _ in 0..<5000 {
            let x = Double.random(in: -30...30, using: &random)
            #expect(abs(logarithm(exponential(x)) - x) <= 1e-14 * max(1, abs(x)))
            let y = Double.random(in: 1e-3...1e6, using: &random)
            #expect(isClose(exponential(logarithm(y)), y, 4e-15 * 10))
            #expect(isClose(exponential(x) * exponential(-x), 1))
        }
    }

    @Test func ends() {
        #expect(exponential(1000) == .infinity && exponential(-1000) == 0)
        #expect(exponential(709.7).isFinite && exponential(-745) > 0)
        #expect(exponential(.nan).isNaN && exponential(.infinity) == .infinity && exponential(-.infinity) == 0)
        #expect(logarithm(0) == -.infinity && logarithm(-1).isNaN && logarithm(.infinity) == .infinity)
        #expect(isClose(logarithm(.leastNonzeroMagnitude), -744.44007192138126231))
        #expect(power(base: -8, exponent: 3) == -512 && power(base: -8, exponent: 0.5).isNaN)
        #expect(power(base: 0, exponent: -0.5) == .infinity && power(base: .nan, exponent: 0.5).isNaN)
    }
}
