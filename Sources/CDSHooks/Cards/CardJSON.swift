import Documents

extension Card {
    /// The card as JSON: no null, nothing empty, `selectionBehavior` where there are suggestions.
    ///
    /// - Source: CDS Hooks 2.0.1, "Card Attributes"; `any` because Epic knows no other behaviour.
    var json: JSONValue {
        .compact([
            ("uuid", .string(uuid)),
            ("summary", .string(summary)),
            ("detail", .text(detail)),
            ("indicator", .string(indicator.rawValue)),
            ("source", .compact([("label", .string(source.label)), ("topic", source.topic.json)])),
            ("suggestions", .array(suggestions.map(\.json))),
            ("selectionBehavior", suggestions.isEmpty ? nil : "any"),
            ("overrideReasons", .array(overrideReasons.map(\.json))),
            ("extension", `extension`),
        ])
    }
}

extension CardCoding {
    fileprivate var json: JSONValue {
        .compact([("code", .string(code)), ("system", .string(system)), ("display", .string(display))])
    }
}

extension Suggestion {
    fileprivate var json: JSONValue {
        .compact([("label", .string(label)), ("uuid", .string(uuid)), ("actions", .array(actions.map(\.json)))])
    }
}

extension Suggestion.Action {
    fileprivate var json: JSONValue {
        let (type, member): (String, (String, JSONValue)) = switch change {
        case .create(let resource): ("create", ("resource", resource))
        case .update(let resource): ("update", ("resource", resource))
        case .delete(let id): ("delete", ("resourceId", .string(id)))
        }
        return .compact([("type", .string(type)), ("description", .string(description)), member])
    }
}
