/// How an order stands, after its control code and its status.
///
/// - Source: HL7 v2.9, tables 0119 (ORC-1) and 0038 (ORC-5). The map of 0119 to request-status leaves most of them open; here a code by
///   which somebody asks for an order makes a draft in an order message, and a request to end one ends it.
enum OrderStanding: Equatable {
    /// To be checked: asked for, and not yet begun.
    case draft
    case active
    case onHold
    /// Ended, or asked to end.
    case stopped
    case completed
    /// Asked for, and refused.
    case cancelled

    /// Messages by which orders are placed.
    static let orderMessages: Set<String> = ["ORM", "OMP", "RDE", "OMG", "OML", "OMI", "OMN", "OMS", "OMD", "OMB"]

    /// - Returns: how it stands, and whether the control code said so.
    static func standing(control: String?, status: String?, isOrderMessage: Bool) -> (standing: OrderStanding, isStated: Bool) {
        let stated = status.flatMap(standing(status:))
        switch control?.uppercased() {
        case "NW", "RO", "XO", "RF", "PA", "CH", "SN":
            switch stated {
            case nil, .active: return (isOrderMessage ? .draft : .active, true)
            case let other?: return (other, true)
            }
        case "DC", "OD", "DR", "CA", "OC", "CR", "RP", "RU", "RQ": return (.stopped, true)
        case "HD", "OH", "HR": return (.onHold, true)
        case "UA", "DF": return (.cancelled, true)
        case "XX", "XR", "OK", "AF", "FU", "OF", "OE", "OR", "RL", "NA", "UC", "UD", "UX", "UR", "UH", "UF", "UM", "RE", "SC", "SR", "SS", "PR", "CN", "LI", "UN", "MC", "OP", "PY":
            return (stated ?? .active, true)
        default: return (stated ?? (isOrderMessage ? .draft : .active), false)
        }
    }

    /// - Source: table 0038.
    private static func standing(status: String) -> OrderStanding? {
        switch status.uppercased() {
        case "A", "IP", "SC": .active
        case "CM": .completed
        case "CA", "DC", "RP": .stopped
        case "HD": .onHold
        default: nil
        }
    }

    /// - Source: FHIR R4, medicationrequest-status.
    var medicationRequest: String {
        switch self {
        case .draft: "draft"
        case .active: "active"
        case .onHold: "on-hold"
        case .stopped: "stopped"
        case .completed: "completed"
        case .cancelled: "cancelled"
        }
    }

    /// - Source: FHIR R4, request-status.
    var serviceRequest: String {
        switch self {
        case .stopped, .cancelled: "revoked"
        default: medicationRequest
        }
    }
}
