import Hummingbird
import HummingbirdTesting
import Testing

@testable import Service

@Suite("Parallel requests")
struct ParallelRequestsTests {
    @Test("Two hundred at once: nobody gets another patient's answer")
    func unmixed() async throws {
        let world = try World()
        try await world.application.test(.router) { client in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<200 {
                    let digits = "\(1_000 + number)"
                    group.addTask {
                        let answer = try await client.post(
                            Request.orderSign(patient: "patient-\(digits)", order: "order-\(digits)"))
                        #expect(answer.status == .ok)
                        let orders = Set(answer.text.matches(of: /order-(\d{4})/).map { String($0.1) })
                        #expect(orders.isSubset(of: [digits]))
                        let patients = Set(answer.text.matches(of: /patient-(\d{4})/).map { String($0.1) })
                        #expect(patients.isSubset(of: [digits]))
                    }
                }
                try await group.waitForAll()
            }
        }
    }
}
