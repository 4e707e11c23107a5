/// How long to measure.
struct Effort: CustomStringConvertible {
    let description: String
    /// How often each side is measured; medians are taken of these.
    let repetitions: Int
    /// The least processor time of one measurement.
    let slice: Duration
    /// Requests of one measurement over a socket.
    let requests: Int

    static let full = Effort(description: "median of 9", repetitions: 9, slice: .milliseconds(120), requests: 1_500)
    /// For what takes long enough in a single call.
    static let once = Effort(description: "median of 5", repetitions: 5, slice: .zero, requests: 1)
    static let quick = Effort(description: "median of 5", repetitions: 5, slice: .milliseconds(20), requests: 300)
}
